use codes_core::{Deviations, Limits, Reply, ReplyCode, ReplyErrorKind, ReplyReader, StreamEnd};

/// However octets are split, a reader makes the same of them.
///
/// Short inputs are cut once at every place, longer ones into a few kinds of pieces, all of them into
/// single octets; with the usual limits and with narrow ones.
pub fn reader(data: &[u8]) {
    const NARROW: Limits = Limits {
        line: 40,
        lines: 3,
        reply: 90,
    };
    for limits in [Limits::DEFAULT, NARROW] {
        let whole = events(data, &[data.len()], limits);
        if limits == Limits::DEFAULT {
            as_parsed(data, &whole);
        }
        let singly: Vec<usize> = (1..=data.len()).collect();
        assert_eq!(events(data, &singly, limits), whole, "in single octets");
        if data.len() <= 96 {
            for cut in 1..data.len() {
                let split = events(data, &[cut, data.len()], limits);
                assert_eq!(split, whole, "cut at {cut}");
            }
        }
        for size in [2, 3, 7, 64] {
            let mut ends: Vec<usize> = (0..data.len()).step_by(size).skip(1).collect();
            ends.push(data.len());
            assert_eq!(events(data, &ends, limits), whole, "in pieces of {size}");
        }
    }
}

/// What a reader said, with places in the whole input.
#[derive(Debug, PartialEq, Eq)]
enum Event<'a> {
    Reply(usize, Said<'a>),
    Error(usize, ReplyErrorKind),
    Skipped(usize),
    Truncated(Option<Said<'a>>),
    Clean,
}

#[derive(Debug, PartialEq, Eq)]
struct Said<'a> {
    bytes: &'a [u8],
    codes: [ReplyCode; 3],
    enhanced: Option<String>,
    deviations: Deviations,
}

impl<'a> From<Reply<'a>> for Said<'a> {
    fn from(reply: Reply<'a>) -> Self {
        Self {
            bytes: reply.as_bytes(),
            codes: [reply.first_code(), reply.code(), reply.worst_code()],
            enhanced: reply.enhanced().map(|code| code.to_string()),
            deviations: reply.deviations(),
        }
    }
}

fn events<'a>(data: &'a [u8], ends: &[usize], limits: Limits) -> Vec<Event<'a>> {
    let mut reader = ReplyReader::with_limits(limits);
    let mut events = Vec::new();
    let mut at = 0;
    let mut bad_line = false;
    for &end in ends {
        loop {
            let buf = &data[at..end];
            if bad_line {
                let skipped = reader.skip_line(buf);
                at += skipped.len();
                if !skipped.is_complete() {
                    assert_eq!(at, end);
                    break;
                }
                bad_line = false;
                events.push(Event::Skipped(at));
                continue;
            }
            match reader.read(buf) {
                Ok(None) => break,
                Ok(Some(reply)) => {
                    assert!(reply.len() > 0);
                    at += reply.len();
                    events.push(Event::Reply(at, reply.into()));
                }
                Err(error) => {
                    assert!(error.offset() <= buf.len());
                    assert_eq!(reader.read(buf), Err(error), "the error stays");
                    events.push(Event::Error(at + error.offset(), error.kind()));
                    bad_line = true;
                }
            }
        }
    }
    if !bad_line {
        events.push(match reader.finish(&data[at..]).expect("read before") {
            StreamEnd::Clean => Event::Clean,
            StreamEnd::Truncated(rest) => Event::Truncated(rest.known().map(Said::from)),
            StreamEnd::Reply(_) => panic!("a reply was left over"),
        });
    }
    events
}

/// `Reply::parse` finds the same first reply or error.
fn as_parsed(data: &[u8], whole: &[Event<'_>]) {
    match (Reply::parse(data), whole.first()) {
        (Ok(Some(reply)), Some(Event::Reply(end, said))) => {
            assert_eq!((reply.len(), &Said::from(reply)), (*end, said));
        }
        (Ok(None), Some(Event::Truncated(_) | Event::Clean)) => {}
        (Err(error), Some(Event::Error(at, kind))) => {
            assert_eq!((error.offset(), error.kind()), (*at, *kind));
        }
        (parsed, read) => panic!("{parsed:?} and {read:?}"),
    }
}
