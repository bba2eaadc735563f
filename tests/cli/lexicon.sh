# SPDX-License-Identifier: Apache-2.0
# lexicon.sh: docs/lexicon.md tells the truth: its lexicons are right, its commands print what it shows. Its tables: make lint.
. "$(dirname "$0")/lib.sh"

# Blocks of the document: ```lexicon FILE and ```text FILE become files in this folder, so the commands of ```console run
# as they stand. What follows a command is a part of a line of its output.
dateline() { "$PROGRAM" "$@"; }

run_command() {
    (eval "$1") >out 2>err
    status=$?
}

check_lexicon() {
    run lexicon check --quiet "$1"
    if [ "$2" = fails ]; then status_is 4; else
        status_is 0
        empty out
    fi
}

block='' file='' fails=''
while IFS= read -r line; do
    case $block$line in
    '```'*)
        block=$(echo "$line" | tr -d '`')
        file=$(echo "$block" | cut -s -d ' ' -f 2)
        fails=$(echo "$block" | cut -s -d ' ' -f 3)
        [ -z "$file" ] || : >"$file"
        ;;
    *'```')
        case $block in lexicon*) check_lexicon "$file" "$fails" ;; esac
        block=''
        ;;
    console\$*) run_command "${line#??}" ;;
    console*) has out "$line" ;;
    lexicon* | text*) printf '%s\n' "$line" >>"$file" ;;
    esac
done <"$SOURCE/docs/lexicon.md"
[ "$checks" -gt 40 ] || fail "docs/lexicon.md: only $checks examples found"

passed
