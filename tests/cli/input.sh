# SPDX-License-Identifier: Apache-2.0
# input.sh: files as they come: packed, in other character sets, damaged, empty.
. "$(dirname "$0")/lib.sh"

make_articles 20 >articles.jsonl
run annotate articles.jsonl
status_is 0
cp out plain
gzip -k articles.jsonl
run annotate articles.jsonl.gz
same out plain
if command -v zstd >/dev/null; then
    zstd -q -k articles.jsonl
    run annotate articles.jsonl.zst
    same out plain
fi
run_on articles.jsonl.gz annotate --from jsonl -
same out plain
run_on articles.jsonl annotate --from jsonl
same out plain
run_on articles.jsonl annotate
has err "say --from jsonl"

# A text in four encodings is one text.
printf 'The caf\303\251 owner \342\200\234spoke\342\200\235 in M\303\274nster.\n' >utf8.txt
printf 'The caf\351 owner \223spoke\224 in M\374nster.\n' >windows1252.txt
run annotate --id x utf8.txt
status_is 0
has out 'café'
cp out utf8
run annotate --id x windows1252.txt
same out utf8
if command -v iconv >/dev/null; then
    for set in UTF-16LE UTF-16BE; do
        { printf '\357\273\277' && cat utf8.txt; } | iconv -f UTF-8 -t "$set" >utf16.txt
        run annotate --id x utf16.txt
        same out utf8
    done
fi

# Anything is a text.
: >empty.txt
run annotate empty.txt
status_is 0
has out '"text":""'
run code empty.txt
status_is 0
empty out
printf 'Peru\000 spoke. \377\376\200 Chile \355\240\200 listened.\r\nBye.' >bytes.txt
for command in code annotate parse explain; do
    run $command bytes.txt
    status_is 0
done
LC_ALL=C awk 'BEGIN { srand(3); for (i = 0; i < 20000; i++) printf "%c", int(rand() * 256) }' >random.txt
run annotate random.txt
status_is 0
lines_are out 1

# parse: a document for each file; given tokens stay as they are.
run parse utf8.txt empty.txt
has out "# newdoc id = utf8"
has out "# newdoc id = empty"
cat >given.conllu <<'END'
# newdoc id = first
# sent_id = my-1
1-2	Don't	_	_	_	_	_	_	_	_
1	Do	_	_	_	_	_	_	_	_
2	n't	_	_	_	_	_	_	_	_
3	go	_	_	_	_	_	_	_	SpaceAfter=No
4	.	_	_	_	_	_	_	_	_

# sent_id = my-2
1	a b.c	_	_	_	_	_	_	_	_
1.1	ghost	_	_	_	_	_	_	_	_

# newdoc id = second
1	Ok	_	_	_	_	_	_	_	_

END
run parse --from conllu given.conllu
status_is 0
has err "2 records: 2 coded"
has out "# newdoc id = first"
has out "# sent_id = my-1"
has out "# sent_id = my-2"
has out "# sent_id = second-1"
has out "# text = Don't go."
has out "$(printf '1-2\tDon'"'"'t\t_')"
has out "$(printf '2\tn'"'"'t\t')"
has out "$(printf '1\ta b.c\t')"
lacks out ghost
cp out expected
gzip -c given.conllu >packed
run_on packed parse --from conllu -
status_is 0
same out expected
head -c 100 packed >cut.gz
run parse --from conllu cut.gz
status_is 3
has err "cut off"
# A frame that asks for a window of 2 GiB says how to read it.
printf '\050\265\057\375\000\250\001\000\000' >far.zst
run code far.zst
status_is 3
has err "zstd -dc --long=31"
passed
