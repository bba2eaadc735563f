#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the tables of kinds and keys in docs/lexicon.md anew from lexicons/en/kinds.txt; with --check only says whether
they are as they should be.

    tools/lexicon_tables.py [--check]
"""
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DOCUMENT = os.path.join(ROOT, "docs", "lexicon.md")
KINDS = os.path.join(ROOT, "lexicons", "en", "kinds.txt")
BEGIN, END = re.compile(r"<!-- tools/lexicon_tables.py .*-->\n"), "<!-- end -->\n"
MANY = 30  # values of a key that fit into a cell


def parts(text, separator):
    return [part.strip() for part in text.split(separator) if part.strip()]


def read_entries(path):
    """[kind, phrases, {key: values}] of each entry."""
    kind, entries = "", []
    for line in open(path, encoding="utf-8"):
        if line.startswith("#") or not line.strip():
            continue
        if line.startswith("kind:"):
            kind = line[5:].strip()
            continue
        phrases, *fields = line.rstrip("\n").split("|")
        if not line[0].isspace():
            entries.append([kind, parts(phrases, ";"), {}])
        for field in fields:
            key, values = field.split(":", 1)
            entries[-1][2].setdefault(key.strip(), []).extend(parts(values, ";"))
    return entries


def kind_rows(entries):
    for kind, phrases, fields in entries:
        if kind != "kind":
            continue
        keys = [f"**`{key}`**" for key in fields.get("required", [])] + [f"`{key}`" for key in fields.get("optional", [])]
        yield f"| {', '.join(f'`{p}`' for p in phrases)} | {'; '.join(fields.get('about', []))} | {' '.join(keys)} |"


def meaning(fields):
    says = fields.get("about", []) + [f"an entry of kind `{kind}`" for kind in fields.get("of", [])]
    says += [{"date": "a date", "number": "a number", "qid": "a Wikidata number", "word": "one word"}.get(form, "")
             for form in fields.get("form", [])]
    values = fields.get("values", [])
    if len(values) > MANY:
        says.append(f"`{values[0]}` and {len(values) - 1} more in `kinds.txt`")
    elif values:
        says.append(" ".join(f"`{value}`" for value in values))
    return "; ".join(filter(None, says)) or "text"


def key_rows(entries):
    for kind, phrases, fields in entries:
        if kind == "key":
            yield f"| {', '.join(f'`{p}`' for p in phrases)} | {meaning(fields)} |"


def tables():
    entries = read_entries(KINDS)
    lines = ["", "| kind | entries are | keys |", "|---|---|---|", *kind_rows(entries), "",
             "A key that one kind uses in its own way is written `kind.key`.", "",
             "| key | value |", "|---|---|", *key_rows(entries), "", ""]
    return "\n".join(lines)


def main():
    text = open(DOCUMENT, encoding="utf-8").read()
    begin = BEGIN.search(text)
    new = text[:begin.end()] + tables() + text[text.index(END, begin.end()):]
    if new != text and "--check" in sys.argv[1:]:
        sys.exit("docs/lexicon.md: the tables differ from lexicons/en/kinds.txt: run tools/lexicon_tables.py")
    if new != text:
        with open(DOCUMENT, "w", encoding="utf-8") as file:
            file.write(new)


if __name__ == "__main__":
    main()
