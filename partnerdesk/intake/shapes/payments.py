"""Payments: what was paid of a gross amount, and gross amounts that do not add up."""

from decimal import Decimal
from typing import Any

from partnerdesk.engine.figures.reasons import exact_words
from partnerdesk.engine.problem import Problem
from partnerdesk.intake.mapping import TEXT
from partnerdesk.intake.number_columns import Number
from partnerdesk.intake.official.content import folded_mark, marks, usual_mark
from partnerdesk.intake.question import Option
from partnerdesk.intake.rows import Rows
from partnerdesk.intake.values import meaning


def payment(rows: Rows) -> None:
    """The amount paid is the gross less the tax that was withheld, where the file has no column for it.

    A tax or a fee that is written below zero was taken off all the same. What was not paid is no payment. What came
    back, by its own column or by its mark, is below zero.
    """
    _statuses(rows)
    _keep_text(rows)
    _by_item(rows)
    _came_back(rows)
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


def _keep_text(rows: Rows) -> None:
    """A text in which the partner is named may name the item, too."""
    if rows.by.get("partner") == TEXT:
        name = "attributes." + rows.header("partner") if rows.has("remittance") else "remittance"
        rows.fields[name] = list(rows.get("partner"))


def _by_item(rows: Rows) -> None:
    """Where no column is the partner, the item that a payment settles says whose it is."""
    if rows.has("instruction") and not rows.has("partner", "partner.name"):
        rows.fields["partner"], rows.by["partner"] = list(rows.get("instruction")), TEXT
        rows.columns["partner"] = rows.columns["instruction"]


def _came_back(rows: Rows) -> None:
    """Amounts of the other side of an account, and those with the mark that fewer rows of partners have."""
    if rows.has("back"):
        backs = rows.take("back")
        amounts = rows.get("amount")
        if all(_value(a) <= 0 for a in amounts):  # a debit with a minus
            amounts = [a.becomes(-a.value) if isinstance(a, Number) else a for a in amounts]
        pairs = zip(amounts, backs, strict=True)
        rows.fields["amount"] = [_back(b) if _is_nothing(a) and not _is_nothing(b) else a for a, b in pairs]
    cells = rows.take("direction", "")
    texts = rows.get("partner", "")
    ours = [cell for cell, text in zip(cells, texts, strict=True) if cell and text and rows.context.payee_in(text)]
    paid = usual_mark(ours) or marks([cell for cell in cells if cell])
    if paid and rows.has("amount"):
        pairs = zip(rows.fields["amount"], cells, strict=True)
        rows.fields["amount"] = [_sided(a, cell, paid) for a, cell in pairs]


def _sided(number: Any, cell: str, paid: str) -> Any:
    """An amount by its mark, whatever sign it has besides."""
    back = _back(number)
    return (
        back.becomes(-back.value)
        if isinstance(back, Number) and folded_mark(cell) == paid
        else back
        if cell
        else number
    )


def _back(number: Any) -> Any:
    return number.becomes(-abs(number.value)) if isinstance(number, Number) else number


def _is_nothing(number: Any) -> bool:
    return number is None or _value(number) == 0


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
