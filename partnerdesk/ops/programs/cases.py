"""The worked cases that stand in a program's text: facts, and the figures they must give, to the last digit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from partnerdesk.engine.evaluate import explain
from partnerdesk.engine.figures.figure import Figure
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.naming import answer, lines_of, nearest
from partnerdesk.engine.outcome import EarningLine
from partnerdesk.engine.problem import Problem, errors
from partnerdesk.engine.rules import Example, Expected, Program
from partnerdesk.engine.unpaid import why_unpaid
from partnerdesk.engine.whole import PartnerOutcome
from partnerdesk.intake.plain import PlainFacts, facts_of
from partnerdesk.program.own_attributes import own_attributes

Found = Decimal | str | date | None
NO_FIGURE = "no such figure"
_FEW_REASONS = 3


@dataclass(frozen=True, slots=True)
class Answered:
    """One expected figure with what the engine gives: its plain value, and the figure that explains it.

    `lines` are the earning lines that the figure is or sums.
    """

    expected: Expected
    found: Found
    figure: Figure | None
    lines: "tuple[EarningLine[Figure], ...]" = ()

    @property
    def wanted(self) -> Found:
        expected = self.expected
        return expected.value if expected.value is not None else expected.day or expected.text

    @property
    def is_met(self) -> bool:
        return self.found == self.wanted


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case: what it answered, and what is wrong with it (a figure that differs, facts that cannot be read)."""

    program: Program
    example: Example
    answers: tuple[Answered, ...]
    problems: tuple[Problem, ...]

    @property
    def is_met(self) -> bool:
        return not errors(self.problems)


def run_cases(versions: Sequence[Program]) -> list[CaseResult]:
    """Every case of every version, each under the versions that it is meant for (`versions_of_case`)."""
    return [run_case(versions, program, i) for program in versions for i in range(len(program.example))]


def versions_of_case(versions: Sequence[Program], program: Program, example: Example) -> list[Program]:
    """The versions under which a case of `program` is computed: its own, and those before that it begins after.

    Whoever wrote the case knew no later version: one that applies backwards is shown by a case of its own text.
    """
    before = [v for v in versions if v.effective_from < program.effective_from and v.effective_from <= example.as_of]
    return [*sorted(before, key=lambda v: v.effective_from), program]


def case_facts(program: Program, example: Example, place: str) -> PlainFacts:
    """The facts of a case, as `evaluate` would read them for this version."""
    return facts_of(example.facts, place, program.currency, own_attributes(program))


def run_case(versions: Sequence[Program], program: Program, number: int) -> CaseResult:
    """One case of a version, by its number, under those of `versions` that it is meant for (`versions_of_case`)."""
    example = program.example[number]
    place = f"version {program.version}, example {number + 1} “{example.says}”"
    read = case_facts(program, example, place)
    if errors(read.problems):
        return CaseResult(program, example, (), tuple(read.problems))
    meant = versions_of_case(versions, program, example)
    outcomes, under = explain(meant, read.facts, example.as_of), _under(meant)
    early = _too_early(program, example, place) if len(meant) == 1 else None
    answers, problems = [], [*read.problems, *outcomes.problems]
    for expected in example.expect:
        name = expected.partner or next(iter(outcomes.partners), "")
        if name not in outcomes.partners:
            problems.append(Problem(place, f"there is no partner “{name}” among its facts.", "Correct `partner`."))
            continue
        answered = _answered(outcomes.partners[name], expected)
        answers.append(answered)
        problems += _differs(answered, outcomes.partners[name], place, under)
    if early is not None and not all(answered.is_met for answered in answers):
        problems = [early]
    return CaseResult(program, example, tuple(answers), tuple(problems))


def _too_early(program: Program, example: Example, place: str) -> Problem | None:
    """That a case ends before its version begins, as the cases of last year do in a copy of its text."""
    if example.as_of >= program.effective_from:
        return None
    message = f"its day {example.as_of} is before {program.effective_from}, on which the version takes effect."
    return Problem(place, message, "Move `as_of` and the days of its facts, or check it with the version before.")


def _under(versions: Sequence[Program]) -> str:
    """Which versions computed a figure, where it is more than the one that the case stands in."""
    *before, own = (v.version for v in versions)
    return f" under the versions {', '.join(before)} and {own}" if before else ""


def _answered(outcome: "PartnerOutcome[Figure]", expected: Expected) -> Answered:
    """What the engine gives; a line that is known not to be earned is as good as one of zero."""
    try:
        found = answer(outcome, expected.figure, expected.period)
    except (KeyError, IndexError, StopIteration):
        is_unpaid = expected.value == ZERO and bool(_why_unpaid(outcome, expected.figure))
        return Answered(expected, ZERO if is_unpaid else NO_FIGURE, None)
    if isinstance(found, Figure):
        return Answered(expected, found.value, found, lines_of(outcome, expected.figure, expected.period))
    return Answered(expected, found, None)


def _differs(answered: Answered, outcome: "PartnerOutcome[Figure]", place: str, under: str) -> Iterator[Problem]:
    expected = answered.expected
    if answered.found == NO_FIGURE:
        yield _no_figure(outcome, expected, place, under)
    elif not answered.is_met:
        labels = _labels(outcome, expected.figure)
        label = expected.period or (labels[-1] if labels else "")
        named, found = f"{expected.figure} of {label}" if label else expected.figure, shown(answered.found)
        if answered.found is None and any(name == expected.figure for name, _ in outcome.metrics):
            missing = outcome.metric_in(expected.figure, label).missing
            found += f" ({missing})" if missing else ""
        message = f"{named} is {found}{under}, the case expects {shown(answered.wanted)}."
        yield Problem(place, message, _remedy(outcome, answered, labels))


def _remedy(outcome: "PartnerOutcome[Figure]", answered: Answered, labels: Sequence[str]) -> str:
    """What to do about a figure that differs: where the case names no period, the one may be meant that has it."""
    expected = answered.expected
    meant = [x for x in labels if not expected.period and _answered(outcome, replace(expected, period=x)).is_met]
    other = f" It is {shown(answered.wanted)} in {meant[-1]}: name that `period` where it is meant." if meant else ""
    return f"Correct the rule, or the case where it is wrong.{other}"


def _labels(outcome: "PartnerOutcome[Figure]", figure: str) -> list[str]:
    """The periods of a figure that has one for each; none of a line, or of what is earned in all."""
    metrics = [label for name, label in outcome.metrics if name == figure]
    first_word = figure.partition(".")[0]
    tables = {"score": outcome.scores, "tier": outcome.standings, "reached": outcome.standings}
    if metrics or first_word in tables:
        return metrics or list(tables[first_word])
    if first_word == "payout":
        return list({payout.period.label: payout for payout in outcome.payouts.values()})
    rows = {row.key for statement in outcome.statements.values() for row in statement.rows}
    return list(outcome.statements) if first_word in rows else []


def _no_figure(outcome: "PartnerOutcome[Figure]", expected: Expected, place: str, under: str) -> Problem:
    """That there is no such figure: the name that was meant, or the periods that the figure of this name has."""
    near, period = nearest(outcome, expected.figure), expected.period
    if period and (near == expected.figure or _labels(outcome, expected.figure)):
        message = f"there is no figure {expected.figure} of {period}{under}."
        return Problem(place, message, _periods_of(outcome, expected.figure))
    if reasons := _why_unpaid(outcome, expected.figure):
        message = f"there is no figure {expected.figure}{under}: {'; '.join(reasons)}."
        return Problem(place, message, "Correct the fact, or the rule.")
    remedy = f"Did you mean {near}?" if near else "The reference lists the names of figures."
    return Problem(place, f"there is no figure {expected.figure}{under}.", remedy)


def _why_unpaid(outcome: "PartnerOutcome[Figure]", figure: str) -> list[str]:
    """Why the line that is expected is not there, where it is known: a few reasons, each once."""
    return list(dict.fromkeys(left.reason for left in why_unpaid(outcome, figure)))[:_FEW_REASONS]


def _periods_of(outcome: "PartnerOutcome[Figure]", name: str) -> str:
    """For which periods there is a figure."""
    metrics = [label for metric, label in outcome.metrics if metric == name]
    if metrics:
        first, last = metrics[0], metrics[-1]
        span = first if first == last else f"{first} to {last}"
        month = [*outcome.views.periods("month")][-1]
        return f"Its periods are {span}, and the months (as {month}), quarters, halves and years of that time."
    labels = _labels(outcome, name) or list(outcome.statements)
    return f"Its periods are {', '.join(labels[-4:])}." if labels else "It has no period."


def shown(value: Found) -> str:
    """A value in a message."""
    return "not evaluated" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def without_case(program: Program) -> list[str]:
    """The rules that no case says it works out, or names by a figure that it expects, by key."""
    kinds = ("earning", "cap", "safety_net", "holdback", "module")
    rules = [f"{kind}.{name}" for kind in kinds for name in getattr(program, kind)]
    rules += ["score"] if program.score else []
    rules += [f"tier.{tier.name}" for tier in program.tier[1:]]
    worked_out = {key for example in program.example for key in example.covers}
    worked_out |= {key for example in program.example for e in example.expect for key in _named_by(e)}
    return [rule for rule in rules if rule not in worked_out]


def _named_by(expected: Expected) -> Iterator[str]:
    """What a figure names as a rule: commission:D1, earned.commission, safety_net.floor:2026Q1, score, tier Gold."""
    first, _, part = expected.figure.partition(".")
    if first in ("tier", "reached") and not part:
        yield f"tier.{expected.text}"
        return
    owner = (part if first in ("earned", "payable") else expected.figure).partition(":")[0]
    yield from (owner, f"earning.{owner}")
