"""A scheme of the vocabulary as SKOS, in JSON-LD."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from directory.models import Scheme, Term, Vocabulary

CONTEXT = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "prefLabel": {"@id": "skos:prefLabel", "@container": "@language"},
    "altLabel": {"@id": "skos:altLabel", "@container": "@language"},
    "definition": {"@id": "skos:definition", "@container": "@language"},
    "scopeNote": {"@id": "skos:scopeNote", "@container": "@language"},
    "notation": "skos:notation",
    "broader": {"@id": "skos:broader", "@type": "@id"},
    "inScheme": {"@id": "skos:inScheme", "@type": "@id"},
    "topConceptOf": {"@id": "skos:topConceptOf", "@type": "@id"},
}


def concept_scheme(scheme: str, terms: Vocabulary, origin: str) -> dict[str, Any]:
    """The whole scheme: one concept for each term in use; `origin` is scheme and host."""
    uri = f"{origin}{reverse('vocabulary-scheme', args=[scheme])}"
    return {
        "@context": CONTEXT,
        "@graph": [
            {
                "@id": uri,
                "@type": "skos:ConceptScheme",
                "prefLabel": labels_of(Scheme(scheme)),
            },
            *(concept(term, terms, uri, origin) for term in terms.in_scheme(scheme)),
        ],
    }


def labels_of(scheme: Scheme) -> dict[str, str]:
    """What a scheme is called, by each language of the site."""
    labels = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            labels[language] = str(scheme.label)
    return labels


def concept(term: Term, terms: Vocabulary, scheme_uri: str, origin: str) -> dict[str, Any]:
    """One term as a SKOS concept."""
    broader = terms.ancestors(term.scheme, term.code)[:1]
    described = {
        "@id": concept_uri(term, origin),
        "@type": "skos:Concept",
        "notation": term.code,
        "prefLabel": term.labels,
        "altLabel": term.synonyms,
        "definition": term.definitions,
        "scopeNote": term.notes,
        "inScheme": scheme_uri,
        "broader": concept_uri(broader[0], origin) if broader else "",
        "topConceptOf": "" if broader else scheme_uri,
    }
    return {name: value for name, value in described.items() if value}


def concept_uri(term: Term, origin: str) -> str:
    """The permanent address of a term."""
    return f"{origin}{reverse('vocabulary-term', args=[term.scheme, term.code])}"
