//! When a line was written, in the forms of the mail systems.

use std::fmt::Write;

/// The form of the time in front of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stamp {
    /// `Nov 24 13:11:59 mail `
    Syslog,
    /// `2026-11-24T13:11:59.123456+01:00 mail `
    Rfc3339,
    /// `2026-11-24 13:11:59 `
    Exim,
    /// `@4000000065a1b2c31234abcd `
    Tai64n,
    None,
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
/// 2026-11-02 00:00 UTC, in milliseconds since 1970.
const START: u64 = 1_793_577_600_000;
/// What TAI64 adds to the seconds since 1970, its ten leap seconds of 1972 included.
const TAI64: u64 = (1 << 62) + 10;

pub struct Clock {
    milliseconds: u64,
}

impl Clock {
    pub fn new() -> Self {
        Self {
            milliseconds: START,
        }
    }

    pub fn go_on(&mut self, milliseconds: u32) {
        self.milliseconds += u64::from(milliseconds);
    }

    pub fn stamp(&self, form: Stamp, out: &mut String) {
        let seconds = self.milliseconds / 1000;
        let (year, month, day) = date(seconds / 86_400);
        let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
        let milliseconds = self.milliseconds % 1000;
        let done = match form {
            Stamp::Syslog => write!(
                out,
                "{} {day:2} {hour:02}:{minute:02}:{second:02} mail ",
                MONTHS[month as usize - 1]
            ),
            Stamp::Rfc3339 => write!(
                out,
                "{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milliseconds:03}550+01:00 mail "
            ),
            Stamp::Exim => write!(
                out,
                "{year}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02} "
            ),
            Stamp::Tai64n => write!(
                out,
                "@{:016x}{:08x} ",
                TAI64 + seconds,
                milliseconds * 1_000_000
            ),
            Stamp::None => Ok(()),
        };
        done.expect("a String takes everything");
    }
}

/// Year, month and day of a number of days since 1970: Gregorian, counted in years that begin in March.
fn date(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::{Clock, Stamp, date};

    #[test]
    fn the_clock_starts_on_a_monday_in_november() {
        assert_eq!(date(0), (1970, 1, 1));
        assert_eq!(date(19_782), (2024, 2, 29));
        for (form, expected) in [
            (Stamp::Syslog, "Nov  2 00:00:01 mail "),
            (Stamp::Exim, "2026-11-02 00:00:01 "),
            (Stamp::Rfc3339, "2026-11-02T00:00:01.250550+01:00 mail "),
        ] {
            let mut clock = Clock::new();
            clock.go_on(1250);
            let mut text = String::new();
            clock.stamp(form, &mut text);
            assert_eq!(text, expected);
        }
    }
}
