//! Whether two parts are one word that was written down as it sounded, in another script.

use crate::agree::{Agreement, VOWELS};
use crate::comparison::{Level, Rule};
use crate::heard::{self, Limit};
use crate::name::{Kind, Name, Part, Role};
use crate::script::Script;

/// Syllables of a word of firms and ships in Hangul or Han that is not taken for a transcription.
const LONGEST_OWN_WORD: usize = 3;

/// How a name came from one script into the other.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// By ear: a foreign name in Hangul, kana or Han. Transcription adds and drops sounds at the ends of syllables.
    Heard,
    /// Syllable by syllable: what can be read as a name in its own language is hardly a foreign one that happens to sound like it.
    Read,
    /// Letter by letter, by a system.
    Transcribed,
}

impl Way {
    pub(crate) fn of(left: &Name, l: &Part, right: &Name, r: &Part) -> Self {
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
const ALIKE: Limit = Limit { hundredths: 17, least: 8 };
const NEARLY_ALIKE: Limit = Limit { hundredths: 30, ..ALIKE };
/// The same for what can be read as a name in its own language, which is hardly a foreign one that sounds like it.
const ALIKE_TO_READ: Limit = Limit { hundredths: 10, least: 16 };

/// A whole Korean name in kana, which has no ŏ and no consonants at the end of syllables but n.
const KOREAN_IN_KANA: Limit = Limit { hundredths: 15, least: 16 };

/// Across scripts only: within one script a name is copied letter by letter and not by ear. Nor is a word that many share heard, which is
/// translated.
pub(crate) fn by_ear(l: &Part, r: &Part, way: Way) -> Option<Agreement> {
    let is_shared = |part: &Part| part.concept != 0 && part.role != Role::Name;
    if way == Way::Transcribed || l.script == r.script || is_shared(l) || is_shared(r) {
        return None;
    }
    if l.forms.sound_count.abs_diff(r.forms.sound_count) > MOST_SOUNDS_LOST {
        return None;
    }
    let limit = if way == Way::Read { ALIKE_TO_READ } else { NEARLY_ALIKE };
    let heard = heard::Likeness::of(l, r, limit)?;
    let alike = way == Way::Read || heard.is_within(ALIKE.hundredths);
    Some((if alike { Level::Sound } else { Level::NearSound }, Rule::SoundClass))
}

/// Sounds that one side may have more; a language that has no r before consonants loses as many of a long name.
const MOST_SOUNDS_LOST: u8 = 3;

/// Sounds that a name must have that was written letter by letter in another script, so that the same ones tell something.
const LEAST_SOUNDS: u8 = 5;

/// Names that were written letter by letter in another script and have the same sounds by class where one side leaves vowels out, or, of persons,
/// sound alike where both write them: firms keep to one spelling, and Заряинвест is not Solinvest.
pub(crate) fn by_sound(kind: Kind, (l, r): (&Part, &Part), way: Way) -> Option<Agreement> {
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
            && heard::Likeness::of(l, r, Limit { least: ALIKE_TO_READ.least, ..ALIKE }).is_some()
    };
    alike.then_some((Level::NearSound, Rule::SoundClass))
}

/// Given names of two syllables that kana writes together, ジョンウン, Jong Un, and Korean names that kana writes apart: 김정은, キム・ジョンウン.
pub(crate) fn heard_run(one: &Part, run: &[Part]) -> Option<Agreement> {
    let are = |script: Script| run.iter().all(|part| part.script == script);
    let limit = match one.script {
        Script::Kana if are(Script::Latin) => ALIKE,
        Script::Hangul if are(Script::Kana) => KOREAN_IN_KANA,
        _ => return None,
    };
    heard::Likeness::of_run(one, run, limit).map(|_| (Level::Sound, Rule::SoundClass))
}

/// Whether a word that can be read in its own language is long enough to be a foreign one all the same: 사할린 (Sakhalin). Words of firms and ships
/// seldom have three syllables.
pub(crate) fn may_be_foreign(name: &Name, l: &Part, r: &Part) -> bool {
    let long = |part: &Part| part.script.is_unspaced() && part.folded.chars().count() >= LONGEST_OWN_WORD;
    !matches!(name.kind, Kind::Person | Kind::Entity) && (long(l) || long(r))
}
