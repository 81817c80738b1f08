//! Clients that Postfix refuses.

use super::{Mail, line};
use crate::mail_log::said::{Parties, What, pick};
use crate::mail_log::stamp::Stamp;
use crate::mail_log::world::World;
use crate::mail_log::{Fact, Line};

/// A client that we refuse.
pub fn by_smtpd(world: &mut World) -> Vec<Line> {
    let client = world.client();
    let (from, rcpt, helo) = (world.mailbox(), world.mailbox(), world.domain());
    let parties = Parties {
        peer: &client,
        from: &from,
        rcpt: &rcpt,
    };
    let (name, ip) = (&client.name, &client.address);
    let pid = world.between(400, 65_000);
    let mut lines = vec![line(format!(
        "postfix/smtpd[{pid}]: connect from {name}[{ip}]"
    ))];
    let count = world.between(1, 6);
    let postscreen = world.percent(15);
    for _ in 0..count {
        let said = pick(world, What::Given);
        let text = said.text(world, &parties, " ");
        let verb = said.command;
        if postscreen {
            let port = world.between(1024, 65_000);
            let body = format!(
                "postfix/postscreen[{pid}]: NOQUEUE: reject: {verb} from [{ip}]:{port}: {text}; from=<{from}>, to=<{rcpt}>, proto=ESMTP, helo=<{helo}>"
            );
            lines.push(Line::with(Stamp::Syslog, body, said.given()));
        } else if world.percent(4) {
            let body = format!(
                "postfix/smtpd[{pid}]: NOQUEUE: reject_warning: {verb} from {name}[{ip}]: {text}; from=<{from}> to=<{rcpt}> proto=ESMTP helo=<{helo}>"
            );
            let fact = Fact {
                origin: "withheld",
                outcome: "",
                ..said.given()
            };
            lines.push(Line::with(Stamp::Syslog, body, fact));
        } else {
            let body = format!(
                "postfix/smtpd[{pid}]: NOQUEUE: reject: {verb} from {name}[{ip}]: {text}; from=<{from}> to=<{rcpt}> proto=ESMTP helo=<{helo}>"
            );
            lines.push(Line::with(Stamp::Syslog, body, said.given()));
        }
    }
    if world.percent(30) {
        lines.push(line(format!(
            "postfix/smtpd[{pid}]: lost connection after RCPT from {name}[{ip}]"
        )));
    }
    lines.push(line(format!("postfix/smtpd[{pid}]: disconnect from {name}[{ip}] ehlo=1 mail=1 rcpt=0/{count} commands=2/{}", count + 2)));
    lines
}

/// A refusal by a milter or by a look at the message: an enhanced code only.
pub fn by_milter(world: &mut World) -> Vec<Line> {
    let mail = Mail::new(world);
    let client = world.client();
    let (name, ip) = (&client.name, &client.address);
    let (id, from, rcpt) = (&mail.id, &mail.from, world.mailbox());
    let pid = mail.smtpd;
    let rest = format!(
        "from=<{from}> to=<{rcpt}> proto=ESMTP helo=<{}>",
        client.domain
    );
    let mut fact = Fact {
        enhanced: "5.7.1".to_owned(),
        direction: "given",
        origin: "said",
        ..Fact::summary("", "rejected", "")
    };
    let body = if world.percent(60) {
        fact.command = "DATA-BODY";
        format!(
            "postfix/cleanup[{pid}]: {id}: milter-reject: END-OF-MESSAGE from {name}[{ip}]: 5.7.1 Spam message rejected, score {}.{}; {rest}",
            world.between(5, 55),
            world.below(100)
        )
    } else {
        format!(
            "postfix/cleanup[{pid}]: {id}: reject: header Subject: order {} of 550 pieces from {name}[{ip}]; {rest}: 5.7.1 message content rejected",
            world.below(100_000)
        )
    };
    vec![
        line(format!("postfix/smtpd[{pid}]: connect from {name}[{ip}]")),
        line(format!("postfix/smtpd[{pid}]: {id}: client={name}[{ip}]")),
        line(format!(
            "postfix/cleanup[{pid}]: {id}: message-id=<{}@{}>",
            world.hex(24),
            client.domain
        )),
        Line::with(Stamp::Syslog, body, fact),
        line(format!(
            "postfix/smtpd[{pid}]: disconnect from {name}[{ip}] ehlo=2 starttls=1 mail=1 rcpt=1 data=0/1 quit=1 commands=6/7"
        )),
    ]
}
