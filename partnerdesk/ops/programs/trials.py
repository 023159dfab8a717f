"""Trying a text before it counts: its worked cases, and the money it would have moved in a period that is over.

Both take texts and facts and give plain rows, so that they can run in another process and be waited for.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from partnerdesk.engine.evaluate import evaluate, kinds_used
from partnerdesk.engine.facts import Facts
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.period import Period, period_at, previous_period
from partnerdesk.engine.problem import errors
from partnerdesk.engine.rules import Example, Expected, Program, Transition
from partnerdesk.errors import Refused
from partnerdesk.ops.programs.cases import NO_FIGURE, Found, run_case
from partnerdesk.program.reader import read_program
from partnerdesk.progress import SILENT, Progress
from partnerdesk.queries.drafts import shelf
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import programs
from partnerdesk.queries.statements.archive import closed_statements

_TAKEN = ("clawback", "forfeiture")
Named = tuple[str, str]  # what problems call a text, and the text


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One figure of a case: its number in the case, what it is called, what the case expects, what the rules give."""

    number: int
    figure: str
    expected: Found
    found: Found

    @property
    def is_met(self) -> bool:
        return self.expected == self.found

    @property
    def is_known(self) -> bool:
        """Whether the rules give a figure of that name."""
        return self.found not in (None, NO_FIGURE)


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A worked case. `is_moved` says that its day lies before the version: it is run as if the version held then."""

    number: int
    says: str
    source: str
    as_of: date
    covers: tuple[str, ...]
    answers: tuple[AnswerRow, ...]
    problems: tuple[str, ...]  # what kept it from being worked out
    is_moved: bool

    @property
    def is_met(self) -> bool:
        return not self.problems and all(answer.is_met for answer in self.answers)


def cases_of(others: Sequence[Named], tried: Named, progress: Progress = SILENT) -> tuple[CaseRow, ...]:
    """The cases of a text, each run under it and the `others` that take effect by the case's day.

    A text that cannot be read has no cases.
    """
    program = read_program(tried[1], tried[0]).program
    if program is None:
        return ()
    known = [found for name, text in others if (found := read_program(text, name).program)]
    rows = []
    for number, example in enumerate(program.example):
        rows.append(_case(known, program, number, example))
        progress.step(number + 1, len(program.example), "cases")
    return tuple(rows)


def _case(known: Sequence[Program], program: Program, number: int, example: Example) -> CaseRow:
    is_moved = example.as_of < program.effective_from
    if is_moved:
        program = replace(program, effective_from=date.min, transition=Transition())
        known = ()
    result = run_case([*known, program], program, number)
    answers = tuple(
        AnswerRow(example.expect.index(a.expected), _named(a.expected), a.wanted, a.found) for a in result.answers
    )
    is_explained = any(not a.is_met for a in answers)
    problems = () if is_explained else tuple(f"{p.message} {p.remedy}".strip() for p in errors(result.problems))
    return CaseRow(number, example.says, example.source, example.as_of, example.covers, answers, problems, is_moved)


def _named(expected: Expected) -> str:
    return " · ".join(part for part in (expected.figure, expected.partner, expected.period) if part)


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """What one partner earned in the period by the versions that held, less what was taken back in it, and what it
    would have been.
    """

    partner: str
    name: str
    before: Decimal
    after: Decimal

    @property
    def change(self) -> Decimal:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Trial:
    """What a comparison rests on: the period, whether it is closed, the version that the text stands in for."""

    period: Period
    is_closed: bool
    instead_of: str
    since: date
    currency: str
    versions: tuple[Named, ...]
    facts: Facts
    names: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Money:
    """The comparison, partners with the greatest change first."""

    period: Period
    is_closed: bool
    instead_of: str
    since: date
    currency: str
    rows: tuple[MoneyRow, ...]

    @property
    def before(self) -> Decimal:
        return sum((row.before for row in self.rows), ZERO)

    @property
    def after(self) -> Decimal:
        return sum((row.after for row in self.rows), ZERO)

    @property
    def change(self) -> Decimal:
        return self.after - self.before


def trial(session: Session, today: date, text: str) -> Trial | None:
    """What a text is compared on: the last closed period, or the last one that is over where none is closed.

    None where there is nothing to compare with, or the text cannot be read.
    """
    known, tried = programs(session), read_program(text, "draft").program
    if not known or tried is None:
        return None
    period, is_closed = _last_period(session, known, today)
    held = [v for v in known if v.effective_from <= period.end]
    if not held:
        return None
    world = facts(session, kinds=kinds_used([*known, tried]))
    partners = facts(session, kinds=("partner",)).of("partner")
    return Trial(
        period,
        is_closed,
        held[-1].version,
        held[-1].effective_from,
        held[-1].currency,
        tuple((row.file, row.text) for row in shelf(session, today).versions),
        world,
        tuple((p.id, p.name or p.id) for p in partners),
    )


def _last_period(session: Session, known: Sequence[Program], today: date) -> tuple[Period, bool]:
    """The last closed period, or the last one that is over; and which of the two."""
    closed = closed_statements(session)
    if closed:
        last = max(closed, key=lambda row: row.end)
        return Period(last.start, last.end, known[-1].statements, last.period), True
    starts = known[-1].fiscal_year
    return previous_period(period_at(today, known[-1].statements, starts), starts), False


def money_moved(given: Trial, tried: Named, progress: Progress = SILENT) -> Money:
    """What the text would have paid in the period had it stood in the place of the version in force then, since that
    version's first day; tiers and running sums follow it from there.

    Raises Refused where the text cannot be read.
    """
    read = read_program(tried[1], tried[0])
    if read.program is None:
        raise Refused(str(read.problems[0]), "Correct the text first.")
    known = [found for name, text in given.versions if (found := read_program(text, name).program)]
    held = [v for v in known if v.effective_from <= given.period.end]
    instead = replace(read.program, effective_from=given.since, transition=held[-1].transition)
    progress.step(0, 2, "as it was")
    before = _earned(held, given)
    progress.step(1, 2, "as the draft says")
    after = _earned([*held[:-1], instead], given)
    progress.step(2, 2, "done")
    rows = [
        MoneyRow(id, name, before.get(id, ZERO), after.get(id, ZERO))
        for id, name in given.names
        if id in before or id in after
    ]
    rows.sort(key=lambda row: (-abs(row.change), -row.before, row.name))
    return Money(given.period, given.is_closed, given.instead_of, given.since, given.currency, tuple(rows))


def _earned(versions: Sequence[Program], given: Trial) -> dict[str, Decimal]:
    outcomes = evaluate(versions, given.facts, given.period.end).partners
    found = {}
    for partner, outcome in outcomes.items():
        lines = [line.amount for line in outcome.lines if given.period.start <= line.process <= given.period.end]
        lines += [e.amount for e in outcome.entries if e.kind in _TAKEN and e.period.label == given.period.label]
        if lines:
            found[partner] = sum(lines, ZERO)
    return found
