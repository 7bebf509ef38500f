"""Networks: who they are, how they check, and what they stand for."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from directory.exchange import schema_org
from directory.models import Network, NetworkApproval, Organization
from directory.search.query import Choice, FacetValue, Found, Query
from directory.web.cards import cards_of
from directory.web.crumbs import home, networks
from directory.web.home_map import home_map
from directory.web.knowledge import knowledge
from directory.web.links import Question
from directory.web.rich_text import rich_text
from directory.web.searching import search
from directory.web.texts import active_language, lang_of

SHOWN = 6  # Listings on a network's page; the rest are one link away.
MOST_TYPES = 8


@dataclass(frozen=True)
class CountedNetwork:
    """A network with the number of its listings."""

    network: Network
    count: int


@require_safe
def network_list(request: HttpRequest) -> HttpResponse:
    """All networks that are shown, with their numbers from one search."""
    found = search(Query(page_size=1, language=active_language()))
    counts = {value.code: value.count for value in found.facets.get("network", ())}
    rows = Network.objects.published().in_order()
    context = {
        "found": found,
        "networks": [CountedNetwork(network, counts.get(network.slug, 0)) for network in rows],
        "crumbs": [home()],
    }
    return render(request, "directory/network_list.html", context)


@require_safe
def network_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One network: its sentence, its map and numbers, its method, and how to show it elsewhere."""
    network = get_object_or_404(Network.objects.published().with_remit(), slug=slug)
    query = query_of(network)
    found = search(query)
    question = Question.made([("network", network.slug)])
    origin = request.build_absolute_uri("/").rstrip("/")
    here = (network.name, network.get_absolute_url())
    crumbs = [home(), networks()]
    context = {
        "network": network,
        "lang": lang_of(network.language),
        "description": rich_text(network.description),
        "method": rich_text(network.method),
        "found": found,
        "cards": cards_of(found.hits, query),
        "knowledge": knowledge(found),
        "approved": NetworkApproval.objects.standing().filter(network=network).count(),
        "members": network.members.filter(
            organization__in=Organization.objects.published().values("pk")
        ).count(),
        "types": types_of(found, network),
        "map": home_map(query) if found.total else None,
        "results_url": question.url(),
        "embed_url": request.build_absolute_uri(question.url("embed")),
        "crumbs": crumbs,
        "crumbs_ld": schema_org.breadcrumbs([*crumbs, here], origin),
    }
    return render(request, "directory/network_detail.html", context)


def query_of(network: Network) -> Query:
    """Its members and what it approved."""
    return Query(
        facets={"network": Choice((network.slug,))}, page_size=SHOWN, language=active_language()
    )


def types_of(found: Found, network: Network) -> list[tuple[FacetValue, str]]:
    """The types that its listings most often are, each with the way to them."""
    values = [value for value in found.facets.get("type", ()) if value.count and not value.depth]
    return [
        (value, Question.made([("network", network.slug), ("type", value.code)]).url())
        for value in values[:MOST_TYPES]
    ]
