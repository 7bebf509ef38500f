"""For the day on which a device and its recovery codes are lost."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import people
from accounts.models import User


class Command(BaseCommand):
    help = (
        "Take away the second factor of a person who lost it. They sign in with their password and "
        "set up a new one. Make sure first, by voice or face, that it is they who ask."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("user", help="The user name.")
        parser.add_argument(
            "--reason", default="The device was lost.", help="Kept with the account's events."
        )

    def handle(self, *args: object, user: str, reason: str, **options: object) -> None:
        person = User.objects.filter(username=user).first()
        if person is None:
            raise CommandError(f"There is no account {user!r}: give the user name, as it is.")
        if not people.reset_second_factor(person, by=None, reason=reason):
            raise CommandError(f"{user!r} has no second factor.")
        self.stdout.write(
            f"{user!r} has no second factor now, and is signed out. At the next sign-in they set "
            "up a new one."
        )
