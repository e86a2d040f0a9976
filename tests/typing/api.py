"""Calls that must type-check, and some that must not; checked by mypy --strict, never run.

A line that must be an error carries `type: ignore` with its code: mypy warns about an ignore that
is not needed, so that it fails when the error goes away.
"""

from __future__ import annotations

import array
import mmap
from typing import Literal

from typing_extensions import assert_type

import recodec
from recodec import Candidate, Collected, Decoded, Detection, Detector, Recoded, TextFile

found: Detection = recodec.detect(b"x")
assert_type(found.encoding, str | None)
name: str = found.encoding  # type: ignore[assignment]  # None means binary
assert_type(found.confidence, float)
assert_type(found.bom, bytes)
assert_type(
    found.source,
    Literal["empty", "bom", "structure", "declared", "model", "fallback", "binary"],
)
assert_type(found.candidates, tuple[Candidate, ...])
found.encoding = "utf-8"  # type: ignore[misc]  # answers do not change

recodec.detect(bytearray(b"x"))
recodec.detect(memoryview(b"x"))
recodec.detect(array.array("B", b"x"))
recodec.detect("x")  # type: ignore[arg-type]  # text has no encoding


def mapped(region: mmap.mmap) -> Detection:
    return recodec.detect(region, allow=["utf-8", "cyrillic"], final=False, scan=4096)


recodec.detct(b"x")  # type: ignore[attr-defined]  # a misspelt name is one for checkers, too
assert_type(recodec.mail.imap_decode("x"), str)

recodec.detect(b"x", ("utf-8",))  # type: ignore[call-arg]  # options are keywords
recodec.detect(b"x", prefer="utf-8")  # type: ignore[call-arg]

assert_type(recodec.detect_all(b"x"), tuple[Candidate, ...])
assert_type(recodec.detect_many([b"x", bytearray(b"y")], threads=2), list[Detection])
assert_type(recodec.detect_group([b"x", b"y"], language="ru"), Detection)

with Detector(exact=True) as detector:
    assert_type(detector.feed(b"x"), bool)
    assert_type(detector.peek(), Detection)
    assert_type(detector.done, bool)
assert_type(detector.finish(), Detection)

decoded = recodec.decode(b"x", errors="replace")
assert_type(decoded, Decoded)
assert_type(decoded.text, str)
assert_type(decoded.detection, Detection | None)
assert_type(recodec.encode("x", "cp1251"), bytes)
recodec.encode(b"x")  # type: ignore[call-overload]
assert_type(recodec.encode("x", "cp932", "translit", lenient=True), bytes)
assert_type(recodec.encode("x", "cp932", errors="collect"), Collected)
assert_type(recodec.recode(b"x", "cp932", errors="collect").data, bytes)


def of_bytes(error: recodec.DecodeError) -> tuple[str, int]:
    return error.bad.hex(), error.end


def of_any(error: UnicodeError) -> tuple[str, int]:  # as for codecs.register_error
    return "?", 1


recodec.decode(b"x", "utf-8", of_bytes)
recodec.decode(b"x", "utf-8", of_any)
recodec.encode("x", "ascii", lambda error: (error.character, error.end))
recodec.encode("x", "ascii", of_bytes)  # type: ignore[arg-type]  # no bytes are decoded here
recodec.recode(b"x", "ascii", errors=of_bytes)
assert_type(recodec.recode(b"x", to="utf-8", from_="cp1251"), bytes)
assert_type(recodec.incremental_decoder("utf-8").decode(b"x", final=True), str)
assert_type(recodec.incremental_encoder("utf-8").encode("x", final=True), bytes)

with recodec.open("a.txt") as file:
    assert_type(file, TextFile)
    assert_type(file.read(), str)
    assert_type(file.detection, Detection | None)
assert_type(recodec.detect_file("a.txt"), Detection)
done = recodec.recode_file("a.txt", "utf-8", output="b.txt")
assert_type(done, Recoded)
assert_type(done.changed, bool)
assert_type(done.skipped, str | None)

try:
    recodec.decode(b"x")
except recodec.DecodeError as error:
    assert_type(error.offset, int)
    assert_type(error.line, int)
    assert_type(error.bad, bytes)
except recodec.UnknownCharsetError as unknown:
    assert_type(unknown.matches, tuple[str, ...])
