//! Commands as texts name them.

use core::ops::Range;

use crate::window::{Part, Window};
use codes_core::Command;

/// A command and where the text tells it.
pub(crate) type Place = (Command, Range<usize>);

/// How a command may be named where the words begin with a letter: by its verb or otherwise; longer
/// names first.
const fn names(first: u8) -> &'static [(&'static [u8], Command)] {
    match first {
        b'A' => &[
            (b"AFTER DATA", Command::DATA_BODY),
            (b"AUTH", Command::AUTH),
        ],
        b'B' => &[
            (b"BANNER", Command::CONNECT),
            (b"BDAT", Command::BDAT),
            (b"BURL", Command::BURL),
        ],
        b'C' => &[
            (b"CONNECTION", Command::CONNECT),
            (b"CONNECT", Command::CONNECT),
        ],
        b'D' => &[(b"DATA", Command::DATA)],
        b'E' => &[
            (b"END-OF-MESSAGE", Command::DATA_BODY),
            (b"END OF DATA", Command::DATA_BODY),
            (b"END-OF-DATA", Command::DATA_BODY),
            (b"EHLO", Command::EHLO),
            (b"EXPN", Command::EXPN),
            (b"ETRN", Command::ETRN),
        ],
        b'G' => &[(b"GREETING", Command::CONNECT)],
        b'H' => &[
            (b"HELO/EHLO", Command::EHLO),
            (b"HELO", Command::HELO),
            (b"HELP", Command::HELP),
        ],
        b'I' => &[
            (b"INITIAL CONNECTION", Command::CONNECT),
            (b"INITIAL SERVER GREETING", Command::CONNECT),
        ],
        b'L' => &[(b"LHLO", Command::LHLO)],
        b'M' => &[
            (b"MESSAGE BODY", Command::DATA_BODY),
            (b"MAIL", Command::MAIL),
        ],
        b'N' => &[(b"NOOP", Command::NOOP)],
        b'Q' => &[(b"QUIT", Command::QUIT)],
        b'R' => &[(b"RCPT", Command::RCPT), (b"RSET", Command::RSET)],
        b'S' => &[
            (b"SENDING DATA BLOCK", Command::DATA_BODY),
            (b"SENDING END OF DATA", Command::DATA_BODY),
            (b"STARTTLS", Command::STARTTLS),
        ],
        b'V' => &[(b"VRFY", Command::VRFY)],
        b'X' => &[
            (b"XCLIENT", Command::XCLIENT),
            (b"XFORWARD", Command::XFORWARD),
        ],
        _ => &[],
    }
}

/// The command that begins at a place, as far as it is named there. Line folds count as spaces.
pub(crate) fn starting(text: Window<'_>, start: usize) -> Option<Place> {
    let text = text.part(start..);
    let spaces = text.iter().take_while(|byte| byte.is_ascii_whitespace());
    let from = spaces.count();
    let text = text.part(from..);
    let first = text.first()?.to_ascii_uppercase();
    names(first).iter().find_map(|(name, command)| {
        let len = begins_with(text, name)?;
        let start = start + from;
        Some((*command, start..start + len))
    })
}

/// The octets of a name that a text begins with; several spaces, line ends and `_` count as a space.
fn begins_with(text: &[u8], name: &[u8]) -> Option<usize> {
    let is_space = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'_';
    let mut at = 0;
    for &wanted in name {
        match wanted {
            b' ' => {
                let spaces = text.part(at..).iter();
                let spaces = spaces.take_while(|byte| is_space(byte)).count();
                at += spaces;
                (spaces > 0).then_some(())?;
            }
            wanted => {
                (text.get(at)?.to_ascii_uppercase() == wanted).then_some(())?;
                at += 1;
            }
        }
    }
    let goes_on = text.get(at).is_some_and(u8::is_ascii_alphanumeric);
    (!goes_on).then_some(at)
}

/// The command of a line that a client sent, as it stands on the wire; the window ends with the line.
/// `None` where it is none.
pub(crate) fn sent(line: Window<'_>, start: usize) -> Option<Place> {
    let text = line.part(start..);
    if text == b"." {
        return Some((Command::DATA_BODY, start..start + 1));
    }
    let letters = text.iter().take_while(|byte| byte.is_ascii_alphabetic());
    let len = letters.count();
    if !(4..=8).contains(&len) || !matches!(text.byte(len), None | Some(b' ' | b'\r')) {
        return None;
    }
    let (command, at) = starting(line.up_to(start + len), start)?;
    (command != Command::CONNECT && at == (start..start + len)).then_some((command, at))
}

/// Whether a line is a command by itself, without a mark that tells a client's lines.
pub(crate) fn is_plain(line: Window<'_>, place: &Place) -> bool {
    let (command, at) = place;
    let rest = line.part(at.end..);
    let rest = rest.strip_suffix(b"\r").unwrap_or(rest);
    let begins =
        |word: &[u8]| rest.len() > word.len() && rest.part(..word.len()).eq_ignore_ascii_case(word);
    match *command {
        Command::MAIL => begins(b" FROM:"),
        Command::RCPT => begins(b" TO:"),
        Command::EHLO | Command::HELO | Command::LHLO | Command::BDAT | Command::AUTH => {
            rest.len() > 1 && !rest.part(1..).contains(&b' ')
                || *command == Command::AUTH && !rest.is_empty()
        }
        _ => rest.is_empty(),
    }
}
