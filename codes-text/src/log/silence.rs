//! Why there was no reply, in the words of the mail systems.

use super::NoReply;
use crate::window::Part;

/// Words and what they tell, by their first letter; small letters, spaces for the underscores of
/// qmail. The one that stands first in a text decides.
const fn phrases(first: u8) -> &'static [(&'static [u8], NoReply)] {
    use NoReply::{
        ConnectionLost, Dns, Local, NotTried, Refused, TimedOut, Tls, UnknownRecipient,
        Unreachable, Unrouteable,
    };
    match first {
        b'a' => &[
            (b"address family not supported", Unreachable),
            (b"alias", Local),
            (b"an mx or srv record", Dns),
        ],
        b'b' => &[
            (b"broken pipe", ConnectionLost),
            (b"bounce or trace", Local),
        ],
        b'c' => &[
            (b"connection refused", Refused),
            (b"connection timed out", TimedOut),
            (b"connection reset", ConnectionLost),
            (b"connection died", ConnectionLost),
            (b"connection lost", ConnectionLost),
            (b"connection closed", ConnectionLost),
            (b"closed connection", ConnectionLost),
            (b"closed the connection", ConnectionLost),
            (b"certificate", Tls),
            (b"cname lookup", Dns),
            (b"couldn't find any host", Dns),
            (b"couldn't find a mail exchanger", Dns),
            (b"could not resolve", Dns),
            (b"command died", Local),
            (b"command output", Local),
            (b"command time limit", Local),
            (b"can't create", Local),
            (b"cannot create", Local),
            (b"cannot open", Local),
            (b"cannot update", Local),
            (b"child process", Local),
        ],
        b'd' => &[
            (b"does not accept mail", Dns),
            (b"domain not found", Dns),
            (b"dns", Dns),
            (b"dane", Tls),
            (b"disk", Local),
        ],
        b'f' => &[
            (b"file too", Local),
            (b"failed to create", Local),
            (b"failed to open", Local),
        ],
        b'h' => &[
            (b"host or domain name not found", Dns),
            (b"host not found", Dns),
            (b"host unknown", Dns),
            (b"host lookup", Dns),
            (b"host name lookup", Dns),
            (b"hostname lookup", Dns),
            (b"host is unreachable", Unreachable),
            (b"host unreachable", Unreachable),
            (b"host is down", Unreachable),
            (b"handshake", Tls),
        ],
        b'i' => &[(b"internal error", Local), (b"insufficient disk", Local)],
        b'l' => &[
            (b"lost connection", ConnectionLost),
            (b"loops back", Local),
            (b"loop", Local),
            (b"lowest numbered mx", Local),
            (b"local configuration", Local),
        ],
        b'm' => &[
            (b"mx lookup", Dns),
            (b"mx records", Dns),
            (b"malformed dns", Dns),
            (b"mta-sts", Tls),
            (b"mail transport unavailable", Local),
            (b"mail forwarding loop", Local),
            (b"mailbox", Local),
            (b"maildir", Local),
        ],
        b'n' => &[
            (b"name service error", Dns),
            (b"name server", Dns),
            (b"name or service not known", Dns),
            (b"no such domain", Dns),
            (b"no mx", Dns),
            (b"no valid mx", Dns),
            (b"null mx", Dns),
            (b"nullmx", Dns),
            (b"no route to host", Unreachable),
            (b"network is unreachable", Unreachable),
            (b"network unreachable", Unreachable),
            (b"network is down", Unreachable),
            (b"no space left", Local),
            (b"no mailbox here", UnknownRecipient),
        ],
        b'o' => &[(b"over quota", Local), (b"out of memory", Local)],
        b'p' => &[
            (b"premature end", ConnectionLost),
            (b"permission denied", Local),
        ],
        b'q' => &[(b"quota", Local), (b"queue file", Local)],
        b'r' => &[
            (b"remote host closed", ConnectionLost),
            (b"read error", ConnectionLost),
            (b"recipient unknown", UnknownRecipient),
            (b"retry time not reached", NotTried),
        ],
        b's' => &[
            (b"starttls", Tls),
            (b"ssl", Tls),
            (b"server certificate", Tls),
            (b"system resources", Local),
        ],
        b't' => &[
            (b"tls", Tls),
            (b"timed out", TimedOut),
            (b"timeout", TimedOut),
            (b"time limit", TimedOut),
            (b"too many hops", Local),
            (b"too many levels", Local),
        ],
        b'u' => &[
            (b"unrouteable", Unrouteable),
            (b"unroutable", Unrouteable),
            (b"unable to look up host", Dns),
            (b"unable to find host", Dns),
            (b"unknown host", Dns),
            (b"unable to look up", Local),
            (b"unable to create", Local),
            (b"unable to open", Local),
            (b"unknown mail transport", Local),
            (b"unknown user", UnknownRecipient),
            (b"user unknown", UnknownRecipient),
            (b"user doesn't exist", UnknownRecipient),
        ],
        b'w' => &[(b"write error", ConnectionLost)],
        _ => &[],
    }
}

/// What a text says that tells of a failure without a reply.
pub(super) fn reason(text: &[u8]) -> NoReply {
    let mut is_inside = false;
    for (at, byte) in text.iter().enumerate() {
        let was_inside = is_inside;
        is_inside = byte.is_ascii_alphanumeric();
        if was_inside || !is_inside {
            continue;
        }
        let found = phrases(byte.to_ascii_lowercase())
            .iter()
            .find(|(phrase, _)| begins_with(text.part(at..), phrase));
        if let Some((_, reason)) = found {
            return *reason;
        }
    }
    NoReply::Other
}

/// Whether a text begins with words, in small or capital letters, with underscores or spaces.
fn begins_with(text: &[u8], words: &[u8]) -> bool {
    let same = |(found, word): (&u8, &u8)| {
        found.to_ascii_lowercase() == *word || (*found == b'_' && *word == b' ')
    };
    text.len() >= words.len()
        && text.iter().zip(words).all(same)
        && !text.get(words.len()).is_some_and(u8::is_ascii_alphanumeric)
}
