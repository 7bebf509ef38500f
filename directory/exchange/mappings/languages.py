"""Languages by their codes and names."""

from functools import lru_cache

from babel import Locale
from django.utils.translation import gettext as _

from directory.exchange.mappings.countries import LANGUAGES
from directory.exchange.mappings.understood import NotUnderstood, Understood, of_one_value
from directory.search.words import fold_name


@of_one_value
def read_language(text: str) -> Understood:
    """The code of a language by its code (es, spa, pt_BR) or its name in five languages or its own.

    Raises NotUnderstood.
    """
    folded = fold_name(text)
    first, *further = folded.split() or [""]
    found = _codes().get(folded)
    if found is None and first in _codes() and len(first) < 4 and len(further) == 1:
        # Babel writes pt_BR, a page pt-br.
        region = further[0].upper() if len(further[0]) == 2 else further[0].title()
        found = f"{_codes()[first]}-{region}"
    if found is None:
        raise NotUnderstood(_("Write the code of a language, like en, es or pt-BR."))
    return Understood(found)


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    codes: dict[str, str] = {}
    for language in LANGUAGES:
        for code, name in Locale(language).languages.items():
            if code.isalpha():
                codes.setdefault(fold_name(name), code)
    own = {fold_name(Locale(code).get_display_name() or code): code for code in LANGUAGES}
    longer = {
        "eng": "en",
        "spa": "es",
        "por": "pt",
        "fra": "fr",
        "fre": "fr",
        "deu": "de",
        "ger": "de",
    }
    known = {code: code for code in Locale("en").languages if code.isalpha()}
    return codes | own | longer | {code: known[code] for code in known if code not in longer}
