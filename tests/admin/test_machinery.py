"""Operators see what runs and what goes out, and start again what was stopped."""

import pytest
from django.urls import reverse
from django.utils import timezone

from directory.actions.mail import queue_mail
from directory.exchange.jobs import WORKS
from directory.exchange.work import Worker
from directory.models import Job, Mail

pytestmark = pytest.mark.django_db
LISTS = ["job", "mail", "linkcheck", "erasure"]


def list_of(name: str) -> str:
    return reverse(f"admin:directory_{name}_changelist")


def test_every_job_is_listed_with_what_it_does(operator):
    Worker(WORKS).run_due()

    page = operator.get(list_of("job")).content.decode()

    for work in WORKS:
        assert work.name in page
        assert str(work.label) in page


def test_a_stopped_job_is_started_again(operator):
    Worker(WORKS).run_due()
    Job.objects.filter(name="mail").update(quarantined_at=timezone.now(), attempts=5)

    chosen = [Job.objects.get(name="mail").pk]
    operator.post(list_of("job"), {"action": "run_again", "_selected_action": chosen})

    job = Job.objects.get(name="mail")
    assert (job.quarantined_at, job.attempts) == (None, 0)


def test_a_letter_is_shown_as_text(operator):
    body = "<b>Bold</b> <script>alert(1)</script>"
    mail = queue_mail("a@example.org", "<i>Hello</i>", body, "en", "reminder")

    pages = [
        operator.get(list_of("mail")),
        operator.get(reverse("admin:directory_mail_change", args=[mail.pk])),
    ]

    assert "&lt;script&gt;alert(1)" in pages[1].content.decode()
    for page in pages:
        assert "&lt;i&gt;Hello" in page.content.decode()
        assert "<script>alert" not in page.content.decode()


def test_a_letter_that_was_given_up_is_tried_again(operator):
    mail = queue_mail("a@example.org", "Hello", "Text", "en", "reminder")
    Mail.objects.update(state="given_up", attempts=8)

    operator.post(list_of("mail"), {"action": "try_again", "_selected_action": [mail.pk]})

    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == ("waiting", 0)


@pytest.mark.parametrize("name", ["job", "mail", "erasure"])
def test_editors_see_nothing_of_it(editor, name):
    assert editor.get(list_of(name)).status_code == 403


def test_editors_see_which_websites_do_not_answer(editor):
    assert editor.get(list_of("linkcheck")).status_code == 200


@pytest.mark.parametrize("name", LISTS)
def test_nothing_of_it_is_edited_by_hand(operator, name):
    assert operator.get(reverse(f"admin:directory_{name}_add")).status_code == 403
