#!/usr/bin/env bash
# Instructions for each reply, counted by valgrind (callgrind), and in brackets the ratio to the floor.
# The same on every run of one build, whatever else the machine does.
#
#   bench/instructions.sh [NAME...]     all contestants unless told; the floor is always counted
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root/bench"
cargo build --release --quiet --bin one
one=$(cargo metadata --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')/release/one

counted() { # NAME INPUT TIMES: instructions and replies of the whole program
    local log replies
    log=$(mktemp)
    replies=$(valgrind --tool=callgrind --callgrind-out-file=/dev/null --log-file="$log" "$one" "$@")
    awk -v replies="$replies" '/Collected :/ { print $4, replies }' "$log"
    rm "$log"
}

each() { # NAME INPUT: instructions for a reply; the difference of two runs leaves out what is done once
    local few=20 many=120
    if [ "$2" = mixed ]; then
        few=1 many=3
    fi
    printf '%s %s\n' "$(counted "$1" "$2" $few)" "$(counted "$1" "$2" $many)" |
        awk '{ print ($3 - $1) / ($4 - $2) }'
}

mapfile -t names < <("$one" names)
mapfile -t inputs < <("$one" inputs)
declare -A wanted=()
for name in "$@"; do
    wanted[$name]=1
done

for name in "${names[@]}"; do
    if [ $# -gt 0 ] && [[ $name != floor* && -z ${wanted[$name]-} ]]; then
        continue
    fi
    printf '%s' "$name"
    for input in "${inputs[@]}"; do
        printf '\t%s' "$(each "$name" "$input")"
    done
    echo
done | awk -F '\t' -v inputs="${inputs[*]}" '
    {
        names[NR] = $1
        for (at = 2; at <= NF; at++) {
            count[NR, at] = $at
            if ($1 ~ /^floor/ && (!(at in floor) || $at < floor[at])) floor[at] = $at
        }
    }
    END {
        columns = split(inputs, heads, " ")
        printf "| %-26s |", "instructions a reply"
        for (at = 1; at <= columns; at++) printf " %16s |", heads[at]
        printf "\n|-%s-|", "--------------------------"
        for (at = 1; at <= columns; at++) printf "-----------------:|"
        print ""
        for (row = 1; row <= NR; row++) {
            printf "| %-26s |", names[row]
            for (at = 2; at <= columns + 1; at++)
                printf " %16s |", sprintf("%.0f (%.2f)", count[row, at], count[row, at] / floor[at])
            print ""
        }
    }'
