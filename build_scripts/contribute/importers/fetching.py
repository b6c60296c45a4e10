"""One request to a site, within limits of size and time, followed through redirects to the one site that was named."""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from types import MappingProxyType, TracebackType
from typing import Self
from urllib.parse import SplitResult, urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.exceptions import HTTPError, MaxRetryError, SSLError

from build_scripts import __version__
from build_scripts.contribute.importers import LARGEST, UnreadableError
from build_scripts.contribute.importers.unpacking import Unpacked, UnpackError

AGENT = f"care-evidence-explorer/{__version__}"
USER_AGENT = f"{AGENT} (a public evidence base; one page at a time)"
TIMEOUT = urllib3.Timeout(connect=10, read=20)
"""Seconds to wait for a connection, and for each further piece of an answer."""
LONGEST = 60
"""Seconds that a whole answer may take."""
MOST_REDIRECTS = 5
LONGEST_WAIT = 30
"""Seconds that a site may ask to wait before it is asked again; what asks for more is told instead."""


class _Retries(urllib3.Retry):
    """Retries that never wait for long in silence."""

    def increment(
        self,
        method: str | None = None,
        url: str | None = None,
        response: urllib3.BaseHTTPResponse | None = None,
        error: Exception | None = None,
        _pool: urllib3.connectionpool.ConnectionPool | None = None,
        _stacktrace: TracebackType | None = None,
    ) -> Self:
        """Count a fault; raise where the site asks to wait for longer than somebody would."""
        said = response.headers.get("retry-after", "") if response is not None else ""
        if _pool is not None and seconds_to_wait(said) > LONGEST_WAIT:
            raise MaxRetryError(_pool, url or "")
        return super().increment(method, url, response, error, _pool, _stacktrace)


RETRIES = _Retries(
    connect=2,
    read=1,
    status=2,
    other=0,
    redirect=0,
    status_forcelist=(429, 502, 503, 504),
    allowed_methods=("GET",),
    backoff_factor=0.5,
    retry_after_max=LONGEST_WAIT,
    raise_on_status=False,
)
"""Faults that often pass are tried again, more slowly each time, and as late as the site asks for."""
OPEN = "open it in a browser; where it opens there, save the page and add the file"

_PIECE = 65_536
_NONE: Mapping[str, str] = MappingProxyType({})


class NoAnswerError(UnreadableError):
    """Nothing came, or not all of it: the network or the site fails, and nothing is known of the page."""

    def __init__(self, what: str) -> None:
        super().__init__("EV706", what, OPEN)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a site says to a request in the end, after redirects."""

    status: int
    address: str
    headers: Mapping[str, str]
    """Names in small letters."""
    body: bytes
    """Unpacked; empty unless the status is 200."""

    @property
    def charset(self) -> str:
        """The encoding that the site names for its letters, empty where it names none."""
        return charset(self.headers.get("content-type", ""))

    @property
    def wait(self) -> float:
        """The seconds after which the site asks to be asked again, 0 where it says nothing of it."""
        return seconds_to_wait(self.headers.get("retry-after", ""))


def charset(content_type: str) -> str:
    """Return the encoding that a header such as ``text/html; charset=utf-8`` names, empty where it names none."""
    message = Message()
    message["content-type"] = content_type
    return str(message.get_content_charset() or "")


def seconds_to_wait(said: str) -> float:
    """Return the seconds that a header ``Retry-After`` asks for, as a number or as a time; 0 where it asks for none."""
    said = said.strip()
    if said.isdecimal() and len(said) < 10:
        return float(said)
    try:
        return max(0.0, (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):  # no time, or one without a zone
        return 0.0


def fetch(
    address: str,
    *,
    headers: Mapping[str, str] = _NONE,
    retries: urllib3.Retry | None = None,
    pool: urllib3.PoolManager | None = None,
    before: Callable[[str], None] = lambda address: None,
) -> Reply:
    """Return the answer of an address; redirects are followed to the same site only.

    ``headers`` are sent beside the usual ones, ``before`` is called with each address just before it is asked for.
    Raises ``UnreadableError`` for what is no address, for an answer that is too large (EV703), and ``NoAnswerError``
    where none came.
    """
    start = split(address)
    current = address
    for _ in range(MOST_REDIRECTS + 1):
        parts = split(current)
        if not same_site(start, parts):
            what = f"it leads to another site, {parts.netloc[:80]!r}"
            raise UnreadableError("EV706", what, "where that is meant, give that site's address itself")
        before(current)
        with _asked(parts, current, headers, retries or RETRIES, pool) as response:
            location = response.headers.get("location", "")
            if response.status in (301, 302, 303, 307, 308) and location:
                current = joined(current, location)
                continue
            body = _body(response) if response.status == HTTPStatus.OK else b""
            named = {name.casefold(): value for name, value in response.headers.items()}
            return Reply(response.status, current.partition("#")[0], named, body)
    raise UnreadableError("EV706", "it leads from one address to the next without end", OPEN)


def joined(base: str, address: str) -> str:
    """Return an address that a page writes as a whole one, empty where it is none."""
    try:
        return urljoin(base, address)
    except ValueError:  # such as a broken IPv6 address
        return ""


def pool_for(parts: SplitResult) -> urllib3.PoolManager:
    """Return what holds connections to a site, through the proxy that this computer uses for it, where there is one."""
    proxy = getproxies().get(parts.scheme)
    direct = not proxy or proxy_bypass(parts.hostname or "")
    return urllib3.PoolManager() if direct else urllib3.ProxyManager(str(proxy))


def split(address: str) -> SplitResult:
    """Return an address in its parts; raise ``UnreadableError`` where it is no whole one, or has a password."""
    try:
        parts = urlsplit(address)
        whole = bool(parts.hostname) and parts.port != 0  # which raises for what is no port
    except ValueError:
        whole, parts = False, urlsplit("")
    if not whole or parts.scheme not in ("http", "https") or re.search(r"[\s\x00-\x1f\x7f]", address):
        what = "this is no whole address of the web"
        raise UnreadableError("EV706", what, "it begins with https:// and has no spaces: copy it from the browser")
    if parts.username is not None or parts.password is not None:
        raise UnreadableError("EV706", "the address holds a name or password", "give an address that everyone may open")
    return parts


def same_site(start: SplitResult, other: SplitResult) -> bool:
    """Return whether an address is on the same site: the same host, and never from https back to http."""
    same = (start.hostname, start.port) == (other.hostname, other.port)
    upgraded = start.hostname == other.hostname and (start.port, other.port) in ((None, None), (80, None), (None, 443))
    return (same and start.scheme == other.scheme) or (upgraded and other.scheme == "https")


def status_words(status: int) -> str:
    """Return a status with what it means: ``404 (not found)``."""
    try:
        return f"{status} ({HTTPStatus(status).phrase.lower()})"
    except ValueError:
        return str(status)


@contextlib.contextmanager
def _asked(
    parts: SplitResult,
    address: str,
    further: Mapping[str, str],
    retries: urllib3.Retry,
    pool: urllib3.PoolManager | None,
) -> Iterator[urllib3.BaseHTTPResponse]:
    """Send the request; the answer's body is not read yet."""
    headers = {"User-Agent": USER_AGENT, "Accept": "text/html, application/pdf, text/plain, */*;q=0.1"}
    headers |= {"Accept-Encoding": "gzip, deflate", **further}
    with contextlib.ExitStack() as stack:
        own = pool or stack.enter_context(pool_for(parts))
        try:
            response = own.request(
                "GET", address, headers=headers, timeout=TIMEOUT, retries=retries, redirect=False, preload_content=False
            )
            with contextlib.closing(response):
                yield response  # a connection whose answer was read to its end goes back to the pool
        except HTTPError as error:
            raise NoAnswerError(_fault(error)) from None


def _fault(error: HTTPError) -> str:
    """Return what went wrong in words."""
    reason = error.reason if isinstance(error, MaxRetryError) and error.reason else error
    if isinstance(reason, SSLError):
        return "the site's certificate is not one that this computer trusts"
    name = type(reason).__name__
    words = {
        "NameResolutionError": "no site has this name",
        "ConnectTimeoutError": "the site does not answer",
        "ReadTimeoutError": "the site stopped answering",
        "ProxyError": "the proxy does not let this through",
        "NewConnectionError": "no connection to the site could be made",
        "IncompleteRead": "the answer broke off",
        "ProtocolError": "the answer broke off",
        "DecodeError": "the answer is damaged",
        "LocationValueError": "this is no whole address of the web",
        "LocationParseError": "this is no whole address of the web",
    }
    return words.get(name, "no connection to the site could be made")


def _body(response: urllib3.BaseHTTPResponse) -> bytes:
    """Return the whole body, unpacked; raise ``UnreadableError`` when it is too large or takes too long."""
    size = response.headers.get("content-length", "")
    too_large = UnreadableError("EV703", f"it has more than {LARGEST:,} bytes", "add the statement pages instead")
    if size.isdecimal() and len(size) < 20 and int(size) > LARGEST:
        raise too_large
    end = time.monotonic() + LONGEST
    pieces: list[bytes] = []
    total = 0
    try:
        unpacked = Unpacked(response.headers.get("content-encoding", ""))
        while packed := response.read1(_PIECE, decode_content=False):
            pieces.append(unpacked.piece(packed))
            total += len(pieces[-1])
            if total > LARGEST:
                raise too_large
            if time.monotonic() > end:
                raise NoAnswerError(f"the site takes longer than {LONGEST} seconds to send it")
    except UnpackError:
        raise NoAnswerError("the answer is damaged") from None
    if not unpacked.is_whole:
        raise NoAnswerError("the answer broke off")
    return b"".join(pieces)
