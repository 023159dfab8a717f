"""The entries of one partner as they are made: accruals, transfers between held and payable, what is lost."""

from datetime import date
from typing import Generic, TypeAlias

from partnerdesk.engine.figure import N
from partnerdesk.engine.outcome import HELD, PAYABLE, EarningLine, Entry, RuleRef, entry_of
from partnerdesk.engine.reckoning import Reckoning

# What names an entry: its hold or taking, its line and that line's type, its rule (none of what was taken over without
# one), its note.
Named: TypeAlias = tuple[str, str, str, RuleRef | None, str]

_OTHER = {HELD: PAYABLE, PAYABLE: HELD}


class Postings(Generic[N]):
    """Makes entries in the order in which things happen; the ledger puts them in order of day."""

    def __init__(self, reckoning: Reckoning[N]) -> None:
        self.entries: list[Entry[N]] = []
        self._negative, self._partner = reckoning.arithmetic.negative, reckoning.partner
        self._periods = reckoning.calendar.by_day[reckoning.terms.statements]

    def accrue(self, line: EarningLine[N], kind: str) -> None:
        """Posts a line as payable."""
        id, period, amount = line.id, line.period, line.amount
        # fmt: off
        self.entries.append(entry_of((
            f"{id}:{kind}:payable", kind, PAYABLE, line.process, period, amount, self._partner, id, line.type,
            line.rule, "", "",
        )))
        # fmt: on

    def transfer(self, kind: str, day: date, amount: N, named: Named, into: str) -> None:
        """Moves an amount into a bucket out of the other one."""
        self.pair(kind, day, amount, named, into, pair_ids(named[0], kind, into))

    def pair(self, kind: str, day: date, amount: N, named: Named, into: str, ids: tuple[str, str]) -> None:
        """The same where the ids of both entries are known: the one it moves into first."""
        _, line, type_, rule, note = named
        period, partner, out_of, negative = (
            self._periods[day],
            self._partner,
            _OTHER[into],
            self._negative(amount, note),
        )
        self.entries += (
            entry_of((ids[0], kind, into, day, period, amount, partner, line, type_, rule, note, "")),
            entry_of((ids[1], kind, out_of, day, period, negative, partner, line, type_, rule, note, "")),
        )

    def post(self, kind: str, bucket: str, day: date, amount: N, named: Named) -> None:
        """Posts an amount to a bucket alone."""
        id, line, type_, rule, note = named
        period, partner = self._periods[day], self._partner
        self.entries.append(
            entry_of((f"{id}:{kind}:{bucket}", kind, bucket, day, period, amount, partner, line, type_, rule, note, ""))
        )


def pair_ids(id: str, kind: str, into: str) -> tuple[str, str]:
    """The ids of both entries of a transfer into a bucket."""
    return f"{id}:{kind}:{into}", f"{id}:{kind}:{_OTHER[into]}"


def named_of(id: str, line: EarningLine[N], rule: RuleRef, note: str) -> Named:
    """What names the entries of something that happens to a line."""
    return id, line.id, line.type, rule, note
