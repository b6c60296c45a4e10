"""A public address to text: fetched politely, within limits, from the one site that was named; read as its kind."""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import Message
from http import HTTPStatus
from urllib.parse import SplitResult, urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.exceptions import HTTPError, MaxRetryError, SSLError

from build_scripts import __version__
from build_scripts.contribute.importers import LARGEST, UnreadableError, importer
from build_scripts.contribute.importers.kinds import kind_of
from build_scripts.model.evidence import Imported

USER_AGENT = f"care-evidence-explorer/{__version__} (a public evidence base; one page at a time)"
TIMEOUT = urllib3.Timeout(connect=10, read=20)
"""Seconds to wait for a connection, and for each further piece of an answer."""
LONGEST = 60
"""Seconds that a whole answer may take."""
MOST_REDIRECTS = 5
RETRIES = urllib3.Retry(
    connect=2,
    read=1,
    status=2,
    other=0,
    redirect=0,
    status_forcelist=(429, 502, 503, 504),
    allowed_methods=("GET",),
    backoff_factor=0.5,
    retry_after_max=30,
    raise_on_status=False,
)
"""Faults that often pass are tried again, more slowly each time, and as late as the site asks for."""

_PIECE = 65_536
_OPEN = "open it in a browser; where it opens there, save the page and add the file"


@dataclass(frozen=True, slots=True)
class _Answer:
    data: bytes
    address: str
    """Where it came from in the end, after redirects."""
    charset: str


def import_address(data: bytes) -> Imported:
    """Return what the document at an address holds, its links as whole addresses.

    Raises ``UnreadableError``: EV706 where there is no good answer, EV703 where it is too large, and those of its kind.
    """
    answer = _fetch(data.decode("utf-8", "replace").strip())
    body = answer.data
    kind = kind_of(body)
    if kind == "html" and answer.charset and not body.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        with contextlib.suppress(
            LookupError, UnicodeDecodeError
        ):  # what the site says counts before what the page says
            body = b"\xef\xbb\xbf" + body.decode(answer.charset).encode("utf-8")
    document = importer(kind)(body)
    links = tuple((_joined(answer.address, address), words) for address, words in document.links)
    return replace(document, address=answer.address, links=links)


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:  # such as a broken IPv6 address
        return ""


def _fetch(address: str) -> _Answer:
    """Return the answer of an address; follow redirects to the same site only."""
    start = _split(address)
    current = address
    for _ in range(MOST_REDIRECTS + 1):
        parts = _split(current)
        if not _same_site(start, parts):
            what = f"it leads to another site, {parts.netloc[:80]!r}"
            raise UnreadableError("EV706", what, "where that is meant, give that site's address itself")
        with _asked(parts, current) as response:
            location = response.headers.get("location", "")
            if response.status in (301, 302, 303, 307, 308) and location:
                current = _joined(current, location)
                continue
            if response.status != HTTPStatus.OK:
                raise UnreadableError("EV706", f"the site answered {_status(response.status)}", _OPEN)
            return _Answer(_body(response), current.partition("#")[0], _charset(response))
    raise UnreadableError("EV706", "it leads from one address to the next without end", _OPEN)


def _split(address: str) -> SplitResult:
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


def _same_site(start: SplitResult, other: SplitResult) -> bool:
    """Return whether an address is on the same site: the same host, and never from https back to http."""
    same = (start.hostname, start.port) == (other.hostname, other.port)
    upgraded = start.hostname == other.hostname and (start.port, other.port) in ((None, None), (80, None), (None, 443))
    return (same and start.scheme == other.scheme) or (upgraded and other.scheme == "https")


@contextlib.contextmanager
def _asked(parts: SplitResult, address: str) -> Iterator[urllib3.BaseHTTPResponse]:
    """Send the request; the answer's body is not read yet."""
    proxy = getproxies().get(parts.scheme)
    headers = {"User-Agent": USER_AGENT, "Accept": "text/html, application/pdf, text/plain, */*;q=0.1"}
    headers["Accept-Encoding"] = "gzip, deflate"
    direct = not proxy or proxy_bypass(parts.hostname or "")
    pool = urllib3.PoolManager() if direct else urllib3.ProxyManager(str(proxy))
    try:
        with pool:
            response = pool.request(
                "GET", address, headers=headers, timeout=TIMEOUT, retries=RETRIES, redirect=False, preload_content=False
            )
            with contextlib.closing(response):
                yield response
    except HTTPError as error:
        raise UnreadableError("EV706", _fault(error), _OPEN) from None


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


def _status(status: int) -> str:
    try:
        return f"{status} ({HTTPStatus(status).phrase.lower()})"
    except ValueError:
        return str(status)


def _body(response: urllib3.BaseHTTPResponse) -> bytes:
    """Return the whole body, unpacked; raise ``UnreadableError`` when it is too large or takes too long."""
    size = response.headers.get("content-length", "")
    too_large = UnreadableError("EV703", f"it has more than {LARGEST:,} bytes", "add the statement pages instead")
    if size.isdecimal() and len(size) < 20 and int(size) > LARGEST:
        raise too_large
    end = time.monotonic() + LONGEST
    pieces: list[bytes] = []
    total = 0
    while piece := response.read1(_PIECE, decode_content=True):
        pieces.append(piece)
        total += len(piece)
        if total > LARGEST:
            raise too_large
        if time.monotonic() > end:
            raise UnreadableError("EV706", f"the site takes longer than {LONGEST} seconds to send it", _OPEN)
    return b"".join(pieces)


def _charset(response: urllib3.BaseHTTPResponse) -> str:
    message = Message()
    message["content-type"] = response.headers.get("content-type", "")
    return str(message.get_content_charset() or "")
