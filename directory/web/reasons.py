"""Why a hit was found, in words: "Found because food is in its name, and …"."""

from collections.abc import Iterable
from dataclasses import replace

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.models import CLAIMABLE_SCHEMES, ShortListing, Vocabulary
from directory.search.query import Hit, Query, Reason

MOST = 3  # Clauses of one sentence; the listing itself tells the rest.


def reasons_of(
    hit: Hit, organization: ShortListing, query: Query, terms: Vocabulary
) -> list[SafeString]:
    """Clauses that finish "Found because …", the matched words marked; at most three."""
    clauses = list(dict.fromkeys(filter(None, map(clause_of, gathered(hit.why)))))
    if not clauses:
        clauses = [*_chosen_terms(organization, query, terms), *_standing(hit, query)]
    return clauses[:MOST]


def gathered(reasons: Iterable[Reason]) -> list[Reason]:
    """Words that stand in the same field, or near the same term, as one reason."""
    kept: dict[tuple[str, ...], Reason] = {}
    for reason in reasons:
        key = (reason.kind, reason.field, reason.scheme, reason.code)
        words = kept[key].words if key in kept else ()
        kept[key] = replace(reason, words=tuple(dict.fromkeys([*words, *reason.words])))
    return list(kept.values())


def clause_of(reason: Reason) -> SafeString:
    """One reason as a clause; nothing for one without words."""
    if not reason.words:
        return SafeString("")
    words = marked(reason.words)
    match reason.kind:
        case "term":
            return _term_clause(reason, words)
        case "spelling":
            return format_html(_("{words} is close to what you typed"), words=words)
        case "identifier":
            return format_html(_identifier_pattern(reason.field), words=words)
    return format_html(_field_pattern(reason.field, len(reason.words)), words=words)


def marked(words: Iterable[str]) -> SafeString:
    """The words, each in <mark>, with commas between."""
    return format_html_join(", ", "<mark>{}</mark>", ((word,) for word in words))


def _field_pattern(field: str, count: int) -> str:
    match field:
        case "name":
            return ngettext("{words} is in its name", "{words} are in its name", count)
        case "other_name":
            return ngettext(
                "{words} is in another of its names", "{words} are in another of its names", count
            )
        case "place":
            return ngettext("{words} is where it is", "{words} are where it is", count)
    return ngettext("{words} is in its description", "{words} are in its description", count)


def _identifier_pattern(field: str) -> str:
    match field:
        case "uid":
            return _("{words} is its permanent number here")
        case "website":
            return _("{words} is its website")
    return _("{words} is its number in a register")


def _term_clause(reason: Reason, words: SafeString) -> SafeString:
    label = reason.label.casefold()
    if all(word.casefold() == label for word in reason.words):
        return _whole_clause(reason.scheme, words)
    if all(word.casefold() in label for word in reason.words):
        pattern = _part_pattern(reason.scheme)
    else:
        pattern = _synonym_pattern(reason.scheme)
    return format_html(pattern, words=words, label=reason.label)


def _part_pattern(scheme: str) -> str:
    match scheme:
        case "type":
            return _("{words} is in its type, {label}")
        case "value":
            return _("{words} is in a value it lives, {label}")
        case "sector":
            return _("{words} is in what it works in, {label}")
    return _("{words} is in {label}")


def _synonym_pattern(scheme: str) -> str:
    match scheme:
        case "type":
            return _("{words} is another name for its type, {label}")
        case "value":
            return _("{words} is another name for a value it lives, {label}")
        case "sector":
            return _("{words} is another name for what it works in, {label}")
    return _("{words} is another name for {label}")


def _chosen_terms(organization: ShortListing, query: Query, terms: Vocabulary) -> list[SafeString]:
    """The terms that were picked in a facet and that the listing carries, or a narrower one."""
    clauses = []
    for term in organization.terms:
        scheme, code = term.scheme, term.code
        chosen = query.facets[scheme].include if scheme in query.facets else ()
        if not chosen or scheme not in CLAIMABLE_SCHEMES or terms.get(scheme, code) is None:
            continue
        broader = [code, *(each.code for each in terms.ancestors(scheme, code))]
        if set(broader).intersection(chosen):
            clauses.append(_whole_clause(scheme, marked([term.label])))
    return list(dict.fromkeys(clauses))


def _whole_clause(scheme: str, words: SafeString) -> SafeString:
    """That the words are all of the term, so that its label need not be said again."""
    return format_html(_whole_pattern(scheme), words=words)


def _whole_pattern(scheme: str) -> str:
    match scheme:
        case "type":
            return _("{words} is its type")
        case "value":
            return _("{words} is a value it lives")
        case "sector":
            return _("{words} is what it works in")
    return _("{words} is one of its terms")


def _standing(hit: Hit, query: Query) -> list[SafeString]:
    """That it is near the point asked for, or serves it."""
    if query.near is None or not hit.where:
        return []
    if hit.where == "serves":
        pattern = _("it serves {place}")
    else:
        pattern = _("it is in {place}") if query.near.is_wide else _("it is near {place}")
    return [format_html(pattern, place=query.near.label)]
