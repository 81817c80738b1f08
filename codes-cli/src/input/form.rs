//! What a file is, told by its first octets and never by its name.

/// How an input is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Plain,
    Packed(Packing),
    /// Recognised in order to say what to do: what it is, and the command that unpacks it to its
    /// standard output.
    Foreign(&'static str, &'static str),
    Tar,
    Utf16,
}

/// A packing that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    Gzip,
    Zstd,
    Xz,
    Bzip2,
}

impl Packing {
    /// The program that people know it by.
    pub(super) const fn program(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
            Self::Xz => "xz",
            Self::Bzip2 => "bzip2",
        }
    }
}

/// Octets from which any packing is known, but for bzip2.
pub(super) const MAGIC: usize = 6;
/// Octets from which bzip2 is known.
const BZIP2_MAGIC: usize = 10;
/// Behind `BZh` and the level: the beginning of a block, or the end where there is none.
const BZIP2_BLOCKS: [[u8; 6]; 2] = [
    [0x31, 0x41, 0x59, 0x26, 0x53, 0x59],
    [0x17, 0x72, 0x45, 0x38, 0x50, 0x90],
];
/// Behind one octet from 0x50 to 0x5f: a frame of zstd that holds nothing of the file.
const SKIPPABLE: &[u8] = &[0x2a, 0x4d, 0x18];
const PACKINGS: [(&[u8], Packing); 3] = [
    (&[0x1f, 0x8b], Packing::Gzip),
    (&[0x28, 0xb5, 0x2f, 0xfd], Packing::Zstd),
    (&[0xfd, b'7', b'z', b'X', b'Z', 0], Packing::Xz),
];
const FOREIGN: [(&[u8], &str, &str); 11] = [
    (b"PK\x03\x04", "a zip archive", "unzip -p"),
    // Without a file in it.
    (b"PK\x05\x06", "a zip archive", "unzip -p"),
    // The first of several parts, or the only one of what was meant to have several.
    (b"PK\x07\x08", "a zip archive", "unzip -p"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "7z x -so"),
    (b"Rar!\x1a\x07", "a rar archive", "unrar p -inul"),
    (b"\x04\x22\x4d\x18", "packed with lz4", "lz4 -dc"),
    (b"\x02\x21\x4c\x18", "packed with lz4", "lz4 -dc"),
    // What came before xz has no magic; this is the usual first octet, and a dictionary of whole 64 KiB.
    (b"]\0\0", "packed with lzma", "xz -dc"),
    (b"LZIP\x01", "packed with lzip", "lzip -dc"),
    (b"\x89LZO\0\r", "packed with lzop", "lzop -dc"),
    (b"\x1f\x9d", "packed with compress", "gzip -dc"),
];
/// The magic of a tar archive since POSIX.1-1988.
const TAR: &[u8] = b"ustar";
const TAR_AT: usize = 257;

/// What the first octets say; a tar archive needs some hundred of them.
pub(super) fn form(head: &[u8]) -> Form {
    let packing = PACKINGS.iter().find(|(magic, _)| head.starts_with(magic));
    if let Some((_, packing)) = packing {
        return Form::Packed(*packing);
    }
    if matches!(head, [0x50..=0x5f, rest @ ..] if rest.starts_with(SKIPPABLE)) {
        return Form::Packed(Packing::Zstd);
    }
    if begins_bzip2(head) && head.len() >= BZIP2_MAGIC {
        return Form::Packed(Packing::Bzip2);
    }
    if let Some((_, what, unpack)) = FOREIGN.iter().find(|(magic, ..)| head.starts_with(magic)) {
        return Form::Foreign(what, unpack);
    }
    // The byte order mark, with a character of ASCII behind.
    if matches!(
        head,
        [0xff, 0xfe, 1..=0xff, 0, ..] | [0xfe, 0xff, 0, 1..=0xff, ..]
    ) {
        return Form::Utf16;
    }
    // A text has no NUL, but a name of a file ends with one.
    if head.get(TAR_AT..).is_some_and(|rest| rest.starts_with(TAR)) && head[..TAR_AT].contains(&0) {
        return Form::Tar;
    }
    Form::Plain
}

/// How many more octets it takes to tell a packing.
pub(super) fn lacking(head: &[u8]) -> usize {
    let enough = match begins_bzip2(head) {
        true => BZIP2_MAGIC,
        false => MAGIC,
    };
    enough.saturating_sub(head.len())
}

/// Whether the octets agree with bzip2 as far as they go: `BZh` alone may as well begin a text.
fn begins_bzip2(head: &[u8]) -> bool {
    let [b'B', b'Z', b'h', b'1'..=b'9', blocks @ ..] = head else {
        return false;
    };
    let blocks = &blocks[..blocks.len().min(BZIP2_BLOCKS[0].len())];
    BZIP2_BLOCKS.iter().any(|magic| magic.starts_with(blocks))
}
