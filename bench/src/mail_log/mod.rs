//! A synthetic mail log of any size, the same for the same seed, and what was put into it.
//!
//! Sessions of many servers and clients are made whole and then written line by line, several at a
//! time, as a log has them. Hosts, queue ids and texts are different on nearly every line, so that
//! nothing is gained by remembering a line.

mod exim;
mod opensmtpd;
mod postfix;
mod qmail;
mod said;
mod sendmail;
mod stamp;
mod transcript;
mod world;

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};

use stamp::{Clock, Stamp};
use world::World;

/// The mail system whose lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    Postfix,
    Exim,
    Sendmail,
    OpenSmtpd,
    Qmail,
    Transcript,
    /// All of them in one file.
    Mixed,
}

impl Flavour {
    pub const ALL: [(&'static str, Self); 7] = [
        ("postfix", Self::Postfix),
        ("exim", Self::Exim),
        ("sendmail", Self::Sendmail),
        ("opensmtpd", Self::OpenSmtpd),
        ("qmail", Self::Qmail),
        ("transcript", Self::Transcript),
        ("mixed", Self::Mixed),
    ];

    fn session(self, world: &mut World) -> Session {
        match self {
            Self::Postfix => postfix::session(world),
            Self::Exim => exim::session(world),
            Self::Sendmail => sendmail::session(world),
            Self::OpenSmtpd => opensmtpd::session(world),
            Self::Qmail => qmail::session(world),
            Self::Transcript => transcript::session(world),
            Self::Mixed => {
                let mut session = match world.below(20) {
                    0..=7 => postfix::session(world),
                    8..=11 => exim::session(world),
                    12..=14 => sendmail::session(world),
                    15..=16 => opensmtpd::session(world),
                    17..=18 => qmail::session(world),
                    _ => transcript::session(world),
                };
                // Half of the machines write the newer form.
                if world.percent(50) {
                    session.write_as_rfc3339();
                }
                session
            }
        }
    }
}

/// What a line says about one reply, or about a delivery that came to nothing without one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fact {
    /// 0 where the line has none.
    pub code: u16,
    /// Empty where the line has none.
    pub enhanced: String,
    /// What was answered, as far as the line tells; empty where it does not.
    pub command: &'static str,
    /// `received`, `given` or empty.
    pub direction: &'static str,
    /// `said`, `summary`, `repeated`, `withheld`; empty where there is no code at all.
    pub origin: &'static str,
    /// What was done, or empty.
    pub outcome: &'static str,
    /// Why there was no reply; empty where there was one.
    pub no_reply: &'static str,
    /// Whether the other side is this machine.
    pub internal: bool,
}

impl Fact {
    /// The names of the columns that `Display` writes, and the count behind them.
    pub const HEAD: &'static str =
        "basic\tenhanced\tcommand\tdirection\torigin\toutcome\tno_reply\tinternal\tcount";
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let or_dash = |text: &str| {
            if text.is_empty() {
                "-".to_owned()
            } else {
                text.to_owned()
            }
        };
        let code = match self.code {
            0 => "-".to_owned(),
            code => code.to_string(),
        };
        let words = [
            code,
            or_dash(&self.enhanced),
            or_dash(self.command),
            or_dash(self.direction),
            or_dash(self.origin),
            or_dash(self.outcome),
            or_dash(self.no_reply),
            self.internal.to_string(),
        ];
        f.write_str(&words.join("\t"))
    }
}

/// How often each fact was written.
pub type Truth = BTreeMap<Fact, u64>;

struct Line {
    stamp: Stamp,
    body: String,
    facts: Vec<Fact>,
}

impl Line {
    fn new(stamp: Stamp, body: String) -> Self {
        Self {
            stamp,
            body,
            facts: Vec::new(),
        }
    }

    fn with(stamp: Stamp, body: String, fact: Fact) -> Self {
        Self {
            stamp,
            body,
            facts: vec![fact],
        }
    }
}

/// The lines of one session or one mail, in their order.
struct Session {
    lines: Vec<Line>,
    /// Whether nothing of another session may stand between them.
    together: bool,
}

impl Session {
    fn write_as_rfc3339(&mut self) {
        for line in &mut self.lines {
            if line.stamp == Stamp::Syslog {
                line.stamp = Stamp::Rfc3339;
            }
        }
    }
}

impl From<Vec<Line>> for Session {
    fn from(lines: Vec<Line>) -> Self {
        Self {
            lines,
            together: false,
        }
    }
}

/// How many sessions are under way at a time.
const OPEN: usize = 24;

/// What was written.
#[derive(Debug, Default)]
pub struct Written {
    pub bytes: u64,
    pub lines: u64,
    /// Lines that hold a code or tell of a failure without one.
    pub telling: u64,
    pub truth: Truth,
}

/// Writes whole lines until there are at least `size` octets.
pub fn write(flavour: Flavour, seed: u64, size: u64, out: &mut dyn Write) -> io::Result<Written> {
    let mut world = World::new(seed);
    let mut clock = Clock::new();
    let mut written = Written::default();
    let mut open: Vec<(bool, std::vec::IntoIter<Line>)> = Vec::new();
    let mut text = String::new();
    while written.bytes < size {
        while open.len() < OPEN {
            let session = flavour.session(&mut world);
            open.push((session.together, session.lines.into_iter()));
        }
        let at = world.below(OPEN as u32) as usize;
        let (together, lines) = &mut open[at];
        let count = if *together { usize::MAX } else { 1 };
        for line in lines.take(count) {
            clock.go_on(world.below(1200));
            text.clear();
            clock.stamp(line.stamp, &mut text);
            text.push_str(&line.body);
            text.push('\n');
            out.write_all(text.as_bytes())?;
            written.bytes += text.len() as u64;
            written.lines += 1;
            written.telling += u64::from(!line.facts.is_empty());
            for fact in line.facts {
                *written.truth.entry(fact).or_default() += 1;
            }
        }
        if open[at].1.len() == 0 {
            open.swap_remove(at);
        }
    }
    Ok(written)
}
