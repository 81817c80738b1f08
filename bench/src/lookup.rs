//! Enhanced codes from text, and what is known of a number.

use std::hint::black_box;

use codes_core::{CodeInfo, EnhancedCode, ReplyCode, TABLE};
use http::StatusCode;

use crate::contestants::number;
use crate::floor;
use crate::inputs::Rng;

pub fn enhanced_floor(texts: &[String]) -> u64 {
    let mut sum = 0;
    for text in texts {
        let (class, subject, detail) =
            black_box(floor::enhanced(text.as_bytes())).expect("an enhanced code");
        sum += number(class, subject, detail);
    }
    sum
}

pub fn enhanced_codes(texts: &[String]) -> u64 {
    let mut sum = 0;
    for text in texts {
        let code = black_box(text.parse::<EnhancedCode>()).expect("an enhanced code");
        sum += number(code.class().digit(), code.subject(), code.detail());
    }
    sum
}

/// So many numbers of three digits, in no order.
pub fn random_numbers(count: usize) -> Vec<u16> {
    let mut rng = Rng(0xc0de);
    (0..count).map(|_| 100 + rng.below(900) as u16).collect()
}

/// So many of these, in no order.
pub fn random_of(known: &[u16], count: usize) -> Vec<u16> {
    let mut rng = Rng(0xc0de);
    (0..count)
        .map(|_| known[rng.below(known.len() as u32) as usize])
        .collect()
}

/// The numbers that our table knows.
pub fn our_numbers() -> Vec<u16> {
    TABLE.iter().map(|info| info.code().get()).collect()
}

/// The numbers that the crate http has a text for.
pub fn http_numbers() -> Vec<u16> {
    (100..1000)
        .filter(|&number| http_text(number).is_some())
        .collect()
}

/// The floor: one load from a table that has a place for every number of three digits.
pub struct PlainIndex(Box<[Option<&'static CodeInfo>; 900]>);

impl Default for PlainIndex {
    fn default() -> Self {
        let mut table = Box::new([None; 900]);
        for (number, place) in (100..).zip(table.iter_mut()) {
            *place = our_info(number);
        }
        Self(table)
    }
}

impl PlainIndex {
    pub fn known(&self, numbers: &[u16]) -> usize {
        known(numbers, |number| {
            let place = usize::from(number).wrapping_sub(100);
            self.0.get(place).copied().flatten()
        })
    }
}

pub fn our_known(numbers: &[u16]) -> usize {
    known(numbers, our_info)
}

pub fn http_known(numbers: &[u16]) -> usize {
    known(numbers, http_text)
}

/// How many of the numbers something is known about; what that is, is looked up, but not looked at.
#[inline(always)]
fn known<T>(numbers: &[u16], look_up: impl Fn(u16) -> Option<T>) -> usize {
    numbers
        .iter()
        .filter(|&&number| black_box(look_up(number)).is_some())
        .count()
}

#[inline(always)]
fn our_info(number: u16) -> Option<&'static CodeInfo> {
    ReplyCode::new(number)?.info()
}

#[inline(always)]
fn http_text(number: u16) -> Option<&'static str> {
    StatusCode::from_u16(number).ok()?.canonical_reason()
}
