"""Why a proposal is declined: short for editors, a whole sentence for whoever sent it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DeclineReason(models.TextChoices):
    NO_EVIDENCE = "no_evidence", _("Not shown by what it rests on")
    OUT_OF_DATE = "out_of_date", _("Out of date")
    LISTED_ALREADY = "listed_already", _("Listed already")
    DOES_NOT_BELONG = "does_not_belong", _("Does not belong here")
    ADVERTISING = "advertising", _("Advertising")
    NOT_CLEAR = "not_clear", _("Not clear")
    STILL_TRUE = "still_true", _("The listing is still true")
    SPAM = "spam", _("Spam")


# In the language of the sender when it is shown or sent.
SENTENCES = {
    DeclineReason.NO_EVIDENCE: _(
        "We could not find this where you pointed us. Send it again with a page that shows it."
    ),
    DeclineReason.OUT_OF_DATE: _("We found newer information that says something else."),
    DeclineReason.LISTED_ALREADY: _("It is in the directory already."),
    DeclineReason.DOES_NOT_BELONG: _(
        "As far as we can see it is not owned or run by the people who work in it, use it or live "
        "around it. If it is, tell us how."
    ),
    DeclineReason.ADVERTISING: _("Listings say what a group does, without advertising."),
    DeclineReason.NOT_CLEAR: _("We did not understand what should change. Please say it again."),
    DeclineReason.STILL_TRUE: _("We checked, and what the listing says is still true."),
    DeclineReason.SPAM: _("This had nothing to do with the directory."),
}


def sentence_of(reason: str) -> str:
    """The sentence for a reason's code, in the active language; "" for no reason."""
    return str(SENTENCES[DeclineReason(reason)]) if reason else ""
