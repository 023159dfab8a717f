"""What went well: how far a partner's score and its parts rose, and what was won together, as it was evaluated."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from partnerdesk.engine.facts import Facts
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import Component, Score
from partnerdesk.engine.whole import Outcome
from partnerdesk.queries.joint.actions import DONE, ActionRow

LEAST = Decimal(1)  # points of the score below which nobody is called improved
NAMED = 3


@dataclass(frozen=True, slots=True)
class Rise:
    """A score against that of the period before; `part` is the component that added most of the difference."""

    score: Decimal
    before: Decimal
    period: str
    part: str = ""
    measured: Decimal | None = None
    measured_before: Decimal | None = None
    unit: str = ""

    @property
    def points(self) -> Decimal:
        return self.score - self.before


@dataclass(frozen=True, slots=True)
class Improved:
    """A partner whose score rose, by name."""

    partner: str
    partner_name: str
    rise: Rise


@dataclass(frozen=True, slots=True)
class Together:
    """What both sides reached since a day: deals won, renewals kept, commitments kept."""

    since: date
    deals: int
    renewals: int
    kept: int


def rise_of(outcome: Outcome, as_of: date) -> Rise | None:
    """How the newest finished score compares with the one before; None where there are not two."""
    finished = [s for label in outcome.scores if (s := outcome.scores[label]).period.end <= as_of]
    if len(finished) < 2:
        return None
    before, now = finished[-2:]
    part, old = _moved_most(before, now)
    if part is None:
        return Rise(now.total, before.total, now.period.label)
    measured_before = old.measured if old is not None else None
    return Rise(now.total, before.total, now.period.label, part.label, part.measured, measured_before, part.unit)


def _moved_most(
    before: Score[Decimal], now: Score[Decimal]
) -> tuple[Component[Decimal] | None, Component[Decimal] | None]:
    """The component that added most more than before, and what it was."""
    known = {part.metric: part for part in before.components}
    gains = [(p.adds - (known[p.metric].adds if p.metric in known else ZERO), p) for p in now.components]
    gain, part = max(gains, key=lambda pair: pair[0], default=(ZERO, None))
    return (part, known.get(part.metric)) if part is not None and gain > 0 else (None, None)


def most_improved(found: Iterable[tuple[str, str, Outcome]], as_of: date) -> tuple[Improved, ...]:
    """Up to three partners (id, name, figures) whose score rose by a point or more, the highest rise first."""
    rises = [(id, name, rise_of(outcome, as_of)) for id, name, outcome in found]
    named = [Improved(id, name, rise) for id, name, rise in rises if rise is not None and rise.points >= LEAST]
    return tuple(sorted(named, key=lambda row: (-row.rise.points, row.partner_name))[:NAMED])


def together(
    world: Facts, listed: Sequence[ActionRow], since: date, as_of: date, partner: str | None = None
) -> Together:
    """What was reached between two days with all partners, or with one of them."""

    def counts(row: object) -> bool:
        own = getattr(row, "partner", None)
        return bool(own) and partner in (None, own)

    won = [d for d in world.of("deal") if counts(d) and d.status == "won" and d.closed and since <= d.closed <= as_of]
    ended = [c for c in world.of("contract") if counts(c) and c.outcome_on and since <= c.outcome_on <= as_of]
    renewed = [c for c in ended if c.outcome not in ("open", "churned")]
    kept = [a for a in listed if counts(a) and a.state == DONE and a.ended_on and since <= a.ended_on <= as_of]
    return Together(since, len(won), len(renewed), len(kept))
