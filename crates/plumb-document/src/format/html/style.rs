//! The style sheets within a page, as far as they can hide words: rules for tags, classes and ids.
//!
//! Only what the page itself carries is followed, in its plain selectors (`p`, `.note`, `#top`, `p.note.small`). What depends
//! on where an element stands or on what a reader does shows and hides menus, not the words of a text.

use std::collections::BTreeMap;

use html5ever::Attribute;

use super::element::attribute;

/// Properties that can hide words, or say what is behind them.
const PROPERTIES: [&str; 13] = [
    "display",
    "visibility",
    "mso-hide",
    "opacity",
    "font-size",
    "font",
    "left",
    "top",
    "text-indent",
    "margin-left",
    "color",
    "background",
    "background-color",
];

/// Most rules that are kept for one name: each element is held against all of them. The largest sheets of sites have some tens.
const MOST_RULES: usize = 100;

/// The rules of a page that bear on whether words are seen.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// By the name that an element must have: `#id`, else `.class`, else the tag or `*`.
    rules: BTreeMap<String, Vec<Rule>>,
    /// How many rules there are, which is the place of the next one.
    count: usize,
}

#[derive(Debug)]
struct Rule {
    tag: Option<String>,
    id: Option<String>,
    classes: Vec<String>,
    order: usize,
    declarations: Vec<Declaration>,
}

/// A property with its value, and whether it is marked as important.
#[derive(Clone, Debug)]
struct Declaration {
    property: &'static str,
    value: String,
    important: bool,
}

/// The properties that an element has in the end, with their values in lower case.
pub(super) type Style = BTreeMap<&'static str, String>;

impl Sheet {
    /// The sheets of a page, wherever they stand in it.
    pub(super) fn of_page(page: &str) -> Self {
        let mut sheet = Self::default();
        let lower = page.to_ascii_lowercase();
        let mut at = 0;
        while let Some(open) = lower.get(at..).and_then(|rest| rest.find("<style")).map(|start| at + start) {
            let Some(start) = lower.get(open..).and_then(|rest| rest.find('>')).map(|end| open + end + 1) else {
                break;
            };
            let end = lower.get(start..).and_then(|rest| rest.find("</style")).map_or(page.len(), |end| start + end);
            sheet.read(&without_comments(page.get(start..end).unwrap_or_default()));
            at = end;
        }
        sheet
    }

    fn read(&mut self, css: &str) {
        let mut rest = css;
        while let Some((before, after)) = rest.split_once('{') {
            // statements without a block end with a semicolon: @import, @charset
            let prelude = before.rsplit([';', '}']).next().unwrap_or_default().trim();
            let lower = prelude.to_ascii_lowercase();
            rest = if lower.starts_with("@media screen") || lower.starts_with("@media all") {
                // its rules are read as those of the page
                after
            } else if prelude.starts_with('@') {
                after.get(block_end(after)..).unwrap_or_default()
            } else {
                let (body, after) = after.split_once('}').unwrap_or((after, ""));
                self.rule(prelude, body);
                after
            };
        }
    }

    fn rule(&mut self, selectors: &str, body: &str) {
        let declarations: Vec<Declaration> = declarations(body).collect();
        if declarations.is_empty() {
            return;
        }
        for selector in selectors.split(',') {
            let Some(mut rule) = Rule::of(selector.trim()) else { continue };
            (rule.order, rule.declarations) = (self.count, declarations.clone());
            self.count += 1;
            let known = self.rules.entry(rule.key()).or_default();
            if known.len() < MOST_RULES {
                known.push(rule);
            }
        }
    }

    /// What an element looks like by the sheets and by its own attribute, which comes last.
    pub(super) fn style(&self, tag: &str, attributes: &[Attribute]) -> Style {
        let own = attribute(attributes, "style").unwrap_or_default();
        let mut found: Vec<((bool, usize, usize), &Declaration)> = Vec::new();
        if !self.rules.is_empty() {
            let classes: Vec<&str> =
                attribute(attributes, "class").unwrap_or_default().split_ascii_whitespace().collect();
            let id = attribute(attributes, "id").unwrap_or_default();
            let keys = classes.iter().map(|class| format!(".{class}"));
            let keys = keys.chain([format!("#{id}"), tag.to_owned(), "*".to_owned()]);
            let rules = keys.filter_map(|key| self.rules.get(&key)).flatten();
            for rule in rules.filter(|rule| rule.holds(tag, id, &classes)) {
                let weight = rule.weight();
                found.extend(rule.declarations.iter().map(|one| ((one.important, weight, rule.order), one)));
            }
        }
        let own: Vec<Declaration> = declarations(own).collect();
        found.extend(own.iter().map(|one| ((one.important, usize::MAX, usize::MAX), one)));
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().map(|(_, one)| (one.property, one.value.clone())).collect()
    }
}

impl Rule {
    /// The rule of a plain selector; `None` for others.
    fn of(selector: &str) -> Option<Self> {
        let is_plain = |one: char| one.is_alphanumeric() || matches!(one, '-' | '_' | '.' | '#' | '*');
        if selector.is_empty() || !selector.chars().all(is_plain) {
            return None;
        }
        let begins = |at: usize| selector.get(at..).and_then(|rest| rest.find(['.', '#'])).map(|found| at + found);
        let first = begins(0).unwrap_or(selector.len());
        let tag = selector.get(..first).filter(|tag| !tag.is_empty() && *tag != "*").map(str::to_ascii_lowercase);
        let mut rule = Self { tag, id: None, classes: Vec::new(), order: 0, declarations: Vec::new() };
        let mut at = first;
        while at < selector.len() {
            let end = begins(at + 1).unwrap_or(selector.len());
            let name = selector.get(at + 1..end).filter(|name| !name.is_empty())?.to_owned();
            if selector.as_bytes().get(at) == Some(&b'#') {
                rule.id = Some(name);
            } else {
                rule.classes.push(name);
            }
            at = end;
        }
        Some(rule)
    }

    fn key(&self) -> String {
        let class = || self.classes.first().map(|class| format!(".{class}"));
        let id = self.id.as_ref().map(|id| format!("#{id}"));
        id.or_else(class).or_else(|| self.tag.clone()).unwrap_or_else(|| "*".to_owned())
    }

    fn holds(&self, tag: &str, id: &str, classes: &[&str]) -> bool {
        self.tag.as_deref().is_none_or(|own| own == tag)
            && self.id.as_deref().is_none_or(|own| own == id)
            && self.classes.iter().all(|own| classes.contains(&own.as_str()))
    }

    /// How specific it is (CSS Selectors Level 4 §17): an id outweighs any classes, a class any tags.
    fn weight(&self) -> usize {
        let classes = self.classes.len().min(999);
        usize::from(self.id.is_some()) * 1_000_000 + classes * 1_000 + usize::from(self.tag.is_some())
    }
}

/// The declarations that can hide words.
fn declarations(body: &str) -> impl Iterator<Item = Declaration> {
    body.split(';').filter_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        let name = name.trim().to_ascii_lowercase();
        let property = PROPERTIES.into_iter().find(|property| *property == name)?;
        let value = value.trim().to_ascii_lowercase();
        let plain = value.strip_suffix("!important").or_else(|| value.strip_suffix("! important"));
        Some(Declaration { property, important: plain.is_some(), value: plain.unwrap_or(&value).trim().to_owned() })
    })
}

/// One behind the brace that closes a block whose opening brace was read.
fn block_end(css: &str) -> usize {
    let mut depth = 1_usize;
    for (at, byte) in css.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    css.len()
}

fn without_comments(css: &str) -> String {
    let mut plain = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    plain
}
