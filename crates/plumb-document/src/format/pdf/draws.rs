//! Pages whose parts draw each other over and over, found before the page is interpreted.
//!
//! A form may draw forms (ISO 32000-2 §8.10). Ten that draw the next one ten times are a file of two kilobytes and ten thousand
//! million drawings. The instructions that a page comes to are counted here without following them: each form is read once, and
//! counts as often as it is drawn.

use std::collections::BTreeMap;
use std::rc::Rc;

use hayro_interpret::hayro_syntax::content::UntypedIter;
use hayro_interpret::hayro_syntax::object::{Dict, Name, Object, ObjectIdentifier, Stream};
use hayro_interpret::hayro_syntax::page::{Page, Resources};

use crate::Cause;

/// Most instructions of a page, those of the forms that it draws each time anew. Maps drawn line by line have some hundred
/// thousand.
const MOST: u64 = 20_000_000;

/// What drawing a form costs beside its instructions, in instructions: its state is kept and its clip is cut.
const DRAWING: u64 = 50;

/// How deep forms are followed; the interpreter does not go deeper either.
const DEEPEST: usize = 50;

/// A form, and whose resources name what it draws: its own or those of what draws it.
type Key = (ObjectIdentifier, ObjectIdentifier);

/// What a stream of instructions has of its own, and the forms that it draws with how often.
struct Reading<'a> {
    instructions: u64,
    forms: Vec<(Form<'a>, u64)>,
}

/// A form with the names that hold for what it draws.
struct Form<'a> {
    key: Key,
    stream: Stream<'a>,
    names: Dict<'a>,
}

/// Counts the instructions of pages; what was counted is kept from one page to the next.
#[derive(Default)]
pub(super) struct Counter<'a> {
    readings: BTreeMap<Key, Rc<Reading<'a>>>,
    totals: BTreeMap<(Key, usize), u64>,
}

impl<'a> Counter<'a> {
    /// Checks that a page comes to no more instructions than an honest page can.
    pub(super) fn check(&mut self, page: &Page<'a>) -> Result<(), Cause> {
        let own = page.raw().obj_id().unwrap_or(ObjectIdentifier { obj_number: 0, gen_number: -1 });
        let reading = read(page.page_stream().unwrap_or_default(), &page.resources().x_objects, own);
        if self.total(&reading, 0) > MOST { Err(Cause::Repeats { limit: MOST }) } else { Ok(()) }
    }

    fn total(&mut self, reading: &Reading<'a>, depth: usize) -> u64 {
        reading.forms.iter().fold(reading.instructions, |sum, (form, times)| {
            let one = if depth < DEEPEST { self.of_form(form, depth + 1) } else { 0 };
            sum.saturating_add(one.saturating_add(DRAWING).saturating_mul(*times))
        })
    }

    fn of_form(&mut self, form: &Form<'a>, depth: usize) -> u64 {
        if let Some(total) = self.totals.get(&(form.key, depth)) {
            return *total;
        }
        let reading = Rc::clone(self.readings.entry(form.key).or_insert_with(|| {
            let decoded = form.stream.decoded_data().unwrap_or_default();
            Rc::new(read(&decoded, &form.names, form.key.1))
        }));
        let total = self.total(&reading, depth);
        self.totals.insert((form.key, depth), total);
        total
    }
}

/// Reads instructions whose names are those of `owner`.
fn read<'a>(data: &[u8], names: &Dict<'a>, owner: ObjectIdentifier) -> Reading<'a> {
    let (mut instructions, mut drawn) = (0_u64, BTreeMap::<Vec<u8>, u64>::new());
    let mut all = UntypedIter::new(data);
    while let Some(instruction) = all.next() {
        instructions += 1;
        if **instruction.operator != *b"Do" {
            continue;
        }
        if let Some(Object::Name(name)) = instruction.operands().last() {
            *drawn.entry(name.to_vec()).or_default() += 1;
        }
    }
    let forms = drawn.into_iter().filter_map(|(name, times)| Some((form(&name, names, owner)?, times)));
    Reading { instructions, forms: forms.collect() }
}

/// The form of a name; `None` for pictures.
fn form<'a>(name: &[u8], names: &Dict<'a>, owner: ObjectIdentifier) -> Option<Form<'a>> {
    let stream = names.get::<Stream<'a>>(name)?;
    let is_form = stream.dict().get::<Name<'_>>(b"Subtype").is_some_and(|kind| *kind == *b"Form");
    let own = stream.dict().get::<Dict<'a>>(b"Resources").map(|resources| Resources::new(resources).x_objects);
    let id = stream.obj_id();
    let owner = if own.is_some() { id } else { owner };
    is_form.then(|| Form { key: (id, owner), names: own.unwrap_or_else(|| names.clone()), stream })
}
