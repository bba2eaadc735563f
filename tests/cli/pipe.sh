# SPDX-License-Identifier: Apache-2.0
# pipe.sh: a reader that goes away, and an interrupt.
. "$(dirname "$0")/lib.sh"

make_articles 400 >articles.jsonl
{
    "$PROGRAM" annotate -j 2 articles.jsonl 2>err
    echo $? >status
} | head -n 1 >out
status=$(cat status)
status_is 0
lines_are out 1
empty err

# Interrupted while it waits for more: whole lines, the first ones of the full output, status 130.
# (TERM, because a shell starts jobs in the background with SIGINT ignored.)
make_articles 2000 >many.jsonl
mkfifo feed
exec 3<>feed
"$PROGRAM" annotate -j 2 --from jsonl - <feed >out 2>err &
worker=$!
cat many.jsonl >&3 # comes back when all but the pipe's own room was read
kill -TERM $worker
wait $worker
status=$?
exec 3>&-
status_is 130
count=$(wc -l <out)
[ "$count" -gt 100 ] || fail "only $count lines before the interrupt"
has err "$count records: $count coded"
lacks err "Interrupted"
cp out interrupted
head -n "$count" many.jsonl >taken.jsonl
run annotate taken.jsonl
same out interrupted
passed
