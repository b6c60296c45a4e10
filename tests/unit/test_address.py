"""Addresses as sources: politely asked, within limits, on the one site that was named; every fault is told in words."""

from __future__ import annotations

import gzip

import pytest
import urllib3

from build_scripts.contribute.importers import UnreadableError, address, apart, fetching
from tests.helpers.documents import REPORT, as_html, as_pdf, as_text, statement_units
from tests.helpers.patience import PATIENCE
from tests.helpers.served import Answer, Served, serving

PAGE = as_html(statement_units("equity"))
OPEN = "open it in a browser; where it opens there, save the page and add the file"


def limit(monkeypatch: pytest.MonkeyPatch, *, silent: float = PATIENCE, longest: float = PATIENCE) -> None:
    """Set for how many seconds a site may be silent, and how long an answer may take."""
    monkeypatch.setattr(fetching, "TIMEOUT", urllib3.Timeout(connect=PATIENCE, read=silent))
    monkeypatch.setattr(fetching, "LONGEST", longest)


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a busy machine take its time, and go straight to it, without a pause before asking again."""
    limit(monkeypatch)
    monkeypatch.setattr(fetching, "RETRIES", fetching.RETRIES.new(backoff_factor=0))
    monkeypatch.setattr(fetching, "getproxies", dict)


def read(site: Served, path: str) -> str:
    """Return the text at a path of the site."""
    return address.import_address(f"{site.base}{path}".encode()).text


def fault(site: Served, path: str) -> tuple[str, str, str]:
    """Return the code, the words and the advice for a path that cannot be read."""
    return fault_of(f"{site.base}{path}")


def fault_of(whole: str) -> tuple[str, str, str]:
    """Return the code, the words and the advice for an address that cannot be read."""
    with pytest.raises(UnreadableError) as caught:
        address.import_address(whole.encode())
    return caught.value.code, caught.value.what, caught.value.mend


def test_every_kind_is_read_by_its_content() -> None:
    """Whatever the site calls it, a page, a PDF and a text are read as what they are; links come whole."""
    units = statement_units("equity")
    answers = {
        "/page": Answer(PAGE.encode(), headers={"Content-Type": "application/octet-stream"}),
        "/file": Answer(as_pdf([units]), headers={"Content-Type": "text/html"}),
        "/text": Answer(as_text(units).encode()),
    }
    with serving(answers) as site:
        assert {"Nobody was turned away." in read(site, path) for path in answers} == {True}
        document = address.import_address(f"{site.base}/page#part".encode())
    assert document.address == f"{site.base}/page"
    assert (f"{site.base}/reports", "Local authority assessment reports") in document.links


def test_what_the_site_says_of_its_letters_counts() -> None:
    """Letters are read in the encoding that the answer's header names, and packed answers are unpacked."""
    headers = {"Content-Type": "text/html; charset=windows-1252"}
    packed = {**headers, "Content-Encoding": "gzip"}
    page = "<p>“Caf\xe9” – said</p>"
    answers = {
        "/1": Answer(page.encode("cp1252"), headers=headers),
        "/2": Answer(gzip.compress(page.encode("cp1252")), headers=packed),
        "/3": Answer(page.encode("cp1252"), headers={"Content-Type": "text/html; charset=nonsense"}),
    }
    with serving(answers) as site:
        assert [read(site, path) for path in answers] == ["“Caf\xe9” – said"] * 3


def test_redirects_stay_on_the_site() -> None:
    """A redirect within the site is followed, one to another site or without end is not."""
    answers = {"/new": Answer(PAGE.encode())}
    with serving({"/": Answer(b"elsewhere")}) as other, serving(answers) as site:
        answers |= {
            "/old": Answer(status=301, headers={"Location": "/new"}),
            "/away": Answer(status=302, headers={"Location": f"{other.base}/"}),
            "/round": Answer(status=302, headers={"Location": "/round"}),
            "/file": Answer(status=302, headers={"Location": "file:///etc/passwd"}),
            "/name": Answer(status=302, headers={"Location": f"http://me:secret@{site.base[7:]}/new"}),
        }
        assert "Nobody" in read(site, "/old")
        mend = "where that is meant, give that site's address itself"
        assert fault(site, "/away") == ("EV706", f"it leads to another site, '{other.base[7:]}'", mend)
        assert other.asked == []
        assert fault(site, "/round") == ("EV706", "it leads from one address to the next without end", OPEN)
        assert site.asked.count("/round") == 6
        assert fault(site, "/file")[1] == "this is no whole address of the web"
        assert fault(site, "/name")[1] == "the address holds a name or password"


@pytest.mark.parametrize(
    ("whole", "same"),
    [
        ("https://www.cqc.org.uk/b", True),
        ("http://www.cqc.org.uk/b", False),
        ("https://www.cqc.org.uk:8443/b", False),
        ("https://cqc.org.uk/b", False),
        ("https://www.cqc.org.uk.example.org/b", False),
    ],
)
def test_same_site(whole: str, same: bool) -> None:
    """A site is a host and a port; https is never left for http."""
    start = fetching.split("https://www.cqc.org.uk/a")
    assert fetching.same_site(start, fetching.split(whole)) is same
    assert fetching.same_site(fetching.split("http://www.cqc.org.uk/a"), start)


def test_answers_that_are_no_document() -> None:
    """A page that is not there, one that is forbidden and a broken site are told with their status."""
    answers = {"/403": Answer(status=403), "/500": Answer(status=500), "/odd": Answer(status=299)}
    with serving(answers) as site:
        assert fault(site, "/nowhere") == ("EV706", "the site answered 404 (not found)", OPEN)
        assert fault(site, "/403") == ("EV706", "the site answered 403 (forbidden)", OPEN)
        assert fault(site, "/500") == ("EV706", "the site answered 500 (internal server error)", OPEN)
        assert fault(site, "/odd") == ("EV706", "the site answered 299", OPEN)
        assert site.asked.count("/500") == 1


def test_a_busy_site_is_asked_again() -> None:
    """A site that is busy for a moment is asked again, and not more than twice."""
    answers = {"/busy": Answer(PAGE.encode(), faults=2), "/down": Answer(b"", faults=99)}
    with serving(answers) as site:
        assert "Nobody" in read(site, "/busy")
        assert fault(site, "/down") == ("EV706", "the site answered 503 (service unavailable)", OPEN)
        assert site.asked == ["/busy"] * 3 + ["/down"] * 3


def test_packed_answers_that_broke_off_or_are_damaged() -> None:
    """A packed answer without its end, or with other bytes in it, is never taken for the page."""
    packed = gzip.compress(PAGE.encode() * 9)
    headers = {"Content-Encoding": "gzip"}
    answers = {
        "/short": Answer(packed[:-20], headers=headers),
        "/other": Answer(packed[:60] + b"\0" * 9 + packed[69:], headers=headers),
        "/strange": Answer(PAGE.encode(), headers={"Content-Encoding": "br"}),
        "/whole": Answer(gzip.compress(PAGE.encode()[:90]) + gzip.compress(PAGE.encode()[90:]), headers=headers),
    }
    with serving(answers) as site:
        assert fault(site, "/short") == ("EV706", "the answer broke off", OPEN)
        assert fault(site, "/other") == fault(site, "/strange") == ("EV706", "the answer is damaged", OPEN)
        assert "Nobody" in read(site, "/whole")


def test_a_site_that_asks_to_wait_for_long_is_told_at_once() -> None:
    """Nobody sits before a command that is silent for an hour: it is asked once, and what it wants is said."""
    answers = {"/later": Answer(status=429, headers={"Retry-After": "3600"})}
    with serving(answers) as site:
        what = "the site answered 429 (too many requests) and asks to wait 3,600 seconds"
        assert fault(site, "/later") == ("EV706", what, OPEN)
        assert site.asked == ["/later"]


def test_slow_and_endless_sites(monkeypatch: pytest.MonkeyPatch) -> None:
    """A site that stops, that drips, or that never ends is given up."""
    monkeypatch.setattr(fetching, "LARGEST", 500_000)
    answers = {
        "/stops": Answer(b"x" * 10, pieces=2, pause=3),
        "/drips": Answer(b"x" * 40, pieces=40, pause=0.2),
        "/endless": Answer(b"word " * 9_000, endless=True),
        "/large": Answer(b"", headers={"Content-Length": "600000000"}),
        "/bomb": Answer(gzip.compress(b"\0" * 5_000_000), headers={"Content-Encoding": "gzip"}),
        "/short": Answer(b"x", headers={"Content-Length": "9"}),
    }
    with serving(answers) as site:
        limit(monkeypatch, silent=1)
        assert fault(site, "/stops") == ("EV706", "the site stopped answering", OPEN)
        limit(monkeypatch, longest=1)
        assert fault(site, "/drips") == ("EV706", "the site takes longer than 1 seconds to send it", OPEN)
        limit(monkeypatch)
        too_large = ("EV703", "it has more than 500,000 bytes", "add the statement pages instead")
        assert fault(site, "/endless") == fault(site, "/large") == fault(site, "/bomb") == too_large
        assert fault(site, "/short") == ("EV706", "the answer broke off", OPEN)


@pytest.mark.parametrize(
    ("whole", "what"),
    [
        ("https://", "this is no whole address of the web"),
        ("http://a b/", "this is no whole address of the web"),
        ("http://[::1/", "this is no whole address of the web"),
        ("http://127.0.0.1:99999/", "this is no whole address of the web"),
        ("http://127.0.0.1/\r\nHost: x", "this is no whole address of the web"),
        ("ftp://127.0.0.1/", "this is no whole address of the web"),
        ("http://me:secret@127.0.0.1/", "the address holds a name or password"),
        ("http://127.0.0.1:1/", "no connection to the site could be made"),
        ("http://no-such-host.invalid/", "no site has this name"),
    ],
)
def test_addresses_that_lead_nowhere(whole: str, what: str) -> None:
    """What is no address, or leads to no site, is told so before or after trying."""
    code, told, _ = fault_of(whole)
    assert (code, told) == ("EV706", what)


def test_a_proxy_is_used_where_one_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind a proxy, as in most councils, requests go through it."""
    with serving({"http://example.invalid/page": Answer(PAGE.encode())}) as proxy:
        monkeypatch.setattr(fetching, "getproxies", lambda: {"http": proxy.base})
        monkeypatch.setattr(fetching, "proxy_bypass", lambda host: False)
        assert "Nobody" in address.import_address(b"http://example.invalid/page").text


def test_a_site_that_keeps_its_reader_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a site does, the process that reads it is ended in the end."""
    monkeypatch.setattr(apart, "LONGEST", 2)
    with serving({REPORT: Answer(b"x" * 900, pieces=900, pause=0.5)}) as site, pytest.raises(UnreadableError) as caught:
        apart.import_apart("address", f"{site.base}{REPORT}".encode())
    assert (caught.value.code, caught.value.what) == ("EV706", "it takes longer than 2 seconds to read")
