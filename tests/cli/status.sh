# SPDX-License-Identifier: Apache-2.0
# status.sh: the exit statuses, the summary, and what --rejects keeps.
. "$(dirname "$0")/lib.sh"

make_articles 3 >good.jsonl
run code good.jsonl
status_is 0
has err "3 records: 3 coded, 0 skipped, 0 rejected"
run code --quiet good.jsonl
empty err

# 1: some rejected; the others are there; the counts add up.
{
    sed -n 1p good.jsonl
    echo '{"id":"no text"}'
    echo 'no JSON at all'
    sed -n 2p good.jsonl
} >mixed.jsonl
run annotate --layers "" --rejects bad.jsonl mixed.jsonl
status_is 1
lines_are out 2
has err "4 records: 2 coded, 0 skipped, 2 rejected"
lines_are bad.jsonl 2
first=$(sed -n 1p good.jsonl | wc -c)
second=$((first + 17))
has bad.jsonl '{"id":"no text","source":{"file":"mixed.jsonl","offset":'"$first"'},"reason":"'
has bad.jsonl '"source":{"file":"mixed.jsonl","offset":'"$second"'},"reason":"'

# Skipped: another language, by the user's rule.
{
    sed -n 1p good.jsonl
    echo '{"id":"fr","language":"fr","text":"Bonjour."}'
    echo '{"id":"gb","language":"en-GB","text":"Good morning."}'
    echo '{"id":"enm","language":"enm","text":"Whan that Aprill."}'
} >languages.jsonl
run annotate --layers "" --language en languages.jsonl
status_is 0
has err "4 records: 2 coded, 2 skipped, 0 rejected"
lines_are out 2
has out '"id":"gb"'

# 3: a file that cannot be read does not stop the others.
run annotate --layers "" good.jsonl missing.txt good.jsonl
status_is 3
has err "missing.txt"
lines_are out 6
run annotate --layers "" .
status_is 3
has err "folder"
run code --rejects no/such/folder good.jsonl
status_is 3

# 3: a full disk.
if [ -w /dev/full ]; then
    "$PROGRAM" annotate good.jsonl >/dev/full 2>err
    status=$?
    status_is 3
    has err "cannot write"
    "$PROGRAM" --help >/dev/full 2>err
    status=$?
    status_is 3
fi

# 4: no model, a damaged lexicon.
run code --model-dir /nonexistent good.jsonl
status_is 4
has err "--model-dir"
echo "this is | no: lexicon" >broken.txt
run code --lexicon broken.txt good.jsonl
status_is 4
run lexicon check broken.txt
status_is 4
has out "broken.txt:1: error:"
mkdir damaged
echo "rubbish" >damaged/en.lexicon
run code --model-dir damaged good.jsonl
status_is 4
DATELINE_MODEL_DIR=damaged "$PROGRAM" info >out 2>err
status=$?
status_is 4
passed
