"""Numbers, words and files as bytes: what ``bytes.js`` reads again.

* A **varint** is a whole number from 0 on, seven bits to a byte, lowest first; every byte but the last has its top bit
  set.
* **Deltas** are rising numbers, each as a varint of its distance from the one before, the first from 0.
* **Front coding** writes sorted words, each as two varints, how many bytes it shares with the word before and how many
  follow, and then those that follow, in UTF-8.
* A **packed** file is gzip (RFC 1952) whose head is always the same: without time, name or system, so that the same
  content has the same bytes whatever Python packs it. ``gzip.compress`` names a system, each Python another.
* A **seal** is the last four bytes of what is packed: with them the CRC-32 (that of RFC 1952) of all is that of the
  file's name below the search's folder, in UTF-8. By it a browser knows a file from its neighbour, from another
  build's, and from whatever else a network gives for it. Gzip's own foot has the sum, and who unpacks it checks it;
  only where a server has unpacked the file already need the browser add it up itself.

Between head and foot stands what zlib makes of the content. Another maker's (zlib-ng, in Python 3.14 for Windows) may
pack the same content in other bytes. Readers unpack the same from them, and as a name is made of the content and not of
the packed bytes, such a file is never a wrong one. Where ``cut`` divides the index depends on zlib too; there the
content differs, and with it the names.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from operator import sub
from typing import Any

_GZIP_HEAD = bytes([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 255])
"""Two bytes that mark gzip, deflate, no flags, no time (four bytes), packed as tight as can be, no system named."""

MOST_BYTES = 1 << 24
"""Of a file's content, seal included: where a browser stops to read (``contents.js``), whatever is still to come."""

_HASH_DIGITS = 8
"""Of a name's SHA-256: 32 bits tell the few versions of one file apart."""


def varints(numbers: Iterable[int]) -> bytes:
    """Return whole numbers from 0 on as varints."""
    numbers = list(numbers)
    with suppress(ValueError):  # one is more than a byte holds
        if (data := bytes(numbers)).isascii():
            return data
    return b"".join(map(_varint, numbers))


@cache  # the numbers are few and come by the million
def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def deltas(numbers: Iterable[int]) -> bytes:
    """Return rising whole numbers as varints of their distances."""
    numbers = list(numbers)
    return varints(map(sub, numbers, [0, *numbers]))


def front_coded(words: Iterable[str]) -> bytes:
    """Return words, sorted by code point, with what each shares with the one before written once."""
    out = bytearray()
    before = b""
    for word in words:
        data = word.encode("utf-8")
        shared, most = 0, min(len(data), len(before))
        while shared < most and data[shared] == before[shared]:
            shared += 1
        out += varints((shared, len(data) - shared)) + data[shared:]
        before = data
    return bytes(out)


def json_bytes(value: Any) -> bytes:
    """Return compact JSON in UTF-8; halves of letters, which YAML can hold and UTF-8 cannot, are left out as on
    pages."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "ignore")


def pack(data: bytes) -> bytes:
    """Return the bytes gzip'd, the same for the same input."""
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)  # deflate alone, without a head or foot of zlib's own
    foot = zlib.crc32(data).to_bytes(4, "little") + (len(data) & 0xFFFFFFFF).to_bytes(4, "little")
    return _GZIP_HEAD + packer.compress(data) + packer.flush() + foot


def sealed(name: str, data: bytes) -> bytes:
    """Return the content of the file ``name`` with its seal; ``ValueError`` for more than a browser reads."""
    content = data + _bytes_to(zlib.crc32(name.encode("utf-8")), zlib.crc32(data))
    if len(content) > MOST_BYTES:
        raise ValueError(f"{name} would have {len(content):,} bytes, and browsers read no more than {MOST_BYTES:,}")
    return content


def _bytes_to(wanted: int, crc: int) -> bytes:
    """Return the four bytes that turn one CRC-32 into another.

    The last four steps are gone back one by one, each by the top byte that only one byte's step has (Stigge, Plötz,
    Müller, Redlich, "Reversing CRC: Theory and Practice", 2006, section 4).
    """
    rest = wanted ^ _ALL
    for _ in range(4):
        byte = _BY_TOP[rest >> 24]
        rest = (rest ^ _step(byte)) << 8 & _ALL | byte
    return (rest ^ crc ^ _ALL).to_bytes(4, "little")


_ALL = 0xFFFFFFFF


def _step(byte: int) -> int:
    """Return what a byte does to a CRC-32."""
    return zlib.crc32(bytes([byte ^ 0xFF])) ^ _ALL ^ 0x00FFFFFF


_BY_TOP = {_step(byte) >> 24: byte for byte in range(256)}


def named_file(kind: str, data: bytes) -> tuple[str, dict[str, bytes]]:
    """Return a name that changes with the content, and the packed file under it; raises as ``sealed`` does."""
    name = f"{kind}-{_hash([data])}.bin"
    return name, {name: pack(sealed(name, data))}


def named_folder(kind: str, files: Mapping[str, bytes]) -> tuple[str, dict[str, bytes]]:
    """Return a folder's name that changes with the content of any of its files, and the packed files in it.

    One name for all keeps the manifest small, and files of two builds from being mixed. Raises as ``sealed`` does.
    """
    folder = f"{kind}-{_hash(part for name, data in files.items() for part in (name.encode('utf-8'), data))}"
    named = {f"{folder}/{name}.bin": data for name, data in files.items()}
    return folder, {name: pack(sealed(name, data)) for name, data in named.items()}


def _hash(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()[:_HASH_DIGITS]


def cut(pieces: Sequence[bytes], target: int) -> list[range]:
    """Return the pieces in runs of at most about ``target`` bytes when gzip'd; one that is larger stands alone."""
    runs: list[range] = []
    start = 0
    while start < len(pieces):
        packer = zlib.compressobj(9)
        size, end = 0, start
        while end < len(pieces):
            # What the piece adds to those before; the flush itself takes up to five bytes.
            size += len(packer.compress(pieces[end])) + len(packer.flush(zlib.Z_SYNC_FLUSH)) - 5
            if size > target and end > start:
                break
            end += 1
        runs.append(range(start, end))
        start = end
    return runs
