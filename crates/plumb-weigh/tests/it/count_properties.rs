//! Laws of counting the hidden: names and order of lists do not matter, nor do empty rows; no table breaks anything.

use plumb_weigh::count::{
    AveragingOptions, BootstrapOptions, CaptureTable, ClosedModel, Estimate, LatentOptions, ListSet, Method,
    MethodOptions, Model, Panel, PanelOptions, Sightings, averaging, bootstrap, closed, fit, latent_classes, panel,
    profile, stepwise,
};
use proptest::prelude::*;

fn names(lists: usize) -> Vec<String> {
    (0..lists).map(|list| format!("list {list}")).collect()
}

/// Tables of `lists` lists with counts up to `most`, a share of them zero.
fn tables(lists: std::ops::RangeInclusive<usize>, most: u64) -> impl Strategy<Value = CaptureTable> {
    lists
        .prop_flat_map(move |lists| {
            let histories = (1 << lists) - 1;
            let count = prop_oneof![3 => Just(0), 2 => 1..=3_u64, 2 => 0..=most];
            (Just(lists), proptest::collection::vec(count, histories))
        })
        .prop_filter_map("a table that says something", |(lists, counts)| {
            let rows: Vec<(ListSet, u64)> = (1..).zip(counts).collect();
            CaptureTable::new(&names(lists), &rows).ok()
        })
}

/// The same people with the lists in another order.
fn reordered(table: &CaptureTable, order: &[usize]) -> CaptureTable {
    let lists: Vec<&String> = order.iter().filter_map(|list| table.lists().get(*list)).collect();
    let moved = |history: ListSet| (0..).zip(order).map(|(to, from)| (history >> from & 1) << to).sum();
    let rows: Vec<(ListSet, u64)> = table.histories().map(|(history, count)| (moved(history), count)).collect();
    CaptureTable::new(&lists, &rows).unwrap()
}

fn close(left: f64, right: f64, tolerance: f64) -> bool {
    (left - right).abs() <= tolerance * left.abs().max(right.abs()).max(1.0)
}

/// Two answers are the same estimate, or both refusals.
fn same<E>(left: &Result<Estimate, E>, right: &Result<Estimate, E>) -> bool {
    match (left, right) {
        (Ok(left), Ok(right)) => {
            close(left.population, right.population, 1e-5) && close(left.interval.low, right.interval.low, 1e-4)
        }
        (Err(_), Err(_)) => true,
        _ => false,
    }
}

fn sound(estimate: &Estimate, table: &CaptureTable) -> bool {
    let interval = estimate.interval;
    let observed = table.observed() as f64;
    estimate.population.is_finite()
        && estimate.population >= observed * (1.0 - 1e-9)
        && interval.low.is_finite()
        && interval.low >= observed * (1.0 - 1e-9)
        && interval.high.is_none_or(|high| high.is_finite() && high >= interval.low * (1.0 - 1e-9))
        && estimate.standard_error.is_none_or(f64::is_finite)
}

fn sound_panel(panel: &Panel, table: &CaptureTable) -> bool {
    let numbers = |row: &plumb_weigh::count::Row| [row.aic, row.bic].iter().flatten().all(|number| number.is_finite());
    let rows = panel.rows.iter().all(|row| {
        let further = row.further.iter().all(|one| one.low.is_finite() && one.high.is_none_or(f64::is_finite));
        row.answer.estimate().is_none_or(|estimate| sound(estimate, table)) && further && numbers(row)
    });
    let checks = panel.checks.iter().flat_map(|check| &check.rows);
    rows && checks.filter_map(|row| row.relative_error).all(f64::is_finite)
}

fn quick() -> PanelOptions {
    let latent = LatentOptions { classes: 3, burn_in: 5, samples: 10, thinning: 1, ..LatentOptions::default() };
    let averaging = AveragingOptions { hidden: Some((1, 2_000, 40)), ..AveragingOptions::default() };
    let methods = MethodOptions { latent, averaging, ..MethodOptions::default() };
    PanelOptions { methods, replicates: Some(5), ..PanelOptions::default() }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_lists_does_not_matter((table, order) in tables(3..=4, 60).prop_flat_map(|table| {
        let order: Vec<usize> = (0..table.lists().len()).collect();
        (Just(table), Just(order).prop_shuffle())
    })) {
        let other = reordered(&table, &order);
        let estimates = |table: &CaptureTable| {
            let loglinear = |model: &Model| fit(table, model, 0.9).map(|fit| fit.estimate);
            let grid = AveragingOptions { hidden: Some((1, 900, 3)), ..AveragingOptions::default() };
            let differ = ClosedModel::ALL.into_iter().filter(|(_, name)| !name.starts_with("Mb"));
            let mut all = vec![
                loglinear(&Model::independence(table)),
                loglinear(&Model::all_pairs(table)),
                averaging(table, &grid, 0.9).map(|found| found.estimate),
                Sightings::of(table).chao(0.9),
                Sightings::of(table).zelterman(0.9),
            ];
            all.extend(differ.map(|(model, _)| closed(table, model, 0.9).map(|fit| fit.estimate)));
            all
        };
        for (place, (left, right)) in estimates(&table).iter().zip(&estimates(&other)).enumerate() {
            prop_assert!(same(left, right), "{place}: {left:?} is not {right:?}");
        }
    }

    #[test]
    fn the_search_finds_the_same_whatever_the_order((table, order) in tables(3..=4, 60).prop_flat_map(|table| {
        let order: Vec<usize> = (0..table.lists().len()).collect();
        (Just(table), Just(order).prop_shuffle())
    })) {
        let (left, right) = (stepwise(&table, 0.02, 0.9), stepwise(&reordered(&table, &order), 0.02, 0.9));
        // of two pairs that are equally unexpected the first is taken, and the fit says so
        let tied = [&left, &right].iter().any(|one| {
            one.as_ref().is_ok_and(|fit| fit.estimate.notes.iter().any(|note| note.contains("equally unexpected")))
        });
        if !tied {
            prop_assert!(same(&left.map(|fit| fit.estimate), &right.map(|fit| fit.estimate)));
        }
    }

    #[test]
    fn text_round_trips_and_empty_rows_change_nothing(table in tables(2..=5, 60), split in 0..20_u64) {
        let mut text = format!("{},count\n", table.lists().join(","));
        for (history, count) in table.histories() {
            let bits: Vec<String> = (0..table.lists().len()).map(|list| (history >> list & 1).to_string()).collect();
            let (first, rest) = (count.min(split), count - count.min(split));
            text.push_str(&format!("{0},{first}\n{0},{rest}\n", bits.join(",")));
        }
        prop_assert_eq!(CaptureTable::parse(&text), Ok(table));
    }

    #[test]
    fn no_text_breaks_the_reader(text in "(\u{feff})?[AB,;\t\"\n\r01 -]{0,60}(count)?[,01\n \"x9-]{0,60}") {
        if let Err(errors) = CaptureTable::parse(&text) {
            prop_assert!(!errors.is_empty());
            for error in errors {
                prop_assert!(error.line >= 1 && error.column >= 1 && !error.hint().is_empty());
            }
        }
    }

    #[test]
    fn profiles_hold_their_maximum(table in tables(2..=4, 60)) {
        if let Ok(found) = profile(&table, &Model::independence(&table), 0.95) {
            prop_assert!(found.interval.holds(found.population), "{found:?}");
            let narrower = profile(&table, &Model::independence(&table), 0.5).unwrap().interval;
            prop_assert!(found.interval.low <= narrower.low + 1e-3, "{found:?} {narrower:?}");
        }
    }
}

proptest! {
    // every estimator on every table, and again within each list: dear, so fewer tables
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn no_table_breaks_an_estimator(table in tables(2..=5, 1_000_000_000)) {
        let found = panel(&table, &quick()).unwrap();
        prop_assert!(sound_panel(&found, &table), "{found:#?}");
        prop_assert_eq!(found.rows.len(), Method::of_panel(table.lists().len()).len());
        for (model, _) in ClosedModel::ALL {
            if let Ok(fit) = closed(&table, model, 0.95) {
                let finite = fit.estimate.population.is_finite() && fit.aic.is_finite() && fit.deviance.is_finite();
                prop_assert!(finite, "{model:?} {fit:?}");
            }
        }
    }
}

#[test]
fn ten_lists_with_enormous_and_tiny_counts() {
    let rows: Vec<(ListSet, u64)> =
        (1..1024).step_by(41).map(|history| (history, if history % 7 == 0 { 90_000_000 } else { 1 })).collect();
    let table = CaptureTable::new(&names(10), &rows).unwrap();
    let found = panel(&table, &PanelOptions { check: false, replicates: Some(2), ..quick() }).unwrap();
    assert!(sound_panel(&found, &table));
}

#[test]
fn resamples_and_draws_depend_on_the_seed_alone() {
    let rows = [(1, 60), (2, 49), (4, 47), (3, 14), (5, 11), (6, 4), (7, 2)];
    let table = CaptureTable::new(&["A", "B", "C"], &rows).unwrap();
    let options = BootstrapOptions { replicates: 40, ..BootstrapOptions::default() };
    assert_eq!(bootstrap(&table, &options, 0.95), bootstrap(&table, &options, 0.95));
    let options = LatentOptions { burn_in: 20, samples: 50, thinning: 1, ..LatentOptions::default() };
    assert_eq!(latent_classes(&table, &options, 0.95), latent_classes(&table, &options, 0.95));
}
