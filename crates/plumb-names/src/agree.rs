//! How well two parts agree: the ladder of rules from equal letters down to edit distance.

use crate::comparison::{Level, Rule};
use crate::distance;
use crate::hash;
use crate::heard;
use crate::lexicon;
use crate::name::{Kind, Name, Part, Role};
use crate::script::Script;
use crate::spelling;
use crate::syllable::{self, Language};
use crate::variants;

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
/// Letters of a phrase from which on two may be wrong: as in two words of the length of [`SHORTEST_EDIT_TWO`].
const LONG_PHRASE: usize = 16;
/// Consonants that must agree when both sides write vowels; two are too few (Ali, Ola) and three tell most names apart.
const FEWEST_CONSONANTS: u8 = 3;
/// The same where one side leaves vowels out or writes by ear.
const FEWEST_OPEN_CONSONANTS: u8 = 2;

/// Syllables of a word of firms and ships in Hangul or Han that is not taken for a transcription.
const LONGEST_OWN_WORD: usize = 3;

/// Vowels among the letters of a key.
const VOWELS: u32 = 1 | 1 << (b'e' - b'a') | 1 << (b'i' - b'a') | 1 << (b'o' - b'a') | 1 << (b'u' - b'a');

/// Consonants of a key that another system than that of English gives or takes: c, d, h, j, k, s, t, z.
const READ_OTHERWISE: u32 = 1 << 2 | 1 << 3 | 1 << 7 | 1 << 9 | 1 << 10 | 1 << 18 | 1 << 19 | 1 << 25;

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
    if l.concept != 0 && r.concept != 0 {
        let rule = if l.forms.key == r.forms.key {
            (Level::Spelling, Rule::SpellingHabit)
        } else {
            (Level::Translated, Rule::WordTable)
        };
        return (l.concept == r.concept).then_some(rule);
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
    let read = if l.forms.key == r.forms.key { None } else { other_readings(l, r) };
    if let Some(agreement) = as_written(l, r, read) {
        return Some(agreement);
    }
    let way = Way::of(left, l, right, r);
    if way == Way::Heard || !are_other_syllables(left, l, right, r) {
        by_letters(left.kind, (l, r), (way, read))
    } else if may_be_foreign(left, l, r) {
        by_ear(l, r, way)
    } else {
        None
    }
}

/// Whether the two are syllables of one language, in a name that can be read in it, and other ones: what looks or sounds alike then is
/// another name (Chol and Chae-il, Gwang and Kang). A word of firms and ships in Latin letters is in no such language for sure: it must have
/// as many syllables (Wagner could be Wag-ner, 바그너 has three).
fn are_other_syllables(left: &Name, l: &Part, right: &Name, r: &Part) -> bool {
    let one =
        |name: &Name, part: &Part| !name.readings.is_empty() || matches!(part.script, Script::Hangul | Script::Han);
    let (l_syllables, r_syllables) = (left.part_syllables(l), right.part_syllables(r));
    let person = matches!(left.kind, Kind::Person | Kind::Entity);
    (one(left, l) || one(right, r))
        && (person || l_syllables.len() == r_syllables.len())
        && syllable::share_language(l_syllables, r_syllables)
}

/// Whether a word that can be read in its own language is long enough to be a foreign one all the same: 사할린 (Sakhalin). Words of firms and ships
/// seldom have three syllables.
fn may_be_foreign(name: &Name, l: &Part, r: &Part) -> bool {
    let long = |part: &Part| part.script.is_unspaced() && part.folded.chars().count() >= LONGEST_OWN_WORD;
    !matches!(name.kind, Kind::Person | Kind::Entity) && (long(l) || long(r))
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

/// How well the two agree when the one in Latin letters is read by another system than that of English, see [`spelling::other_keys`].
fn other_readings(l: &Part, r: &Part) -> Option<Level> {
    // each system changes few letters: words of other lengths or other consonants are not looked at closer
    let apart = (l.forms.letters ^ r.forms.letters) & !(VOWELS | READ_OTHERWISE) != 0;
    if apart || l.key.len().abs_diff(r.key.len()) > 3 || !spelling::has_other_keys(l) && !spelling::has_other_keys(r) {
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
        spelling::other_keys(one).filter_map(|key| level(&key)).min()
    };
    let both = || spelling::other_keys(l).any(|key| spelling::other_keys(r).any(|other| key == other));
    let best = one_way(l, r).into_iter().chain(one_way(r, l)).min();
    if best != Some(Level::Spelling) && both() { Some(Level::Spelling) } else { best }
}

/// Whether two words that all but agree are two names: a name that the table of variants holds is hardly a slip of another that it holds. Of
/// short words it holds nearly all, though; letters that changed places are a slip, and a silent one makes no other name (John, Jon).
fn are_known_apart(l: &Part, r: &Part) -> bool {
    let aloud = |part: &Part| part.key.replace('h', "");
    let long = l.key.len().min(r.key.len()) >= SHORTEST_KNOWN;
    let swapped = l.forms.letters == r.forms.letters && sorted(&l.key) == sorted(&r.key);
    long && !swapped && l.groups.are_several() && r.groups.are_several() && aloud(l) != aloud(r)
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
    if a.group_bits & b.group_bits != 0 && variants::share(l.groups, r.groups) {
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
    // a word that has a meaning is translated into the other script; what looks like its spelling there is another word: 회사 (hoesa), Hoda
    if l.script != r.script && (l.concept != 0 || r.concept != 0) {
        return None;
    }
    let alike = by_consonants(l, r, way, read).or_else(|| by_sound(kind, (l, r), way));
    let alike = alike.or_else(|| edits.unwrap_or_else(|| by_edits(l, r)));
    let apart = |level: Level| match level {
        Level::Consonants => lexicon::are_twins(l, r),
        level => !level.agrees() && are_known_apart(l, r),
    };
    alike.map(|(level, rule)| (if apart(level) { Level::KnownApart } else { level }, rule))
}

fn by_consonants(l: &Part, r: &Part, way: Way, read: Option<Level>) -> Option<Agreement> {
    let (a, b) = (&l.forms, &r.forms);
    // nor does a word that has a meaning agree by them: Karen is no Korean
    if way == Way::Read || l.concept != 0 || r.concept != 0 {
        return None;
    }
    let fewest = a.consonant_count.min(b.consonant_count);
    // between two names in Arabic the long vowels are written: محمد and محمود are two
    let open = a.vowels_open != b.vowels_open;
    if a.vowels_open && b.vowels_open {
        return None;
    }
    if open && a.consonant_count.max(b.consonant_count) >= FEWEST_OPEN_CONSONANTS && a.abjad == b.abjad {
        return Some((Level::Consonants, Rule::ConsonantSkeleton));
    }
    let same = fewest >= FEWEST_CONSONANTS && a.consonants == b.consonants && a.ends_in_vowel == b.ends_in_vowel
        || read == Some(Level::Consonants) && a.ends_in_vowel == b.ends_in_vowel;
    same.then_some((Level::Consonants, Rule::ConsonantSkeleton))
}

/// How a name came from one script into the other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// By ear: a foreign name in Hangul, kana or Han. Transcription adds and drops sounds at the ends of syllables.
    Heard,
    /// Syllable by syllable: what can be read as a name in its own language is hardly a foreign one that happens to sound like it.
    Read,
    /// Letter by letter, by a system.
    Transcribed,
}

impl Way {
    fn of(left: &Name, l: &Part, right: &Name, r: &Part) -> Self {
        let heard = |name: &Name, part: &Part| part.forms.by_ear && !is_read(name, part);
        match l.forms.by_ear || r.forms.by_ear {
            true if heard(left, l) || heard(right, r) => Self::Heard,
            true => Self::Read,
            false => Self::Transcribed,
        }
    }
}

/// Whether a name in syllables is one of its own language: a person's that has a surname, and the words of firms and ships unless they are
/// longer than such words are: 모란 is a flower and not Mehran, 마이크로소프트 is nothing in Korean.
fn is_read(name: &Name, part: &Part) -> bool {
    let person = matches!(name.kind, Kind::Person | Kind::Entity);
    if person { !name.readings.is_empty() } else { part.folded.chars().count() <= LONGEST_OWN_WORD }
}

/// Hundredths of a word that may sound otherwise, for words that sound alike and for such that nearly do, and how long a word must be, in the
/// prices of [`heard`]. Of 4,600 names of the table of variants in Hangul 0.78 are as near as the first to a spelling of theirs in Latin letters
/// and 0.90 as near as the second; of names drawn by chance 5 and 16 in 10,000.
const ALIKE: u32 = 17;
const NEARLY_ALIKE: u32 = 30;
const SHORTEST_HEARD: u32 = 8;
/// The same for what can be read as a name in its own language, which is hardly a foreign one that sounds like it: Мансудэ is not Honesty.
const ALIKE_TO_READ: u32 = 10;
const SHORTEST_READ: u32 = 16;

/// Across scripts only: within one script a name is copied letter by letter and not by ear. Nor is a word that many share heard, which is
/// translated.
fn by_ear(l: &Part, r: &Part, way: Way) -> Option<Agreement> {
    let is_shared = |part: &Part| part.concept != 0 && part.role != Role::Name;
    if way == Way::Transcribed || l.script == r.script || is_shared(l) || is_shared(r) {
        return None;
    }
    if l.forms.sound_count.abs_diff(r.forms.sound_count) > MOST_SOUNDS_LOST {
        return None;
    }
    let heard = heard::Likeness::of(l, r)?;
    let level = match way {
        Way::Heard if heard.is_within(ALIKE, SHORTEST_HEARD) => Level::Sound,
        Way::Heard if heard.is_within(NEARLY_ALIKE, SHORTEST_HEARD) => Level::NearSound,
        Way::Read if heard.is_within(ALIKE_TO_READ, SHORTEST_READ) => Level::Sound,
        _ => return None,
    };
    Some((level, Rule::SoundClass))
}

/// Sounds that one side may have more; a language that has no r before consonants loses as many of a long name.
const MOST_SOUNDS_LOST: u8 = 3;

/// Sounds that a name must have that was written letter by letter in another script, so that the same ones tell something.
const LEAST_SOUNDS: u8 = 5;

/// Names that were written letter by letter in another script and have the same sounds by class where one side leaves vowels out, or, of persons,
/// sound alike where both write them: firms keep to one spelling, and Заряинвест is not Solinvest.
fn by_sound(kind: Kind, (l, r): (&Part, &Part), way: Way) -> Option<Agreement> {
    let (a, b) = (&l.forms, &r.forms);
    // Nor a word that has a meaning, which is translated; nor an acronym, which has no vowels to hear: МВД.
    let has_meaning = l.concept != 0 || r.concept != 0;
    if way != Way::Transcribed
        || has_meaning
        || l.script == r.script
        || [a, b].iter().any(|forms| forms.letters & VOWELS == 0 && !forms.vowels_open)
    {
        return None;
    }
    let alike = if a.vowels_open || b.vowels_open {
        a.sound == b.sound && a.sound_count.min(b.sound_count) >= LEAST_SOUNDS
    } else {
        matches!(kind, Kind::Person | Kind::Entity)
            && heard::Likeness::of(l, r).is_some_and(|heard| heard.is_within(ALIKE, SHORTEST_READ))
    };
    alike.then_some((Level::NearSound, Rule::SoundClass))
}

/// Edits of the keys, or one of the words as written: a slip may tear a pair of letters that a spelling habit reads as one.
fn by_edits(l: &Part, r: &Part) -> Option<Agreement> {
    // Each edit changes at most two letters of the sets, and a torn pair one or two more; most pairs end here.
    let changed = (l.forms.letters ^ r.forms.letters).count_ones();
    if changed > 4 {
        return None;
    }
    // a patronymic is no slip of the family name that it looks like: Borisov, Borisovna
    if (l.role == Role::Patronymic) != (r.role == Role::Patronymic)
        && (l.key.starts_with(&*r.key) || r.key.starts_with(&*l.key))
    {
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
    let first = |part: &Part| part.latin.bytes().next();
    let as_written = || within(&l.latin, &r.latin, 1).filter(|_| first(l) == first(r));
    match within(&l.key, &r.key, 2) {
        Some(0 | 1) => Some((Level::EditOne, Rule::EditDistance)),
        by_key => as_written()
            .map(|_| (Level::EditOne, Rule::EditDistance))
            .or_else(|| by_key.map(|_| (Level::EditTwo, Rule::EditDistance))),
    }
}

/// Whether a part can be several written together: no number, nor a single word that has a meaning.
pub(crate) fn may_be_run(part: &Part) -> bool {
    part.role != Role::Number && (part.concept == 0 || part.folded.as_bytes().contains(&b' '))
}

/// Whether a run of parts can agree with one part at all, by which consonants and how many syllables the two have. Nearly no run can, and is
/// passed over by this.
#[derive(Clone, Copy)]
pub(crate) struct Chance {
    consonants: u32,
    syllables: usize,
    found_consonants: u32,
    found_syllables: usize,
    /// The part may also agree as a phrase, by variants or by ear, of which this knows nothing.
    otherwise: bool,
}

impl Chance {
    pub(crate) fn of(name: &Name, one: &Part) -> Self {
        Self {
            consonants: one.forms.letters & !VOWELS,
            syllables: name.part_syllables(one).len(),
            found_consonants: 0,
            found_syllables: 0,
            otherwise: one.concept != 0 || !one.splits.is_empty() || one.script == Script::Kana,
        }
    }

    /// Takes in the next part of the run. Whether the run, or a longer one, can agree.
    pub(crate) fn take_in(&mut self, name: &Name, part: &Part) -> bool {
        // the article may be said as the letter behind it
        let said = if is_article(part) { self.consonants } else { !VOWELS };
        self.found_consonants |= part.forms.letters & said;
        // with a part that is no syllables, a run is none either
        let syllables = Some(name.part_syllables(part).len()).filter(|count| *count > 0).unwrap_or(self.syllables + 1);
        self.found_syllables += syllables;
        self.otherwise || self.found_consonants & !self.consonants == 0 || self.found_syllables <= self.syllables
    }

    /// Whether the run can agree as it is.
    pub(crate) fn is_there(&self) -> bool {
        self.otherwise || self.found_consonants == self.consonants || self.found_syllables == self.syllables
    }
}

/// Whether one part agrees with several in a row of the other name, written together: Abdulrahman, Abd al Rahman.
pub(crate) fn run(whole: (&Name, &Part), name: &Name, run: &[Part]) -> Option<Agreement> {
    let (one_name, one) = whole;
    if one.concept != 0 && is_phrase_with_slip(one, run) {
        return Some((Level::EditOne, Rule::EditDistance));
    }
    if one.concept != 0 || one.role == Role::Number || run.iter().any(|part| part.role == Role::Number) {
        return None;
    }
    let first = run.first()?;
    let rest = run.get(1..)?;
    let key = rest.iter().fold(first.forms.key, |hash, part| hash::join(hash, part.forms.key, part.forms.key_power));
    if key == one.forms.key {
        return Some((Level::Spelling, Rule::SpellingHabit));
    }
    if let Some(agreement) = run_of_syllables(one_name.part_syllables(one), name, run) {
        return Some(agreement);
    }
    if let Some(agreement) = run_of_variants(one, run).or_else(|| heard_run(one, run)) {
        return Some(agreement);
    }
    let read =
        |part: &Part| Way::of(one_name, one, name, part) == Way::Read || are_other_syllables(one_name, one, name, part);
    if run.iter().all(read) {
        return None;
    }
    // Noureddine: the article between two words is said as the letter behind it
    let said = || rest.iter().filter(|part| !is_article(part));
    let joined = |body: &mut dyn Iterator<Item = &Part>| {
        body.fold(first.forms.consonants, |hash, part| hash::join(hash, part.forms.body, part.forms.body_power))
    };
    let same = one.forms.consonant_count >= FEWEST_CONSONANTS
        && (joined(&mut rest.iter()) == one.forms.consonants || joined(&mut said()) == one.forms.consonants);
    same.then_some((Level::Consonants, Rule::ConsonantSkeleton))
}

/// Given names of two syllables that kana writes together: ジョンウン, Jong Un.
fn heard_run(one: &Part, run: &[Part]) -> Option<Agreement> {
    let may_be = one.script == Script::Kana && run.iter().all(|part| part.script == Script::Latin);
    let heard = heard::Likeness::of_run(one, run).filter(|_| may_be)?;
    heard.is_within(ALIKE, SHORTEST_HEARD).then_some((Level::Sound, Rule::SoundClass))
}

/// The Arabic article in any of its forms.
fn is_article(part: &Part) -> bool {
    part.concept == hash::concept("of")
}

/// A phrase of several words beside the same with a slip, which no table knows: private limited, private lmited.
fn is_phrase_with_slip(phrase: &Part, run: &[Part]) -> bool {
    let length: usize = run.iter().map(|part| part.key.len()).sum();
    // in more letters there is more to get wrong
    let most = if length >= LONG_PHRASE { 2 } else { 1 };
    let may_be = phrase.folded.contains(' ') && phrase.key.len().abs_diff(length) <= most;
    may_be && {
        let joined: String = run.iter().map(|part| &*part.key).collect();
        distance::within(phrase.key.as_bytes(), joined.as_bytes(), most).is_some()
    }
}

/// 安倍晋三 and Abe Shinzo, in either order.
fn run_of_variants(one: &Part, run: &[Part]) -> Option<Agreement> {
    let [a, b] = run else { return None };
    let joins = |first, second| variants::share(first, a.groups) && variants::share(second, b.groups);
    let found = one.splits.iter().any(|(first, second)| joins(*first, *second) || joins(*second, *first));
    found.then_some((Level::Variant, Rule::VariantTable))
}

/// 금운산 and KUM UN SAN.
fn run_of_syllables(one: &[syllable::Syllable], name: &Name, run: &[Part]) -> Option<Agreement> {
    let count: usize = run.iter().map(|part| name.part_syllables(part).len()).sum();
    if one.is_empty() || count != one.len() || run.iter().any(|part| name.part_syllables(part).is_empty()) {
        return None;
    }
    let others = || run.iter().flat_map(|part| name.part_syllables(part));
    [Language::Han, Language::Korean, Language::Mandarin]
        .into_iter()
        .find(|language| one.iter().zip(others()).all(|(l, r)| l.meets(r, *language) == syllable::Meeting::Same))
        .map(|language| (Level::Syllables, rule_of(language)))
}
