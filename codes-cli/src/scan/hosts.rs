//! Hosts and how often each was met, with bounded memory.

use std::collections::HashMap;
use std::net::IpAddr;

use codes_text::Host;
use foldhash::fast::RandomState;

/// So many hosts are told apart at once.
const ROOM: usize = 128;
/// What is kept of a name; the domain name system has no longer ones.
const LONGEST: usize = 253;

/// Counts of hosts. As long as there are at most [`ROOM`], they are exact; beyond that the rare ones
/// are forgotten, and each count is too small by at most `lost` (Misra and Gries).
#[derive(Debug, Default, Clone)]
pub(super) struct Hosts {
    names: HashMap<Box<[u8]>, u64, RandomState>,
    addresses: HashMap<IpAddr, u64, RandomState>,
    lost: u64,
}

/// A host by its name, or by its address where it has none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum HostName {
    Name(Box<[u8]>),
    Address(IpAddr),
}

impl Hosts {
    pub(super) fn add(&mut self, host: Host<'_>) {
        // Postfix writes `unknown` for a client of which it knows the address alone.
        let name = host.name().filter(|name| *name != b"unknown");
        match (name, host.address()) {
            (Some(name), _) => {
                let name = &name[..name.len().min(LONGEST)];
                match self.names.get_mut(name) {
                    Some(count) => *count += 1,
                    None => {
                        self.names.insert(name.into(), 1);
                        self.forget();
                    }
                }
            }
            (None, Some(address)) => {
                *self.addresses.entry(address).or_default() += 1;
                self.forget();
            }
            (None, None) => {}
        }
    }

    pub(super) fn merge(&mut self, other: Self) {
        for (name, count) in other.names {
            *self.names.entry(name).or_default() += count;
        }
        for (address, count) in other.addresses {
            *self.addresses.entry(address).or_default() += count;
        }
        self.lost += other.lost;
        self.forget();
    }

    /// Makes room by taking the same from all counts, so much that half of the hosts go.
    fn forget(&mut self) {
        if self.names.len() + self.addresses.len() <= ROOM {
            return;
        }
        let counts = self.names.values().chain(self.addresses.values());
        let mut counts: Vec<u64> = counts.copied().collect();
        let middle = counts.len() / 2;
        let less = *counts.select_nth_unstable(middle).1;
        let keep = |count: &mut u64| {
            *count = count.saturating_sub(less);
            *count > 0
        };
        self.names.retain(|_, count| keep(count));
        self.addresses.retain(|_, count| keep(count));
        self.lost += less;
    }

    /// Those met most often first.
    pub(super) fn top(&self, count: usize) -> Vec<(HostName, u64)> {
        let names = self.names.iter();
        let names = names.map(|(name, count)| (HostName::Name(name.clone()), *count));
        let addresses = self.addresses.iter();
        let addresses = addresses.map(|(address, count)| (HostName::Address(*address), *count));
        let mut all: Vec<_> = names.chain(addresses).collect();
        all.sort_by(|(left, many), (right, more)| more.cmp(many).then_with(|| left.cmp(right)));
        all.truncate(count);
        all
    }

    /// How many there are; `None` where the bound was reached.
    pub(super) fn distinct(&self) -> Option<usize> {
        (self.lost == 0).then_some(self.names.len() + self.addresses.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Hosts {
        fn name(&mut self, name: &str) {
            match self.names.get_mut(name.as_bytes()) {
                Some(count) => *count += 1,
                None => {
                    self.names.insert(name.as_bytes().into(), 1);
                    self.forget();
                }
            }
        }
    }

    fn name(text: &str) -> HostName {
        HostName::Name(text.as_bytes().into())
    }

    #[test]
    fn few_are_counted_exactly() {
        let mut hosts = Hosts::default();
        for (host, times) in [("a.example", 2), ("b.example", 5), ("c.example", 2)] {
            (0..times).for_each(|_| hosts.name(host));
        }
        let expected = [
            (name("b.example"), 5),
            (name("a.example"), 2),
            (name("c.example"), 2),
        ];
        assert_eq!(hosts.top(10), expected);
        assert_eq!(hosts.top(1), expected[..1]);
        assert_eq!(hosts.distinct(), Some(3));
    }

    #[test]
    fn of_many_the_frequent_ones_stay_and_no_count_is_too_large() {
        let mut parts = [Hosts::default(), Hosts::default()];
        for number in 0..100_000 {
            let part = &mut parts[number % 2];
            part.name(&format!("{number}.example"));
            if number % 10 == 0 {
                part.name("often.example");
            }
        }
        let [mut hosts, other] = parts;
        hosts.merge(other);
        assert_eq!(hosts.distinct(), None);
        assert!(hosts.names.len() <= ROOM);
        let top = hosts.top(1);
        assert_eq!(top[0].0, name("often.example"));
        assert!((5_000..=10_000).contains(&top[0].1), "{top:?}");
        assert!(top[0].1 + hosts.lost >= 10_000);
    }
}
