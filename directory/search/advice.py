"""What to do when little or nothing is found."""

from dataclasses import replace

import numpy as np
from django.utils import formats
from django.utils.translation import gettext as _
from pyroaring import BitMap

from directory.search.chips import labels_of
from directory.search.conditions import Conditions, chosen
from directory.search.distances import distances_km
from directory.search.hits import hits_of
from directory.search.meant import spellings_for
from directory.search.nearby import located_within, nearby, nearest_of_each
from directory.search.query import Advice, Choice, Hit, Query, Removal
from directory.search.questions import QUOTES, for_quoting, limits_in
from directory.search.radii import radii_km
from directory.search.reach import serving_from_afar
from directory.search.readings import documents_of
from directory.search.texts import number_shown

LITTLE = 3  # Fewer hits than this call for advice.
NEAREST_MAX = 5
REMOVALS_MAX = 12
EXCLUSIONS_MAX = 6  # Tried one by one; each is a search of its own, and 200 letters hold sixty.


def advice_for(conditions: Conditions, documents: BitMap) -> Advice:
    """Spelling taken and words dropped; and where little is found, what would find more."""
    match = conditions.match
    corrected, dropped = (match.corrected, match.dropped) if match else ((), ())
    texts_read = match.texts_read if match else 0
    if len(documents) >= LITTLE:
        return Advice(corrected=corrected, dropped=dropped, texts_read=texts_read)
    removals = _removals(conditions, len(documents))
    alone = () if documents or removals else _alone(conditions)
    wider_km, wider_count = _wider(conditions, documents)
    return Advice(
        spellings=spellings_for(conditions, len(documents)),
        removals=removals,
        alone=alone,
        nearest=_nearest(conditions, is_any_kind=not (documents or removals or alone)),
        serving=serving_from_afar(conditions, documents),
        wider_km=wider_km,
        wider_count=wider_count,
        corrected=corrected,
        dropped=dropped,
        texts_read=texts_read,
    )


def _removals(conditions: Conditions, found: int) -> tuple[Removal, ...]:
    """Each single filter whose removal finds more, with how many; the most helpful first."""
    removals = [
        Removal(parameter, value, label, count)
        for parameter, value, label, count in _without_each(conditions)
        if count > found
    ]
    removals.sort(key=lambda removal: (-removal.count, removal.parameter, removal.value))
    return tuple(removals[:REMOVALS_MAX])


def _without_each(conditions: Conditions) -> list[tuple[str, str, str, int]]:
    query, rows = conditions.query, []
    for parameter in conditions.parts:
        if parameter in query.facets:
            rows += _without_values(conditions, parameter)
        else:
            value, label = _in_words(query, parameter)
            rows.append((parameter, value, label, len(_without_one(conditions, parameter))))
        if parameter == "q":
            rows += _without_limits(conditions)
    return rows


def _without_limits(conditions: Conditions) -> list[tuple[str, str, str, int]]:
    """The words without each of those they leave out, and without quotation marks; without all of
    them they are no words.
    """
    query, index = conditions.query, conditions.index
    limits = limits_in(query.words)
    tried = [typed for typed in limits if typed != QUOTES][:EXCLUSIONS_MAX]
    tried += [QUOTES] if QUOTES in limits else []
    return [
        ("q", typed, _limit(typed), len(documents_of(index, replace(query, words=limits[typed]))))
        for typed in tried
        if limits[typed]
    ]


def _limit(typed: str) -> str:
    if typed == QUOTES:
        return _("The quotation marks")
    return _("Not: %(label)s") % {"label": typed.removeprefix("-").strip('"')}


def _without_one(conditions: Conditions, parameter: str) -> BitMap:
    """Without a place, words may name one."""
    fields = {"near": {"near": None}, "bbox": {"box": None}}
    if parameter not in fields or not conditions.query.words:
        return conditions.all(parameter)
    return documents_of(conditions.index, replace(conditions.query, **fields[parameter]))


def _without_values(conditions: Conditions, facet: str) -> list[tuple[str, str, str, int]]:
    """A facet without its choice, and without each of the values it leaves out."""
    index, query = conditions.index, conditions.query
    choice = query.facets[facet]
    others = conditions.all(facet)
    labels = labels_of(facet, [*choice.include, *choice.exclude])
    rows = []
    if choice.include:
        rest = chosen(index, facet, Choice((), choice.exclude), query)
        label = ", ".join(labels[code] for code in choice.include)
        value = choice.include[0] if len(choice.include) == 1 else ""
        rows.append((facet, value, label, len(others & rest)))
    for code in choice.exclude:
        kept = tuple(other for other in choice.exclude if other != code)
        rest = chosen(index, facet, Choice(choice.include, kept), query)
        label = _("Not: %(label)s") % {"label": labels[code]}
        rows.append((facet, f"-{code}", label, len(others & rest)))
    return rows


def _alone(conditions: Conditions) -> tuple[Removal, ...]:
    """Each parameter that finds something by itself; the most helpful first."""
    found = []
    query, index = conditions.query, conditions.index
    words = Query(query.words, words_only=query.words_only)
    for parameter, documents in conditions.parts.items():
        finding = documents_of(index, words) if parameter == "q" else documents
        if count := len(finding & index.live):
            found.append(Removal(parameter, "", _label(conditions.query, parameter), count))
    return tuple(sorted(found, key=lambda one: (-one.count, one.parameter))[:REMOVALS_MAX])


def _label(query: Query, parameter: str) -> str:
    """A parameter with all its values, in words."""
    if parameter not in query.facets:
        return _in_words(query, parameter)[1]
    choice = query.facets[parameter]
    labels = labels_of(parameter, [*choice.include, *choice.exclude])
    excluded = [_("Not: %(label)s") % {"label": labels[code]} for code in choice.exclude]
    return ", ".join([*(labels[code] for code in choice.include), *excluded])


def _in_words(query: Query, parameter: str) -> tuple[str, str]:
    match parameter:
        case "q":
            return query.words, f"“{for_quoting(query.words)}”"
        case "near":
            if query.near.is_wide:
                return "", _("In %(place)s") % {"place": query.near.label}
            return "", _("Within %(km)s km of %(place)s") % {
                "km": number_shown(query.radius_km),
                "place": query.near.label,
            }
        case "bbox":
            return "", _("In this part of the map")
        case "serves":
            place = labels_of("place", [query.serves])[query.serves]
            return query.serves, _("Serves %(place)s") % {"place": place}
        case "confirmed_after":
            day = formats.date_format(query.confirmed_after)
            return "", _("Confirmed after %(day)s") % {"day": day}
        case "open_now":
            return "", _("Open now")
        case _:
            return "", _("Checked by someone else")


def _wider(conditions: Conditions, documents: BitMap) -> tuple[float | None, int]:
    """The smallest offered radius beyond this one within which more is located, and how much."""
    query, index = conditions.query, conditions.index
    if not query.near or query.near.is_wide:
        return None, 0
    others = conditions.all("near")
    for radius_km in radii_km(query.near.country_code):
        if radius_km > query.radius_km * 1.02:  # 40 km and 25 miles are told alike.
            numbers, _distances = located_within(index, query.near, radius_km)
            if (BitMap(numbers.astype(np.uint32)) & others) - documents:
                return radius_km, len(nearby(index, query.near, radius_km).all & others)
    return None, 0


def _nearest(conditions: Conditions, *, is_any_kind: bool) -> tuple[Hit, ...]:
    """The nearest hits beyond the radius, at most five; of any kind where no filter finds any."""
    query, index = conditions.query, conditions.index
    if not query.near:
        return ()
    wanted = index.live if is_any_kind else conditions.all("near")
    beyond = wanted - conditions.parts["near"]
    is_beyond = np.zeros(len(index.names), bool)
    is_beyond[np.array(beyond.to_array(), np.int64)] = True
    rows = np.flatnonzero(is_beyond[index.points["document"]] & (index.points["is_wide"] == 0))
    distances = distances_km(
        query.near.latitude,
        query.near.longitude,
        index.points["latitude"][rows],
        index.points["longitude"][rows],
    )
    numbers, distances = nearest_of_each(index.points["document"][rows], distances)
    ids = index.organization_ids(numbers)
    order = np.lexsort((ids, np.round(distances, 6)))[:NEAREST_MAX]
    found = hits_of(conditions, numbers[order])
    return tuple(Hit(hit.organization_id, "", hit.distance_km, hit.why) for hit in found)
