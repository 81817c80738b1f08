//! Where a notice ends and the message begins that it returns.

/// Beginnings of a line, in small letters and without dashes, that lead the returned message in.
const LEADS: [&str; 9] = [
    "below this line is a copy of the message",
    "this is a copy of the message",
    "this is a copy of your message",
    "original message headers",
    "original message follows",
    "the header of the original message",
    "message header follows",
    "unsent message below",
    "undelivered message follows",
];

/// Fields that a notice has no use for itself.
const FIELDS: [&str; 2] = ["received:", "return-path:"];

/// The notice, and the message that it returns, whose header is full of numbers.
pub(super) fn split(text: &str) -> (&str, &str) {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if leads(line) {
            return text.split_at(at);
        }
        at += line.len();
    }
    (text, "")
}

fn leads(line: &str) -> bool {
    let start: String = line.chars().take(80).collect();
    let start = start.to_ascii_lowercase();
    let words = start.trim_start_matches(|first: char| !first.is_alphanumeric());
    FIELDS.iter().any(|field| start.starts_with(field))
        || LEADS.iter().any(|lead| words.starts_with(lead))
        // Nothing but these words between dashes.
        || words.trim_end_matches(|last: char| !last.is_alphanumeric()) == "original message"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_returned_message_is_cut_off() {
        for lead in [
            "--- Below this line is a copy of the message.",
            "------ This is a copy of the message, including all the headers. ------",
            "Original message headers:",
            "   ----- Original message follows -----",
            "----- Original Message -----",
            "--- The header of the original message is following. ---",
            "Return-Path: <a@example.com>",
            "Received: from mx.example.com",
        ] {
            let text = format!("550 5.1.1 No\r\n\r\n{lead}\r\n\r\n550 inside\r\n");
            let (notice, original) = split(&text);
            assert_eq!(notice, "550 5.1.1 No\r\n\r\n", "{lead}");
            assert!(original.starts_with(lead));
        }
    }

    #[test]
    fn a_notice_may_speak_of_the_message() {
        for text in [
            "The original message was received at Tue\r\n550 No\r\n",
            "Message received: 550\n",
            "> your original message could not be sent",
            "",
        ] {
            assert_eq!(split(text), (text, ""));
        }
    }
}
