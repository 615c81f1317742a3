//! Compares two names and prints what the comparison says: `compare KIND NAME1 NAME2`.

#![expect(clippy::print_stdout, reason = "a program for the terminal")]

use plumb_names::{Kind, Scratch, Uniform, analyse, compare};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [kind, left, right] = arguments.as_slice() else {
        println!("usage: compare person|organisation|vessel|entity|address NAME1 NAME2");
        return;
    };
    let kind = match kind.as_str() {
        "person" => Kind::Person,
        "organisation" => Kind::Organisation,
        "vessel" => Kind::Vessel,
        "address" => Kind::Address,
        _ => Kind::Entity,
    };
    let (l, r) = (analyse(left, kind), analyse(right, kind));
    for name in [&l, &r] {
        for part in &name.parts {
            println!(
                "{:?} {:?} {} latin {} key {} concept {}",
                part.role, part.script, part.folded, part.latin, part.key, part.concept
            );
        }
        println!("{:?}, {} readings", name.status, name.readings.len());
    }
    println!("{:#?}", compare(&l, &r, &Uniform, &mut Scratch::default()));
}
