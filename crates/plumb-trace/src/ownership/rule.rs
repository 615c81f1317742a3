//! The rules, as far as arithmetic goes.

use jiff::civil::{Date, date};
use rust_decimal::Decimal;

/// From where on a holding is enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Threshold {
    /// Half is enough.
    Half,
    /// It must be more than half.
    AboveHalf,
}

impl Threshold {
    /// Whether so many percent are enough.
    pub fn is_met(self, percent: Decimal) -> bool {
        match self {
            Self::Half => percent >= Decimal::from(50),
            Self::AboveHalf => percent > Decimal::from(50),
        }
    }

    /// It in words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Half => "50 % or more",
            Self::AboveHalf => "more than 50 %",
        }
    }
}

/// A rule about owned bodies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Short name: `us`.
    pub id: &'static str,
    /// Name for readers.
    pub name: &'static str,
    /// Where it is written.
    pub source: &'static str,
    /// The threshold at first, and from a day on another one.
    thresholds: (Threshold, Option<(Date, Threshold)>),
    /// Codes of the lists whose entries are blocked under the rule.
    lists: &'static [&'static str],
    /// Whether the holdings of several blocked persons are added up.
    pub adds_up: bool,
    /// Whether control is enough without ownership.
    pub counts_control: bool,
}

impl Rule {
    /// The United States: 50 percent or more, directly or indirectly, in the aggregate; control alone is not enough
    /// (questions 398 to 402 of OFAC). Whoever is blocked without being listed, as the Government of North Korea and the Workers'
    /// Party are by Executive Order 13722, must be named to [`super::test`] as `also_blocked`.
    pub const US: Self = Self {
        id: "us",
        name: "US 50 percent rule",
        source: "OFAC, Revised Guidance on Entities Owned by Persons Whose Property and Interests in Property Are Blocked, 13 August 2014, and FAQ 398–402",
        thresholds: (Threshold::Half, None),
        lists: &["US"],
        adds_up: true,
        counts_control: false,
    };

    /// The European Union: more than 50 percent until the best practices of 3 July 2024, since then 50 percent or more, the
    /// holdings of all listed persons added up; or control, which may be shown not to exist.
    pub const EU: Self = Self {
        id: "eu",
        name: "EU ownership and control",
        source: "Council of the EU, Guidelines on restrictive measures (5664/18), and Best Practices for their effective implementation (8519/18; 11623/24 of 3 July 2024)",
        thresholds: (Threshold::AboveHalf, Some((date(2024, 7, 3), Threshold::Half))),
        // Annex XIII of Regulation (EU) 2017/1509 takes over what the Security Council lists
        lists: &["EU", "UN"],
        adds_up: true,
        counts_control: true,
    };

    /// The United Kingdom: more than 50 percent of shares or votes, the right to appoint a majority of the board, or control in
    /// fact, by one designated person; several are not simply added up.
    pub const UK: Self = Self {
        id: "uk",
        name: "UK ownership and control",
        source: "Democratic People's Republic of Korea (Sanctions) (EU Exit) Regulations 2019 (SI 2019/411), regulation 7 and Schedule 1; OFSI guidance on ownership and control",
        thresholds: (Threshold::AboveHalf, None),
        // persons named by the Security Council are designated without further act (section 13 of the Act of 2018)
        lists: &["UK", "GB", "UN"],
        adds_up: false,
        counts_control: true,
    };

    /// All of them.
    pub const ALL: [Self; 3] = [Self::US, Self::EU, Self::UK];

    /// The threshold on a day.
    pub fn threshold(&self, on: Date) -> Threshold {
        match self.thresholds {
            (_, Some((from, later))) if on >= from => later,
            (first, _) => first,
        }
    }

    /// Whether an entry of this list is blocked under the rule. A list begins with the code of who keeps it (`US:SDN`); one
    /// that begins with none is taken to count, as nothing says that it does not.
    pub fn counts_list(&self, list: &str) -> bool {
        let code = list.split(|letter: char| !letter.is_ascii_alphanumeric()).next().unwrap_or_default();
        let is_code = (2..=3).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_uppercase());
        !is_code || self.lists.contains(&code)
    }

    /// What the rule asks for on a day, in a sentence.
    pub fn words(&self, on: Date) -> String {
        let holders = if self.adds_up { "by blocked persons together" } else { "by one blocked person alone" };
        let control = if self.counts_control { ", or control" } else { "; control alone does not count" };
        format!("Owned to {} {holders}, directly or through bodies so owned{control}", self.threshold(on).as_str())
    }
}
