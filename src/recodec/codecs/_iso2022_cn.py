"""ISO-2022-CN (RFC 1922): GB 2312 and planes 1 and 2 of CNS 11643 in seven bits.

Characters come from the codecs of gb2312 and euc_tw, which hold the same sets with the high bits
set. A designation lasts to the end of the line and has to be given anew on the next one.
"""

from __future__ import annotations

import codecs
import re

from ._stateful import Machine, handle_decode_error, handle_encode_error, stateful

__all__ = ["iso2022_cn"]

# State: what SO stands for in the low bits, whether ESC N is designated, whether SO is in force.
_NONE, _GB2312, _CNS1 = range(3)
_SO_SET = 3
_SS2 = 4
_SHIFTED = 8

_SO_DESIGNATIONS = {b"\x1b$)A": _GB2312, b"\x1b$)G": _CNS1}
_SS2_DESIGNATION = b"\x1b$*H"
_SINGLE_SHIFT = b"\x1bN"
_WRITTEN = {number: escape for escape, number in _SO_DESIGNATIONS.items()}

_RUN = re.compile(b"[^\x0e\x0f\x1b\n]+")


def _high(pair: bytes) -> bytes:
    return bytes((pair[0] | 0x80, pair[1] | 0x80))


def _low(pair: bytes) -> bytes:
    return bytes((pair[0] & 0x7F, pair[1] & 0x7F))


class _Iso2022Cn(Machine):
    name = "iso2022_cn"

    def decode(self, data: bytes, errors: str, final: bool, state: int) -> tuple[str, int, int]:
        parts: list[str] = []
        at = 0
        while at < len(data):
            byte = data[at]
            if byte == 0x0A:
                parts.append("\n")
                state = 0
                at += 1
                continue
            if byte == 0x0E and state & _SO_SET:
                state |= _SHIFTED
                at += 1
                continue
            if byte == 0x0F:
                state &= ~_SHIFTED
                at += 1
                continue
            size, reason, text = 1, "", ""
            if byte == 0x1B:
                escape = data[at : at + 4]  # all sequences have four bytes
                if escape in _SO_DESIGNATIONS:
                    state = state & ~_SO_SET | _SO_DESIGNATIONS[escape]
                    at += 4
                    continue
                if escape == _SS2_DESIGNATION:
                    state |= _SS2
                    at += 4
                    continue
                if len(escape) < 4 and not final and self._may_go_on(escape):
                    break
                if escape.startswith(_SINGLE_SHIFT) and state & _SS2:
                    text = self._pair(escape[2:], 2)
                    size, reason = (4, "") if text else (1, "unassigned position")
                else:
                    reason = "unknown escape sequence"
            elif byte == 0x0E:
                reason = "shift out without a designation"
            elif state & _SHIFTED:
                pair = data[at : at + 2]
                if len(pair) < 2 and not final and 0x21 <= byte <= 0x7E:
                    break
                text = self._pair(pair, 0 if state & _SO_SET == _GB2312 else 1)
                size, reason = (2, "") if text else (1, "illegal multibyte sequence")
            else:
                found = _RUN.match(data, at)
                end = found.end() if found else at + 1
                run = data[at:end]
                if run.isascii():
                    text, size = run.decode("ascii"), len(run)
                elif byte >= 0x80:
                    reason = "byte beyond ASCII"
                else:
                    size = next(number for number, one in enumerate(run) if one >= 0x80)
                    text = run[:size].decode("ascii")
            if reason:
                text, at = handle_decode_error(self, data, at, at + size, reason, errors)
            else:
                at += size
            parts.append(text)
        return "".join(parts), at, state

    @staticmethod
    def _may_go_on(escape: bytes) -> bool:
        return escape.startswith(_SINGLE_SHIFT) or any(
            one.startswith(escape) for one in (*_SO_DESIGNATIONS, _SS2_DESIGNATION, _SINGLE_SHIFT)
        )

    @staticmethod
    def _pair(pair: bytes, plane: int) -> str:
        """The character of a pair in GB 2312 (plane 0) or a plane of CNS 11643, "" if none."""
        if len(pair) != 2 or not all(0x21 <= byte <= 0x7E for byte in pair):
            return ""
        try:
            if plane == 0:
                return _high(pair).decode("gb2312")
            return (b"\x8e" + bytes((0xA0 + plane,)) + _high(pair)).decode("euc_tw")
        except UnicodeDecodeError:
            return ""

    def encode(self, text: str, errors: str, final: bool, state: int) -> tuple[bytes, int, int]:
        out = bytearray()
        at = 0
        while at < len(text):
            code = self._code(text[at])
            if code is not None:
                state = self._write(out, state, *code)
                at += 1
                continue
            put, at, error = handle_encode_error(self, text, at, errors)
            if isinstance(put, bytes):
                state = self._write(out, state, "", put)
                continue
            for character in put:
                code = self._code(character)
                if code is None:
                    raise error
                state = self._write(out, state, *code)
        if final and state & _SHIFTED:
            out.append(0x0F)
            state &= ~_SHIFTED
        return bytes(out), at, state

    @staticmethod
    def _code(character: str) -> tuple[str, bytes] | None:
        """The set of a character ("" is ASCII) and its bytes there; None when it has none."""
        if character < "\x80":
            # Written as they are, these three would read as escapes.
            return None if character in "\x0e\x0f\x1b" else ("", character.encode("ascii"))
        try:
            return "gb2312", _low(character.encode("gb2312"))
        except UnicodeEncodeError:
            pass
        try:
            code = character.encode("euc_tw")
        except UnicodeEncodeError:
            return None
        if len(code) == 2:
            return "cns1", _low(code)
        return ("cns2", _low(code[2:])) if code[1] == 0xA2 else None

    @staticmethod
    def _write(out: bytearray, state: int, charset: str, data: bytes) -> int:
        """Writes the bytes, after what they need before them; returns the state."""
        if charset == "cns2":
            if not state & _SS2:
                out += _SS2_DESIGNATION
                state |= _SS2
            out += _SINGLE_SHIFT + data
            return state
        if charset:
            wanted = _GB2312 if charset == "gb2312" else _CNS1
            if state & _SO_SET != wanted:
                out += _WRITTEN[wanted]
                state = state & ~_SO_SET | wanted
            if not state & _SHIFTED:
                out.append(0x0E)
                state |= _SHIFTED
        elif state & _SHIFTED:
            out.append(0x0F)
            state &= ~_SHIFTED
        out += data
        return 0 if data == b"\n" else state


def iso2022_cn() -> codecs.CodecInfo:
    """The codec; it needs euc_tw to be registered."""
    return stateful(_Iso2022Cn)
