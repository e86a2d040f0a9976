"""Recoding a mailbox to UTF-8, beside the standard library's `mailbox` and `email` doing the same.

    python benchmarks/mail.py                     200 MB, both, three rounds of ours
    python benchmarks/mail.py --size 20 --json f  smaller, result to a file

The mbox is made here from the dev texts (../shared/corpora) with a fixed seed: Japanese in
ISO-2022-JP and Shift_JIS, Korean, Russian and Western mails, a third with an HTML part as well, a
quarter with an attachment. Both sides run in a process of their own, on one core; what is written
is read back with the standard library: number and order of messages, the bytes of all attachments,
and the text of every body must be those of the source.
"""

from __future__ import annotations

import argparse
import base64
import email
import email.policy
import hashlib
import json
import mailbox
import os
import platform
import quopri
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from email.message import Message
from pathlib import Path

import peak
import recodec
import recodec.mail

HERE = Path(__file__).resolve().parent
CORPORA = HERE.parent.parent / "shared" / "corpora" / "dev"
# JIS X 0208 has one character where Unicode has two; which of them is taken is no loss.
_SPELLING = str.maketrans("\u301c\u2212\u2016\xa2\xa3\xac", "\uff5e\uff0d\u2225\uffe0\uffe1\uffe2")
RESULT = HERE / "results" / "mail.json"

_WORD = re.compile(r"=\?([^?]+)\?([BbQq])\?([^?]*)\?=")

# Language, label, codec, transfer encoding, weight: a Japanese archive with partners abroad.
KINDS = (
    ("ja", "ISO-2022-JP", "iso2022_jp", "7bit", 40),
    ("ja", "Shift_JIS", "cp932", "8bit", 5),
    ("ko", "EUC-KR", "cp949", "8bit", 10),
    ("ko", "ks_c_5601-1987", "cp949", "base64", 5),
    ("ru", "koi8-r", "koi8-r", "8bit", 15),
    ("ru", "windows-1251", "cp1251", "base64", 5),
    ("de", "ISO-8859-1", "latin-1", "quoted-printable", 10),
    ("fr", "ISO-8859-1", "latin-1", "8bit", 5),
    ("en", "us-ascii", "ascii", "7bit", 5),
)


def lines_of(language: str) -> list[str]:
    found: list[str] = []
    for path in sorted((CORPORA / language).glob("*.txt")):
        found += (line for line in path.read_text("utf-8").split("\n") if 5 < len(line) < 200)
    return found


class Maker:
    """Messages by the seed, one after the other."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._lines: dict[str, list[str]] = {}
        for language, _, codec, _, _ in KINDS:
            fitting = []
            for line in lines_of(language):
                try:
                    line.encode(codec)
                except UnicodeEncodeError:
                    continue
                fitting.append(line)
            self._lines[codec] = fitting
        self._noise = self._random.randbytes(1 << 20)

    def _word(self, text: str, label: str, codec: str) -> bytes:
        if text.isascii():
            return text.encode()
        coded = base64.b64encode(text.encode(codec)).decode()
        return f"=?{label}?B?{coded}?=".encode()

    def _text(self, kind: str, text: str, label: str, codec: str, cte: str) -> bytes:
        data = text.encode(codec)
        if cte == "base64":
            data = base64.encodebytes(data)
        elif cte == "quoted-printable":
            data = quopri.encodestring(data)
        head = f"Content-Type: {kind}; charset={label}\nContent-Transfer-Encoding: {cte}\n\n"
        return head.encode() + data

    def message(self, number: int) -> bytes:
        pick = self._random
        _, label, codec, cte, _ = pick.choices(KINDS, [kind[4] for kind in KINDS])[0]
        lines = self._lines[codec]
        subject = pick.choice(lines)[:24].strip()
        name = pick.choice(lines)[:6].strip()
        text = "\n".join(pick.choices(lines, k=pick.randrange(4, 50))) + "\n"
        fields = [
            b"From sender@example.org Mon Jul  6 10:00:00 2026",
            b"Return-Path: <sender@example.org>",
            b"Received: from mx.example.org (mx.example.org [192.0.2.7])\n"
            b"\tby mail.example.jp (Postfix) with ESMTP id 4C0FFEE;\n"
            b"\tMon,  6 Jul 2026 10:00:00 +0900 (JST)",
            b"Message-ID: <%d@example.org>" % number,
            b"Date: Mon, 06 Jul 2026 10:00:00 +0900",
            b"From: " + self._word(name, label, codec) + b" <sender@example.org>",
            b"To: list@example.jp",
            b"Subject: " + self._word(subject, label, codec),
            b"MIME-Version: 1.0",
            b"X-Mailer: Example 1.0",
        ]
        part = self._text("text/plain", text, label, codec, cte)
        if pick.random() < 1 / 3:
            rows = "".join(f"<p>{line}</p>\n" for line in text.split("\n"))
            page = f'<html><head><meta charset="{label}"></head><body>\n{rows}</body></html>\n'
            html = self._text("text/html", page, label, codec, cte)
            part = self._multipart("alternative", number, [part, html])
        if pick.random() < 1 / 4:
            size = int(min(10 ** pick.uniform(3.5, 5.6), 400_000))
            at = pick.randrange(len(self._noise) - size)
            data = base64.encodebytes(self._noise[at : at + size])
            file = (
                b'Content-Type: application/octet-stream; name="data.bin"\n'
                b'Content-Disposition: attachment; filename="data.bin"\n'
                b"Content-Transfer-Encoding: base64\n\n" + data
            )
            part = self._multipart("mixed", number, [part, file])
        return b"\n".join(fields) + b"\n" + part.replace(b"\nFrom ", b"\n>From ") + b"\n"

    @staticmethod
    def _multipart(subtype: str, number: int, parts: list[bytes]) -> bytes:
        boundary = f"=_{subtype}_{number}".encode()
        head = b"Content-Type: multipart/" + subtype.encode() + b'; boundary="' + boundary
        inside = b"".join(b"\n--" + boundary + b"\n" + part for part in parts)
        return head + b'"\n' + inside + b"\n--" + boundary + b"--\n"


def make(path: Path, size: int, seed: int) -> int:
    """Writes an mbox of about `size` bytes; returns the number of messages."""
    maker = Maker(seed)
    number = 0
    with path.open("wb") as file:
        while file.tell() < size:
            file.write(maker.message(number))
            number += 1
    return number


# -- The two sides, each run in a process of its own -----------------------------------------------


def ours(source: str, target: str) -> int:
    return recodec.mail.recode_mailbox(source, target).problem_count


def _converted(stored: bytes) -> bytes:
    message = email.message_from_bytes(stored, policy=email.policy.default)
    for name, value in list(message.items()):
        if "=?" in dict(message.raw_items()).get(name, "") or not str(value).isascii():
            message.replace_header(name, str(value))
    for part in message.walk():
        if part.get_content_maintype() != "text" or part.is_attachment():
            continue
        label = part.get_content_charset("us-ascii")
        if label in ("us-ascii", "utf-8"):
            continue
        text = part.get_content()
        text = text.replace(f'charset="{label}"', 'charset="utf-8"')
        part.set_content(text, subtype=part.get_content_subtype(), charset="utf-8")
    return message.as_bytes()


def standard(source: str, target: str) -> int:
    """What one writes with `mailbox` and `email`: read, set the texts in UTF-8, write."""
    old = mailbox.mbox(source, factory=None, create=False)
    new = mailbox.mbox(target)
    failed = 0
    for key in old.iterkeys():
        stored = old.get_bytes(key)
        try:
            data = _converted(stored)
        except Exception as error:
            # A lone surrogate that it made itself, for one; copied as it was.
            failed += 1
            print(f"standard: {type(error).__name__}: {error}"[:200], file=sys.stderr)
            data = stored
        written = mailbox.mboxMessage(data)
        written.set_from(old.get_file(key, from_=True).readline()[5:].decode().strip())
        new.add(written)
    new.flush()
    new.close()
    return failed


SIDES = {"ours": ours, "standard": standard}


def measure(side: str, source: Path, target: Path) -> dict[str, float]:
    """CPU and wall seconds, and the peak of memory in bytes, of one run in a fresh process."""
    target.unlink(missing_ok=True)
    command = [sys.executable, __file__, "--side", side, str(source), str(target)]
    run = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    result: dict[str, float] = json.loads(run.stdout)
    return result


def one_side(side: str, source: str, target: str) -> None:
    # Imports are no part of the work, and the first call's tables are.
    peak.reset_peak()
    cpu, wall = time.process_time(), time.perf_counter()
    failed = SIDES[side](source, target)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    figures = {"cpu_s": cpu, "wall_s": wall, "peak_bytes": peak.peak_bytes(), "failed": failed}
    print(json.dumps(figures))


# -- What is checked -------------------------------------------------------------------------------


def summary(path: Path) -> list[tuple[str, str, str, str]]:
    """Of each message its identifier, and digests of subject, texts and attachments."""
    found = []
    box = mailbox.mbox(path, create=False)
    for key in box.iterkeys():
        message = email.message_from_bytes(box.get_bytes(key), policy=email.policy.compat32)
        subject = _words(str(message["Subject"]))
        texts, files = hashlib.sha256(), hashlib.sha256()
        for part in message.walk():
            if part.is_multipart():
                continue
            data = part.get_payload(decode=True)
            assert isinstance(data, bytes)
            if part.get_content_maintype() == "text":
                texts.update(_plain_text(part, data).encode())
            else:
                files.update(data)
        found.append((str(message["Message-ID"]), subject, texts.hexdigest(), files.hexdigest()))
    return found


def _words(value: str) -> str:
    value = re.sub(r"\?=\s+=\?", "?==?", value.replace("\n", ""))
    return _WORD.sub(_word, value)


def _word(found: re.Match[str]) -> str:
    if found[2] in "Bb":
        return _decode(base64.b64decode(found[3]), found[1])
    return _decode(quopri.decodestring(found[3].encode(), header=True), found[1])


def _decode(data: bytes, label: str) -> str:
    codec = {"ks_c_5601-1987": "cp949", "euc-kr": "cp949", "shift_jis": "cp932"}
    return data.decode(codec.get(label.lower(), label)).translate(_SPELLING)


def _plain_text(part: Message, data: bytes) -> str:
    label = part.get_content_charset("us-ascii")
    text = _decode(data, label).rstrip("\n")
    head, meta, rest = text.partition("<meta charset=")
    if meta:
        text = head + meta + rest.partition(">")[2]
    return text.replace("\n>From ", "\nFrom ")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--size", type=float, default=200, help="megabytes of mbox (200)")
    parser.add_argument("--rounds", type=int, default=3, help="runs of ours (3)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-standard", action="store_true", help="ours alone")
    parser.add_argument("--json", type=Path, default=RESULT, metavar="FILE")
    parser.add_argument("--side", nargs=3, metavar=("SIDE", "FROM", "TO"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.side:
        one_side(*options.side)
        return
    if not CORPORA.is_dir():
        sys.exit("needs the dev texts in ../shared/corpora")
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.mbox"), Path(folder, "out.mbox")
        count = make(source, int(options.size * 1e6), options.seed)
        size = source.stat().st_size
        print(f"{count} messages, {size / 1e6:.1f} MB")
        runs = [measure("ours", source, target) for _ in range(options.rounds)]
        before, after = summary(source), summary(target)
        wrong = [one for one, other in zip(before, after, strict=True) if one != other]
        result: dict[str, object] = {
            "messages": count,
            "bytes": size,
            "seed": options.seed,
            "version": recodec.__version__,
            "python": platform.python_version(),
            "machine": platform.machine(),
            "cpus": os.cpu_count(),
            "ours": {
                key: statistics.median(run[key] for run in runs)
                for key in ("cpu_s", "wall_s", "peak_bytes", "failed")
            },
            "messages_kept": len(before) == len(after),
            "order_kept": [one[0] for one in before] == [one[0] for one in after],
            "attachments_identical": [one[3] for one in before] == [one[3] for one in after],
            "texts_identical": len(before) - len(wrong),
        }
        cpu = result["ours"]["cpu_s"]  # type: ignore[index]
        memory = result["ours"]["peak_bytes"]  # type: ignore[index]
        print(f"ours      {cpu:8.2f} s CPU  {size / cpu / 1e6:6.1f} MB/s  {memory / 2**20:.0f} MiB")
        print(f"texts and attachments the same in {len(before) - len(wrong)} of {count}")
        if not options.no_standard:
            other = measure("standard", source, target)
            result["standard"] = other
            result["times_faster"] = other["cpu_s"] / cpu
            rate = size / other["cpu_s"] / 1e6
            print(f"standard  {other['cpu_s']:8.2f} s CPU  {rate:6.1f} MB/s")
            print(f"{other['cpu_s'] / cpu:.1f} times faster")
        options.json.write_text(json.dumps(result, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
