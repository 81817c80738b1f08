#!/usr/bin/env bash
# Fuzzes on stable Rust, with LLVM's libFuzzer and no more than cargo and a C++ compiler.
#
#   fuzz/run.sh TARGET [SECONDS] [LIBFUZZER-OPTION...]     60 seconds unless told
#   fuzz/run.sh TARGET FILE                                one input again, such as a crash
#
# Half of the time each limit of what is read around a place is so small that random texts meet it; the other
# half they are as they are, and the inputs longer than the longest of them.
#
# What it finds goes to fuzz/artifacts, what it learns to fuzz/target/corpus; both stay out of git.
# A minimised input that found a mistake belongs into fuzz/corpus, under a name that says what it is.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
target=${1-}
if [ ! -f "$root/src/bin/$target.rs" ] || [ -z "$target" ]; then
    echo "run.sh TARGET [SECONDS | FILE], where TARGET is one of:" >&2
    for file in "$root"/src/bin/*.rs; do
        basename "$file" .rs >&2
    done
    exit 2
fi
what=${2:-60}
shift $(($# < 2 ? $# : 2))
if [ -f "$what" ]; then
    what=$(realpath "$what")
fi
cd "$root"

# What cargo-fuzz asks of a nightly compiler, said to LLVM directly: count edges, look at comparisons.
flags="-C passes=sancov-module -C codegen-units=1 --cfg fuzzing \
-C llvm-args=-sanitizer-coverage-level=4 \
-C llvm-args=-sanitizer-coverage-inline-8bit-counters \
-C llvm-args=-sanitizer-coverage-pc-table \
-C llvm-args=-sanitizer-coverage-trace-compares"
host=$(rustc -vV | sed -n 's/^host: //p')
build=$(cargo metadata --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')

# Builds the target with limits of a kind, and prints where it is.
built() {
    # Named, the host is a target of its own: the flags are not for build scripts.
    RUSTFLAGS="$flags $2" cargo build --quiet --release --features libfuzzer --target "$host" \
        --target-dir "$build/$1-limits" --bin "$target"
    echo "$build/$1-limits/$host/release/$target"
}

small=$(built small "--cfg small_limits")
usual=$(built usual "")
if [ -f "$what" ]; then
    "$small" "$what"
    exec "$usual" "$what"
fi
mkdir -p "$root/artifacts"
# Fuzzes with a program, limits of a kind, and inputs of so many octets at most.
fuzz() {
    local learnt=$root/target/corpus/$target-$2
    mkdir -p "$learnt"
    echo "=== $target, $2 limits" >&2
    "$1" -max_total_time=$(((what + 1) / 2)) -timeout=10 -print_final_stats=1 -max_len="$3" \
        -artifact_prefix="$root/artifacts/$target-$2-" "${@:4}" "$learnt" "$root"/corpus/*
}
# The longest of the small limits are 512 octets.
fuzz "$small" small 2048 "$@"
# The words of a reply, and the fields of a report, are read up to 16,384 octets.
fuzz "$usual" usual 40000 -len_control=0 "$@"
