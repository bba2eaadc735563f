# SPDX-License-Identifier: Apache-2.0
# lib.sh: what the command-line tests share. Sourced; PROGRAM is the program under test. Each test runs in a new folder.
set -u
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
checks=0

fail() {
    echo "FAIL: $*"
    echo "--- status: ${status:-none}; standard output:"
    head -c 2000 out 2>/dev/null
    echo "--- standard error:"
    head -c 2000 err 2>/dev/null
    exit 1
}

skip() {
    echo "skipped: $*"
    exit 77
}

# Runs the program; its output is in ./out and ./err, its exit status in $status.
run() {
    "$PROGRAM" "$@" >out 2>err </dev/null
    status=$?
}

# The same with standard input from a file.
run_on() {
    input=$1
    shift
    "$PROGRAM" "$@" >out 2>err <"$input"
    status=$?
}

status_is() {
    checks=$((checks + 1))
    [ "$status" = "$1" ] || fail "status $status, not $1"
}

# A file has (lacks) a line that contains the text; is empty; is the same as another.
has() {
    checks=$((checks + 1))
    grep -q -F -e "$2" "$1" || fail "$1 lacks: $2"
}
lacks() {
    checks=$((checks + 1))
    ! grep -q -F -e "$2" "$1" || fail "$1 has: $2"
}
empty() {
    checks=$((checks + 1))
    [ ! -s "$1" ] || fail "$1 is not empty"
}
same() {
    checks=$((checks + 1))
    cmp -s "$1" "$2" || fail "$1 and $2 differ"
}
lines_are() {
    checks=$((checks + 1))
    [ "$(wc -l <"$1")" -eq "$2" ] || fail "$1 has $(wc -l <"$1") lines, not $2"
}

# JSON Lines of n short articles.
make_articles() {
    awk -v n="$1" 'BEGIN { for (i = 1; i <= n; i++)
        printf "{\"id\":\"doc%d\",\"date\":\"2024-03-12\",\"text\":\"Envoy %d of Norway visited Lima on Monday. " \
               "Peru thanked the guest %d times.\"}\n", i, i, i % 7 }'
}

passed() {
    echo "$checks checks"
    exit 0
}
