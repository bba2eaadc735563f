#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes lexicons/en/leaders.txt from the REIGN list of rulers (Bell, Besaw, Frank 2021), condensed to a table with
the columns country, leader, from, to, iso3, … Names and offices come from leader_names.txt beside this file.

    tools/leaders.py leaders.tsv > lexicons/en/leaders.txt
"""
import csv
import os
import sys

FIRST_MONTH = "1990-01"
LIST_ENDS = "2021-03"
CODES = {"XKX": "KOS", "YUG": "SRB", "CSK": "CZE", "DDR": "DEU", "YMD": "YEM"}
SKIPPED = {"SMR"}  # two captains regent for six months each
FOREIGNERS = {("KWT", "Saddam Hussein"), ("IRQ", "Tommy Ray Franks"), ("IRQ", "Jay Garner"), ("COM", "Bob Denard")}

PRIME_MINISTERS = """ALB AND ATG AUS BEL BGD BGR BHS BLZ BRB CAN CSK CZE DMA DNK ESP EST ETH FIN FJI GBR GRC GRD HRV HUN
IND IRL IRQ ISL ISR ITA JAM JPN KHM KNA LBN LCA LSO LUX LVA MDA MKD MLT MNE MUS MYS NLD NOR NPL NZL PAK PNG SGP SLB SRB
STP SVK SVN SWE THA TON TTO TUR TUV VCT VUT WSM XKX CPV""".split()
OFFICES = {"AUT": "chancellor", "DEU": "chancellor", "BHR": "king", "SAU": "king", "JOR": "king", "MAR": "king",
           "SWZ": "king", "BTN": "prime minister", "KWT": "emir", "QAT": "emir", "OMN": "sultan", "BRN": "sultan",
           "MCO": "prince", "LIE": "prince", "PRK": "supreme leader", "VNM": "general secretary"}
OTHER_FROM = [  # state, month, office from then on: the ruler's office changed
    ("TUR", "2014-08", "president"), ("ROU", "1990-01", "prime minister"), ("ROU", "2004-12", "president"),
    ("CHN", "1990-01", "president"), ("FIN", "1990-01", "prime minister"), ("HRV", "1990-01", "prime minister"),
    ("LBN", "1990-01", "president"), ("STP", "1990-01", "president")]
# Months that the list gives but that part two offices of one person.
SPLITS = {("TUR", "Erdogan"): [("2003-03", "2014-08-27", "prime minister"), ("2014-08-28", "", "president")],
          ("RUS", "Putin"): [("1999-08-09", "1999-12-30", "prime minister"), ("1999-12-31", "2008-05-07", "president"),
                             ("2008-05-08", "2012-05-06", "prime minister"), ("2012-05-07", "", "president")]}

# Days on which one ruler followed another, where the list has the month alone.
DAYS = """USA 1993-01-20 2001-01-20 2009-01-20 2017-01-20 2021-01-20
GBR 1990-11-28 1997-05-02 2007-06-27 2010-05-11 2016-07-13 2019-07-24
FRA 1995-05-17 2007-05-16 2012-05-15 2017-05-14
DEU 1998-10-27 2005-11-22
ITA 2011-11-16 2013-04-28 2014-02-22 2016-12-12 2018-06-01 2021-02-13
ESP 1996-05-05 2004-04-17 2011-12-21 2018-06-01
CAN 1993-11-04 2003-12-12 2006-02-06 2015-11-04
JPN 2012-12-26 2020-09-16
IND 1998-03-19 2004-05-22 2014-05-26
ISR 1992-07-13 1995-11-04 1996-06-18 1999-07-06 2001-03-07 2009-03-31
EGY 2011-02-11 2012-06-30 2013-07-03 2014-06-08
UKR 2005-01-23 2010-02-25 2014-02-22 2014-06-07 2019-05-20
IRN 1997-08-03 2005-08-03 2013-08-03
KOR 1993-02-25 1998-02-25 2003-02-25 2008-02-25 2013-02-25 2017-05-10
BRA 1995-01-01 2003-01-01 2011-01-01 2019-01-01
ZAF 1994-05-10 1999-06-14 2008-09-25 2009-05-09 2018-02-15
YUG 2000-10-07
PAK 1999-10-12 2018-08-18
ARG 1999-12-10 2003-05-25 2007-12-10 2015-12-10 2019-12-10
RUS 1999-12-31""".splitlines()
EXACT = {(line.split()[0], day[:7]): day for line in DAYS for day in line.split()[1:]}


def read_names(path):
    names = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.startswith("#") or not line.strip():
                continue
            state, listed, full, *rest = line.rstrip("\n").split("|")
            names[(state, listed)] = (full.split("; "), rest[0] if rest else "", rest[1] if len(rest) > 1 else "")
    return names


def office_of(state, month):
    office = "prime minister" if state in PRIME_MINISTERS else OFFICES.get(state, "president")
    for other, since, title in OTHER_FROM:
        if other == state and month >= since:
            office = title
    return office


def entry(phrases, code, office, begin, end, certain):
    fields = [f"code: {code}", "sector: GOV", f"office: {office}", f"from: {begin}"]
    if end:
        fields.append(f"to: {end}")
    fields.append(f"certain: {certain}")
    return "; ".join(dict.fromkeys(phrases)) + " | " + " | ".join(fields)


def entries_of(row, names):
    state, leader, begin, end = row["iso3"], row["leader"], row["from"], row["to"]
    if state in SKIPPED or (state, leader) in FOREIGNERS or (end and end < FIRST_MONTH):
        return
    known = names.get((state, f"{leader}@{begin}")) or names.get((state, leader))
    phrases, office, last_day = known if known else ([leader], "", "")
    if not known and (len(leader) < 4 or "(" in leader or "&" in leader or " and " in leader):
        return
    code, certain = CODES.get(state, state), "yes" if known else "from-list"
    for split in SPLITS.get((state, leader), []):
        yield entry(phrases, code, split[2], split[0], split[1], "yes")
    if (state, leader) in SPLITS:
        return
    begin, end = EXACT.get((state, begin), begin), EXACT.get((state, end), end)
    yield entry(phrases, code, office or office_of(state, begin[:7]), begin, end or last_day, certain)


def merged(rows):
    """Terms that follow on one another ('to: 2015-08', 'from: 2015-08') of one person and office become one."""
    last = {}
    out = []
    for row in sorted(rows, key=lambda r: (r["iso3"], r["from"])):
        key = (row["iso3"], row["leader"])
        before = last.get(key)
        if before and before["to"] == row["from"]:
            before["to"] = row["to"]
            continue
        last[key] = dict(row)
        out.append(last[key])
    return out


HEAD = """# leaders.txt: heads of state and government since 1990, an entry a term. Written by tools/leaders.py: change it there,
# or override an entry in a lexicon of your own.
# Source: REIGN list of rulers, March 2021 (Bell, Curtis; Besaw, Clayton; Frank, Matthew. 2021. The Rulers, Elections, and
# Irregular Governance dataset. One Earth Future): who ruled in fact, to the month. Full names, offices and ends of terms
# after March 2021 are ours. certain: from-list = the name is as in the source, mostly a family name alone.

kind: actor
"""


def main():
    names = read_names(os.path.join(os.path.dirname(os.path.abspath(__file__)), "leader_names.txt"))
    with open(sys.argv[1], encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    print(HEAD)
    seen = set()
    for row in merged(rows):
        for text in entries_of(row, names):
            key = (text.split("|")[0].split(";")[0], text.split("from: ")[1].split(" |")[0])
            if key not in seen:
                seen.add(key)
                print(text)


if __name__ == "__main__":
    main()
