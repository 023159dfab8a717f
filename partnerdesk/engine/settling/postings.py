"""The entries of one partner as they are made: accruals, transfers between held and payable, what is lost."""

from collections.abc import Iterable, Mapping
from datetime import date
from operator import itemgetter
from typing import Any, Generic, TypeAlias

from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.outcome import HELD, PAYABLE, EarningLine, Entry, RuleRef, entry_of
from partnerdesk.engine.reckoning import Reckoning

# What names an entry: its hold or taking, its line and that line's type, its rule (none of what was taken over without
# one), its note.
Named: TypeAlias = tuple[str, str, str, RuleRef | None, str]

# The fields of an entry before its amount and partner, and after them.
Form: TypeAlias = "tuple[tuple[Any, ...], tuple[Any, ...]]"
# Both entries of a transfer: the fields before, of the one that it moves into and of the other, and those after.
Transfer: TypeAlias = "tuple[tuple[Any, ...], tuple[Any, ...], tuple[Any, ...]]"

_OTHER = {HELD: PAYABLE, PAYABLE: HELD}


# What is posted of a line.
_POSTED = itemgetter(*map(EarningLine._fields.index, ("id", "rule", "type", "process", "period", "amount")))


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

    def accrue_all(self, lines: Iterable[EarningLine[N]], earnings: Mapping[date, Mapping[str, object]]) -> None:
        """Posts many lines as payable: those of the earnings of each version, and others that top up a sum."""
        partner, entries = self._partner, self.entries
        for id, rule, type_, day, period, amount in map(_POSTED, lines):
            kind = "accrual" if rule.key in earnings[rule.effective_from] else "topup"
            # fmt: off
            entries.append(entry_of((
                f"{id}:{kind}:payable", kind, PAYABLE, day, period, amount, partner, id, type_, rule, "", "",
            )))
            # fmt: on

    def transfer(self, kind: str, day: date, amount: N, named: Named, into: str) -> None:
        """Moves an amount into a bucket out of the other one."""
        into_, out_of, end = self.forms(kind, day, named, into)
        moved, negative = (amount, self._partner), (self._negative(amount, named[4]), self._partner)
        self.entries += (entry_of(into_ + moved + end), entry_of(out_of + negative + end))

    def forms(self, kind: str, day: date, named: Named, into: str) -> Transfer:
        """Both entries of a transfer but for amount and partner."""
        start, end = self.form(kind, into, day, named)
        return start, self.form(kind, _OTHER[into], day, named)[0], end

    def form(self, kind: str, bucket: str, day: date, named: Named) -> Form:
        """An entry but for amount and partner."""
        id, line, type_, rule, note = named
        return (f"{id}:{kind}:{bucket}", kind, bucket, day, self._periods[day]), (line, type_, rule, note, "")

    def post(self, kind: str, bucket: str, day: date, amount: N, named: Named) -> None:
        """Posts an amount to a bucket alone."""
        start, end = self.form(kind, bucket, day, named)
        self.entries.append(entry_of((*start, amount, self._partner, *end)))


def named_of(id: str, line: EarningLine[N], rule: RuleRef, note: str) -> Named:
    """What names the entries of something that happens to a line."""
    return id, line.id, line.type, rule, note


def pair_ids(id: str, kind: str, into: str) -> tuple[str, str]:
    """The ids of both entries of a transfer into a bucket."""
    return f"{id}:{kind}:{into}", f"{id}:{kind}:{_OTHER[into]}"
