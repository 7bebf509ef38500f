"""Letters wait in the outbox, are handed over, and are tried again where a server refuses."""

import datetime
import email
import email.policy
import smtplib

import pytest
import time_machine
from django.core import mail as post
from django.core.exceptions import ValidationError
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.utils import timezone

from directory.actions.mail import forget_mail, queue_mail, try_mail_again
from directory.exchange.mail import send_waiting
from directory.models import Mail

pytestmark = pytest.mark.django_db


class Refusing(EmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, messages):
        raise smtplib.SMTPServerDisconnected("nobody there")


def queue(to="bakery@example.org", subject="Is it still right?", body="Please look.", **fields):
    return queue_mail(to, subject, body, **{"language": "en", "purpose": "reminder"} | fields)


def send() -> int:
    return len(list(send_waiting()))


def test_a_letter_is_sent_once():
    queue(body="Ça va ?", language="fr")

    assert (send(), send()) == (1, 0)

    [letter] = post.outbox
    row = Mail.objects.get()
    assert (letter.to, letter.body) == (["bakery@example.org"], "Ça va ?")
    assert letter.extra_headers["Message-ID"] == row.message_id
    assert (row.state, row.attempts) == ("sent", 1)


@pytest.mark.django_db(transaction=True)
def test_a_letter_of_a_change_that_did_not_happen_is_never_sent():
    with transaction.atomic():
        queue()
        transaction.set_rollback(True)

    assert send() == 0


@pytest.mark.parametrize("address", ["", "nobody", "a@example.org\nBcc: b@example.org"])
def test_a_letter_to_no_address_is_refused(address):
    with pytest.raises(ValidationError):
        queue(address)


def test_a_subject_is_one_line():
    row = queue(subject="Hello\r\nBcc: everybody@example.org\x00 " + "x" * 300)

    assert row.subject.startswith("Hello Bcc: everybody@example.org xxx")
    assert len(row.subject) == 200
    assert send() == 1


def test_a_letter_that_the_server_refuses_is_tried_again_later_and_given_up_in_the_end(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    row = queue()

    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _try in range(settings.MAIL_ATTEMPTS_MAX):
            assert (send(), send()) == (1, 0)
            clock.shift(datetime.timedelta(hours=13))
        assert send() == 0

    row.refresh_from_db()
    assert (row.state, row.attempts) == ("given_up", settings.MAIL_ATTEMPTS_MAX)
    assert row.last_error == "nobody there"


def test_an_operator_lets_a_letter_be_tried_again(settings):
    backend, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.Refusing"
    row = queue()
    send()
    settings.EMAIL_BACKEND = backend

    assert send() == 0
    try_mail_again(row)
    assert send() == 1


def test_a_letter_that_was_sent_is_not_sent_again():
    row = queue()
    send()

    try_mail_again(row)

    assert send() == 0


def test_a_letter_that_breaks_the_worker_each_time_is_given_up(settings):
    row = queue()
    Mail.objects.update(attempts=settings.MAIL_ATTEMPTS_MAX)

    assert send() == 0

    row.refresh_from_db()
    assert row.state == "given_up"


def test_letters_are_forgotten_a_month_after_they_were_sent():
    queue()
    send()
    waiting = queue()

    with time_machine.travel(timezone.now() + datetime.timedelta(days=31)):
        assert forget_mail(timezone.now()) == 1

    assert list(Mail.objects.all()) == [waiting]


def test_without_a_mail_server_letters_are_files_and_the_same_one_is_one_file(settings, tmp_path):
    settings.EMAIL_BACKEND = "directory.exchange.mail_files.MailFiles"
    settings.MAIL_DIR = tmp_path / "mail"
    queue(subject="Olá", body="Está tudo certo?")
    send()
    Mail.objects.update(state="waiting", sent_at=None, next_try_at=timezone.now())
    send()

    [file] = settings.MAIL_DIR.iterdir()
    letter = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert (letter["To"], letter["Subject"]) == ("bakery@example.org", "Olá")
    assert letter.get_content().strip() == "Está tudo certo?"
