"""The index of a collection: the same bytes each time, sound for collections of every size, and read again in the
browser."""

from __future__ import annotations

import gzip
import json
import random
import zlib
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from build_scripts.model.collection import Collection
from build_scripts.search import FOLDER, index_files
from build_scripts.search.documents import FIELDS, PHRASE_FIELDS, documents
from build_scripts.search.forms import form_postings, stem_of
from build_scripts.search.lunr_module import lunr_modules
from build_scripts.search.names import name_postings
from build_scripts.search.packing import (
    MOST_BYTES,
    cut,
    deltas,
    front_coded,
    named_file,
    named_folder,
    pack,
    sealed,
    varints,
)
from build_scripts.search.pages import page_list
from build_scripts.search.postings import STEPS, make_index
from build_scripts.search.shards import term_shards
from build_scripts.text.guide import read_guide
from tests.helpers.anytown import collection, evidence, report
from tests.helpers.projects import ROOT, real_run
from tests.helpers.scripts import NODE, run
from tests.helpers.whole_index import LUNR, whole_index, write_index

HOSTILE = (
    "</script><script>alert(1)</script> [x](javascript:y) \u202e {{ 7*7 }} ../../etc __proto__ constructor toString",
    "\x00 nothing \ufeff and *stars* ~1 ^2 +must -not field:value",
    "A" * 5000 + " " + "x-" * 500 + "y " + "\U0001f600 \U00020000\U00020001 \U00020000 ﷽",
)

KINDS = ("no text", "one passage", "stop words", "no word", "hostile")


def anytown(*texts: str) -> Collection:
    return collection([evidence(report(), "equity", *texts)] if texts else [], more=[report("othertown-2024-06")])


def manifest(files: Mapping[str, bytes]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files[f"{FOLDER}/manifest.json"])
    return found


def in_the_browser(files: Mapping[str, bytes], folder: Path, *queries: str) -> dict[str, Any]:
    """Return what the browser's index finds for each query: its passages, those of the words as a phrase, and its
    size."""
    write_index(files, folder)
    done = run(NODE, "tests/js/ask.mjs", LUNR, folder, *queries, root=ROOT)
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_same_collection_same_bytes() -> None:
    """Made twice, the index has the same files, names and bytes; nothing in it tells of when or where it was made."""
    one, other = (index_files(anytown("A boat at the pier.", "Two boats."), {}) for _ in range(2))
    assert one == other
    packed = [data for path, data in one.items() if path.endswith(".bin")]
    assert packed
    assert all(data[4:8] == bytes(4) for data in packed), "gzip's time"


def test_a_change_changes_names() -> None:
    """A file keeps its name for as long as its content: another text gives other texts and postings, and the same
    columns."""
    one, other = (manifest(index_files(anytown(text), {})) for text in ("A lamp.", "A rope."))
    assert one["texts"]["folder"] != other["texts"]["folder"]
    assert one["terms"]["folder"] != other["terms"]["folder"]
    assert one["columns"]["folder"] == other["columns"]["folder"]


@pytest.mark.parametrize("texts", [(), ("One passage.",), ("the of and",), ("–",), HOSTILE], ids=KINDS)
def test_collections_of_every_kind_are_found(texts: tuple[str, ...], tmp_path: Path) -> None:
    """No text at all, one passage, stop words alone, no word at all, and texts that mean harm: all open and answer."""
    files = index_files(anytown(*texts), {})
    answer = in_the_browser(files, tmp_path, "passage", "script alert", "__proto__", "\U00020000")
    assert answer["size"] == len(texts)
    assert answer["words"] == sorted(answer["words"])
    by_words = {query: found["words"] for query, found in answer["found"].items()}
    assert by_words["passage"] == ([0] if texts == ("One passage.",) else [])
    if texts == HOSTILE:
        assert by_words == {"passage": [], "script alert": [0], "__proto__": [0], "\U00020000": [2]}
        assert answer["found"]["script alert"]["phrase"] == [0]


def test_files_say_what_the_collection_says() -> None:
    """The real collection's texts, themes and voices stand in the files as they are in the collection."""
    whole = real_run().collection
    files = index_files(whole, {})
    opened = manifest(files)
    texts = opened["texts"]
    blocks = [
        json.loads(unpacked(files, f"{texts['folder']}/{at}")) for at in range(-(-opened["size"] // texts["each"]))
    ]
    rows = [row for block in blocks for row in block]
    names = json.loads(unpacked(files, opened["catalogue"].removesuffix(".bin")))
    themes = [theme[1] for theme in names["themes"]]
    label = {theme.id: theme.label for theme in whole.vocabulary.themes}
    assert len(rows) == opened["size"] == sum(names["pages"]["passages"]) > 0
    for row, document in zip(rows, documents(whole), strict=True):
        passage = document.tagged.passage
        assert (row[0], row[1], row[5]) == (passage.id, document.heading, passage.text)
        assert [themes[at] for at in row[3]] == [label[tag.id] for tag in document.tagged.themes]


def unpacked(files: Mapping[str, bytes], name: str) -> bytes:
    """Return what a file holds before its seal."""
    return gzip.decompress(files[f"{FOLDER}/{name}.bin"])[:-4]


def test_postings_are_those_of_lunr_py() -> None:
    """Of real passages: the same terms, order, documents and scores as in lunr.py's own index."""
    found = list(documents(real_run().collection))
    index = make_index((document.fields for document in found), FIELDS, PHRASE_FIELDS)
    whole = whole_index(document.fields for document in found)
    assert {term: entry["_index"] for term, entry in whole["invertedIndex"]} == index.order
    for term, entry in whole["invertedIndex"]:
        for field in FIELDS:
            posting = index.postings[term].get(field)
            assert list(entry[field]) == [str(number) for number in (posting.documents if posting else ())]


@given(st.lists(st.integers(0, 2**40)))
@example([0, 127, 128, 16383, 16384, 2**32])
def test_varints_have_seven_bits_a_byte(numbers: list[int]) -> None:
    """They read back, and only the last byte of each has its top bit clear."""
    data = varints(numbers)
    assert sum(byte < 128 for byte in data) == len(numbers)
    read, number, shift = [], 0, 0
    for byte in data:
        number |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            read.append(number)
            number = shift = 0
    assert read == numbers


def test_bytes_read_back_in_the_browser(tmp_path: Path) -> None:
    """Varints, deltas and front-coded words come out of ``bytes.js`` as they went in."""
    chance = random.Random(5)  # noqa: S311 - not for secrets
    numbers = [0, 127, 128, 16383, 16384, 2**32 - 1, *(chance.getrandbits(chance.randint(1, 32)) for _ in range(2000))]
    rising = sorted(set(numbers))
    letters = "abcé\u00df\u4e00\U00020000'1. "
    words = sorted({"".join(chance.choices(letters, k=chance.randint(0, 8))) for _ in range(2000)})
    expected = {"numbers": numbers, "rising": rising, "words": words}
    (tmp_path / "expected.json").write_text(json.dumps(expected), "utf-8")
    (tmp_path / "bytes.bin").write_bytes(varints(numbers) + deltas(rising) + front_coded(words))
    done = run(NODE, "tests/js/bytes.mjs", tmp_path, root=ROOT)
    assert (done.returncode, done.stdout) == (0, "as they went in\n"), done.stderr[-2000:]


@given(st.lists(st.binary(max_size=300)), st.integers(1, 400))
def test_a_cut_loses_nothing(pieces: list[bytes], target: int) -> None:
    """The runs hold every piece once and in order, none is empty, and only a single large piece is over the target."""
    runs = cut(pieces, target)
    assert [at for run in runs for at in run] == list(range(len(pieces)))
    assert all(runs)
    assert all(one.stop == other.start for one, other in pairwise(runs))
    over = [run for run in runs if len(pack(b"".join(pieces[at] for at in run))) > target + 40]
    assert all(len(run) == 1 for run in over)


def test_a_stem_its_forms_and_its_names_are_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """However small the files, who asks for a word has its forms and the names that begin with it as well."""
    monkeypatch.setattr("build_scripts.search.shards.TERMS_TARGET", 1)
    index = make_index([["Several severe cares of the cared for carers."]], {"text": 1}, ("text",))
    besides = {**name_postings(index, ["severe cares", "of the cared"]), **form_postings(index)}
    keys = {*index.postings, *besides}
    assert {"sever", "sever care", "sever!several", "care!car", " of  the care"} < keys
    _, shards = term_shards(index, besides)
    assert len(shards) == len({stem_of(key) for key in keys}) < len(keys)


@given(st.binary(max_size=3000))
def test_packed_bytes_name_no_system(data: bytes) -> None:
    """A packed file is gzip that any reader unpacks, and its head is the same ten bytes whatever Python wrote it."""
    packed = pack(data)
    assert packed[:10] == bytes.fromhex("1f8b08000000000002ff")
    assert gzip.decompress(packed) == data


def test_every_file_says_which_it_is() -> None:
    """The CRC-32 of each is that of its name; no two are sealed alike, however like their contents."""
    files = index_files(anytown("A boat at the pier.", "Two boats."), {})
    packed = {path.removeprefix(f"{FOLDER}/"): gzip.decompress(data) for path, data in files.items() if ".bin" in path}
    for name, content in packed.items():
        assert (
            zlib.crc32(content)
            == zlib.crc32(name.encode())
            == int.from_bytes(files[f"{FOLDER}/{name}"][-8:-4], "little")
        )
    _, twins = named_folder("texts", {"0": b"the same", "1": b"the same"})
    assert len({gzip.decompress(data) for data in twins.values()}) == 2


def test_a_file_beyond_what_browsers_read_stops_the_build() -> None:
    """The line says which file, and how large it would be; one byte less is packed."""
    largest = bytes(MOST_BYTES - 4)
    assert len(gzip.decompress(pack(sealed("words-0.bin", largest)))) == MOST_BYTES
    with pytest.raises(ValueError, match=r"words-0\.bin would have 16,777,217 bytes"):
        sealed("words-0.bin", largest + b"0")


def test_names_follow_the_content() -> None:
    """Equal content, equal name; in a folder, a byte that moves from one file to the next is another content."""
    assert named_file("words", b"a")[0] == named_file("words", b"a")[0] != named_file("words", b"b")[0]
    assert named_folder("texts", {"0": b"ab", "1": b"c"})[0] != named_folder("texts", {"0": b"a", "1": b"bc"})[0]


def test_steps_are_rounded_lengths() -> None:
    """Lengths rise by half, so that one byte is enough for any text."""
    assert STEPS[:10] == (0, 1, 2, 3, 4, 6, 9, 13, 19, 28)
    assert len(STEPS) < 64


def test_other_pages_are_listed() -> None:
    """Pages of one theme, authority and the like, and guides, with kind and address; texts, parts of lists and the
    excluded are not."""
    page = b'---\ntitle: "T"\ndescription: "D"\n---\nWords\n'
    pages = {
        "themes/dementia/index.md": page,
        "authorities/index.md": page,
        "about/design.md": page.replace(b"---\nWords", b"search:\n  exclude: true\n---\nWords"),
        "about/methodology/index.md": page,
        "reports/camden-2025-02/equity/index.md": page,
        "themes/dementia/2/index.md": page,
        "index.md": b"no front matter",
        "contribute/broken.md": b"---\ntitle: [\n---\n",
        "assets/search/lunr.js": page,
    }
    assert page_list(pages) == [
        ["guide", "T", "/about/methodology/", "D"],
        ["guide", "T", "/authorities/", "D"],
        ["theme", "T", "/themes/dementia/", "D"],
    ]


def test_guides_are_listed_by_their_sections() -> None:
    """A guide has a row for its beginning and one for each heading, with the terms of its words, each once; one that
    is kept out of searches or has no title has none."""
    boats = b"---\ntitle: Boats\ndescription: D\n---\nWe count boats.\n\n## Which boats\n\nThe boats of `boats.csv`.\n"
    pages = {
        "quay/index.md": boats,
        "quay/card-index.md": b"# Cards\n",
        "quay/hidden.md": b"---\nsearch:\n  exclude: true\n---\n# Hidden\n",
        "quay/untitled.md": b"Words\n",
    }
    assert page_list(pages, [read_guide(path, page) for path, page in pages.items()]) == [
        ["guide", "Boats", "/quay/", "D", "boat count"],
        ["guide", "Which boats (Boats)", "/quay/#which-boats", "", "boat csv"],
        ["guide", "Cards", "/quay/card-index/", "", ""],
    ]


def test_another_lunr_is_refused() -> None:
    """A lunr.js that the index was not made for stops the build with a line that says so."""
    with pytest.raises(ValueError, match=r"not the 2\.3\.9"):
        lunr_modules(LUNR.read_text("utf-8").replace('lunr.version = "2.3.9"', 'lunr.version = "2.4.0"'))
