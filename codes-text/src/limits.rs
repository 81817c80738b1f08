//! How far is looked around a place: so far that what servers and mail programs write is seen, and no
//! farther, so that the time grows with the length of a text whatever is in it.
//!
//! All are octets unless something else is said. With the cfg `small_limits` they are so small that a
//! random text of some dozen octets meets each of them; the fuzz targets are built so.

macro_rules! limits {
    ($($(#[doc = $reason:literal])+ $name:ident = $octets:literal, small $small:literal;)+) => {
        $($(#[doc = $reason])+
        pub(crate) const $name: usize = if cfg!(small_limits) { $small } else { $octets };)+

        /// Each of them, for tests that lay something across it.
        #[cfg(test)]
        pub(crate) const ALL: &[usize] = &[$($name),+];
    };
}

limits! {
    /// Before a number or behind it, for words that say it was expected: a list of all codes that one could.
    EXPECTED = 96, small 40;
    /// The words of a reply: 32 lines as long as they may be (RFC 5321 section 4.5.3.1.5). What is longer
    /// is no reply, but a text without line ends.
    WORDS = 16_384, small 64;
    /// The words where replies stand so close to each other that each octet would be looked at many times:
    /// enough for a line of a person's width three times over.
    CRAMMED_WORDS = 256, small 32;
    /// What a line of a log has before a reply: two addresses of 256 octets (RFC 5321 section 4.5.3.1.3),
    /// each perhaps with a backslash before every octet, a host and the fields between.
    HEAD = 2048, small 48;
    /// The same where replies are crammed.
    CRAMMED_HEAD = 256, small 32;
    /// What a line has behind a reply: the addresses of sender and recipient, and a name (255 octets, RFC
    /// 1035 section 2.3.4).
    TAIL = 1024, small 40;
    /// The same where replies are crammed.
    CRAMMED_TAIL = 64, small 16;
    /// What replies may have looked at beside themselves before they count as crammed, besides 8 times what
    /// was read: one long reply alone never does.
    CREDIT = 65_536, small 64;
    /// The words that lead to a reply: a host (255 octets), a command with an address (256) and the
    /// sentence around them.
    LEAD = 600, small 48;
    /// The lines before one that it may belong to, such as those that Exim and qmail fold a failure into.
    BLOCK = 4096, small 64;
    /// Spaces and folds that are gone over at once: some programs fill a column of 80 with them.
    SPACES = 96, small 16;
    /// Behind `in reply to `, for the name of a command and the folds in it.
    IN_REPLY_TO = 96, small 24;
    /// Between a reply and a field of its line that tells it again: a `stat=` or a value of JSON.
    BESIDE = 1024, small 40;
    /// Behind a code that ends its sentence, for the whole reply: a paragraph.
    AGAIN = 1024, small 40;
    /// Behind a line that a mail program may have broken, for the same codes again: a paragraph.
    WRAPPED = 1024, small 64;
    /// What a program puts before each line of a reply: a time, a name and a server, as msmtp does.
    PREFIX = 120, small 24;
    /// Spaces and marks of quoted mail or of a transcript before the content of a line: a line of a
    /// terminal.
    INDENT = 80, small 20;
    /// A line that a client sent: the longest command (RFC 5321 section 4.5.3.1.4), and twice that with
    /// extensions.
    CLIENT_LINE = 1024, small 48;
    /// The same in the fold of a line, without extensions.
    FOLDED_COMMAND = 512, small 32;
    /// A recipient before a paragraph of a bounce: an address of 320 octets with what encloses it.
    RECIPIENT = 400, small 32;
    /// The program that wrote a line: a time, a name of a host as it is in logs, and the program.
    PROGRAM = 160, small 48;
    /// The same, to tell whether a line is about the mail itself.
    PROGRAM_OF_MAIL = 200, small 48;
    /// `delivery 17: failure:` of qmail, behind two times.
    DELIVERY = 120, small 40;
    /// A container or a file that stands before a time.
    LABEL = 80, small 20;
    /// The name of a host (RFC 1035 section 2.3.4).
    HOST_NAME = 255, small 24;
    /// What stands between the brackets behind it: an address of IPv6 with its tag, or the path of a
    /// socket, which is the longest (`sun_path` of Linux).
    BRACKETS = 108, small 24;
    /// Fields of JSON or `key=value` behind a code: the words, and what stands between.
    FIELDS_BEHIND = 1024, small 48;
    /// The fields of a report about one recipient.
    REPORT = 16_384, small 64;
    /// Before ` said:` in the diagnostic code of Postfix: a host and what it was asked.
    BEFORE_SAID = 400, small 32;
    /// Before a place that strangers may have written: as much as the head of a line.
    STRANGERS_HEAD = 2048, small 48;
    /// Behind it, for what closes an address or a name: an address, each octet with a backslash.
    STRANGERS_TAIL = 512, small 32;
    /// The value of a field that strangers may have chosen, in quotation marks.
    STRANGERS_VALUE = 512, small 32;
    /// A sentence of qmail before `Remote host said:`, with a host in it.
    QMAIL_SENTENCE = 300, small 40;
    /// Before `status=`, for the same field: as much as the head of a line.
    FIELD_AGAIN = 2048, small 48;
    /// Before an opening bracket, for `status=` and its word.
    FIELD = 64, small 20;
}

/// How far is looked around a reply.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reach {
    /// Of its words, and of what may belong to them.
    pub(crate) words: usize,
    /// From the beginning of its line, for fields of a log.
    pub(crate) head: usize,
    /// Behind it, for the same.
    pub(crate) tail: usize,
}

/// How often each octet is looked at for replies beside it on an average, before the reach is made
/// smaller.
const OFTEN: usize = 8;

impl Reach {
    /// That of a reply at a place, by the octets around the replies before it that were looked at.
    pub(crate) const fn of(looked_at: usize, at: usize) -> Self {
        if looked_at > CREDIT + OFTEN * at {
            Self {
                words: CRAMMED_WORDS,
                head: CRAMMED_HEAD,
                tail: CRAMMED_TAIL,
            }
        } else {
            Self {
                words: WORDS,
                head: HEAD,
                tail: TAIL,
            }
        }
    }
}
