"""What the sections of a plan are made with: data, the way numbers are written, paper, and headed lists and tables."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from partnerdesk.reports.format import DASH, Formats
from partnerdesk.reports.look import BODY, CELL, CELL_BOLD, CELL_MUTED, HEADING, Role
from partnerdesk.reports.pack import words
from partnerdesk.reports.page import MM, Cell, Column, Row, Span, Table, row
from partnerdesk.reports.page.flow import Part, Prose, grid, titled
from partnerdesk.reports.page.landscape import Sheet
from partnerdesk.reports.plan.data import PlanDocument

GAP = 13 * MM  # between columns
BETWEEN = 7.5 * MM  # between blocks
MEDIUM = replace(CELL, face="medium")
_ITEMS = re.compile(r"\s*(?:\n+|;(?=\s))\s*")
_LONGEST_ITEM = 400  # characters, from which on a text is a paragraph and no list


@dataclass(frozen=True, slots=True)
class Making:
    data: PlanDocument
    formats: Formats
    sheet: Sheet

    @property
    def width(self) -> float:
        return self.sheet.room

    def quantity(self, value: Decimal | None, unit: str) -> str:
        """A figure in its unit; a dash where there is none."""
        return DASH if value is None else words.quantity(self.formats, value, unit)

    def plain(self, value: Decimal | None) -> str:
        """A number that a person typed, with the decimals that it has."""
        if value is None:
            return DASH
        exponent = value.normalize().as_tuple().exponent
        return self.formats.number(value, max(0, -exponent) if isinstance(exponent, int) else 0)


@dataclass(frozen=True, slots=True)
class Section:
    """Pages under one message title. One without parts has no page."""

    name: str
    title: str
    parts: tuple[Part, ...]


def items_of(text: str) -> tuple[str, ...]:
    """The items of a text: its lines, or what stands between semicolons."""
    parts = [part.strip() for part in _ITEMS.split(text.strip()) if part.strip()]
    if any(len(part) > _LONGEST_ITEM for part in parts):
        parts = [part.strip() for part in text.split("\n") if part.strip()]
    return tuple(words.capital(part) for part in parts)


def listing(title: str, items: Sequence[str], width: float, empty: str = "") -> list[Part]:
    """A heading with an ink line and items with hairlines between them."""
    shown = items or ((empty,) if empty else ())
    role = BODY if items else replace(BODY, colour="muted")
    rows = tuple(row(item, role=role) for item in shown)
    # The one column has no title, so that the ink line of its head is the line below the heading.
    return headed(title, (Column(grow=1),), rows, width, pad=1.5)


def headed(
    title: str,
    columns: tuple[Column, ...],
    rows: tuple[Row, ...],
    width: float,
    *,
    sub: str = "",
    pad: float = 1.25,
    before: float = BETWEEN,
) -> list[Part]:
    """A table under its heading, divisible at its rows; without a title it stands alone."""
    table = grid(Table(columns, rows, pad, headed=any(column.title for column in columns)), width)
    return titled(title, table, width, HEADING, sub, before) if title else [Part(table, before)]


def said(text: str, width: float, role: Role = BODY, before: float = 0.0) -> Part:
    """A paragraph."""
    return Part(Prose(text, width, role), before)


def strong(text: str, tail: str = "") -> Cell:
    """A text in weight, and what is muted behind it."""
    spans = [Span(text, MEDIUM)]
    return Cell((*spans, Span(f"  {tail}", CELL_MUTED))) if tail else Cell(tuple(spans))


def bold(text: str) -> Cell:
    return Cell((Span(text, CELL_BOLD),))


def muted(text: str) -> Cell:
    return Cell((Span(text, CELL_MUTED),))


def named(name: str, missing: str) -> Cell:
    """A name; where it is missing, what is missing stands there with its flag."""
    return Cell(name) if name else Cell(missing, "missing")
