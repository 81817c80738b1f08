//! A response that smtp-proto has read, understood: whether to send again, when, and who has to do
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
        ("554 5.7.1 Looks like spam\r\n", Command::DATA_BODY),
    ] {
        let response = response(text);
        println!("{} {}", response.code, response.message.trim_end());
        if let Some(advice) = advice(&response, command) {
            println!("  {advice}");
            println!("  queued: {}", advice.may_retry());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use codes_core::{Retry, Scope};

    fn advice_for(text: &str, command: Command) -> Advice {
        advice(&response(text), command).expect("a reply code")
    }

    #[test]
    fn a_transient_refusal_is_queued() {
        let advice = advice_for("451 4.7.1 Try again\r\n", Command::RCPT);
        assert_eq!(advice.action(), Retry::Later);
        assert!(advice.may_retry() && !advice.may_bounce());
    }

    #[test]
    fn the_same_code_is_queued_at_the_greeting_and_returned_after_the_message() {
        let greeting = advice_for("554 5.7.1 Go away\r\n", Command::CONNECT);
        assert_eq!(greeting.scope(), Some(Scope::Session));
        assert!(greeting.may_retry() && !greeting.may_bounce());

        let message = advice_for("554 5.7.1 Looks like spam\r\n", Command::DATA_BODY);
        assert_eq!(message.scope(), Some(Scope::Message));
        assert!(!message.may_retry() && message.may_bounce());
    }
}
