"""Libraries that import another detector get recodec after `install()`."""

from __future__ import annotations

import subprocess
import sys
from types import ModuleType

import pytest

import recodec
import recodec.compat
from detector_texts import RUSSIAN
from recodec.compat import chardet, charset_normalizer

INSTALLED = """
import sys
import recodec.compat
recodec.compat.install()
import chardet, charset_normalizer, cchardet
from chardet.universaldetector import UniversalDetector
from chardet.enums import LanguageFilter
from charset_normalizer.api import from_bytes
from charset_normalizer.models import CharsetMatch, CharsetMatches
from charset_normalizer.legacy import detect
import chardet.universaldetector
assert chardet is recodec.compat.chardet and chardet.universaldetector.UniversalDetector
assert {charset_normalizer.__name__, cchardet.__name__} == {
    "recodec.compat.charset_normalizer", "recodec.compat.cchardet"}
"""


def in_a_process(script: str) -> None:
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_install() -> None:
    in_a_process(INSTALLED)
    in_a_process(
        "import sys, recodec.compat; recodec.compat.install('cchardet');"
        "assert 'cchardet' in sys.modules and 'chardet' not in sys.modules"
    )
    with pytest.raises(ValueError, match="uchardet"):
        recodec.compat.install("uchardet", "chardet")


def test_other_parts_are_those_of_the_package() -> None:
    """Of htmldate: names of modules that nobody has to replace. chardet's command uses ours."""
    pytest.importorskip("chardet.cli", reason="chardet is not installed")
    pytest.importorskip("charset_normalizer.utils", reason="charset-normalizer is not installed")
    in_a_process("""
import recodec.compat
recodec.compat.install()
from charset_normalizer.cd import encoding_languages
from charset_normalizer.utils import is_accentuated
assert is_accentuated("\xe9") and encoding_languages("cp1251")
import chardet.cli
assert chardet.cli.main
recodec.compat.install()
import chardet.detector, charset_normalizer.models
assert chardet.detector is recodec.compat.chardet
""")


LIBRARIES = {
    "requests": """
import requests
answer = requests.Response()
answer._content = text.encode("mac-cyrillic")
assert answer.apparent_encoding == "MacCyrillic" and answer.text == text
answer = requests.Response()
answer._content = "Բարի գալուստ մեր քաղաք, սիրելի ընկերներ".encode("armscii-8")
assert answer.text == "Բարի գալուստ մեր քաղաք, սիրելի ընկերներ"
""",
    "bs4": """
from bs4 import BeautifulSoup
for name in ("windows-1251", "koi8-r", "ibm866", "iso-8859-5"):
    page = BeautifulSoup(("<p>" + text + "</p>").encode(name), "html.parser")
    assert (page.original_encoding, page.p.string) == (name, text)
""",
    "feedparser": """
import feedparser
feed = '<?xml version="1.0"?><rss version="2.0"><channel><title>%s</title></channel></rss>'
found = feedparser.parse((feed % text).encode("koi8-r"))
assert found.encoding == "KOI8-R" and found.feed.title == text
""",
}


@pytest.mark.parametrize("library", LIBRARIES)
def test_libraries_use_it(library: str) -> None:
    """Those that look for a detector, as they are."""
    pytest.importorskip(library, reason=f"{library} is not installed")
    start = f"import recodec.compat; recodec.compat.install(); text = {RUSSIAN!r}\n"
    in_a_process(start + LIBRARIES[library])


@pytest.mark.parametrize(
    ("module", "first", "end"), [(chardet, "3", "8"), (charset_normalizer, "2", "4")]
)
def test_versions_are_those_that_requests_takes(module: ModuleType, first: str, end: str) -> None:
    """The bounds of its check_compatibility()."""
    assert first <= module.__version__ < end
