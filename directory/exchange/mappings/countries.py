"""Countries by their codes and names, as sixty kinds of files write them."""

from functools import lru_cache

from babel import Locale
from babel.core import get_global

from directory.search.words import fold_name

LANGUAGES = ("en", "es", "pt", "fr", "de")
# Two letters of Unicode that stand for no country.
NO_COUNTRIES = {"EU", "EZ", "QO", "UK", "UN", "XA", "XB", "ZZ"}
# What neither ISO 3166 nor Unicode calls them, but files do; folded.
VARIANTS = {
    "GB": "uk england scotland wales northern-ireland great-britain britain u-k g-b "
    "grossbritannien grande-bretagne gran-bretana inglaterra angleterre escocia ecosse "
    "vereinigtes-konigreich reino-unido royaume-uni united-kingdom-of-great-britain cymru "
    "united-kingdom-of-great-britain-and-northern-ireland",
    "US": "usa u-s u-s-a america united-states-of-america the-united-states estados-unidos eeuu "
    "ee-uu eua etats-unis usa-und-kanada estados-unidos-de-america etats-unis-d-amerique "
    "vereinigte-staaten-von-amerika us-of-a",
    "DE": "brd federal-republic-of-germany bundesrepublik-deutschland",
    "NL": "holland the-netherlands holanda hollande",
    "CZ": "czech-republic republica-checa republica-tcheca republique-tcheque tschechien",
    "KR": "south-korea korea republic-of-korea corea-del-sur coree-du-sud sudkorea",
    "KP": "north-korea dprk",
    "RU": "russian-federation",
    "VN": "viet-nam",
    "LA": "lao-pdr laos",
    "IR": "islamic-republic-of-iran persia",
    "SY": "syrian-arab-republic",
    "TZ": "united-republic-of-tanzania",
    "MD": "republic-of-moldova moldavia",
    "MK": "macedonia fyrom",
    "BO": "plurinational-state-of-bolivia",
    "VE": "bolivarian-republic-of-venezuela",
    "CI": "cote-d-ivoire ivory-coast cote-divoire",
    "CD": "dr-congo drc democratic-republic-of-the-congo congo-kinshasa rdc",
    "CG": "congo republic-of-the-congo congo-brazzaville",
    "CV": "cape-verde",
    "SZ": "swaziland",
    "MM": "burma birmania birmanie",
    "TR": "turkey turkiye",
    "PS": "palestine state-of-palestine palestina",
    "TW": "taiwan taiwan-province-of-china",
    "HK": "hong-kong",
    "MO": "macau macao",
    "VA": "vatican holy-see",
    "BA": "bosnia",
    "TT": "trinidad",
    "BN": "brunei-darussalam",
    "FM": "micronesia",
    "TL": "east-timor timor-leste",
    "IE": "eire republic-of-ireland",
    "CN": "prc people-s-republic-of-china peoples-republic-of-china",
    "AE": "uae",
    "TG": "republique-togolaise togolese-republic",
}


def country_code(text: str) -> str:
    """The two letters of ISO 3166-1 for a code (alpha-2, alpha-3, numeric) or name; "" if none."""
    bare = text.strip()
    if bare.isdigit() and bare.isascii():
        bare = bare.zfill(3)
    return _codes().get(_key(bare), "")


def country_name(code: str, language: str) -> str:
    """What a language calls the country; in English where Babel does not know the language."""
    known = language.split("-")[0]
    locale = Locale(known if known in LANGUAGES else "en")
    return locale.territories.get(code.upper(), code)


def _key(text: str) -> str:
    """Folded, without a leading article: `U.S.A.` and `usa` alike."""
    key = fold_name(text).replace(" ", "-")
    return key.removeprefix("the-")


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    """Folded names and codes to ISO letters; sure ones are written over doubtful ones."""
    territories = Locale("en").territories
    countries = {code for code in territories if len(code) == 2 and code.isalpha()} - NO_COUNTRIES
    codes: dict[str, str] = {}
    for old, new in get_global("territory_aliases").items():
        if len(new) == 1 and new[0] in countries and len(old) == 3:
            codes[_key(old)] = new[0]
    for language in LANGUAGES:
        for code in countries:
            codes.setdefault(_key(Locale(language).territories.get(code, code)), code)
    for code, names in VARIANTS.items():
        codes |= dict.fromkeys(map(_key, names.split()), code)
    return codes | {code.lower(): code for code in countries}
