"""Entries as rows of a sheet: the two sides of one movement stand in one row, held beside payable."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import HELD, Entry
from partnerdesk.reports.statement.document import StatementDocument


@dataclass(frozen=True, slots=True)
class Moved:
    """One movement; `entry` is the first of its entries, whose texts both sides share."""

    id: str
    entry: Entry[Decimal]
    held: Decimal
    payable: Decimal

    @property
    def total(self) -> Decimal:
        return self.held + self.payable


def movements(document: StatementDocument, kinds: Iterable[str]) -> list[Moved]:
    """The statement's entries of some kinds, by day and identifier; a transfer's two entries are one movement."""
    wanted = frozenset(kinds)
    entries = sorted((e for e in document.statement.entries if e.kind in wanted), key=lambda e: (e.day, e.id))
    found: dict[tuple[object, ...], Moved] = {}
    for entry in entries:
        stem = entry.id.removesuffix(f":{entry.bucket}")
        key = (stem, entry.kind, entry.day, entry.line, entry.note, entry.rule)
        known = found.get(key) or Moved(stem.removesuffix(f":{entry.kind}"), entry, ZERO, ZERO)
        if entry.bucket == HELD:
            found[key] = replace(known, held=known.held + entry.amount)
        else:
            found[key] = replace(known, payable=known.payable + entry.amount)
    return list(found.values())
