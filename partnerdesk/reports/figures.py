"""Every computed figure as plain JSON: what `evaluate --json` prints and a person checks by hand.

Numbers are exact texts, never JSON numbers, days are ISO texts, and the order is that of the evaluation, so the same
facts give the same bytes. The frozen form of a closed statement is not this: it has its own canonical text.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from partnerdesk.engine.facts import KIND_OF
from partnerdesk.engine.figure import Excluded, Figure, Origin
from partnerdesk.engine.money import ONE, decimals
from partnerdesk.engine.outcome import (
    EarningLine,
    Evaluation,
    PartnerOutcome,
    Requirement,
    Row,
    RuleRef,
    Standing,
    Statement,
)
from partnerdesk.engine.period import Period
from partnerdesk.engine.problem import Problem

Plain: TypeAlias = "dict[str, Any]"


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
    """One partner's metrics, scores and standing by period, earning lines, entries, balances and statements."""
    metrics: dict[str, Plain] = {}
    for (metric, period), result in partner.metrics.items():
        metrics.setdefault(metric, {})[period] = plain(result)
    return {
        "partner": partner.partner,
        "currency": partner.currency,
        "metrics": metrics,
        "scores": {label: plain(score) for label, score in partner.scores.items()},
        "standing": {label: standing(s) for label, s in partner.standings.items()},
        "earnings": [earning(line) for line in partner.lines],
        "entries": [record(entry, amount=amount(entry.amount, partner.currency)) for entry in partner.entries],
        "balances": {label: _balances(s) for label, s in partner.statements.items()},
        "statements": {label: statement(s) for label, s in partner.statements.items()},
        "problems": [problem(p) for p in partner.problems],
    }


def standing(found: Standing[Any]) -> Plain:
    """Tier in force, tier reached, what is proposed, and for every tier each requirement with value, needed and gap."""
    tiers = [{**plain(view), "requirement": requirement(view.requirement)} for view in found.tiers]
    return {**plain(found), "tiers": tiers}


def requirement(need: Requirement[Any]) -> Plain:
    parts = {"parts": [requirement(part) for part in need.parts]} if need.parts else {}
    return {key: value for key, value in plain(need).items() if value not in (None, "", [])} | parts


def earning(line: EarningLine[Any]) -> Plain:
    """One line with the sentence that explains it."""
    amounts = {name: amount(getattr(line, name), line.currency) for name in ("computed", "effect", "amount")}
    return record(line, base=amount(line.base, line.base_currency), reason=line.reason, **amounts)


def statement(found: Statement[Any]) -> Plain:
    """The roll-forward and its detail; earning lines and entries are named by their ids."""
    detail = {
        "rows": {row.key: row_of(row, found.currency) for row in found.rows},
        "lines": [line.id for line in found.lines],
        "entries": [entry.id for entry in found.entries],
        "uncounted": [excluded(e) for e in found.uncounted],
    }
    return {**plain(found, skip=tuple(detail)), **detail}


def row_of(row: Row[Any], currency: str) -> Plain:
    return {"label": row.label} | {name: amount(getattr(row, name), currency) for name in ("held", "payable", "total")}


def excluded(found: Excluded) -> Plain:
    place = str(found.fact.source) if found.fact.source else ""
    names = {"kind": KIND_OF.get(type(found.fact), ""), "id": found.fact.id, "source": place}
    return {**names, "reason": found.reason, "rule": found.rule, "remedy": found.remedy}


def problem(found: Problem) -> Plain:
    return {"place": found.place, "message": found.message, "remedy": found.remedy, "warning": found.warning}


def trace(figure: Figure) -> Plain:
    """A figure with all the steps below it; what did not count stands beside the step that left it out."""
    found: Plain = {"value": number(figure.value), "unit": figure.unit, "label": figure.label, "op": figure.op}
    if figure.why:
        found["why"] = figure.why
    if figure.origin:
        found["origin"] = _origin(figure.origin)
    if figure.detail:
        found["detail"] = plain(figure.detail)
    if figure.excluded:
        found["excluded"] = [excluded(e) for e in figure.excluded]
    if figure.parts:
        found["parts"] = [trace(part) for part in figure.parts]
    return found


def record(row: Any, **extra: Any) -> Plain:
    """A named tuple by its fields; empty texts and absent values are left out."""
    pairs = {name: plain(getattr(row, name)) for name in row._fields} | extra
    return {name: value for name, value in pairs.items() if value not in (None, "", [])}


def number(value: Decimal) -> str:
    """The exact digits, never in exponent notation."""
    return format(value, "f")


def amount(value: Decimal | Figure, currency: str) -> str:
    """An amount with all decimals of its currency, and more where it has more."""
    exact = value.value if isinstance(value, Figure) else value
    unit = ONE.scaleb(-decimals(currency))
    return number(exact.quantize(unit) if exact == exact.quantize(unit) else exact)


def plain(value: Any, skip: Iterable[str] = ()) -> Any:
    """JSON's own types of a value of the engine; fields named in `skip` are left to the caller."""
    if value is None or isinstance(value, str | int | bool):
        return value
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, Figure):
        return number(value.value)
    if isinstance(value, date):
        return value.isoformat()
    return _compound(value, skip)


def _compound(value: Any, skip: Iterable[str]) -> Any:
    if isinstance(value, Period):
        return value.label
    if isinstance(value, Excluded):
        return excluded(value)
    if isinstance(value, RuleRef):
        return {"key": value.key, "reference": value.reference, "version": value.version}
    if isinstance(value, Mapping):
        return {str(key): plain(v) for key, v in value.items()}
    if hasattr(value, "_fields"):
        return record(value)
    if isinstance(value, tuple | list | set | frozenset):
        return [plain(v) for v in value]
    if is_dataclass(value):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value) if f.name not in skip}
    raise TypeError(f"{type(value).__name__} has no plain form")


def _origin(origin: Origin) -> Plain:
    return {f.name: value for f in fields(origin) if (value := getattr(origin, f.name))}


def _balances(found: Statement[Any]) -> Plain:
    return {key: row_of(found.row(key), found.currency) for key in ("opening", "closing")}
