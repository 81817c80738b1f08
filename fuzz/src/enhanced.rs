use std::str;

use codes_core::{EnhancedClass, EnhancedCode};

/// An enhanced code is read exactly where RFC 3463 section 2 has one, and written as it was read.
pub fn enhanced(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else {
        return;
    };
    let read = text.parse::<EnhancedCode>().ok();
    assert_eq!(read.map(numbers), by_the_rules(text), "{text:?}");
    let Some(code) = read else {
        return;
    };
    assert_eq!(code.to_string(), text);
    let (class, subject, detail) = numbers(code);
    assert_eq!(EnhancedCode::new(class, subject, detail), Some(code));
    assert_eq!(EnhancedClass::from_digit(class), Some(code.class()));
    for number in [class.into(), subject, detail] {
        if let Some(other) = EnhancedCode::new(class, number, detail) {
            let expected = (class, number, detail).cmp(&(class, subject, detail));
            assert_eq!(other.cmp(&code), expected, "{other} and {code}");
        }
    }
}

fn numbers(code: EnhancedCode) -> (u8, u16, u16) {
    (code.class().digit(), code.subject(), code.detail())
}

fn by_the_rules(text: &str) -> Option<(u8, u16, u16)> {
    let parts: Vec<&str> = text.split('.').collect();
    let &[class @ ("2" | "4" | "5"), subject, detail] = parts.as_slice() else {
        return None;
    };
    let number = |part: &str| {
        let plain = part.bytes().all(|byte| byte.is_ascii_digit()) && part.len() <= 3;
        let leading_zero = part.len() > 1 && part.starts_with('0');
        (plain && !leading_zero)
            .then(|| part.parse().ok())
            .flatten()
    };
    Some((class.parse().ok()?, number(subject)?, number(detail)?))
}
