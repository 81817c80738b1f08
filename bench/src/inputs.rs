//! The same bytes for every contestant.

pub const SINGLE: &[u8] = b"250 2.1.5 Ok\r\n";

pub const EHLO: &[u8] = b"250-mx.example.org at your service\r\n\
250-PIPELINING\r\n\
250-SIZE 52428800\r\n\
250-VRFY\r\n\
250-ETRN\r\n\
250-STARTTLS\r\n\
250-AUTH PLAIN LOGIN XOAUTH2\r\n\
250-ENHANCEDSTATUSCODES\r\n\
250-8BITMIME\r\n\
250-DSN\r\n\
250-SMTPUTF8\r\n\
250 CHUNKING\r\n";

pub const GMAIL: &[u8] =
    b"550-5.7.26 Your message was refused because its sender is not authenticated.\r\n\
550-5.7.26 Senders have to authenticate with at least one of SPF and DKIM.\r\n\
550-5.7.26  DKIM = did not pass, SPF [bounce.example.net] with ip: [192.0.2.25] =\r\n\
550-5.7.26 did not pass. How to set up authentication for your domain is explained at\r\n\
550 5.7.26  https://support.example.com/mail/answer/81126 a640c23a62f3a-b1f2 - gsmtp\r\n";

pub struct Rng(pub u64);
impl Rng {
    pub fn random(&mut self) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (self.0 >> 33) as u32
    }
    pub fn below(&mut self, n: u32) -> u32 {
        ((self.random() as u64 * n as u64) >> 31) as u32
    }
}

pub struct Stream {
    pub bytes: Vec<u8>,
    pub replies: usize,
    pub lines: usize,
    /// Sum of the reply codes: every contestant has to arrive at it.
    pub checksum: u64,
}

/// `n` replies as a busy submission client would see them.
pub fn stream(n: usize) -> Stream {
    let mut r = Rng(0x5eed_c0de);
    let mut b = Vec::new();
    for _ in 0..n {
        match r.below(100) {
            0..=34 => b.extend_from_slice(SINGLE),
            35..=49 => b.extend_from_slice(b"354 End data with <CR><LF>.<CR><LF>\r\n"),
            50..=64 => b.extend_from_slice(
                format!("250 2.0.0 Ok: queued as {:08X}{:04X}\r\n", r.random(), r.below(65536)).as_bytes(),
            ),
            65..=69 => b.extend_from_slice(b"220 mx.example.org ESMTP ready\r\n"),
            70..=74 => b.extend_from_slice(b"221 2.0.0 Bye\r\n"),
            75..=79 => b.extend_from_slice(EHLO),
            80..=87 => b.extend_from_slice(
                format!("550 5.1.1 <user{}@example.com>: Recipient address rejected: User unknown\r\n", r.below(100_000))
                    .as_bytes(),
            ),
            88..=92 => b.extend_from_slice(
                b"451 4.7.1 <user@example.com>: Recipient address rejected: Greylisted, try again in 300 seconds\r\n",
            ),
            93..=95 => b.extend_from_slice(b"421 4.4.2 mx.example.org Error: timeout exceeded\r\n"),
            _ => b.extend_from_slice(GMAIL),
        }
    }
    let mut s = Stream {
        replies: n,
        lines: 0,
        checksum: 0,
        bytes: b,
    };
    for line in s.bytes.split_inclusive(|&c| c == b'\n') {
        s.lines += 1;
        if line[3] == b' ' {
            s.checksum += std::str::from_utf8(&line[..3])
                .unwrap()
                .parse::<u64>()
                .unwrap();
        }
    }
    s
}

/// Enhanced codes as text, with the reply code they go with.
pub fn enhanced(n: usize) -> Vec<(u16, String)> {
    let mut r = Rng(7);
    (0..n)
        .map(|_| {
            let class = [2, 4, 5, 5][r.below(4) as usize];
            (
                class * 100 + 50,
                format!("{}.{}.{}", class, r.below(8), r.below(31)),
            )
        })
        .collect()
}
