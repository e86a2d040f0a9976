"""Characters with two spellings in Unicode, of which a charset has one.

The same cell of a legacy charset was given different code points by different vendors: the wave
dash of JIS X 0208 is U+301C for the Unicode Consortium and U+FF5E for Microsoft. Text that came
through one table cannot be written through the other, unless the twin is taken for it. That is
what `lenient=True` does, and no more: no letter, width or shape changes for a reader.

The pairs are the cells on which the tables of one charset disagree (CPython, GNU libiconv, glibc,
ICU, Java, the Encoding Standard), and Unicode's own duplicates (canonical singletons and the micro
sign). Left out are cells where the vendors meant different characters.
"""

from __future__ import annotations

__all__ = ["TWINS"]

# Character -> its other spellings, those to be preferred first.
TWINS: dict[str, str] = {
    # JIS X 0208, and what Microsoft reads it as.
    "\u301c": "\uff5e\u223c",  # wave dash; KS X 1001 has the tilde operator in its place
    "\uff5e": "\u301c\u223c",  # full-width tilde
    "\u2016": "\u2225",  # double vertical line
    "\u2225": "\u2016",  # parallel to
    "\u2212": "\uff0d",  # minus sign
    "\uff0d": "\u2212",  # full-width hyphen-minus
    "\u2014": "\u2015",  # em dash
    "\u2015": "\u2014",  # horizontal bar
    "\u00a2": "\uffe0",  # cent sign
    "\uffe0": "\u00a2",
    "\u00a3": "\uffe1",  # pound sign
    "\uffe1": "\u00a3",
    "\u00a5": "\uffe5",  # yen sign
    "\uffe5": "\u00a5",
    "\u00a6": "\uffe4",  # broken bar
    "\uffe4": "\u00a6",
    "\u00ac": "\uffe2",  # not sign
    "\uffe2": "\u00ac",
    "\u203e": "\uffe3\u00af",  # overline
    "\uffe3": "\u203e\u00af",  # full-width macron
    "\u00af": "\u203e\uffe3",  # macron
    # KS X 1001
    "\u20a9": "\uffe6",  # won sign
    "\uffe6": "\u20a9",
    "\u223c": "\u301c\uff5e",  # tilde operator
    "\u02dc": "\uff5e",  # small tilde, at A2A6 in some tables
    # Big5, GB 2312, CNS 11643: the dot between parts of a foreign name
    "\u00b7": "\u30fb\u2027",
    "\u30fb": "\u00b7\u2027",
    "\u2027": "\u30fb\u00b7\u2022",
    "\u2022": "\u2027",
    "\u2215": "\uff0f",  # division slash
    "\uff0f": "\u2215",
    "\u2295": "\u2641",  # circled plus, which some tables call Earth
    "\u2641": "\u2295",
    "\u2299": "\u2609",  # circled dot, which some tables call Sun
    "\u2609": "\u2299",
    # Unicode's duplicates of letters
    "\u00b5": "\u03bc",  # micro sign and mu
    "\u03bc": "\u00b5",
    "\u03a9": "\u2126",  # omega and ohm sign
    "\u2126": "\u03a9",
    "\u00c5": "\u212b",  # A with ring and angstrom sign
    "\u212b": "\u00c5",
    "\u212a": "K",  # kelvin sign
}
