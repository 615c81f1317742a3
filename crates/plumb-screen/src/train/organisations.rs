//! Names of organisations put together by chance in the languages of those who screen: a word of their own beside words that thousands
//! of firms share, or such words alone. Registers that are at hand hold nearly only names in Latin letters.

use super::corpus::Corpus;
use super::random::Random;

/// Firms named with English words of trade.
pub(super) const ENGLISH: &str = "clean: English firm";

/// How firms are called in a language.
struct Custom {
    /// The group of the clean names.
    group: &'static str,
    /// Places and countries, written before the rest.
    places: &'static [&'static str],
    /// What they do.
    trades: &'static [&'static str],
    /// What they are.
    kinds: &'static [&'static str],
    /// What is between the words.
    blank: &'static str,
    /// Whether the kind is written first.
    kind_first: bool,
    /// Whether a word of a name can be their own.
    own: fn(&str) -> bool,
}

const CUSTOMS: [Custom; 5] = [
    Custom {
        group: "clean: Korean firm",
        places: &["조선", "고려", "한국", "대한", "평양", "국제", "중앙", "동방"],
        trades: &[
            "무역",
            "건설",
            "수산",
            "광업",
            "석탄",
            "기계",
            "전자",
            "식품",
            "임업",
            "해운",
            "개발",
            "수출입",
            "합작",
            "금속",
            "화학",
        ],
        kinds: &["회사", "총회사", "주식회사", "공사", "은행", "연구소"],
        blank: "",
        kind_first: false,
        own: |word| is_written(word, '가'..='힣'),
    },
    Custom {
        group: "clean: Chinese firm",
        places: &["丹东", "沈阳", "大连", "北京", "上海", "吉林", "辽宁", "中国", "东方"],
        trades: &[
            "贸易",
            "实业",
            "建筑工程",
            "服装",
            "水产",
            "矿业",
            "科技",
            "食品",
            "货运代理",
            "进出口",
            "投资",
            "机械",
        ],
        kinds: &["有限公司", "有限责任公司", "集团有限公司", "股份有限公司", "公司"],
        blank: "",
        kind_first: false,
        own: |word| is_written(word, '\u{4e00}'..='\u{9fff}'),
    },
    Custom {
        group: "clean: Russian firm",
        places: &["Дальневосточная", "Приморская", "Международная", "Корейская", "Российская", "Сибирская"],
        trades: &[
            "торговая",
            "строительная",
            "лесная",
            "рыболовная",
            "внешнеторговая",
            "инвестиционная",
            "транспортная",
            "промышленная",
        ],
        kinds: &["компания", "корпорация", "группа", "фирма"],
        blank: " ",
        kind_first: false,
        own: |word| is_written(word, '\u{400}'..='\u{4ff}'),
    },
    Custom {
        group: "clean: Arabic firm",
        places: &["العربية", "الدولية", "الوطنية", "الشرق", "الخليج"],
        trades: &["للتجارة", "للمقاولات", "للنقل", "للاستثمار", "للصناعة", "التجارية", "للملاحة"],
        kinds: &["شركة", "مجموعة", "مؤسسة", "مكتب"],
        blank: " ",
        kind_first: true,
        own: |word| is_written(word, '\u{600}'..='\u{6ff}'),
    },
    Custom {
        group: ENGLISH,
        places: &["Korea", "Asia", "International", "National", "Central", "Eastern", "Global", "General"],
        trades: &[
            "Trading",
            "Mining",
            "Construction",
            "Shipping",
            "Machinery",
            "Industry",
            "Investment",
            "Import Export",
            "Forestry",
            "Development",
        ],
        kinds: &["Company", "Corporation", "Co., Ltd", "Group", "LLC", "Bureau"],
        blank: " ",
        kind_first: false,
        own: |word| word.len() > 2 && word.chars().all(|letter| letter.is_ascii_alphabetic()),
    },
];

/// Names of three in ten have no word of their own: those are the ones that look like any other.
const WITHOUT_OWN: usize = 30;

/// Names of firms that are on no list but by chance, `count` of each language, with their group. Words of their own are names of persons, which
/// firms bear everywhere.
pub(super) fn names(corpus: &Corpus, count: usize, random: &mut Random) -> Vec<(&'static str, String)> {
    let mut names = Vec::new();
    for custom in &CUSTOMS {
        let variants = corpus.groups.iter().filter_map(|group| group.variants.iter().find(|word| (custom.own)(word)));
        let own: Vec<&str> = variants.map(String::as_str).collect();
        names.extend((0..count).filter_map(|_| Some((custom.group, custom.name(&own, random)?))));
    }
    names
}

impl Custom {
    fn name(&self, own: &[&str], random: &mut Random) -> Option<String> {
        let mut words = Vec::new();
        let is_common = random.percent(WITHOUT_OWN);
        if is_common || random.percent(20) {
            words.push(*random.pick(self.places)?);
        }
        if !is_common {
            words.push(*random.pick(own)?);
        }
        words.push(*random.pick(self.trades)?);
        if is_common || random.percent(20) {
            words.extend(random.pick(self.trades).filter(|trade| !words.contains(trade)));
        }
        let kind = *random.pick(self.kinds)?;
        words.insert(if self.kind_first { 0 } else { words.len() }, kind);
        Some(words.join(self.blank))
    }
}

fn is_written(word: &str, letters: std::ops::RangeInclusive<char>) -> bool {
    (2..=8).contains(&word.chars().count()) && word.chars().all(|letter| letters.contains(&letter))
}
