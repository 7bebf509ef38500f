"""Writes docs/policies.md: who may do what, from the table that decides it."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from directory.actions.policies import COLUMNS, TABLE

FILE = settings.BASE_DIR / "docs" / "policies.md"
HEAD = """# Who may do what

Written by `manage.py build_policies` from `directory/actions/policy_table.py`, which every door asks. *any*: whatever it
is done to. *remit*: listings in the area and of the types that a network of theirs cares for, and what belongs to such
listings; while the directory has no network, every editor cares for all. *own*: the listing they speak for, what they
sent, their own account. *-*: never. A visitor is whoever has not signed in. Somebody who is suspended may do nothing, and
comes in as a visitor. Editors, curators and operators who have not set up a second factor count as visitors until they
have.
"""


def text() -> str:
    """The page as it should stand in the file."""
    lines = [HEAD]
    lines.append(f"| action | what it is | {' | '.join(COLUMNS)} |")
    lines.append("|---" * (len(COLUMNS) + 2) + "|")
    for action, policy in TABLE.items():
        cells = " | ".join(policy.cells[column] for column in COLUMNS)
        lines.append(f"| `{action}` | {policy.meaning} | {cells} |")
    return "\n".join(lines) + "\n"


class Command(BaseCommand):
    help = "Write docs/policies.md from the table; with --check, only say whether it is up to date."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="Change nothing.")

    def handle(self, *args: object, check: bool, **options: object) -> None:
        built = text()
        if not check:
            FILE.write_text(built, encoding="utf-8")
        elif not FILE.exists() or FILE.read_text(encoding="utf-8") != built:
            raise CommandError("docs/policies.md is out of date: run manage.py build_policies.")
        self.stdout.write("docs/policies.md is up to date.")
