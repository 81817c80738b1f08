//! The hosts, people and numbers of which a log is made.

use crate::inputs::Rng;

const WORDS: [&str; 32] = [
    "alder", "amber", "birch", "brook", "cedar", "cliff", "coral", "delta", "ember", "fjord",
    "glade", "grove", "hazel", "heath", "inlet", "ivory", "juniper", "larch", "lemon", "maple",
    "north", "ocean", "olive", "pearl", "quartz", "river", "slate", "south", "stone", "tulip",
    "willow", "zinc",
];
/// Domains and networks that are reserved for examples.
const ENDS: [&str; 4] = ["example.com", "example.net", "example.org", "example"];
const NETWORKS: [&str; 3] = ["192.0.2", "198.51.100", "203.0.113"];

/// A server or client.
#[derive(Debug, Clone)]
pub struct Peer {
    pub name: String,
    pub domain: String,
    pub address: String,
}

pub struct World {
    rng: Rng,
}

impl World {
    pub fn new(seed: u64) -> Self {
        let mut rng = Rng(seed ^ 0x6d61_696c_6c6f_6773);
        // The first numbers of seeds that lie side by side are alike.
        for _ in 0..8 {
            rng.random();
        }
        Self { rng }
    }

    /// A number under `count`.
    pub fn below(&mut self, count: u32) -> u32 {
        self.rng.below(count)
    }

    pub fn between(&mut self, first: u32, last: u32) -> u32 {
        first + self.below(last - first + 1)
    }

    /// True in so many of a hundred cases.
    pub fn percent(&mut self, share: u32) -> bool {
        self.below(100) < share
    }

    pub fn pick<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len() as u32) as usize]
    }

    pub fn domain(&mut self) -> String {
        // A few of them get most of the mail.
        let (first, second) = if self.percent(60) {
            (self.below(4), self.below(4))
        } else {
            (self.below(32), self.below(32))
        };
        format!(
            "{}-{}.{}",
            WORDS[first as usize],
            WORDS[second as usize],
            ENDS[(first + second) as usize % ENDS.len()]
        )
    }

    pub fn address(&mut self) -> String {
        if self.percent(8) {
            let (a, b) = (self.below(0x10000), self.below(0x10000));
            return format!("2001:db8:{a:x}::{b:x}");
        }
        let network = self.pick(&NETWORKS);
        format!("{network}.{}", self.between(1, 254))
    }

    pub fn server(&mut self) -> Peer {
        let domain = self.domain();
        self.server_of(domain)
    }

    /// One of the few servers of a domain: the same names and addresses each time.
    pub fn server_of(&mut self, domain: String) -> Peer {
        let which = self.below(3);
        let of_domain = domain.bytes().fold(u64::from(which), |sum, byte| {
            sum.wrapping_mul(31).wrapping_add(u64::from(byte))
        });
        let mut servers = Self::new(of_domain);
        let name = match of_domain % 4 {
            0 => format!("mx{which:02}.{domain}"),
            1 => format!("{}mx{which}.mail.{domain}", servers.between(100, 599)),
            2 => format!("in-{which}.smtp.{domain}"),
            _ => format!("mail.{domain}"),
        };
        Peer {
            name,
            domain,
            address: servers.address(),
        }
    }

    /// Somebody who connects to us; many have no name.
    pub fn client(&mut self) -> Peer {
        let mut peer = self.server();
        peer.name = match self.below(3) {
            0 => "unknown".to_owned(),
            1 => format!(
                "host-{}-{}.dyn.{}",
                self.below(256),
                self.between(200, 599),
                peer.domain
            ),
            _ => peer.name,
        };
        peer
    }

    pub fn user(&mut self) -> String {
        let word = self.pick(&WORDS);
        match self.below(4) {
            0 => word.to_owned(),
            1 => format!("{word}{}", self.below(1000)),
            2 => format!("{word}.{}", self.pick(&WORDS)),
            _ => format!("{}.{word}", char::from(b'a' + self.below(26) as u8)),
        }
    }

    pub fn mailbox(&mut self) -> String {
        let (user, domain) = (self.user(), self.domain());
        format!("{user}@{domain}")
    }

    /// A name as the digits and letters `alphabet` allow.
    pub fn name(&mut self, length: usize, alphabet: &[u8]) -> String {
        (0..length)
            .map(|_| char::from(self.pick(alphabet)))
            .collect()
    }

    pub fn hex(&mut self, length: usize) -> String {
        self.name(length, b"0123456789abcdef")
    }

    /// As the queue ids of many servers: digits and capitals.
    pub fn id(&mut self, length: usize) -> String {
        self.name(length, b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    }

    /// Base 62, as Exim and the long queue ids of Postfix.
    pub fn id62(&mut self, length: usize) -> String {
        self.name(
            length,
            b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
        )
    }
}
