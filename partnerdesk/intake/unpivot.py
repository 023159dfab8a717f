"""Months or quarters that stand side by side in columns become one row each; empty ones become none.

The row of the file stays one row for the balance, and every target made of it points back to it.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from partnerdesk.engine.figures.reasons import exact_words
from partnerdesk.engine.period import add_months, month_end
from partnerdesk.intake.mapping import Mapped
from partnerdesk.intake.number_columns import Number
from partnerdesk.intake.reading import Reader
from partnerdesk.intake.rows import Rows


def widened(rows: Rows, columns: Mapped, reader: Reader) -> Rows:
    """Rows of targets, one for each period that has an amount."""
    amounts = reader.numbers([c for c, *_ in columns.wide])
    factor = _factor(rows, columns)
    years = _years(rows, columns)
    members: list[int] = []
    spans: list[tuple[str, str]] = []
    values: list[Any] = []
    for i in range(rows.count):
        for (_, year, month, length), column in zip(columns.wide, amounts, strict=True):
            number = column[i]
            in_year = year or years[i]
            if number is None or not in_year:
                continue
            members.append(i)
            first = date(in_year, month, 1)
            spans.append((first.isoformat(), month_end(add_months(first, length - 1)).isoformat()))
            values.append(replace(number, value=number.value * factor) if factor != 1 else number)
    fields: dict[str, list[Any]] = {name: [c[i] for i in members] for name, c in rows.fields.items() if name != "year"}
    fields |= {"start": [s for s, _ in spans], "end": [e for _, e in spans], "amount": values}
    wide = Rows(rows.kind, rows.table, rows.findings, rows.context, [rows.rows[i] for i in members], fields)
    wide.columns, wide.by = dict(rows.columns), dict(rows.by)
    if factor != 1 and values:
        told, read = exact_words(values[0].value / factor), exact_words(values[0].value)
        rows.findings.note(f"Amounts are in thousands: {told} is read as {read}.")
    return wide


def _factor(rows: Rows, columns: Mapped) -> Decimal:
    chosen = rows.findings.choices.get("units", "") or (columns.layout.wide if columns.layout else "")
    return Decimal(1000) if chosen == "thousands" else Decimal(1)


def _years(rows: Rows, columns: Mapped) -> list[int]:
    """The year of each row where the headers name months only. Rows without one are rejected."""
    if all(year for _, year, *_ in columns.wide):
        return [0] * rows.count
    years = []
    for i, number in enumerate(rows.get("year")):
        value = number.value if isinstance(number, Number) else None
        if value is None or value != int(value) or not 1900 < value < 2200:
            rows.reject(i, "The year of the months is not known.", "Add a column Year, or set the year.", "year")
            years.append(0)
        else:
            years.append(int(value))
    return years
