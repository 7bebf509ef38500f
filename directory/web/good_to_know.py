"""Short facts of a listing: its life, people, languages, whom it serves, how it is run."""

from babel.lists import format_list
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.models import AreaKind, Lifecycle, Organization, ServiceArea
from directory.models.governance import governance_attributes
from directory.search.names import country_name
from directory.web import distances
from directory.web.texts import active_language, language_name
from directory.web.whereabouts import place_in_full

# Answers that say nothing to a visitor.
SILENT = {"unknown", "prefer_not_to_say", "not_applicable"}


def short_facts(organization: Organization) -> list[str]:
    """Sentences or phrases, one a line."""
    return [
        *_life(organization),
        *_people(organization),
        *_languages(organization),
    ]


def governance(organization: Organization) -> list[tuple[str, str]]:
    """Questions on ownership and governance with their answers, as far as they are known."""
    found = []
    for attribute in governance_attributes().values():
        answer = organization.governance.get(attribute.code)
        words = answer_in_words(attribute.code, answer)
        if words:
            found.append((attribute.label, words))
    return found


def answer_in_words(code: str, answer: object) -> str:
    """One answer of the governance questions in words; "" where it says nothing."""
    attribute = governance_attributes().get(code)
    if attribute is None or answer in (None, "", []):
        return ""
    if attribute.kind == "multi":
        labels = [attribute.choice_label(c) for c in answer if c not in SILENT]
        return "; ".join(labels)
    if attribute.kind == "single":
        return "" if answer in SILENT else attribute.choice_label(str(answer))
    return number_format(answer, use_l10n=True)


def areas_served(organization: Organization, country: str) -> list[str]:
    """Whom it serves, in words; `country` decides the unit of distances.

    The middle of a circle is not told: it may be a home.
    """
    areas = (area_in_words(area, country) for area in organization.service_areas.all())
    return list(dict.fromkeys(areas))


def area_in_words(area: ServiceArea, country: str) -> str:
    match area.kind:
        case AreaKind.PLACE:
            return place_in_full(area.place)
        case AreaKind.COUNTRY:
            return _("All of %(country)s") % {"country": country_name(area.country)}
        case AreaKind.RADIUS:
            distance = distances.in_words(area.radius_km, country)
            return _("%(distance)s around it") % {"distance": distance}
    return _("Online, anywhere")


def _life(organization: Organization) -> list[str]:
    facts = []
    if organization.founded:
        facts.append(_("Founded in %(year)s") % {"year": organization.founded[:4]})
    if organization.lifecycle in {Lifecycle.FORMING, Lifecycle.PAUSED}:
        facts.append(organization.get_lifecycle_display())
    return facts


def _people(organization: Organization) -> list[str]:
    members, workers = organization.members_count, organization.workers_count
    facts = []
    if members is not None:
        words = ngettext("%(count)s member", "%(count)s members", members)
        facts.append(words % {"count": number_format(members, force_grouping=True)})
    if workers is not None:
        words = ngettext("%(count)s person works there", "%(count)s people work there", workers)
        facts.append(words % {"count": number_format(workers, force_grouping=True)})
    return facts


def _languages(organization: Organization) -> list[str]:
    if not organization.further_languages:
        return []
    codes = dict.fromkeys([organization.language, *organization.further_languages])
    names = [language_name(code) for code in codes]
    language = active_language()
    spoken = format_list(names, locale=language)
    return [_("Spoken there: %(languages)s") % {"languages": spoken}]
