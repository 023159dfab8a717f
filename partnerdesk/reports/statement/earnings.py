"""Sheet 2: one line per earning, each with the formula that computes it again, and two columns for the partner."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from partnerdesk.engine.money import ONE, ZERO
from partnerdesk.engine.outcome import EarningLine
from partnerdesk.reports.sheet import Sheet
from partnerdesk.reports.statement.making import (
    BALLOT,
    EARNINGS,
    FIRST,
    MARK,
    Column,
    Making,
    amounts,
    ballots,
    broken,
    height_of,
    letters,
    money_width,
    overflows,
    width_for,
)
from partnerdesk.reports.statement.reasons import reasons
from partnerdesk.reports.statement.recalculation import Cells, held_digits, recalculation

TABLE = "Earnings"
COLUMNS = (
    Column("Line", 11),
    Column("Event", 12.5),
    Column("Processed", 12.5),
    Column("Type", 9),
    Column("Deal", 8),
    Column("Customer", 11.5),
    Column("Product", 10.5),
    Column("Term", 8),
    Column("Base", 9, number=True),
    Column("FX", 13, indent=True),
    Column("Rate", 9.5, number=True),
    Column("Mult.", 8, number=True),
    Column("Split", 9.5, number=True),
    Column("Computed", 11, number=True),
    Column("Cap", 8, number=True),
    Column("Amount", 10.5, number=True),
    Column("Recalc", 9.5, number=True),
    Column("Rule", 9, indent=True),
    Column("Version", 10.5),
    Column("Reason", 30),
    Column("Source", 12),
    *BALLOT,
)
_CENT = Decimal("0.01")
_AT = {column.title: index for index, column in enumerate(COLUMNS)}
_LETTER = letters(COLUMNS)
CELLS = Cells(*(_LETTER[title] for title in ("Base", "Rate", "Mult.", "Split", "Computed", "Cap", "Amount")))


def write_earnings(making: Making) -> None:
    """The sheet with its lines, totals and checks."""
    lines = making.document.statement.lines
    told = reasons(making.document)
    columns = _fitted(making, lines, told)
    sheet = making.table_sheet(EARNINGS, "Earnings", columns)
    _write_lines(making, sheet, lines, told, {column.title: column.width for column in columns})
    making.table(sheet, TABLE, columns, len(lines))
    _write_head(making, sheet, amounts([line.amount for line in lines]), len(lines))
    if lines:
        last = FIRST + len(lines) - 1
        sheet.quiet(FIRST, last, len(columns) - 1)
        ballots(sheet, FIRST, last, _AT[MARK], "this line")


def _fitted(making: Making, lines: Sequence[EarningLine[Decimal]], told: Sequence[str]) -> list[Column]:
    """The columns, each as wide as its title and what stands under it need: a wide sheet is printed small."""
    details, places = [making.document.detail(line) for line in lines], making.places
    texts = {
        "Line": [line.id for line in lines],
        "Type": [line.type for line in lines],
        "Deal": [d.deal for d in details],
        "Customer": [d.customer for d in details],
        "Product": [d.product for d in details],
        "Rule": [line.rule.reference for line in lines],
        "Version": [version_words(line.rule.version) for line in lines],
        "Reason": told,
        "Source": [d.source for d in details],
    }
    total = [amounts([line.amount for line in lines])]
    money = {
        "Event": total,  # stands in the head of the sheet as well
        "Base": [held_digits(line.base) for line in lines],
        "Computed": [held_digits(line.computed) for line in lines],
        "Cap": [held_digits(line.effect) for line in lines],
        "Amount": [*(line.amount for line in lines), *total],
    }
    most = {"Line": 26.0, "Customer": 30.0, "Reason": 44.0, "Source": 24.0}
    widths = {title: width_for(of, 0, most.get(title, 20.0)) for title, of in texts.items()}
    widths |= {title: money_width(title, of, places) for title, of in money.items()}
    return [replace(c, width=max(c.width, widths.get(c.title, 0))) for c in COLUMNS]


def _write_lines(
    making: Making, sheet: Sheet, lines: Sequence[EarningLine[Decimal]], told: Sequence[str], widths: dict[str, float]
) -> None:
    styles, detail_of = making.styles, making.document.detail
    text, number, day, fitted, cell = sheet.text, sheet.number, sheet.day, styles.fitted, styles.cell
    money, muted, wrapped, dates = styles.money, styles.muted_cell, styles.wrapped, styles.day
    of_reason, of_source, *of_names = (widths[title] for title in ("Reason", "Source", "Customer", "Product"))
    for row, (line, reason) in enumerate(zip(lines, told, strict=True), FIRST):
        detail = detail_of(line)
        text(row, 0, line.id, fitted)
        day(row, 1, line.event, dates)
        day(row, 2, line.process, dates)
        text(row, 3, line.type, fitted)
        text(row, 4, detail.deal, fitted)
        names = tuple(zip((detail.customer, detail.product), of_names, strict=True))
        for column, (name, wide) in enumerate(names, 5):
            making.name(sheet, row, column, name, wide)
        text(row, 7, detail.term, cell)
        number(row, 8, held_digits(line.base), money)
        number(row, 9, held_digits(line.exchange or ONE), styles.exchange(line.base_currency))
        _write_factors(styles, sheet, row, line)
        number(row, 13, held_digits(line.computed), money)
        number(row, 14, held_digits(line.effect), money)
        number(row, 15, line.amount, styles.strong_money)
        sheet.formula(row, 16, recalculation(line, CELLS, row + 1).formula, styles.muted_difference, ZERO)
        text(row, 17, line.rule.reference, styles.indented)
        text(row, 18, version_words(line.rule.version), muted)
        text(row, 19, reason, wrapped)
        text(row, 20, detail.source, styles.muted_wrapped)
        making.ballot(sheet, row, _AT[MARK])
        if len(reason) > of_reason or len(detail.source) > of_source or any(overflows(*name) for name in names):
            texts = [(reason, of_reason), (detail.source, of_source - 2), *(broken(*name) for name in names)]
            sheet.height(row, height_of(texts))


def _write_factors(styles: Any, sheet: Sheet, row: int, line: EarningLine[Decimal]) -> None:
    """Rate, multiplier and split. A flat amount or one in bands has no single rate: a dash, outside the formula."""
    if line.rate is None:
        sheet.number(row, 10, 0, styles.absent)
    else:
        sheet.number(row, 10, held_digits(line.rate), styles.each if line.pays_each else styles.rate)
    sheet.number(row, 11, ONE if line.factor is None else held_digits(line.factor), styles.factor)
    share = ONE if line.share is None else held_digits(line.share)
    sheet.number(row, 12, share, styles.share if share == share.quantize(_CENT) else styles.rate)


def _write_head(making: Making, sheet: Sheet, total: Decimal, count: int) -> None:
    styles, currency = making.styles, making.document.currency
    amount, check = _AT["Amount"], _AT["Recalc"]
    making.count(sheet, TABLE, "Amount", count, "Lines")
    making.total(sheet, 2, TABLE, "Amount", total)
    sheet.text(1, amount - 1, f"Total, {currency}", styles.right)
    sheet.formula(1, amount, f"=SUM({TABLE}[Amount])", styles.total, total)
    sheet.formula(1, check, f"=SUM({TABLE}[Recalc])", styles.plain_difference, ZERO)
    sheet.text(2, amount - 1, "Summary minus detail", styles.right)
    formula = f"=ROUND(SUM({making.summary_rows('earned')})-SUM({TABLE}[Amount]),{making.places})"
    sheet.formula(2, amount, formula, styles.plain_difference, ZERO)
    making.verdict(sheet, 2, check, ZERO)


def version_words(version: str) -> str:
    """`v2026.2`; a version that begins with a letter stays as it is."""
    return f"v{version}" if version[:1].isdigit() else version
