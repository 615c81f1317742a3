//! How well two parts agree: the ladder of rules from equal letters down to edit distance.

use crate::by_ear::{Way, by_ear, by_sound, may_be_foreign};
use crate::comparison::{Level, Rule};
use crate::distance;
use crate::hash;
use crate::inflection;
use crate::japanese;
use crate::lexicon;
use crate::name::{Kind, Name, Part, Role};
use crate::patronymic;
use crate::script::Script;
use crate::spelling;
use crate::syllable::{self, Language};
use crate::systems;
use crate::variants;
use crate::vowels;

/// Shortest key that one wrong letter leaves recognisable: with three letters half of all family names would meet.
const SHORTEST_EDIT_ONE: usize = 4;
/// A word of three letters may be one of four that lost one: Jon and John.
const SHORTEST_EDIT: usize = 3;
/// The same for two wrong letters.
const SHORTEST_EDIT_TWO: usize = 8;
/// The same where the first letter is right, as slips leave it: Vasilyev is no Gasilov.
const SHORTEST_EDIT_TWO_INSIDE: usize = 6;
/// Shortest key of a name that is told from others by the table of variants.
const SHORTEST_KNOWN: usize = 4;
/// The same by the table of usual names: a slip of five letters is another usual name once in twelve, of four once in six. Where vowels are far
/// apart four are enough.
const SHORTEST_USUAL: usize = 5;
/// Consonants that must agree when both sides write vowels; two are too few (Ali, Ola) and three tell most names apart.
pub(crate) const FEWEST_CONSONANTS: u8 = 3;
/// The same where one side leaves vowels out or writes by ear.
const FEWEST_OPEN_CONSONANTS: u8 = 2;
/// The same from which on the word itself is sure: Haramain, الحرمين.
const MANY_OPEN_CONSONANTS: u8 = 4;

/// Vowels among the letters of a key.
pub(crate) const VOWELS: u32 = 1 | 1 << (b'e' - b'a') | 1 << (b'i' - b'a') | 1 << (b'o' - b'a') | 1 << (b'u' - b'a');

/// The letters m, n and r.
const SEEN: u32 = 1 << (b'm' - b'a') | 1 << (b'n' - b'a') | 1 << (b'r' - b'a');

pub(crate) type Agreement = (Level, Rule);

/// The same letters, or numbers of one value.
pub(crate) fn same(l: &Part, r: &Part) -> Option<Agreement> {
    match (l.role == Role::Number, r.role == Role::Number) {
        (true, true) => (l.forms.key == r.forms.key).then_some((Level::Exact, Rule::NumberValue)),
        (false, false) => {
            (l.forms.folded == r.forms.folded && l.script == r.script).then_some((Level::Exact, Rule::Unicode))
        }
        _ => None,
    }
}

/// The best level at which two parts agree, nothing if they are different.
pub(crate) fn parts(left: &Name, l: &Part, right: &Name, r: &Part) -> Option<Agreement> {
    if let Some(agreement) = same(l, r) {
        return Some(agreement);
    }
    if l.role == Role::Number || r.role == Role::Number {
        return None;
    }
    // a son is no daughter
    let are_patronymics = l.role == Role::Patronymic && r.role == Role::Patronymic;
    if are_patronymics && l.forms.ends_in_vowel != r.forms.ends_in_vowel {
        return None;
    }
    if l.concept != 0 && r.concept != 0 {
        return (l.concept == r.concept).then(|| of_one_concept(l, r));
    }
    if !l.latin.is_empty() && l.forms.latin == r.forms.latin {
        return Some((Level::Romanised, Rule::Transliteration));
    }
    if l.latin.is_empty() != r.latin.is_empty() {
        return None;
    }
    if let Some(agreement) = by_syllables(left, l, right, r) {
        return Some(agreement);
    }
    if let Some(agreement) = japanese::parts(left.kind, l, r) {
        return Some(agreement);
    }
    if are_other_letters(left.kind, l, r) || is_known_otherwise(l, r) || is_known_otherwise(r, l) {
        return None;
    }
    let read = if l.forms.key == r.forms.key { None } else { other_readings(l, r) };
    if let Some((level, rule)) = as_written(l, r, read) {
        // what only another system joins may be two names all the same: Ghassan, Hassan
        let are_two = l.forms.key != r.forms.key && level == Level::Spelling && lexicon::are_twins(l, r);
        return Some((if are_two { Level::KnownApart } else { level }, rule));
    }
    unlike(left, l, right, r, read)
}

/// How well words agree that are not written alike. `read` is what [`other_readings`] says.
fn unlike(left: &Name, l: &Part, right: &Name, r: &Part, read: Option<Level>) -> Option<Agreement> {
    if left.kind == Kind::Organisation && are_place_and_adjective(l, r) {
        return Some((Level::Spelling, Rule::SpellingHabit));
    }
    let way = Way::of(left, l, right, r);
    if is_only_one_syllable(left, l, right, r) && share_variants(l, r) {
        return None;
    }
    if way == Way::Heard || !are_other_syllables(left, l, right, r) {
        by_letters(left.kind, (l, r), (way, read))
    } else if may_be_foreign(left, l, r) {
        by_ear(l, r, way)
    } else {
        (is_foreign(left.kind, l, r) && share_variants(l, r)).then_some((Level::Variant, Rule::VariantTable))
    }
}

/// Whether of two words in one alphabet the one is a syllable of a Korean or Chinese name, and the other stands in none: that the table of
/// variants holds both under one name, as it holds nearly all syllables, tells nothing (Qian, Kya).
fn is_only_one_syllable(left: &Name, l: &Part, right: &Name, r: &Part) -> bool {
    let is_syllable = |name: &Name, part: &Part| !name.readings.is_empty() && name.part_syllables(part).len() == 1;
    let one = left.readings.is_empty() != right.readings.is_empty();
    one && l.script == r.script && (is_syllable(left, l) || is_syllable(right, r))
}

/// Whether two words of persons that could be syllables may be copied from one another all the same, in two alphabets: Джек and Jack.
fn is_foreign(kind: Kind, l: &Part, r: &Part) -> bool {
    let is_lettered = |part: &Part| matches!(part.script, Script::Latin | Script::Cyrillic);
    matches!(kind, Kind::Person | Kind::Entity) && is_lettered(l) && is_lettered(r) && l.script != r.script
}

/// How well two words of one meaning agree: as spellings of one word, or as translations.
fn of_one_concept(l: &Part, r: &Part) -> Agreement {
    if l.forms.key == r.forms.key && l.script == r.script {
        (Level::Spelling, Rule::SpellingHabit)
    } else {
        (Level::Translated, Rule::WordTable)
    }
}

/// Letters of a short form of a firm's name that is read letter by letter.
const LONGEST_LETTERS: usize = 5;

/// Whether two firms are named by letters without a vowel, and by other ones: PKK, PPK.
fn are_other_letters(kind: Kind, l: &Part, r: &Part) -> bool {
    let is_letters = |part: &Part| {
        let vowels = VOWELS | 1 << (b'y' - b'a');
        part.script == Script::Latin && part.folded.len() <= LONGEST_LETTERS && part.forms.letters & vowels == 0
    };
    kind == Kind::Organisation && is_letters(l) && is_letters(r)
}

/// Whether the tables hold a name in a script that writes foreign names by ear, and what it is in Latin letters, which is something else:
/// 西门子 is Siemens and not Simmons.
fn is_known_otherwise(known: &Part, other: &Part) -> bool {
    known.forms.by_ear && known.concept != 0 && other.concept == 0 && other.script == Script::Latin
}

/// Whether the two are syllables of one language, in a name that can be read in it, and other ones: what looks or sounds alike then is
/// another name (Chol and Chae-il, Gwang and Kang). A word of firms and ships in Latin letters is in no such language for sure: it must have
/// as many syllables (Wagner could be Wag-ner, 바그너 has three).
pub(crate) fn are_other_syllables(left: &Name, l: &Part, right: &Name, r: &Part) -> bool {
    let written = |part: &Part| matches!(part.script, Script::Hangul | Script::Han);
    let is_read = |name: &Name| !name.readings.is_empty();
    let (l_syllables, r_syllables) = (left.part_syllables(l), right.part_syllables(r));
    let person = matches!(left.kind, Kind::Person | Kind::Entity);
    (written(l) || written(r) || is_read(left) || is_read(right))
        && (person || l_syllables.len() == r_syllables.len())
        && syllable::share_language(l_syllables, r_syllables)
}

/// Syllables decide where a side is written in them, where both persons have Korean or Chinese names, and for ships and companies
/// from two syllables on: Putina and Butina could both be Korean, and are not.
fn by_syllables(left: &Name, l: &Part, right: &Name, r: &Part) -> Option<Agreement> {
    let (l_syllables, r_syllables) = (left.part_syllables(l), right.part_syllables(r));
    let written = |part: &Part| matches!(part.script, Script::Hangul | Script::Han);
    let person = matches!(left.kind, Kind::Person | Kind::Entity);
    let read = !left.readings.is_empty() && !right.readings.is_empty();
    let allowed = written(l) || written(r) || if person { read } else { l_syllables.len() >= 2 };
    if !allowed {
        return None;
    }
    syllable::all_meet(l_syllables, r_syllables).map(|language| (Level::Syllables, rule_of(language)))
}

pub(crate) fn rule_of(language: Language) -> Rule {
    match language {
        Language::Korean => Rule::Korean,
        Language::Mandarin => Rule::Mandarin,
        Language::Cantonese => Rule::Cantonese,
        Language::Han => Rule::Han,
    }
}

/// The same letters but for spelling habits, or a name and its initial. `read` is what [`other_readings`] says.
fn as_written(l: &Part, r: &Part, read: Option<Level>) -> Option<Agreement> {
    if l.forms.key == r.forms.key || read == Some(Level::Spelling) {
        return Some((Level::Spelling, Rule::SpellingHabit));
    }
    // a letter beside a word that many bodies bear is no initial: "A & C International" is no corporation for its C
    let is_initial = (l.role == Role::Initial || r.role == Role::Initial) && l.concept == 0 && r.concept == 0;
    (is_initial && begins_alike(l, r)).then_some((Level::Initial, Rule::InitialLetter))
}

/// How well the two agree when the one in Latin letters is read by another system than that of English, see [`systems::other_keys`].
fn other_readings(l: &Part, r: &Part) -> Option<Level> {
    if !systems::may_join(l, r) {
        return None;
    }
    let one_way = |one: &Part, other: &Part| {
        let level = |key: &str| {
            let consonants = spelling::consonants(key);
            if *key == *other.key {
                Some(Level::Spelling)
            } else if consonants.len() >= usize::from(FEWEST_CONSONANTS)
                && consonants.len() == usize::from(other.forms.consonant_count)
                && hash::hash(&consonants) == other.forms.consonants
            {
                Some(Level::Consonants)
            } else {
                None
            }
        };
        systems::other_keys(one, other).filter_map(|key| level(&key)).min()
    };
    let both = || systems::other_keys(l, r).any(|key| systems::other_keys(r, l).any(|other| key == other));
    let best = one_way(l, r).into_iter().chain(one_way(r, l)).min();
    if best != Some(Level::Spelling) && both() { Some(Level::Spelling) } else { best }
}

/// Whether the one is a place, perhaps, and the other the Russian adjective of it: Kovrov, Ковровский; Kerch, Kerchenskaya; Tula, Тульский.
fn are_place_and_adjective(l: &Part, r: &Part) -> bool {
    let is_of = |adjective: &Part, place: &Part| {
        let stem = inflection::place_in(adjective);
        stem.is_some_and(|stem| {
            let place = place.key.as_str();
            let open = place.strip_suffix(['a', 'o', 'e', 'i']).unwrap_or(place);
            open == stem || stem.strip_suffix("en") == Some(open) || place.strip_suffix("sk") == Some(stem)
        })
    };
    is_of(l, r) || is_of(r, l)
}

/// Whether two words that all but agree are two names: a usual name is hardly a slip of another. Of short words nearly all are names of
/// somebody, though; letters that changed places are a slip, and a silent one makes no other name (John, Jon).
fn are_known_apart(l: &Part, r: &Part) -> bool {
    let aloud = |part: &Part| part.key.replace('h', "");
    let shorter = l.key.len().min(r.key.len());
    let are_known = || l.groups.are_several() && r.groups.are_several();
    let are_usual = || {
        sound_apart(l, r) && are_usual(l, r, SHORTEST_USUAL) || have_far_vowels(l, r) && are_usual(l, r, SHORTEST_KNOWN)
    };
    let swapped = l.forms.letters == r.forms.letters && sorted(&l.key) == sorted(&r.key);
    // a patronymic with a slip may be a family name of the table: Aleksandrovna, Aleksandrova
    let of_one_kind = (l.role == Role::Patronymic) == (r.role == Role::Patronymic);
    shorter >= SHORTEST_KNOWN && !swapped && of_one_kind && (are_known() || are_usual()) && aloud(l) != aloud(r)
}

/// Whether two usual names of one script end in the o of a man's and the a of a woman's name: Roberto, Roberta.
fn are_man_and_woman(l: &Part, r: &Part) -> bool {
    let ends = |one: &Part, other: &Part| one.key.ends_with('o') && other.key.ends_with('a');
    l.script == r.script && (ends(l, r) || ends(r, l)) && are_usual(l, r, SHORTEST_USUAL)
}

/// Whether both are names, of so many letters at least, that the table of usual names holds.
fn are_usual(l: &Part, r: &Part, shortest: usize) -> bool {
    l.key.len().min(r.key.len()) >= shortest && variants::is_usual(l) && variants::is_usual(r)
}

/// Whether two words of one script sound otherwise than names do that families spell in two ways (Mayer, Meyer; Schmidt, Schmitt): by another
/// consonant, or by the a of a woman's name (Dragan, Dragana).
fn sound_apart(l: &Part, r: &Part) -> bool {
    let ends_in_a = |part: &Part| part.key.ends_with('a');
    l.script == r.script
        && (l.forms.sound != r.forms.sound || ends_in_a(l) != ends_in_a(r) || vowels::begin_apart(&l.key, &r.key))
}

/// Whether two words of one script have the same consonants and vowels that are those of two names, see [`vowels`].
fn have_far_vowels(l: &Part, r: &Part) -> bool {
    let are_written = !l.forms.vowels_open && !l.forms.by_ear;
    l.script == r.script && are_written && l.forms.consonants == r.forms.consonants && vowels::are_far(&l.key, &r.key)
}

fn sorted(word: &str) -> Vec<u8> {
    let mut letters = word.as_bytes().to_vec();
    letters.sort_unstable();
    letters
}

/// Whether an initial may stand for a name. Other letters may stand for one sound (Evgeny, Yevgeny), but not those of Khalid and Halid.
fn begins_alike(l: &Part, r: &Part) -> bool {
    let first = |word: &str| word.bytes().next();
    let by_key = first(&l.key).is_some_and(|letter| letter != b'h') && first(&l.key) == first(&r.key);
    by_key || first(&l.latin).is_some() && first(&l.latin) == first(&r.latin)
}

fn by_letters(kind: Kind, (l, r): (&Part, &Part), (way, read): (Way, Option<Level>)) -> Option<Agreement> {
    let (a, b) = (&l.forms, &r.forms);
    if l.role == Role::Initial || r.role == Role::Initial {
        return None;
    }
    if l.role == Role::Relation || r.role == Role::Relation {
        return None;
    }
    if let Some(agreement) = by_ear(l, r, way) {
        return Some(agreement);
    }
    if share_variants(l, r) {
        return Some((Level::Variant, Rule::VariantTable));
    }
    if l.has_nicknames && r.has_nicknames && lexicon::nicknames(a.key).contains(&b.key) {
        return Some((Level::Nickname, Rule::NicknameTable));
    }
    // Firms and ships spell their names in one way: another vowel is a slip, or another name.
    let is_spelled = l.script == r.script && !matches!(kind, Kind::Person | Kind::Entity);
    let edits = is_spelled.then(|| by_edits(l, r));
    if let Some(slip @ Some((Level::EditOne, _))) = edits
        && !are_known_apart(l, r)
    {
        return slip;
    }
    // a word that many share is translated into the other script; what looks like its spelling there is another word: 회사 (hoesa), Hoda
    let is_translated = |part: &Part| part.concept != 0 && part.role != Role::Name;
    if l.script != r.script && (is_translated(l) || is_translated(r)) {
        return None;
    }
    let alike = by_consonants(kind, (l, r), way, read).or_else(|| by_sound(kind, (l, r), way));
    // what is heard is not copied letter by letter: that a letter is another says nothing
    let alike = alike.or_else(|| edits.unwrap_or_else(|| if way == Way::Heard { None } else { by_edits(l, r) }));
    let apart = |level: Level| match level {
        Level::Consonants => lexicon::are_twins(l, r) || are_man_and_woman(l, r),
        level => !level.agrees() && (are_known_apart(l, r) || lexicon::are_twins(l, r)),
    };
    alike.map(|(level, rule)| (if apart(level) { Level::KnownApart } else { level }, rule))
}

/// Whether two names are forms of one, or patronymics made from forms of one.
fn share_variants(l: &Part, r: &Part) -> bool {
    l.forms.group_bits & r.forms.group_bits != 0 && variants::share(l.groups, r.groups)
        || l.role == Role::Patronymic && r.role == Role::Patronymic && patronymic::share_fathers(l, r)
}

fn by_consonants(kind: Kind, (l, r): (&Part, &Part), way: Way, read: Option<Level>) -> Option<Agreement> {
    let (a, b) = (&l.forms, &r.forms);
    // nor does a word that many share agree by them: Karen is no Korean
    let is_known = |part: &Part| part.concept != 0 && (part.role != Role::Name || l.script == r.script);
    if way == Way::Read || is_known(l) || is_known(r) {
        return None;
    }
    let fewest = a.consonant_count.min(b.consonant_count);
    // between two names in Arabic the long vowels are written: محمد and محمود are two
    let open = a.vowels_open != b.vowels_open;
    if a.vowels_open && b.vowels_open {
        return None;
    }
    let as_arabic = || {
        a.abjad == b.abjad
            || spelling::other_abjads(l).any(|abjad| abjad == b.abjad)
            || spelling::other_abjads(r).any(|abjad| abjad == a.abjad)
    };
    // written by ear and without vowels a word has little left that tells it from others: 奥里, علي
    let has_enough = if a.by_ear || b.by_ear {
        fewest >= FEWEST_CONSONANTS
    } else {
        a.consonant_count.max(b.consonant_count) >= FEWEST_OPEN_CONSONANTS
    };
    if open && has_enough && as_arabic() {
        // the names of firms are made of words: four letters in a row are hardly those of another
        if kind == Kind::Organisation && fewest >= MANY_OPEN_CONSONANTS {
            return Some((Level::Spelling, Rule::ConsonantSkeleton));
        }
        return Some((Level::Consonants, Rule::ConsonantSkeleton));
    }
    if vowels::begin_apart(&l.key, &r.key) || have_far_vowels(l, r) {
        return None;
    }
    let same = fewest >= FEWEST_CONSONANTS && a.consonants == b.consonants && a.ends_in_vowel == b.ends_in_vowel
        || read == Some(Level::Consonants) && a.ends_in_vowel == b.ends_in_vowel;
    same.then_some((Level::Consonants, Rule::ConsonantSkeleton))
}

/// Whether a machine that reads rn as m takes the one for the other: Stem, Stern.
fn look_alike(l: &Part, r: &Part) -> bool {
    let as_seen = |part: &Part| part.latin.replace("rn", "m");
    l.script == r.script
        && (l.forms.letters | r.forms.letters) & SEEN == SEEN
        && l.latin.contains("rn") != r.latin.contains("rn")
        && as_seen(l) == as_seen(r)
}

/// Edits of the keys, or one of the words as written: a slip may tear a pair of letters that a spelling habit reads as one.
fn by_edits(l: &Part, r: &Part) -> Option<Agreement> {
    // Each edit changes at most two letters of the sets, and a torn pair one or two more; most pairs end here.
    let changed = (l.forms.letters ^ r.forms.letters).count_ones();
    if changed > 4 {
        return None;
    }
    // a patronymic is no slip of the family name that it looks like: Borisov, Borisovna
    let is_made_of = |one: &Part, other: &Part| other.key.ends_with('v') && one.key.starts_with(&*other.key);
    if (l.role == Role::Patronymic) != (r.role == Role::Patronymic) && (is_made_of(l, r) || is_made_of(r, l)) {
        return None;
    }
    let within = |left: &str, right: &str, longest: usize| {
        let (shorter, longer) = (left.len().min(right.len()), left.len().max(right.len()));
        let lost_one = shorter == SHORTEST_EDIT && longer > shorter;
        // Two letters that changed places are seldom chance: Tin, Tni.
        let swapped = shorter == SHORTEST_EDIT && changed == 0;
        if shorter < SHORTEST_EDIT_ONE && !lost_one && !swapped {
            return None;
        }
        let inside = left.bytes().next() == right.bytes().next();
        let enough = if inside { SHORTEST_EDIT_TWO_INSIDE } else { SHORTEST_EDIT_TWO };
        let most = if shorter >= enough { longest } else { 1 };
        distance::within(left.as_bytes(), right.as_bytes(), most)
    };
    if look_alike(l, r) {
        return Some((Level::EditOne, Rule::EditDistance));
    }
    let first = |part: &Part| part.latin.bytes().next();
    let as_written = || within(&l.latin, &r.latin, 1).filter(|_| first(l) == first(r));
    match within(&l.key, &r.key, 2) {
        Some(0 | 1) => Some((Level::EditOne, Rule::EditDistance)),
        // two slips make of a word that the tables know another word: Nordic, Norden
        _ if l.concept != 0 || r.concept != 0 => as_written().map(|_| (Level::EditOne, Rule::EditDistance)),
        by_key => as_written()
            .map(|_| (Level::EditOne, Rule::EditDistance))
            .or_else(|| by_key.map(|_| (Level::EditTwo, Rule::EditDistance))),
    }
}
