"""What else moved a line that a true-up corrects, where its own row stands as it stood: in the partner's words.

A correction of one deal moves the band, the cap, the metric or the tier that another is paid by. What was frozen with
two statements is evaluated (`engine.difference`), one piece of business after the other, so that each line is told what
moved it. Of the partner's own rows amounts and days are told; others are named by their kind alone.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from partnerdesk.engine.difference import Column, Part, RowChange, Side, difference, state_of
from partnerdesk.engine.difference.found import CHANGED, DAY, EXCHANGE, MEANING, NEW, PROGRAM, ROUNDING
from partnerdesk.engine.difference.measure import Cut, Items, items
from partnerdesk.engine.difference.rows import Key, Rows
from partnerdesk.engine.difference.states import State
from partnerdesk.engine.facts import ExchangeRate, plural
from partnerdesk.engine.figures.arithmetic import VALUES
from partnerdesk.engine.money import ZERO
from partnerdesk.reports.differences import column_words
from partnerdesk.reports.format import Formats
from partnerdesk.reports.statement.document import fact_in_words

MOVED = "changed its partner"
_LISTED = 3  # rows of a kind that are named one by one
_ABOVE = ("deal", "contract", "deployment")  # whose partner is that of a row which names none
_RULES = {
    MEANING: "another way of computing",
    PROGRAM: "changed rules",
    EXCHANGE: "changed rules of exchange",
    ROUNDING: "changed rules of rounding",
}

# Of rows by kind and id those that came from another partner, or went to one.
MovedOf = Callable[[Collection[Key]], Collection[Key]]


def moved_by(
    before: Side, after: Side, partner: str, lines: Collection[str], moved: MovedOf, formats: Formats
) -> Mapping[str, str]:
    """Of lines, by id, what moved them between the sides; without those that time alone moved.

    `because of deal D-1, amount 40,000 → 38,000`. Raises what `difference` raises.
    """
    start, end = state_of(before), state_of(after)
    found = difference(start, end, partner, holds_tiers=False)
    parts = [
        (step.cause, line, part)
        for step in found.steps
        if step.cause != DAY
        for part in step.parts
        for line in part.lines
        if line.id in lines and line.amount
    ]
    keys = {(row.kind, row.id) for _, _, part in parts for row in part.rows}
    said = _Said(partner, start.rows, end.rows, moved(keys), formats)
    words: dict[str, list[str]] = {}
    for cause, line, part in parts:
        words.setdefault(line.id, []).append(said.part(cause, part))
    tiers = _tiers(start, end, partner, {line.id: line.day for _, line, _ in parts})
    return {id: f"because of {'; '.join(dict.fromkeys(own))}{tiers.get(id, '')}" for id, own in words.items()}


def _tiers(start: State, end: State, partner: str, days: Mapping[str, date]) -> Mapping[str, str]:
    """Of lines with their days those that come to something else by the tier, each with what became of it:
    `: tier Silver → Gold`.
    """
    then, now = start.outcome(partner), end.outcome(partner)
    if then is None or now is None:
        return {}
    tiers = {id: (then.tier_on(day), now.tier_on(day)) for id, day in days.items()}
    if all(old == new for old, new in tiers.values()):
        return {}
    cut = Cut(through=end.through)
    held, own = (items(VALUES, one, cut) for one in (end.holding(then).outcome(partner), now))
    return {
        id: f": tier {old} → {new}"
        for id, (old, new) in tiers.items()
        if old and new and old != new and _amount(held, id) != _amount(own, id)
    }


def _amount(found: Items[Decimal], id: str) -> Decimal:
    return found[id].amount if id in found else ZERO


@dataclass(frozen=True, slots=True)
class _Said:
    """What is said to a partner of rows that differ between two sides."""

    partner: str
    then: Rows
    now: Rows
    moved: Collection[Key]
    formats: Formats

    def part(self, cause: str, part: Part[Decimal]) -> str:
        """What a part of the difference rests on."""
        return "; ".join(self._rows(part.rows)) or _RULES.get(cause, cause)

    def _rows(self, rows: Iterable[RowChange]) -> Iterator[str]:
        kinds: dict[str, list[RowChange]] = {}
        for row in rows:
            kinds.setdefault(row.kind, []).append(row)
        for kind, found in kinds.items():
            if len(found) > _LISTED:
                yield f"{len(found)} {plural(kind)}"
            else:
                yield from dict.fromkeys(self._row(row) for row in found)

    def _row(self, row: RowChange) -> str:
        """`deal D-7, amount 29,600 → 30,000`."""
        key = row.kind, row.id
        is_own = self._owner(key) == self.partner
        name = fact_in_words(*key) if is_own else self._named(key)
        if is_own and key in self.moved:
            return f"{name}, which {MOVED}"
        if row.what == CHANGED:
            is_told = is_own or row.kind == "exchange_rate"
            columns = [changed(column, self.formats) for column in row.columns] if is_told else ["which changed"]
            return ", ".join([name, *columns])
        return f"{name}, which {'came later' if row.what == NEW else 'is gone'}"

    def _named(self, key: Key) -> str:
        """A row that is not the partner's own: a rate by its currencies and day, else its kind."""
        row = self.now.get(key, self.then.get(key))
        if isinstance(row, ExchangeRate):
            day = f" of {self.formats.day(row.day)}" if row.day else ""
            return f"the exchange rate {row.base}/{row.quote}{day}"
        words = key[0].replace("_", " ")
        words = f"{'an' if words[0] in 'aeiou' else 'a'} {words}"
        return f"{words} of another partner" if self._owner(key) else words

    def _owner(self, key: Key) -> str:
        """Whose a row was, or is: the partner's own if it was so on either side; "" where it is nobody's."""
        owners = [owner for side in (self.then, self.now) if (owner := _owner(side, key))]
        return self.partner if self.partner in owners else next(iter(owners), "")


def _owner(side: Rows, key: Key) -> str:
    """The partner that a row names, else that of what it hangs on."""
    row = side.get(key)
    if row is None or key[0] == "partner":
        return key[1] if key[0] == "partner" else ""
    if named := getattr(row, "partner", None):
        return str(named)
    above = ((kind, getattr(row, kind, None)) for kind in _ABOVE if kind != key[0])
    return next((owner for kind, id in above if id and (owner := _owner(side, (kind, id)))), "")


def changed(column: Column, formats: Formats) -> str:
    """Amounts, numbers and days before and after; of anything else only that it changed, because a name that stood
    there before may be somebody else's by now.
    """
    if all(value is None or isinstance(value, Decimal | date | int) for value in (column.before, column.after)):
        return column_words(column, formats)
    return f"{column.name.replace('_', ' ')} changed"
