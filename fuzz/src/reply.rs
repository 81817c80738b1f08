use codes_core::{Class, Deviation, Reply, ReplyErrorKind};

/// What is said of octets agrees with itself, with what is said of fewer and of more octets, and, on
/// whether a reply is strictly right, with a slow reading of the grammar.
pub fn parse(data: &[u8]) {
    match Reply::parse(data) {
        Ok(Some(reply)) => {
            consistent(data, &reply);
            let taken = &data[..reply.len()];
            assert_eq!(Reply::parse(taken), Ok(Some(reply)));
            incomplete(&taken[..taken.len() - 1]);
            strict(&reply);
        }
        Ok(None) => {
            incomplete(data);
        }
        Err(error) => {
            assert!(error.offset() <= data.len(), "{error}");
            assert!(error.kind() != ReplyErrorKind::BufferShrank);
            assert!(error.to_string().starts_with("octet "));
            let more = [data, b"\r\n250 ok\r\n"].concat();
            assert_eq!(Reply::parse(&more), Err(error), "with more octets");
        }
    }
}

/// A reply without its end is incomplete wherever it is cut: tried at every place of a short one, at
/// some of a long one.
fn incomplete(data: &[u8]) {
    let step = 1 + data.len() / 64;
    for end in (0..=data.len()).rev().step_by(step) {
        assert_eq!(Reply::parse(&data[..end]), Ok(None), "cut off at {end}");
    }
}

fn consistent(data: &[u8], reply: &Reply<'_>) {
    assert!(data[..reply.len()].ends_with(reply.as_bytes()));
    assert!(reply.as_bytes().ends_with(b"\n"));

    let lines: Vec<_> = reply.lines().collect();
    let feeds = reply.as_bytes().iter().filter(|&&byte| byte == b'\n');
    assert_eq!(lines.len(), feeds.count());
    assert_eq!(
        Some(reply.first_code()),
        lines.first().map(|line| line.code())
    );
    assert_eq!(Some(reply.code()), lines.last().map(|line| line.code()));
    assert!(lines.iter().any(|line| line.code() == reply.worst_code()));
    let refused = |class| matches!(class, Class::TransientNegative | Class::PermanentNegative);
    let any_refused = lines.iter().any(|line| refused(line.code().class()));
    assert_eq!(refused(reply.worst_code().class()), any_refused);
    let differ = lines.iter().any(|line| line.code() != reply.code());
    assert_eq!(reply.deviations().contains(Deviation::CodesDiffer), differ);

    let mut enhanced: Vec<_> = lines.iter().map(|line| line.enhanced()).collect();
    let last = enhanced.iter().copied().rfind(Option::is_some).flatten();
    assert_eq!(reply.enhanced(), last);
    if differ {
        // Lines of another reply need not have one.
        enhanced.retain(Option::is_some);
    }
    let differ = enhanced.iter().any(|code| *code != last);
    assert_eq!(
        reply.deviations().contains(Deviation::EnhancedCodesDiffer),
        differ
    );
    for line in &lines {
        assert!(line.as_bytes().ends_with(line.message().as_bytes()));
        assert_eq!(
            line.text().to_string(),
            String::from_utf8_lossy(line.as_bytes())
        );
    }
    let messages: Vec<_> = lines
        .iter()
        .map(|line| line.message().to_string())
        .collect();
    assert_eq!(reply.text().to_string(), messages.join("\n"));
    assert_eq!(format!("{:#}", reply.text()), messages.join(" "));

    assert!(!reply.deviations().contains(Deviation::Truncated));
    assert_eq!(reply.is_strict(), reply.deviations().is_empty());
    for &deviation in Deviation::ALL {
        let offset = reply.offset_of(deviation);
        assert_eq!(
            offset.is_some(),
            reply.deviations().contains(deviation),
            "{deviation}"
        );
        assert!(
            offset.is_none_or(|offset| offset < reply.len()),
            "{deviation}"
        );
    }
}

/// Whether a reply is strictly right, where enhanced codes have no part in it.
fn strict(reply: &Reply<'_>) {
    let by_the_rules = by_the_rules(reply);
    if reply.is_strict() {
        assert_eq!(by_the_rules, Some(()), "called strict");
        let agrees = |code: codes_core::EnhancedCode| code.agrees_with(reply.code());
        assert!(reply.enhanced().is_none_or(agrees));
    } else if reply.enhanced().is_none() {
        assert_eq!(by_the_rules, None, "has {}", reply.deviations());
    }
}

/// RFC 5321 section 4.2: `*( Reply-code "-" [ textstring ] CRLF ) Reply-code [ SP [ textstring ] ] CRLF`
/// with one code and lines of at most 512 octets; RFC 4954 section 4 for 334.
fn by_the_rules(reply: &Reply<'_>) -> Option<()> {
    let bytes = reply.as_bytes();
    let code = bytes.get(..3)?;
    let &[b'2'..=b'5', b'0'..=b'5', b'0'..=b'9'] = code else {
        return None;
    };
    // Nothing was skipped.
    (reply.len() == bytes.len()).then_some(())?;
    let most = if code == b"334" { 12_288 + 6 } else { 512 };
    let mut lines = bytes.split_inclusive(|&byte| byte == b'\n').peekable();
    while let Some(line) = lines.next() {
        (line.len() <= most).then_some(())?;
        let rest = line.strip_prefix(code)?.strip_suffix(b"\r\n")?;
        let text = match (rest, lines.peek()) {
            ([b'-', text @ ..], Some(_)) | ([b' ', text @ ..], None) => text,
            ([], None) => rest,
            _ => return None,
        };
        let allowed = |byte: &u8| matches!(byte, b'\t' | b' '..=b'~');
        text.iter().all(allowed).then_some(())?;
    }
    Some(())
}
