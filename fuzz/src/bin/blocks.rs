#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| codes_fuzz::blocks(data));
