"""Bytes of one charset to bytes of another by their kernels, without text between."""

from __future__ import annotations

from .native import decode_place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .native import Native
    from .patch import Through

__all__ = ["recode_native"]

_PATIENCE = 100  # places that stop the kernel
_EACH = 1 << 12  # bytes for which it has one more


def recode_native(
    source: Native,
    target: Native,
    data: bytes,
    lenient: bool = False,
    patched: Through | None = None,
) -> bytes | None:
    """All of `data`, or None when something in it does not convert and `patched` has no answer."""
    from .._core import conversion as core

    if lenient and target.form == core.ISO2022JP:
        return None
    form, at = source.start(data)
    if at < 0 or (form and form == target.form != core.UTF8):
        return None  # nothing to do but to check, which the codecs do as well
    direct = core.UTF8, core.UTF16LE
    if core.ISO2022JP in (form, target.form) and not (form in direct or target.form in direct):
        return _in_two_steps(source, target, data, lenient)
    read = source.map(core.DECODE_UTF16 if target.form == core.UTF16LE else core.DECODE_UTF8)
    write = target.map(core.ENCODE, lenient)
    reading, writing = ("strict", "strict") if patched is None else patched.names
    parts: list[bytes] = []
    asked = 0
    while True:
        head = b"" if parts else target.mark
        out, at, kind, length = core.convert(
            form, read, target.form, write, data, at, head=head, patch=patched
        )
        parts.append(out)
        if kind == core.END:
            break
        if (
            kind == core.UNENCODABLE
            and patched is not None
            and patched.learn(data[at : at + length], form)
        ):
            continue
        if source.stateful or target.stateful:
            return None
        # Perhaps a code that the tables do not hold, such as the eight bytes of a syllable in
        # EUC-KR. If there are many of them the codec is faster.
        asked += 1
        if asked > _PATIENCE + at // _EACH:
            return None
        try:
            text, at = decode_place(source.slow_decode, data, at, reading)
            parts.append(target.slow_encode(text, writing)[0])
        except UnicodeError:
            return None  # the codecs say where and what
        if at == len(data):
            break
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _in_two_steps(
    source: Native, target: Native, data: bytes, lenient: bool = False
) -> bytes | None:
    from .._core import conversion as core

    form, at = source.start(data)
    text, _, kind, _ = core.convert(form, source.map(core.DECODE_UTF8), core.UTF8, None, data, at)
    if kind != core.END:
        return None
    out, _, kind, _ = core.convert(
        core.UTF8, None, target.form, target.map(core.ENCODE, lenient), text, head=target.mark
    )
    return out if kind == core.END else None
