"""The one way out: every request of ours to another machine goes through here.

An address may come from anyone, so it must not lead into the operator's own network, keep a worker
waiting, or fill its memory. requests-hardened resolves a name once, refuses private addresses and
connects to the very address it judged; schemes, ports, redirects, time and size are ours.
"""

import queue
import socket
import threading
import time
from dataclasses import dataclass
from urllib.parse import urljoin

import requests
from django.conf import settings
from requests_hardened import Config, HTTPSession, Manager
from requests_hardened.ip_filter import InvalidIPAddress, get_ip_address
from urllib3.exceptions import HTTPError, LocationParseError
from urllib3.util import Url, parse_url

CHUNK = 16 * 1024
REDIRECTS = {301, 302, 303, 307, 308}


class Refused(Exception):
    """The address is none that we visit; the message says why."""


class Unreachable(Exception):
    """Nobody answered, or not as HTTP does, or not in time."""


class TooSoon(Unreachable):
    """The host was visited a moment ago, or has failed so often that it is left in peace."""

    def __init__(self, host: str, seconds: float) -> None:
        super().__init__(f"{host}: not again within {seconds:.0f} s")
        self.seconds = seconds


@dataclass(frozen=True)
class Answer:
    """What came back: `url` after redirects; `body` ends at the limit."""

    status: int
    url: str
    headers: dict[str, str]
    body: bytes


@dataclass
class _Host:
    """What this process remembers of a host, in seconds of time.monotonic()."""

    failures: int = 0
    next_visit: float = 0.0


_hosts: dict[str, _Host] = {}
HOSTS_REMEMBERED = 10_000


@dataclass(frozen=True)
class Limits:
    """How much of an answer is taken, and how long it is waited for in all."""

    bytes_max: int
    seconds_max: float


def fetch(
    url: str,
    *,
    method: str = "GET",
    headers: dict[str, str] | None = None,
    limits: Limits | None = None,
) -> Answer:
    """Ask for an address and follow at most OUTBOUND_REDIRECTS_MAX redirects, each judged anew.

    Where no limits are named, those of a web page hold. Raises Refused, Unreachable, or TooSoon
    where the host is to be left in peace for a while.
    """
    limits = limits or Limits(settings.OUTBOUND_BYTES_MAX, settings.OUTBOUND_SECONDS_MAX)
    for _step in range(settings.OUTBOUND_REDIRECTS_MAX + 1):
        answer = _ask(url, method, headers or {}, limits)
        target = answer.headers.get("location", "")
        if answer.status not in REDIRECTS or not target:
            return answer
        following = urljoin(answer.url, target)
        if answer.url.startswith("https:") and following.lower().startswith("http:"):
            raise Refused(f"{answer.url} leads from HTTPS to HTTP.")
        url = following
    raise Unreachable("It redirects in circles, or too often.")


def wait_for_turn(host: str) -> None:
    """Count a visit of the host; raises TooSoon if it was visited a moment ago."""
    known, now = _known(host), time.monotonic()
    if known.next_visit > now:
        raise TooSoon(host, known.next_visit - now)
    known.next_visit = now + settings.OUTBOUND_HOST_PAUSE_SECONDS


def host_of(url: str) -> str:
    """The host an address names, as it is asked; raises Refused where it may not be visited."""
    return _judged(_prepared(url, "HEAD", {})).host


def judge(url: str) -> None:
    """Raises Refused where an address could never be visited, as far as it tells by itself: no name
    is looked up.
    """
    parts = _judged(_prepared(url, "HEAD", {}))
    host = parts.host.strip("[]")
    if host != "localhost":
        try:
            socket.getaddrinfo(host, None, flags=socket.AI_NUMERICHOST)
        except (OSError, UnicodeError):
            return
    try:
        get_ip_address(host, parts.port or 0, settings.OUTBOUND_LOOPBACK)
    except InvalidIPAddress as error:
        raise Refused(f"{url[:200]} leads into a private network.") from error


def _known(host: str) -> _Host:
    if host not in _hosts and len(_hosts) >= HOSTS_REMEMBERED:
        _hosts.clear()
    return _hosts.setdefault(host, _Host())


def _ask(url: str, method: str, headers: dict[str, str], limits: Limits) -> Answer:
    prepared = _prepared(url, method, headers)
    known = _known(_judged(prepared).host)
    if known.failures >= settings.OUTBOUND_HOST_FAILURES_MAX:
        left = known.next_visit - time.monotonic()
        if left > 0:
            raise TooSoon(prepared.url, left)
    try:
        answer = _answer(prepared, limits)
    except InvalidIPAddress as error:
        raise Refused(f"{prepared.url} leads into a private network.") from error
    except (requests.RequestException, HTTPError, UnicodeError, OSError) as error:
        _note_failure(known)
        raise Unreachable(str(error)) from error
    known.failures = 0
    return answer


def _note_failure(known: _Host) -> None:
    known.failures += 1
    if known.failures >= settings.OUTBOUND_HOST_FAILURES_MAX:
        known.next_visit = time.monotonic() + settings.OUTBOUND_HOST_PEACE_SECONDS


def _prepared(url: str, method: str, headers: dict[str, str]) -> requests.PreparedRequest:
    asked = {"Accept-Encoding": "identity", **headers}
    try:
        return _session().prepare_request(requests.Request(method, url, headers=asked))
    except (requests.RequestException, UnicodeError, ValueError) as error:
        raise Refused(f"{url[:200]} is no address of a website.") from error


def _judged(prepared: requests.PreparedRequest) -> Url:
    """The address as urllib3 reads it, which is who connects: one parser, one meaning."""
    try:
        parts = parse_url(prepared.url or "")
    except LocationParseError as error:
        raise Refused(f"{prepared.url} is no address of a website.") from error
    ports = {"http": 80, "https": 443}
    if parts.scheme not in ports or not parts.host or parts.auth:
        raise Refused(f"{prepared.url} is no address of a website.")
    if (parts.port or ports[parts.scheme]) not in settings.OUTBOUND_PORTS:
        raise Refused(f"{prepared.url} names another port than those of websites.")
    return parts


def _answer(prepared: requests.PreparedRequest, limits: Limits) -> Answer:
    """Ask in a thread that is left behind where it takes too long.

    Timeouts of a socket count from byte to byte, and looking up a name has none: an answer that
    drips would hold the worker for ever.
    """
    box: queue.SimpleQueue = queue.SimpleQueue()

    def ask() -> None:
        try:
            box.put(_read(prepared, limits))
        except Exception as error:  # Raised again where somebody waits for it.
            box.put(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        found = box.get(timeout=limits.seconds_max)
    except queue.Empty:
        raise _too_slow() from None
    if isinstance(found, Exception):
        raise found
    return found


def _read(prepared: requests.PreparedRequest, limits: Limits) -> Answer:
    deadline = time.monotonic() + limits.seconds_max
    timeout = _timeout()
    with (
        _session() as session,
        session.send(prepared, stream=True, allow_redirects=False, timeout=timeout) as response,
    ):
        body = bytearray()
        while len(body) < limits.bytes_max:
            if time.monotonic() >= deadline:
                raise _too_slow()
            chunk = response.raw.read1(CHUNK)
            if not chunk:
                break
            body += chunk
        told = {name.lower(): value for name, value in response.headers.items()}
        cut = bytes(body[: limits.bytes_max])
        return Answer(response.status_code, prepared.url or "", told, cut)


def _too_slow() -> requests.ReadTimeout:
    """What became of an answer whose time ran out: what came of it is no whole answer."""
    return requests.ReadTimeout("It took too long to answer.")


def _timeout() -> tuple[float, float]:
    return settings.OUTBOUND_CONNECT_SECONDS, settings.OUTBOUND_READ_SECONDS


def _session() -> HTTPSession:
    session = Manager(
        Config(
            ip_filter_enable=True,
            ip_filter_allow_loopback_ips=settings.OUTBOUND_LOOPBACK,
            never_redirect=True,
            default_timeout=_timeout(),
            user_agent_override=f"SolidarityDirectory (+{settings.SITE_URL}/about/checking/)",
        )
    ).get_session()
    session.trust_env = False  # A proxy or a password of the environment would go around the rules.
    return session
