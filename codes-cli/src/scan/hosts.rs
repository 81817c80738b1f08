//! Hosts and how often each was met, with bounded memory.

use std::collections::HashMap;
use std::net::IpAddr;

use codes_text::Host;
use foldhash::fast::RandomState;

/// So many hosts of one cause are told apart at least.
const FEW: usize = 128;
/// And so many, as long as all causes together do not need more than there is.
const MANY: usize = 16 * 1024;
/// What all causes and threads together may need before that; some 14 MB.
const ALL: usize = 128 * 1024;
/// What is kept of a name; the domain name system has no longer ones.
const LONGEST: usize = 253;

/// Counts of hosts. As long as there are not too many, they are exact; beyond that the rare ones are
/// forgotten, and each count is too small by at most `lost` (Misra and Gries).
#[derive(Debug, Default, Clone)]
pub(super) struct Hosts {
    names: HashMap<Box<[u8]>, u64, RandomState>,
    addresses: HashMap<IpAddr, u64, RandomState>,
    lost: u64,
}

/// How many hosts all causes together have, and how many they may have before it gets narrow.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    taken: usize,
    all: usize,
}

impl Room {
    /// That of one of so many threads.
    pub(super) const fn of_one_in(threads: usize) -> Self {
        Self {
            taken: 0,
            all: ALL / threads,
        }
    }

    const fn of_one_cause(self) -> usize {
        if self.taken < self.all { MANY } else { FEW }
    }
}

/// A host by its name, or by its address where it has none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum HostName {
    Name(Box<[u8]>),
    Address(IpAddr),
}

impl Hosts {
    pub(super) fn add(&mut self, host: Host<'_>, room: &mut Room) {
        // Postfix writes `unknown` for a client of which it knows the address alone.
        let name = host.name().filter(|name| *name != b"unknown");
        match (name, host.address()) {
            (Some(name), _) => self.add_name(&name[..name.len().min(LONGEST)], room),
            (None, Some(address)) => {
                let before = self.len();
                *self.addresses.entry(address).or_default() += 1;
                self.bound(before, room);
            }
            (None, None) => {}
        }
    }

    fn add_name(&mut self, name: &[u8], room: &mut Room) {
        if let Some(count) = self.names.get_mut(name) {
            *count += 1;
            return;
        }
        let before = self.len();
        self.names.insert(name.into(), 1);
        self.bound(before, room);
    }

    pub(super) fn merge(&mut self, other: Self, room: &mut Room) {
        let before = self.len();
        for (name, count) in other.names {
            *self.names.entry(name).or_default() += count;
        }
        for (address, count) in other.addresses {
            *self.addresses.entry(address).or_default() += count;
        }
        self.lost += other.lost;
        self.bound(before, room);
    }

    fn len(&self) -> usize {
        self.names.len() + self.addresses.len()
    }

    /// Where there are too many, takes the same from all counts, so much that half of them go.
    fn bound(&mut self, before: usize, room: &mut Room) {
        if self.len() > room.of_one_cause() {
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
        room.taken = (room.taken + self.len()).saturating_sub(before);
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
        (self.lost == 0).then(|| self.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> HostName {
        HostName::Name(text.as_bytes().into())
    }

    #[test]
    fn few_are_counted_exactly() {
        let (mut hosts, mut room) = (Hosts::default(), Room::of_one_in(1));
        for (host, times) in [("a.example", 2), ("b.example", 5), ("c.example", 2)] {
            (0..times).for_each(|_| hosts.add_name(host.as_bytes(), &mut room));
        }
        assert_eq!(room.taken, 3);
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
        let mut rooms = [
            Room::of_one_in(2),
            Room {
                taken: ALL,
                all: ALL,
            },
        ];
        let mut parts = [Hosts::default(), Hosts::default()];
        for number in 0..100_000 {
            let (part, room) = (&mut parts[number % 2], &mut rooms[number % 2]);
            part.add_name(format!("{number}.example").as_bytes(), room);
            if number % 10 < 2 {
                part.add_name(b"often.example", room);
            }
        }
        assert!(parts[0].len() <= MANY && rooms[0].taken == parts[0].len());
        assert!(parts[1].len() <= FEW && rooms[1].taken == parts[1].len() + ALL);
        let [mut hosts, other] = parts;
        hosts.merge(other, &mut rooms[0]);
        assert_eq!(hosts.distinct(), None);
        let top = hosts.top(1);
        assert_eq!(top[0].0, name("often.example"));
        assert!((10_000..=20_000).contains(&top[0].1), "{top:?}");
        assert!(top[0].1 + hosts.lost >= 20_000);
    }
}
