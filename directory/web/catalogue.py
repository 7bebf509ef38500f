"""A dump described for machines: DCAT for catalogues, schema.org for search engines."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.urls import reverse

from directory.exchange.dumps.shelf import Dump

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
DESCRIPTION = (
    "Published listings of the solidarity economy: co-ops, community land trusts, credit unions, "
    "mutual aid and more, with the terms that describe them and their sources."
)
Here = Callable[[str], str]


def catalogue_of(dump: Dump, here: Here) -> dict[str, Any]:
    """A dcat:Catalog with one dataset, its files, and the API as a service."""
    page = here(reverse("data"))
    service = {
        "@id": here(reverse("api:index")),
        "@type": "dcat:DataService",
        "dct:title": f"{settings.SITE_NAME}: API",
        "dcat:endpointURL": {"@id": here(reverse("api:index"))},
        "dcat:endpointDescription": {"@id": here(reverse("api:openapi"))},
        "dcat:servesDataset": {"@id": f"{page}#dataset"},
    }
    return {
        "@context": CONTEXT,
        "@id": page,
        "@type": "dcat:Catalog",
        "dct:title": settings.SITE_NAME,
        "dct:publisher": _publisher(),
        "dcat:dataset": [_dataset(dump, here)],
        "dcat:service": [service],
    }


def _dataset(dump: Dump, here: Here) -> dict[str, Any]:
    return {
        "@id": f"{here(reverse('data'))}#dataset",
        "@type": "dcat:Dataset",
        "dct:title": settings.SITE_NAME,
        "dct:description": DESCRIPTION,
        "dct:publisher": _publisher(),
        "dct:issued": _typed(dump.day.isoformat(), "date"),
        "dct:modified": _typed(dump.descriptor["created"], "dateTime"),
        "dct:license": {"@id": settings.SITE_LICENCE_URL},
        "dcat:version": dump.version,
        "dcat:keyword": dump.descriptor["keywords"],
        "dcat:distribution": [_distribution(dump, each, here) for each in resources(dump)],
    }


def _publisher() -> dict[str, str]:
    return {"@type": "foaf:Agent", "foaf:name": settings.SITE_NAME}


def dataset_of(dump: Dump, here: Here) -> dict[str, Any]:
    """The same facts as a schema.org Dataset, for the page."""
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": f"{here(reverse('data'))}#dataset",
        "name": settings.SITE_NAME,
        "description": DESCRIPTION,
        "license": settings.SITE_LICENCE_URL,
        "version": dump.version,
        "dateModified": dump.descriptor["created"],
        "keywords": dump.descriptor["keywords"],
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": settings.SITE_NAME, "url": here("/")},
        "distribution": [
            {
                "@type": "DataDownload",
                "name": each["path"],
                "encodingFormat": each["mediatype"],
                "contentUrl": _address(dump, each, here),
            }
            for each in resources(dump)
        ],
    }


def resources(dump: Dump) -> list[dict[str, Any]]:
    """The files of a dump, and the one that holds all of them."""
    archive = {
        "path": dump.archive.name,
        "mediatype": "application/zip",
        "bytes": dump.archive.stat().st_size,
        "hash": f"sha256:{dump.sums.get(dump.archive.name, '')}",
    }
    return [archive, *dump.descriptor["resources"]]


def _distribution(dump: Dump, each: dict[str, Any], here: Here) -> dict[str, Any]:
    return {
        "@type": "dcat:Distribution",
        "dct:title": each["path"],
        "dcat:downloadURL": {"@id": _address(dump, each, here)},
        "dcat:mediaType": {
            "@id": f"https://www.iana.org/assignments/media-types/{each['mediatype']}"
        },
        "dcat:byteSize": _typed(str(each["bytes"]), "nonNegativeInteger"),
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": _typed(each["hash"].removeprefix("sha256:"), "hexBinary"),
        },
    }


def _address(dump: Dump, each: dict[str, Any], here: Here) -> str:
    return here(reverse("data-file", args=[dump.version, each["path"]]))


def _typed(value: str, kind: str) -> dict[str, str]:
    return {"@value": value, "@type": f"xsd:{kind}"}
