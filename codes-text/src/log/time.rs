//! The times with which lines begin.

use crate::window::Part;

/// When a line was written, as it says itself.
///
/// ```
/// use codes_text::log::Entry;
///
/// let time = Entry::read(b"Nov 24 13:11:59 mail postfix/qmgr[1]: 4XyZ: removed").time().expect("it has one");
/// assert_eq!((time.month(), time.day(), time.hour()), (11, 24, 13));
/// // The old form of syslog knows neither a year nor a zone.
/// assert_eq!((time.year(), time.offset()), (None, None));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LogTime {
    year: Option<i16>,
    month: u8,
    day: u8,
    hour: u8,
    minute: u8,
    second: u8,
    offset: Option<i16>,
}

impl LogTime {
    /// The year, where the line has one: 0 to 9999.
    #[must_use]
    pub const fn year(&self) -> Option<i16> {
        self.year
    }

    /// The month: 1 to 12.
    #[must_use]
    pub const fn month(&self) -> u8 {
        self.month
    }

    /// The day: 1 to the last of the month; to 29 in a February whose year is not told.
    #[must_use]
    pub const fn day(&self) -> u8 {
        self.day
    }

    /// The hour: 0 to 23.
    #[must_use]
    pub const fn hour(&self) -> u8 {
        self.hour
    }

    /// The minute: 0 to 59.
    #[must_use]
    pub const fn minute(&self) -> u8 {
        self.minute
    }

    /// The second: 0 to 60, as a leap second is 60.
    #[must_use]
    pub const fn second(&self) -> u8 {
        self.second
    }

    /// Minutes east of UTC, where the line tells: less than a day either way.
    #[must_use]
    pub const fn offset(&self) -> Option<i16> {
        self.offset
    }

    /// `None` where a part is out of its range.
    fn checked(self) -> Option<Self> {
        let longest = match self.month {
            4 | 6 | 9 | 11 => 30,
            2 if self.year.is_none_or(is_leap) => 29,
            2 => 28,
            1..=12 => 31,
            _ => return None,
        };
        let fits = (1..=longest).contains(&self.day)
            && self.hour < 24
            && self.minute < 60
            && self.second <= 60
            && self
                .offset
                .is_none_or(|offset| offset.unsigned_abs() < 24 * 60);
        fits.then_some(self)
    }

    fn of_seconds(since_1970: i64) -> Option<Self> {
        const DAY: i64 = 86_400;
        // Gregorian, in years that begin in March, so that a leap day ends one.
        let days = since_1970.div_euclid(DAY) + 719_468;
        let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let months = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * months + 2) / 5 + 1;
        let month = if months < 10 { months + 3 } else { months - 9 };
        let year = era * 400 + year_of_era + i64::from(month <= 2);
        let second = since_1970.rem_euclid(DAY);
        Self {
            year: Some(
                i16::try_from(year)
                    .ok()
                    .filter(|year| (0..=9999).contains(year))?,
            ),
            month: u8::try_from(month).ok()?,
            day: u8::try_from(day).ok()?,
            hour: u8::try_from(second / 3600).ok()?,
            minute: u8::try_from(second / 60 % 60).ok()?,
            second: u8::try_from(second % 60).ok()?,
            offset: Some(0),
        }
        .checked()
    }
}

const fn is_leap(year: i16) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// The time with which a text begins, and what follows it.
pub(crate) fn read(text: &[u8]) -> Option<(LogTime, &[u8])> {
    match text.first()? {
        b'0'..=b'9' => with_date(text).or_else(|| seconds(text)),
        b'@' => tai64(text),
        b'A'..=b'Z' => old_syslog(text).or_else(|| with_weekday(text)),
        _ => None,
    }
}

/// `Nov 24 13:11:59`, in RFC 3164 section 4.1.2; some write a year before the time or behind it.
fn old_syslog(text: &[u8]) -> Option<(LogTime, &[u8])> {
    let month = month(text.first_chunk()?)?;
    let text = text.part(3..).strip_prefix(b" ")?;
    let (day, text) = match text {
        [b' ', day, rest @ ..] => (two(b'0', *day)?, rest),
        [day, b' ', ..] => (two(b'0', *day)?, text.part(1..)),
        [ten, one, rest @ ..] => (two(*ten, *one)?, rest),
        _ => return None,
    };
    let mut text = text.strip_prefix(b" ")?;
    let mut year = None;
    if let [first @ .., b' '] = text.first_chunk::<5>()?
        && let Some(number) = digits(first)
    {
        year = Some(number as i16);
        text = text.part(5..);
    }
    let (clock, mut text) = clock(text)?;
    if year.is_none()
        && let [b' ', number @ .., b' '] = text.first_chunk::<6>().unwrap_or(&[0; 6])
        && let Some(number) = digits(number)
    {
        year = Some(number as i16);
        text = text.part(5..);
    }
    let [hour, minute, second] = clock;
    let time = LogTime {
        year,
        month,
        day,
        hour,
        minute,
        second,
        offset: None,
    };
    Some((time.checked()?, text))
}

/// `2026-11-24T13:11:59.003+01:00` of RFC 3339, and its relatives with a space or slashes.
fn with_date(text: &[u8]) -> Option<(LogTime, &[u8])> {
    let date: &[u8; 11] = text.first_chunk()?;
    let (b'-' | b'/', true) = (date[4], date[4] == date[7]) else {
        return None;
    };
    let year = digits(&date[..4])?;
    let (month, day) = (two(date[5], date[6])?, two(date[8], date[9])?);
    if !matches!(date[10], b'T' | b't' | b' ') {
        return None;
    }
    let ([hour, minute, second], text) = clock(text.part(11..))?;
    let (offset, text) = zone(text);
    let time = LogTime {
        year: Some(year as i16),
        month,
        day,
        hour,
        minute,
        second,
        offset,
    };
    Some((time.checked()?, text))
}

/// `Tue 2026-11-24 13:11:59 UTC`, as journalctl writes, and `Tue Nov 24 13:11:59 2026`.
fn with_weekday(text: &[u8]) -> Option<(LogTime, &[u8])> {
    let [_, second, third, b' ', text @ ..] = text else {
        return None;
    };
    if !(second.is_ascii_lowercase() && third.is_ascii_lowercase()) {
        return None;
    }
    if !text.first()?.is_ascii_digit() {
        return old_syslog(text);
    }
    let (mut time, text) = with_date(text)?;
    let zone = text.strip_prefix(b" ").unwrap_or_default();
    let len = zone
        .iter()
        .take_while(|byte| byte.is_ascii_uppercase())
        .count();
    if time.offset.is_some() || !(2..=5).contains(&len) || zone.get(len) != Some(&b' ') {
        return Some((time, text));
    }
    time.offset = matches!(zone.part(..len), b"UTC" | b"GMT").then_some(0);
    Some((time, zone.part(len..)))
}

/// `1732449119.123456`, the seconds since 1970.
fn seconds(text: &[u8]) -> Option<(LogTime, &[u8])> {
    let len = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if !(9..=10).contains(&len) || text.get(len) != Some(&b'.') {
        return None;
    }
    let seconds = text
        .part(..len)
        .iter()
        .fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
    Some((LogTime::of_seconds(seconds)?, fraction(text.part(len..))))
}

/// `@4000000065a1b2c31234abcd`: TAI64 with nanoseconds, as multilog writes it, or without.
fn tai64(text: &[u8]) -> Option<(LogTime, &[u8])> {
    /// What it adds to the seconds since 1970, the ten leap seconds included that multilog counts.
    const EPOCH: i64 = (1 << 62) + 10;
    let label = text.get(1..17)?;
    let seconds = label.iter().try_fold(0i64, |sum, &digit| {
        // What has its first bit set is reserved.
        (sum >> 59 == 0).then_some(sum << 4 | i64::from(char::from(digit).to_digit(16)?))
    })?;
    let rest = text.part(17..);
    let len = rest
        .iter()
        .take_while(|byte| byte.is_ascii_hexdigit())
        .count();
    if !matches!(len, 0 | 8) {
        return None;
    }
    Some((LogTime::of_seconds(seconds - EPOCH)?, rest.part(len..)))
}

/// `13:11:59`, with a fraction of a second or without.
fn clock(text: &[u8]) -> Option<([u8; 3], &[u8])> {
    let [h, hh, b':', m, mm, b':', s, ss] = *text.first_chunk::<8>()? else {
        return None;
    };
    let clock = [two(h, hh)?, two(m, mm)?, two(s, ss)?];
    Some((clock, fraction(text.part(8..))))
}

fn fraction(text: &[u8]) -> &[u8] {
    match text {
        [b'.' | b',', b'0'..=b'9', ..] => {
            let len = text
                .part(1..)
                .iter()
                .take_while(|byte| byte.is_ascii_digit())
                .count();
            text.part(1 + len..)
        }
        _ => text,
    }
}

/// `Z`, `+01:00`, `+0100`, and the same after a space; in minutes.
fn zone(text: &[u8]) -> (Option<i16>, &[u8]) {
    if let [b'Z' | b'z', rest @ ..] = text {
        return (Some(0), rest);
    }
    let zone = text.strip_prefix(b" ").unwrap_or(text);
    let (sign, hours, rest) = match zone {
        [sign @ (b'+' | b'-'), ten, one, b':', rest @ ..] => (sign, [*ten, *one], rest),
        [sign @ (b'+' | b'-'), ten, one, rest @ ..] => (sign, [*ten, *one], rest),
        _ => return (None, text),
    };
    let [ten, one, rest @ ..] = rest else {
        return (None, text);
    };
    let (Some(hours), Some(minutes)) = (two(hours[0], hours[1]), two(*ten, *one)) else {
        return (None, text);
    };
    let offset = i16::from(hours) * 60 + i16::from(minutes);
    (Some(if *sign == b'-' { -offset } else { offset }), rest)
}

/// A number of two digits.
fn two(ten: u8, one: u8) -> Option<u8> {
    let (ten, one) = (ten.wrapping_sub(b'0'), one.wrapping_sub(b'0'));
    (ten < 10 && one < 10).then(|| ten * 10 + one)
}

/// A number of at most four digits.
fn digits(text: &[u8]) -> Option<u16> {
    text.iter().try_fold(0, |sum, byte| {
        byte.is_ascii_digit()
            .then(|| sum * 10 + u16::from(byte - b'0'))
    })
}

fn month(name: &[u8; 3]) -> Option<u8> {
    Some(match name {
        b"Jan" => 1,
        b"Feb" => 2,
        b"Mar" => 3,
        b"Apr" => 4,
        b"May" => 5,
        b"Jun" => 6,
        b"Jul" => 7,
        b"Aug" => 8,
        b"Sep" => 9,
        b"Oct" => 10,
        b"Nov" => 11,
        b"Dec" => 12,
        _ => return None,
    })
}
