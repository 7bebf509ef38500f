"""The one way out refuses what does not belong to the open web, and never waits or fills memory."""

import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from directory.exchange import outbound


class Site(BaseHTTPRequestHandler):
    """A small website with bad manners."""

    asked: list[str] = []

    def do_GET(self):
        self.asked.append(f"{self.command} {self.path}")
        match self.path.split("?")[0]:
            case "/circle":
                self._say(302, {"Location": "/circle"})
            case "/twice":
                self._say(301, {"Location": "/once"})
            case "/once":
                self._say(302, {"Location": "/"})
            case "/inside":
                self._say(302, {"Location": "http://10.0.0.1/"})
            case "/metadata":
                self._say(302, {"Location": "http://169.254.169.254/latest/"})
            case "/file":
                self._say(302, {"Location": "file:///etc/passwd"})
            case "/endless":
                self._say(200, {})
                self._pour(b"x" * 65_536, 0)
            case "/dripping":
                self._say(200, {})
                self._pour(b"x", 0.1)
            case "/dripping-headers":
                self._pour(b"X", 0.1)
            case "/broken":
                self.wfile.write(b"NONSENSE\r\n\r\n")
            case _:
                self._say(200, {"Content-Length": "5"})
                if self.command == "GET":
                    self.wfile.write(b"Hello")

    do_HEAD = do_GET

    def _say(self, status, headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def _pour(self, bit, pause):
        try:
            while True:
                self.wfile.write(bit)
                self.wfile.flush()
                time.sleep(pause)
        except OSError:
            pass

    def log_message(self, *arguments):
        pass


@pytest.fixture
def fresh():
    """No host is remembered."""
    outbound._hosts.clear()
    yield
    outbound._hosts.clear()


@pytest.fixture
def site(settings, fresh):
    """The address of the small website; this machine may be visited."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Site.asked = []
    settings.OUTBOUND_LOOPBACK = True
    settings.OUTBOUND_PORTS = {80, 443, server.server_port}
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_an_answer_comes_back_whole(site):
    answer = outbound.fetch(f"{site}/?a=1")

    assert (answer.status, answer.body, answer.url) == (200, b"Hello", f"{site}/?a=1")


def test_redirects_are_followed_as_far_as_honest_sites_need(site):
    assert outbound.fetch(f"{site}/twice").url == f"{site}/"


def test_a_circle_of_redirects_ends(site):
    with pytest.raises(outbound.Unreachable):
        outbound.fetch(f"{site}/circle")

    assert len(Site.asked) == 4


@pytest.mark.parametrize("path", ["inside", "metadata", "file"])
def test_a_redirect_is_judged_like_an_address(site, path):
    with pytest.raises(outbound.Refused):
        outbound.fetch(f"{site}/{path}")

    assert Site.asked == [f"GET /{path}"]


def test_what_pours_without_end_is_cut(site, settings):
    assert len(outbound.fetch(f"{site}/endless").body) == settings.OUTBOUND_BYTES_MAX


@pytest.mark.parametrize("path", ["dripping", "dripping-headers"])
def test_what_drips_without_end_is_left(site, settings, path):
    settings.OUTBOUND_SECONDS_MAX = 0.5

    with pytest.raises(outbound.Unreachable):
        outbound.fetch(f"{site}/{path}")


def test_a_proxy_of_the_environment_is_not_asked(site, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")

    assert outbound.fetch(site).status == 200


def test_a_host_that_fails_time_and_again_is_left_in_peace(site, settings):
    for _try in range(settings.OUTBOUND_HOST_FAILURES_MAX):
        with pytest.raises(outbound.Unreachable):
            outbound.fetch(f"{site}/broken")
    asked = len(Site.asked)

    with pytest.raises(outbound.TooSoon):
        outbound.fetch(f"{site}/broken")

    assert len(Site.asked) == asked == settings.OUTBOUND_HOST_FAILURES_MAX


def test_one_host_is_visited_once_in_a_while(fresh):
    outbound.wait_for_turn("example.org")
    outbound.wait_for_turn("example.net")

    with pytest.raises(outbound.TooSoon):
        outbound.wait_for_turn("example.org")


PRIVATE = """
http://127.0.0.1/ http://localhost/ http://0.0.0.0/ http://2130706433/ http://0x7f000001/
http://0177.0.0.1/ http://127.1/ http://[::1]/ http://[::]/ http://[::ffff:127.0.0.1]/
http://[64:ff9b::7f00:1]/ http://[2002:7f00:1::]/ http://[fe80::1]/ http://[fd00::1]/
http://10.0.0.1/ http://172.16.0.1/ http://192.168.1.1/ http://100.64.0.1/ http://198.18.0.1/
http://192.0.0.1/ http://169.254.169.254/latest/meta-data/ http://224.0.0.1/
""".split()
NO_WEBSITE = """
ftp://example.org/ file:///etc/passwd gopher://example.org/ unix:///run/socket http:// http:///path
http://user:secret@example.org/ http://example.org:22/ http://example.org:25/ https://example.org:6379/
http://127.0.0.1:8000/ javascript:alert(1) data:text/html,x //example.org/ example.org
http://exa\udce9mple.org/ http://[::1/ http://ex%00ample.org:99999/
""".split()


@pytest.mark.parametrize("url", [pytest.param(url, id=ascii(url)) for url in PRIVATE + NO_WEBSITE])
def test_addresses_that_are_never_visited(url, fresh, settings, monkeypatch):
    settings.OUTBOUND_CONNECT_SECONDS = settings.OUTBOUND_READ_SECONDS = 0.2
    connected = []
    monkeypatch.setattr(socket.socket, "connect", lambda _socket, to: connected.append(to))

    with pytest.raises((outbound.Refused, outbound.Unreachable)):
        outbound.fetch(url)

    assert connected == []
