//! Lines without a reply.

use super::line;
use crate::mail_log::Line;
use crate::mail_log::world::World;

/// Lines without a reply, some of them with numbers that look like one.
pub fn lines(world: &mut World) -> Vec<Line> {
    let client = world.client();
    let (name, ip) = (&client.name, &client.address);
    let pid = world.between(400, 65_000);
    let user = world.mailbox();
    let mut lines = Vec::new();
    for _ in 0..world.between(1, 4) {
        let body = match world.below(9) {
            0 => format!(
                "postfix/anvil[{pid}]: statistics: max connection rate {}/60s for (smtp:{ip}) at Nov 24 13:11:59",
                world.between(1, 599)
            ),
            1 => format!(
                "postfix/smtpd[{pid}]: warning: hostname {} does not resolve to address {ip}: Name or service not known",
                client.domain
            ),
            2 => format!(
                "postfix/smtpd[{pid}]: warning: {name}[{ip}]: SASL LOGIN authentication failed: UGFzc3dvcmQ6, sasl_username={user}"
            ),
            3 => format!("postfix/smtpd[{pid}]: SSL_accept error from {name}[{ip}]: -1"),
            4 => format!(
                "postfix/postscreen[{pid}]: CONNECT from [{ip}]:{} to [192.0.2.1]:25",
                world.between(1024, 65_000)
            ),
            5 => format!(
                "dovecot: imap-login: Login: user=<{user}>, method=PLAIN, rip={ip}, lip=192.0.2.1, mpid={}, TLS, session=<{}>",
                world.between(200, 599),
                world.id62(16)
            ),
            6 => format!("postfix/smtpd[{pid}]: lost connection after AUTH from {name}[{ip}]"),
            7 => format!(
                "postfix/scache[{pid}]: statistics: address lookup hits={} miss=550 success=0%",
                world.below(600)
            ),
            _ => format!(
                "postfix/smtpd[{pid}]: Anonymous TLS connection established from {name}[{ip}]: TLSv1.2 with cipher ECDHE-RSA-AES256-GCM-SHA384 (256/256 bits)"
            ),
        };
        lines.push(line(body));
    }
    lines
}
