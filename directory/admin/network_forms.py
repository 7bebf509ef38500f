"""The forms of networks: what one is, and many members at once."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from directory.admin.named import named_by, word_of
from directory.models import Network, Organization


class NetworkForm(forms.ModelForm):
    """What a network says; its address word is made from its name where none is given."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if slug := self.fields.get("slug"):
            slug.required = False
            slug.help_text = _("Leave empty to make one from the name.")
        if editors := self.fields.get("editors"):
            # Whoever edits for it already stays, also while suspended.
            already = self.instance.editors.values("pk") if self.instance.pk else []
            may_edit = Q(pk__in=User.objects.staff().values("pk")) | Q(pk__in=already)
            editors.queryset = User.objects.filter(may_edit).in_order()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "slug" in self.fields and "slug" in cleaned and not cleaned["slug"]:
            cleaned["slug"] = self._free_slug(cleaned.get("name", ""))
            if not cleaned["slug"]:
                self.add_error("slug", _("Write an address word: the name gives none."))
        return cleaned

    def _free_slug(self, name: str) -> str:
        longest = Network._meta.get_field("slug").max_length - 4  # Leaves room for a number.
        slug = slugify(name)[:longest].strip("-")
        rows = Network.objects.exclude(pk=self.instance.pk).filter(slug__startswith=slug)
        taken, number = {*rows.values_list("slug", flat=True)}, 1
        word = slug
        while word in taken:
            number += 1
            word = f"{slug}-{number}"
        return word


class MembersForm(forms.Form):
    """Listings by address, address word or permanent id, one a line."""

    listings = forms.CharField(
        label=gettext_lazy("Listings"),
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy(
            "Addresses of their pages, address words or permanent ids, one a line."
        ),
    )

    found: list[Organization]

    def clean_listings(self) -> str:
        words = {word_of(text): text for text in self.cleaned_data["listings"].split()}
        if len(words) > settings.NETWORK_MEMBERS_AT_ONCE:
            raise forms.ValidationError(
                _("These are %(count)d; at most %(most)d fit at once.")
                % {"count": len(words), "most": settings.NETWORK_MEMBERS_AT_ONCE}
            )
        rows = Organization.objects.filter(named_by(words)).prefetch_related("former_slugs")
        self.found = sorted({*rows}, key=lambda row: (row.name, row.pk))
        known = {key.casefold() for row in self.found for key in _keys(row)}
        if unknown := [text for word, text in words.items() if word.casefold() not in known]:
            raise forms.ValidationError(
                _("No listing is called %(words)s.") % {"words": ", ".join(unknown[:10])}
            )
        return self.cleaned_data["listings"]


def _keys(organization: Organization) -> list[str]:
    former = (each.slug for each in organization.former_slugs.all())
    return [organization.slug, organization.uid, *former]
