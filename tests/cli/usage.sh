# SPDX-License-Identifier: Apache-2.0
# usage.sh: wrong usage is told on standard error, with what to do, and ends with 2.
. "$(dirname "$0")/lib.sh"

wrong() {
    expected=$1
    shift
    run "$@"
    status_is 2
    empty out
    has err "$expected"
    has err "dateline"
}

wrong "Usage: dateline SUBCOMMAND"
wrong "did you mean \`dateline annotate\`" anotate
wrong "'frobnicate' is no subcommand" frobnicate
wrong "check, compile" lexicon
wrong "did you mean --layers" annotate --layer sentences
wrong "is no option of \`parse\`" parse --layers sentences
wrong "is no option" code -Z
wrong "needs a value" code --date
wrong "takes no value" code --quiet=yes
wrong "is not one of" code --to xml
wrong "is no day" code --date yesterday
wrong "is no day" code --date 2024-02-31
wrong "is no number" code -j 0
wrong "is no number" code -jx
wrong "is no number of MiB" code --max-size 0
wrong "is not known" annotate --layers sentences,verbs -
wrong "one text" code --id x a.txt b.txt
echo "Peru spoke." >a.txt
wrong "OURS=THEIRS" code --field body a.txt
wrong "no lexicon named" lexicon check
wrong "--output" lexicon compile some.txt
wrong "bash zsh fish" completion tcsh

# The forms of an option mean the same.
echo "Peru spoke." >a.txt
run annotate --layers sentences --id x --date 2024-03-12 a.txt
status_is 0
cp out long
for form in "-lsentences -ix -d2024-03-12 a.txt" "a.txt --layers=sentences --id=x --date=2024-03-12" \
    "-qlsentences -i x -d 2024-03-12 -- a.txt"; do
    # shellcheck disable=SC2086
    run annotate $form
    status_is 0
    same out long
done

# An operand behind -- is a file, whatever its name.
cp a.txt ./-q
run annotate -- -q
status_is 0
has out '"id":"-q"'
run info surplus
status_is 2
has err "reads no files"
passed
