"""Every address of the site, and who may use it. tests/test_routes.py holds the site to it.

**A new address needs a row here**, one line:

    Row("organizations/<slug:slug>/report/", Action.REPORT_SEND),
    Row("organizations/<slug:slug>/report/", Action.REPORT_SEND, "POST", ok=302),

The first part is the route as `urls.py` writes it. The second says who may: an Action, whose row of
the table of policies (directory/actions/policy_table.py) then decides column by column, or EVERYBODY,
SIGNED_IN, STAFF, NOBODY. Then, where they differ: the method, the status of a yes (`ok`), the status
of a no (`no`; people who have not signed in are sent to the sign-in page where there is one), `on`
(what it is done to: "listing", a draft or shown listing, or the network it belongs to, within the
remit of `editor` and spoken for by `speaker`),
`gaps` (what stands in the gaps of the route: tests/test_routes.py has the usual ones), `data`
(`#listing` in it is the number of that row).

An address without a row for POST must take no write from anybody.
"""

from dataclasses import dataclass, field
from typing import Any

from directory.actions.policies import Action

EVERYBODY, SIGNED_IN, STAFF, NOBODY = "everybody", "signed in", "staff", "nobody"

GONE = (404,)  # Nobody learns that it is there.
SHUT = (403,)


@dataclass(frozen=True)
class Row:
    """One address and method, and who may use it."""

    route: str
    who: Action | str
    method: str = "GET"
    ok: tuple[int, ...] | int = 200
    no: tuple[int, ...] = SHUT
    on: str = ""
    gaps: dict[str, str] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.method} {self.route} {' '.join(self.gaps.values())}".strip()


def admin_of(
    model: str,
    read: Action,
    *,
    add: Action | str = NOBODY,
    change: Action | str = NOBODY,
    one: Action | str = "",
    on: str = "",
    data: dict[str, Any] | None = None,
) -> list[Row]:
    """The rows of what Django's admin makes for a model; nothing is deleted in it.

    `one` says who may open a single row, where not all who read the list may.
    """
    root, row = f"admin/{model}/", f"admin/{model}/<path:object_id>/"
    hidden = GONE if on or one else SHUT
    return [
        Row(root, read),
        Row(root, read, "POST", ok=(200, 302), data={"action": "delete_selected"}),
        Row(f"{root}add/", add),
        Row(f"{root}add/", add, "POST", data=data or {}),
        Row(row, STAFF, ok=302),
        Row(f"{row}change/", one or read, on=on, no=hidden),
        Row(f"{row}change/", change, "POST", on=on, no=(*GONE, *SHUT), data=data or {}),
        Row(f"{row}history/", one or read, on=on, no=hidden),
        Row(f"{row}delete/", NOBODY, no=(*GONE, *SHUT)),
        Row(f"{row}delete/", NOBODY, "POST", no=(*GONE, *SHUT), data={"post": "yes"}),
    ]


READ, HISTORY = Action.ORGANIZATION_READ_PUBLISHED, Action.HISTORY_READ
TYPEAHEAD = {"app_label": "directory", "model_name": "claim", "field_name": "term"}
DRAFT = {"slug": "draft-bakery"}  # It exists, and no page of the site shows it.
ONE = "admin/directory/organization/<int:pk>/"
DEED = "admin/accounts/user/<int:pk>/<slug:deed>/do/"
LISTINGS = "admin/directory/organization/"

MANAGE = "organizations/<slug:slug>/manage/"
OWN = {"slug": "own-bakery"}  # It is shown, and otherwise as the draft.
LED_ON = (302,)  # To where one asks to speak for it.
QUEUE = "admin/directory/proposal/"
IMPORTS = "admin/directory/importrun/"
UNDO = {"reason": "A test"}

PAGES = [
    Row("", EVERYBODY),
    Row("organizations/", EVERYBODY),
    Row("organizations/<slug:slug>/", READ),
    Row("organizations/<slug:slug>/", NOBODY, no=GONE, gaps=DRAFT),
    Row("organizations/<slug:slug>/history/", HISTORY),
    Row("organizations/<slug:slug>/history/", NOBODY, no=GONE, gaps=DRAFT),
    Row("organizations/<slug:slug>/history/<int:version>/", HISTORY, gaps={"version": "2"}),
    Row("organizations/<slug:slug>/history/<int:version>/", NOBODY, no=GONE, gaps=DRAFT),
    Row("organizations/new/", Action.PROPOSAL_SEND),
    Row("organizations/new/", Action.PROPOSAL_SEND, "POST"),
    Row("organizations/<slug:slug>/suggest/", Action.PROPOSAL_SEND),
    Row("organizations/<slug:slug>/suggest/", Action.PROPOSAL_SEND, "POST"),
    Row("organizations/<slug:slug>/suggest/", NOBODY, no=GONE, gaps=DRAFT),
    Row("organizations/<slug:slug>/report/", Action.REPORT_SEND),
    Row("organizations/<slug:slug>/report/", Action.REPORT_SEND, "POST"),
    Row("organizations/<slug:slug>/report/", NOBODY, no=GONE, gaps=DRAFT),
    Row("organizations/<slug:slug>/confirm/", Action.ORGANIZATION_SAY_STILL_CORRECT),
    Row("organizations/<slug:slug>/confirm/", Action.ORGANIZATION_SAY_STILL_CORRECT, "POST",
        ok=302, data={"facts": "exists"}),
    Row("organizations/<slug:slug>/confirm/", NOBODY, no=GONE, gaps=DRAFT),
    Row("organizations/<slug:slug>/confirm/thanks/", EVERYBODY),
    Row("organizations/<slug:slug>/claim/", Action.SPEAKING_ASK),
    Row("organizations/<slug:slug>/claim/", Action.SPEAKING_ASK, "POST"),
    Row("organizations/<slug:slug>/claim/", NOBODY, no=GONE, gaps=DRAFT),
    Row("organizations/<slug:slug>/claim/", NOBODY, "POST", no=GONE, gaps=DRAFT),
    Row(MANAGE, Action.ORGANIZATION_EDIT, on="listing", no=GONE, gaps=DRAFT),
    Row(MANAGE, Action.SPEAKING_END, "POST", ok=302, on="listing", no=GONE, gaps=DRAFT,
        data={"end": "#spokesperson"}),
    Row(MANAGE, Action.PROPOSAL_ANSWER, "POST", ok=302, on="listing", no=LED_ON, gaps=OWN,
        data={"answer": "#report", "words": "A test"}),
    Row(f"{MANAGE}edit/", Action.ORGANIZATION_EDIT, on="listing", no=LED_ON, gaps=OWN),
    Row(f"{MANAGE}edit/", Action.ORGANIZATION_EDIT, "POST", on="listing", no=LED_ON, gaps=OWN),
    Row(f"{MANAGE}withdraw/", Action.ORGANIZATION_WITHDRAW, on="listing", no=LED_ON, gaps=OWN),
    Row(f"{MANAGE}withdraw/", Action.ORGANIZATION_WITHDRAW, "POST", ok=302, on="listing",
        no=LED_ON, gaps=OWN),
    # Whoever holds the link of a letter; these are of no letter.
    Row("claims/<str:token>/", NOBODY, no=(410,)),
    Row("claims/<str:token>/", NOBODY, "POST", no=(410,)),
    Row("answers/<str:token>/", NOBODY, no=(410,)),
    Row("answers/<str:token>/", NOBODY, "POST", no=(410,)),
    Row("answers/<str:token>/stop/", NOBODY, no=(410,)),
    Row("answers/<str:token>/stop/", NOBODY, "POST", no=(410,)),
    # Whoever holds the number of a proposal.
    Row("proposals/", EVERYBODY),
    Row("proposals/<str:reference>/", EVERYBODY),
    Row("proposals/<str:reference>/", EVERYBODY, "POST", ok=302, data={"take_back": "1"}),
    Row("networks/", EVERYBODY),
    Row("networks/<slug:slug>/", EVERYBODY, gaps={"slug": "example-guild"}),
    Row("networks/<slug:slug>/", NOBODY, no=GONE, gaps={"slug": "hidden-guild"}),
    Row("embed/", EVERYBODY),
    Row("types/", EVERYBODY),
    Row("types/<str:code>/", EVERYBODY),
    Row("values/", EVERYBODY),
    Row("values/<str:code>/", EVERYBODY, gaps={"code": "deepens-democracy"}),
    Row("sectors/", EVERYBODY),
    Row("sectors/<str:code>/", EVERYBODY, gaps={"code": "care"}),
    Row("places/", EVERYBODY),
    Row("places/<path:path>/", EVERYBODY),
    Row("about/", EVERYBODY),
    Row("about/checking/", EVERYBODY),
    Row("about/search/", EVERYBODY),
    Row("about/privacy/", EVERYBODY),
    Row("about/accessibility/", EVERYBODY),
    Row("about/data/", EVERYBODY),
    Row("data/", EVERYBODY),
    # No files are written here; tests/outputs looks at such that are.
    Row("data/catalog.jsonld", EVERYBODY, ok=404),
    Row("data/<str:version>/<str:name>", EVERYBODY, ok=404, gaps={"name": "README.md"}),
    Row("id/organizations/<str:uid>", READ, ok=303),
    Row("id/organizations/<str:uid>", NOBODY, no=GONE, gaps={"uid": "draft"}),
    Row("ns/<slug:scheme>.jsonld", EVERYBODY),
    Row("ns/<slug:scheme>/", EVERYBODY, ok=303),
    Row("ns/<slug:scheme>/<str:code>", EVERYBODY, ok=303),
    Row("basemap.geojson", EVERYBODY, data={"bbox": "-78,38,-76,40"}),
    Row("opensearch.xml", EVERYBODY),
    Row("robots.txt", EVERYBODY),
    Row("sitemap.xml", EVERYBODY),
    Row("sitemap-<slug:section>-<int:number>.xml", EVERYBODY),
    Row("favicon.ico", EVERYBODY, ok=302),
    Row("healthz", EVERYBODY),
    Row("readyz", EVERYBODY),
]  # fmt: skip

API = [
    Row("api/", EVERYBODY),
    Row(".well-known/api-catalog", EVERYBODY),
    Row("api/v1/", EVERYBODY),
    Row("api/v1/organizations/", EVERYBODY),
    Row("api/v1/organizations.geojson", EVERYBODY),
    Row("api/v1/organizations.csv", EVERYBODY),
    Row("api/v1/organizations.ndjson", EVERYBODY),
    Row("api/v1/organizations.xlsx", EVERYBODY),
    Row("api/v1/organizations/<str:uid>/", READ),
    Row("api/v1/organizations/<str:uid>/", NOBODY, no=GONE, gaps={"uid": "draft"}),
    Row("api/v1/organizations/<str:uid>/revisions/", HISTORY),
    Row("api/v1/organizations/<str:uid>/revisions/", NOBODY, no=GONE, gaps={"uid": "draft"}),
    Row("api/v1/clusters/", EVERYBODY, data={"bbox": "-78,38,-76,40", "zoom": "8"}),
    Row("api/v1/suggest/", EVERYBODY, data={"q": "bak"}),
    Row("api/v1/proposals/<str:reference>/", EVERYBODY),
    Row("api/v1/terms/", EVERYBODY),
    Row("api/v1/terms/<str:scheme>/<str:code>/", EVERYBODY),
    Row("api/v1/places/", EVERYBODY),
    Row("api/v1/places/<path:path>/", EVERYBODY),
    Row("api/v1/openapi.json", EVERYBODY),
    Row("api/v1/schemas/organization-document.json", EVERYBODY),
]

# One's own account: what it shows and changes is of the person who signed in, by session.
RESET = "accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[0-9A-Za-z-]+)/$"
NEXT = (200, 302)  # Some of these pages lead on, by what the person has set up.
ACCOUNTS = [
    Row("accounts/", SIGNED_IN),
    Row("accounts/login/", EVERYBODY, ok=NEXT),
    Row("accounts/login/", EVERYBODY, "POST", ok=NEXT),
    Row("accounts/logout/", EVERYBODY, ok=NEXT),
    Row("accounts/logout/", EVERYBODY, "POST", ok=302),
    Row("accounts/inactive/", EVERYBODY),
    Row("accounts/signup/", EVERYBODY, ok=NEXT),
    Row("accounts/signup/", EVERYBODY, "POST", ok=NEXT, data={"username": "eve"}),
    Row("accounts/reauthenticate/", SIGNED_IN),
    Row("accounts/reauthenticate/", SIGNED_IN, "POST"),
    Row("accounts/email/", SIGNED_IN),
    Row("accounts/email/", SIGNED_IN, "POST", ok=NEXT),
    Row("accounts/confirm-email/", EVERYBODY),
    Row("accounts/confirm-email/<str:key>/", EVERYBODY),
    Row("accounts/confirm-email/<str:key>/", NOBODY, "POST", no=GONE),
    Row("accounts/password/change/", SIGNED_IN),
    Row("accounts/password/change/", SIGNED_IN, "POST"),
    Row("accounts/password/set/", SIGNED_IN, ok=302),
    Row("accounts/password/set/", SIGNED_IN, "POST", ok=302),
    Row("accounts/password/reset/", EVERYBODY),
    Row("accounts/password/reset/", EVERYBODY, "POST"),
    Row("accounts/password/reset/done/", EVERYBODY),
    Row("accounts/password/reset/key/done/", EVERYBODY),
    Row(RESET, EVERYBODY),
    Row(RESET, EVERYBODY, "POST"),
    Row("accounts/2fa/", SIGNED_IN),
    # Only in the middle of signing in, after the password.
    Row("accounts/2fa/authenticate/", NOBODY, no=(302,)),
    Row("accounts/2fa/authenticate/", NOBODY, "POST", no=(302,)),
    Row("accounts/2fa/reauthenticate/", SIGNED_IN, ok=NEXT),
    Row("accounts/2fa/reauthenticate/", SIGNED_IN, "POST", ok=NEXT),
    Row("accounts/2fa/totp/activate/", SIGNED_IN, ok=NEXT),
    Row("accounts/2fa/totp/activate/", SIGNED_IN, "POST", ok=NEXT),
    Row("accounts/2fa/totp/deactivate/", SIGNED_IN, ok=(200, 404)),
    Row("accounts/2fa/totp/deactivate/", SIGNED_IN, "POST", ok=(200, 302, 404)),
    Row("accounts/2fa/recovery-codes/", SIGNED_IN, ok=404),
    Row("accounts/2fa/recovery-codes/generate/", SIGNED_IN),
    Row("accounts/2fa/recovery-codes/generate/", SIGNED_IN, "POST", ok=NEXT),
    Row("accounts/2fa/webauthn/", SIGNED_IN),
    Row("accounts/2fa/webauthn/add/", SIGNED_IN),
    Row("accounts/2fa/webauthn/add/", SIGNED_IN, "POST"),
    # Only with what a passkey answered.
    Row("accounts/2fa/webauthn/login/", NOBODY, no=(302,)),
    Row("accounts/2fa/webauthn/login/", NOBODY, "POST", no=(302,)),
    Row("accounts/2fa/webauthn/reauthenticate/", SIGNED_IN, ok=NEXT),
    Row("accounts/2fa/webauthn/reauthenticate/", SIGNED_IN, "POST", ok=NEXT),
    Row("accounts/2fa/webauthn/keys/<int:pk>/edit/", SIGNED_IN, ok=404),
    Row("accounts/2fa/webauthn/keys/<int:pk>/edit/", SIGNED_IN, "POST", ok=404),
    Row("accounts/2fa/webauthn/keys/<int:pk>/remove/", SIGNED_IN, ok=404),
    Row("accounts/2fa/webauthn/keys/<int:pk>/remove/", SIGNED_IN, "POST", ok=404),
    Row("accounts/sessions/", SIGNED_IN),
    Row("accounts/sessions/", SIGNED_IN, "POST", ok=302),
]

ADMIN = [
    Row("admin/", STAFF),
    Row("admin/login/", STAFF, ok=302),
    Row("admin/login/", STAFF, "POST", ok=302),
    Row("admin/logout/", STAFF, ok=200),
    Row("admin/logout/", STAFF, "POST", ok=302),
    Row("admin/password_change/", STAFF, ok=302),
    Row("admin/password_change/done/", STAFF, ok=302),
    Row("admin/autocomplete/", STAFF, data=TYPEAHEAD),
    Row("admin/jsi18n/", STAFF),
    Row("admin/^(?P<app_label>directory|accounts)/$", STAFF, gaps={"app_label": "directory"}),
    Row("admin/(?P<url>.*)$", NOBODY, no=GONE),
    *admin_of("directory/changeset", Action.CHANGESET_READ),
    *admin_of("directory/revision", Action.HISTORY_READ_HIDDEN, on="listing"),
    *admin_of(
        "directory/organization",
        Action.ORGANIZATION_READ_HIDDEN,
        add=Action.ORGANIZATION_ADD,
        change=Action.ORGANIZATION_EDIT,
        on="listing",
    ),
    Row(LISTINGS, Action.ORGANIZATION_PUBLISH, "POST", ok=302, no=(302,), on="listing",
        data={"action": "publish", "_selected_action": "#listing"}),
    Row(LISTINGS, Action.ORGANIZATION_WITHDRAW, "POST", ok=302, no=(302,), on="listing",
        data={"action": "withdraw", "_selected_action": "#listing"}),
    Row(f"{ONE}check/", Action.ORGANIZATION_CHECK, on="listing", no=GONE),
    Row(f"{ONE}check/", Action.ORGANIZATION_CHECK, "POST", ok=302, on="listing", no=GONE,
        data={"level": "2", "on": "2026-05-01", "note": "Saw it"}),
    Row(f"{ONE}check/<int:event>/take-back/", Action.ORGANIZATION_CHECK, on="listing", no=GONE),
    Row(f"{ONE}check/<int:event>/take-back/", Action.ORGANIZATION_CHECK, "POST", ok=302,
        on="listing", no=GONE, data={"reason": "Mistaken"}),
    Row(f"{ONE}networks/", Action.NETWORK_EDIT, on="listing", no=GONE),
    Row(f"{ONE}networks/", Action.NETWORK_EDIT, "POST", ok=302, on="listing", no=GONE,
        data={"network": "#network", "act": "approve"}),
    Row(f"{ONE}speaking/", Action.SPEAKING_DECIDE, on="listing", no=GONE),
    Row(f"{ONE}speaking/", Action.SPEAKING_DECIDE, "POST", on="listing", no=GONE,
        data={"issue": "1"}),
    Row(f"{ONE}speaking/", Action.SPEAKING_DECIDE, "POST", ok=302, on="listing", no=GONE,
        data={"grant": "#speakingrequest"}),
    Row(f"{ONE}speaking/", Action.SPEAKING_END, "POST", ok=302, on="listing", no=GONE,
        data={"end": "#spokesperson"}),
    Row(f"{ONE}erase/", Action.ORGANIZATION_ERASE),
    Row(f"{ONE}erase/", Action.ORGANIZATION_ERASE, "POST"),
    Row(f"{ONE}merge/", Action.ORGANIZATION_MERGE, on="listing", no=GONE),
    Row(f"{ONE}merge/<int:kept>/", Action.ORGANIZATION_MERGE, on="listing", no=GONE),
    Row(f"{ONE}merge/<int:kept>/", Action.ORGANIZATION_MERGE, "POST", ok=302, on="listing",
        no=GONE, data={"reason": "A test", "version_gone": "#version", "version_kept": "#version"}),
    Row(f"{ONE}split/", Action.ORGANIZATION_SPLIT, on="listing", no=GONE),
    Row(f"{ONE}split/", Action.ORGANIZATION_SPLIT, "POST", ok=302, on="listing", no=GONE,
        data={"reason": "A test", "name": "Another bakery", "version": "#version"}),
    Row("admin/directory/revision/<int:pk>/undo/", Action.REVISION_REVERT, on="listing", no=GONE),
    Row("admin/directory/revision/<int:pk>/undo/", Action.REVISION_REVERT, "POST", on="listing",
        no=GONE),
    Row("admin/directory/changeset/<int:pk>/undo/", Action.CHANGESET_REVERT),
    Row("admin/directory/changeset/<int:pk>/undo/", Action.CHANGESET_REVERT, "POST"),
    Row(QUEUE, Action.QUEUE_READ),
    Row(QUEUE, Action.QUEUE_READ, "POST", ok=(200, 302)),
    Row(f"{QUEUE}add/", NOBODY),
    Row(f"{QUEUE}add/", NOBODY, "POST"),
    Row(f"{QUEUE}decide/", NOBODY),
    Row(f"{QUEUE}decide/", Action.REPORT_DECIDE, "POST", ok=302, on="listing",
        data={"accept": "#report"}),
    Row(f"{QUEUE}duplicates/<int:pk>/not/", NOBODY),
    Row(f"{QUEUE}duplicates/<int:pk>/not/", Action.DUPLICATE_DECIDE, "POST", ok=302, on="listing"),
    Row(f"{QUEUE}<path:object_id>/", STAFF, ok=302),
    Row(f"{QUEUE}<path:object_id>/change/", Action.REPORT_DECIDE, on="listing"),
    Row(f"{QUEUE}<path:object_id>/change/", Action.REPORT_DECIDE, "POST", ok=302, on="listing",
        data={"act": "accept"}),
    Row(f"{QUEUE}<path:object_id>/history/", Action.QUEUE_READ, on="listing"),
    Row(f"{QUEUE}<path:object_id>/delete/", NOBODY),
    Row(f"{QUEUE}<path:object_id>/delete/", NOBODY, "POST", data={"post": "yes"}),
    *admin_of("directory/network", Action.NETWORK_READ, add=Action.NETWORK_GRANT_EDITOR,
              change=Action.NETWORK_EDIT, on="listing"),
    Row("admin/directory/network/<int:pk>/members/", Action.NETWORK_EDIT, on="listing"),
    Row("admin/directory/network/<int:pk>/members/", Action.NETWORK_EDIT, "POST", ok=302,
        on="listing", data={"listings": "open-bakery"}),
    *admin_of("directory/exclusion", Action.EXCLUSION_EDIT, add=Action.EXCLUSION_EDIT),
    Row("admin/directory/exclusion/", Action.EXCLUSION_EDIT, "POST", ok=302,
        data={"action": "lift", "_selected_action": "#exclusion"}),
    *admin_of("directory/erasure", Action.ORGANIZATION_ERASE),
    *admin_of("directory/job", Action.SETTING_READ),
    *admin_of("directory/mail", Action.MAIL_READ),
    *admin_of("directory/linkcheck", Action.QUEUE_READ, on="listing"),
    *admin_of("directory/gap", Action.QUEUE_READ, one=NOBODY),
    *admin_of("directory/finding", Action.QUALITY_READ, one=NOBODY),
    Row("admin/directory/finding/list/<slug:kind>/", Action.QUALITY_READ,
        gaps={"kind": "no_website"}),
    *admin_of("directory/place", Action.PLACE_READ),
    *admin_of("directory/source", Action.SOURCE_READ, add=Action.SOURCE_EDIT,
              change=Action.SOURCE_EDIT),
    *admin_of("directory/sourcefeed", Action.SOURCE_READ, add=Action.IMPORT_APPLY,
              change=Action.IMPORT_APPLY),
    *admin_of("directory/sourcemapping", Action.SOURCE_READ),
    Row(IMPORTS, Action.IMPORT_PREVIEW),
    Row(IMPORTS, Action.IMPORT_PREVIEW, "POST", ok=(200, 302)),
    Row(f"{IMPORTS}add/", Action.IMPORT_PREVIEW),
    Row(f"{IMPORTS}add/", Action.IMPORT_PREVIEW, "POST"),
    Row(f"{IMPORTS}<path:object_id>/", STAFF, ok=302),
    Row(f"{IMPORTS}<path:object_id>/change/", Action.IMPORT_PREVIEW),
    Row(f"{IMPORTS}<path:object_id>/change/", Action.IMPORT_DISCARD, "POST", ok=302,
        on="file", data={"act": "discard"}),
    Row(f"{IMPORTS}<path:object_id>/change/", Action.IMPORT_APPLY, "POST", ok=302,
        data={"act": "apply"}),
    Row(f"{IMPORTS}<path:object_id>/history/", Action.IMPORT_PREVIEW),
    Row(f"{IMPORTS}<path:object_id>/delete/", NOBODY),
    Row(f"{IMPORTS}<path:object_id>/delete/", NOBODY, "POST", data={"post": "yes"}),
    Row(f"{IMPORTS}<int:pk>/columns/", Action.IMPORT_PREVIEW, ok=NEXT),
    Row(f"{IMPORTS}<int:pk>/columns/", Action.IMPORT_DISCARD, "POST", ok=NEXT, on="file"),
    Row(f"{IMPORTS}<int:pk>/refused.csv", Action.IMPORT_PREVIEW),
    *admin_of("directory/term", Action.TERM_READ, add=Action.TERM_EDIT, change=Action.TERM_EDIT),
    *admin_of("accounts/user", Action.USER_LIST, add=Action.USER_ADD,
              change=Action.USER_GRANT_ROLE),
    *[
        row
        for deed, action in (
            ("suspend", Action.USER_SUSPEND),
            ("reinstate", Action.USER_SUSPEND),
            ("end-sessions", Action.USER_END_SESSIONS),
            ("reset-second-factor", Action.USER_RESET_SECOND_FACTOR),
        )
        for row in (
            Row(DEED, action, on="person", gaps={"deed": deed}),
            Row(DEED, action, "POST", ok=302, on="person", gaps={"deed": deed},
                data={"reason": "A test"}),
        )
    ],
]  # fmt: skip

ROWS = [*PAGES, *API, *ACCOUNTS, *ADMIN]
