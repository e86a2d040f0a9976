"""Letters strung together, as code and tests list them, are no words of another alphabet.

`äöüß` in the classes of regular expressions, in labels of plots and in tables of what is allowed
once was Arabic or Greek, the surer the more often it stood there.
"""

from __future__ import annotations

import pytest

import recodec

LISTS = {
    "German": ("äöüß", "cp1252"),
    "Swedish": ("åäö", "cp1252"),
    "Danish": ("æøå", "cp1252"),
    "Danish in capitals": ("ÆØÅ", "cp1252"),
    "Spanish": ("áéíóúüñ", "cp1252"),
    "Polish": ("ąćęłńóśźż", "cp1250"),
    "Czech": ("ěščřžýáíé", "cp1250"),
    "Turkish": ("ğüşıöç", "cp1254"),
    "Russian": ("абвгдежз", "cp1251"),
    "Greek": ("αβγδεζηθ", "cp1253"),
    "German in DOS": ("äöüß", "cp850"),
    "German of the Mac": ("äöüß", "mac-roman"),
}
FORMS = {
    "behind the alphabet": 'letters = "abcdefghijklmnopqrstuvwxyz{}"\n',
    "in a class": "if (name.match(/[A-Za-z{}]/)) return true;\n",
    "in a sentence": "The test prints the letters {} and waits for a key.\n",
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", LISTS)
def test_listed_letters_are_read(name: str, form: str):
    letters, encoding = LISTS[name]
    text = FORMS[form].format(letters)
    data = recodec.encode(text, encoding)
    found = recodec.detect(data)
    assert found.encoding is not None
    assert data.decode(found.encoding) == text, found


def test_words_are_no_lists():
    text = "The ship is called Ægir, her captain Måns Öberg.\n"
    assert recodec.detect(text.encode("cp1252")).encoding == "cp1252"
