//! Whatever the octets are.

use crate::log::Entry;

/// Pieces of which lines are made, among them all that the readers look for.
const PIECES: [&[u8]; 58] = [
    b"Nov 24 13:11:59 ",
    b"2026-11-24 13:11:59 ",
    b"2026-11-24T13:11:59.1+01:00 ",
    b"<22>",
    b"1 ",
    b"@400000006a15c8a91234abcd ",
    b"1795525919.1 ",
    b"Tue ",
    b"mail ",
    b"mail.log:",
    b" | ",
    b"postfix/smtp[1]: ",
    b"postfix/smtpd[1]: ",
    b"sm-mta[1]: ",
    b"smtpd[1]: ",
    b"exim[1]: ",
    b"qmail: ",
    b"4Xy: ",
    b"NOQUEUE: ",
    b"to=<",
    b"a@example.com",
    b">",
    b", ",
    b"relay=",
    b"none",
    b"local",
    b"mx.example.com",
    b"[192.0.2.1]",
    b"[2001:db8::1]",
    b":25",
    b"dsn=5.1.1",
    b"status=",
    b"sent ",
    b"deferred ",
    b"bounced ",
    b"(",
    b")",
    b"host ",
    b"said: ",
    b"550 5.1.1 ",
    b"reject: ",
    b"RCPT from ",
    b"; from=<",
    b"stat=",
    b"Deferred: ",
    b"reject=",
    b"1abcDE-000123-AB ",
    b"== ",
    b"** ",
    b"H=",
    b"C=\"",
    b"defer (-53): ",
    b"delivery 1: ",
    b"failure: ",
    b"Remote_host_said:_",
    b"result=\"",
    b"relay=\"",
    b"\xff\0\n",
];

struct Numbers(u64);

impl Numbers {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % count
    }
}

/// Asks for everything; a panic is what would be wrong.
fn look(line: &[u8]) {
    let entry = Entry::read(line);
    let _ = (
        entry.system(),
        entry.outcome(),
        entry.no_reply(),
        entry.is_internal(),
    );
    if let Some(name) = entry.host().and_then(|host| host.name()) {
        assert!(!name.is_empty() && name.len() <= line.len());
    }
    assert_eq!(entry.no_reply().is_some(), entry.no_reply_at().is_some());
    assert!(entry.no_reply_at().is_none_or(|at| at <= line.len()));
    let Some(time) = entry.time() else {
        return;
    };
    assert!(time.year().is_none_or(|year| (0..=9999).contains(&year)));
    assert!((1..=12).contains(&time.month()) && (1..=31).contains(&time.day()));
    assert!(time.hour() < 24 && time.minute() < 60 && time.second() <= 60);
    assert!(time.offset().is_none_or(|offset| offset.abs() < 24 * 60));
}

#[test]
fn lines_of_pieces() {
    let mut numbers = Numbers(1);
    let mut line = Vec::new();
    for _ in 0..40_000 {
        line.clear();
        for _ in 0..numbers.below(14) {
            line.extend_from_slice(PIECES[numbers.below(PIECES.len())]);
        }
        look(&line);
        // Cut anywhere, and with an octet that was something else.
        let end = numbers.below(line.len() + 1);
        look(&line[..end]);
        if end > 0 {
            line[end - 1] = numbers.below(256) as u8;
            look(&line);
        }
    }
}

#[test]
fn lines_of_octets() {
    let mut numbers = Numbers(2);
    for length in 0..400 {
        for _ in 0..20 {
            let line: Vec<u8> = (0..length).map(|_| numbers.below(256) as u8).collect();
            look(&line);
        }
    }
}

#[test]
fn long_lines() {
    for piece in PIECES {
        look(&piece.repeat(20_000));
    }
}
