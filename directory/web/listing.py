"""The page of one listing: reach it, believe it, see where it stands."""

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db.models import Count, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.documents.texts import phone_words
from directory.exchange import schema_org
from directory.models import FormerSlug, Organization, vocabulary
from directory.web import good_to_know
from directory.web.addresses import Address, addresses_of
from directory.web.cards import family_of, types_of
from directory.web.claims import said_terms
from directory.web.confirmed import confirmed, facts_confirmed
from directory.web.crumbs import crumbs_to_place
from directory.web.disputes import disputes
from directory.web.listing_map import listing_map
from directory.web.nearby import nearby
from directory.web.records import records_of
from directory.web.stitches import ended, stitch_of
from directory.web.texts import lang_of, wordings_of
from directory.web.whereabouts import at_home, town


@require_safe
def organization_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The listing; where it is no longer shown, what became of it."""
    organization = Organization.objects.for_page().filter(slug=slug).first()
    if organization is None:
        former = FormerSlug.objects.select_related("organization").filter(slug=slug).first()
        organization = former.organization if former else None
    answer = elsewhere(request, organization, "organization-detail", slug)
    if answer is not None:
        return answer
    context = listing_context(organization, request.build_absolute_uri("/").rstrip("/"))
    return render(request, "directory/organization_detail.html", context)


def elsewhere(
    request: HttpRequest, organization: Organization | None, page: str, slug: str
) -> HttpResponse | None:
    """A redirect or a 410 for a listing that is not shown under this slug; None if it is.

    Raises Http404 for what was never public.
    """
    merged = organization is not None and organization.is_merged
    if organization is not None:
        organization = organization.remaining
    if organization is None or organization.published_at is None:
        raise Http404
    if not organization.is_published:
        return gone(request)
    if merged or organization.slug != slug:
        answer = redirect(page, organization.slug, permanent=True)
        # A merge, or a change of the address word, may be undone: browsers have to ask again.
        answer.headers["Cache-Control"] = "no-cache"
        return answer
    return None


def gone(request: HttpRequest) -> HttpResponse:
    """That a listing is no longer shown; nothing else is told of it."""
    return render(request, "directory/organization_gone.html", status=410)


def listing_context(organization: Organization, origin: str) -> dict[str, Any]:
    """All that the listing's page shows."""
    addresses = addresses_of(organization, timezone.now())
    first = addresses[0].location if addresses else None
    crumbs = crumbs_to_place(first.place if first else None)
    return {
        "title": title_of(organization, addresses),
        "where": at_home(organization),
        "town": town(first) if first else "",
        "addresses": addresses,
        "hours_shown": [address for address in addresses if address.hours],
        "map": listing_map(organization, addresses),
        "areas": good_to_know.areas_served(organization, first.country if first else ""),
        "nearby": nearby(organization, [address.location for address in addresses]),
        "crumbs": crumbs,
        "crumbs_ld": schema_org.breadcrumbs(
            [*crumbs, (organization.name, organization.get_absolute_url())], origin
        ),
        "json_ld": schema_org.organization(organization, origin),
        "permanent_url": f"{origin}{reverse('permanent-id', args=[organization.uid])}",
        "write_url": write_url(organization, origin),
        **_what_it_is(organization),
        **_why_believe_it(organization),
    }


def _what_it_is(organization: Organization) -> dict[str, Any]:
    main, others = wordings_of(organization)
    return {
        "organization": organization,
        "family": family_of(organization, vocabulary()),
        "types": types_of(organization),
        "trades": trades_of(organization),
        "name_lang": lang_of(organization.language),
        "main": main,
        "others": others,
        "ended": ended(organization),
        "facts": good_to_know.short_facts(organization),
        "governance": good_to_know.governance(organization),
        "memberships": organization.memberships.filter(network__is_published=True)
        .select_related("network")
        .order_by("network__name", "pk"),
        "phone_words": phone_words(organization.public_phone),
    }


def _why_believe_it(organization: Organization) -> dict[str, Any]:
    """What was checked, said and changed, and by whom."""
    claims, records = organization.claims.all(), organization.source_records.all()
    return {
        "stitch": stitch_of(organization),
        "said": said_terms(claims, records, timezone.localdate()),
        "disputes": disputes(organization),
        "confirmed": confirmed(organization),
        "facts_confirmed": facts_confirmed(organization),
        "badges": organization.approvals.standing().select_related("network").newest_first(),
        "records": records_of(organization),
        "history": organization.revisions.told().aggregate(
            count=Count("pk"), since=Min("created_at")
        ),
    }


def title_of(organization: Organization, addresses: list[Address]) -> str:
    """The name with its town or country, so that two of the same name are told apart."""
    if not addresses:
        return organization.name
    where = town(addresses[0].location)
    return f"{organization.name}, {where}" if where else organization.name


def trades_of(organization: Organization) -> str:
    """What it works in, each sector once."""
    sectors = [claim.term for claim in organization.claims.all() if claim.term.scheme == "sector"]
    return ", ".join(dict.fromkeys(term.label for term in sectors))


def write_url(organization: Organization, origin: str) -> str:
    """A letter to the editors about this listing; "" where they gave no address."""
    if not settings.SITE_EMAIL:
        return ""
    subject = _("About the listing of %(name)s") % {"name": organization.name}
    body = f"{origin}{organization.get_absolute_url()}\n\n"
    return f"mailto:{settings.SITE_EMAIL}?subject={quote(subject)}&body={quote(body)}"
