"""What the core does of an error policy is what the codecs do, place for place."""

from __future__ import annotations

import codecs
import functools
import io
import itertools
import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

import recodec
from recodec._coding.route import holds, route
from recodec._conversion.native import Native
from recodec._conversion.patch import through
from recodec._conversion.policy import Policy
from recodec._core import conversion as core
from recodec._core import patch as core_patch
from recodec._files import conversion
from recodec._recoding.recoder import Recoder
from recodec._registry import charsets

Decode = Callable[[bytes, str], tuple[str, int]]

POLICIES = ("replace", "ignore")
READING = (*POLICIES, "backslashreplace", "surrogateescape")
WRITING = (*READING, "xmlcharrefreplace", "namereplace")


def _known(name: str) -> bool:
    try:
        native = route(name).native
    except recodec.UnsupportedCharsetError:
        return False
    return native is not None and native.first is not None


NATIVE = [charset.name for charset in charsets.all_charsets() if _known(charset.name)]
SINGLE = [name for name in NATIVE if charsets.lookup(name).kind == "single"]

LONGER = [name for name in NATIVE if name not in SINGLE and not route(name).native.marked]  # type: ignore[union-attr]


def _native(name: str) -> Native:
    native = route(name).native
    assert native is not None
    return native


# Second and further bytes between which the structure of a code changes.
_EDGES = (0x00, 0x20, 0x2F, 0x30, 0x39, 0x3A, 0x41, 0x7E, 0x7F, 0x80, 0x81, 0x8E, 0x8F, 0xA0, 0xA1)
_EDGES += (0xA2, 0xB0, 0xC2, 0xDF, 0xE0, 0xED, 0xF0, 0xF4, 0xFC, 0xFD, 0xFE, 0xFF)


def _bad_places(name: str, share: int = 1) -> bytes:
    """Every first byte before bytes of all kinds, at random, so that many stand for nothing."""
    rng = random.Random(name)
    parts = [
        bytes((lead, second, rng.choice(_EDGES), rng.choice(_EDGES), rng.choice(b"A0\x81\xa1")))
        for lead in range(256)
        for second in (_EDGES[:1] if name in SINGLE else _EDGES)
    ]
    rng.shuffle(parts)
    return b"".join(parts[::share])


def _unknown(name: str) -> str:
    """Another name of a handler, by which the core does not know it, so that the codec asks it."""
    handler = codecs.lookup_error(name)
    codecs.register_error("recodec-test", functools.partial(handler))
    return "recodec-test"


def _read(decode: Decode, data: bytes, errors: str) -> str | tuple[int, int, str]:
    """The text, or which bytes are refused and why."""
    try:
        return decode(data, errors)[0]
    except UnicodeDecodeError as error:
        return error.start, error.end, error.reason


def _slowly(name: str, errors: str, data: bytes) -> str | tuple[int, int, str]:
    return _read(route(name).decode, data, _unknown(errors))


@pytest.mark.parametrize("name", NATIVE)
def test_bad_bytes_read_as_the_codec_reads_them(name: str) -> None:
    data = _bad_places(name)
    for errors in READING:
        assert _read(route(name).decode, data, errors) == _slowly(name, errors, data)


@pytest.mark.parametrize("name", LONGER)
def test_bad_bytes_at_the_end_and_at_every_cut(name: str) -> None:
    """Where more could tell otherwise: every start of a code at the end, and every cutting."""
    rng = random.Random(name)
    ends = [
        bytes((lead, *rest))
        for lead in range(0x80, 0x100)
        for rest in itertools.product(rng.sample(_EDGES, 2), repeat=2)
    ]
    native = _native(name)
    before = b"A" * 100 if not native.form else "A".encode(name) * 100
    for errors in READING:
        for end in ends:
            for size in (1, 2, 3):
                data = before + end[:size]
                assert _read(native.decoder(), data, errors) == _slowly(name, errors, data)
        if errors == "surrogateescape":
            continue
        stream = recodec.incremental_decoder(name, errors)
        data = _bad_places(name, 9)[:2000]
        pieces = [data[at : at + 7] for at in range(0, len(data), 7)]
        assert "".join(stream.decode(piece) for piece in pieces) + stream.decode(
            b"", True
        ) == _slowly(name, errors, data)


@pytest.mark.parametrize("name", NATIVE)
def test_unencodable_characters_are_written_as_the_codec_writes_them(name: str) -> None:
    text = _odd_text(name, 700)
    for errors in WRITING:
        if errors == "surrogateescape":
            text = "".join(c if holds(name, c) else "\udc85" for c in text)
        assert _outcome(name, text, errors) == _outcome(name, text, _unknown(errors))


@pytest.mark.parametrize("name", NATIVE)
def test_unencodable_characters_of_utf_8_are_written_the_same(name: str) -> None:
    """In one piece, and with room that ends anywhere between them."""
    text = "".join(c for c in _odd_text(name, 900) if not "\ud800" <= c <= "\udfff")
    data = text.encode("utf-8")
    native = _native(name)
    for errors in POLICIES:
        expected = _outcome(name, text * 3, _unknown(errors))
        if expected is not None:  # some have no question mark, for which ours has another sign
            assert recodec.recode(data * 3, name, "utf-8", errors) == expected
    expected = _outcome(name, text, _unknown("replace"))
    if native.stateful or native.form or expected is None:
        return
    written = through(_native("utf-8"), native, *_policies(name))
    if written is None:
        return
    out, at, end = b"", 0, len(data)
    room = 1
    while at < end:
        memory = core.memory(room)
        used, made, kind, _ = core.convert_into(
            core.UTF8, None, 0, native.map(core.ENCODE), data[at:], memory, final=True,
            patch=written,
        )  # fmt: skip
        at, out = at + used, out + bytes(memory[:made])
        if kind not in (core.OUTPUT, core.END):
            return  # only the codec knows
        room = room % 37 + 9
    assert out == expected


def _policies(name: str) -> tuple[Policy, Policy]:
    return (
        Policy(route("utf-8"), "replace", encoding=False),
        Policy(route(name), "replace", encoding=True),
    )


def _odd_text(name: str, size: int) -> str:
    rng = random.Random(name)
    points = [*range(0x20, 0x250), 0x3B1, 0x416, 0x20AC, 0x304B, 0x309A, 0x4E00, 0xAC00, 0x1F600]
    points += [0xDC80, 0xDCFF, 0xD800, 0xE000, 0x10FFFF]
    return "".join(map(chr, (rng.choice(points) for _ in range(size))))


def _outcome(name: str, text: str, errors: str) -> bytes | None:
    try:
        return route(name).encode(text, errors)[0]
    except UnicodeEncodeError:
        return None


_ROWS = ("translit,replace", "translit", "collect", "collect,translit", "collect,namereplace",
         "translit,xmlcharrefreplace")  # fmt: skip


@pytest.mark.parametrize("lenient", [False, True])
@pytest.mark.parametrize("errors", [*_ROWS, "strict", "ignore"])
def test_policies_of_ours_write_what_their_handlers_say(errors: str, lenient: bool) -> None:
    """The bytes, the counts, and every place that is collected."""
    for name in ("ascii", "cp1252", "cp932", "euc_jp", "viscii", "euc_jis_2004", "cp037", "cp1258"):
        text = _odd_text(name, 3000) + "ŠŽ\r\n～−￠㈱“ﬁ½\u00ad" * 20
        if "replace" not in errors and "collect" not in errors and errors != "ignore":
            text = "".join(c for c in text if holds(name, c) or c in "～−￠")
            text = text.encode("utf-8", "ignore").decode()
        found = []
        for hidden in (False, True):
            policy = Policy(route(name), errors, encoding=True, lenient=lenient, counting=True)
            policy.place.piece = len(text)
            data = _outcome(name, text, _unknown(policy.name) if hidden else policy.name)
            policy.encoded(text)
            places = [
                (one.offset, one.line, one.column, one.object, one.reason)
                for one in policy.problems
            ]
            found.append((data, policy.count, policy.respelled, places))
        if found[1][0] is not None:
            assert found[0] == found[1]
        else:
            assert found[0][0] is None


@pytest.mark.parametrize("rest", READING)
@pytest.mark.parametrize("name", ["iso8859-6", "cp932", "euc_jp", "gb18030", "euc_tw", "big5hkscs"])
def test_collected_places_are_those_of_the_codec(name: str, rest: str) -> None:
    data = _bad_places(name, 5) + b"A\r\n\n" + _bad_places(name, 7)
    found = []
    for hidden in (False, True):
        policy = Policy(route(name), f"collect,{rest}", encoding=False)
        policy.place.piece = len(data)
        errors = _unknown(policy.name) if hidden else policy.name
        text = policy.decoded(route(name).decode(data, errors)[0])
        places = [
            (one.offset, one.line, one.column, one.object, one.reason) for one in policy.problems
        ]
        found.append((text, policy.count, places))
    assert found[0] == found[1]
    assert found[0][1] == len(found[0][2]) > 20


def test_a_spelling_that_is_of_no_use_does_not_hold_the_kernel_up() -> None:
    """What the rule has no answer to either went round for ever."""
    with pytest.raises(recodec.EncodeError):
        recodec.encode("\u4e00" * 300, "viscii", "translit,surrogateescape")


_WAYS = (
    ("cp932", "utf-8"),
    ("gb18030", "utf-8"),
    ("cp1252", "utf-8"),
    ("cp1252", "cp1251"),
    ("cp932", "cp1252"),
    ("euc_jp", "utf-16-le"),
    ("euc_tw", "utf-8"),
    ("utf-8", "cp1252"),
    ("utf-8", "utf-16-le"),
    ("utf-8", "utf-8"),
    ("utf-8", "euc_jis_2004"),
    ("utf-8", "tcvn"),
    ("utf-16-le", "utf-8"),
    ("utf-16", "cp932"),
    ("utf-32-be", "latin-1"),
    ("mac-japanese", "cp932"),
)


_BOTH = (*READING, "translit,replace", "translit,ignore")


def _by_codecs(source: str, target: str, errors: str, data: bytes) -> tuple[bytes, int] | None:
    recoder = Recoder(source, target, errors)
    try:
        out = bytes(recoder.feed(data, True))
    except UnicodeError:
        return None
    return out, recoder.replaced


def _check(source: str, target: str, errors: str, data: bytes, cuts: list[int]) -> None:
    expected = _by_codecs(source, target, errors, data)
    for lenient, located in ((False, True), (True, True), (False, False)):
        recoder = Recoder(source, target, errors, lenient=lenient)
        file = io.BytesIO(data)
        locate = conversion._Places(file, 0, source, recoder.read_errors) if located else None
        recoder.hurry(None, locate)
        parts = []
        found = None
        try:
            for start, end in itertools.pairwise([0, *cuts, len(data)]):
                parts.append(bytes(recoder.feed(data[start:end], end == len(data))))
            found = b"".join(parts), recoder.replaced
        except UnicodeError:
            pass
        if not lenient:
            assert found == expected


@pytest.mark.parametrize("errors", _BOTH)
@pytest.mark.parametrize(("source", "target"), _WAYS)
def test_bytes_to_bytes_as_by_the_codecs(source: str, target: str, errors: str) -> None:
    """The bytes and the number of places, in one piece and in several."""
    data = _bad_places(source, 3)
    data += "か゚か゚ Ế か\u309a".encode("utf-8") + data[:50]
    step = 4001
    _check(source, target, errors, data, [])
    _check(source, target, errors, data, list(range(step, len(data), step)))


@given(
    st.sampled_from(_WAYS),
    st.sampled_from(_BOTH),
    st.lists(
        st.one_of(
            st.binary(max_size=9),
            st.sampled_from([b"A\n", b"\x82\xa0", b"\xe3\x81\x8b", b"\xe3\x82\x9a"]),
        )
    ),
    st.data(),
)
def test_any_bytes_and_cuts(
    way: tuple[str, str], errors: str, parts: list[bytes], choice: st.DataObject
) -> None:
    data = b"".join(parts)
    cuts = choice.draw(st.lists(st.integers(0, len(data)), max_size=4).map(sorted))
    _check(*way, errors, data, cuts)


def test_the_kernel_goes_on_behind_bad_places() -> None:
    """In a file with many of them it does not hand over to the codecs."""
    data = (
        "Съешь же ещё \x98 этих булок\n".encode("cp1251", "replace").replace(b"?", b"\x98") * 5000
    )
    recoder = Recoder("cp1251", "utf-8", "replace")
    recoder.hurry(None, conversion._Places(io.BytesIO(data), 0, "cp1251", "replace"))
    out = bytes(recoder.feed(data, True))
    assert out.decode() == data.decode("cp1251", "replace")
    assert recoder.replaced == data.count(b"\x98")
    assert recoder.decoder.position.line == 1  # nothing came to the codec


def test_an_error_behind_bad_places_knows_where_it_is() -> None:
    """What the kernel has passed is read again by the same policy."""
    data = b"A\xff\xe9\n" * 3000 + "жü".encode()
    recoder = Recoder("utf-8", "cp1251", "strict", read_errors="ignore")
    recoder.hurry(None, conversion._Places(io.BytesIO(data), 0, "utf-8", recoder.read_errors))
    with pytest.raises(recodec.EncodeError) as caught:
        recoder.feed(data, True)
    assert (caught.value.line, caught.value.column) == (3001, 2)
    assert caught.value.offset == 6001


def test_patch_counts() -> None:
    patch = core_patch.Patch(
        illegal=core_patch.TEXT, illegal_text=b"?", unencodable=core_patch.TEXT, first=True
    )
    out = core.memory(64)
    map = route("euc_jp").native.map(core.DECODE_UTF8)  # type: ignore[union-attr]
    used, made, kind, _ = core.convert_into(
        core.TABLE, map, core.UTF8, None, b"a\xff\xa4\x20z\x80...", out, final=True, patch=patch
    )
    assert (used, bytes(out[:made]), kind) == (9, b"a?? z?...", core.END)
    assert patch.taken() == (3, 0, 0)
    assert patch.taken() == (0, 0, 0)


def _places(policy: Policy) -> list[tuple[int, int, int, object, str]]:
    return [(one.offset, one.line, one.column, one.object, one.reason) for one in policy.problems]


@pytest.mark.parametrize("name", ["utf-8", "latin-1", "ascii", "cp1252"])
def test_codecs_that_are_quick_by_themselves_are_helped_with_policies_of_ours(name: str) -> None:
    rng = random.Random(name)
    some = b"A\n\xc3\xa9\xe3\x81\x82\xff\xed\xa0\x80\xf0\x9f"
    data = bytes(rng.choice(some) for _ in range(5000)) + b"\xe3\x81"
    text = "".join(rng.choice("aé漢\udc85\udfff\ud83d\U0001f600\r\n€") for _ in range(5000))
    rows = ("collect,ignore", "collect,backslashreplace", "collect,surrogateescape")
    for errors in (*rows, "backslashreplace", "namereplace", "translit,replace", "collect"):
        read: list[object] = []
        written: list[object] = []
        for hidden in (False, True):
            policy = Policy(route(name), errors, encoding=False)
            policy.place.piece = len(data)
            called = _unknown(policy.name) if hidden else policy.name
            got = _read(route(name).decode, data, called)
            if isinstance(got, str):
                read.append((policy.decoded(got), _places(policy)))
            policy = Policy(route(name), errors, encoding=True)
            policy.place.piece = len(text)
            bytes_ = _outcome(name, text, _unknown(policy.name) if hidden else policy.name)
            policy.encoded(text)
            written.append((bytes_, _places(policy) if bytes_ is not None else ()))
        assert read[:1] == read[1:]
        assert written[0] == written[1]


@pytest.mark.parametrize("errors", ["translit,replace", "namereplace", "replace", "ignore"])
@pytest.mark.parametrize("mark", ["FFFE0000", "0000FEFF", "FFFE", "FEFF", "EFBBBF"])
def test_what_a_marked_form_holds_is_learnt_in_its_order(mark: str, errors: str) -> None:
    order = "be" if mark in ("0000FEFF", "FEFF") else "le"
    form = {8: "utf-32", 4: "utf-16", 6: "utf-8"}[len(mark)]
    text = "日本 é → ά " * 600
    plain = text.encode(form if form == "utf-8" else f"{form}-{order}")
    data = bytes.fromhex(mark) + plain
    wanted = recodec.encode(text, "cp1252", errors)  # type: ignore[arg-type]
    names = {"utf-8": ["utf-8-sig"], "utf-16": ["utf-16", "utf-16-version1"]}
    for name in names.get(form, ["utf-32"]):
        assert recodec.recode(data, "cp1252", name, errors) == wanted  # type: ignore[arg-type]
        recoder = Recoder(name, "cp1252", errors)  # type: ignore[arg-type]
        recoder.hurry(None, None)
        assert bytes(recoder.feed(data, True)) == wanted


@pytest.mark.parametrize("errors", ["strict", "ignore", "replace", "xmlcharrefreplace"])
@pytest.mark.parametrize("target", ["iso8859-1", "cp1252"])
def test_twins_go_before_the_policy_whatever_the_size(target: str, errors: str) -> None:
    data = "μm".encode("cp1253")  # the letter mu, which these have as the micro sign
    for times in (1, 10_000):
        out = recodec.recode(data * times, target, "cp1253", errors, lenient=True)  # type: ignore[call-overload]
        assert out == b"\xb5m" * times
