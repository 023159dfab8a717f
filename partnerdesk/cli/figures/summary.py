"""Outcomes as text for a person at a terminal: all partners, or one partner in detail."""

from collections.abc import Mapping
from decimal import Decimal

from partnerdesk.cli.terminal import say, table
from partnerdesk.engine.figures.reasons import day_words, line_reason
from partnerdesk.engine.figures.telling import value_words
from partnerdesk.engine.money import decimals
from partnerdesk.engine.outcome import CURRENT, MetricResult, Requirement, Statement
from partnerdesk.engine.whole import Outcome
from partnerdesk.reports.format import Formats

PAYOUTS_SHOWN = 6
LINES_SHOWN = 20
FUND_COLUMNS = ("issued", "requested", "approved", "claimed", "paid", "expired", "available")
MARKS = {True: "met", False: "not met"}


def say_partners(names: Mapping[str, str], outcomes: Mapping[str, Outcome]) -> None:
    """One line per partner: tier and score of the last period, and the closing of the last statement."""
    formats = Formats()
    rows = []
    for key, outcome in outcomes.items():
        standing = next(reversed(list(outcome.standings.values())), None)
        score = next(reversed(list(outcome.scores.values())), None)
        last = next(reversed(list(outcome.statements.values())), None)
        closing = last.row("closing") if last else None
        rows.append(
            (
                key,
                names[key],
                standing.tier if standing else "",
                formats.number(score.total, 1) if score else "",
                last.period.label if last else "",
                formats.amount(closing.held, outcome.currency) if closing else "",
                formats.amount(closing.payable, outcome.currency) if closing else "",
                outcome.currency,
            )
        )
    head = ("Partner", "Name", "Tier", "Score", "Statement", "Held", "Payable", "Currency")
    for line in table(head, rows, frozenset({3, 5, 6})):
        say(line)


def say_partner(name: str, outcome: Outcome) -> None:
    """Metrics, score and standing of the last period, and the last statement as a roll-forward."""
    formats = Formats(places=decimals(outcome.currency))
    say(f"{name} ({outcome.partner})")
    for standing in list(outcome.standings.values())[-1:]:
        say(
            f"  Tier {standing.tier} in {standing.period}"
            + _next_tier(standing.next_tier, formats, standing.points_short)
        )
        for reason in standing.held_back:
            say(f"    No tier above {standing.tiers[0].name}: {reason}")
        for view in standing.tiers:
            if view.name == standing.next_tier:
                _say_requirement(view.requirement, formats, "    ")
    _say_stages(outcome, formats)
    for score in list(outcome.scores.values())[-1:]:
        say(f"  Score {formats.number(score.total, 1)} in {score.period}")
        for part in score.components:
            value = value_words(part.measured, part.unit) if part.measured is not None else part.missing
            points = f"{formats.number(part.points, 1)} points x {part.weight.normalize():f} %"
            say(f"    {part.label}: {value} = {points} = {formats.number(part.adds, 2)}")
    for metric, period in _last_periods(outcome):
        _say_metric(outcome.metrics[metric, period], period, formats)
    for statement in list(outcome.statements.values())[-1:]:
        _say_lines(statement)
        say(f"  Statement {statement.period}, {statement.currency}")
        rows = [(r.label, *(formats.accounting(v) for v in (r.held, r.payable, r.total))) for r in statement.rows]
        for line in table(("", "Held", "Payable", "Total"), rows, frozenset({1, 2, 3})):
            say(f"    {line}")
    _say_payouts(outcome, formats)
    _say_funds(outcome, formats)
    say()


def say_standing(outcome: Outcome, asked: str) -> None:
    """Why a tier is in force or reached: since when, what the figures reach, and what each tier requires.

    `asked` is `tier` or `reached`, with `:PERIOD` or for the last one; of any other name nothing is said.
    """
    word, _, period = asked.partition(":")
    if word not in ("tier", "reached") or not outcome.standings:
        return
    standing = outcome.standings[period or list(outcome.standings)[-1]]
    formats = Formats(places=decimals(outcome.currency))
    since = f", in force since {day_words(standing.since)}" if standing.since else ""
    say(f"  {standing.tier} in {standing.period}{since}; its figures reach {standing.reached}")
    for reason in filter(None, (standing.stays, *standing.held_back)):
        say(f"  {reason}")
    for view in standing.tiers[1:]:
        say(f"  {view.name}: {MARKS[view.requirement.met]}")
        for part in view.requirement.parts or (view.requirement,):
            _say_requirement(part, formats, "    ")


def _say_lines(statement: Statement[Decimal]) -> None:
    """The lines of a statement, each with its reason, and the events that earned nothing."""
    for many, title, rows in (
        (len(statement.lines), "Lines", [(line.id, line_reason(line)) for line in statement.lines[:LINES_SHOWN]]),
        (
            len(statement.uncounted),
            "Did not earn",
            [(left.fact.id, f"{left.reason} ({left.rule})") for left in statement.uncounted[:LINES_SHOWN]],
        ),
    ):
        if rows:
            say(f"  {title} in {statement.period}")
        for id, reason in rows:
            say(f"    {id}: {reason}")
        if many > len(rows):
            say(f"    and {many - len(rows)} more: all of them are in --json")


def _say_funds(outcome: Outcome, formats: Formats) -> None:
    """What stands in each fund as of the day."""
    for fund in outcome.funds.values():
        said = ", ".join(f"{column} {formats.money(getattr(fund, column))}" for column in FUND_COLUMNS)
        say(f"  {fund.says}, {outcome.currency}: {said}")


def _say_payouts(outcome: Outcome, formats: Formats) -> None:
    """The last payouts by settlement period, and what could still be taken back."""
    found = list(outcome.payouts.values())[-PAYOUTS_SHOWN:]
    if found:
        say(f"  Payouts, {outcome.currency}")
        rows = [
            (p.key, f"{p.day:%Y-%m-%d}", *(formats.accounting(n) for n in (p.moved, p.paid, p.carried)), p.because)
            for p in found
        ]
        head = ("Period", "Day", "Became payable", "Paid", "Carried", "")
        for line in table(head, rows, frozenset({2, 3, 4})):
            say(f"    {line}")
    risks = [max(risk.amount for risk in risks) for risks in outcome.at_risk.values()]
    if risks:
        lines = f"{len(outcome.at_risk)} line{'s' * (len(outcome.at_risk) != 1)}"
        say(f"  At risk of clawback, {outcome.currency}: {formats.money(sum(risks, Decimal()))} of {lines}")


def _say_stages(outcome: Outcome, formats: Formats) -> None:
    """The stages of the partner's life, with what completes the one it is in."""
    for stage in outcome.stages.values():
        says = f": {stage.says}" if stage.says else ""
        say(f"  Stage {stage.name} ({stage.state}){says}")
        if stage.requirement is not None and stage.state == CURRENT:
            _say_requirement(stage.requirement, formats, "    ")


def _next_tier(tier: str | None, formats: Formats, short: Decimal | None) -> str:
    if tier is None:
        return ""
    points = f", {formats.number(short, 1)} points short" if short else ""
    return f"; next {tier}{points}"


def _say_requirement(need: Requirement[Decimal], formats: Formats, indent: str) -> None:
    told = need.missing
    if not told and need.value is not None and need.bounds:
        asked = " and ".join(f"{word} {value_words(bound, need.unit)}" for word, bound in need.bounds)
        told = f"{value_words(need.value, need.unit)}; needed: {asked}"
    say(f"{indent}{need.text}: {MARKS[need.met]}" + (f" ({told})" if told else ""))
    for part in need.parts:
        _say_requirement(part, formats, f"{indent}  ")


def _last_periods(outcome: Outcome) -> list[tuple[str, str]]:
    last: dict[str, str] = {}
    for metric, period in outcome.metrics:
        last[metric] = period
    return list(last.items())


def _say_metric(found: MetricResult[Decimal], period: str, formats: Formats) -> None:
    value = found.missing if found.value is None else value_words(found.value, found.unit)
    say(f"  {found.label}: {value} in {period}")
