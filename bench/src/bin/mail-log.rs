//! Writes a synthetic mail log.
//!
//! `mail-log [--flavour NAME] [--seed N] [--truth FILE] SIZE`

use std::env;
use std::error::Error;
use std::fs::File;
use std::io::{self, BufWriter, Write};

use codes_bench::mail_log::{self, Fact, Flavour, Written};

const USAGE: &str = "mail-log [--flavour NAME] [--seed N] [--truth FILE] SIZE

Writes SIZE of a synthetic mail log to standard output, the same for the same seed. SIZE is in octets,
or with KB, MB or GB behind it (of 1000).

  --flavour NAME  postfix (unless told), exim, sendmail, opensmtpd, qmail, transcript or mixed
  --seed N        1 unless told
  --truth FILE    what was put in, with its count, as a table with tabs

How many lines there are, and how many of them tell of a reply or of a failure, goes to standard error.";

struct Options {
    flavour: Flavour,
    seed: u64,
    truth: Option<String>,
    size: u64,
}

fn main() -> Result<(), Box<dyn Error>> {
    let Some(options) = options(env::args().skip(1))? else {
        println!("{USAGE}");
        return Ok(());
    };
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let written = mail_log::write(options.flavour, options.seed, options.size, &mut out)
        .and_then(|written| out.flush().map(|()| written));
    let written = match written {
        // Whoever reads has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(()),
        written => written?,
    };
    if let Some(path) = options.truth {
        write_truth(&path, &written).map_err(|error| format!("{path}: {error}"))?;
    }
    eprintln!(
        "{} octets, {} lines, {} of them with a reply or a failure without one",
        written.bytes, written.lines, written.telling
    );
    Ok(())
}

fn options(mut args: impl Iterator<Item = String>) -> Result<Option<Options>, Box<dyn Error>> {
    let mut options = Options {
        flavour: Flavour::Postfix,
        seed: 1,
        truth: None,
        size: 0,
    };
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or(format!("{arg} needs a value"));
        match arg.as_str() {
            "-h" | "--help" => return Ok(None),
            "--flavour" => options.flavour = flavour(&value()?)?,
            "--seed" => options.seed = value()?.parse().map_err(|_| "N is a number")?,
            "--truth" => options.truth = Some(value()?),
            size => {
                options.size = octets(size).ok_or(format!("SIZE is like 200MB, not {size:?}"))?
            }
        }
    }
    if options.size == 0 {
        return Err("SIZE is missing; mail-log --help has all options".into());
    }
    Ok(Some(options))
}

fn flavour(name: &str) -> Result<Flavour, String> {
    let known = Flavour::ALL.iter().find(|(known, _)| *known == name);
    known
        .map(|(_, flavour)| *flavour)
        .ok_or_else(|| format!("there is no flavour {name:?}; mail-log --help has their names"))
}

fn octets(text: &str) -> Option<u64> {
    let units = [("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000)];
    let unit = units.iter().find(|(unit, _)| text.ends_with(unit));
    let (unit, times) = unit.copied().unwrap_or(("", 1));
    text.strip_suffix(unit)?
        .parse::<u64>()
        .ok()?
        .checked_mul(times)
}

fn write_truth(path: &str, written: &Written) -> io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    writeln!(file, "{}", Fact::HEAD)?;
    for (fact, count) in &written.truth {
        writeln!(file, "{fact}\t{count}")?;
    }
    file.flush()
}
