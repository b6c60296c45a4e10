"""CQC's pages, each from what is kept where that is new enough, and else from CQC's site."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from build_scripts.contribute.importers import UnreadableError
from build_scripts.contribute.importers.address import as_declared, published_at
from build_scripts.contribute.importers.apart import Reader
from build_scripts.contribute.importers.asking import Asker
from build_scripts.contribute.importers.fetching import OPEN, charset, status_words
from build_scripts.contribute.importers.kinds import kind_of
from build_scripts.disk.answers import Answers, Kept
from build_scripts.model.evidence import Imported

_KEPT_HEADERS = ("content-type", "etag", "last-modified")
_LASTING = frozenset([200, 404, 410])
"""What a site says of a page itself, and not of how busy it is."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of CQC's as it was read."""

    document: Imported
    """Its name is the address that was asked for."""
    came: str
    """ISO time."""
    sha256: str


class GoneError(UnreadableError):
    """The site says that there is no such page."""


class CqcSite(AbstractContextManager["CqcSite"]):
    """Reads CQC's pages by their addresses; a context manager.

    A site on this very machine may stand for CQC's, in trials and tests: everything is then called by CQC's addresses.
    """

    def __init__(self, cqc: str, site: str, answers: Answers, asker: Asker | None, since: str) -> None:
        """Read pages of the site ``cqc`` from ``site``, which is the same or stands for it: scheme and host of both.

        ``asker`` is None where nothing may be asked for; answers that came at ``since``, an ISO time, or later are new
        enough.
        """
        self.from_cache = 0
        self._cqc, self._site = cqc, site
        self._answers, self._asker, self._since = answers, asker, since
        self._reader = Reader()

    def __exit__(self, *_: object) -> None:
        """End the process that reads."""
        self._reader.__exit__()

    def page(self, address: str) -> Page:
        """Return the page at one of CQC's addresses.

        Raises ``GoneError`` where there is none, another ``UnreadableError`` where it cannot be had or read,
        ``StopAskingError`` where no page can be had, ``NotInstalledError``, and ``OSError`` where it cannot be kept.
        """
        kept = self._kept(address)
        if kept.status != 200:
            raise GoneError("EV706", f"the site answered {status_words(kept.status)}", OPEN)
        body = as_declared(kept.body, charset(kept.headers.get("content-type", "")))
        document = published_at(self._reader.read(kind_of(body), body), self._called(kept.final))
        return Page(replace(document, name=address), kept.came, kept.sha256)

    def _kept(self, address: str) -> Kept:
        """Return the answer that holds for an address."""
        kept = self._answers.get(address)
        if kept and (self._asker is None or kept.checked >= self._since):
            self.from_cache += 1
            return kept
        if self._asker is None:
            what = "it is not among the answers that are kept, and --offline asks for nothing"
            raise UnreadableError("EV706", what, "run it without --offline")
        known = kept.headers if kept and kept.status == 200 else {}
        reply = self._asker.ask(self._placed(address), known)
        now = datetime.now(UTC).isoformat(timespec="microseconds")
        if reply.status == 304 and kept:
            kept = replace(kept, checked=now)
        elif reply.status in _LASTING:
            headers = {name: reply.headers[name] for name in _KEPT_HEADERS if name in reply.headers}
            kept = Kept(address, reply.address, reply.status, now, headers, reply.body, checked=now)
        else:
            raise UnreadableError("EV706", f"the site answered {status_words(reply.status)}", OPEN)
        self._answers.put(kept)
        return kept

    def _placed(self, address: str) -> str:
        """Return where one of CQC's addresses is to be asked for."""
        return f"{self._site}{address.removeprefix(self._cqc)}" if address.startswith(self._cqc) else address

    def _called(self, address: str) -> str:
        """Return what is CQC's address of a page that the site gave."""
        return f"{self._cqc}{address.removeprefix(self._site)}" if address.startswith(f"{self._site}/") else address
