"""What the people of a partner hold and where each of them stands on a pathway, by facts of certificates and sessions.

A renewed certificate counts by its latest row. What runs out within half a year is said as such: within 90 days it is
soon. Nothing here decides what a program counts; that is the engine's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.engine.period import add_months
from partnerdesk.models.enablement import attendance
from partnerdesk.models.facts import TABLES
from partnerdesk.queries.enablement.pathways import CERTIFICATE, TRAINING, Pathway, PathwayStep

SOON, LATER = timedelta(days=90), timedelta(days=180)
HELD, EXPIRES, EXPIRED, COVERED, OPEN, WAITS = "held", "expires", "expired", "covered", "open", "waits"


@dataclass(frozen=True, slots=True)
class Held:
    """A certificate that a person earned, or a training that one passed; `fact` is the row it stands in."""

    person: str
    form: str
    title: str
    level: str
    earned: date | None
    expires: date | None
    fact: str

    def is_over(self, as_of: date) -> bool:
        return self.expires is not None and self.expires < as_of

    def runs_out(self, as_of: date, within: timedelta) -> bool:
        """In force, and not beyond so many days."""
        return self.expires is not None and as_of <= self.expires <= as_of + within


@dataclass(frozen=True, slots=True)
class StepState:
    """How a person stands at a step: held, expires (within 180 days), expired, covered (something that builds on it is
    held), open (may be taken now) or waits."""

    step: PathwayStep
    state: str
    held: Held | None
    missing: tuple[str, ...] = ()  # what has to be held before

    @property
    def is_held(self) -> bool:
        return self.state in (HELD, EXPIRES)


@dataclass(frozen=True, slots=True)
class Walker:
    """A person on a pathway."""

    person: str
    steps: tuple[StepState, ...]

    @property
    def next_step(self) -> PathwayStep | None:
        """The first step that may be taken or renewed now."""
        return next((s.step for s in self.steps if s.state in (OPEN, EXPIRED)), None)

    @property
    def done(self) -> int:
        """How many steps are held, or covered by one that builds on them."""
        return sum(s.is_held or s.state == COVERED for s in self.steps)


def holdings(session: Session, partner: str, as_of: date) -> tuple[Held, ...]:
    """What people of a partner hold or held, the latest row of each; sessions that they attended or passed too."""
    latest: dict[tuple[str, str, str, str], Held] = {}
    for row in (*_certificates(session, partner, as_of), *_trainings(session, partner, as_of)):
        key = (row.person.casefold(), row.form, row.title.casefold(), row.level.casefold())
        if key not in latest or _later(row, latest[key]):
            latest[key] = row
    return tuple(sorted(latest.values(), key=lambda h: (h.person.casefold(), h.title, h.level)))


def walkers(way: Pathway, found: Sequence[Held], as_of: date) -> tuple[Walker, ...]:
    """Everybody who holds, or held, something of a pathway; who is furthest comes first."""
    on_it = {h.person for h in found if any(step.fits(h.title, h.level) for step in way.steps)}
    made = (Walker(person, _states(way, [h for h in found if h.person == person], as_of)) for person in on_it)
    return tuple(sorted(made, key=lambda w: (-w.done, w.person.casefold())))


def _states(way: Pathway, own: Sequence[Held], as_of: date) -> tuple[StepState, ...]:
    best = {step.id: _best(step, own) for step in way.steps}
    holds = {id for id, held in best.items() if held is not None and not held.is_over(as_of)}
    once = {id for id, held in best.items() if held is not None}
    taught = {step.id for step in way.steps if step.form == TRAINING}
    covered = (_before(way, holds) | (_before(way, once) & taught)) - holds
    return tuple(_state(way, step, best[step.id], holds | covered, covered, as_of) for step in way.steps)


def _before(way: Pathway, held: set[int]) -> set[int]:
    """The steps that these build on: whoever holds one was taught them, and stays taught when it runs out."""
    found, ahead = set[int](), [step for step in way.steps if step.id in held]
    while ahead:
        for before in way.before(ahead.pop()):
            if before.id not in found:
                found.add(before.id)
                ahead.append(before)
    return found


def _state(
    way: Pathway, step: PathwayStep, held: Held | None, holds: set[int], covered: set[int], as_of: date
) -> StepState:
    if held is not None and not held.is_over(as_of):
        return StepState(step, EXPIRES if held.runs_out(as_of, LATER) else HELD, held)
    if step.id in covered:
        return StepState(step, COVERED, held)
    missing = tuple(s.words for s in way.before(step) if s.id not in holds)
    if missing:
        return StepState(step, WAITS, held, missing)
    return StepState(step, EXPIRED if held is not None else OPEN, held)


def _best(step: PathwayStep, own: Sequence[Held]) -> Held | None:
    """The row that holds longest; where it names no last day, the months of the step give one."""
    fitting = [_ended(step, h) for h in own if step.fits(h.title, h.level)]
    return max(fitting, key=lambda h: (h.expires or date.max, h.earned or date.min, h.fact), default=None)


def _ended(step: PathwayStep, held: Held) -> Held:
    if held.expires is not None or step.months is None or held.earned is None:
        return held
    day = add_months(held.earned, step.months)
    return Held(held.person, held.form, held.title, held.level, held.earned, day, held.fact)


def _later(row: Held, other: Held) -> bool:
    return (row.expires or date.max, row.earned or date.min) > (other.expires or date.max, other.earned or date.min)


def _certificates(session: Session, partner: str, as_of: date) -> Iterator[Held]:
    table = TABLES["certification"].c
    query = select(table.person, table.certificate, table.level, table.awarded, table.expires, table.id)
    for person, title, level, awarded, expires, id in session.execute(query.where(table.partner == partner)):
        if awarded is None or awarded <= as_of:
            yield Held(person, CERTIFICATE, title, level, awarded, expires, id)


def _trainings(session: Session, partner: str, as_of: date) -> Iterator[Held]:
    """Sessions that somebody attended or passed, by the session's title."""
    activity = TABLES["activity"].c
    query = (
        select(attendance.c.person, activity.title, activity.day, activity.id)
        .join_from(attendance, TABLES["activity"], activity.id == attendance.c.activity)
        .where(attendance.c.partner == partner, attendance.c.result.in_(("attended", "passed")))
    )
    for person, title, day, id in session.execute(query):
        if day is None or day <= as_of:
            yield Held(person, TRAINING, title, "", day, None, id)
