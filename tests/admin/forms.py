"""What a browser sends for the form of a listing, and reads in the answer."""

from django.urls import reverse

from directory.models import Organization
from tests.factories import make_place, make_source, make_term

ADD = "/admin/directory/organization/add/"


def management(prefix: str, total: int = 0, initial: int = 0) -> dict:
    return {
        f"{prefix}-TOTAL_FORMS": total,
        f"{prefix}-INITIAL_FORMS": initial,
        f"{prefix}-MIN_NUM_FORMS": 0,
        f"{prefix}-MAX_NUM_FORMS": 1000,
    }


def filled_in(**fields) -> dict:
    """What a browser sends for a new listing with one location, one type and one source."""
    term, source = make_term(), make_source()
    place = make_place("us/maryland/takoma-park")
    return {
        **management("locations", 1),
        "locations-0-place": place.pk,
        "locations-0-country": "US",
        "locations-0-precision": "exact",
        **management("service_areas"),
        **management("claims", 1),
        "claims-0-term": term.pk,
        "claims-0-asserted_by": "editor",
        "claims-0-checked_on": "2026-05-01",
        **management("identifiers"),
        **management("source_records", 1),
        "source_records-0-source": source.pk,
        "source_records-0-external_id": "7",
        **management("verification_events"),
        "name": "Example Bakery",
        "language": "en",
        "summary": "Bread, made together.",
        "lifecycle": "active",
        "reason": "Seen at the market",
    } | fields


def messages_of(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def change_form(editor, listing: Organization, *, with_blanks: bool = False) -> tuple[str, dict]:
    """The address of the change form, and what a browser would send back untouched.

    With blanks also every empty field of the parts, as browsers do.
    """
    url = reverse("admin:directory_organization_change", args=[listing.pk])
    response = editor.get(url)
    form = response.context["adminform"].form
    sent = {name: form[name].value() for name in form.fields}
    for inline in response.context["inline_admin_formsets"]:
        formset = inline.formset
        total = len(formset.forms)
        sent |= management(formset.prefix, total, formset.initial_form_count())
        for row in formset.forms:
            sent |= {row.add_prefix(name): row[name].value() for name in row.fields}
    ticked = {name: value for name, value in sent.items() if value is not False}
    if with_blanks:
        ticked |= {name: "" for name, value in ticked.items() if value is None and "-" in name}
    return url, {name: value for name, value in ticked.items() if value is not None}


def errors_of(response) -> str:
    """All errors above the fields and at them."""
    form = response.context["adminform"].form
    return " ".join(str(text) for texts in form.errors.values() for text in texts)


def sent_again(response) -> dict:
    """What a browser sends when the form that was shown again is saved again."""
    form = response.context["adminform"].form
    sent = {name: form[name].value() for name in form.fields}
    for inline in response.context["inline_admin_formsets"]:
        sent |= {
            inline.formset.management_form.add_prefix(name): value
            for name, value in inline.formset.management_form.cleaned_data.items()
        }
        for shown in inline:
            row = shown.form
            if "__prefix__" not in row.prefix:
                sent |= {row.add_prefix(name): row[name].value() for name in row.fields}
    return {name: value for name, value in sent.items() if value is not None and value is not False}
