"""Results are values: frozen, comparable, hashable, picklable, and good to look at."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path

import pytest

import recodec
from recodec import Candidate, Detection, Evidence

SAMPLES = {
    "ascii": b"plain",
    "utf-8": "Größe".encode(),
    "marked": "Größe".encode("utf-16"),
    "russian": "Привет, как дела? Всё хорошо.".encode("cp1251"),
    "broken": "Все счастливые семьи похожи".encode()[:-1] + b"\xff",
    "declared": b'<meta charset="koi8-r"><p>' + "Привет, мир".encode("koi8-r"),
    "binary": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01",
    "empty": b"",
}


@pytest.fixture(params=SAMPLES, name="data")
def _data(request: pytest.FixtureRequest) -> bytes:
    return SAMPLES[request.param]


def test_equal_answers_are_equal(data: bytes) -> None:
    one, other = recodec.detect(data), recodec.detect(bytearray(data))
    assert one == other
    assert hash(one) == hash(other)
    assert one.candidates == other.candidates
    assert one == recodec.detect(data), "also after its lazy parts were made"


def test_different_answers_differ() -> None:
    seen = [recodec.detect(data) for data in SAMPLES.values()]
    assert len(set(seen)) == len(seen)
    assert seen[0] != "ascii"
    assert Candidate(encoding="x", confidence=1.0) != Evidence()


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_answers_survive_pickling(data: bytes, protocol: int) -> None:
    found = recodec.detect(data)
    again = pickle.loads(pickle.dumps(found, protocol))
    assert again == found
    assert again.candidates == found.candidates
    assert again.evidence == found.evidence
    assert copy.deepcopy(found) == found


def test_nothing_can_be_changed(data: bytes) -> None:
    found = recodec.detect(data)
    for value in (found, found.evidence, *found.candidates):
        for name in type(value)._shown:
            with pytest.raises(AttributeError):
                setattr(value, name, None)
        with pytest.raises(AttributeError):
            value.colour = "red"  # type: ignore[union-attr]


def test_fields_are_of_their_types(data: bytes) -> None:
    found = recodec.detect(data)
    assert found.encoding is None or isinstance(found.encoding, str)
    assert isinstance(found.confidence, float)
    assert found.language is None or found.language
    assert isinstance(found.bom, bytes)
    assert found.length == len(data)
    assert found.valid_up_to <= found.length
    assert (found.bad == 0) == (found.valid_up_to == found.length)
    assert found.kind is None or found.encoding is None
    assert found.evidence.non_ascii == sum(byte > 0x7F for byte in data)
    assert all(isinstance(one, Candidate) for one in found.candidates)


def test_a_declaration_is_evidence() -> None:
    data = SAMPLES["declared"]
    found = recodec.detect(data)
    assert found.declared == "koi8-r"
    assert found.evidence.declared_kind == "html"
    assert found.evidence.declared_at is not None
    start, end = found.evidence.declared_at
    assert data[start:end] == b"koi8-r"
    assert recodec.detect(b"plain").evidence.declared_at is None


def test_names_of_other_registers() -> None:
    def named(encoding: str | None) -> tuple[str | None, str | None]:
        found = Detection(encoding=encoding, confidence=1.0, source="model")
        return found.mime, found.whatwg

    assert named("cp1251") == ("windows-1251", "windows-1251")
    assert named("utf-8-sig") == ("UTF-8", "UTF-8")
    assert named("utf-16") == ("UTF-16", None)
    assert named("iso8859-1") == ("ISO-8859-1", "windows-1252")
    assert named("mac-arabic")[1] is None
    assert named(None) == (None, None)


def test_made_by_hand() -> None:
    found = Detection(encoding="cp1251", confidence=0.5, source="model", length=9)
    assert (found.valid_up_to, found.bad, found.bom, found.kind) == (9, 0, b"", None)
    assert found.candidates == ()
    assert found.declared is None
    with pytest.raises(TypeError):
        Detection("cp1251", 0.5)  # type: ignore[misc]


def test_match_statement() -> None:
    match recodec.detect(SAMPLES["binary"]):
        case Detection(encoding=None, kind=kind):
            assert kind == "png"
        case _:
            pytest.fail("a picture is binary")
    match recodec.detect(SAMPLES["ascii"]):
        case Detection(name, confidence, _, source):
            assert (name, confidence, source) == ("ascii", 1.0, "structure")


def test_repr_tells_what_matters() -> None:
    assert repr(recodec.detect(b"")) == "Detection(encoding='utf-8', confidence=0, source='empty')"
    shown = repr(recodec.detect(SAMPLES["broken"]))
    assert "encoding='utf-8'" in shown and "bad=" in shown and "valid_up_to=" in shown
    assert "kind='png'" in repr(recodec.detect(SAMPLES["binary"]))
    assert "bom=b'\\xff\\xfe'" in repr(
        Detection(encoding="utf-16", confidence=1.0, source="bom", bom=b"\xff\xfe")
    )
    assert repr(Candidate(encoding="cp1251", confidence=0.25)) == (
        "Candidate(encoding='cp1251', confidence=0.25, score=0.0)"
    )
    assert repr(Evidence(non_ascii=3)) == "Evidence(non_ascii=3)"


def test_results_of_mail_are_values_too(tmp_path: Path) -> None:
    data = b"From: a@example.jp\nSubject: \x1b$BF|K\\\x1b(B\n\n" + "日本".encode("euc_jp") + b"\n"
    recoded = recodec.mail.recode(data)
    assert recoded.changed
    assert recoded != recodec.mail.recode(b"Subject: x\n\n")
    assert repr(recoded).startswith(f"Recoded(<{len(recoded.data)} bytes>, changed=True")
    source = tmp_path / "box"
    source.write_bytes(b"From a@example.jp Thu Jan  1 00:00:00 2004\n" + data)
    report = recodec.mail.recode_mailbox(source, tmp_path / "new")
    assert report.messages == 1
    for value in (recoded, report):
        for again in (copy.copy(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value))):
            assert again == value
            assert repr(again) == repr(value)
    assert pickle.loads(pickle.dumps(recoded)).data == recoded.data


def test_what_a_result_shows() -> None:
    text = "Привет, как дела? Всё хорошо, спасибо. А у тебя как дела?\n"
    found = recodec.detect(text.encode("cp1251"))
    assert "language='ru'" in repr(found)
    assert "mixed" not in repr(found)
    assert "kind" not in repr(found)
    both = recodec.detect((text * 4).encode() + (text * 4).encode("cp1251"))
    assert both.mixed
    assert repr(both).endswith("mixed=True)")
    binary = recodec.detect(SAMPLES["binary"])
    assert f"kind={binary.kind!r}" in repr(binary)
    assert hash(found) != hash(recodec.detect("Grüße aus Köln".encode("cp1252")))
