"""What a charset of a table reads and writes, said plainly: dicts and the longest match.

The kernels are held to it. Slow, and made from the same source tables by another way.
"""

from __future__ import annotations

from collections.abc import Mapping

from recodec.codecs._tables import Reader, Writer


class Reference:
    """Reads and writes with U+FFFD and nothing for what is not there."""

    def __init__(
        self,
        decoding: Mapping[bytes, str],
        encoding: Mapping[str, bytes],
        *,
        linear: bool = False,
    ) -> None:
        self._reader = Reader(decoding)
        self._writer = Writer(encoding)
        self._linear = linear

    def decode(self, data: bytes) -> str:
        """Each byte that starts no code is one error, as is a code that the end cuts."""
        out = []
        at = 0
        while at < len(data):
            upper = self._upper(data[at : at + 4]) if self._linear else None
            if upper is not None:
                text, size = upper
                out.append(text)
                at += size
                continue
            found = self._reader.longest_at(data, at)
            if found is not None:
                text, at = found
                out.append(text)
                continue
            out.append("\ufffd")
            cut = self._reader.longest[data[at]] > 1 and self._reader.may_go_on(data, at)
            at = len(data) if cut else at + 1
        return "".join(out)

    @staticmethod
    def _upper(code: bytes) -> tuple[str, int] | None:
        """GB 18030 from 90 30 81 30 on."""
        limits = ((0x90, 0xE3), (0x30, 0x39), (0x81, 0xFE), (0x30, 0x39))
        if len(code) < 2 or not all(
            low <= byte <= high for byte, (low, high) in zip(code, limits, strict=False)
        ):
            return None
        if len(code) < 4:
            return "\ufffd", len(code)
        first, second, third, last = code
        point = ((first - 0x90) * 10 + second - 0x30) * 126 + third - 0x81
        point = 0x10000 + point * 10 + last - 0x30
        return (chr(point), 4) if point <= 0x10FFFF else None

    def encode(self, text: str) -> bytes:
        """Characters that are not there are left out."""
        out = b""
        at = 0
        while at < len(text):
            if self._linear and text[at] >= "\U00010000":
                rest, last = divmod(ord(text[at]) - 0x10000, 10)
                rest, third = divmod(rest, 126)
                first, second = divmod(rest, 10)
                out += bytes((0x90 + first, 0x30 + second, 0x81 + third, 0x30 + last))
                at += 1
                continue
            found = self._writer.longest_at(text, at, True)
            if isinstance(found, tuple):
                code, at = found
                out += code
            else:
                at += 1
        return out
