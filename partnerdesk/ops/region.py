"""What a new book assumes where nobody said: currency and fiscal year as they are usual where the system is set up.

Only a starting point: both are settings of the book. Where the system says nothing, a book keeps the euro and January.
"""

import os
import re
from datetime import date

from partnerdesk.engine.currencies import CODES

_TERRITORY = re.compile(r"[a-z]{2,3}(?:[_-][A-Za-z]{4})?[_-]([A-Z]{2})(?![A-Za-z0-9])")
# Territories where law or nearly every company starts the year in another month than January.
_YEAR_START = {"AU": 7, "BD": 7, "IN": 4, "JP": 4, "NZ": 4, "PK": 7}
# Changes of currency that the locale data does not know yet.
_SINCE = {"BG": ("EUR", date(2026, 1, 1))}


def system_locale() -> str:
    """The locale of amounts as the environment names it, such as de_CH.UTF-8; "" where it names none."""
    return next((named for key in ("LC_ALL", "LC_MONETARY", "LANG") if (named := os.environ.get(key, ""))), "")


def usual_settings(locale: str, today: date) -> dict[str, str | int]:
    """`currency` and `year_start` as they are usual in the locale's territory; nothing where it names none."""
    found = _TERRITORY.match(locale)
    if found is None:
        return {}
    currency = _currency(found[1], today)
    return {"currency": currency, "year_start": _YEAR_START.get(found[1], 1)} if currency else {}


def _currency(territory: str, today: date) -> str:
    """The territory's own tender; of several the one whose code begins with its name, else the newest."""
    from babel.numbers import get_territory_currencies

    if territory in _SINCE and today >= _SINCE[territory][1]:
        return _SINCE[territory][0]
    known = [code for code in get_territory_currencies(territory, today) if code in CODES]
    return next((code for code in known if code.startswith(territory)), known[-1] if known else "")
