"""An answer that a site sent packed, unpacked piece by piece, and told apart from one that broke off."""

from __future__ import annotations

import zlib
from typing import Any

from build_scripts.contribute.importers import LARGEST


class UnpackError(Exception):
    """The pieces are no packed data, or are packed in a way that was not asked for."""


class Unpacked:
    """Unpacks an answer piece by piece, and knows whether its end has come: urllib3 takes what broke off for whole."""

    def __init__(self, encoding: str) -> None:
        """Get ready for what ``Content-Encoding`` names; raise ``UnpackError`` for what was not asked for."""
        self._name = encoding.strip().lower()
        self._reader: Any = None
        if self._name in ("gzip", "x-gzip"):
            self._reader = zlib.decompressobj(31)
        elif self._name not in ("", "identity", "deflate"):
            raise UnpackError
        self._seen = False

    @property
    def is_whole(self) -> bool:
        """Return whether nothing is missing at the end."""
        return self._reader is None or not self._seen or bool(self._reader.eof)

    def piece(self, data: bytes) -> bytes:
        """Return a piece unpacked, cut soon after ``LARGEST`` bytes; raise ``UnpackError`` for what is damaged."""
        if self._name in ("", "identity"):
            return data
        if self._reader is None:  # deflate is sent with and without the head of zlib's format
            self._reader = zlib.decompressobj(15 if data[:1] and data[0] & 15 == 8 else -15)
        self._seen = True
        made = bytearray()
        try:
            while data and len(made) <= LARGEST:
                if self._reader.eof:
                    if self._name == "deflate":
                        break
                    self._reader = zlib.decompressobj(31)
                made += self._reader.decompress(data, LARGEST)
                data = self._reader.unconsumed_tail or self._reader.unused_data
        except zlib.error:
            raise UnpackError from None
        return bytes(made)
