"""Ask one site for many pages, as politely as it wishes: its robots.txt, its pauses, its refusals."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import urllib3

from build_scripts.contribute.importers import UnreadableError
from build_scripts.contribute.importers.apart import NotInstalledError
from build_scripts.contribute.importers.fetching import (
    AGENT,
    OPEN,
    NoAnswerError,
    Reply,
    fetch,
    pool_for,
    split,
    status_words,
)

if TYPE_CHECKING:
    from protego import Protego

TRIES = 3
"""How often a page is asked for when the site is busy or the network fails."""

LONGEST_WAIT = 300.0
"""Seconds that a site may ask us to wait before it is asked again in the same run."""

MOST_FAILED = 5
"""Pages in a row that were refused or from which nothing came, after which nothing more is asked for."""

_BUSY = frozenset([429, 502, 503, 504])
_REFUSED = frozenset([401, 403, *_BUSY])
_NO_RETRIES = urllib3.Retry(total=False, redirect=False)
_NONE: Mapping[str, str] = MappingProxyType({})


class StopAskingError(Exception):
    """The site, or the network, gives no more answers for now; its text says why."""


class Asker:
    """Asks one site for page after page, one at a time, and never sooner than its pause allows."""

    def __init__(
        self,
        site: str,
        *,
        pause: float,
        project: str = "",
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Get ready to ask a site, such as ``https://www.cqc.org.uk``.

        ``pause`` is in seconds between an answer and the next request, ``project`` the address that tells the site who
        asks.
        """
        self.site = site
        self.pause = pause
        self.asked = 0
        """How many requests were sent."""
        self._agent = f"{AGENT} ({f'+{project}; ' if project else ''}a public evidence base; one page at a time)"
        self._sleep, self._clock = sleep, clock
        self._pool = pool_for(split(site))
        self._robots: Protego | None = None
        self._next = 0.0
        self._failed = 0

    def ask(self, address: str, known: Mapping[str, str] = _NONE) -> Reply:
        """Return what the site says to an address.

        ``known`` are the headers ``etag`` and ``last-modified`` of an earlier answer: where that still holds, the
        status is 304. Raises ``UnreadableError`` where this page cannot be had, ``StopAskingError`` where none can, and
        ``NotInstalledError``.
        """
        self._read_robots()
        conditions = {"If-None-Match": known.get("etag", ""), "If-Modified-Since": known.get("last-modified", "")}
        return self._tried(address, {name: value for name, value in conditions.items() if value})

    def _read_robots(self) -> None:
        """Read the site's robots.txt once. As RFC 9309 says: none allows all, one that cannot be read forbids all."""
        if self._robots is not None:
            return
        try:
            from protego import Protego  # what a site is built with does not have it
        except ModuleNotFoundError:
            raise NotInstalledError("protego") from None
        try:
            reply = self._tried(f"{self.site}/robots.txt", _NONE)
        except UnreadableError as error:
            raise StopAskingError(f"robots.txt cannot be read ({error.what}), so nothing is asked for") from None
        if reply.status >= 500 or reply.status == HTTPStatus.TOO_MANY_REQUESTS:
            said = status_words(reply.status)
            raise StopAskingError(f"robots.txt cannot be read (the site answered {said}), so nothing is asked for")
        self._robots = Protego.parse(reply.body.decode("utf-8", "replace"))
        self.pause = max(self.pause, self._robots.crawl_delay(AGENT) or 0.0)

    def _tried(self, address: str, headers: Mapping[str, str]) -> Reply:
        """Ask up to three times, later each time, and as late as the site says."""
        for number in range(1, TRIES + 1):
            wait = max(self.pause, 0.1) * 2**number
            try:
                reply = fetch(
                    address,
                    headers={"User-Agent": self._agent, **headers},
                    retries=_NO_RETRIES,
                    pool=self._pool,
                    before=self._before,
                )
            except NoAnswerError as error:
                if number == TRIES:
                    self._fail(error.what)
                    raise
            else:
                if reply.status not in _BUSY or number == TRIES:
                    self._count(reply)
                    return reply
                wait = max(wait, reply.wait)
                if wait > LONGEST_WAIT:
                    said = f"the site answered {status_words(reply.status)} and asks to be left alone"
                    raise StopAskingError(f"{said} for {wait / 60:,.0f} minutes: run it again then")
            finally:
                self._next = self._clock() + self.pause
            self._sleep(wait)
        raise AssertionError("the last try returns or raises")

    def _before(self, address: str) -> None:
        """Wait until the pause is over; raise ``UnreadableError`` for what robots.txt does not allow."""
        if self._robots is not None and not self._robots.can_fetch(address, AGENT):
            what = "the site's robots.txt asks that this page is not fetched by programs"
            raise UnreadableError("EV706", what, OPEN)
        if (left := self._next - self._clock()) > 0:
            self._sleep(left)
        self._next = self._clock() + self.pause  # for a redirect, which is a request too
        self.asked += 1

    def _count(self, reply: Reply) -> None:
        if reply.status in _REFUSED:
            self._fail(f"the site answered {status_words(reply.status)}")
        else:
            self._failed = 0

    def _fail(self, what: str) -> None:
        self._failed += 1
        if self._failed >= MOST_FAILED:
            raise StopAskingError(f"{MOST_FAILED} pages in a row could not be had, the last because {what}")


def is_own_machine(address: str) -> bool:
    """Return whether an address is one of this very machine, which may be asked without a pause."""
    host = urlsplit(address).hostname or ""
    return host in ("localhost", "::1") or (host.startswith("127.") and host.replace(".", "").isdecimal())
