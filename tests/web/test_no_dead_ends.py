"""No dead ends: a hundred searches that find nothing, each leading on to something.

The way on is one that the advice of the page offers, not the menu of the site.
"""

import re
from html import unescape
from urllib.parse import urlencode

import pytest

from directory.models import Place
from tests.factories import make_organization, make_place, make_term
from tests.web.pages import LIST, heading, links, page

TOWN, FAR = "us/maryland/takoma-park", "uy/montevideo/montevideo"
# Words that no listing has, in the languages of the site, other languages and other scripts.
WORDS = """
zzyzxqq qqwwxxzz vvkkqqzz jjxxqq zxqwvk
zzqueso-xx qqñandúxx zzxxsueños qqcooperarxxz
zzxxpão qqvvirmãos zzqqçã xxzzfundão
qqœuvrexx zzxxécluse ggwwhêtre qqzzaïeul
щщъъыы ййцщщ ъыщэ
ξξψψξ ψψξξω ωωψξξ
ظظضضغ غغظظض
ץץףףץ צצץץ
龘龘靐靐 齉齉爩爩
ぬぬゐゐ ヱヱヰヰ
뷁뷁쀍쀍 ฮฮฬฬฮ ฿฿ฌฌฌ
झझञञझ ঞঞঝঝ
1234567890123 00000-99999 qq@zz.invalid zzxx.invalid
"zzyzx qq" "qqzz xxvv"
""".split()
PHRASES = [
    '"bread bread bread"',
    "bakery -bakery -bread",
    "zzyzxqq -bank",
    "🍞🍞",
    "?!",
    "«qqzz» xx",
]
PLACES = [TOWN, FAR, "Takoma Park", "Montevideo", "38.9,-77.0", "-34.9,-56.2", "0,0", "89.9,0"]
BOXES = ["0,0,1,1", "170,-20,-170,-10", "-180,-90,180,-80", "10,10,10,10", "-180,85,180,90"]
FILTERS = [
    ["type=timebank"],
    ["value=practises-mutual-aid", "type=credit-union"],
    ["type=credit-union", "sector=bread"],
    ["language=zh"],
    ["lifecycle=closed"],
    ["verified_only=1"],
    ["confirmed_after=2030-01-01"],
    ["open_now=1", "type=timebank"],
    ["place=uy", "type=worker-cooperative"],
    ["place=us", "-place=us/maryland", "type=timebank"],
    ["type=-worker-cooperative", "type=-credit-union", "type=-land-trust"],
    ["source=example-register", "language=zh"],
    ["serves=uy", "type=land-trust", "verified_only=1"],
    ["verification=documented"],
]


def searches() -> list[str]:
    found = [urlencode({"q": words}) for words in [*WORDS, *PHRASES]]
    for place, words in zip(PLACES, WORDS, strict=False):
        found.append(urlencode({"near": place, "radius": "1", "q": words, "type": "timebank"}))
        found.append(urlencode({"near": place, "radius": "5", "sector": "bread", "language": "zh"}))
    for box, words in zip(BOXES, WORDS, strict=False):
        found.append(urlencode({"bbox": box}))
        found.append(urlencode({"bbox": box, "q": f"bread {words}", "type": "-land-trust"}))
    found += ["&".join(filters).replace("-place=", "place=-") for filters in FILTERS]
    found += [f"q={words}+in+takoma+park" for words in WORDS[:12]]
    languages = ["es", "pt", "fr", "en"]
    return [f"{one}&lang={languages[n % 4]}" for n, one in enumerate(found)]


@pytest.fixture
def small_directory(db):
    for code in ("worker-cooperative", "credit-union", "land-trust", "timebank"):
        make_term(code)
    make_term("practises-mutual-aid", scheme="value")
    make_term("bread", scheme="sector")
    make_place(TOWN)
    make_place(FAR, latitude=-34.9, longitude=-56.2, population=1_300_000)
    Place.objects.filter(path="uy").update(name="Uruguay")
    away = {"place": None, "locations": [{"latitude": 39.5, "longitude": -77.5, "country": "US"}]}
    make_organization("Example Bread", sectors=("bread",), **away)
    make_organization("Example Savings", types=("credit-union",), **away)
    make_organization("Example Land", types=("land-trust",), place=None,
                      service_areas=[{"kind": "country", "country": "UY"}])  # fmt: skip


def ways_on(html: str) -> list[str]:
    """Links of the page's own advice to other questions, and to listings that come close."""
    main = html[html.index('id="count"') : html.index("</main>")]
    found = [link for link in links(main) if link.startswith("/organizations/")]
    return [link for link in found if link != LIST]


def has_hits(client, link: str) -> bool:
    response = client.get(link)
    html = response.content.decode()
    return response.status_code == 200 and bool(re.search(r'<ol class="hits"', html))


def test_a_hundred_searches_without_hits_each_lead_on(client, small_directory):
    tried = searches()
    assert len({*tried}) >= 100
    dead_ends = []
    for query in tried:
        html = page(client, query)
        if '<div class="wide results plain">' not in html:
            dead_ends.append((query, "has hits, so it tests nothing", heading(html)))
        elif not any(is_listing(link) or has_hits(client, link) for link in ways_on(html)):
            dead_ends.append((query, "leads nowhere", ways_on(html)))
    assert dead_ends == []


def is_listing(link: str) -> bool:
    return bool(re.fullmatch(r"/organizations/[a-z0-9-]+/", link))


def test_the_counts_that_are_promised_are_those_that_are_found(client, small_directory):
    for query in searches()[::4]:
        html = page(client, query.replace("lang=es", "lang=en").replace("lang=pt", "lang=en"))
        promised = re.findall(
            r'<a href="([^"]*)"><span>[^<]*</span> <span class="num">(\d+) ', html
        )
        for link, count in promised:
            address = unescape(link).partition("?")[2]
            assert re.match(rf"{count} (results?|listings?)\b", heading(page(client, address)))


def test_what_cannot_be_read_also_leads_on(client, small_directory):
    html = page(client, "q=bread&near=Xyzzyville", status=400)

    assert f"{LIST}?q=bread" in links(html)


def test_a_visitor_can_tell_of_what_is_missing(client, small_directory, settings):
    settings.SITE_EMAIL = "editors@example.org"

    assert re.search(
        r'href="(mailto:editors@example.org|/organizations/new/)"', page(client, "q=zzyzxqq")
    )
