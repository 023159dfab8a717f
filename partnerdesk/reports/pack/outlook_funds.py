"""Funds on page 7: the one that moved last as a bar of where its money is, the others a line each."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from partnerdesk.reports.format import Formats
from partnerdesk.reports.look import BODY, CELL_BOLD, SUB, Role
from partnerdesk.reports.marks import stacked
from partnerdesk.reports.pack import words
from partnerdesk.reports.pack.data import Fund, PackData
from partnerdesk.reports.page import MM, Paper
from partnerdesk.reports.page.blocks import heading

_MUTED = Role(BODY.size, BODY.leading, BODY.face, "muted")
_BAR = 17 * MM  # with its labels
ZERO = Decimal(0)


def draw_funds(
    paper: Paper, x: float, top: float, width: float, limit: float, data: PackData, formats: Formats
) -> float:
    """The funds between `top` and `limit`, one line below it where there is no room; returns their bottom.

    What does not fit is counted, with what is left in it by currency.
    """
    view = data.outlook
    if view is None or view.fund is None:
        return top
    first, others = view.fund, view.more_funds
    name = f"{first.name}: {formats.number(first.allocated)} {_currency(first, data)} allocated"
    top = heading(paper, x, top, width, name, "Separate ledger, not part of earnings")
    top = _bar(paper, x, top, width, first, formats)
    lines = [_line(fund, data, formats) for fund in others]
    heights = [len(paper.broken(line, _MUTED, width)) * _MUTED.leading for line in lines]
    fits = len(lines)
    while fits and top + sum(heights[:fits]) + (_MUTED.leading if fits < len(lines) else 0.0) > limit:
        fits -= 1
    if len(lines) == 1:
        fits = 1  # to count a single one takes as much room
    rest = [_rest(others[fits:], len(lines), data, formats)] if fits < len(lines) else []
    for line in [*lines[:fits], *rest]:
        top = paper.paragraph(x, top, width, line, _MUTED)
    return top


def _bar(paper: Paper, x: float, top: float, width: float, fund: Fund, formats: Formats) -> float:
    """One bar of all that was put in, in the order in which money goes through it."""
    parts = [
        (fund.paid, "solid", "paid"),
        (fund.claimed, "grey", "claimed"),
        (fund.approved, "soft", "approved"),
        *((amount, "hatched", _until(day, formats)) for amount, day in fund.parts_left),
    ]
    whole = sum((amount for amount, _, _ in parts if amount > 0), ZERO)
    paper.shapes(x, top, stacked([(float(a), filling) for a, filling, _ in parts], width, 6.3 * MM))
    at, free = x, x
    for amount, _, word in parts:
        if amount > 0:
            free = _label(paper, max(at, free), top + 7.3 * MM, x + width, formats.number(amount), word)
            at += width * float(amount / whole)
    return top + _BAR


def _label(paper: Paper, x: float, top: float, right: float, amount: str, word: str) -> float:
    """Amount and word below their part; returns where the next label may begin."""
    end = paper.text(x, top, amount, CELL_BOLD, room=(x, right))
    return max(end, paper.text(x, top + 3.8 * MM, word, SUB, room=(x, right))) + 2.5 * MM


def _line(fund: Fund, data: PackData, formats: Formats) -> str:
    """`Launch fund: 8,000 EUR allocated, 3,000 left, expires 31 Dec.`"""
    said = [f"{fund.name}: {formats.number(fund.allocated)} {_currency(fund, data)} allocated"]
    moved = ((fund.paid, "paid"), (fund.claimed, "claimed"), (fund.approved, "approved"), (fund.left, "left"))
    said += [f"{formats.number(amount)} {word}" for amount, word in moved if amount > 0]
    parts = [(amount, day) for amount, day in fund.parts_left if amount > 0]
    if len(parts) == 1:
        said += [_until(day, formats) for _, day in parts if day is not None]
    else:
        said += [f"{formats.number(amount)} of it {_until(day, formats)}" for amount, day in parts if day is not None]
    return f"{', '.join(said)}."


def _until(day: date | None, formats: Formats) -> str:
    return f"expires {formats.short_day(day)}" if day is not None else "left"


def _rest(funds: Sequence[Fund], others: int, data: PackData, formats: Formats) -> str:
    """How many more there are and what is left in them; currencies are not added up."""
    left: dict[str, Decimal] = {}
    for fund in funds:
        left[_currency(fund, data)] = left.get(_currency(fund, data), ZERO) + fund.left
    sums = " and ".join(f"{formats.number(amount)} {currency}" for currency, amount in sorted(left.items()))
    count = words.capital(words.number_word(len(funds)))
    return f"{count} more {'funds' if len(funds) > 1 else 'fund'}, with {sums} left."


def _currency(fund: Fund, data: PackData) -> str:
    return fund.currency or data.currency
