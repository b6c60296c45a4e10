"""Whether a PDF is as the program that made it left it: its list of parts in place, its packed parts and the lists of
what its letters mean whole.

PDFium reads on in silence where either is not so, and what it reads then lacks words or has others.
"""

from __future__ import annotations

import re
import zlib

MOST_UNPACKED = 200_000_000
"""Bytes that are unpacked to look at them; what comes after is not looked at."""
MOST_OPEN = 1_000
"""Parts that begin and never end: the reader looks for the end of each."""
LONGEST_HEAD = 2_000
"""Bytes in which a part says how it is packed."""

_STARTS_AT = re.compile(rb"startxref\s+([0-9]{1,12})")
_PARTS = re.compile(rb"\s*(?:xref|[0-9]+\s+[0-9]+\s+obj)")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_PACKED = re.compile(rb"/Filter\s*\[?\s*/Fl(?:ateDecode)?[\s/>\]]")
_PIECE = 65_536
_WAY = re.compile(rb"/Filter\s*\[?\s*/([^\s/<>\[\]()]*)")
_WAYS = frozenset(
    [
        *(b"FlateDecode", b"Fl", b"LZWDecode", b"LZW", b"ASCIIHexDecode", b"AHx", b"ASCII85Decode", b"A85"),
        *(b"RunLengthDecode", b"RL", b"CCITTFaxDecode", b"CCF", b"DCTDecode", b"DCT", b"JPXDecode", b"JBIG2Decode"),
        *(b"Crypt", b"Standard", b"Adobe.PPKLite", b"Adobe.PPKMS", b"Adobe.PubSec"),
    ]
)
"""How a part may be packed (ISO 32000-1, 7.4), or a document locked or signed."""
_MEANINGS = re.compile(rb"(?:begin|end)bf(?:char|range)\b")
_PAIRS = re.compile(rb"(?:[\s\[\]]|<[0-9A-Fa-f\s]*>|/[\w.-]+)*+")
"""Codes and what they mean (ISO 32000-1, 9.10.3), as a list that is not packed has them."""


def damage_of(data: bytes) -> str:
    """Return what is wrong with a PDF's bytes, a sentence; empty where nothing is."""
    if not _is_in_place(data):
        return "the file is damaged, its list of parts is not where it says: words may be missing"
    if b"/Encrypt" not in data and not _are_parts_whole(data):
        return "the file is damaged, a packed part of it is not as it was made: words may be missing or wrong"
    if not _are_meanings_whole(data):
        return "the file is damaged, a list of what its letters mean is no such list: letters may be missing or wrong"
    return ""


def is_endless(data: bytes) -> bool:
    """Return whether so many packed parts begin and never end that reading them takes longer than anyone waits."""
    ends = data.count(b"endstream")
    return data.count(b"stream") - 2 * ends > MOST_OPEN


def _is_in_place(data: bytes) -> bool:
    """Return whether the list of a PDF's parts is where its end says. PDFium searches for it elsewhere in silence."""
    said = _STARTS_AT.findall(data[-2048:])
    if not said:
        return False
    first = max(data.find(b"%PDF-", 0, 1024), 0)  # what a mailbox or server puts before the file counts, or does not
    place = int(said[-1])
    return any(_PARTS.match(data, start) for start in (place, place + first))


def _are_parts_whole(data: bytes) -> bool:
    """Return whether each part is packed in a way there is and, if by zlib, has the checksum that stands at its end."""
    if not all(found[1] in _WAYS for found in _WAY.finditer(data)):
        return False
    left, end = MOST_UNPACKED, 0
    for found in _STREAM.finditer(data):
        head = data[max(0, found.start() - LONGEST_HEAD) : found.start()]
        if found.start() < end or left <= 0 or not _PACKED.search(head, head.rfind(b"obj") + 1):
            continue
        reader = zlib.decompressobj()
        end = found.end()
        try:
            while not reader.eof and end < len(data) and left > 0:
                piece = data[end : end + _PIECE]
                end += len(piece)
                while piece and left > 0:
                    left -= len(reader.decompress(piece, _PIECE * 16))
                    piece = reader.unconsumed_tail
        except zlib.error:
            return False
        end -= len(reader.unused_data)
        if not reader.eof and left > 0:
            return False
    return True


def _are_meanings_whole(data: bytes) -> bool:
    """Return whether each list of letters' meanings that is not packed has nothing but codes between its two ends."""
    begun = -1
    for found in _MEANINGS.finditer(data):
        begins = found[0].startswith(b"begin")
        if begins != (begun < 0) or not (begins or _PAIRS.fullmatch(data, begun, found.start())):
            return False
        begun = found.end() if begins else -1
    return begun < 0
