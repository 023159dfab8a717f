"""Texts of cells made comparable: blanks of all kinds, invisible signs, composed accents, and what means "nothing".

What is stripped here is stripped by a table, never by taste: the apostrophe that our own CSV exports set before text
that a spreadsheet would run as a formula, and nothing else that a user wrote.
"""

import re
import unicodedata

NULLS = frozenset(
    (
        "",
        "-",
        "–",
        "—",
        "null",
        "#n/a",
        "n/a",
        "n.a.",
        "\\n",
        "(blank)",
        "blank",
        "(null)",
        "(none)",
        "#null!",
        "<null>",
    )
)
# In numbers, days and references these mean nothing either; in a text "None" and "NA" may be what the user wrote.
NULLS_BESIDE_TEXT = NULLS | {"none", "nil", "na", "nan/a", "tbd?", "0000-00-00", "0000-00-00 00:00:00"}
_BLANKS = str.maketrans(
    dict.fromkeys(map(chr, (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)), " ")
    | dict.fromkeys(map(chr, (0x200B, 0x2060, 0xFEFF, 0xAD)), None)
)
# What our CSV exports set an apostrophe before: texts that a spreadsheet would run or turn into an error.
_LIVE = re.compile(r"'*(?:[\s\0\ufeff]*[=+\-@＝＋－＠]|[\t\r\n\0])")
_ERROR = re.compile(
    r"'*\s*#(REF!|N/A|NAME\?|DIV/0!|VALUE!|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|FIELD!)\s*", re.IGNORECASE
)
_SHORTENED = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,3}")


def clean(text: str, is_text_file: bool = True) -> str:
    """A text without outer blanks and invisible signs, composed, and without the apostrophe of our CSV exports."""
    if is_text_file:
        text = unguarded(text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.translate(_BLANKS))
    return text.strip()


def unguarded(text: str) -> str:
    """A text without the one apostrophe that our CSV exports set before what a spreadsheet would run."""
    if text[:1] != "'":
        return text
    rest = text[1:]
    return rest if _LIVE.match(rest) or _ERROR.fullmatch(rest) else text


def is_nothing(cleaned: str, in_text: bool = True) -> bool:
    """Whether a cleaned cell means that there is no value."""
    return cleaned.casefold() in (NULLS if in_text else NULLS_BESIDE_TEXT) if len(cleaned) < 20 else False


def is_shortened(cleaned: str) -> bool:
    """Whether a spreadsheet shortened an identifier to something like 1.21143E+15, which cannot be undone."""
    return "+" in cleaned and _SHORTENED.fullmatch(cleaned) is not None


def spaced(text: str) -> str:
    """A name with single blanks, as names are compared."""
    return " ".join(text.split())
