use std::io::Write;
use std::num::NonZeroU64;

use bzip2::write::BzEncoder;
use flate2::write::GzEncoder;
use flate2::{Compression, Crc};
use lzma_rust2::{CheckType, XzOptions, XzWriter};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

use super::*;

/// What could be read of a file, and how that ended.
fn read(octets: impl Into<Vec<u8>>) -> (Vec<u8>, io::Result<u64>) {
    rest(Input::unpack(
        Cursor::new(octets.into()),
        true,
        None,
        "scan",
    ))
}

fn rest(input: io::Result<Input>) -> (Vec<u8>, io::Result<u64>) {
    let mut input = match input {
        Ok(input) => input,
        Err(error) => return (Vec::new(), Err(error)),
    };
    let mut all = Vec::new();
    let result = io::copy(&mut input, &mut all);
    (all, result)
}

/// Why a file is not read at all.
fn refusal(octets: impl Into<Vec<u8>>) -> String {
    let (all, result) = read(octets);
    assert_eq!(all, b"");
    result.expect_err("not read").to_string()
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}

fn zstd(text: &[u8]) -> Vec<u8> {
    compress_to_vec(text, CompressionLevel::Fastest)
}

fn bzip2(text: &[u8]) -> Vec<u8> {
    let mut encoder = BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    encoder.write_all(text).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}

fn xz(text: &[u8]) -> Vec<u8> {
    xz_with(text, |_| {})
}

fn xz_with(text: &[u8], set: impl Fn(&mut XzOptions)) -> Vec<u8> {
    let mut options = XzOptions::with_preset(0);
    set(&mut options);
    let mut encoder = XzWriter::new(Vec::new(), options).expect("memory takes it");
    encoder.write_all(text).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}

type Pack = fn(&[u8]) -> Vec<u8>;

const PACKERS: [Pack; 4] = [gzip, zstd, xz, bzip2];

/// Octet of an xz file that has the size of the dictionary of the first block.
const DICTIONARY: usize = 16;

/// Changes an octet of the header of an xz file, or of its first block, and the checksums with it.
fn change_header(xz: &mut [u8], at: usize, octet: u8) {
    xz[at] = octet;
    for (from, end) in [(6, 8), (12, 20)] {
        let mut crc = Crc::new();
        crc.update(&xz[from..end]);
        xz[end..end + 4].copy_from_slice(&crc.sum().to_le_bytes());
    }
}

/// Gives one octet at a time, and is interrupted before each.
struct Slow(Cursor<Vec<u8>>, bool);

impl Read for Slow {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.1 = !self.1;
        match (self.1, buffer.len().min(1)) {
            (true, _) => Err(ErrorKind::Interrupted.into()),
            (false, count) => self.0.read(&mut buffer[..count]),
        }
    }
}

#[test]
fn each_form_is_read() {
    let text = b"550 5.1.1 no\n".repeat(20_000);
    for packed in PACKERS
        .map(|pack| pack(&text))
        .into_iter()
        .chain([text.clone()])
    {
        let (all, result) = read(packed);
        assert!(result.is_ok(), "{result:?}");
        assert!(all == text);
    }
}

#[test]
fn each_form_is_read_from_a_pipe_however_it_comes() {
    let text = (0..2_000)
        .map(|n| format!("{n} {}\n", n * n))
        .collect::<String>();
    let packed = PACKERS.map(|pack| pack(text.as_bytes()));
    for octets in packed.into_iter().chain([text.clone().into_bytes()]) {
        let slow = Slow(Cursor::new(octets), false);
        let mut input = Input::unpack(slow, false, None, "scan").expect("it is read");
        let mut all = Vec::new();
        // Nor is there much room for what is unpacked.
        let mut room = [0; 3];
        loop {
            match input.read(&mut room) {
                Ok(0) => break,
                Ok(count) => all.extend_from_slice(&room[..count]),
                Err(error) => assert_eq!(error.kind(), ErrorKind::Interrupted, "{error}"),
            }
        }
        assert!(all == text.as_bytes());
    }
}

#[test]
fn parts_that_follow_one_another_are_all_read() {
    for pack in PACKERS {
        let (all, result) = read([pack(b"one\n"), pack(b""), pack(b"two\n")].concat());
        assert!(result.is_ok(), "{result:?}");
        assert_eq!(all, b"one\ntwo\n");
    }
    // Streams of xz may have zeros between and behind them, four at a time.
    for (zeros, is_right) in [(4, true), (8, true), (3, false)] {
        let zeros = vec![0; zeros];
        let (all, result) = read([&xz(b"one\n")[..], &zeros, &xz(b"two\n"), &zeros].concat());
        assert_eq!(result.is_ok(), is_right, "{result:?}");
        assert!(all.starts_with(b"one\n"));
    }
    let text = b"550 5.1.1 no\n".repeat(5_000);
    let blocks = xz_with(&text, |options| {
        options.set_block_size(NonZeroU64::new(9_999))
    });
    assert!(read(blocks).0 == text);
}

#[test]
fn a_frame_without_content_is_passed_over() {
    let skippable = [&[0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0], &b"abc"[..]].concat();
    for octets in [
        [&skippable[..], &zstd(b"one\n")].concat(),
        [&zstd(b"one\n")[..], &skippable].concat(),
    ] {
        let (all, result) = read(octets);
        assert!(result.is_ok(), "{result:?}");
        assert_eq!(all, b"one\n");
    }
}

#[test]
fn what_is_cut_off_or_damaged_is_an_error_behind_what_could_be_read() {
    // Numbers without a pattern, so that half of the packed octets hold about half of them.
    let numbers = (0..40_000_u32).map(|n| n.wrapping_mul(0x9e37_79b1));
    let text = numbers.map(|n| format!("{n}\n")).collect::<String>();
    for pack in PACKERS {
        let whole = pack(text.as_bytes());
        let (all, result) = read(&whole[..whole.len() / 2]);
        let error = result.expect_err("it is cut off").to_string();
        assert!(error.contains("ends too early"), "{error}");
        assert!(all.len() > text.len() / 4 && text.as_bytes().starts_with(&all));
        let (all, result) = read(&whole[..whole.len() - 3]);
        let error = result.expect_err("its checksum is cut off").to_string();
        assert!(error.contains("ends too early"), "{error}");
        assert!(all.len() > text.len() * 9 / 10 && text.as_bytes().starts_with(&all));
        let mut damaged = whole.clone();
        damaged[whole.len() - 2] ^= 1;
        let (all, result) = read(damaged);
        let error = result.expect_err("its checksum is wrong").to_string();
        assert!(error.contains(" -t FILE'"), "{error}");
        assert!(all.len() > text.len() * 9 / 10 && text.as_bytes().starts_with(&all));
        let (all, result) = read([&whole[..], b"and no more of it"].concat());
        assert!(result.is_err(), "{result:?}");
        assert!(all == text.as_bytes());
    }
}

#[test]
fn each_check_of_xz_is_made() {
    use CheckType::{Crc32, Crc64, None, Sha256};
    for (check, size) in [(None, 0), (Crc32, 4), (Crc64, 8), (Sha256, 32)] {
        let mut packed = xz_with(b"550 no\n", |options| options.set_check_sum_type(check));
        let (all, result) = read(packed.clone());
        assert!(result.is_ok(), "{check:?}: {result:?}");
        assert_eq!(all, b"550 no\n");
        if size > 0 {
            // In front of the index, which has 8 octets here, and the end of the stream.
            let at = packed.len() - 12 - 8 - size;
            packed[at] ^= 1;
            let (all, result) = read(packed);
            assert!(result.is_err(), "{check:?}");
            assert_eq!(all, b"550 no\n");
        }
    }
    let mut packed = xz(b"550 no\n");
    change_header(&mut packed, 7, 2);
    let error = refusal(packed);
    assert!(
        error.contains("check") && error.contains("'xz -dc FILE | smtp-codes scan -'"),
        "{error}"
    );
}

#[test]
fn what_wants_too_much_memory_is_refused_and_that_is_said() {
    // As `xz -7`, `-8` and `-9` have it, and the largest there is.
    let sizes = [
        (24, None),
        (26, Some(" 32 MiB")),
        (28, Some(" 64 MiB")),
        (40, Some(" 4096 MiB")),
    ];
    for (size, expected) in sizes {
        let mut packed = xz(b"550 no\n");
        change_header(&mut packed, DICTIONARY, size);
        // Of the whole file, and of a part of it behind others.
        let (all, result) = read([xz(b"451\n"), packed.clone()].concat());
        let Some(expected) = expected else {
            assert!(result.is_ok(), "{result:?}");
            assert_eq!(all, b"451\n550 no\n");
            continue;
        };
        assert_eq!(all, b"451\n");
        for error in [result.expect_err("too large").to_string(), refusal(packed)] {
            assert!(error.contains(expected), "{error}");
            assert!(
                error.contains("'xz -dc FILE | smtp-codes scan -'"),
                "{error}"
            );
        }
    }
    // Headers of frames of zstd, and one empty last block: 16 MiB, 18 MiB, 256 MiB.
    let sizes = [
        (0x70, None),
        (
            0x71,
            Some(" 18 MiB; 16 MiB is the most); unpack it first: 'zstd -dc FILE "),
        ),
        (0x90, Some("'zstd -dc --long=31 FILE | smtp-codes scan -'")),
    ];
    for (size, expected) in sizes {
        let frame = [0x28, 0xb5, 0x2f, 0xfd, 0, size, 1, 0, 0];
        match expected {
            None => assert!(read(frame).1.is_ok()),
            Some(expected) => {
                let error = refusal(frame);
                assert!(error.contains(expected), "{error}");
            }
        }
    }
    let error = refusal([0x28, 0xb5, 0x2f, 0xfd, 1, 0x50, 7, 1, 0, 0]);
    assert!(
        error.contains("dictionary 7") && error.contains("-D DICTIONARY"),
        "{error}"
    );
}

#[test]
fn a_form_that_is_not_read_is_named_with_what_to_do() {
    for (octets, words) in [
        (
            &b"PK\x03\x04\x14\0\0\0"[..],
            "a zip archive 'unzip -p FILE |",
        ),
        (b"PK\x05\x06\0\0\0\0", "a zip archive 'unzip -p FILE |"),
        (b"PK\x07\x08PK\x03\x04", "a zip archive 'unzip -p FILE |"),
        (b"7z\xbc\xaf\x27\x1c\0\x04", "a 7z archive '7z x -so FILE |"),
        (b"Rar!\x1a\x07\x01\0", "a rar archive 'unrar p -inul FILE |"),
        (
            b"\x04\x22\x4d\x18\x64\x40",
            "packed with lz4 'lz4 -dc FILE |",
        ),
        (b"\x02\x21\x4c\x18\x10\0", "packed with lz4 'lz4 -dc FILE |"),
        (b"]\0\0\x80\0\xff", "packed with lzma 'xz -dc FILE |"),
        (b"LZIP\x01\x0c", "packed with lzip 'lzip -dc FILE |"),
        (b"\x89LZO\0\r\n\x1a\n", "packed with lzop 'lzop -dc FILE |"),
        (b"\x1f\x9d\x90abc", "packed with compress 'gzip -dc FILE |"),
    ] {
        let error = refusal(octets);
        let (what, unpack) = words.split_once(" '").expect("two parts");
        assert!(error.contains(what) && error.contains(unpack), "{error}");
        assert!(error.ends_with(" FILE | smtp-codes scan -'"), "{error}");
        // A pipe has no more octets than that at once.
        let pipe = Input::unpack(Cursor::new(octets), false, None, "scan");
        assert!(pipe.is_err(), "{octets:?}");
    }
}

/// One empty file in an archive, as far as it is looked at.
fn tar() -> Vec<u8> {
    let mut tar = vec![0; 1024];
    tar[..8].copy_from_slice(b"mail.log");
    tar[257..265].copy_from_slice(b"ustar  \0");
    tar
}

#[test]
fn a_tar_archive_is_named_also_where_it_is_packed() {
    for octets in PACKERS.map(|pack| pack(&tar())).into_iter().chain([tar()]) {
        let error = refusal(octets);
        assert!(error.contains("'tar -xf FILE'"), "{error}");
    }
    let text = [&[b'a'; 257][..], b"ustar is a word like any other\n"].concat();
    assert_eq!(read(text.clone()).0, text);
}

#[test]
fn what_is_packed_twice_is_named() {
    for (pack, program) in PACKERS.into_iter().zip(["gzip", "zstd", "xz", "bzip2"]) {
        for octets in PACKERS
            .map(|pack| pack(b"550\n"))
            .into_iter()
            .chain([b"PK\x03\x04\x14\0".to_vec()])
        {
            let error = refusal(pack(&octets));
            let unpack =
                format!("twice; unpack it first: '{program} -dc FILE | smtp-codes scan -'");
            assert!(error.contains(&unpack), "{error}");
        }
    }
}

#[test]
fn utf_16_is_named_also_where_it_is_packed() {
    for octets in [&b"\xff\xfe5\x005\x000\0"[..], b"\xfe\xff\x005\x005\x000"] {
        let error = refusal(octets);
        assert!(
            error.contains("'iconv -f UTF-16 -t UTF-8 FILE | smtp-codes scan -'"),
            "{error}"
        );
        let error = refusal(xz(octets));
        let convert = "'xz -dc FILE | iconv -f UTF-16 -t UTF-8 | smtp-codes scan -'";
        assert!(error.contains(convert), "{error}");
    }
}

#[test]
fn a_text_that_begins_like_a_packed_file_is_plain() {
    for octets in [
        &b""[..],
        b"a",
        b"\x1f",
        b"12345",
        b"BZh",
        b"BZh9",
        b"BZhello\n",
        b"BZh91AY",
        b"BZh91A said: 550 5.1.1 no\n",
        b"BZh01AY&SY said: 550 5.1.1 no\n",
        b"PK\n",
        b"7z of 550 5.1.1\n",
    ] {
        for is_file in [false, true] {
            let (all, result) = rest(Input::unpack(Cursor::new(octets), is_file, None, "scan"));
            assert!(result.is_ok(), "{result:?}");
            assert_eq!(all, octets);
        }
    }
}

#[test]
fn no_more_is_waited_for_than_a_packing_needs() {
    for octets in [&b"550 no"[..], b"BZhel\n", b"BZh91Apple"] {
        // A terminal where nobody types any more.
        let wait = Failing(Some(io::Error::other("it waits")));
        let mut input = Input::unpack(octets.chain(wait), false, None, "scan").expect("it is open");
        let mut all = vec![0; octets.len()];
        input.read_exact(&mut all).expect("they are there");
        assert_eq!(all, octets);
    }
}

#[test]
fn no_octets_are_too_odd_for_a_decoder() {
    let text = (0..600)
        .map(|n| format!("{n} 550 5.1.{} no\n", n * n))
        .collect::<String>();
    // A generator of Marsaglia: the same numbers each time.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut below = |end: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 16) as usize % end
    };
    for pack in PACKERS {
        let whole = pack(text.as_bytes());
        let mut failures = 0;
        for _ in 0..400 {
            let mut octets = whole.clone();
            for _ in 0..=below(4) {
                // Half of the changes are made where the headers are.
                let end = [octets.len().min(40), octets.len()][below(2)];
                let at = below(end);
                match below(4) {
                    0 => octets[at] ^= 1 << below(8),
                    1 => octets[at] = below(256) as u8,
                    2 => octets.truncate(at + 1),
                    _ => octets.copy_within(at.., at / 2),
                }
            }
            // Without the right checksum nobody looks at the header of a block of xz.
            if octets.len() > 24 && octets.starts_with(&[0xfd, b'7', b'z']) {
                let dictionary = octets[DICTIONARY];
                change_header(&mut octets, DICTIONARY, dictionary);
            }
            // An endless loop, or one that makes more and more, would be met here.
            let (all, result) = read(octets);
            assert!(all.len() < 1 << 26);
            failures += usize::from(result.is_err());
        }
        assert!(failures > 200, "{failures}");
    }
}
