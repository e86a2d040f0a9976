"""Prove that an installed recodec works: run by every wheel build with the wheel's own Python."""

import recodec

# "Привет, как твои дела сегодня?" in windows-1251: wrong in every other Cyrillic code page.
SAMPLE = bytes.fromhex(
    "cf f0 e8 e2 e5 f2 2c 20 ea e0 ea 20 f2 e2 ee e8 20 e4 e5 eb e0 20 f1 e5 e3 ee e4 ed ff 3f"
)

found = recodec.detect(SAMPLE)
if found.encoding != "cp1251":
    raise SystemExit(f"expected cp1251, got {found}")
if recodec.decode(SAMPLE).text != SAMPLE.decode("cp1251"):
    raise SystemExit("the decoded text differs")
print(f"recodec {recodec.__version__}: {found.encoding}, {found.language}")
