"""Business that nobody knows yet, in line with history: past windows' facts again, on later days, at a drawn size."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import accumulate
from typing import Any, NamedTuple

from partnerdesk.engine.facts import MONEY, attributes
from partnerdesk.engine.forecast import billed
from partnerdesk.engine.money import decimals, rounded
from partnerdesk.forecast.business import Root, templates
from partnerdesk.forecast.draws import mixed, stream
from partnerdesk.forecast.follows import Follows
from partnerdesk.forecast.record_of_habits import Record
from partnerdesk.forecast.windows import SIZE, moved

FARTHEST = 4  # windows ahead whose ratios are learned; farther ones are as the same season
KEPT = 0.8  # how far the mean stays that of the record where the check of its spread would move it
TOGETHER = 0.5  # how often all windows of a scenario share one luck
_DAYS = ("registered", "created", "expected_close", "closed", "start", "end", "day", "outcome_on")


@dataclass(frozen=True)
class Template:
    """A past window that is repeated: its business, and the months from it to the window ahead."""

    months: int
    rows: Sequence[Root]

    @cached_property
    def whole(self) -> float:
        return sum(root.amount for root in self.rows)


class Form(NamedTuple):
    """A row that is repeated, on its later days with the amounts it had, and the credits and lines beside it."""

    row: Any
    beside: Sequence[tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class Coming:
    """New business of one kind in one window ahead: in every scenario its template, and its amount."""

    kind: str
    ahead: int
    templates: Sequence[Template]
    amounts: Sequence[float]
    follows: Follows
    forms: dict[tuple[int, date, date], Sequence[Form]] = field(default_factory=dict, compare=False)

    def facts(self, scenario: int, as_of: date, horizon: date) -> Iterator[tuple[str, Any]]:
        """The facts of a scenario, up to the horizon."""
        template = self.templates[scenario]
        factor = Decimal(f"{self.amounts[scenario] / template.whole:.6f}") if template.whole else Decimal(0)
        if factor <= 0:
            return
        for form in self._forms(template, as_of, horizon):
            row = _sized(form.row, self.kind, factor)
            yield self.kind, row
            for kind, beside in form.beside:
                yield kind, _sized(beside, kind, factor)
            if self.kind == "deal":
                yield from self.follows.after(row, as_of, horizon)
            elif self.kind == "contract":
                yield from (("transaction", paid) for paid in billed(row, as_of, horizon))

    def _forms(self, template: Template, as_of: date, horizon: date) -> Sequence[Form]:
        """What a template repeats up to the horizon, on its later days and not sized yet. Kept."""
        asked = template.months, as_of, horizon
        if asked not in self.forms:
            self.forms[asked] = [
                Form(row, self._beside(root.fact, row, template.months))
                for root in template.rows
                if as_of < min(moved(root.day, template.months), moved(as_of, SIZE * self.ahead)) <= horizon
                for row in [_again(self.kind, root.fact, self.ahead, template.months)]
            ]
        return self.forms[asked]

    def _beside(self, old: Any, new: Any, months: int) -> list[tuple[str, Any]]:
        """The credits and lines of the deal that is repeated."""
        if self.kind != "deal":
            return []
        rows = self.follows.beside(old.id)
        return [(kind, replace(_again(kind, row, self.ahead, months), deal=new.id)) for kind, row in rows]


def coming(
    record: Record, follows: Follows, kind: str, partner: str, windows: int, seed: int, count: int
) -> list[Coming]:
    """What is to come at a partner, window by window; nothing where it has no business of late to go by."""
    if (partner, 0) not in record.levels:
        return []
    level, found = record.levels[partner, 0], []
    name = f"new {kind} {partner}"
    own, market = lucks(name, windows, seed, count), lucks(f"new {kind}", windows, seed, count)
    for ahead in range(1, windows + 1):
        learned = ahead if ahead <= FARTHEST else FARTHEST
        while learned > 1 and not record.ratios(learned):
            learned -= 1
        spread = record.spread(partner, learned)
        ways = templates(record.habits[partner], ahead)
        if not ways:
            continue
        right, shares = record.corrected(partner, learned), mixed(own[ahead - 1], market[ahead - 1], record.common)
        drawn = [max(0.0, spread.at(right.at(luck))) for luck in shares]
        scale = level * (spread.mean * count / (sum(drawn) or 1.0)) ** KEPT
        amounts = [ratio * scale for ratio in drawn]
        repeated = _repeated(ways, ahead, stream(seed, f"{name} {ahead} as in", count))
        found.append(Coming(kind, ahead, repeated, amounts, follows))
    return found


def lucks(name: str, windows: int, seed: int, count: int) -> list[list[float]]:
    """The luck of every window in every scenario: in half of them one for all windows."""
    shared, picks = stream(seed, f"{name} shared", count), stream(seed, f"{name} pick", count)
    return [
        [a if pick < TOGETHER else b for a, b, pick in zip(shared, own, picks, strict=True)]
        for own in (stream(seed, f"{name} {ahead}", count) for ahead in range(1, windows + 1))
    ]


def _repeated(ways: Sequence[tuple[int, Sequence[Root], float]], ahead: int, lucks: Sequence[float]) -> list[Template]:
    """The template of every scenario, each window as often as it counts."""
    made = [Template(SIZE * (window + ahead), rows) for window, rows, _ in ways]
    steps = [*accumulate(weight for _, _, weight in ways)]
    return [made[min(bisect_right(steps, luck * steps[-1]), len(made) - 1)] for luck in lucks]


def _again(kind: str, row: Any, ahead: int, months: int) -> Any:
    """The row that many months later."""
    changed: dict[str, Any] = {name: _later(row, name, months) for name in _DAYS if hasattr(row, name)}
    if kind == "contract":
        changed |= {"outcome": "open", "outcome_on": None, "outcome_amount": None}
    return replace(row, id=f"{row.id}:again:{ahead}", known_on=None, **changed)


def _sized(row: Any, kind: str, factor: Decimal) -> Any:
    """The row with its amounts times a factor."""
    places = decimals(getattr(row, "currency", "EUR"))
    amounts = {name: value for name in _amounts(kind) if (value := getattr(row, name)) is not None}
    return replace(row, **{name: rounded(value * factor, places) for name, value in amounts.items()})


def _later(row: Any, name: str, months: int) -> date | None:
    day: date | None = getattr(row, name)
    return moved(day, months) if day else None


def _amounts(kind: str) -> tuple[str, ...]:
    found = _AMOUNTS.get(kind)
    if found is None:
        found = _AMOUNTS[kind] = tuple(a.name for a in attributes(kind) if a.kind == MONEY)
    return found


_AMOUNTS: dict[str, tuple[str, ...]] = {}


def kinds_with_business(habits: Mapping[tuple[str, str], Any]) -> list[str]:
    """The kinds of business that the book has, in order."""
    return sorted({kind for _, kind in habits})
