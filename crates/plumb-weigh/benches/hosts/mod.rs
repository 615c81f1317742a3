//! A synthetic problem of the size of a real one: workers of three fictional hosts over seventeen years.

use plumb_weigh::draws::Stream;
use plumb_weigh::reconcile::{Claim, Expression, Figure, Identity, Problem, Quantity};

/// First and last year.
pub(crate) const YEARS: std::ops::Range<u32> = 2010..2027;
/// Hosts, with workers at the start.
pub(crate) const HOSTS: [(&str, f64); 3] = [("Arland", 12_000.0), ("Borland", 28_000.0), ("Corland", 3_000.0)];

fn name(what: &str, host: &str, year: u32) -> String {
    format!("{what}[{host},{year}]")
}

/// The truth behind the claims, by the rules of the world that made it.
pub(crate) fn truth(what: &str, host: usize, year: u32) -> f64 {
    let (_, start) = HOSTS[host];
    let age = f64::from(year - YEARS.start);
    let sent = |age: f64| start * (0.30 + 0.02 * age);
    let returned = |age: f64| start * (0.27 + 0.018 * age);
    let present = start + (0..=year - YEARS.start).map(|a| sent(f64::from(a)) - returned(f64::from(a))).sum::<f64>();
    match what {
        "sent" => sent(age),
        "returned" => returned(age),
        "present" => present,
        "pay" => 400.0 + 25.0 * age + 100.0 * host as f64,
        "share" => 0.8 - 0.01 * age,
        "revenue" => 12.0 * present * truth("pay", host, year) * truth("share", host, year),
        _ => start,
    }
}

/// The total of present workers in a year.
pub(crate) fn total(year: u32) -> f64 {
    (0..HOSTS.len()).map(|host| truth("present", host, year)).sum()
}

fn around(value: f64, factor: f64) -> Figure {
    Figure::Interval { low: value / factor, high: value * factor, coverage: 0.9 }
}

/// 326 quantities, stock balances and totals as identities, ratios from year to year as claims that are not in question,
/// and `origins` origins with one or two claims each, three in ten of them off by a factor of up to ten.
pub(crate) fn problem(origins: usize) -> Problem {
    let mut problem = Problem::default();
    for (host, (place, start)) in HOSTS.iter().enumerate() {
        problem.quantities.push(Quantity::positive(&name("present", place, YEARS.start - 1)));
        let before = name("present", place, YEARS.start - 1);
        problem.claims.push(Claim::of(&format!("start {place}"), &before, around(*start, 1.5)));
        for year in YEARS {
            add_year(&mut problem, place, year);
            for what in ["sent", "returned", "pay", "share"] {
                link(&mut problem, what, place, host, year);
            }
        }
    }
    for year in YEARS {
        let parts: Vec<String> = HOSTS.iter().map(|(place, _)| name("present", place, year)).collect();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        problem.quantities.push(Quantity::positive(&format!("total[{year}]")));
        problem.identities.push(Identity::new(&format!("total[{year}]"), Expression::sum(&parts)));
    }
    report(&mut problem, origins);
    problem
}

fn add_year(problem: &mut Problem, place: &str, year: u32) {
    let of = |what: &str, year: u32| name(what, place, year);
    for what in ["sent", "returned", "present", "pay", "revenue"] {
        problem.quantities.push(Quantity::positive(&of(what, year)));
    }
    problem.quantities.push(Quantity::share(&of("share", year)));
    let stock = Expression::sum(&[&of("present", year - 1), &of("sent", year)]);
    let stock = stock.minus(Expression::quantity(&of("returned", year)));
    problem.identities.push(Identity::new(&of("present", year), stock));
    let money = Expression::product(12.0, &[&of("present", year), &of("pay", year), &of("share", year)]);
    problem.identities.push(Identity::new(&of("revenue", year), money));
}

/// The first year has a wide prior; each later one is tied to the year before.
fn link(problem: &mut Problem, what: &str, place: &str, host: usize, year: u32) {
    let id = format!("link {what} {place} {year}");
    let now = name(what, place, year);
    let claim = if year == YEARS.start {
        let (value, factor) = (truth(what, host, year), if what == "share" { 1.2 } else { 3.0 });
        Claim::of(&id, &now, around(value, factor))
    } else {
        let ratio = Expression::monomial(1.0, &[(&now, 1.0), (&name(what, place, year - 1), -1.0)]);
        Claim::new(&id, ratio, Figure::Interval { low: 0.7, high: 1.4, coverage: 0.9 })
    };
    problem.claims.push(claim);
}

/// What origins say, right or wrong.
fn report(problem: &mut Problem, origins: usize) {
    let mut stream = Stream::new(3, "origins");
    let kinds = ["present", "pay", "share", "revenue", "sent", "total"];
    for origin in 0..origins {
        let wrong = stream.uniform() < 0.3;
        for part in 0..=origin % 2 {
            let what = kinds[(origin + 3 * part) % kinds.len()];
            let host = (stream.below(3)) as usize;
            let year = YEARS.start + stream.below(17) as u32;
            let (id, value) = match what {
                "total" => (format!("total[{year}]"), total(year)),
                _ => (name(what, HOSTS[host].0, year), truth(what, host, year)),
            };
            let factor = if what == "share" { 1.1 } else { 1.0 + 0.3 * stream.uniform() + 0.05 };
            let error = if wrong { stream.normal() * 1.4 } else { stream.normal() * factor.ln() / 1.645 };
            let value = if what == "share" { (value * error.exp()).min(0.88) } else { value * error.exp() };
            let claim = Claim::of(&format!("claim {origin:02} {part} {id}"), &id, around(value, factor));
            problem.claims.push(claim.from_origin(&format!("origin {origin:02}")).right_with(0.7));
        }
    }
}
