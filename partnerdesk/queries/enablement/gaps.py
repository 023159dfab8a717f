"""What is missing in enablement: requirements of tiers and stages that rest on certificates or sessions.

Whether a requirement is met, and what is there of it, is the engine's figure: today, and on a day ahead with the same
facts, so that what runs out by then no longer counts. Beside it stands how it is closed: certificate, pathway, people.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from partnerdesk.engine.evaluate import evaluate, kinds_used
from partnerdesk.engine.outcome import CURRENT, Requirement, Standing
from partnerdesk.engine.rules import Metric, Program
from partnerdesk.engine.terms.modules import laid_over, modules_of
from partnerdesk.engine.whole import Outcome
from partnerdesk.queries.enablement.held import EXPIRED, LATER, OPEN, SOON, WAITS, Held, Walker, holdings, walkers
from partnerdesk.queries.enablement.pathways import (
    CERTIFICATE,
    Pathway,
    PathwayStep,
    Route,
    certificate_metrics,
    counts,
    pathways,
    routes,
    session_kinds,
)
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import evaluation, programs

_FAR = 99  # steps: a pathway that leads there is said before one that is not known
NEXT_TIER, OWN_TIER, STAGE = "next tier", "tier", "stage"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who can close a gap soonest: a person and what that person would take or renew next."""

    person: str
    step: str
    pathway: str
    is_renewal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EnablementGap:
    """A requirement that is not met, or is met and will not be in half a year unless somebody renews.

    `asks` is whose it is: the next tier, the tier held, or the stage; `name` its name. `left_90` and `left_180` are
    the engine's value on those days if nothing is renewed. `sessions` are kinds of session where those are counted,
    `period` is the label of the review period whose figure `value` is.
    """

    asks: str
    name: str
    requirement: str
    metric: str
    period: str
    value: Decimal | None
    needed: Decimal
    missing: Decimal
    unit: str
    met: bool
    left_90: Decimal | None
    left_180: Decimal | None
    routes: tuple[Route, ...]
    sessions: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    expiring: tuple[Held, ...]

    @property
    def how(self) -> str:
        """The first certificate that counts, and the pathway to it; nothing where none is known."""
        return self.routes[0].words if self.routes else ""

    @property
    def first_loss(self) -> date | None:
        """The day after which the first certificate that counts has run out."""
        return min((h.expires for h in self.expiring if h.expires), default=None)


@dataclass(frozen=True, slots=True)
class _Book:
    """What the gaps of a partner are read from, once."""

    program: Program
    ways: tuple[Pathway, ...]
    held: tuple[Held, ...]
    later: tuple[Outcome | None, ...]  # in 90 and in 180 days; None where nobody asked
    period: str
    as_of: date


def enablement_gaps(
    session: Session, partner: str, as_of: date, period: str = "", *, ahead: bool = True
) -> tuple[EnablementGap, ...]:
    """The gaps of a partner, the next tier's first; of a review period, the running one for an empty label.

    Empty without a program, for a partner that nothing describes, and where nothing that is asked rests on
    certificates or sessions. Without `ahead` nothing is evaluated for days to come: only what is not met now is told.
    """
    found = evaluation(session, as_of).partners.get(partner) if programs(session) else None
    if found is None:
        return ()
    standing = _standing(found, period)
    program = own_program(session, partner, as_of)
    label = standing.period.label if standing is not None else ""
    asked = [a for a in _asked(found, standing) if _is_taught(program, a[2].metric)]
    if not asked:
        return ()
    later = figures_on(session, partner, as_of + SOON, as_of + LATER) if ahead else (None, None)
    book = _Book(program, pathways(session), holdings(session, partner, as_of), later, label, as_of)
    gaps = (_gap(book, *one) for one in asked)
    return tuple(gap for gap in gaps if not gap.met or (gap.left_180 is not None and gap.left_180 < gap.needed))


def own_program(session: Session, partner: str, as_of: date) -> Program:
    """The version in force with the modules that are the partner's."""
    versions = programs(session)
    current = ([p for p in versions if p.effective_from <= as_of] or [versions[0]])[-1]
    found = facts(session, partner, kinds=("partner", "enrolment"))
    (row,) = found.of("partner")
    return laid_over(current, modules_of(current, row, found.of("enrolment"), as_of))


def metric_value(found: Outcome, metric: str) -> Decimal | None:
    """The value of a metric in the last period that it is shown for."""
    labels = [label for name, label in found.metrics if name == metric]
    return found.metrics[metric, labels[-1]].value if labels else None


def figures_on(session: Session, partner: str, *days: date) -> tuple[Outcome, ...]:
    """The figures of one partner on days before or after today, from the facts as they are."""
    versions = programs(session)
    world = facts(session, kinds=kinds_used(versions))
    return tuple(evaluate(versions, world, day, partners=[partner]).partners[partner] for day in days)


def _standing(found: Outcome, period: str) -> Standing[Decimal] | None:
    labels = list(found.standings)
    label = period if period in labels else (labels or [""])[-1]
    return found.standings[label] if label else None


def _asked(found: Outcome, standing: Standing[Decimal] | None) -> Iterator[tuple[str, str, Requirement[Decimal]]]:
    """Whose requirement, its name, and the requirement itself; each metric once, the next tier's first."""
    places: list[tuple[str, str, Requirement[Decimal]]] = []
    if standing is not None:
        tiers = {t.name: t.requirement for t in standing.tiers}
        asking = ((NEXT_TIER, standing.next_tier or ""), (OWN_TIER, standing.tier))
        places += [(asks, name, tiers[name]) for asks, name in asking if name in tiers]
    for stage in found.stages.values():
        if stage.state == CURRENT and stage.requirement is not None:
            places.append((STAGE, stage.name, stage.requirement))
    for asks, name, requirement in places:
        for single in _single(requirement):
            if single.metric and single.needed is not None:
                yield asks, name, single


def _single(need: Requirement[Decimal]) -> Iterator[Requirement[Decimal]]:
    if not need.parts:
        yield need
    for part in need.parts:
        yield from _single(part)


def _is_taught(program: Program, metric: str) -> bool:
    return bool(certificate_metrics(program, metric) or session_kinds(program, metric))


def _gap(book: _Book, asks: str, name: str, need: Requirement[Decimal]) -> EnablementGap:
    bases, needed = certificate_metrics(book.program, need.metric), need.needed or Decimal(0)
    expiring = [h for h in book.held if h.form == CERTIFICATE and h.runs_out(book.as_of, LATER)]
    left = [metric_value(found, need.metric) if found is not None else None for found in book.later]
    return EnablementGap(
        asks=asks,
        name=name,
        requirement=need.text,
        metric=need.metric,
        period=book.period,
        value=need.value,
        needed=needed,
        missing=needed if need.gap is None else need.gap,
        unit=need.unit,
        met=need.met,
        left_90=left[0],
        left_180=left[1],
        routes=routes(book.ways, book.program, need.metric),
        sessions=session_kinds(book.program, need.metric),
        candidates=tuple(_candidates(book, need.metric)) if bases else (),
        expiring=tuple(h for h in expiring if counts(bases, h.title, h.level)),
    )


def _candidates(book: _Book, metric: str) -> Iterator[Candidate]:
    """People who hold nothing that counts, and what they would take next; renewals first, each person once."""
    bases = certificate_metrics(book.program, metric)
    counting = {h.person for h in book.held if _counts(bases, h) and not h.is_over(book.as_of)}
    found: list[tuple[int, Candidate]] = []
    for way in book.ways:
        for walker in walkers(way, book.held, book.as_of):
            found += _ways_on(bases, way, walker)
    found += [(_FAR, Candidate(h.person, h.title, "", True)) for h in book.held if _counts(bases, h)]
    best: dict[str, Candidate] = {}
    for _, one in sorted(found, key=lambda f: (not f[1].is_renewal, f[0], f[1].pathway)):
        if one.person not in counting:
            best.setdefault(one.person, one)
    yield from sorted(best.values(), key=lambda c: (not c.is_renewal, c.person.casefold()))


def _ways_on(bases: Sequence[Metric], way: Pathway, walker: Walker) -> Iterator[tuple[int, Candidate]]:
    """What a person would take next on a pathway to its first certificate that counts, and how many steps that is."""
    upto = next((n for n, s in enumerate(walker.steps, 1) if _leads(bases, s.step)), 0)
    left = [s for s in walker.steps[:upto] if s.state in (OPEN, EXPIRED, WAITS)]
    now = next((s for s in left if s.state in (OPEN, EXPIRED)), None)
    if now is not None:
        yield len(left), Candidate(walker.person, now.step.words, way.name, now.state == EXPIRED)


def _leads(bases: Sequence[Metric], step: PathwayStep) -> bool:
    return step.form == CERTIFICATE and counts(bases, step.title, step.level)


def _counts(bases: Sequence[Metric], held: Held) -> bool:
    return held.form == CERTIFICATE and counts(bases, held.title, held.level)
