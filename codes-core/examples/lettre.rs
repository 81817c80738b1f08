//! An error of lettre, understood: what becomes of the message, and who has to do something.
//!
//! lettre gives the reply code of an error as a number and the text of the reply in its source, but
//! not the command that was answered. Without an enhanced code that tells what a refusal is about, the
//! message stays in the queue, as it may be the host or the login that was refused.

use std::error::Error as _;

use codes_core::{Advice, EnhancedCode, Fate, ReplyCode, Situation};
use lettre::transport::smtp::Error;

/// What to do about an error; `None` where no server spoke.
fn advice(error: &Error) -> Option<Advice> {
    let number: u16 = error.status()?.into();
    let situation = Situation::new(ReplyCode::new(number)?);
    Some(situation.enhanced(enhanced(error)).advice())
}

/// The enhanced code at the beginning of the text.
fn enhanced(error: &Error) -> Option<EnhancedCode> {
    let text = error.source()?.to_string();
    text.split_whitespace().next()?.parse().ok()
}

/// What becomes of the message. What is kept is tried again as long as the queue keeps mail.
fn fate(error: &Error) -> Fate {
    // Where no server spoke, the connection failed: that passes.
    advice(error).map_or(Fate::Kept, |advice| advice.fate())
}

fn main() {
    for reply in [
        "450 4.2.0 Greylisted",
        "550 5.1.1 No such user",
        "535 5.7.8 Bad password",
        "550 Go away",
    ] {
        let error = refused::send(reply);
        println!("{error}");
        if let Some(advice) = advice(&error) {
            println!("  {advice}");
        }
        println!("  the message: {}", fate(&error));
    }
}

/// A message sent to a server in this program that refuses its recipient.
mod refused {
    use std::io::{BufRead, BufReader, Write};
    use std::net::{TcpListener, TcpStream};
    use std::thread;

    use lettre::address::{Address, Envelope};
    use lettre::transport::smtp::{Error, SmtpTransport};
    use lettre::{Transport, transport};

    pub(crate) fn send(reply: &'static str) -> transport::smtp::Error {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("its number").port();
        let server = thread::spawn(move || {
            let (stream, _) = listener.accept().expect("the client");
            serve(stream, reply)
        });
        let address = |text: &str| text.parse::<Address>().expect("an address");
        let to = vec![address("bob@example.org")];
        let envelope = Envelope::new(Some(address("alice@example.com")), to).expect("a recipient");
        let client = SmtpTransport::builder_dangerous("127.0.0.1")
            .port(port)
            .build();
        let error: Error = client
            .send_raw(&envelope, b"Subject: hello\r\n\r\n")
            .expect_err("the recipient is refused");
        drop(client);
        server.join().expect("no panic").expect("no broken stream");
        error
    }

    fn serve(mut stream: TcpStream, reply: &str) -> std::io::Result<()> {
        let commands = BufReader::new(stream.try_clone()?).lines();
        write!(stream, "220 mx.example.org ESMTP\r\n")?;
        for command in commands {
            let answer = match command?.get(..4) {
                Some("RCPT") => reply,
                Some("QUIT") => "221 2.0.0 Bye",
                _ => "250 ok",
            };
            write!(stream, "{answer}\r\n")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use codes_core::{NextActor, Retry, Smtp450, Smtp550};

    #[test]
    fn what_passes_is_kept() {
        let error = refused::send("450 4.2.0 Greylisted");
        let advice = advice(&error).expect("a server spoke");
        assert_eq!(advice.situation().code(), Smtp450);
        assert_eq!(advice.action(), Retry::Later);
        assert_eq!(fate(&error), Fate::Kept);
    }

    #[test]
    fn mail_to_an_unknown_user_is_returned() {
        let error = refused::send("550 5.1.1 No such user");
        assert_eq!(enhanced(&error), EnhancedCode::new(5, 1, 1));
        let advice = advice(&error).expect("a server spoke");
        assert_eq!(advice.situation().code(), Smtp550);
        assert_eq!(advice.action(), Retry::AfterChange);
        assert_eq!(advice.next_actor(), NextActor::Sender);
        assert_eq!(fate(&error), Fate::Returned);
    }

    #[test]
    fn a_refused_login_returns_no_mail() {
        let error = refused::send("535 5.7.8 Bad password");
        let advice = advice(&error).expect("a server spoke");
        // Trying again is of no use before the password is changed, and the queue waits for that.
        assert!(!advice.may_retry());
        assert_eq!(fate(&error), Fate::Kept);
    }

    #[test]
    fn what_may_be_the_host_returns_no_mail() {
        assert_eq!(fate(&refused::send("550 Go away")), Fate::Kept);
    }
}
