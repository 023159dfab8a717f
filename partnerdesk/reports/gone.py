"""What a row is that is gone from its source, with amount and day as the reader writes them.

The words are kept with the question (`ops.vanishing.describing`), because the row may be gone by the time that they are
read: name, amount and day in a row, in English.
"""

import re
from datetime import date
from decimal import Decimal

from partnerdesk.engine.figures.writing import manner
from partnerdesk.reports.format import Formats

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_AMOUNT = re.compile(r", (-?\d[\d,]*(?:\.\d+)?) ([A-Z]{3})$")
_DAY = re.compile(rf", (\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})$")


def gone_words(says: str, formats: Formats) -> str:
    """`Deal Rollout, EUR 1.200,00, 4. Dez. 2026`."""
    day = _DAY.search(says)
    rest = says[: day.start()] if day else says
    amount = _AMOUNT.search(rest)
    words = rest[: amount.start()] if amount else rest
    if amount:
        words += f", {formats.money(Decimal(amount[1].replace(',', '')), currency=amount[2])}"
    return f"{words}, {formats.day(date(int(day[3]), _MONTHS.index(day[2]) + 1, int(day[1])))}" if day else words


def as_read(says: str) -> str:
    """The same inside a sentence that is made in somebody's manner (`engine.figures.writing`); else as it is kept."""
    said = manner()
    return gone_words(says, said) if isinstance(said, Formats) else says
