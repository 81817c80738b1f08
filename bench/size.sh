#!/usr/bin/env bash
# What printing reply codes adds to a stripped release binary, and how many of the descriptions in
# the data file are in it.
#
#   bench/size.sh
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mkdir -p "$work/src/bin"
cp "$root/Cargo.lock" "$work"
cat > "$work/Cargo.toml" <<TOML
[package]
name = "size"
version = "0.0.0"
edition = "2024"

[dependencies]
codes-core = { path = "$root/codes-core" }

[profile.release]
strip = true

[workspace]
TOML

names=()
program() { # NAME TITLE: a program that does what stands on the input
    names+=("$1:$2")
    {
        printf '#![allow(unused_imports)]\nuse codes_core::*;\n\n'
        # A number that the compiler cannot know.
        printf '#[allow(dead_code)]\nfn any(from: u16) -> ReplyCode {\n'
        printf '    let more = std::env::args().count() as u16;\n'
        printf '    ReplyCode::new(from + more).unwrap_or(Smtp354.code())\n}\n\nfn main() {\n'
        cat
        printf '}\n'
    } > "$work/src/bin/$1.rs"
}

program hello 'println!("Hello, world!")' <<< 'println!("Hello, world!");'
program one 'println!("{Smtp354}")' <<< 'println!("{Smtp354}");'
program long 'println!("{Smtp354:#}")' <<< 'println!("{Smtp354:#}");'
program description 'println!("{}", Smtp354.description())' <<< 'println!("{}", Smtp354.description());'
program baseline 'println!("{}", any.get())' <<< 'println!("{}", any(353).get());'
program number 'println!("{any}")' <<< 'println!("{}", any(353));'
program both 'println!("{}", compare(Smtp354, Smtp521))' <<< 'println!("{}", compare(Smtp354, Smtp521));'
program any-two 'println!("{}", compare(any, any))' <<< 'println!("{}", compare(any(353), any(520)));'

export CARGO_TARGET_DIR="$work/target"
(cd "$work" && cargo build --release --quiet)

# The beginning of each description, which no folding of lines has changed.
awk '/^description = """/ { getline; print substr($0, 1, 40) }' "$root/smtp-codes-data.toml" > "$work/descriptions"

rustc --version
printf '%-42s %9s %9s  %s\n' 'stripped release binary' bytes more "descriptions of $(wc -l < "$work/descriptions")"
hello=$(wc -c < "$CARGO_TARGET_DIR/release/hello")
for entry in "${names[@]}"; do
    binary="$CARGO_TARGET_DIR/release/${entry%%:*}"
    bytes=$(wc -c < "$binary")
    found=0
    while IFS= read -r text; do
        if grep -qaF -e "$text" "$binary"; then
            found=$((found + 1))
        fi
    done < "$work/descriptions"
    printf '%-42s %9d %9d  %d\n' "${entry#*:}" "$bytes" "$((bytes - hello))" "$found"
done
