# SPDX-License-Identifier: Apache-2.0
# actor_accuracy.sh: how many of 200 phrases get the country and the main sector that a reader would give them. The
# phrases (tests/data/actors.jsonl) were written before anybody saw what the program makes of them.
. "$(dirname "$0")/lib.sh"

floor=180 # phrases with both right

run actor --quiet "$SOURCE/tests/data/actors.jsonl"
status_is 0
lines_are out 200

# code and first sector of each line, '-' for none; the gold has a space behind its colons and names one sector
sed -E 's/.*"code": ("([A-Z]*)"|null), "sector": ("([A-Z]*)"|null).*/\2- \4-/' "$SOURCE/tests/data/actors.jsonl" >want
sed -E 's/.*"code":("([A-Z]*)"|null),"sector":\[("([A-Z]*)")?.*/\2- \4-/' out >got
paste -d ' ' want got | awk -v floor="$floor" '
    { code += $1 == $3; sector += $2 == $4; both += $1 == $3 && $2 == $4 }
    END { printf "of %d phrases: country %d, sector %d, both %d\n", NR, code, sector, both; exit both < floor }' >figures ||
    fail "$(cat figures), fewer than $floor"
cat figures
passed
