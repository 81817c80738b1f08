#!/usr/bin/env bash
# Fuzzes on stable Rust, with LLVM's libFuzzer and no more than cargo and a C++ compiler.
#
#   fuzz/run.sh TARGET [SECONDS] [LIBFUZZER-OPTION...]     60 seconds unless told
#   fuzz/run.sh TARGET FILE                                one input again, such as a crash
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

# What cargo-fuzz asks of a nightly compiler, said to LLVM directly: count edges, look at comparisons.
export RUSTFLAGS="-C passes=sancov-module -C codegen-units=1 --cfg fuzzing \
-C llvm-args=-sanitizer-coverage-level=4 \
-C llvm-args=-sanitizer-coverage-inline-8bit-counters \
-C llvm-args=-sanitizer-coverage-pc-table \
-C llvm-args=-sanitizer-coverage-trace-compares"
host=$(rustc -vV | sed -n 's/^host: //p')
if [ -f "$what" ]; then
    what=$(realpath "$what")
fi
cd "$root"
# Named, the host is a target of its own: the flags are not for build scripts.
cargo build --quiet --release --target "$host" --bin "$target"
build=$(cargo metadata --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')
program=$build/$host/release/$target

if [ -f "$what" ]; then
    exec "$program" "$what"
fi
seeds=$root/corpus/$target
if [ ! -d "$seeds" ]; then
    seeds=$root/corpus/reply
fi
learnt=$root/target/corpus/$target
mkdir -p "$learnt" "$root/artifacts"
exec "$program" -max_total_time="$what" -timeout=10 -print_final_stats=1 \
    -artifact_prefix="$root/artifacts/$target-" "$@" "$learnt" "$seeds"
