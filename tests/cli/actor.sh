# SPDX-License-Identifier: Apache-2.0
# actor.sh: phrases to actors: bare lines, JSON, context, and what is unknown.
. "$(dirname "$0")/lib.sh"

cat >phrases <<'END'
Norwegian foreign minister
{"id":"two","text":"Peruvian soldiers","date":"2024-03-12","context":"Peruvian soldiers left."}

  xyzzy
{"id":"bad","context":"no text"}
END
run actor --date 2024-03-12 --rejects bad phrases
status_is 1
lines_are out 3
has out '"text":"Norwegian foreign minister","name":null,"identifier_id":null,"code":"NOR","sector":["GOV"],'
has out '{"id":"two","text":"Peruvian soldiers","name":null,"identifier_id":null,"code":"PER","sector":["MIL"],'
has out '"text":"xyzzy","name":null,"identifier_id":null,"code":null,"sector":[],"office":null,"confidence":null}'
lacks out left
has bad '"id":"bad"'
has err "4 records: 3 coded, 0 skipped, 1 rejected"

# A context of somebody else's does not spoil JSON Lines.
echo '{"id":"a","text":"Peru spoke.","context":{"x":1}}' >other.jsonl
run annotate --layers "" other.jsonl
status_is 0
passed
