"""Permanent addresses of the vocabulary: /ns/<scheme>/<code>."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from directory.exchange import skos
from directory.models import CLAIMABLE_SCHEMES, Scheme, Term, vocabulary
from directory.web.crumbs import home
from directory.web.term_words import other_labels, synonyms

JSON_LD = "application/ld+json"


@require_safe
def vocabulary_scheme(request: HttpRequest, scheme: str) -> HttpResponse:
    """303 to the browse page; schemes without one get a plain list; JSON-LD where asked for."""
    known = _scheme(scheme)
    if _wants_data(request):
        return _see_other(reverse("vocabulary-data", args=[scheme]))
    if known in CLAIMABLE_SCHEMES:
        return _see_other(reverse(f"{scheme}-list"))
    context = {
        "scheme": known,
        "terms": vocabulary().in_scheme(scheme),
        "machine_url": reverse("vocabulary-data", args=[scheme]),
        "crumbs": [home()],
    }
    return render(request, "directory/vocabulary_scheme.html", context)


@require_safe
def vocabulary_term(request: HttpRequest, scheme: str, code: str) -> HttpResponse:
    """303 to the page of a type, value or sector; a plain page for other terms."""
    known = _scheme(scheme)
    if _wants_data(request):
        return _see_other(reverse("vocabulary-data", args=[scheme]))
    term = Term.objects.in_scheme(scheme).filter(code=code).select_related("replaced_by").first()
    if term is None:
        raise Http404
    if known in CLAIMABLE_SCHEMES:
        return _see_other(term.get_absolute_url())
    context = {
        "scheme": known,
        "term": term,
        "broader": vocabulary().ancestors(scheme, code)[:1],
        "narrower": vocabulary().narrower(term),
        "synonyms": synonyms(term),
        "other_labels": other_labels(term),
        "crumbs": [home(), (known.label, reverse("vocabulary-scheme", args=[scheme]))],
    }
    return render(request, "directory/vocabulary_term.html", context)


@require_safe
def vocabulary_data(request: HttpRequest, scheme: str) -> HttpResponse:
    """The scheme as SKOS in JSON-LD."""
    _scheme(scheme)
    origin = request.build_absolute_uri("/").rstrip("/")
    document = skos.concept_scheme(scheme, vocabulary(), origin)
    response = JsonResponse(
        document, content_type=JSON_LD, json_dumps_params={"ensure_ascii": False}
    )
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _scheme(scheme: str) -> Scheme:
    if scheme not in Scheme.values:
        raise Http404
    return Scheme(scheme)


def _wants_data(request: HttpRequest) -> bool:
    return request.accepts(JSON_LD) and not request.accepts("text/html")


def _see_other(address: str) -> HttpResponse:
    response = HttpResponse(status=303, headers={"Location": address})
    patch_vary_headers(response, ["Accept"])
    return response
