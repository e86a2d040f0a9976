"""`recodec explain`, on a terminal's terms and as a page in a real browser."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import stat
import subprocess
import zlib
from html.parser import HTMLParser
from pathlib import Path

import pytest

from recodec import cli
from recodec.cli._explain_facts import Facts, _Look, gather, percent
from recodec.cli._explain_page import page, visible
from recodec.cli._records import display_width

CZECH = "plain line\nPříliš žluťoučký kůň úpěl ďábelské ódy\nkonec\n"
RUSSIAN = "Съешь же ещё этих мягких французских булок, да выпей чаю.\n" * 4
JAPANESE = "この表は日本語です。\n今日はいい天気ですね\n散歩に行きましょう\n"
PLAIN = sum(one.isascii() for one in RUSSIAN)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(40)


def facts_of(data: bytes, name: str = "a.txt") -> Facts:
    return gather(io.BytesIO(data), name)


# -- What is told ----------------------------------------------------------------------------------


def test_facts_of_legacy_text() -> None:
    data = CZECH.encode("cp1250")
    facts = facts_of(data)
    assert facts.readings[0].encoding == facts.found.encoding == "cp1250"
    assert len(facts.readings) >= 3, "there is something to compare with"
    assert all(one.confidence == 0.0 for one in facts.readings if one.score is None)
    assert "utf-8" in {name for name, _, _ in facts.rejected}
    for _, offset, bad in facts.rejected:
        assert data[offset:].startswith(bad) and bad
    excerpt = facts.excerpts[0]
    assert (excerpt.line, excerpt.offset) == (2, 11)
    assert facts.readings[0].text(excerpt.data) == "Příliš žluťoučký kůň úpěl ďábelské ódy"


def test_lines_in_different_encodings() -> None:
    data = (RUSSIAN.encode() + b"plain\n" + RUSSIAN.encode("koi8-r")) * 2
    facts = facts_of(data)
    assert [(part.encoding, first, last) for part, first, last in facts.runs] == [
        ("utf-8", 1, 5),
        ("koi8-r", 6, 9),
        ("utf-8", 10, 14),
        ("koi8-r", 15, 18),
    ]
    assert "Its lines are in different encodings: utf-8, koi8-r." in facts.reasons
    assert "data-t='lines 6 to 9: koi8-r'" in page(facts)
    assert "koi8-r <b>8</b> lines" in page(facts)
    assert facts_of(RUSSIAN.encode("koi8-r")).runs == []


def test_excerpts_are_read_in_the_encoding_of_their_lines(run, tmp_path: Path) -> None:
    """cp866 is no candidate for a file that cp1251 decodes, but what its last lines are in."""
    path = tmp_path / "old.log"
    last = "Вчера мы ходили в лес за грибами\n" * 3
    path.write_bytes((RUSSIAN * 3).encode("cp1251") + last.encode("cp866"))
    facts = facts_of(path.read_bytes())
    assert "cp866" not in {one.encoding for one in facts.readings}
    firsts = {facts.readings_of(one, 3)[0].encoding for one in facts.excerpts}
    assert firsts == {"cp1251", "cp866"}
    assert all(len(facts.readings_of(one, 3)) == 3 for one in facts.excerpts)
    assert re.search("    cp866 +Вчера мы ходили в лес", run("explain", str(path)).stdout.decode())
    assert "<dt>cp866</dt>" in page(facts)


def test_a_strip_of_encodings(run, tmp_path: Path) -> None:
    path = tmp_path / "old.log"
    path.write_bytes(RUSSIAN.encode() + RUSSIAN.encode("koi8-r"))
    out = "\n".join(run("explain", str(path)).stdout.decode().splitlines()) + "\n"
    assert re.search(r"^  A{30,}B{20,}$", out, re.MULTILINE)
    assert "  A  utf-8   lines 1-4\n  B  koi8-r  lines 5-8\n" in out


def test_hints_of_detection(run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(RUSSIAN.encode("cp1251"))

    def answer(*options: str) -> str:
        done = run("explain", str(path), *options)
        return "\n".join(done.stdout.decode().splitlines()[:3])

    assert "cp1251" in answer()
    assert "koi8-r" in answer("--allow", "koi8-r")
    assert "says so" in answer("--allow", "cp1251,koi8-r", "--declared", "windows-1251")
    assert "cp1251" not in answer("--deny", "cp1251,windows", "--tld", "ru")
    assert run("explain", str(path), "--language", "xx-none").returncode == 2
    facts = gather(io.BytesIO(path.read_bytes()), "a.txt", deny=["windows"])
    assert not any(one.encoding.startswith("cp125") for one in facts.readings)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"plain\n" * 100, {"ascii": 600}),
        (RUSSIAN.encode(), {"ascii": PLAIN, "utf8": len(RUSSIAN.encode()) - PLAIN}),
        (RUSSIAN.encode("cp1251"), {"ascii": PLAIN, "other": len(RUSSIAN) - PLAIN}),
        (
            RUSSIAN.encode() + b"\xff\xff\n",
            {"ascii": PLAIN + 1, "utf8": len(RUSSIAN.encode()) - PLAIN, "broken": 2},
        ),
        (b"plain\x00\x01\n" * 10, {"ascii": 60, "control": 20}),
        (RUSSIAN.encode("utf-16-le"), {"ascii": 2 * PLAIN, "other": 2 * (len(RUSSIAN) - PLAIN)}),
        (("会議表\n" * 9).encode("cp932"), {"ascii": 9, "other": 54}),  # 表 is 95 5C
        (("déjà\n" * 9).encode("cp500"), {"ascii": 27, "other": 18}),
        (  # each run by its own encoding: none of it is broken
            (RUSSIAN.encode() + RUSSIAN.encode("koi8-r")) * 2,
            {"ascii": 4 * PLAIN, "utf8": 2 * (len(RUSSIAN.encode()) - PLAIN),
             "other": 2 * (len(RUSSIAN) - PLAIN)},
        ),
        (  # 5C of 表 is no ASCII where the lines are in Shift_JIS
            (JAPANESE * 3).encode("cp932") + (JAPANESE * 3).encode("euc_jp"),
            {"ascii": 18, "other": 2 * 2 * 3 * (len(JAPANESE) - 3)},
        ),
    ],
)  # fmt: skip
def test_map_counts_every_byte(data: bytes, expected: dict[str, int]) -> None:
    facts = facts_of(data)
    totals: dict[str, int] = {}
    for cell in facts.cells:
        for kind, number in cell.counts.items():
            totals[kind] = totals.get(kind, 0) + number
    assert {kind: number for kind, number in totals.items() if number} == expected
    assert sum(cell.size for cell in facts.cells) == len(data)
    assert len(facts.cells) <= 240
    at = 0
    for cell in facts.cells:
        assert cell.start == at
        at += cell.size


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_in_all_their_ends(end: str) -> None:
    words = ["žluťoučký", "kůň", "příliš", "ďábelské", "ódy", "úpěl", "šťastný", "nový"]
    data = end.join(f"plain{end}{end}{word} {number}" for number, word in enumerate(words))
    facts = facts_of(data.encode("cp1250"))
    assert [one.line for one in facts.excerpts] == list(range(3, 27, 3))
    assert {one.data.count(b"\n") + one.data.count(b"\r") for one in facts.excerpts} == {0}
    look = _Look(facts.found, [])
    for block in (data[:6], data[6:]):  # perhaps between CR and LF
        look.feed(block.encode("cp1250"))
    assert [one.line for one in look.excerpts] == [one.line for one in facts.excerpts]


def test_excerpts_of_utf8_begin_with_a_character() -> None:
    facts = facts_of(("x" + "й" * 40).encode() + b"\xff" + ("й" * 40).encode() + b"\n")
    (broken,) = (one for one in facts.excerpts if one.broken)
    assert broken.data.startswith("й".encode()) and b"\xff" in broken.data


def test_broken_place_is_an_excerpt() -> None:
    facts = facts_of(RUSSIAN.encode() + b"x\xff\xfey\n")
    broken = [one for one in facts.excerpts if one.broken]
    assert len(broken) == 1 and b"\xff" in broken[0].data
    assert any("do not fit it" in one for one in facts.reasons)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "iso2022_jp", "cp932", "utf-32-le"])
def test_every_glyph_has_its_bytes(encoding: str) -> None:
    text = "吾輩は猫である。名前はまだ無い。\n" * 3
    facts = facts_of(text.encode(encoding))
    offset, data = facts.preview
    glyphs = list(facts.readings[0].glyphs(offset, data))
    assert "".join(one.text for one in glyphs).lstrip("\ufeff").startswith("吾輩は猫である。")
    at = offset
    for one in glyphs:
        assert one.offset == at and data[at - offset :].startswith(one.data)
        at += len(one.data)


def test_reasons_tell_of_labels() -> None:
    page_text = '<meta charset="koi8-r"><p>' + RUSSIAN
    facts = facts_of(page_text.encode("cp1251"))
    assert any("says koi8-r, which is not believed" in one for one in facts.reasons)
    facts = facts_of(page_text.encode("koi8-r"))
    assert any("says koi8-r, which agrees" in one for one in facts.reasons)


@pytest.mark.parametrize(
    ("encoding", "mark", "places"),
    [("utf-16", "ff fe", [(0, 1)]), ("utf-8-sig", "ef bb bf", [(0, 1)]), ("utf-8", "", [(0, 1)])],
)
def test_marks_are_told(encoding: str, mark: str, places: list[tuple[int, int]]) -> None:
    facts = facts_of(RUSSIAN.encode(encoding).replace(b"\xfe\xff", b"\xff\xfe"))
    said = [one for one in facts.reasons if "begins with" in one]
    assert said == ([f"It begins with the byte order mark {mark}."] if mark else [])
    assert [(one.offset, one.line) for one in facts.excerpts[:1]] == places


def test_a_label_agrees_with_what_decodes_it() -> None:
    text = f"# -*- coding: gb2312 -*-\n# {'这是一个朱镕基的测试文件。' * 9}\n"
    facts = facts_of(text.encode("gbk"))
    assert facts.found.encoding == "gb18030"
    assert any("says gbk, which agrees" in one for one in facts.reasons)


def test_percent_promises_nothing() -> None:
    assert [percent(one) for one in (1.0, 0.9994, 0.5, 0.0001)] == [
        "> 99.9 %", "99.9 %", "50.0 %", "< 0.1 %",
    ]  # fmt: skip


# -- The command -----------------------------------------------------------------------------------


def test_text_of_the_command(run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(CZECH.encode("cp1250"))
    done = run("explain", "a.txt", PYTHONIOENCODING="utf-8")
    assert done.returncode == 0 and done.stderr == b""
    text = done.stdout.decode()
    for part in ("cp1250, Czech", "Readings", "Ruled out", "Where", "Telling bytes", "žluťoučký"):
        assert part in text
    assert re.search(r"0000000b  50 f8 ed 6c", text)
    assert "\x1b" not in text
    assert run("explain", "-", stdin=CZECH.encode("cp1250")).returncode == 0
    assert run("explain", "missing").returncode == 2
    (tmp_path / "b.bin").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(99))
    assert run("explain", "b.bin").returncode == 1


def test_readings_begin_near_what_tells(run, tmp_path: Path) -> None:
    """In 80 columns they were cut off in front of the first letter that encodings differ in."""
    path = tmp_path / "letter.txt"
    path.write_bytes("We spent two weeks in Orléans and liked the Café there.\n".encode("cp1252"))
    text = run("explain", str(path), COLUMNS="80").stdout.decode()
    readings = text.partition("Readings")[2].partition("Ruled out")[0]
    assert "Orléans" in readings


@pytest.mark.parametrize("data", [b"", b"\xff", b"\0", b"a", bytes(range(256)), b"\x1b" * 50])
def test_odd_inputs(run, data: bytes) -> None:
    done = run("explain", "-", stdin=data)
    assert done.returncode in (0, 1) and done.stderr == b"" and done.stdout
    assert page(facts_of(data)).endswith("</html>\n")


@pytest.mark.parametrize("columns", [40, 60, 80, 200])
def test_no_line_is_wider_than_the_terminal(run, tmp_path: Path, columns: int) -> None:
    (tmp_path / "a.txt").write_bytes(RUSSIAN.encode("cp1251") + RUSSIAN.encode())
    done = run("explain", "a.txt", COLUMNS=str(columns), PYTHONIOENCODING="utf-8")
    lines = done.stdout.decode().splitlines()
    bytes_shown = [line for line in lines if re.match("  [0-9a-f]{8}  ", line)]
    assert bytes_shown
    assert max(map(display_width, lines)) <= min(columns, 80)


def test_what_is_not_text_has_no_readings_to_tell_apart(run) -> None:
    """Of binary data it showed pages of bytes as telling, of an empty file utf-8 at < 0.1 %."""
    binary = run("explain", "-", stdin=bytes(range(256)) * 12).stdout
    assert b"binary" in binary and b"Telling bytes" not in binary
    empty = run("explain", "-", stdin=b"").stdout
    assert b"The file is empty." in empty and b"Readings" not in empty


def test_bytes_without_a_signature_have_none(run) -> None:
    """It said of random bytes: its signature is that of data."""
    assert b"signature" not in run("explain", "-", stdin=bytes(range(256)) * 4).stdout
    assert b"Its signature is that of png." in run("explain", "-", stdin=PNG).stdout


def test_nothing_from_the_file_moves_the_terminal(run, tmp_path: Path) -> None:
    name = "a\u202ex.txt" if os.name == "nt" else "a\x1b]0;x\x07.txt"
    (tmp_path / name).write_bytes(("é \x1b[31mred\x1b[0m \u202eright\x07\n" + CZECH).encode())
    out = run("explain", name, PYTHONIOENCODING="utf-8").stdout.decode()
    assert not set("\x1b\x07\u202e") & set(out)


# -- The page --------------------------------------------------------------------------------------

HOSTILE = (
    "<script>alert(1)</script> &amp; \"' </style><img src=http://127.0.0.1:9/x.png> \x1b[31m\n"
    "\u202eright to left\u202c příliš žluťoučký 吾輩は猫である\n"
)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: dict[str, int] = {}
        self.links: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] = self.tags.get(tag, 0) + 1
        self.links += [value or "" for name, value in attrs if name in ("src", "href", "action")]

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_page_is_closed_in_itself_and_escaped() -> None:
    text = page(facts_of(HOSTILE.encode(), "<b>&\x1b.txt"))
    parser = _Page()
    parser.feed(text)
    parser.close()
    assert parser.links == [] and "img" not in parser.tags
    assert parser.tags["script"] == parser.tags["style"] == 1
    assert not set("\x1b\u202e\u202c") & set(text)
    assert "<b>&\u241b.txt" in "".join(parser.text)
    assert "default-src 'none'" in text
    assert "@import" not in text and "url(" not in text
    assert visible("a\x00\u202e\x7f") == "a\u2400[U+202E]\u2421"


def test_page_is_written_where_it_is_asked(run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(CZECH.encode("cp1250"))
    assert run("explain", "a.txt", "--html", "out.html").stdout == b""
    written = (tmp_path / "out.html").read_bytes()
    assert run("explain", "a.txt", "--html", "-").stdout == written
    assert run("explain", "a.txt", "--html", "a.txt").returncode == 2
    assert (tmp_path / "a.txt").read_bytes() == CZECH.encode("cp1250"), "not over its input"
    assert run("explain", "a.txt", "--html", "no/such/folder").returncode == 2
    assert run("explain", "a.txt", "--html", "/dev/null").returncode == 0
    (tmp_path / "link.html").symlink_to("out.html")
    (tmp_path / "out.html").write_text("older")
    (tmp_path / "out.html").chmod(0o640)
    assert run("explain", "a.txt", "--html", "link.html").returncode == 0
    assert (tmp_path / "out.html").read_bytes() == written
    assert stat.S_IMODE((tmp_path / "out.html").stat().st_mode) == 0o640
    assert (tmp_path / "link.html").is_symlink()


def browse(folder: Path, html: str, *options: str) -> tuple[bytes, list[str]]:
    """The screenshot of a page, and the addresses that the page asked for beyond itself."""
    assert CHROMIUM is not None
    (folder / "page.html").write_text(html, encoding="utf-8")
    shot, log = folder / "shot.png", folder / "net.json"
    subprocess.run(
        [
            CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            f"--user-data-dir={folder / 'profile'}", "--hide-scrollbars",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            f"--log-net-log={log}", f"--screenshot={shot}", *options,
            (folder / "page.html").as_uri(),
        ],
        check=True,
        capture_output=True,
        timeout=120,
        env={**os.environ, "HOME": str(folder)},
    )  # fmt: skip
    text = log.read_text("utf-8")
    try:
        events = json.loads(text)["events"]
    except ValueError:  # cut off by the end of the browser
        events = json.loads(text.rstrip().rstrip(",") + "]}")["events"]
    asked = []
    for event in events:
        params = event.get("params", {})
        # What the browser asks for on its own has no origin that it came from.
        if params.get("initiator", "not an origin") != "not an origin":
            asked.append(params["url"])
    return shot.read_bytes(), asked


def pixels(png: bytes) -> dict[tuple[int, ...], int]:
    """How often each colour occurs in an 8-bit PNG without interlacing (RFC 2083)."""
    at, data, width, channels = 8, b"", 0, 3
    while at < len(png):
        size = int.from_bytes(png[at : at + 4], "big")
        kind, body = png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        if kind == b"IHDR":
            width = int.from_bytes(body[:4], "big")
            channels = {2: 3, 6: 4}[body[9]]
        elif kind == b"IDAT":
            data += body
        at += size + 12
    raw = zlib.decompress(data)
    stride = width * channels
    before = bytearray(stride)
    found: dict[tuple[int, ...], int] = {}
    for start in range(0, len(raw), stride + 1):
        row = bytearray(raw[start + 1 : start + 1 + stride])
        kind_of = raw[start]
        for index in range(stride):
            left = row[index - channels] if index >= channels else 0
            up = before[index]
            corner = before[index - channels] if index >= channels else 0
            if kind_of == 1:
                row[index] = (row[index] + left) & 255
            elif kind_of == 2:
                row[index] = (row[index] + up) & 255
            elif kind_of == 3:
                row[index] = (row[index] + (left + up) // 2) & 255
            elif kind_of == 4:
                guess = left + up - corner
                nearest = min((left, up, corner), key=lambda one: abs(guess - one))
                row[index] = (row[index] + nearest) & 255
        before = row
        for index in range(0, stride, channels):
            colour = tuple(row[index : index + 3])
            found[colour] = found.get(colour, 0) + 1
    return found


@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
class TestInABrowser:
    def test_it_renders_and_asks_for_nothing(self, tmp_path: Path) -> None:
        html = page(facts_of((HOSTILE + CZECH * 3).encode()))
        png, asked = browse(tmp_path, html, "--window-size=480,700")
        assert asked == []
        colours = pixels(png)
        assert len(colours) > 40, "text in shades, not an empty page"
        assert colours[0xFB, 0xFA, 0xF7] > 5_000, "the paper"
        assert colours[0x1F, 0x6F, 0xEB] > 200, "the bar of the answer"
        assert colours[0x2D, 0xA3, 0x6B] > 200, "UTF-8 in the map"

    def test_a_page_that_asks_is_caught(self, tmp_path: Path) -> None:
        """So that the test above can fail."""
        html = page(facts_of(CZECH.encode()))
        html = html.replace("default-src 'none'", "default-src *")
        html = html.replace("<main>", "<main><img src='http://127.0.0.1:9/x.png'>")
        _, asked = browse(tmp_path, html, "--window-size=300,200")
        assert asked == ["http://127.0.0.1:9/x.png"]

    def test_it_is_dark_at_night(self, tmp_path: Path) -> None:
        html = page(facts_of(CZECH.encode()))
        dark = ("--force-dark-mode", "--blink-settings=preferredColorScheme=0")
        png, asked = browse(tmp_path, html, "--window-size=400,300", *dark)
        assert asked == []
        assert pixels(png)[0x12, 0x15, 0x1C] > 5_000


def _coloured(tmp_path, monkeypatch, capsys, data: bytes) -> str:
    monkeypatch.setattr("recodec.cli._explain.wants_colour", lambda stream: True)
    monkeypatch.setenv("COLUMNS", "80")
    (tmp_path / "a.txt").write_bytes(data)
    cli.main(["explain", str(tmp_path / "a.txt")])
    return str(capsys.readouterr().out)


def test_colours(tmp_path, monkeypatch, capsys) -> None:
    text = "Der Preis ist 5 \u20ac\x7f, das Fr\u00fchst\u00fcck kostet f\u00fcr alle 7 \u20ac\n"
    shown = _coloured(tmp_path, monkeypatch, capsys, text.encode("cp1252"))
    assert "\x1b[32mcp1252, German" in shown
    assert "  \x1b[36m80\x1b[0m 7f 2c" in shown
    assert "  .., das" in shown


@pytest.mark.parametrize(
    "data", [b"\x00\x01\x02\x03" * 99, "für dich und für mich\n".encode() * 9 + b"\xff\n"]
)
def test_an_answer_that_is_none_or_does_not_fit_is_red(
    tmp_path, monkeypatch, capsys, data: bytes
) -> None:
    assert "\x1b[31m" in _coloured(tmp_path, monkeypatch, capsys, data).splitlines()[1]


def test_the_legend_of_the_map_goes_on_in_another_line(tmp_path, monkeypatch, capsys) -> None:
    data = "für dich\x01\n".encode() * 9 + b"\xff\n"
    for columns, lines in (("80", 1), ("30", 2)):
        monkeypatch.setenv("COLUMNS", columns)
        (tmp_path / "a.txt").write_bytes(data)
        cli.main(["explain", str(tmp_path / "a.txt")])
        shown = capsys.readouterr().out.split("Where\n")[1].split("\n\n")[0].splitlines()
        assert len(shown) - 1 >= lines
        assert (len(shown) - 1 == 1) == (lines == 1)
        assert shown[-1].endswith(" bytes")
