# SPDX-License-Identifier: Apache-2.0
# readme.sh: the first example of the README prints what the README says, to the byte.
. "$(dirname "$0")/lib.sh"

readme=$(dirname "$0")/../../README.md
command=$(sed -n 's/^\(echo .*\) | dateline \(code .*\)$/\1 | "$PROGRAM" \2/p' "$readme")
[ -n "$command" ] || fail "the README has no first example"
eval "$command" >printed 2>err
status=$?
status_is 0
sed -n '/^```json$/,/^```$/p' "$readme" | sed '/^```/d; s/^ *//' | tr -d '\n' >expected
tr -d '\n' <printed >joined
same joined expected
passed
