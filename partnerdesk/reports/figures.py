"""Every computed figure as JSON for people and programs: what `evaluate --json` prints and `make run` leaves behind.

Numbers are exact texts, never JSON numbers, days are ISO texts, and the order is that of the evaluation, so the same
facts give the same bytes. The frozen form of a closed statement is not this: it is `engine.record.canonical`.
"""

from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeAlias

from partnerdesk.engine.figures.figure import Excluded, Figure
from partnerdesk.engine.figures.steps import steps_of, written_out
from partnerdesk.engine.money import ONE, decimals
from partnerdesk.engine.outcome import (
    AtRisk,
    EarningLine,
    Entry,
    Payout,
    Requirement,
    Row,
    StageView,
    Standing,
    Statement,
)
from partnerdesk.engine.outcome.record import plain
from partnerdesk.engine.problem import Problem
from partnerdesk.engine.whole import Evaluation, PartnerOutcome

Plain: TypeAlias = "dict[str, Any]"
_WRITTEN_OUT = 10_000  # steps, written out one inside the other: a few megabytes


def evaluation(found: Evaluation[Any]) -> Plain:
    """The whole evaluation: program, version, day, and per partner everything the engine returned."""
    return {
        "program": found.program,
        "version": found.version,
        "program_hash": found.program_hash,
        "as_of": found.as_of.isoformat(),
        "partners": {key: outcome(partner) for key, partner in found.partners.items()},
        "problems": [problem(p) for p in found.problems],
    }


def outcome(partner: PartnerOutcome[Any]) -> Plain:
    """One partner's metrics, scores and standing by period, earning lines, entries, balances, statements, payouts."""
    metrics: dict[str, Plain] = {}
    for (metric, period), result in partner.metrics.items():
        metrics.setdefault(metric, {})[period] = plain(result)
    return {
        "partner": partner.partner,
        "currency": partner.currency,
        "metrics": metrics,
        "scores": plain(partner.scores),
        "standing": {label: standing(s) for label, s in partner.standings.items()},
        "stage": partner.stage,
        "stages": [stage(view) for view in partner.stages.values()],
        "earnings": [earning(line) for line in partner.lines],
        "entries": [entry(e, partner.currency) for e in partner.entries],
        "balances": {label: _balances(s) for label, s in partner.statements.items()},
        "statements": {label: statement(s) for label, s in partner.statements.items()},
        "payouts": {key: payout(p, partner.currency) for key, p in partner.payouts.items()},
        "at_risk": {line: [risk(r, partner.currency) for r in risks] for line, risks in partner.at_risk.items()},
        "exposures": {id: plain(found) for id, found in partner.exposures.items()},
        "funds": {name: plain(account) for name, account in partner.funds.items()},
        "benefits": [plain(view) for view in partner.benefits.values()],
        "problems": [problem(p) for p in partner.problems],
    }


def payout(found: Payout[Any], currency: str) -> Plain:
    """What is due for a settlement period, when, and what is carried, advanced, recovered, invoiced or lost."""
    columns = (
        "carried_in",
        "moved",
        "advanced",
        "recovered",
        "owed",
        "paid",
        "withheld",
        "carried",
        "invoiced",
        "lost",
    )
    return _filled(plain(found)) | {name: amount(getattr(found, name), currency) for name in columns}


def risk(found: AtRisk[Any], currency: str) -> Plain:
    """What a clawback could still take of a line, and until when."""
    return _filled(plain(found)) | {"amount": amount(found.amount, currency)}


def standing(found: Standing[Any]) -> Plain:
    """Tier in force, tier reached, what is proposed, and for every tier each requirement with value, needed and gap."""
    tiers = [{**plain(view), "requirement": requirement(view.requirement)} for view in found.tiers]
    return {**plain(found), "tiers": tiers}


def stage(view: StageView[Any]) -> Plain:
    """A stage of the partner's life: its state, what completes it, its milestones, what pays for it."""
    need = {"requirement": requirement(view.requirement)} if view.requirement else {}
    return _filled(plain(view)) | need


def requirement(need: Requirement[Any]) -> Plain:
    """What is asked, what is there, what is missing; the parts of a group inside it."""
    parts = {"parts": [requirement(part) for part in need.parts]} if need.parts else {}
    return _filled(plain(need)) | parts


def earning(line: EarningLine[Any]) -> Plain:
    """One line with the sentence that explains it."""
    names = ("base", "computed", "effect", "amount")
    amounts = {name: amount(getattr(line, name), line.currency) for name in names}
    found = _filled(plain(line))
    if line.workings is not None:
        found["workings"] = _filled(found["workings"])
    return found | amounts | {"reason": line.reason}


def entry(found: Entry[Any], currency: str) -> Plain:
    """One dated movement in one bucket."""
    return _filled(plain(found)) | {"amount": amount(found.amount, currency)}


def statement(found: Statement[Any]) -> Plain:
    """The roll-forward and its detail; earning lines and entries are named by their ids."""
    return {
        "period": found.period.label,
        "currency": found.currency,
        "tier": found.tier,
        "score": plain(found.score),
        "rows": {row.key: row_of(row, found.currency) for row in found.rows},
        "lines": [line.id for line in found.lines],
        "entries": [e.id for e in found.entries],
        "held": plain(found.held),
        "uncounted": [excluded(e) for e in found.uncounted],
        "checks": plain(found.checks),
    }


def row_of(row: Row[Any], currency: str) -> Plain:
    """A row of the roll-forward in held, payable and total."""
    return {"label": row.label} | {name: amount(getattr(row, name), currency) for name in ("held", "payable", "total")}


def trace(figure: Figure) -> Plain:
    """A figure with all its steps, each inside those that rest on it.

    Where that would be too many, `steps` holds each once by its number, and `parts` are numbers.
    """
    if written_out(figure) <= _WRITTEN_OUT:
        found: Plain = plain(figure)
        return found
    numbers, steps = dict[int, int](), dict[str, Plain]()
    for step in steps_of(figure):
        parts = [numbers[id(part)] for part in step.parts]
        numbers[id(step)] = len(numbers) + 1
        steps[str(len(numbers))] = _filled({**plain(replace(step, parts=())), "parts": parts})
    return {**steps.pop(str(len(numbers))), "steps": steps}


def excluded(found: Excluded) -> Plain:
    """A fact that did not count: where it stands, why, and what would make it count."""
    place = str(found.fact.source) if found.fact.source else ""
    return _filled({**plain(found), "source": place, "remedy": found.remedy})


def problem(found: Problem) -> Plain:
    """A problem with its place."""
    return plain(found)  # type: ignore[no-any-return]


def amount(value: Decimal | Figure, currency: str) -> str:
    """An amount with all decimals of its currency, and more where it has more."""
    exact = value.value if isinstance(value, Figure) else value
    unit = ONE.scaleb(-decimals(currency))
    return format(exact.quantize(unit) if exact == exact.quantize(unit) else exact, "f")


def _filled(content: Plain) -> Plain:
    return {name: value for name, value in content.items() if value not in (None, "", [], {})}


def _balances(found: Statement[Any]) -> Plain:
    return {key: row_of(found.row(key), found.currency) for key in ("opening", "closing")}
