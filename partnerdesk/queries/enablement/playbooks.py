"""The playbooks of a book, shipped and own ones; what fits a partner; and what starting one would create."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.engine.outcome import CURRENT, Requirement
from partnerdesk.engine.rules import Program
from partnerdesk.engine.tiers.levers import levers
from partnerdesk.engine.whole import Outcome
from partnerdesk.errors import Refused
from partnerdesk.meant import unknown
from partnerdesk.models.playbooks import playbook, playbook_step
from partnerdesk.queries.enablement.gaps import metric_value, own_program
from partnerdesk.queries.enablement.playbook import PARTNER, VENDOR, Playbook, PlaybookStep, due_day, words_of
from partnerdesk.queries.enablement.shipped import shipped
from partnerdesk.queries.figures import outcome, programs
from partnerdesk.queries.partners.people import PersonRow, partner_card, people
from partnerdesk.queries.unknown import no_partner

_OWN = "own-"
_MANAGER = ("account manager", "partner manager")  # roles that the partner's owner has
_RANKS = frozenset({"manager", "lead", "director", "head", "of"})  # words that many roles have
_NOBODY = PersonRow(id="", name="", side="", partner=None, role="", email="", phone="")


@dataclass(frozen=True, slots=True)
class Offer:
    """A playbook for a partner; `reasons` say why it fits now. Without any it may be started all the same."""

    playbook: Playbook
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """An action that starting would create: from a step, on its day, for whoever has the role there."""

    text: str
    side: str
    team: str
    role: str
    owner: str
    due: date
    measure: str
    internal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A metric that a goal may be measured by, with its value today."""

    metric: str
    says: str
    unit: str
    value: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What starting a playbook would create. `metric` is the measure it would take, empty for none."""

    playbook: Playbook
    partner: str
    partner_name: str
    start: date
    workdays: bool
    actions: tuple[Planned, ...]
    metric: str
    measures: tuple[Measure, ...]
    owners: tuple[tuple[str, str], ...]  # side and name of everybody who may own one

    @property
    def without_owner(self) -> int:
        return sum(not action.owner for action in self.actions)


def playbooks(session: Session) -> tuple[Playbook, ...]:
    """All of them by title: the book's own and the shipped ones."""
    return tuple(sorted((*_own(session), *shipped()), key=lambda p: (p.title.casefold(), p.key)))


def playbook_named(session: Session, key: str) -> Playbook:
    """One by its key. Raises Refused where there is none."""
    known = {p.key: p for p in playbooks(session)}
    if key not in known:
        titles = {p.key: p.title for p in known.values()}
        raise unknown("playbook", key, titles, "Playbooks and `partnerdesk playbook list` show those there are.")
    return known[key]


def offered(session: Session, partner: str, as_of: date) -> tuple[Offer, ...]:
    """All playbooks for the partner's type, those that its stage, its next tier or its score call for first."""
    card = partner_card(session, partner)
    fitting = [p for p in playbooks(session) if card is None or p.fits_type(card.type)]
    if card is None or not card.is_described or not programs(session):
        return tuple(Offer(p, ()) for p in fitting)
    found, program = outcome(session, partner, as_of), own_program(session, partner, as_of)
    offers = [Offer(p, tuple(_reasons(p, found, program))) for p in fitting]
    return tuple(sorted(offers, key=lambda offer: -len(offer.reasons)))


def preview(
    session: Session, partner: str, key: str, start: date, as_of: date, workdays: bool | None = None
) -> Preview:
    """What starting would create. Raises Refused for an unknown partner or playbook, or one without steps."""
    chosen, card = playbook_named(session, key), partner_card(session, partner)
    if card is None:
        raise no_partner(session, partner)
    if not chosen.steps:
        raise Refused(f"“{chosen.title}” has no steps.", "Add its steps first.")
    by_workdays = chosen.workdays if workdays is None else workdays
    measures = _measures(session, partner, as_of)
    known = {m.metric for m in measures}
    return Preview(
        playbook=chosen,
        partner=partner,
        partner_name=card.name,
        start=start,
        workdays=by_workdays,
        actions=planned_actions(session, chosen, partner, start, by_workdays),
        metric=next((m for m in chosen.metrics if m in known), ""),
        measures=measures,
        owners=_owners(session, partner),
    )


def planned_actions(
    session: Session, chosen: Playbook, partner: str, start: date, workdays: bool
) -> tuple[Planned, ...]:
    """The actions of a playbook for a partner by their days, each for whoever has its role."""
    card, ours, theirs = partner_card(session, partner), people(session, None), people(session, partner)
    manager = card.owner_name if card is not None else ""
    return tuple(_planned(step, start, workdays, manager, ours, theirs) for step in chosen.steps)


def _owners(session: Session, partner: str) -> tuple[tuple[str, str], ...]:
    sides = ((VENDOR, None), (PARTNER, partner))
    return tuple((side, person.name) for side, of in sides for person in people(session, of))


def _own(session: Session) -> Iterator[Playbook]:
    steps: dict[int, list[PlaybookStep]] = defaultdict(list)
    query = select(playbook_step).order_by(playbook_step.c.position, playbook_step.c.id)
    for row in session.execute(query).mappings():
        values = {name: value for name, value in row.items() if name != "playbook"}
        steps[row["playbook"]].append(PlaybookStep(**values))
    for row in session.execute(select(playbook)).mappings():
        yield Playbook(
            key=f"{_OWN}{row['id']}",
            id=row["id"],
            title=row["title"],
            says=row["says"],
            stages=words_of(row["stages"]),
            types=words_of(row["types"]),
            goal=row["goal"],
            metrics=words_of(row["metric"]),
            workdays=row["workdays"],
            steps=tuple(steps[row["id"]]),
        )


def _reasons(chosen: Playbook, found: Outcome, program: Program) -> Iterator[str]:
    stage = next((s.name for s in found.stages.values() if s.state == CURRENT), "")
    if stage and chosen.fits_stage(stage):
        yield f"Made for stage {stage}"
    metric = next((m for m in chosen.metrics if m in program.metric), "")
    labels = list(found.standings)
    if not metric or not labels:
        return
    standing, score = found.standings[labels[-1]], found.scores.get(labels[-1])
    following = next((t for t in standing.tiers if t.name == standing.next_tier), None)
    says = program.metric[metric].says or metric
    if following is not None and any(n.metric == metric and not n.met for n in _flat((following.requirement,))):
        yield f"{following.name} asks for {says[:1].lower()}{says[1:]}"
    if program.score and score and any(lever.metric == metric for lever in levers(program.score, score)):
        yield f"{says} is below its target"


def _flat(needs: Iterable[Requirement[Decimal]]) -> Iterator[Requirement[Decimal]]:
    for need in needs:
        yield need
        yield from _flat(need.parts)


def _measures(session: Session, partner: str, as_of: date) -> tuple[Measure, ...]:
    """The metrics of the partner's program by name, with the unit and value of the running period."""
    card = partner_card(session, partner)
    if not programs(session) or card is None or not card.is_described:
        return ()
    found, program = outcome(session, partner, as_of), own_program(session, partner, as_of)
    shown = {metric: result for (metric, _), result in found.metrics.items()}  # the last period of each
    return tuple(
        Measure(metric=key, says=shown[key].label, unit=shown[key].unit, value=metric_value(found, key))
        for key in program.metric
        if key in shown
    )


def _planned(
    step: PlaybookStep,
    start: date,
    workdays: bool,
    manager: str,
    ours: Sequence[PersonRow],
    theirs: Sequence[PersonRow],
) -> Planned:
    if step.side == PARTNER:
        owner = _with_role(step.role, theirs)
    else:
        owner = manager if step.role.casefold() in _MANAGER else _with_role(step.role, ours)
    return Planned(
        text=step.text,
        side=step.side,
        team=step.team,
        role=step.role,
        owner=owner,
        due=due_day(start, step.days, workdays),
        measure=step.measure,
        internal=step.internal,
    )


def _with_role(role: str, among: Sequence[PersonRow]) -> str:
    """Who has a role: whose own words hold all that tell it from others, and most of the rest; else nobody."""
    asked = set(role.casefold().split())
    fitting = [(p, set(p.role.casefold().split())) for p in among]
    fitting = [(p, words) for p, words in fitting if words & asked and asked - _RANKS <= words]
    return min(fitting, key=lambda one: (-len(one[1] & asked), one[0].name), default=(_NOBODY, set()))[0].name
