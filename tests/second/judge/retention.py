"""The retention family: of contracts due, of customers in force, acquired or active."""

from datetime import date
from fractions import Fraction
from typing import Any

from partnerdesk.engine.rules import Metric
from tests.second.judge.book import Case, is_mine
from tests.second.judge.days import ONE_DAY, Span, plus_months, whole_months
from tests.second.judge.filters import passes
from tests.second.judge.money import exchanged
from tests.second.judge.scopes import in_scope
from tests.second.judge.tree import cases_of, theirs
from tests.second.judge.windows import days_of

KEPT = ("renewed", "expanded", "contracted")


def retained(case: Case, rule: Metric, span: Span) -> Fraction | None:
    """Kept over had; None where there was nothing to keep, or less than is needed."""
    if len(rows_of(case, rule, span)) < rule.minimum_rows:
        return None
    had, kept = _sums(case, rule, span)
    return kept / had if had else None


def rows_of(case: Case, rule: Metric, span: Span) -> list[Any]:
    """The contracts, or customers, that are measured."""
    if rule.retention_of == "due":
        return _due(case, rule, span)
    return _measured_customers(case, rule, span)


def _sums(case: Case, rule: Metric, span: Span) -> tuple[Fraction, Fraction]:
    if rule.retention_of == "due":
        return _due_sums(case, rule, _due(case, rule, span))
    first, last = days_of(case, rule.window, span)
    had = kept = Fraction(0)
    for customer in _measured_customers(case, rule, span):
        if rule.retention == "logo":
            had, kept = had + 1, kept + _has_contract(case, rule, customer, last)
        else:
            since = _since(case, rule, customer, first, last)
            assert since
            then, now = (_worth_on(case, rule, customer, day, last) for day in (since, last))
            had += then
            kept += min(now, then) if rule.retention == "gross revenue" else now
    return had, kept


def _due(case: Case, rule: Metric, span: Span) -> list[Any]:
    """Contracts that ended in the window with a known outcome, and a known amount where it is about amounts."""
    first, last = days_of(case, rule.window, span)
    found = []
    for row, _ in theirs(case, rule.whose, "contract"):
        in_window = row.end is not None and row.end <= last and (first is None or row.end >= first)
        known = row.outcome != "open" and _is_known(case, row)
        amounts = row.recurring is not None and (
            row.outcome not in ("expanded", "contracted") or row.outcome_amount is not None
        )
        if in_window and known and (amounts or rule.retention == "logo") and _counts(case, rule, row):
            found.append(row)
    return found


def _is_known(case: Case, row: Any) -> bool:
    return row.outcome_on is None or row.outcome_on <= case.as_of


def _counts(case: Case, rule: Metric, row: Any) -> bool:
    whose = next(one for one in cases_of(case, rule.whose) if is_mine(one, "contract", row))
    return passes(whose, "contract", row, rule.where) and in_scope(whose, "contract", row)


def _due_sums(case: Case, rule: Metric, due: list[Any]) -> tuple[Fraction, Fraction]:
    had = kept = Fraction(0)
    for row in due:
        if rule.retention == "logo":
            had, kept = had + 1, kept + (row.outcome in KEPT)
            continue
        before = _money(case, row, row.recurring, row.end)
        after = _money(case, row, _after(row), row.end) if row.outcome in KEPT else Fraction(0)
        had += before
        kept += min(before, after) if rule.retention == "gross revenue" and row.outcome in KEPT else after
    return had, kept


def _after(row: Any) -> Any:
    return row.recurring if row.outcome_amount is None else row.outcome_amount


def _money(case: Case, row: Any, amount: Any, day: date) -> Fraction:
    return exchanged(case, amount, row.currency, day, case.program.exchange)


def _contracts(case: Case, rule: Metric, customer: str) -> list[Any]:
    """The customer's contracts that count; for revenue only those whose amount is known."""
    return [
        row
        for row, _ in theirs(case, rule.whose, "contract")
        if row.customer == customer
        and row.start is not None
        and (row.recurring is not None or rule.retention == "logo")
        and _counts(case, rule, row)
    ]


def _measured_customers(case: Case, rule: Metric, span: Span) -> list[str]:
    first, last = days_of(case, rule.window, span)
    found = sorted({row.customer for row, _ in theirs(case, rule.whose, "contract") if row.customer})
    return [customer for customer in found if _since(case, rule, customer, first, last) is not None]


def _since(case: Case, rule: Metric, customer: str, first: date | None, last: date) -> date | None:
    """The day on which a customer that is measured was there first, in the window."""
    contracts = _contracts(case, rule, customer)
    if rule.retention_of == "in force":
        return first if first and _has_contract(case, rule, customer, first) else None
    if rule.retention_of == "acquired":
        begun = min((row.start for row in contracts), default=None)
        return begun if begun and begun <= last and (first is None or begun >= first) else None
    days = [day for row in contracts for a, b in _terms(case, rule, row) if (day := max(a, first or a)) <= min(b, last)]
    return min(days, default=None)


def _terms(case: Case, rule: Metric, row: Any) -> list[tuple[date, date]]:
    """The first and the last day of a contract's term, and of the next where it was renewed and no other renews it."""
    end = row.end or (row.outcome_on if row.outcome == "churned" else None)
    if end is None:
        return [(row.start, date.max)]
    terms = [(row.start, end)]
    renewed_by_another = any(
        other.renewal_of == row.id and in_scope(case, "contract", other)
        for other, _ in theirs(case, rule.whose, "contract")
    )
    if row.outcome in KEPT and _is_known(case, row) and not renewed_by_another:
        terms.append((end + ONE_DAY, _a_term_later(row.start, end)))
    return terms


def _a_term_later(start: date, end: date) -> date:
    """The end of a term as long as the one before: so many months where it was whole months, else so many days."""
    months = whole_months(start, end + ONE_DAY) if end >= start else 0
    if months and plus_months(start, months) == end + ONE_DAY:
        return plus_months(start, 2 * months) - ONE_DAY
    return end + (end - start) + ONE_DAY


def _has_contract(case: Case, rule: Metric, customer: str, day: date) -> bool:
    return any(a <= day <= b for row in _contracts(case, rule, customer) for a, b in _terms(case, rule, row))


def _worth_on(case: Case, rule: Metric, customer: str, day: date, last: date) -> Fraction:
    """What a customer's contracts in force on a day are worth a year, exchanged on the window's last day."""
    worth = Fraction(0)
    for row in _contracts(case, rule, customer):
        for number, (a, b) in enumerate(_terms(case, rule, row)):
            if a <= day <= b:
                worth += _money(case, row, _after(row) if number else row.recurring, last)
    return worth
