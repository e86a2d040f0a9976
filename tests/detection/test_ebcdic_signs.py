"""The pages of EBCDIC have brackets, bars and accents at different bytes: what tells them apart are
the places where such signs stand, and where the text has others in their place."""

import pytest

import recodec

ENGLISH = (
    "Line {0}: the settings of the program are kept in a file of the home folder, "
    "which may be edited. "
)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        # `|` and `^` stand between letters, `!` and `[` do not.
        (
            "cp284",
            "Mostra la solució|s'ha cancel·lat l'ordre^opcions de la cançó. Pàgina següent: [%s]. "
            "Escriviu el nom del fitxer que voleu desar i premeu la tecla.",
        ),
        (
            "cp284",
            "Ecuaciones|Ecuación nueva. Matriz...|Formato de la línea y de los párrafos del "
            "documento",
        ),
        (
            "cp500",
            "Nella pagina|piè di pagina semplice|solo il testo è più piccolo. "
            "Caratteri speciali|tutti",
        ),
        # A twin has `!` there.
        (
            "cp037",
            "Tekst centreren|links uitlijnen. De pagina wordt opnieuw geladen en de café's getoond",
        ),
        # Letters stand where others have a bracket without another, or a backslash inside a word.
        ("cp297", "Le café est fermé, la procédure est répétée; le thé a été préféré"),
        ("cp284", "Calçots i romesco.rtf"),
    ],
)
def test_where_signs_stand(encoding: str, text: str) -> None:
    found = recodec.detect(recodec.encode(text, encoding))
    assert recodec.decode(recodec.encode(text, encoding), found.encoding).text == text


@pytest.mark.parametrize("encoding", ["cp037", "cp1047"])
def test_signs_behind_the_first_pages(encoding: str) -> None:
    # Of a long text the first 3,584 bytes are read, and behind them what is rare.
    text = "".join(ENGLISH.format(i * 7919) for i in range(70)) + "Press [Enter] to go on."
    data = recodec.encode(text, encoding)
    found = recodec.detect(data)
    assert recodec.decode(data, found.encoding).text == text


def test_signs_that_all_pages_share() -> None:
    # `~` is `=` in EBCDIC, and no page has that elsewhere.
    data = "Α~Β~Γ~Δ~Ε~Ξ~Η~Θ~Ι~Κ~Λ~Μ~Ν~Ξ~Ο~Π~Ρ~Σ~Τ~Υ~Φ~Χ~Ψ~Ω\\\\".encode("iso8859-7")
    assert recodec.detect(data).encoding in ("cp1253", "iso8859-7")
