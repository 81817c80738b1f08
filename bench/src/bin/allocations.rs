//! How many allocations each contestant makes for a reply.
//!
//! `cargo run --release --bin allocations`. A program of its own, as counting would slow down those
//! who allocate.

use std::alloc::System;
use std::hint::black_box;

use codes_bench::contestants::{CONTESTANTS, Contestant};
use codes_bench::inputs::{self, EHLO, GMAIL, SINGLE};
use codes_bench::measure::print_table;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn main() {
    let stream = inputs::stream(10_000);
    let mut rows = vec![
        ["allocations a reply", "one line", "EHLO", "Gmail", "mixed"]
            .map(str::to_owned)
            .to_vec(),
    ];
    for contestant in CONTESTANTS {
        let mut row = vec![contestant.name.to_owned()];
        for input in [SINGLE, EHLO, GMAIL, &stream.bytes] {
            let each = allocations(contestant, input);
            let decimals = if each.fract() == 0.0 { 0 } else { 2 };
            row.push(format!("{each:.decimals$}"));
        }
        rows.push(row);
    }
    print_table(&rows);
}

/// Growing counts as allocating: the bytes may have to move.
fn allocations(contestant: &Contestant, input: &[u8]) -> f64 {
    let region = Region::new(ALLOCATOR);
    let sum = black_box((contestant.whole)(black_box(input)));
    let stats = region.change();
    (stats.allocations + stats.reallocations) as f64 / sum.replies as f64
}
