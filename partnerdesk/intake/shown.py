"""The currency that a workbook's number format shows beside a number: what a reader of bare values never sees.

The kinds of a row's cells are one character each, so every currency has a character of its own, out of the range that
no text uses. A format is weaker than a column of currencies: a spreadsheet program sets it from the machine's country.
"""

import re

from partnerdesk.engine.currencies import CODES
from partnerdesk.intake.numerals import SHARED, sign_of

_SIGNS = (*sorted(SHARED), *sorted(CODES))
_KIND = {sign: chr(0xE000 + i) for i, sign in enumerate(_SIGNS)}
_SIGN = {kind: sign for sign, kind in _KIND.items()}
KINDS = "".join(_SIGN)  # of all cells that show a currency
_LITERAL = re.compile(r'"([^"]*)"|\[\$([^\]-]*)(?:-[^\]]*)?\]|\\(.)|([€£¥$₹₩₽₺₪])')


def kind_of(code: str) -> str:
    """The kind of a number that this format shows with a currency, or ""."""
    for found in _LITERAL.finditer(code):
        if sign := sign_of("".join(filter(None, found.groups())).strip()):
            return _KIND[sign]
    return ""


def sign_shown(kind: str) -> str:
    """The currency code, or the shared sign such as "dollar", that cells of a kind show; "" for other kinds."""
    return _SIGN.get(kind, "")
