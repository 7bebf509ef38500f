"""What a browser does at the sign-in pages."""

import re
from dataclasses import dataclass

from django.http import HttpResponse
from django.test import Client

from tests.factories import PASSWORD
from tests.second_factors import code_now

LOGIN, CODE, FACTORS = "/accounts/login/", "/accounts/2fa/authenticate/", "/accounts/2fa/"
APP, ADMIN = "/accounts/2fa/totp/activate/", "/admin/"


@dataclass
class Visit:
    """A browser, and what one does in it."""

    client: Client

    def give_password(
        self, name: str = "ana", password: str = PASSWORD, *, next: str = ADMIN
    ) -> HttpResponse:
        return self.client.post(LOGIN, {"login": name, "password": password, "next": next})

    def give_code(self, code: str) -> HttpResponse:
        return self.client.post(CODE, {"code": code})

    def sign_in(
        self, name: str = "ana", password: str = PASSWORD, *, next: str = ADMIN
    ) -> HttpResponse:
        """Name, password, code of the app where one is asked for."""
        response = self.give_password(name, password, next=next)
        if response.status_code == 302 and response["Location"] == CODE:
            return self.give_code(code_now())
        return response

    def is_in_the_admin(self) -> bool:
        return self.client.get(ADMIN).status_code == 200

    def key_of_a_new_app(self) -> str:
        page = self.client.get(APP).content.decode()
        return re.search(r'class="key">(\w+)<', page)[1]

    def set_up_an_app(self) -> HttpResponse:
        return self.client.post(APP, {"code": code_now(self.key_of_a_new_app())}, follow=True)


def words_of(response: HttpResponse) -> str:
    """The text of a page, as one line."""
    main = re.search(r"<main.*</main>", response.content.decode(), re.S)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())
