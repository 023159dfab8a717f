"""Amounts of other partners that a typed text repeats: "as much as the 48,211.37 of the others" tells their business.

Only a number with so many telling digits that nobody hits it by chance is taken for one, and none that is this
partner's as well. Rounded numbers say nothing and are nobody's.
"""

import re
from collections.abc import Iterator
from dataclasses import fields
from decimal import Decimal
from functools import cached_property

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from partnerdesk.models.base import Money
from partnerdesk.models.facts import TABLES
from partnerdesk.models.statements import statement
from partnerdesk.queries.facts import facts

_TELLING = 6  # digits, without the zeros at both ends
_RUN = re.compile(r"(?<![\w.,-])\d(?:[\d.,'’\u202f\xa0 ]*\d)?(?![\w-])")
_DIGITS = re.compile(r"\D")


class ForeignSums:
    """The amounts of everybody but one partner; nothing is read before a text holds such a number."""

    def __init__(self, session: Session, partner: str) -> None:
        self._session, self._partner = session, partner

    def named_in(self, text: str) -> str:
        """The first amount of another partner that a text holds, as it is written there; empty where there is none."""
        for written, digits in amounts_in(text):
            if digits in self._foreign and digits not in self._own:
                return written
        return ""

    @cached_property
    def _foreign(self) -> frozenset[str]:
        return frozenset(digits for table in (*TABLES.values(), statement) for digits in self._of(table))

    def _of(self, table: Table) -> Iterator[str]:
        """The digits of the amounts in the rows of other partners: minor units, as the file keeps them."""
        if "partner" not in table.c:
            return
        for column in (c for c in table.c if isinstance(c.type, Money)):
            query = select(column).distinct().where(table.c.partner != self._partner, column.is_not(None))
            yield from (_telling(str(amount)) for amount in self._session.scalars(query))

    @cached_property
    def _own(self) -> frozenset[str]:
        """The partner's own, and those of the deals that it shares with somebody."""
        rows = (row for _, row in facts(self._session, self._partner))
        amounts = (getattr(row, f.name) for row in rows for f in fields(row))
        told = {_telling(f"{amount:f}") for amount in amounts if isinstance(amount, Decimal)}
        own = (c for c in statement.c if isinstance(c.type, Money))
        closed = self._session.execute(select(*own).where(statement.c.partner == self._partner))
        return frozenset(told.union(_telling(str(amount)) for row in closed for amount in row))


def amounts_in(text: str) -> Iterator[tuple[str, str]]:
    """The numbers of a text that may be somebody's amounts, as they are written and by their telling digits."""
    for hit in _RUN.finditer(text):
        parts = (part for part in hit[0].split() if not part.isdecimal())  # bare groups are parts of a telephone number
        for written in dict.fromkeys((hit[0], *parts)):
            digits = _telling(written)
            if len(digits) >= _TELLING:
                yield written, digits


def _telling(written: str) -> str:
    return _DIGITS.sub("", written).strip("0")
