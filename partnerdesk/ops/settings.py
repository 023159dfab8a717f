"""Change what a book says about itself: currency, fiscal year, brand of its documents."""

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from partnerdesk.engine.currencies import CODES
from partnerdesk.errors import Refused
from partnerdesk.forecast.efforts import USUAL
from partnerdesk.models.book import setting
from partnerdesk.queries.settings import AS_PROGRAM, book_settings

LARGEST_LOGO = 512 * 1024
LONGEST_TEXT = 200
MOST_EFFORT = 1000


def set_book_setting(session: Session, name: str, value: Any) -> None:
    """Choose one setting, named as in `BookSettings` but for efforts and mails.

    Raises Refused for a value that documents could not carry.
    """
    if name not in _CHECKS:
        raise KeyError(name)
    _store(session, name, _CHECKS[name](value))


def set_effort(session: Session, kind: str, weight: Decimal) -> None:
    """Say what a kind of action on the way to a tier takes, against the others; the usual weight is kept as none.

    Raises Refused for a weight that is no number from 0 to 1,000.
    """
    if kind not in USUAL:
        raise KeyError(kind)
    if not weight.is_finite() or not 0 <= weight <= MOST_EFFORT:
        raise Refused(f"An effort is a number from 0 to {MOST_EFFORT}.")
    chosen = {**book_settings(session).efforts, kind: format(weight, "f")}
    _store(session, "efforts", {k: v for k, v in chosen.items() if Decimal(v) != USUAL[k]})


def set_mail_texts(session: Session, texts: Mapping[str, str]) -> None:
    """Keep one's own texts of mails, all of them; `ops.mail.texts` says what may stand in one."""
    _store(session, "mails", dict(texts))


def _store(session: Session, name: str, stored: Any) -> None:
    row = insert(setting).values(key=name, value=json.dumps(stored))
    session.execute(row.on_conflict_do_update(index_elements=["key"], set_={"value": row.excluded.value}))


def _currency(value: Any) -> str:
    code = str(value).strip().upper()
    if code not in CODES:
        raise Refused(f"{code or 'An empty text'} is not a currency code.", "Use three letters, for example EUR.")
    return code


def _month(value: Any) -> int:
    if not (isinstance(value, int) and (1 <= value <= 12 or value == AS_PROGRAM)):
        raise Refused("The fiscal year starts in a month from 1 to 12, or is that of the program (0).")
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Refused("This is yes or no.")
    return value


def _text(value: Any) -> str:
    text = " ".join(str(value).split())
    if len(text) > LONGEST_TEXT:
        raise Refused(f"This text is longer than {LONGEST_TEXT} characters.", "Shorten it.")
    return text


def _accent(value: Any) -> str:
    text = str(value).strip().upper()
    if text and not re.fullmatch("#[0-9A-F]{6}", text):
        raise Refused(f"{text} is not a colour.", "Write it as #RRGGBB, for example #0B5FA5.")
    if text and contrast_on_white(text) < 3:
        raise Refused(f"{text} is too light to be read on white paper.", "Choose a darker colour.")
    return text


def contrast_on_white(colour: str) -> Decimal:
    """The WCAG 2 contrast ratio of #RRGGBB on white, 1 to 21."""
    luminance = sum(w * _linear(int(colour[i : i + 2], 16)) for w, i in zip(_WEIGHTS, (1, 3, 5), strict=True))
    return Decimal("1.05") / (luminance + Decimal("0.05"))


_WEIGHTS = (Decimal("0.2126"), Decimal("0.7152"), Decimal("0.0722"))


def _linear(value: int) -> Decimal:
    share = Decimal(value) / 255
    if share <= Decimal("0.04045"):
        return share / Decimal("12.92")
    return ((share + Decimal("0.055")) / Decimal("1.055")) ** Decimal("2.4")


def _logo(value: Any) -> str:
    if not isinstance(value, bytes) or (value and not value.startswith(b"\x89PNG\r\n\x1a\n")):
        raise Refused("The logo is not a PNG picture.", "Choose a PNG or JPEG file.")
    if len(value) > LARGEST_LOGO:
        raise Refused("The logo is larger than 512 KB.", "Choose a smaller picture.")
    return value.hex()


_CHECKS = {
    "two_people": _flag,
    "currency": _currency,
    "year_start": _month,
    "vendor": _text,
    "accent": _accent,
    "logo": _logo,
    "sender": _text,
}
