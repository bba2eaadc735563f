# SPDX-License-Identifier: Apache-2.0
# help.sh: help, versions, manual page and completion come from one table and agree.
. "$(dirname "$0")/lib.sh"

commands="code annotate parse explain actor info completion man"
run --help
status_is 0
empty err
for name in $commands "lexicon check" "lexicon compile"; do has out "$name"; done
cp out general
run help
same out general

for name in $commands; do
    run "$name" --help
    status_is 0
    empty err
    has out "Usage: dateline $name"
    has out "Examples:"
    cp out by_option
    run help "$name"
    same out by_option
done
run lexicon compile -h
has out "--output FILE"

# Words of the options of `code`, as the help shows them.
"$PROGRAM" code --help | grep -o -e '--[a-z-]*' | sort -u >options
[ "$(wc -l <options)" -ge 10 ] || fail "help of code lists too few options"

run man
status_is 0
empty err
sed 's/\\-/-/g' out >page
while read -r option; do has page "$option"; done <options
if command -v groff >/dev/null; then
    groff -ww -man -Tutf8 -z out >warnings 2>&1 || fail "groff refuses the manual page"
    empty warnings
fi

for shell in bash zsh fish; do
    run completion "$shell"
    status_is 0
    empty err
    has out lexicon
    if command -v "$shell" >/dev/null; then
        "$shell" -n out || fail "$shell does not parse its completion"
    fi
done
run completion bash
while read -r option; do has out "$option"; done <options
if command -v bash >/dev/null; then
    bash -c '. ./out; COMP_WORDS=(dateline code --to ""); COMP_CWORD=3; _dateline; echo "${COMPREPLY[*]}"' >words
    has words "jsonl csv table"
    bash -c '. ./out; COMP_WORDS=(dateline le); COMP_CWORD=1; _dateline; echo "${COMPREPLY[*]}"' >words
    has words lexicon
fi

run --version
status_is 0
has out "dateline "
has out "model"
has out "kernels"
has out "lexicon"
cp out versions
run code --version
same out versions
passed
