# SPDX-License-Identifier: Apache-2.0
# terminal.sh: what a person at a terminal sees: a table, colours unless NO_COLOR, progress that leaves no trace.
. "$(dirname "$0")/lib.sh"
command -v script >/dev/null || skip "script(1) is not installed"
script -qec true /dev/null >/dev/null 2>&1 </dev/null || skip "no pseudo-terminal here (is /dev/pts mounted?)"

make_articles 2 >articles.jsonl
escape=$(printf '\033')
on_terminal() {
    TERM=xterm script -q -e -c "$1" /dev/null >out 2>err </dev/null
    status=$?
}

on_terminal "'$PROGRAM' code articles.jsonl"
status_is 0
has out "DATE"
has out "SAYS WHO"
has out "$escape[1m"
export NO_COLOR=1
on_terminal "'$PROGRAM' code articles.jsonl"
has out "SAYS WHO"
lacks out "$escape"
on_terminal "'$PROGRAM' explain articles.jsonl"
lacks out "$escape"
unset NO_COLOR
on_terminal "'$PROGRAM' code --to jsonl articles.jsonl"
lacks out "SAYS WHO"

# Elsewhere: records; the table when asked for, without colours.
run code articles.jsonl
lacks out "SAYS WHO"
run code --to table articles.jsonl
has out "SAYS WHO"
lacks out "$escape"

# Progress goes to standard error when that is a terminal and the data goes elsewhere; the last of it is wiped out.
{
    echo "sed -n 1p articles.jsonl; sleep 1.5; sed -n 2p articles.jsonl"
} >slow.sh
on_terminal "sh slow.sh | '$PROGRAM' annotate --from jsonl - >data"
lines_are data 2
has out "a second"
has out "$escape[K"
has out "2 records: 2 coded"

# Text must not steer the terminal.
printf 'Peru \033]0;owned\007 spoke.\n' >hostile.txt
run explain hostile.txt
lacks out "$escape"

on_terminal "'$PROGRAM' code"
status_is 2
has out "nothing to read"
passed
