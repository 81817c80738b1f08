#!/usr/bin/env bash
# What printing and comparing reply codes adds to a stripped release binary, and how many of the
# descriptions and remarks in the data file are in it.
#
#   bench/size.sh [OPT-LEVEL]
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mkdir -p "$work/src/bin"
cp "$root/Cargo.lock" "$root/codes-core/examples/acme-codes.toml" "$work"
cat > "$work/Cargo.toml" <<TOML
[package]
name = "size"
version = "0.0.0"
edition = "2024"

[dependencies]
codes-core = { path = "$root/codes-core" }

[profile.release]
strip = true
opt-level = ${1:-3}

[workspace]
TOML

names=()
program() { # NAME TITLE: a program that does what stands on the input
    names+=("$1:$2")
    {
        printf '#![allow(unused_imports)]\nuse codes_core::*;\n\n'
        printf 'mod acme {\n    codes_core::smtp_codes!("acme-codes.toml");\n}\n\n'
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
program relation 'compare(Smtp354, Smtp521).relation()' <<< 'println!("{}", compare(Smtp354, Smtp521).relation());'
program remark 'compare(Smtp450, Smtp550).remark()' <<< 'println!("{:?}", compare(Smtp450, Smtp550).remark());'
program advice 'Situation::new(Smtp450).at(RCPT).advice()' <<< 'println!("{}", Situation::new(Smtp450).at(Command::RCPT).advice());'
program private 'println!("{}", compare(acme::Smtp559, Smtp550))' <<< 'println!("{}", compare(acme::Smtp559, Smtp550));'
program any-two 'println!("{}", compare(any, any))' <<< 'println!("{}", compare(any(353), any(520)));'

export CARGO_TARGET_DIR="$work/target"
(cd "$work" && cargo build --release --quiet)

# The beginning of each text, which no folding of lines has changed.
beginnings() { # KEY
    awk -v key="$1 = \"\"\"" 'index($0, key) == 1 { getline; print substr($0, 1, 40) }' "$root/smtp-codes-data.toml"
}
beginnings description > "$work/descriptions"
beginnings remark > "$work/remarks"

count() { # FILE BINARY: how many lines of the file are in the binary
    local found=0 text
    while IFS= read -r text; do
        if grep -qaF -e "$text" "$2"; then
            found=$((found + 1))
        fi
    done < "$1"
    echo "$found"
}

rustc --version
printf '%-48s %9s %9s %18s %13s\n' "stripped release binary, opt-level ${1:-3}" bytes more \
    "descriptions of $(wc -l < "$work/descriptions")" "remarks of $(wc -l < "$work/remarks")"
hello=$(wc -c < "$CARGO_TARGET_DIR/release/hello")
for entry in "${names[@]}"; do
    binary="$CARGO_TARGET_DIR/release/${entry%%:*}"
    bytes=$(wc -c < "$binary")
    printf '%-48s %9d %9d %18d %13d\n' "${entry#*:}" "$bytes" "$((bytes - hello))" \
        "$(count "$work/descriptions" "$binary")" "$(count "$work/remarks" "$binary")"
done
