//! A response that smtp-proto has read, understood: what becomes of the mail, and who has to do
//! something.

use codes_core::{Advice, Command, EnhancedCode, ReplyCode, Situation};
use smtp_proto::Response;
use smtp_proto::response::parser::ResponseReceiver;

/// What to do about a response to a command; `None` where its number is no reply code.
fn advice(response: &Response<String>, command: Command) -> Option<Advice> {
    let code = ReplyCode::new(response.code)?;
    // smtp-proto has zeros where the response has no enhanced code.
    let [class, subject, detail] = response.esc;
    let enhanced = EnhancedCode::new(class, subject.into(), detail.into());
    Some(Situation::new(code).enhanced(enhanced).at(command).advice())
}

fn response(text: &str) -> Response<String> {
    let mut octets = text.as_bytes().iter();
    ResponseReceiver::default()
        .parse(&mut octets)
        .expect("a whole response")
}

fn main() {
    for (text, command) in [
        ("451 4.7.1 Try again in five minutes\r\n", Command::RCPT),
        ("554 5.7.1 Go away\r\n", Command::CONNECT),
        ("535 5.7.8 Bad password\r\n", Command::AUTH),
        ("554 5.7.1 Looks like spam\r\n", Command::DATA_BODY),
        ("250 2.0.0 Queued\r\n", Command::DATA_BODY),
    ] {
        let response = response(text);
        println!("{} {}", response.code, response.message.trim_end());
        if let Some(advice) = advice(&response, command) {
            println!("  {advice}");
            println!("  the mail: {}", advice.fate());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use codes_core::{Fate, Retry, Scope};

    fn advice_for(text: &str, command: Command) -> Advice {
        advice(&response(text), command).expect("a reply code")
    }

    #[test]
    fn a_transient_refusal_is_kept() {
        let advice = advice_for("451 4.7.1 Try again\r\n", Command::RCPT);
        assert_eq!(advice.action(), Retry::Later);
        assert_eq!(advice.fate(), Fate::Kept);
    }

    #[test]
    fn a_refused_login_keeps_the_queue() {
        let advice = advice_for("535 5.7.8 Bad password\r\n", Command::AUTH);
        assert_eq!(advice.scope(), Some(Scope::Login));
        assert_eq!(advice.fate(), Fate::Kept);
    }

    #[test]
    fn only_the_reply_to_the_message_takes_it_over() {
        let fate = |command| advice_for("250 2.0.0 Ok\r\n", command).fate();
        assert_eq!(fate(Command::RCPT), Fate::Kept);
        assert_eq!(fate(Command::DATA_BODY), Fate::TakenOver);
    }

    #[test]
    fn the_same_code_is_kept_at_the_greeting_and_returned_after_the_message() {
        let greeting = advice_for("554 5.7.1 Go away\r\n", Command::CONNECT);
        assert_eq!(greeting.scope(), Some(Scope::Session));
        assert_eq!(greeting.fate(), Fate::Kept);

        let message = advice_for("554 5.7.1 Looks like spam\r\n", Command::DATA_BODY);
        assert_eq!(message.scope(), Some(Scope::Message));
        assert_eq!(message.fate(), Fate::Returned);
    }
}
