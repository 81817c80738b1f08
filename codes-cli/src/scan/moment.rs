//! Moments of a log, in the time of this machine.

use std::fmt;
use std::time::SystemTime;

use codes_text::log::LogTime;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan};

/// A second of local time, so that later ones are greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Moment(u64);

/// Where the year begins in a moment: below it are month, day, hour, minute and second.
const YEAR: u32 = 26;

impl Moment {
    fn new(year: i16, month: u8, day: u8, time: [u8; 3]) -> Self {
        let [hour, minute, second] = time.map(u64::from);
        let year = u64::from(year.unsigned_abs());
        let (month, day) = (u64::from(month), u64::from(day));
        Self(year << YEAR | month << 22 | day << 17 | hour << 12 | minute << 6 | second)
    }

    fn year(self) -> i16 {
        i16::try_from(self.0 >> YEAR).unwrap_or(i16::MAX)
    }

    pub(super) fn date(self) -> impl fmt::Display {
        let (year, month, day) = (self.0 >> YEAR, self.part(22, 4), self.part(17, 5));
        fmt::from_fn(move |f| write!(f, "{year:04}-{month:02}-{day:02}"))
    }

    pub(super) fn time(self) -> impl fmt::Display {
        let (hour, minute, second) = (self.part(12, 5), self.part(6, 6), self.part(0, 6));
        fmt::from_fn(move |f| write!(f, "{hour:02}:{minute:02}:{second:02}"))
    }

    const fn part(self, from: u32, bits: u32) -> u64 {
        (self.0 >> from) & ((1 << bits) - 1)
    }

    pub(super) const fn is_same_day(self, other: Self) -> bool {
        self.0 >> 17 == other.0 >> 17
    }

    fn within_year(self) -> u64 {
        self.0 & ((1 << YEAR) - 1)
    }
}

impl From<DateTime> for Moment {
    fn from(it: DateTime) -> Self {
        let part = i8::unsigned_abs;
        let time = [it.hour(), it.minute(), it.second()].map(part);
        Self::new(it.year(), part(it.month()), part(it.day()), time)
    }
}

impl fmt::Display for Moment {
    /// `2026-11-02 00:00:05`, with `#` as ISO 8601 has it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let separator = if f.alternate() { 'T' } else { ' ' };
        write!(f, "{}{separator}{}", self.date(), self.time())
    }
}

/// Turns what lines say into moments.
#[derive(Debug, Clone)]
pub(super) struct Clock {
    zone: TimeZone,
    /// The last minute that was moved from one offset to local time.
    moved: Option<((u64, i16), Moment)>,
}

/// What the years of a file are judged by: no line of it is later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Newest(Moment);

impl Newest {
    /// A day of grace, as clocks and time zones differ.
    pub(super) fn of(time: SystemTime, zone: &TimeZone) -> Self {
        // Some file systems hold times that no calendar reaches.
        let time = Timestamp::try_from(time).unwrap_or(Timestamp::MAX);
        Self(zone.to_datetime(time).saturating_add(1.day()).into())
    }

    /// The same, drawn closer by the last line of the file.
    pub(super) fn with_last_line(self, time: LogTime) -> Self {
        if time.year().is_some() {
            return self;
        }
        let (moment, _) = self.place(time);
        let day = moment.0 & !((1 << 17) - 1);
        // To the end of the next day of the calendar, or of the month.
        Self(Moment((day + (2 << 17)) - 1))
    }

    /// A time without a year, in the latest year in which it is not too late.
    fn place(self, time: LogTime) -> (Moment, i16) {
        let clock = [time.hour(), time.minute(), time.second()];
        let mut year = self.0.year();
        let given = Moment::new(0, time.month(), time.day(), clock).within_year();
        if given > self.0.within_year() {
            year -= 1;
        }
        if (time.month(), time.day()) == (2, 29) {
            while !is_leap(year) && year > 0 {
                year -= 1;
            }
        }
        (Moment::new(year, time.month(), time.day(), clock), year)
    }
}

const fn is_leap(year: i16) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

impl Clock {
    pub(super) const fn new(zone: TimeZone) -> Self {
        Self { zone, moved: None }
    }

    /// The moment of a line and the year that was assumed for it.
    pub(super) fn moment(&mut self, time: LogTime, newest: Newest) -> (Moment, Option<i16>) {
        let Some(year) = time.year() else {
            let (moment, year) = newest.place(time);
            return (moment, Some(year));
        };
        let clock = [time.hour(), time.minute(), time.second()];
        let there = Moment::new(year, time.month(), time.day(), clock);
        let Some(offset) = time.offset() else {
            return (there, None);
        };
        // A log has many lines of one minute.
        let key = (there.0 >> 6, offset);
        let here = match self.moved {
            Some((moved, here)) if moved == key => here,
            _ => {
                let here = self.to_local(time, year, offset).unwrap_or(there);
                self.moved = Some((key, here));
                here
            }
        };
        (Moment(here.0 & !63 | there.0 & 63), None)
    }

    /// Of seconds since 1970.
    pub(super) fn of_timestamp(&self, time: i64) -> Option<Moment> {
        let time = Timestamp::from_second(time).ok()?;
        Some(self.zone.to_datetime(time).into())
    }

    fn to_local(&self, time: LogTime, year: i16, offset: i16) -> Option<Moment> {
        let part = |part: u8| i8::try_from(part).ok();
        let (month, day) = (part(time.month())?, part(time.day())?);
        let (hour, minute) = (part(time.hour())?, part(time.minute())?);
        let there = DateTime::new(year, month, day, hour, minute, 0, 0).ok()?;
        let offset = Offset::from_seconds(i32::from(offset) * 60).ok()?;
        let time = offset.to_timestamp(there).ok()?;
        Some(self.zone.to_datetime(time).into())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use codes_text::log::Entry;

    use super::*;

    fn time(stamp: &str) -> LogTime {
        let line = format!("{stamp} mail postfix/qmgr[1]: x");
        Entry::read(line.as_bytes()).time().expect("a time")
    }

    fn newest(time: &str) -> Newest {
        let time: Timestamp = time.parse().expect("a time");
        let seconds = Duration::from_secs(time.as_second().unsigned_abs());
        Newest::of(SystemTime::UNIX_EPOCH + seconds, &TimeZone::UTC)
    }

    fn placed(stamp: &str, newest: Newest) -> String {
        let mut clock = Clock::new(TimeZone::UTC);
        let (moment, year) = clock.moment(time(stamp), newest);
        assert_eq!(year, Some(moment.year()));
        moment.to_string()
    }

    #[test]
    fn no_line_is_later_than_the_change_of_the_file() {
        let newest = newest("2026-01-05T10:00:00Z");
        for (stamp, expected) in [
            ("Jan  5 09:00:00", "2026-01-05 09:00:00"),
            ("Dec 31 23:59:59", "2025-12-31 23:59:59"),
            ("Jan  1 00:00:00", "2026-01-01 00:00:00"),
            // A day later is still believed, as clocks differ.
            ("Jan  6 09:59:59", "2026-01-06 09:59:59"),
            ("Jan  6 10:00:01", "2025-01-06 10:00:01"),
            ("Mar  1 00:00:00", "2025-03-01 00:00:00"),
        ] {
            assert_eq!(placed(stamp, newest), expected);
        }
    }

    #[test]
    fn the_last_day_of_a_year_may_be_late() {
        let newest = newest("2026-12-31T23:30:00Z");
        assert_eq!(placed("Dec 31 23:30:00", newest), "2026-12-31 23:30:00");
        assert_eq!(placed("Jan  1 00:10:00", newest), "2027-01-01 00:10:00");
        assert_eq!(placed("Jan  2 00:10:00", newest), "2026-01-02 00:10:00");
    }

    #[test]
    fn a_29th_of_february_is_of_a_leap_year() {
        let newest = newest("2026-06-01T00:00:00Z");
        assert_eq!(placed("Feb 29 12:00:00", newest), "2024-02-29 12:00:00");
        assert_eq!(placed("Mar  1 12:00:00", newest), "2026-03-01 12:00:00");
    }

    #[test]
    fn the_last_line_of_a_file_that_was_copied_later_counts() {
        // Copied in June, its lines end in January.
        let newest = newest("2026-06-01T00:00:00Z").with_last_line(time("Jan  3 08:00:00"));
        assert_eq!(placed("Jan  3 08:00:00", newest), "2026-01-03 08:00:00");
        assert_eq!(placed("Mar  1 00:00:00", newest), "2025-03-01 00:00:00");
        assert_eq!(placed("Dec 31 00:00:00", newest), "2025-12-31 00:00:00");
        let last = newest.with_last_line(time("Dec 31 23:59:59"));
        assert_eq!(placed("Dec 31 23:59:59", last), "2025-12-31 23:59:59");
        assert_eq!(placed("Jan  1 00:00:00", last), "2025-01-01 00:00:00");
    }

    #[test]
    fn an_offset_is_converted_and_the_memory_of_it_is_not_mixed_up() {
        let zone = TimeZone::fixed(Offset::constant(1));
        let mut clock = Clock::new(zone);
        let newest = newest("2026-01-05T10:00:00Z");
        for (stamp, expected) in [
            ("2026-11-02T23:30:05+00:00", "2026-11-03 00:30:05"),
            ("2026-11-02T23:30:59.5+00:00", "2026-11-03 00:30:59"),
            ("2026-11-02T23:30:59+01:00", "2026-11-02 23:30:59"),
            ("2026-11-02T23:31:00Z", "2026-11-03 00:31:00"),
            ("2026-11-02T23:31:00-05:30", "2026-11-03 06:01:00"),
        ] {
            let (moment, year) = clock.moment(time(stamp), newest);
            assert_eq!((moment.to_string().as_str(), year), (expected, None));
        }
    }

    #[test]
    fn later_moments_are_greater() {
        let newest = newest("2026-12-31T00:00:00Z");
        let mut clock = Clock::new(TimeZone::UTC);
        let mut moment = |stamp| clock.moment(time(stamp), newest).0;
        let ordered = [
            "Jan 31 23:59:59",
            "Feb  1 00:00:00",
            "Feb  1 00:00:01",
            "Feb  1 00:01:00",
            "Feb  1 01:00:00",
            "Feb  2 00:00:00",
            "Dec  1 00:00:00",
        ]
        .map(&mut moment);
        assert!(ordered.is_sorted());
        assert!(ordered[1].is_same_day(ordered[4]) && !ordered[0].is_same_day(ordered[1]));
    }
}
