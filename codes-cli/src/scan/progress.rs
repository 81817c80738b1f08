//! How far the reading is, on a terminal.

use std::io::{IsTerminal, stderr};
use std::time::{Duration, Instant};

use terminal_size::terminal_size_of;

use super::words::octets;
use crate::complain;
use crate::screen::USUAL;

/// Between two changes of the line.
const PAUSE: Duration = Duration::from_millis(200);
/// Before there is anything to say about a rate.
const START: Duration = Duration::from_millis(500);

#[derive(Debug)]
pub(super) struct Progress {
    /// Whether anybody sees it.
    is_shown: bool,
    /// All there is to read, where that is known.
    total: Option<u64>,
    begun: Instant,
    last: Instant,
    /// The width of the line that stands on the screen.
    standing: usize,
}

impl Progress {
    /// On standard error, where that is a terminal. The size is asked for then only.
    pub(super) fn new(total: impl FnOnce() -> Option<u64>) -> Self {
        let is_shown = stderr().is_terminal();
        let now = Instant::now();
        Self {
            is_shown,
            total: if is_shown { total() } else { None },
            begun: now,
            last: now,
            standing: 0,
        }
    }

    /// So many octets were read.
    pub(super) fn show(&mut self, done: u64) {
        if !self.is_shown || self.last.elapsed() < PAUSE {
            return;
        }
        self.last = Instant::now();
        let mut line = line(done, self.total, self.begun.elapsed());
        // A line that wraps could not be written over. All of it is ASCII.
        let width = terminal_size_of(stderr()).map_or(USUAL, |(width, _)| width.0.into());
        line.truncate(width.saturating_sub(1));
        let padding = self.standing.saturating_sub(line.len());
        complain(&format!("\r{line}{:padding$}", ""));
        self.standing = line.len();
    }

    /// Makes room for other messages.
    pub(super) fn clear(&mut self) {
        if self.standing > 0 {
            complain(&format!("\r{:1$}\r", "", self.standing));
            self.standing = 0;
        }
    }

    pub(super) fn end(&mut self) {
        self.clear();
        self.is_shown = false;
    }
}

fn line(done: u64, total: Option<u64>, elapsed: Duration) -> String {
    let mut line = octets(done);
    // A file can grow while it is read.
    let total = total.filter(|total| *total >= done && *total > 0);
    if let Some(total) = total {
        line = format!("{}% of {}", done * 100 / total, octets(total));
    }
    if elapsed >= START && done > 0 {
        let rate = done as f64 / elapsed.as_secs_f64();
        line.push_str(&format!(", {}/s", octets(rate as u64)));
        if let Some(total) = total {
            let left = (total - done) as f64 / rate;
            line.push_str(&format!(", {} left", seconds(left as u64)));
        }
    }
    line
}

fn seconds(seconds: u64) -> String {
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, seconds) => format!("{minutes} min {seconds:02} s"),
        (hours, minutes, _) => format!("{hours} h {minutes:02} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_size_gives_the_time_left() {
        let line = |done, total, seconds| line(done, total, Duration::from_secs(seconds));
        assert_eq!(
            line(50_000_000, Some(200_000_000), 10),
            "25% of 200 MB, 5.0 MB/s, 30 s left"
        );
        assert_eq!(line(50_000_000, None, 10), "50.0 MB, 5.0 MB/s");
        assert_eq!(line(0, Some(200_000_000), 0), "0% of 200 MB");
        // More than there was at the beginning.
        assert_eq!(line(50_000_000, Some(1), 10), "50.0 MB, 5.0 MB/s");
    }

    #[test]
    fn times_are_short() {
        assert_eq!(seconds(59), "59 s");
        assert_eq!(seconds(61), "1 min 01 s");
        assert_eq!(seconds(3 * 3600 + 240), "3 h 04 min");
    }

    #[test]
    fn nothing_is_written_where_nobody_looks() {
        let mut progress = Progress {
            is_shown: false,
            total: None,
            begun: Instant::now(),
            last: Instant::now() - PAUSE * 2,
            standing: 0,
        };
        progress.show(1);
        assert_eq!(progress.standing, 0);
    }
}
