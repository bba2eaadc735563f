# SPDX-License-Identifier: Apache-2.0
# jobs.sh: the same bytes for every number of threads; rejects keep their order; long and short documents mixed.
. "$(dirname "$0")/lib.sh"

make_articles 60 >articles.jsonl
awk 'BEGIN { srand(7) } { print } NR % 9 == 0 { print "broken" } NR % 25 == 0 {
    printf "{\"id\":\"long%d\",\"text\":\"", NR
    for (i = 0; i < 100; i++) printf "The minister of trade praised Chile %d times. ", i
    print "\"}" }' articles.jsonl >mixed.jsonl
run annotate -j 1 --rejects rejects1 mixed.jsonl
status_is 1
cp out one
lines_are rejects1 6
lines_are one 62
for jobs in 3 9; do
    run annotate -j $jobs --rejects rejects$jobs mixed.jsonl
    status_is 1
    same out one
    same rejects$jobs rejects1
done
for command in code parse; do
    run $command -j 1 mixed.jsonl
    cp out one
    run $command -j 4 mixed.jsonl
    same out one
done
passed
