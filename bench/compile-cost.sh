#!/usr/bin/env bash
# What codes-core costs to compile, in CPU seconds (user and system) of a cold debug build:
#   - against a macro crate that does nothing, with the same dependencies;
#   - with the table filled up to 380 and to 760 codes.
# Prints the median of several runs, as ratios are what holds on another machine.
#
#   bench/compile-cost.sh [RUNS]        5 runs unless told
set -euo pipefail

runs=${1:-5}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A wrapper that keeps what was built would make a cold build warm.
unset RUSTC_WRAPPER CARGO_BUILD_RUSTC_WRAPPER CARGO_TARGET_DIR
export CARGO_TERM_PROGRESS_WHEN=never

copy_workspace() { # FOLDER: the three crates as a workspace of their own
    mkdir -p "$1"
    cp -R "$root/codes-data" "$root/codes-macros" "$root/codes-core" "$root/smtp-codes-data.toml" "$root/Cargo.lock" "$1"
    sed -e 's/^members = .*/members = ["codes-data", "codes-macros", "codes-core"]/' -e '/^default-members/d' \
        -e '/^exclude/d' "$root/Cargo.toml" > "$1/Cargo.toml"
}

make_nothing() { # FOLDER: an empty library that uses a macro crate that does nothing
    mkdir -p "$1/src" "$1/nothing/src"
    cp "$root/Cargo.lock" "$1"
    printf '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2024"\n\n' > "$1/Cargo.toml"
    printf '[dependencies]\nnothing = { path = "nothing" }\n\n[workspace]\n' >> "$1/Cargo.toml"
    echo 'pub use nothing::nothing;' > "$1/src/lib.rs"
    {
        printf '[package]\nname = "nothing"\nversion = "0.0.0"\nedition = "2024"\n\n'
        printf '[lib]\nproc-macro = true\n\n'
        printf '[dependencies]\n'
        # The lines of both that name a version: codes-data is not among them.
        sed -n '/^\[dependencies\]/,/^$/{/version =/p}' "$root"/codes-{data,macros}/Cargo.toml
    } > "$1/nothing/Cargo.toml"
    cat > "$1/nothing/src/lib.rs" <<'RUST'
#[proc_macro]
pub fn nothing(_: proc_macro::TokenStream) -> proc_macro::TokenStream {
    proc_macro::TokenStream::new()
}
RUST
}

# Fills the table with copies of its entries under numbers that are free, rows of commands included.
fill_table() { # COUNT < DATA
    awk -v count="$1" '
        { lines[NR] = $0 }
        /^\[\[/ { table = $0 }
        table == "[[reply]]" && /^code = / { codes[++known] = $3; taken[$3] = 1 }
        END {
            number = 999
            for (made = known; made < count; made++) {
                while (number in taken) number--
                taken[number] = 1
                from = codes[made % known + 1]
                copies[from] = copies[from] " " number
            }
            for (at = 1; at <= NR; at++) {
                print lines[at]
                if (match(lines[at], /^    \{ code = [0-9]+,/)) {
                    from = substr(lines[at], 14, 3)
                    for (copy = split(copies[from], new, " "); copy > 0; copy--) print row(lines[at], new[copy])
                }
            }
            table = ""
            for (at = 1; at <= NR; at++) {
                if (lines[at] ~ /^\[\[/ || lines[at] ~ /^# ---/) table = lines[at]
                if (lines[at] == "[[reply]]") {
                    split(lines[at + 1], words, " ")
                    from = words[3]
                }
                if (table == "[[reply]]") entry[from] = entry[from] lines[at] "\n"
            }
            for (from in copies) {
                for (copy = split(copies[from], new, " "); copy > 0; copy--) print reply(entry[from], from, new[copy])
            }
        }
        function row(line, number) {
            kind = number < 300 && number > 199 ? "success" : number < 400 && number > 299 ? "intermediate" : "error"
            sub(/code = [0-9]+/, "code = " number, line)
            sub(/kind = "[a-z]+"/, "kind = \"" kind "\"", line)
            return line
        }
        function reply(text, from, number) {
            gsub(from, number, text)
            # Only a 3yz may be one.
            sub(/challenge = true\n/, "", text)
            sub(/name = "[^"]*"/, "name = \"Number " number " Like " from "\"", text)
            return text
        }
    '
}

cpu_seconds() { # COMMAND…: user and system time of it and its children
    local TIMEFORMAT='%U %S'
    local spent
    if ! spent=$({ time "$@" > "$work/log" 2>&1; } 2>&1); then
        cat "$work/log" >&2
        return 1
    fi
    awk '{ print $1 + $2 }' <<< "$spent"
}

median() { # FILE
    sort -n "$1" | awk '{ all[NR] = $1 } END { print NR % 2 ? all[(NR + 1) / 2] : (all[NR / 2] + all[NR / 2 + 1]) / 2 }'
}

build() { # FOLDER PACKAGE
    (cd "$1" && cargo build --quiet -p "$2")
}

copy_workspace "$work/codes"
make_nothing "$work/nothing"
for count in 380 760; do
    copy_workspace "$work/codes-$count"
    fill_table "$count" < "$root/smtp-codes-data.toml" > "$work/codes-$count/smtp-codes-data.toml"
    grep -c '^\[\[reply\]\]' "$work/codes-$count/smtp-codes-data.toml" | grep -qx "$count" ||
        { echo "the filled table should have $count codes" >&2; exit 1; }
done
for folder in "$work"/codes* "$work/nothing"; do
    (cd "$folder" && cargo fetch --quiet)
done

known=$(grep -c '^\[\[reply\]\]' "$root/smtp-codes-data.toml")
for ((run = 1; run <= runs; run++)); do
    echo "run $run of $runs" >&2
    rm -rf "$work/nothing/target" "$work/codes/target"
    cpu_seconds build "$work/nothing" empty >> "$work/nothing.times"
    cpu_seconds build "$work/codes" codes-core >> "$work/whole.times"
    for table in codes codes-380 codes-760; do
        build "$work/$table" codes-core
        (cd "$work/$table" && cargo clean --quiet -p codes-core)
        cpu_seconds build "$work/$table" codes-core >> "$work/$table.times"
    done
done

nothing=$(median "$work/nothing.times")
whole=$(median "$work/whole.times")
core=$(median "$work/codes.times")
core_380=$(median "$work/codes-380.times")
core_760=$(median "$work/codes-760.times")

rustc --version
echo "CPU seconds of a cold debug build, median of $runs runs on $(getconf _NPROCESSORS_ONLN) processors:"
awk -v nothing="$nothing" -v whole="$whole" -v core="$core" -v a="$core_380" -v b="$core_760" -v known="$known" '
    function line(what, seconds) { printf "  %-36s %6.2f  %5.2f\n", what, seconds, seconds / nothing }
    BEGIN {
        printf "  %-36s %6s  %5s\n", "", "s", "ratio"
        line("a macro crate that does nothing", nothing)
        line("codes-data and codes-macros", whole - core)
        line("codes-core, " known " codes", core)
        line("all three", whole)
        line("codes-core, 380 codes", a)
        line("codes-core, 760 codes", b)
        printf "Milliseconds for each further code: %.1f up to 380, %.1f from there to 760.\n",
            (a - core) * 1000 / (380 - known), (b - a) * 1000 / 380
    }
'
