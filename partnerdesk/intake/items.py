"""Columns of payments that name items of payment runs, known by their cells: what heads them is anybody's word.

Where all cells of a column are numbers of items, they say what each payment settles. Where numbers stand among other
words, the column is kept as it is, for the payments to find their items by.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from partnerdesk.intake.choices import NONE
from partnerdesk.intake.mapping import CHOSEN, IGNORED, LAYOUT, WORDS, Mapped, Use
from partnerdesk.intake.question import Findings, Option
from partnerdesk.intake.table import Table
from partnerdesk.intake.tokens import clean

_BETWEEN = re.compile(r"[/+&|;,:=]")
ITEM = "payment.instruction"
_FIND = f"find:{ITEM}"
# What a heading may have made of such a column; any other target is read as something that no number of an item is.
_GIVES_WAY = ("payment.key", "payment.statements", "payment.invoice")


def item_words(text: str) -> list[str]:
    """The words of a text that may be the number of an item: as they stand, and taken apart at signs between them."""
    whole = [word.strip('.,;:()[]{}"') for word in text.split()]
    parts = (part.strip('.,;:()[]{}"') for word in whole for part in _BETWEEN.split(word) if part != word)
    return [*whole, *filter(None, parts)]


def with_items(table: Table, columns: Mapped, items: frozenset[str], findings: Findings) -> Mapped:
    """The mapping of payments with the column of their items; several that differ are asked about."""
    if columns.kind != "payment" or not items or columns.column_of(ITEM) >= 0:
        return columns
    uses = {u.column: u for u in columns.uses}
    named = [c for c, _ in enumerate(table.headers) if _is_free(uses.get(c)) and _names(table.columns[c], items)]
    whole = [c for c in named if _are_items(table.columns[c], items)]
    found = list({table.columns[c]: c for c in reversed(whole)}.values())[::-1]
    if len(found) > 1 and findings.choices.get(_FIND) != NONE:
        options = (*(Option(table.headers[c], table.headers[c]) for c in found), Option(NONE, "None of them"))
        because = "Several columns hold numbers of items of payment runs, and they differ."
        findings.ask(_FIND, "Which column says what each payment settles?", because, options, table.count)
    if len(found) == 1 and findings.choices.get(_FIND) != NONE:
        return _with(columns, Use(found[0], ITEM, how=WORDS))
    for c in named if findings.choices.get(_FIND) != NONE else ():
        if not uses.get(c, Use(c, "")).target:
            columns = _with(columns, Use(c, f"payment.attributes.{table.headers[c]}", how=WORDS))
    return columns


def _is_free(use: Use | None) -> bool:
    """Whether a column became nothing that a person or a known layout made of it, and nothing that is read as it is."""
    if use is None:
        return True
    return use.how not in (CHOSEN, IGNORED, LAYOUT) and (use.target in _GIVES_WAY or ".attributes." in use.target)


def _names(cells: Sequence[str], items: frozenset[str]) -> bool:
    return any(word in items for cell in set(cells) for word in item_words(cell))


def _are_items(cells: Sequence[str], items: frozenset[str]) -> bool:
    return all(cell in items for cell in {clean(c) for c in cells} if cell)


def _with(columns: Mapped, use: Use) -> Mapped:
    others = (u for u in columns.uses if u.column != use.column)
    return replace(columns, uses=tuple(sorted((*others, use), key=lambda u: u.column)))
