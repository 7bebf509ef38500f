from typing import Any

from django.core.management.base import BaseCommand

from directory.exchange.translations import compile_translations


class Command(BaseCommand):
    """Compile the .po files with Babel; needs no gettext on the machine."""

    help = "Compile the translations (.po to .mo)."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{compile_translations()} translations compiled")
