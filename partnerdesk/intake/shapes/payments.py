"""Payments: what was paid of a gross amount, and gross amounts that do not add up."""

from decimal import Decimal
from typing import Any

from partnerdesk.engine.figures.reasons import exact_words
from partnerdesk.engine.problem import Problem
from partnerdesk.intake.number_columns import Number
from partnerdesk.intake.question import Option
from partnerdesk.intake.rows import Rows
from partnerdesk.intake.values import meaning


def payment(rows: Rows) -> None:
    """The amount paid is the gross less the tax that was withheld, where the file has no column for it.

    A tax or a fee that is written below zero was taken off all the same. What was not paid is no payment.
    """
    _statuses(rows)
    for name in ("tax", "fees"):
        if rows.has(name):
            rows.fields[name] = _unsigned(rows, name)
    if not rows.has("gross"):
        return
    gross = rows.take("gross")
    taxes = rows.get("tax")
    if rows.has("amount"):
        _add_up(rows, gross)
        return
    rows.fields["amount"] = [
        None if g is None else g.becomes(g.value - _value(t)) for g, t in zip(gross, taxes, strict=True)
    ]
    rows.columns["amount"] = rows.columns["gross"]
    if rows.has("tax"):
        header = rows.header("gross")
        rows.findings.note(f"What was paid is “{header}” less “{rows.header('tax')}”.")


def _statuses(rows: Rows) -> None:
    """Leaves out what a status says was not paid; asks about a status that is not known."""
    for i, text in enumerate(rows.take("status", "")):
        if not text:
            continue
        header = rows.header("status")
        said = rows.findings.choices.get(f"value:{header}:{text}", "") or meaning("payment_status", text)
        if said == "unpaid":
            rows.ignore(i, f"status “{text}”: not paid")
        elif said != "paid":
            rows.reject(i, f"“{text}” is no status that is known here.", "Say whether it was paid.", "status")
            options = (Option("paid", "It was paid"), Option("unpaid", "It was not paid"))
            asks = f"What does “{text}” in column {header} mean?"
            rows.findings.ask(f"value:{header}:{text}", asks, "Only what was paid is a payment.", options)


def _unsigned(rows: Rows, name: str) -> list[Any]:
    """Some files write what is taken off below zero; of a payment that came back it is below zero as the amount is."""
    amounts = rows.get("amount") if rows.has("amount") else rows.get("gross")
    return [
        n.becomes(abs(n.value)) if isinstance(n, Number) and n.value < 0 <= _value(a) else n
        for n, a in zip(rows.fields[name], amounts, strict=True)
    ]


def _add_up(rows: Rows, gross: list[Any]) -> None:
    """A warning where gross is not what was paid with its tax and fees."""
    if not rows.has("tax", "fees"):
        return
    taxes, fees, amounts = rows.get("tax"), rows.get("fees"), rows.get("amount")
    odd = []
    for i, (g, a, t, f) in enumerate(zip(gross, amounts, taxes, fees, strict=True)):
        if (
            g is not None
            and a is not None
            and g.value not in (_value(a) + _value(t), _value(a) + _value(t) + _value(f))
        ):
            odd.append(i)
    if odd:
        table, first = rows.table, rows.rows[odd[0]]
        more = f", and so in {len(odd) - 1} more rows" if len(odd) > 1 else ""
        message = f"{exact_words(gross[odd[0]].value)} is not what was paid with its tax and fees{more}."
        remedy = "Correct the columns, or leave the one out that does not belong to the others."
        rows.findings.warnings.append(Problem(table.place(first, rows.columns["gross"]), message, remedy, warning=True))


def _value(number: Any) -> Decimal:
    return number.value if isinstance(number, Number) else Decimal(0)
