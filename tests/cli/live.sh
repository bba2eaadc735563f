# SPDX-License-Identifier: Apache-2.0
# live.sh: what comes through a pipe is coded when it comes, packed or not; a slow writer loses nothing.
. "$(dirname "$0")/lib.sh"

# Waits until ./out has so many lines, at most 20 seconds.
wait_for_lines() {
    checks=$((checks + 1))
    tries=0
    while [ "$(wc -l <out)" -lt "$1" ]; do
        tries=$((tries + 1))
        [ $tries -le 200 ] || fail "no $1 lines, although their records were sent long ago"
        sleep 0.1
    done
}

make_articles 2 >articles.jsonl
run annotate --layers sentences articles.jsonl
cp out expected
mkfifo feed

# A record at a time, the pipe held open: each answer comes before the next record is sent.
: >out
"$PROGRAM" annotate --layers sentences --from jsonl - <feed >out 2>err &
exec 3>feed
sed -n 1p articles.jsonl >&3
wait_for_lines 1
sed -n 2p articles.jsonl >&3
wait_for_lines 2
exec 3>&-
wait $!
status=$?
status_is 0
same out expected

# Some bytes at a time, as they are and packed.
trickle() {
    size=$(wc -c <"$1")
    at=0
    while [ $at -lt "$size" ]; do
        dd if="$1" bs=1 skip=$at count=7 2>/dev/null
        at=$((at + 7))
    done
}
gzip -c articles.jsonl >articles.gz
iconv -f UTF-8 -t UTF-16 articles.jsonl >articles.utf16 2>/dev/null || rm -f articles.utf16
for file in articles.jsonl articles.gz articles.utf16; do
    [ -s $file ] || continue
    trickle $file | "$PROGRAM" annotate --layers sentences --from jsonl - >out 2>err
    same out expected
done
passed
