use std::str;

use codes_core::{EnhancedCode, Reply, ReplyCode, ReplyWriter, WriteErrorKind};

/// What is written is read back, strictly right, as what it was; what is refused has a reason.
///
/// The first line of the data is `CODE ENHANCED FLAGS`: an enhanced code or `-`, then `u` for UTF-8
/// and `l` for lines that are given instead of free text. The rest is the text.
pub fn write(data: &[u8]) {
    let Ok(data) = str::from_utf8(data) else {
        return;
    };
    let Some((head, text)) = data.split_once('\n') else {
        return;
    };
    let mut words = head.split(' ');
    let Some(Ok(code)) = words.next().map(str::parse::<ReplyCode>) else {
        return;
    };
    let enhanced = words.next().and_then(|word| word.parse().ok());
    let flags = words.next().unwrap_or_default();
    let lines: Vec<&str> = text.split('\n').collect();
    let given = flags.contains('l');
    let mut writer = match given {
        true => ReplyWriter::lines(code, &lines),
        false => ReplyWriter::new(code, text),
    };
    writer = writer.enhanced(enhanced);
    if flags.contains('u') {
        writer = writer.utf8();
    }

    let mut written = String::new();
    let error = writer.write_to(&mut written).err();
    assert_eq!(writer.check().err(), error);
    assert_eq!(writer.encoded_len().err(), error);
    match error {
        None => {
            in_a_slice(&writer, &written);
            let reply = read_back(&written, code, enhanced);
            assert!(reply.is_strict_utf8(), "{reply:?}");
            assert!(flags.contains('u') || reply.is_strict(), "{reply:?}");
            let messages: Vec<_> = reply
                .lines()
                .map(|line| line.message().to_string())
                .collect();
            match given {
                true => assert_eq!(messages, lines),
                false => assert_eq!(messages.join(" "), text),
            }
        }
        Some(error) => {
            assert!(written.is_empty(), "nothing is written before an error");
            assert!(!error.to_string().is_empty());
            let place = match error.line() {
                Some(line) => lines.get(line).copied(),
                None => Some(text),
            };
            let length = place.expect("a line that was given").len();
            assert!(
                error.offset().is_none_or(|offset| offset <= length),
                "{error}"
            );
            let may_be_refused = matches!(
                error.kind(),
                WriteErrorKind::UnsentCode
                    | WriteErrorKind::UnusualCode
                    | WriteErrorKind::NotBase64
            );
            assert!(may_be_refused || !harmless(text, enhanced), "{error}");
        }
    }
}

fn in_a_slice(writer: &ReplyWriter<'_>, written: &str) {
    assert_eq!(writer.encoded_len(), Ok(written.len()));
    let mut buf = vec![0; written.len() + 1];
    assert_eq!(writer.write_to_slice(&mut buf), Ok(written.len()));
    assert_eq!(&buf[..written.len()], written.as_bytes());
    let error = writer.write_to_slice(&mut buf[..written.len() - 1]);
    let needed = written.len();
    let kind = error.expect_err("one octet too short").kind();
    assert_eq!(kind, WriteErrorKind::BufferTooSmall { needed });
}

fn read_back(written: &str, code: ReplyCode, enhanced: Option<EnhancedCode>) -> Reply<'_> {
    let reply = Reply::parse(written.as_bytes());
    let reply = reply.expect("a reply").expect("complete");
    assert_eq!(reply.len(), written.len());
    assert_eq!(reply.as_bytes(), written.as_bytes());
    assert_eq!(
        [reply.code(), reply.first_code(), reply.worst_code()],
        [code; 3]
    );
    assert_eq!(reply.enhanced(), enhanced);
    reply
}

/// Whether there is nothing in a text or in the lack of an enhanced code that could be refused.
fn harmless(text: &str, enhanced: Option<EnhancedCode>) -> bool {
    let harmless = |byte: u8| matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b' ' | b'\t');
    enhanced.is_none() && text.len() < 500 && text.bytes().all(harmless)
}
