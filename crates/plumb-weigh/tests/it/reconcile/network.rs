//! A synthetic problem of the size and shape of the real case, for the first layer: workers of fictional hosts over years,
//! what they are paid and what the state takes, bound from year to year by a growth within limits.

use plumb_weigh::draws::Stream;
use plumb_weigh::reconcile::{Claim, Expression, Figure, Identity, Problem, Quantity};

const FIRST: usize = 2009;

fn name(what: &str, host: usize, year: usize) -> String {
    format!("{what}[{host},{year}]")
}

/// Quantities of `hosts` hosts over `years` years and the identities among them; no claims.
///
/// The number of workers has two identities: the balance of those sent and returned, and the growth over the year before,
/// which lies between 0.8 and 1.25: what always holds between years, without being a claim.
pub(crate) fn network(hosts: usize, years: usize) -> Problem {
    let mut problem = Problem::default();
    for host in 0..hosts {
        problem.quantities.push(Quantity::share(&format!("share[{host}]")));
        problem.quantities.push(Quantity::positive(&format!("pay[{host}]")));
        for year in FIRST..FIRST + years {
            add_year(&mut problem, host, year);
        }
    }
    for year in FIRST..FIRST + years {
        for what in ["workers", "wages", "revenue"] {
            let parts: Vec<String> = (0..hosts).map(|host| name(what, host, year)).collect();
            let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
            let total = format!("{what}_world[{year}]");
            problem.quantities.push(Quantity::positive(&total));
            problem.identities.push(Identity::new(&total, Expression::sum(&parts)));
        }
    }
    problem
}

fn add_year(problem: &mut Problem, host: usize, year: usize) {
    let of = |what: &str, year: usize| name(what, host, year);
    let mut quantities: Vec<String> =
        ["workers", "sent", "returned", "present", "wages", "taken", "revenue"].map(|what| of(what, year)).into();
    let (pay, share) = (format!("pay[{host}]"), format!("share[{host}]"));
    let mut define = |id: &str, left: &str, right: Expression| {
        problem.identities.push(Identity { id: id.to_owned(), left: left.to_owned(), right });
    };
    if year > FIRST {
        let (now, before, growth) = (of("workers", year), of("workers", year - 1), of("growth", year));
        let balance = Expression::sum(&[&before, &of("sent", year)]);
        define(&now, &now, balance.minus(Expression::quantity(&of("returned", year))));
        define(&growth, &now, Expression::product(1.0, &[&before, &growth]));
        let mean = Expression::monomial(1.0, &[(&before, 0.5), (&now, 0.5)]);
        define(&of("present", year), &of("present", year), mean);
        problem.quantities.push(Quantity::within(&growth, 0.8, 1.25));
    }
    define(&of("wages", year), &of("wages", year), Expression::product(12.0, &[&of("present", year), &pay]));
    define(&of("taken", year), &of("taken", year), Expression::product(1.0, &[&of("wages", year), &share]));
    define(&of("revenue", year), &of("revenue", year), Expression::product(0.9, &[&of("taken", year)]));
    problem.quantities.extend(quantities.drain(..).map(|quantity| Quantity::positive(&quantity)));
}

/// The network with `count` claims from a keyed stream: ranges about a steady truth, three in ten off by a factor of up
/// to four, a quarter of them one-sided.
pub(crate) fn claimed(hosts: usize, years: usize, count: usize, seed: u64) -> Problem {
    let mut problem = network(hosts, years);
    let mut stream = Stream::new(seed, "claims");
    let mut below = |count: usize| usize::try_from(stream.below(count as u64)).unwrap();
    let whats = ["workers", "workers", "present", "sent", "share", "pay", "revenue", "workers_world", "revenue_world"];
    for index in 0..count {
        let (what, host, year) = (whats[below(whats.len())], below(hosts), FIRST + 1 + below(years - 1));
        let start = 10_000.0 * (host + 1) as f64;
        let total = 10_000.0 * (hosts * (hosts + 1) / 2) as f64;
        let (quantity, truth) = match what {
            "workers" | "present" => (name(what, host, year), start),
            "sent" => (name(what, host, year), 0.3 * start),
            "share" => (format!("share[{host}]"), 0.7),
            "pay" => (format!("pay[{host}]"), 500.0),
            "revenue" => (name(what, host, year), 0.9 * 12.0 * 500.0 * 0.7 * start),
            "workers_world" => (format!("{what}[{year}]"), total),
            _ => (format!("{what}[{year}]"), 0.9 * 12.0 * 500.0 * 0.7 * total),
        };
        let off = if below(10) < 3 { [0.25, 0.5, 2.0, 4.0][below(4)] } else { 1.0 };
        let (low, high) = (truth * off / 1.15, truth * off * 1.15);
        let figure = match below(8) {
            0 => Figure::AtLeast { bound: low },
            1 => Figure::AtMost { bound: high },
            _ => Figure::Range { low, high },
        };
        problem.claims.push(Claim::of(&format!("c{index:03}"), &quantity, figure));
    }
    problem
}
