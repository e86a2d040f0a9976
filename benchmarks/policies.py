"""Speed of error policies beside CPython's handlers and glibc's iconv().

    python benchmarks/policies.py --json benchmarks/results/policies.json

Texts are prose of which a share of the characters, or of the codes, at random places, do not
convert. All converters take turns on the same input in this process; figures are medians over
rounds of processor time in milliseconds. `encode` and `decode` stand beside CPython's with the same
handler; `recode`, from UTF-8 with translit, beside iconv() with //TRANSLIT, which writes a question
mark where we raise or write another letter.
"""

from __future__ import annotations

import argparse
import json
import locale
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import recodec
from every import Iconv

MB = 1 << 20
SHARES = (0.0, 0.0001, 0.01, 0.1)
READING = ("replace", "ignore", "backslashreplace", "surrogateescape", "collect")
WRITING = (
    "replace",
    "ignore",
    "backslashreplace",
    "xmlcharrefreplace",
    "namereplace",
    "surrogateescape",
    "collect",
)
PROSE = {
    "ascii": "Voyez ce jeu exquis wallon, de graphie en kit mais bref. ",
    "cp1252": "Voyez ce koala fou qui mange des journaux et des photos déjà vues. ",
    "cp932": "これは普通の日本語の文章です。 ",
    "euc_jp": "これは普通の日本語の文章です。 ",
    "gb18030": "这是一句普通的中文没有奇怪的字。 ",
    "utf-8": "Съешь же ещё этих мягких французских булок. ",
}
# Bytes that are no code, and characters that most of these lack; the second all have another form.
WRONG = {"ascii": b"\xe9", "cp1252": b"\x81", "cp932": b"\xfd"}
LACKING = "กא☃Őế…"
ALIKE = "Őế…ﬁⅧ"
SURROGATES = "\udc85\udcff"

Call = Callable[[], object]


def spoilt(
    encoding: str, size: int, share: float, others: list[bytes] | str
) -> Iterator[bytes | str]:
    """Codes or characters of some `size` bytes of prose, of which so many became others."""
    line = PROSE[encoding] * 2 + "\n"
    characters = line * (size // len(line.encode(encoding)))
    chance = random.Random(1)
    for character in characters:
        if chance.random() < share:
            yield chance.choice(others)
        else:
            yield character if isinstance(others, str) else character.encode(encoding)


def timed(calls: dict[str, Call], rounds: int) -> dict[str, float]:
    """Median of each in milliseconds; who refuses the input is left out."""
    times: dict[str, list[float]] = {}
    for name, call in calls.items():
        try:
            call()
            times[name] = []
        except (UnicodeError, LookupError, ValueError):
            pass
    for _ in range(rounds):
        for name, found in times.items():
            start = time.process_time()
            calls[name]()
            found.append(1000 * (time.process_time() - start))
    return {name: median(found) for name, found in times.items()}


def rows(encoding: str, share: float, size: int) -> Iterator[tuple[str, str, dict[str, Call]]]:
    """Direction, policy, and who converts."""
    data = b"".join(spoilt(encoding, size, share, [WRONG.get(encoding, b"\xff")]))  # type: ignore[arg-type]
    for policy in READING:
        calls: dict[str, Call] = {
            "recodec": lambda policy=policy: recodec.decode(data, encoding, policy)  # type: ignore[misc]
        }
        if policy != "collect":
            calls["cpython"] = lambda policy=policy: data.decode(encoding, policy)  # type: ignore[misc]
        yield "decode", policy, calls
    whole = encoding in ("utf-8", "gb18030")  # they lack surrogates alone
    for policy in WRITING:
        others = SURROGATES if whole or policy == "surrogateescape" else LACKING
        text = "".join(spoilt(encoding, size, share, others))  # type: ignore[arg-type]
        calls = {
            "recodec": lambda policy=policy, text=text: recodec.encode(text, encoding, policy)  # type: ignore[misc]
        }
        if policy != "collect":
            calls["cpython"] = lambda policy=policy, text=text: text.encode(encoding, policy)  # type: ignore[misc]
        yield "encode", policy, calls
    if whole:
        return
    utf8 = "".join(spoilt(encoding, size, share, ALIKE)).encode()  # type: ignore[arg-type]
    yield (
        "recode",
        "translit",
        {
            "recodec": lambda: recodec.recode(utf8, encoding, "utf-8", "translit,replace"),
            "iconv": lambda: Iconv(f"{encoding}//TRANSLIT", "UTF-8")(utf8),
        },
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--megabytes", type=float, default=8)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--encodings", nargs="+", default=[*PROSE], choices=[*PROSE])
    parser.add_argument("--shares", nargs="+", type=float, default=SHARES)
    parser.add_argument("--json", type=Path, help="write the figures there as well")
    options = parser.parse_args()
    locale.setlocale(locale.LC_ALL, "C.UTF-8")
    results = []
    print("encoding  bad      way    policy              recodec    other   x")
    for encoding in options.encodings:
        for share in options.shares:
            for way, policy, calls in rows(encoding, share, int(options.megabytes * MB)):
                found = timed(calls, options.rounds)
                results.append({"encoding": encoding, "bad": share, "way": way, "policy": policy,
                                **found})  # fmt: skip
                ours = found["recodec"]
                other = found.get("cpython", found.get("iconv"))
                beside = "" if other is None else f"{other:8.1f} {other / ours:5.2f}"
                print(f"{encoding:8} {share:7.2%} {way:>7}  {policy:18} {ours:8.1f} {beside}")
    if options.json:
        options.json.write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
