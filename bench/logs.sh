#!/usr/bin/env bash
# Whole programs over one synthetic mail log of Postfix, with a reply in some 40 % of its lines: seconds
# of the clock and of the processors, the ratio to `grep -cE`, and the peak of memory. Every run visits
# every program once, so that a slow moment hits all alike; the median of all runs counts.
#
#   bench/logs.sh [MEGABYTES [RUNS]]        200 MB and 5 runs unless told
#
# rg, pflogsumm and GNU time take part where they are installed. pflogsumm is slow and runs once.
set -euo pipefail

megabytes=${1:-200}
runs=${2:-5}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
log=$work/mail.log
# Octets, not letters, as our own programs read them.
export LC_ALL=C
# What announces a reply, and its code behind it: about what a person would ask grep for.
pattern='(said: |reject: [A-Z]+ from [^ ]+: |to me: |status=sent \()[2-5][0-9][0-9][ -]'

built() { # NAME ARGS…: builds a program and prints its path
    cargo build --quiet --release --message-format=json-render-diagnostics --bin "$@" |
        sed -n 's/.*"executable":"\([^"]*\)".*/\1/p' | tail -n 1
}

smtp_codes=$(built smtp-codes --manifest-path "$root/Cargo.toml" -p codes-cli)
mail_log=$(built mail-log --manifest-path "$root/bench/Cargo.toml")
"$mail_log" "${megabytes}MB" > "$log"

# Each is a name and a command for bash; the log is its standard input, and $log its path.
names=() commands=()
compete() { # NAME COMMAND
    names+=("$1")
    commands+=("$2")
}
with() { # PROGRAM: whether it is installed; says so where it is not
    command -v "$1" > /dev/null || { echo "$1 is not installed and left out" >&2; false; }
}

compete 'wc -l' 'wc -l'
compete 'grep -cE' 'grep -cE "$pattern"'
if with rg; then
    compete 'rg -c' 'rg -c "$pattern"'
fi
compete 'smtp-codes scan' '"$smtp_codes" scan "$log"'
compete 'smtp-codes annotate' '"$smtp_codes" annotate'
if with pflogsumm; then
    compete 'pflogsumm' 'pflogsumm "$log"'
fi
export log pattern smtp_codes

run() { # COMMAND: prints seconds of the clock, of the program and of the system
    local TIMEFORMAT='%3R %3U %3S'
    { time bash -c "exec $1" < "$log" > "$work/out" 2> "$work/err"; } 2>&1 ||
        { cat "$work/err" >&2; return 1; }
}

peak() { # COMMAND: prints the most memory it held, in KB; nothing where that cannot be told
    command -v env > /dev/null && env time -f '%M' -o "$work/peak" true 2> "$work/err" || return 0
    env time -f '%M' -o "$work/peak" bash -c "exec $1" < "$log" > "$work/out"
    tail -n 1 "$work/peak"
}

cat "$log" > /dev/null
for ((round = 1; round <= runs; round++)); do
    echo "run $round of $runs" >&2
    for at in "${!names[@]}"; do
        if [[ ${names[at]} == pflogsumm && $round -gt 1 ]]; then
            continue
        fi
        run "${commands[at]}" >> "$work/$at.times"
    done
done
for at in "${!names[@]}"; do
    peak "${commands[at]}" > "$work/$at.peak"
    if [[ ! -s $work/$at.peak ]]; then
        echo "peak memory needs GNU time and is left out" >&2
        break
    fi
done

middle() { # FILE: the median of the clock, and that of both processor times together
    awk '{ print $1 }' "$1" | sort -n | awk '{ a[NR] = $1 } END { printf "%s ", a[int((NR + 1) / 2)] }'
    awk '{ print $2 + $3 }' "$1" | sort -n | awk '{ a[NR] = $1 } END { print a[int((NR + 1) / 2)] }'
}

echo "$(wc -c < "$log") octets, $(wc -l < "$log") lines, $(grep -cE "$pattern" "$log") that grep counts;"
echo "median of $runs runs on $(getconf _NPROCESSORS_ONLN) processors:"
echo
printf '| %-20s | %8s | %8s | %9s | %8s | %8s |\n' '' seconds MB/s processor ratio 'peak MB'
printf '|%s|%s:|%s:|%s:|%s:|%s:|\n' "$(printf '%.0s-' {1..22})" {---------,---------,----------,---------,---------}
for at in "${!names[@]}"; do
    echo "${names[at]}|$(middle "$work/$at.times")|$(cat "$work/$at.peak" 2> /dev/null || true)"
done | awk -F '|' -v megabytes="$megabytes" '
    { name[NR] = $1; split($2, t, " "); clock[NR] = t[1]; cpu[NR] = t[2]; peak[NR] = $3 }
    $1 == "grep -cE" { grep_took = t[1] }
    END {
        for (at = 1; at <= NR; at++) {
            rate = clock[at] > 0 ? sprintf("%.0f", megabytes / clock[at]) : "-"
            ratio = grep_took > 0 ? sprintf("%.2f", clock[at] / grep_took) : "-"
            held = peak[at] != "" ? sprintf("%.1f", peak[at] / 1024) : "-"
            printf "| %-20s | %8.2f | %8s | %9.2f | %8s | %8s |\n", name[at], clock[at], rate, cpu[at], ratio, held
        }
    }'
