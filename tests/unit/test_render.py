"""Generated pages: what each kind of page says in unusual cases."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

import pytest

from build_scripts.model.accuracy import Accuracy, Measure
from build_scripts.model.collection import Collection
from build_scripts.model.evidence import Correction, Report, TagCorrection
from build_scripts.pages import OF_WORDS, render_awaited, render_pages
from build_scripts.pages.themes_and_voices import shown as shown_in_full
from build_scripts.text.passages import passage_id
from tests.helpers.anytown import ANYTOWN, collection, evidence, report, theme, vocabulary, voice
from tests.helpers.readers import front_matter, look, mkdocs_html


def shown(pages: dict[str, bytes], path: str) -> str:
    """The words that a page shows."""
    return look(mkdocs_html(front_matter(pages[path].decode())[0])).words


def links(pages: dict[str, bytes], path: str) -> dict[str, str]:
    """What each link in HTML says, to where it leads; one text never leads to two places."""
    found: dict[str, str] = {}
    for href, inner in re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', pages[path].decode()):
        said = look(inner).words
        assert found.setdefault(said, href) == href, said
    return found


def made(*texts: str, more: Iterable[Report] = ()) -> dict[str, bytes]:
    """The pages of one report with one text of these passages."""
    return render_pages(collection([evidence(report(), "equity", *texts)], more))


def test_one_of_each_is_singular() -> None:
    """One passage, text, report, theme or authority is never "1 passages"."""
    pages = made("The gull.")

    wrong = {
        path: found
        for path in pages
        if (found := re.findall(r"\b1 (?!does\b)(?:\w+ies|\w+[^s\W]s)\b", pages[path].decode()))
    }
    assert wrong == {}


def test_a_theme_without_passages() -> None:
    """A theme that no passage earns says so, and leaves out every list that would be empty."""
    pages = made("A gull.")

    words = shown(pages, "themes/piers/index.md")

    assert "No paragraph here is about this yet. 1 of 9 report sections is here so far." in words
    assert "Sections here where it is not discussed Anytown, January 2025" in words
    assert "Often in the same paragraph" not in words
    assert "© Care Quality Commission" not in words


def test_a_theme_page_shows_its_whole_rule() -> None:
    """Phrases, weak phrases, exclusions and the word lists that they use stand on the theme's page."""
    crews = theme("crews", "paid at sea", weak=("mate <said>",), exclusions=("mate tea",))
    words = vocabulary((crews, theme("gulls", "gull")))
    pages = render_pages(collection([evidence(report(), "equity", "A gull.", words=words)], vocabulary=words))

    rule = shown(pages, "themes/crews/index.md")

    assert "in our phrase language: paid at sea Or any of these, if another sentence" in rule
    assert "the above too: mate <said> Not if the words are part of: mate tea" in rule
    assert re.search(r"stand for any of: <said> ?said, told us", rule)
    assert "Or any of these" not in shown(pages, "themes/gulls/index.md")


def test_the_page_of_a_voice_shows_its_whole_rule() -> None:
    """So it is with what waits for other voices, and with what those who speak are called."""
    divers = voice(
        "divers",
        "divers <said>",
        unless_told=("deep <in> water",),
        unless_just_told=("<few> of them",),
        named=("<them>",),
    )
    lists = {"said": ("told us",), "in": ("in", "under"), "few": ("two", "three"), "them": ("those who dive",)}
    words = vocabulary(voices=(divers,), words=lists)
    pages = render_pages(collection([evidence(report(), "equity", "A gull.", words=words)], vocabulary=words))

    rule = shown(pages, "voices/divers/index.md")

    assert "up to the end of their sentence: deep <in> water Or" in rule
    assert "or gave an account in the one before: <few> of them Or" in rule
    assert "the sentence before begins with one of these: <them> Names" in rule
    assert re.search(r"<said> ?told us <in> ?in, under <few> ?two, three <them> ?those who dive", rule)


def test_doubt_comes_last() -> None:
    """On a theme's page, passages that are in doubt stand behind others of their score, and say so."""
    narrow, clear = "The day was long. A gull came.", "Gulls came to the pier."
    first, second = report("anytown-2025-01"), report("othertown-2024-01")
    pages = render_pages(
        collection([evidence(first, "equity", narrow), evidence(second, "equity", "A cat slept. A gull came.", clear)])
    )

    words = shown(pages, "themes/gulls/index.md")

    assert words.index("Gulls came") < words.index("A cat slept") < words.index("The day was long")
    assert words.count("Less sure") == 2 + 1  # and once where it is explained
    assert "We are less sure of 2 of them." in words
    assert "Less sure" not in shown(pages, "themes/piers/index.md")


@pytest.mark.parametrize("texts", [("A gull.",), ("Nothing.",), ("A pier.\nA gull.", "The log showed it.")])
def test_no_list_or_table_is_empty(texts: tuple[str, ...]) -> None:
    """No page has a list, table body or definition list with nothing in it, or a heading with nothing under it."""
    pages = made(*texts, more=(report("othertown-2024-01", score=4),))

    for path, data in pages.items():
        if path.endswith(".md"):
            text = data.decode()
            assert not re.search(r"<(ul|ol|dl|tbody|p|dd)[^>]*>\s*</\1>", text), path
            assert not re.search(r"^(#+) .*\n+(?:\1 |#(?!#)|\Z)", text, re.MULTILINE), path


def test_a_voice() -> None:
    """A voice is heard, not discussed, and its page has no theme's neighbours."""
    pages = made("Sailors told us so.", "A pier.")

    words = shown(pages, "voices/sailors/index.md")

    assert words.startswith(
        "Home Voices Sailors What sailors said. 1 paragraph with this voice, from 1 of the 1 council"
    )
    assert "Where it is heard" in words
    assert "discuss" not in words
    assert "theme" not in words.replace("Themes", "")
    assert "<mark>Sailors told us</mark> so." in pages["voices/sailors/index.md"].decode()
    assert "reports this voice yet" in shown(pages, "voices/records/index.md")
    assert "1 paragraph of 2 does not state a voice." in shown(pages, "voices/index.md")


def test_an_authority_with_two_reports() -> None:
    """Both reports stand on the authority's page, the newest first, and theme pages tell them apart."""
    old, new = report("anytown-2023-05", score=2), report("anytown-2025-01")
    pages = render_pages(collection([evidence(old, "equity", "A pier."), evidence(new, "equity", "A pier again.")]))

    page = look(mkdocs_html(front_matter(pages["authorities/anytown/index.md"].decode())[0]))

    assert [words for name, words in page.headings if name == "h2"] == [
        "What would change the rating",
        "Who scores one point higher",
        "What its sections discuss",
    ]
    assert "discuss each theme, in 2 of 18 sections: " in page.words
    theme_page = look(mkdocs_html(front_matter(pages["themes/piers/index.md"].decode())[0]))
    assert [words for name, words in theme_page.headings if name == "h3"] == [
        "Anytown, January 2025: equity in experience and outcomes",
        "Anytown, May 2023: equity in experience and outcomes",
    ]
    links(pages, "themes/piers/index.md")


def test_an_authority_with_scores_only() -> None:
    """Scores without texts are shown, and the texts are said to be missing, which is not silence."""
    pages = made("A gull.", more=(report("othertown-2024-01", score=4),))

    words = shown(pages, "authorities/othertown/index.md")
    of_report = shown(pages, "reports/othertown-2024-01/index.md")

    assert "Outstanding is the highest rating. 5 points fewer would mean Good." in words
    assert "9 of 9 sections not added yet" in words
    assert "not discussed" not in words
    assert "A report has a section on each of the nine quality statements: 0 of 9 are here." in of_report
    assert "Themes discussed" not in of_report


def test_an_authority_without_a_report() -> None:
    """An authority without a report has its page, which does not say that CQC has none."""
    words = shown(made("A gull."), "authorities/thirdtown/index.md")

    assert "Where to look for it CQC may have published it: look in CQC’s list of reports" in words
    assert "would mean" not in words


def test_a_text_without_themes_headings_or_expectations() -> None:
    """What a text does not have is left out, and its passages stand all the same."""
    item = evidence(report(), "governance", "Nothing.", page={"expectations": ()})

    pages = render_pages(collection([item]))

    page = look(mkdocs_html(front_matter(pages["reports/anytown-2025-01/governance/index.md"].decode())[0]))
    headings = [words for _, words in page.headings]
    assert headings == [
        "Anytown: governance, management and sustainability",
        "The local authority commitment",
        "Key findings",
    ]
    assert "What the council should do" in page.words
    assert "Themes of this section" not in page.words
    assert page.words.count("© Care Quality Commission") == 1


def test_statements_before_and_after() -> None:
    """A text leads to the statements before and after it, to their texts where there are any; the ends have one."""
    of = report()
    pages = render_pages(
        collection([evidence(of, id, f"On {id}.") for id in ("assessing-needs", "equity", "learning")])
    )
    folder = "reports/anytown-2025-01"

    def ways(id: str) -> dict[str, str]:
        return {
            text: to for text, to in links(pages, f"{folder}/{id}/index.md").items() if re.match("Previous|Next", text)
        }

    assert ways("assessing-needs") == {
        "Next section: Supporting people to live healthier lives (not here yet)": "../#healthier-lives"
    }
    assert list(ways("equity").values()) == ["../#healthier-lives", "../#care-provision"]
    assert list(ways("learning").values()) == ["../#governance"]


def test_words_of_a_list_stand_in_a_list() -> None:
    """A passage that is a list is shown as one, with its marks, on the text page and on the theme page."""
    pages = made("A pier\nA ferry at the pier\n- a dash")

    text = pages["reports/anytown-2025-01/equity/index.md"].decode()
    of_theme = pages["themes/piers/index.md"].decode()

    assert "<li>A pier</li>\n<li>A ferry at the pier</li>\n<li>&#45; a dash</li>\n</ul>" in text
    assert "<li>A <mark>pier</mark></li>\n<li>A ferry at the <mark>pier</mark></li>\n<li>&#45; a dash</li>" in of_theme


def test_corrections_are_shown() -> None:
    """A correction stands under its passage and on the report's page; a tag given by hand says so wherever it leads."""
    texts = ("A gull of 1 years.", "Water.")
    of = report(
        corrections=(
            Correction("equity", "1 years", "10 years", "A slip.", 9),
            Correction("learning", "x", "y", "No.", 9),
        ),
        tag_corrections=(
            TagCorrection(f"equity/{passage_id(texts[1])}", ("piers", "sailors"), (), "It is wet.", 9),
            TagCorrection(f"equity/{passage_id(texts[0])}", (), ("gulls",), "No bird.", 9),
        ),
    )
    pages = render_pages(collection([evidence(of, "equity", *texts)]))

    text = shown(pages, "reports/anytown-2025-01/equity/index.md")
    of_report = pages["reports/anytown-2025-01/index.md"].decode()

    assert "Paragraph 1 of 2 A gull of 1 years. “1 years” is as published; read “10 years”: A slip." in text
    assert "Piers added by hand: It is wet." in text
    assert "Added by hand: It is wet." in shown(pages, "themes/piers/index.md")
    assert "Added by hand: It is wet." in shown(pages, "voices/sailors/index.md")
    assert "Gulls was taken away by hand: No bird." in text
    assert "themes/gulls/" not in pages["reports/anytown-2025-01/equity/index.md"].decode()
    assert f"paragraph {passage_id(texts[1])}</a>: added Piers; added Sailors; It is wet." in of_report
    assert f"paragraph {passage_id(texts[0])}</a>: removed Gulls; No bird." in of_report
    assert f'<a href="equity/#{passage_id(texts[0])}">' in of_report


def test_words_that_earned_are_said_once() -> None:
    """The words that earned a theme stand once each under the passage, as they are written there."""
    words = shown(made("A pier, a Pier and a pier: “piers”."), "reports/anytown-2025-01/equity/index.md")

    assert "Why these labels? Piers “pier”, “Pier”, “piers”" in words


def test_three_themes_of_a_paragraph_are_in_sight() -> None:
    """Under a paragraph stand three themes; a fourth is one step away, in the list that says why, with its words."""
    words = vocabulary(
        tuple(theme(id, id) for id in ("piers", "boats", "gulls", "crabs")), (voice("crew", "crew <said>"),)
    )
    item = evidence(report(), "equity", "Crew said: piers, boats, gulls, crabs.", "Crabs.", words=words)
    text = shown(render_pages(collection([item], vocabulary=words)), "reports/anytown-2025-01/equity/index.md")

    assert "Themes: Piers, Boats, Gulls and 1 more Voices: crew" in text
    assert "1 more, and why Piers “piers”" in text
    assert "Crabs “crabs” Crew (voice) “Crew said”" in text
    assert "Themes: Crabs Voices: not stated Why these labels? Crabs “Crabs”" in text


@pytest.mark.parametrize("path", ["reports/anytown-2025-01/equity", "themes/gulls", "themes/gulls/equity"])
def test_a_page_says_how_its_paragraphs_are_cited(path: str) -> None:
    """What a reference of a paragraph is made of stands before it: full name, day, quality statement, score."""
    page = made("A gull.")[f"{path}/index.md"].decode()

    elements = [(tag, dict(values)) for tag, values in look(mkdocs_html(front_matter(page)[0])).elements]
    (first,) = (place for place, (tag, _) in enumerate(elements) if tag == "article")
    before = [each for _, values in elements[:first] for each in values.items() if each[0].startswith("data-")]
    assert len(before) == 4, "each is said once"
    assert dict(before) == {
        "data-council": "Anytown Council",
        "data-published": "2025-01-09",
        "data-statement": "Equity in experience and outcomes",
        "data-score": "3",
    }


def two_shown(monkeypatch: pytest.MonkeyPatch, passages: int) -> dict[str, bytes]:
    """The pages of a text with so many passages, of which lists give two in full."""
    monkeypatch.setattr("build_scripts.pages.themes_and_voices.PASSAGES_SHOWN", 2)
    return made(*(f"Pier number {number}." for number in range(1, passages + 1)))


@pytest.mark.parametrize(
    ("numbers", "taken"),
    [
        ({4: 1, 3: 2}, {4: 1, 3: 2}),
        ({4: 50}, {4: 50}),
        ({4: 51}, {4: 50}),
        ({4: 6, 3: 75, 2: 57, 1: 2}, {4: 6, 3: 21, 2: 21, 1: 2}),
        ({3: 500, 2: 500, 1: 500}, {3: 16, 2: 17, 1: 17}),
        ({4: 26, 3: 26}, {4: 25, 3: 25}),
        ({4: 1, 3: 1, 2: 1, 1: 1000}, {4: 1, 3: 1, 2: 1, 1: 47}),
    ],
)
def test_lists_give_a_fair_share_of_every_score(numbers: dict[int, int], taken: dict[int, int]) -> None:
    """A list gives fifty passages at most, of every score as many as there are or as the others leave room for."""
    texts = [
        evidence(report(f"anytown-2024-0{score}", score), "equity", *(f"Pier {n}." for n in range(number)))
        for score, number in numbers.items()
    ]
    findings = collection(texts).by_tag["piers"]
    in_full = shown_in_full(findings)

    assert Counter(finding.score for finding in in_full) == taken
    of_score = {score: [each for each in findings if each.score == score] for score in numbers}
    assert list(in_full) == [each for score, here in of_score.items() for each in here[: taken[score]]]


def test_page_of_a_cell_with_many_passages(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page of a theme on a statement gives as many passages as fit, says so, and names the text of the others."""
    pages = two_shown(monkeypatch, 5)
    path = "themes/piers/equity/index.md"
    page = pages[path].decode()

    assert [each for each in pages if re.match(r"themes/piers/equity/", each)] == [path]
    assert re.findall(r"<mark>Pier</mark> number (\d)", page) == ["1", "2"]
    words = shown(pages, path)
    assert "2 follow in full, the highest first. The others are in the sections named below." in words
    assert "These were 2 of 5 paragraphs. The others are in the sections named below." in words
    assert "2 of 5 paragraphs Anytown Whole section" in words


def test_theme_with_many_passages_goes_on_by_statement(monkeypatch: pytest.MonkeyPatch) -> None:
    """A theme's page gives as many passages as fit, says so before and after, and leads to where all of them are."""
    pages = two_shown(monkeypatch, 5)
    page = pages["themes/piers/index.md"].decode()

    assert re.findall(r"<mark>Pier</mark> number (\d)", page) == ["1", "2"]
    words = shown(pages, "themes/piers/index.md")
    assert "5 paragraphs about it, from 1 of the 1 council whose sections are here" in words
    assert "2 follow in full, the highest first. All are on the pages by quality statement." in words
    assert "These were 2 of 5 paragraphs." in words
    assert page.count('<a href="#by-quality-statement">') == 2
    assert 'id="by-quality-statement"' in mkdocs_html(front_matter(page)[0])
    assert "equity/" in links(pages, "themes/piers/index.md").values()


def test_short_list_is_whole() -> None:
    """Where all passages are given, nothing is said of others."""
    assert "in full" not in made("A pier.")["themes/piers/index.md"].decode()


def test_order_of_the_collection_does_not_matter() -> None:
    """The same texts in another order give the same bytes."""
    texts = [
        evidence(report(id), "equity", f"A pier of {id}.", "A gull.") for id in ("anytown-2025-01", "othertown-2024-01")
    ]

    assert render_pages(collection(texts)) == render_pages(collection(texts))
    assert set(render_pages(collection(texts))) == set(render_pages(collection(texts[::-1])))
    one, other = render_pages(collection(texts)), render_pages(collection(texts[::-1]))
    assert one["themes/piers/index.md"] == other["themes/piers/index.md"]


@pytest.mark.parametrize("path", OF_WORDS)
def test_awaited_pages_are_those_that_a_whole_run_makes(path: str) -> None:
    """Pages about what a file names, and of texts, come out alone as they come out among all others."""
    read = collection([evidence(report(), "equity", "A pier.", "A gull.")])

    awaited = render_awaited(read, [(report().id, "equity")], [path])

    assert len(awaited) > 1
    assert awaited.items() <= render_pages(read).items()
    assert not render_awaited(read, [], ["data/framework.yml", "docs/index.md"])


def test_pages_without_labels_or_voices() -> None:
    """A collection whose rules nobody measured says so on the methodology page and on every theme's page."""
    words = vocabulary((theme("piers", "pier"),), ())
    pages = render_pages(Collection(words, (report(),), (evidence(report(), "equity", "A pier.", words=words),)))

    assert "The rules have not been measured" in shown(pages, "about/methodology/index.md")
    assert "Nobody has checked yet how often it is right." in shown(pages, "themes/piers/index.md")


def test_methodology_measures_what_enough_paragraphs_were_labelled_with() -> None:
    """A theme with enough labelled paragraphs has its row of figures; the others are named with how many there were."""
    words = vocabulary((theme("piers", "pier", label="Piers"), theme("gulls", "gull", label="Gulls")), ())
    themes = {"piers": Measure(both=10), "gulls": Measure(both=9)}
    texts = (evidence(report(), "equity", "A pier.", words=words),)
    pages = render_pages(Collection(words, (report(),), texts, accuracy=Accuracy(12, 1, 1, 1, themes)))
    html = mkdocs_html(front_matter(pages["about/methodology/index.md"].decode())[0])
    _, table, few = re.split(r'aria-label="Accuracy of each theme"|<details', html)

    assert "Piers" in table
    assert "Gulls" not in table
    assert "1 theme with too few labelled paragraphs to say" in few
    assert re.search(r'Gulls</a> <span class="number">9</span>', few)
    assert "Accuracy of each voice" not in html


def test_front_matter_of_a_text() -> None:
    """A text's front matter has what DESIGN asks for, tags and voices by their labels."""
    words = vocabulary(
        (theme("piers", "pier", label="Piers & jetties"),), (voice("sailors", "sailors said", label="Sailors"),)
    )
    item = evidence(report(), "equity", "Sailors said: a pier.", words=words)

    _, meta = front_matter(
        render_pages(collection([item], vocabulary=words))["reports/anytown-2025-01/equity/index.md"].decode()
    )

    assert meta == {
        "title": "Anytown, January 2025: Equity in experience and outcomes",
        "description": "What CQC found on “Equity in experience and outcomes” in Anytown, "
        "published 9 January 2025: score 3, 1 paragraph.",
        "authority": "Anytown",
        "statement": "Equity in experience and outcomes",
        "score": 3,
        "rating": "Good",
        "published": "2025-01-09",
        "source": "https://example.org/anytown-2025-01",
        "tags": ["Piers & jetties"],
        "voices": ["Sailors"],
    }


def test_themes_with_paragraphs_stand_first() -> None:
    """The list of themes shows those that a paragraph is about; the others of a group are folded, and counted."""
    text = made("A gull.")["themes/index.md"].decode()
    first, folded = text.split('<details class="folded"')
    assert re.findall(r'">(\w+)</a>', first) == ["Gulls"]
    assert re.findall(r'">(\w+)</a>', folded) == ["Piers", "Boats", "Ferries"]
    assert ">3 themes with no paragraph here yet<" in folded
    assert '"folded"' not in made("A gull.", "A pier.", "A boat.", "A ferry.")["themes/index.md"].decode()


def test_the_map_of_a_theme_or_voice_says_which_paragraphs_it_counts() -> None:
    """A paragraph is about a theme, and has a voice: the map's name for those who hear it says so."""
    words = vocabulary(authorities=[replace(ANYTOWN, cell=(0, 0))])
    pages = render_pages(collection([evidence(report(), "equity", "Sailors told us of a pier.")], vocabulary=words))

    for address, which in (("themes/piers", "about Piers"), ("voices/sailors", "with the voice “Sailors”")):
        label = f"councils whose sections here have paragraphs {which}, and how many."
        assert f'aria-label="Map of England: {label}"' in pages[f"{address}/index.md"].decode()
