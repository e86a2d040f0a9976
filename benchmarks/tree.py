"""A tree of files in all encodings, told and converted in place, beside a shell loop.

The tree is made of the dev texts: every (language, encoding) pair in turn, sizes from 1 KB to 1 MB
(most of them small: 1,024 * 1000 ** u**2 bytes, u from 0 to 1), with some UTF-8, UTF-16 and binary
files among them. `recodec detect` and `recodec convert --in-place` run over it as processes of
their own; then every file is compared with the text that it was written from.

The loop is what people write: for each file `chardetect` to name the encoding and `iconv` to
convert it. It runs over a sample of the same files, and its time is multiplied up.

National 7-bit sets are left out: no byte tells them from ASCII.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import binaries
import charsets
import scoring
import texts

_LINES = 400  # of a pair, from which its files are put together
_BINARY = 0.02
_LOOP = """\
for file in "$@"; do
    encoding=$("$CHARDETECT" "$file" | sed 's/.*: //; s/ with confidence.*//')
    iconv -f "$encoding" -t UTF-8 "$file" > "$file.new" 2>/dev/null && mv "$file.new" "$file"
    rm -f "$file.new"
done
"""


class Made(NamedTuple):
    """A file of the tree; `text` is None for what is no text."""

    path: Path
    language: str | None
    encoding: str
    text: str | None
    size: int


class _Stock:
    """Lines of one pair, and how they look in its encoding; made when first asked for."""

    def __init__(self, pair: texts.Pair) -> None:
        self.pair = pair
        self.texts: list[str] = []
        self.data: list[bytes] = []

    def _fill(self) -> None:
        pair = self.pair
        for line in pair.pool.onwards((0, 0)):
            written = pair.written(line)
            if written is None:
                continue
            data = pair.charset.encode(written + pair.newline)
            self.texts.append(pair.charset.decode(data))
            self.data.append(data)
            if len(self.data) >= _LINES:
                break
        if not self.data:
            raise ValueError(f"no line of {pair.language} fits {pair.charset.name}")

    def file(self, rng: random.Random, size: int) -> tuple[str, bytes]:
        if not self.data:
            self._fill()
        at = rng.randrange(len(self.data))
        parts, said, total = [], [], 0
        while total < size:
            parts.append(self.data[at])
            said.append(self.texts[at])
            total += len(parts[-1])
            at = (at + 1) % len(self.data)
        return "".join(said), b"".join(parts)


def _unicode_stocks(pairs: list[texts.Pair]) -> list[_Stock]:
    stocks = []
    for language, pool in {pair.language: pair.pool for pair in pairs}.items():
        for codec in ("utf-8", "utf-16-le"):
            charset = charsets.for_label(codec, codec.replace("-", "_"), Path())
            assert charset is not None
            kind = "7bit" if codec != "utf-8" else "unicode"
            stocks.append(_Stock(texts.Pair(language, codec, charset, kind, 1.0, pool)))
    return stocks


def make(root: Path, files: int, shared: Path, seed: int) -> list[Made]:
    """Writes the tree and says what is in it."""
    rng = random.Random(seed)
    pairs = [pair for pair in texts.load_pairs(shared) if pair.charset.group != "iso646"]
    stocks = [_Stock(pair) for pair in pairs]
    stocks += _unicode_stocks(pairs)
    rng.shuffle(stocks)
    junk = [data for _, data in binaries.make(rng)]
    made = []
    for number in range(files):
        folder = root / f"{number // 500:03}"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{number:06}"
        if rng.random() < _BINARY:
            data, item = rng.choice(junk), (None, "binary", None)
        else:
            stock = stocks[number % len(stocks)]
            text, data = stock.file(rng, int(1024 * 1000 ** rng.random() ** 2))
            if stock.pair.label == "utf-16-le":
                data = b"\xff\xfe" + data
            item = (stock.pair.language, stock.pair.charset.name, text)
        path.write_bytes(data)
        made.append(Made(path, *item, len(data)))
    return made


def _run(*arguments: str | Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "recodec", *map(str, arguments)]
    start = time.monotonic()
    done = subprocess.run(command, capture_output=True, check=False)
    return {
        "command": "recodec " + " ".join(str(a) for a in arguments[:-1]) + " TREE",
        "seconds": round(time.monotonic() - start, 2),
        "exit": done.returncode,
        "messages": len(done.stderr.splitlines()),
    }


def _state(root: Path) -> dict[str, tuple[int, int, int]]:
    found = {}
    for folder, _, names in os.walk(root):
        for name in names:
            seen = os.stat(os.path.join(folder, name))
            found[os.path.join(folder, name)] = (seen.st_ino, seen.st_mtime_ns, seen.st_ctime_ns)
    return found


def _compare(made: list[Made], before: dict[str, tuple[int, int, int]]) -> dict[str, Any]:
    """Whether each file says what it said before."""
    counts: Counter[str] = Counter()
    misread: Counter[str] = Counter()
    for item in made:
        seen = os.stat(item.path)
        if (seen.st_ino, seen.st_mtime_ns, seen.st_ctime_ns) == before[str(item.path)]:
            counts["left alone"] += 1
            continue
        counts["converted"] += 1
        try:
            text = item.path.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            counts["damaged"] += 1
            continue
        if item.text is None:
            counts["binary taken for text"] += 1
        elif text == item.text:
            counts["same text"] += 1
        elif scoring.same_text(text, item.text, item.language):
            counts["same text but for two-way characters"] += 1
        else:
            counts["read in another encoding"] += 1
            misread[f"{item.encoding} {item.language}"] += 1
    return {**counts, "misread": dict(misread.most_common())}


def _loop(made: list[Made], sample: int, seed: int) -> dict[str, Any] | None:
    """The shell loop over copies of some files; None when its tools are missing."""
    chardetect = shutil.which("chardetect") or shutil.which(
        "chardetect", path=str(Path(sys.executable).parent)
    )
    if chardetect is None or shutil.which("iconv") is None:
        return None
    chosen = random.Random(seed).sample(made, min(sample, len(made)))
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for item in chosen:
            paths.append(os.path.join(folder, item.path.name))
            shutil.copy(item.path, paths[-1])
        start = time.monotonic()
        environment = {**os.environ, "CHARDETECT": chardetect}
        subprocess.run(["bash", "-c", _LOOP, "loop", *paths], check=True, env=environment)
        spent = time.monotonic() - start
        right = 0
        for item, path in zip(chosen, paths, strict=True):
            try:
                text = Path(path).read_bytes().decode("utf-8")
            except UnicodeDecodeError:
                continue
            right += item.text is not None and scoring.same_text(text, item.text, item.language)
    return {
        "files measured": len(chosen),
        "seconds": round(spent, 2),
        "seconds per file": round(spent / len(chosen), 4),
        "right": right,
    }


def main() -> None:
    """Makes the tree, runs everything over it and prints what came out as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--sample", type=int, default=100, help="files for the shell loop")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--shared", help="folder with the training inputs")
    parser.add_argument("--folder", type=Path, help="where to make the tree (default: temporary)")
    parser.add_argument("--json", type=Path, help="write the figures here as well")
    options = parser.parse_args()
    options.sample = max(options.sample, 2)
    shared = charsets.shared_folder(options.shared)
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        root = Path(folder) / "tree"
        made = make(root, options.files, shared, options.seed)
        # Half of it before and half after, so that a machine that gets busier is fair to both.
        loops = [_loop(made, options.sample // 2, options.seed)]
        before = _state(root)
        jobs = ["-j", str(options.jobs)]
        detect = _run("detect", root)
        convert = _run("convert", "--in-place", *jobs, root)
        after = _state(root)
        compared = _compare(made, before)
        again = _run("convert", "--in-place", *jobs, root)
        changed = _differences(after, _state(root))
        # The files are UTF-8 now; the loop gets those of a second tree.
        more = make(Path(folder) / "more", options.sample, shared, options.seed + 1)
        loops.append(_loop(more, options.sample // 2, options.seed))
        figures: dict[str, Any] = {
            "files": len(made),
            "bytes": sum(item.size for item in made),
            "encodings": len({item.encoding for item in made}),
            "detect": detect,
            "convert": convert,
            "compared": compared,
            "again": {**again, "files changed": changed},
            "loop": loops,
        }
        spent = [loop["seconds per file"] for loop in loops if loop is not None]
        if spent:
            total = sum(spent) / len(spent) * len(made)
            figures["loop, seconds for all"] = round(total, 1)
            for name in ("detect", "convert"):
                figures[f"times faster, {name}"] = round(total / figures[name]["seconds"], 1)
    text = json.dumps(figures, indent=2, ensure_ascii=False)
    print(text)
    if options.json:
        options.json.write_text(text + "\n", encoding="utf-8")


def _differences(
    one: dict[str, tuple[int, int, int]], other: dict[str, tuple[int, int, int]]
) -> int:
    return sum(one.get(path) != other.get(path) for path in {*one, *other})


if __name__ == "__main__":
    main()
