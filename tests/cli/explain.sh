# SPDX-License-Identifier: Apache-2.0
# explain.sh: a verb of one's own, from lexicon to event, with the line that fired and what failed.
. "$(dirname "$0")/lib.sh"

cat >mine.txt <<'END'
kind: event
# A verb that no other lexicon has.
A hobnob with A | type: CONSULT | example: [A Norway's king] hobnobbed with [A Denmark's queen].
END
echo "The Norwegian foreign minister hobnobbed with the Peruvian president. She hobnobbed. The tree grew." >text.txt

run explain text.txt
status_is 0
has out "no lexicon entry for: hobnobbed"
lacks out CONSULT

run lexicon check mine.txt
status_is 0
empty out

run explain --lexicon mine.txt text.txt
status_is 0
has out "[who Norwegian foreign minister] [did hobnobbed] with the [who Peruvian president]"
has out "CONSULT: Norwegian foreign minister (NOR GOV), Peruvian president (PER GOV)"
has out "mine.txt:3: A hobnob with A"
has out "hobnobbed: no event, "
has out "no lexicon entry for: grew"

run code --lexicon mine.txt text.txt
lines_are out 1
has out '"event":"CONSULT"'

# Two events in a sentence: it is shown once, with both verbs marked.
echo "The Norwegian foreign minister hobnobbed with the Peruvian president and Chile hobnobbed with Togo." >two.txt
run explain --lexicon mine.txt two.txt
status_is 0
lines_with=$(grep -c -F "[did hobnobbed]" out)
[ "$lines_with" = 1 ] || fail "$lines_with lines with the sentence"
[ "$(grep -c -F "mine.txt:3" out)" = 2 ] || fail "not two events"
lacks out "[who"

# What fits as well as ours wins, for ours came first; so it does once both are compiled into one.
cat >praise.txt <<'END'
kind: event
A praise/flatter R | type: COOPERATE
END
echo "Norway praised Chile on Monday." >praise-text.txt
run code praise-text.txt
has out '"event":"SUPPORT"'
run code --lexicon praise.txt praise-text.txt
lines_are out 1
has out '"event":"COOPERATE"'

# Compiled with ours, it needs no option.
mkdir model
cp "$(dirname "$PROGRAM")"/share/dateline/*.model "$(dirname "$PROGRAM")"/share/dateline/*.places model 2>/dev/null || :
run lexicon compile --output model/en.lexicon "$SOURCE/lexicons/en" mine.txt praise.txt
status_is 0
run explain --model-dir model text.txt
has out "mine.txt:3: A hobnob with A"
run code --model-dir model praise-text.txt
has out '"event":"COOPERATE"'

# An example that is not coded as it says is an error, with its line.
sed 's/hobnobbed with/was seen with/' mine.txt >wrong.txt
run lexicon check wrong.txt
status_is 4
has out "wrong.txt:3: error:"
passed
