# SPDX-License-Identifier: Apache-2.0
# memory.sh: a line of 100 MB is rejected, and a long input runs, in bounded memory.
. "$(dirname "$0")/lib.sh"
[ -z "${SANITIZED:-}" ] || skip "sanitizers need address space without limit"

limit=700000 # KiB of address space, thread stacks and mapped files included
limited() {
    (
        ulimit -v $limit
        exec "$PROGRAM" "$@"
    ) >out 2>err </dev/null
    status=$?
}

{
    make_articles 1
    printf '{"id":"huge","text":"'
    head -c 100000000 /dev/zero | tr '\0' 'x'
    printf '"}\n'
    make_articles 1
} >huge.jsonl
limited annotate -j 2 --rejects bad.jsonl huge.jsonl
status_is 1
lines_are out 2
has err "3 records: 2 coded, 0 skipped, 1 rejected"
has bad.jsonl "limit"

head -c 100000000 /dev/zero | tr '\0' 'x' >huge.txt
limited annotate -j 2 huge.txt
status_is 1
has err "1 record: 0 coded, 0 skipped, 1 rejected"

run annotate --max-size 1 huge.txt
status_is 1
has err "1 rejected"
passed
