"""Contracts and transactions: what recurs in a year, how a term ended, and the sign of a credit note."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from partnerdesk.engine.period import months_between
from partnerdesk.intake.number_columns import Number
from partnerdesk.intake.question import Option
from partnerdesk.intake.rows import Rows
from partnerdesk.intake.shapes.deals import multiplied
from partnerdesk.intake.values import known, meaning

_PER_YEAR = {"month": 12, "quarter": 4, "half": 2, "year": 1, "week": 52, "day": 365}
_LONG = 18  # months of a term from which an amount is hardly that of a year
_NEGATIVE = ("credit-note", "refund")


def contract(rows: Rows) -> None:
    """The recurring amount of a year and the outcome."""
    _recurring(rows)
    _outcomes(rows)
    if rows.has("cadence"):
        rows.each("cadence", lambda text: meaning("interval", text) or text or "year")


def _recurring(rows: Rows) -> None:
    intervals = rows.take("interval", "")
    meanings = {text: meaning("interval", text) for text in set(intervals)}
    for i, text in enumerate(intervals):
        if text and not meanings[text]:
            rows.reject(i, f"“{text}” is no billing interval.", "Write month, quarter or year.", "interval")
    if any(intervals):
        rows.fields["cadence"] = [_cadence(meanings[text]) for text in intervals]
    if rows.has("recurring", "mrr", "amount"):  # else what the book knows of these contracts stays
        _yearly(rows, [_PER_YEAR.get(meanings[text], 1) for text in intervals], any(intervals))
    rows.take("quantity")


def _yearly(rows: Rows, times: list[int], has_interval: bool) -> None:
    """The amount of a year: its own column, that of a month, or what is billed so many `times` a year."""
    own, monthly, amounts = (rows.take(name) for name in ("recurring", "mrr", "amount"))
    if any(a is not None for a in amounts) and not has_interval and not any(o is not None for o in own):
        amounts = _of_year(rows, amounts)
    made: list[Any] = []
    for o, m, a, q, many in zip(own, monthly, amounts, rows.get("quantity"), times, strict=True):
        factor = q.value if isinstance(q, Number) else Decimal(1)
        made.append(o if o is not None else _times(m, 12) if m is not None else _times(a, factor * many))
    rows.fields["recurring"] = made
    for name in ("recurring", "mrr", "amount"):
        if name in rows.columns:
            rows.columns.setdefault("recurring", rows.columns[name])


def _of_year(rows: Rows, amounts: list[Any]) -> list[Any]:
    """Amounts that say no interval are of a year; where terms are longer they may be of the whole term: asked."""
    header = rows.header("amount")
    terms = [_months(start, end) for start, end in zip(rows.get("start"), rows.get("end"), strict=True)]
    chosen = rows.findings.choices.get(f"term:{header}", "")
    if chosen != "whole":
        rows.findings.note(f"Amounts of column {header} are taken as amounts of a year.")
        longest = max(terms, default=0)
        if not chosen and longest >= _LONG:
            options = (Option("year", "Of a year"), Option("whole", "Of the whole term"))
            because = f"Contracts run for up to {longest} months, and no column says how often they are billed."
            rows.findings.ask(f"term:{header}", f"Of what are the amounts of column {header}?", because, options)
        return amounts
    for i, months in enumerate(terms):
        if not months and amounts[i] is not None:
            rows.reject(i, "The term of the contract is not known.", "Enter its first and last day.", "end")
    return [_times(a, Decimal(12) / m) if m else a for a, m in zip(amounts, terms, strict=True)]


def _months(start: str | None, end: str | None) -> int:
    """The whole months of a term; 0 where a day is missing."""
    if not start or not end:
        return 0
    return max(months_between(date.fromisoformat(start), date.fromisoformat(end) + timedelta(days=1)), 0)


def _times(number: Any, factor: Any) -> Any:
    return None if number is None else number.becomes(number.value * factor)


def _cadence(interval: str) -> str:
    return interval if interval in ("month", "quarter", "year") else "month" if interval in ("week", "day") else "year"


def _outcomes(rows: Rows) -> None:
    given, statuses = rows.take("outcome", ""), rows.take("status", "")
    ends = rows.get("end")
    days = rows.get("outcome_on")
    outcomes = []
    for i, (text, status) in enumerate(zip(given, statuses, strict=True)):
        said, name = (text, "outcome") if text else (status, "status")
        outcome = rows.findings.choices.get(f"value:{rows.header(name)}:{said}", "") or meaning("outcome", said)
        if said and outcome not in known("outcome"):
            _unknown(rows, i, said, name)
        outcomes.append(outcome if outcome in known("outcome") else "open")
    rows.fields["outcome"] = outcomes
    if any(o != "open" for o in outcomes):
        rows.fields["outcome_on"] = [
            None if o == "open" else d or e for o, d, e in zip(outcomes, days, ends, strict=True)
        ]
    elif rows.has("outcome_on"):
        rows.fields["outcome_on"] = [None] * rows.count
    _needs_amount(rows, outcomes)


def _needs_amount(rows: Rows, outcomes: list[str]) -> None:
    amounts = rows.get("outcome_amount")
    for i, outcome in enumerate(outcomes):
        if outcome in ("expanded", "contracted") and amounts[i] is None:
            message = f"A contract that was {outcome} needs its recurring amount after the renewal."
            rows.reject(i, message, "Add the amount after the renewal.", "outcome")


def _unknown(rows: Rows, i: int, said: str, name: str) -> None:
    header = rows.header(name)
    rows.reject(i, f"“{said}” is no outcome that is known here.", "Say what it means, or correct the cell.", name)
    options = tuple(Option(o, o) for o in known("outcome"))
    asks = f"What does “{said}” in column {header} mean?"
    rows.findings.ask(f"value:{header}:{said}", asks, "A contract is open, renewed or churned.", options)


def transaction(rows: Rows) -> None:
    """The kind of a document, and amounts of credit notes and refunds below zero."""
    if not rows.has("amount") and rows.has("unit_price"):
        rows.fields["amount"] = multiplied(rows)
        rows.columns["amount"] = rows.columns["unit_price"]
        rows.findings.note("Amounts are quantity times unit price.")
    rows.take("quantity")
    rows.take("unit_price")
    if rows.has("kind"):
        rows.each("kind", lambda text: meaning("transaction_kind", text) or text or "invoice")
        kinds = rows.fields["kind"]
        for name in ("amount", "list_amount", "cost"):
            if rows.has(name):
                column = rows.fields[name]
                rows.fields[name] = [_signed(n, k) for n, k in zip(column, kinds, strict=True)]


def _signed(number: Any, kind: str) -> Any:
    if number is None or kind not in _NEGATIVE or number.value <= 0:
        return number
    return number.becomes(-number.value)
