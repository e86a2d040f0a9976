"""The members of the ISO 2022 family, as data."""

from __future__ import annotations

import re

from ._iso2022 import Iso2022Machine
from ._iso2022_form import Form

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._machine import Encoded, Machine

__all__ = ["JP", "JP_1", "JP_2", "JP_WRITTEN", "iso2022", "iso2022_of_icu", "korean"]

_ASCII = {b"(B": (0, "ascii")}
_KATAKANA = {b"(I": (0, "katakana")}
JP = {
    **_ASCII,
    b"(J": (0, "roman"),
    b"$@": (0, "jisx0208"),
    b"$B": (0, "jisx0208"),
}
"""What all Japanese members have."""
_LONG = {b"$(@": (0, "jisx0208"), b"$(B": (0, "jisx0208")}  # by the rules of ECMA-35 alone
JP_WRITTEN = {(0, "jisx0208"): b"$B", (0, "windows"): b"$B", (0, "windows-user"): b"$B"}
JP_1 = {**JP, b"$(D": (0, "jisx0212")}
JP_2 = {
    **JP_1,
    b"$A": (0, "gb2312"),
    b"$(C": (0, "ksx1001"),
    b".A": (2, "latin-1"),
    b".F": (2, "greek"),
}
_JP_2 = {**JP_2, **_LONG, b"$(A": (0, "gb2312")}
_JP_2_ORDER = (
    (0, "jisx0208"),
    (0, "jisx0212"),
    (0, "ksx1001"),
    (0, "gb2312"),
    (0, "roman"),
    (2, "latin-1"),
    (2, "greek"),
)
_JP_2004_ORDER = ((0, "jisx0208"), (0, "jisx0213-1"), (0, "jisx0213-2"))
_JP_3_ORDER = ((0, "jisx0208"), (0, "jisx0213-1:2000"), (0, "jisx0213-2"))
_HEADER = b"$)C"
_CN = {b"$)A": (1, "gb2312"), b"$)G": (1, "cns-1"), b"$*H": (2, "cns-2")}
_CN_EXT = {
    **_CN,
    b"$)E": (1, "iso-ir-165"),
    **{b"$+" + bytes((0x49 + number,)): (3, f"cns-{3 + number}") for number in range(5)},
}


def _windows(order: tuple[tuple[int, str], ...], characters: str = "windows") -> Form:
    """Microsoft's, which read half-width katakana in every way there is."""
    return Form(
        {
            **{
                code: (0, characters if name == "jisx0208" else name)
                for code, (_, name) in (JP | _LONG).items()
            },
            **_KATAKANA,
            b"(H": (0, "roman"),  # an old mistake for ( J, never written
            b"$(D": (0, "jisx0212"),
        },
        ((0, "roman"), *order, (0, characters)),
        written={**JP_WRITTEN, (0, "roman"): b"(J"},
        passed=(b"&@",),  # says that the set that follows is the edition of 1990
        shifts="shift",
        unshifted="katakana",
        high="katakana",
        spaces=True,
        ends_shift=True,
    )


def _jis(slot: int) -> Form:
    """ICU's JIS7 and JIS8, which differ in how they write half-width katakana."""
    return Form(
        {**_JP_2, **_KATAKANA},
        (*_JP_2_ORDER, (slot, "katakana")),
        written=JP_WRITTEN,
        shifts="shift",
        unshifted="katakana",
        high="katakana" if slot < 0 else "",
    )


def _japanese(
    designations: dict[bytes, tuple[int, str]],
    order: tuple[tuple[int, str], ...],
    passed: tuple[bytes, ...] = (),
) -> Form:
    return Form(designations | _LONG, order, written=JP_WRITTEN, passed=passed)


def korean(
    characters: str,
    *,
    unshifted: str = "",
    line_end: str = "shift",
    ascii: bool = False,
    header_first: bool = False,
) -> Form:
    """ISO-2022-KR: its pairs, what SO calls without a designation, whether ESC ( B is known."""
    return Form(
        {**(_ASCII if ascii else {}), _HEADER: (1, characters)},
        ((1, characters),),
        shifts="shift",
        unshifted=unshifted,
        line_end=line_end,
        header=_HEADER,
        header_first=header_first,
    )


def _cn(designations: dict[bytes, tuple[int, str]], order: tuple[tuple[int, str], ...]) -> Form:
    return Form(designations, order, shifts="shift", line_end="designations")


_CN_ORDER = ((1, "gb2312"), (1, "cns-1"), (2, "cns-2"))


def _forms() -> dict[str, Form]:
    return {
        "iso2022_jp": _japanese(JP, ((0, "jisx0208"), (0, "roman"))),
        "iso2022_jp_1": _japanese(JP_1, ((0, "jisx0208"), (0, "jisx0212"), (0, "roman"))),
        "iso2022_jp_2": _japanese(_JP_2, _JP_2_ORDER),
        "iso2022_jp_3": _japanese(
            {**JP, b"$(O": (0, "jisx0213-1:2000"), b"$(P": (0, "jisx0213-2")}, _JP_3_ORDER
        ),
        "iso2022_jp_2004": _japanese(
            {**JP, b"$(Q": (0, "jisx0213-1"), b"$(P": (0, "jisx0213-2")}, _JP_2004_ORDER
        ),
        "iso2022_jp_ext": _japanese(
            {**JP_1, **_KATAKANA},
            ((0, "jisx0208"), (0, "jisx0212"), (0, "roman"), (0, "katakana")),
            (b"&@",),
        ),
        "cp50220": _windows(()),
        "cp50221": _windows(((0, "katakana"),), "windows-user"),
        "cp50222": _windows(((1, "katakana"),)),
        "jis7": _jis(1),
        "jis8": _jis(-1),
        "iso2022_kr": korean("ksx1001", unshifted="ascii", ascii=True),
        "iso2022_cn": _cn(_CN, _CN_ORDER),
        "iso2022_cn_cns": _cn(_CN, ((1, "cns-1"), (2, "cns-2"), (1, "gb2312"))),
        "iso2022_cn_ext": _cn(
            _CN_EXT,
            (
                (1, "gb2312"),
                (1, "cns-1"),
                (1, "iso-ir-165"),
                (2, "cns-2"),
                *((3, f"cns-{plane}") for plane in range(3, 8)),
            ),
        ),
    }


# In the order of ICU's ucnv2022.cpp.
_ICU_SETS = {
    "roman": (0, "roman"),
    "latin-1": (2, "latin-1:icu"),
    "jisx0208": (0, "jisx0208:icu"),
    "greek": (2, "greek:icu"),
    "jisx0212": (0, "jisx0212"),
    "gb2312": (0, "gb2312:icu"),
    "ksx1001": (0, "ksx1001:icu-jp"),
}
_ICU_ONLY = {b"(H": (0, "roman"), b"&@": _ICU_SETS["jisx0208"]}


def _japanese_of_icu(form: Form) -> Form:
    """A Japanese member as ICU has it: by its tables, in its order, and katakana are read."""
    names = {name for _, name in form.designations.values()}
    designations = {
        code: _ICU_SETS.get(name, (slot, name))
        for code, (slot, name) in form.designations.items()
        if code not in (b"$(@", b"$(B", b"$(A")
    }
    return Form(
        designations | _KATAKANA | _ICU_ONLY,
        (
            *(at for name, at in _ICU_SETS.items() if name in names),
            *(at for at in form.order if at[1] not in _ICU_SETS),
        ),
        written={_ICU_SETS["jisx0208"]: b"$B", _ICU_SETS["roman"]: b"(J"},
        line_end="single",
        shifts="error" if form.shifts == "plain" or form.high else form.shifts,
        unshifted=form.unshifted,
        high=form.high,
        roman_stays=True,
        returns=True,
    )


def iso2022_of_icu(name: str) -> Machine | None:
    """ICU's machine of a member of the family, None where it has none of its own."""
    from ._iso2022_icu import CnOfIcu, JpOfIcu, KrOfIcu

    if name in ("iso2022_kr", "iso2022_kr_1"):
        form = korean("ksx1001:icu", unshifted="ksx1001:icu", line_end="nothing", header_first=True)
        return KrOfIcu(f"icu:{name}", form, single=name.endswith("_1"))
    if name in ("iso2022_jp", "iso2022_jp_1", "iso2022_jp_2", "jis7", "jis8"):
        return JpOfIcu(f"icu:{name}", _japanese_of_icu(_forms()[name]))
    if name.startswith("iso2022_cn"):
        extended, taiwanese = name.endswith("_ext"), name.endswith("_cns")
        return CnOfIcu(f"icu:{name}", extended=extended, taiwanese=taiwanese)
    return None


_MARKS = {"\uff9e": "\u309b", "\uff9f": "\u309c"}  # voiced marks, and their full-width forms


class _FullWidth(Iso2022Machine):
    """cp50220: half-width katakana are written full width, joined with a voiced mark."""

    def __init__(self, name: str, form: Form) -> None:
        super().__init__(name, form)
        self._wide: dict[str, str] = {}

    def code(self, text: str, at: int, final: bool, state: int) -> Encoded:
        if not "\uff61" <= text[at] <= "\uff9f":
            return super().code(text, at, final, state)
        wide = self._full_width()
        pair = text[at : at + 2]
        if len(pair) == 1 and not final and any(pair + mark in wide for mark in _MARKS):
            return None
        if pair not in wide:
            pair = text[at]  # a mark behind it that joins nothing, such as after WA
        found = super().code(wide[pair], 0, True, state)
        assert isinstance(found, tuple)
        return found[0], at + len(pair), found[2]

    def _codes(self, key: int = 0) -> dict[str, bytes]:
        found = super()._codes(key)
        return found | {kana: found[wide] for kana, wide in self._full_width().items()}

    def _full_width(self) -> dict[str, str]:
        """The full-width forms of half-width katakana, and of those that join a mark with it."""
        if not self._wide:
            from unicodedata import normalize

            kana = [chr(point) for point in range(0xFF61, 0xFFA0)]
            for half in (*kana, *(one + mark for one in kana for mark in _MARKS)):
                wide = _MARKS.get(half) or normalize("NFKC", half)
                if len(wide) == 1 and isinstance(super().code(wide, 0, True, 0), tuple):
                    self._wide[half] = wide
        return self._wide


def iso2022(name: str) -> Machine:
    """The machine of a member of the family."""
    form = _forms()["iso2022_kr" if name == "iso2022_kr_1" else name]
    return (_FullWidth if name == "cp50220" else Iso2022Machine)(name, form)


def foreign_escape(name: str) -> re.Pattern[bytes]:
    """Finds an ESC that begins no sequence of the charset."""
    known = b"|".join(re.escape(sequence) for sequence in sorted(_forms()[name].designations))
    return re.compile(rb"\x1b(?!" + known + rb")")
