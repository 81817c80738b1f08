//! A mail server that takes messages for one mailbox and forgets them, to show typed replies.
//!
//! The compiler refuses an answer that its command never gets: try `Smtp235` in `data`.
//!
//!     cargo run -p codes-core --example server --features std
//!
//! and in another terminal `telnet localhost 2525`, which ends lines with CR LF, as SMTP does. `QUIT`
//! ends it.

use std::io::{self, BufRead, BufReader, Write};
use std::net::TcpListener;

use codes_core::command::{Answer, Data, DataBody, Mail, Rcpt};
use codes_core::{
    EnhancedCode, EnumeratedCode, Smtp220, Smtp221, Smtp250, Smtp354, Smtp500, Smtp501, Smtp503,
    Smtp550,
};

const NAME: &str = "mx.example.org";
const MAILBOX: &str = "<postmaster@example.org>";

const INVALID_COMMAND: EnhancedCode = EnumeratedCode::INVALID_COMMAND.permanent();
const BAD_ARGUMENT: EnhancedCode = EnumeratedCode::INVALID_COMMAND_ARGUMENTS.permanent();
const NO_SUCH_USER: EnhancedCode = EnumeratedCode::BAD_DESTINATION_MAILBOX_ADDRESS.permanent();
const SENDER_OK: EnhancedCode = EnumeratedCode::OTHER_ADDRESS_STATUS.success();
const RECIPIENT_OK: EnhancedCode = EnumeratedCode::DESTINATION_ADDRESS_VALID.success();
const OK: EnhancedCode = EnumeratedCode::OTHER_UNDEFINED_STATUS.success();

fn main() -> io::Result<()> {
    let (stream, _) = TcpListener::bind("localhost:2525")?.accept()?;
    serve(&mut BufReader::new(&stream), &mut &stream)
}

/// What was accepted so far of the message that is being given.
#[derive(Default)]
struct Transaction {
    has_sender: bool,
    has_recipient: bool,
}

impl Transaction {
    fn mail(&mut self, argument: &str) -> (Answer<Mail>, EnhancedCode, &'static str) {
        if self.has_sender {
            return (
                Smtp503.into(),
                INVALID_COMMAND,
                "A sender was given already.",
            );
        }
        if !argument.to_ascii_uppercase().starts_with("FROM:<") {
            return (Smtp501.into(), BAD_ARGUMENT, "Say MAIL FROM:<address>.");
        }
        self.has_sender = true;
        (Smtp250.into(), SENDER_OK, "Sender noted.")
    }

    fn rcpt(&mut self, argument: &str) -> (Answer<Rcpt>, EnhancedCode, &'static str) {
        if !self.has_sender {
            return (Smtp503.into(), INVALID_COMMAND, "MAIL comes first.");
        }
        if !argument.eq_ignore_ascii_case(&format!("TO:{MAILBOX}")) {
            return (Smtp550.into(), NO_SUCH_USER, "No such user here.");
        }
        self.has_recipient = true;
        (Smtp250.into(), RECIPIENT_OK, "Recipient noted.")
    }

    /// 354 carries no enhanced code.
    fn data(&self) -> (Answer<Data>, Option<EnhancedCode>, &'static str) {
        match self.has_recipient {
            true => (
                Smtp354.into(),
                None,
                "End with a line that is a single dot.",
            ),
            false => (Smtp503.into(), Some(INVALID_COMMAND), "RCPT comes first."),
        }
    }
}

type Verdict = (Answer<DataBody>, EnhancedCode, &'static str);

/// Reads a message; `None` where the input ends before it, as nothing was taken then.
fn message(input: &mut impl BufRead) -> io::Result<Option<Verdict>> {
    while let Some(line) = line(input)? {
        // Nothing else ends a message: an end that another server does not see as one lets mail be
        // smuggled in.
        if line == b".\r\n" {
            return Ok(Some((Smtp250.into(), OK, "Taken, and forgotten.")));
        }
    }
    Ok(None)
}

/// Answers commands until QUIT or the end of the input.
fn serve(input: &mut impl BufRead, out: &mut impl Write) -> io::Result<()> {
    Smtp220.reply(NAME).write_to_io(out)?;
    let mut transaction = Transaction::default();
    while let Some(line) = line(input)? {
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end_matches(['\r', '\n']);
        let (verb, argument) = line.split_once(' ').unwrap_or((line, ""));
        match verb.to_ascii_uppercase().as_str() {
            "EHLO" => {
                transaction = Transaction::default();
                let lines = [NAME, "PIPELINING", "ENHANCEDSTATUSCODES"];
                Smtp250.reply_lines(&lines).write_to_io(out)?;
            }
            "MAIL" => {
                let (answer, enhanced, text) = transaction.mail(argument);
                answer.reply(text).enhanced(enhanced).write_to_io(out)?;
            }
            "RCPT" => {
                let (answer, enhanced, text) = transaction.rcpt(argument);
                answer.reply(text).enhanced(enhanced).write_to_io(out)?;
            }
            "DATA" => {
                let (answer, enhanced, text) = transaction.data();
                answer.reply(text).enhanced(enhanced).write_to_io(out)?;
                if answer == Smtp354.into() {
                    let Some((answer, enhanced, text)) = message(input)? else {
                        break;
                    };
                    answer.reply(text).enhanced(enhanced).write_to_io(out)?;
                    transaction = Transaction::default();
                }
            }
            "QUIT" => {
                return Smtp221.reply("Goodbye.").enhanced(OK).write_to_io(out);
            }
            _ => {
                let reply = Smtp500.reply("This server knows EHLO, MAIL, RCPT, DATA and QUIT.");
                reply.enhanced(INVALID_COMMAND).write_to_io(out)?;
            }
        }
    }
    Ok(())
}

/// The next line with its end; `None` at the end of the input.
fn line(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let octets = input.read_until(b'\n', &mut line)?;
    Ok((octets > 0).then_some(line))
}

#[cfg(test)]
mod tests {
    use codes_core::Reply;

    #[test]
    fn a_session_gets_the_answers_that_it_should() {
        let session = [
            ("", "220 mx.example.org"),
            (
                "EHLO client.example",
                "250 mx.example.org PIPELINING ENHANCEDSTATUSCODES",
            ),
            ("RCPT TO:<postmaster@example.org>", "503 MAIL comes first."),
            ("MAIL FROM:<>", "250 Sender noted."),
            ("RCPT TO:<nobody@example.org>", "550 No such user here."),
            ("DATA", "503 RCPT comes first."),
            ("RCPT TO:<Postmaster@example.org>", "250 Recipient noted."),
            ("DATA", "354 End with a line that is a single dot."),
            (
                "Subject: hello\r\n\r\nQUIT\r\n.",
                "250 Taken, and forgotten.",
            ),
            (
                "VRFY postmaster",
                "500 This server knows EHLO, MAIL, RCPT, DATA and QUIT.",
            ),
            ("QUIT", "221 Goodbye."),
            ("MAIL FROM:<>", ""),
        ];
        let commands: Vec<_> = session[1..].iter().map(|(command, _)| *command).collect();
        let mut out = Vec::new();
        super::serve(&mut commands.join("\r\n").as_bytes(), &mut out).expect("no failing stream");

        let mut rest = out.as_slice();
        for (command, expected) in &session[..session.len() - 1] {
            let reply = Reply::parse(rest).expect(command).expect(command);
            assert!(reply.is_strict(), "{command}");
            let said = format!("{} {:#}", reply.code().as_str(), reply.text());
            assert_eq!(said, *expected, "{command}");
            rest = &rest[reply.len()..];
        }
        assert_eq!(rest, b"", "nothing is said after QUIT");
    }

    #[test]
    fn a_message_that_is_cut_off_or_ends_otherwise_is_not_taken() {
        let commands =
            "MAIL FROM:<>\r\nRCPT TO:<postmaster@example.org>\r\nDATA\r\nhello\n.\n.\r\r\n";
        let mut out = Vec::new();
        super::serve(&mut commands.as_bytes(), &mut out).expect("no failing stream");
        let out = String::from_utf8(out).expect("ASCII");
        assert!(
            out.ends_with("354 End with a line that is a single dot.\r\n"),
            "{out}"
        );
    }
}
