//! Prints how long reading and comparing take, a name at a time on one core.

#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

use std::hint::black_box;
use std::time::Instant;

use plumb_names::{Kind, Name, Scratch, Uniform, analyse, compare, keys};

const PERSONS: [&str; 20] = [
    "Kim Jong Un",
    "김정은",
    "金正恩",
    "Ким Чен Ын",
    "Ri Yong Ho",
    "Sergei Viktorovich Lavrov",
    "Сергей Викторович Лавров",
    "Mohammed Abdulrahman al-Rawi",
    "محمد عبد الرحمن الراوي",
    "Xi Jinping",
    "习近平",
    "Mahmoud Mohammad Ahmed al-Dosari",
    "Yevgeniy Prigozhin",
    "Maria Lopez Garcia",
    "John Michael Smith",
    "Choe Ryong Hae",
    "Pak Pong Ju",
    "あべ しんぞう",
    "Alexis Tsipras",
    "Donald John Trump",
];
const ORGANISATIONS: [&str; 8] = [
    "Korea Mining Development Trading Corporation",
    "조선광업개발무역회사",
    "ООО Торговая компания Заря",
    "Zarya Trading Co., Ltd",
    "Foreign Trade Bank of the Democratic People's Republic of Korea",
    "华为技术有限公司",
    "Gazprom PJSC",
    "Fund VII",
];

fn microseconds(rounds: u32, mut work: impl FnMut()) -> f64 {
    for _ in 0..=rounds / 10 {
        work();
    }
    // The fastest of five: neighbours on the machine only ever make it slower.
    let once = |work: &mut dyn FnMut()| {
        let begin = Instant::now();
        for _ in 0..rounds {
            work();
        }
        begin.elapsed().as_secs_f64() * 1e6 / f64::from(rounds)
    };
    (0..5).map(|_| once(&mut work)).fold(f64::MAX, f64::min)
}

fn all_pairs(names: &[Name], scratch: &mut Scratch) {
    for left in names {
        for right in names {
            black_box(compare(left, right, &Uniform, scratch));
        }
    }
}

fn main() {
    let mut scratch = Scratch::default();
    let begin = Instant::now();
    black_box(analyse("金正恩", Kind::Entity));
    println!("first name of a process: {:.1} ms", begin.elapsed().as_secs_f64() * 1e3);
    for (what, texts, kind) in
        [("persons", PERSONS.as_slice(), Kind::Person), ("organisations", &ORGANISATIONS, Kind::Organisation)]
    {
        let names: Vec<Name> = texts.iter().map(|text| analyse(text, kind)).collect();
        let count = f64::from(u32::try_from(names.len()).unwrap_or(1));
        let read = microseconds(50, || texts.iter().for_each(|text| drop(black_box(analyse(text, kind)))));
        let compared = microseconds(50, || all_pairs(&names, &mut scratch));
        let itself = microseconds(500, || {
            for name in &names {
                drop(black_box(compare(name, name, &Uniform, &mut scratch)));
            }
        });
        let keyed = microseconds(50, || names.iter().for_each(|name| drop(black_box(keys(name)))));
        println!(
            "{what}: analyse {:.2} µs, compare {:.2} µs (all pairs), {:.2} µs (equal), keys {:.2} µs",
            read / count,
            compared / count / count,
            itself / count,
            keyed / count
        );
        println!("{what}: {} names against {}: {:.3} ms", names.len(), names.len(), compared / 1e3);
    }
    let person = |text: &str| analyse(text, Kind::Person);
    for (left, right) in [
        ("Kim Jong Un", "김정은"),
        ("Sergei Lavrov", "Сергей Лавров"),
        ("John Michael Smith", "Jon Michael Smyth"),
        ("Maria Lopez Garcia", "Juan Perez Soto"),
    ] {
        let (l, r) = (person(left), person(right));
        println!(
            "{left} / {right}: {:.2} µs",
            microseconds(2000, || drop(black_box(compare(&l, &r, &Uniform, &mut scratch))))
        );
    }
    let (mut bytes, mut words) = (Vec::new(), std::collections::BTreeSet::new());
    for text in PERSONS {
        person(text).put(&mut bytes, |word| {
            words.insert(word);
            0
        });
    }
    let of_words: usize = words.iter().map(Vec::len).sum();
    println!("bytes a person: {}, and a word: {}", bytes.len() / PERSONS.len(), of_words / words.len());
}
