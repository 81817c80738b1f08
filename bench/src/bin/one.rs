//! One contestant, one input, so many times: for tools that count what a whole program does.
//!
//! `one NAME INPUT TIMES`, with a name of `one names` and an input of `one inputs`.

use std::env;
use std::error::Error;
use std::hint::black_box;

use codes_bench::contestants::CONTESTANTS;
use codes_bench::inputs::{self, EHLO, GMAIL, SINGLE};

const INPUTS: [&str; 4] = ["single", "ehlo", "gmail", "mixed"];
/// Short enough for an emulator.
const MIXED: usize = 1000;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["names"] => CONTESTANTS
            .iter()
            .for_each(|each| println!("{}", each.name)),
        ["inputs"] => INPUTS.iter().for_each(|each| println!("{each}")),
        [name, input, times] => {
            let contestant = CONTESTANTS.iter().find(|each| each.name == name);
            let contestant = contestant.ok_or_else(|| format!("`one names` has no {name:?}"))?;
            let times: u64 = times
                .parse()
                .map_err(|_| format!("TIMES is a number, not {times:?}"))?;
            let stream = inputs::stream(MIXED);
            let replies = match input {
                "single" => (contestant.again)(SINGLE, times).replies,
                "ehlo" => (contestant.again)(EHLO, times).replies,
                "gmail" => (contestant.again)(GMAIL, times).replies,
                "mixed" => (0..times)
                    .map(|_| (contestant.whole)(black_box(&stream.bytes)).replies)
                    .sum(),
                _ => return Err(format!("`one inputs` has no {input:?}").into()),
            };
            println!("{replies}");
        }
        _ => return Err("one names | one inputs | one NAME INPUT TIMES".into()),
    }
    Ok(())
}
