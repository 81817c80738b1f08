//! Width, fill and precision for what is written in several pieces.

use core::fmt::{self, Alignment, Write};

/// Writes as [`Formatter::pad`](fmt::Formatter::pad) does what is no single text: `{:>30}` puts it to the
/// right, `{:.10}` cuts it.
///
/// Where a width is asked for, it is written twice, as there is no place to keep it: once to count its
/// characters.
// Not generic: it would be compiled for each content.
pub(crate) fn pad(
    f: &mut fmt::Formatter<'_>,
    content: &dyn Fn(&mut fmt::Formatter<'_>) -> fmt::Result,
) -> fmt::Result {
    let (width, most) = (f.width().unwrap_or_default(), f.precision());
    if width == 0 && most.is_none() {
        return content(f);
    }
    let is_alternate = f.alternate();
    let write = |out: &mut dyn Write| {
        let content = fmt::from_fn(content);
        match is_alternate {
            true => write!(out, "{content:#}"),
            false => write!(out, "{content}"),
        }
    };
    let most = most.unwrap_or(usize::MAX);
    let mut counted = Cut {
        out: None,
        left: most,
    };
    write(&mut counted)?;
    let missing = width.saturating_sub(most - counted.left);
    let before = match f.align() {
        Some(Alignment::Right) => missing,
        Some(Alignment::Center) => missing / 2,
        Some(Alignment::Left) | None => 0,
    };
    let fill = f.fill();
    for _ in 0..before {
        f.write_char(fill)?;
    }
    write(&mut Cut {
        out: Some(f),
        left: most,
    })?;
    for _ in before..missing {
        f.write_char(fill)?;
    }
    Ok(())
}

/// Hands on so many characters and drops the others.
struct Cut<'a, 'b> {
    out: Option<&'a mut fmt::Formatter<'b>>,
    left: usize,
}

impl Write for Cut<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let mut end = text.len();
        for (at, _) in text.char_indices() {
            if self.left == 0 {
                end = at;
                break;
            }
            self.left -= 1;
        }
        match &mut self.out {
            Some(out) => out.write_str(text.get(..end).unwrap_or_default()),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use core::fmt::Display;

    use crate::command::{Answer, Data};
    use crate::{
        Caveat, Command, Deviation, Deviations, EnhancedClass, EnumeratedCode, Protocol, Reply,
        ReplyCode, ReplyReader, ReplyWriter, Situation, Smtp250, Smtp354, Smtp450, Smtp521,
        Smtp550, StreamEnd, Subject, TABLE, compare,
    };

    /// Whether width, fill, alignment and precision do what they do for a `str`.
    fn assert_pads(shown: &dyn Display) {
        let text = shown.to_string();
        let width = text.chars().count() + 7;
        assert_eq!(format!("{shown:>width$}"), format!("{text:>width$}"));
        assert_eq!(format!("{shown:*^width$}|"), format!("{text:*^width$}|"));
        assert_eq!(format!("{shown:width$}|"), format!("{text:width$}|"));
        assert_eq!(format!("{shown:2}|"), format!("{text:2}|"));
        assert_eq!(format!("{shown:.5}|"), format!("{text:.5}|"));
        assert_eq!(format!("{shown:>9.2}|"), format!("{text:>9.2}|"));
        assert_eq!(format!("{shown:.0}|"), "|");
        let long = format!("{shown:#}");
        let width = long.chars().count() + 3;
        assert_eq!(format!("{shown:>#width$}"), format!("{long:>width$}"));
    }

    #[test]
    fn everything_that_prints_keeps_the_width_that_is_asked_for() {
        let unknown = ReplyCode::new(999).expect("three digits");
        let advice = Situation::new(Smtp550)
            .no_separator(true)
            .truncated(true)
            .advice();
        let enhanced = EnumeratedCode::MAILBOX_FULL.permanent();
        let info = EnumeratedCode::MAILBOX_FULL.info().expect("registered");
        let reply = Reply::parse("550-5.1.1 nö\r\n450 Dün\r\n".as_bytes());
        let reply = reply.expect("a reply").expect("complete");
        let mut deviations = Deviations::default();
        deviations.insert(Deviation::BareLf);
        deviations.insert(Deviation::NotAscii);
        let end = ReplyReader::new()
            .finish(b"550-5.1.1 no\r\n")
            .expect("a reply");
        let StreamEnd::Truncated(truncated) = end else {
            panic!("the last line is missing, but this is {end:?}");
        };
        let other = Reply::parse(b"HTTP/1.1 400 Bad Request\r\n").expect_err("not SMTP");
        let unwritable = ReplyWriter::new(Smtp250, "a\nb").write_to(&mut String::new());
        let answer: Answer<Data> = Smtp354.into();
        let both = compare(Smtp354, Smtp521);
        let step = compare(Smtp250, Smtp354).meet_at().next().expect("a step");
        let point = compare(Smtp450, Smtp550).meet_at().next().expect("a point");
        let line = reply.lines().next().expect("a line");
        let shown: &[&dyn Display] = &[
            &Smtp354,
            &Smtp354.code(),
            &unknown,
            Smtp354.info(),
            &Subject::from(Smtp354),
            &TABLE.subject(unknown),
            &Command::DATA,
            &Command::DATA.moment(),
            &Command::CONNECT.moment(),
            &both,
            &both.relation(),
            &both.differences().next().expect("a difference"),
            &step,
            &point,
            &advice,
            &advice.caveats(),
            &Caveat::Truncated,
            &enhanced,
            &enhanced.info(),
            &enhanced.without_class(),
            info,
            EnhancedClass::Permanent.info(),
            &"35".parse::<ReplyCode>().expect_err("two digits"),
            &"5.1"
                .parse::<crate::EnhancedCode>()
                .expect_err("two numbers"),
            &"X.1".parse::<EnumeratedCode>().expect_err("one number"),
            &reply,
            &reply.text(),
            &line.message(),
            &deviations,
            &Deviation::BareLf,
            &truncated,
            &other,
            &Protocol::Http,
            &unwritable.expect_err("a line feed"),
            &answer,
            &Answer::<Data>::try_from(unknown).expect_err("in no table"),
        ];
        shown.iter().for_each(|shown| assert_pads(*shown));
        assert_eq!(
            format!(
                "[{:>30}]",
                EnumeratedCode::MAILBOX_FULL.info().expect("registered")
            ),
            "[            X.2.2 Mailbox full]"
        );
    }
}
