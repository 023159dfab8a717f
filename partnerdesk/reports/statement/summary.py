"""Sheet 1: who, when and by which rules; the roll-forward from opening to closing balance; its checks.

Opening and payments are values of the ledger; every other figure of the roll-forward is a live formula over the
tables of the other sheets, with the ledger's figure as its cached value. The past months stand beside it, written
and drawn by `history`.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import CheckResult, Row
from partnerdesk.program.words.naming import many
from partnerdesk.reports.sheet import Sheet, cell_name, criterion
from partnerdesk.reports.statement import corrections, earnings, held, payments
from partnerdesk.reports.statement.canonical import decimal_text
from partnerdesk.reports.statement.history import write_history
from partnerdesk.reports.statement.making import (
    DIFFERS,
    DISPUTE_TOTAL,
    FIRST_MOVEMENT,
    SAMPLE,
    SUMMARY,
    Making,
    ballots,
    height_of,
    label,
    overflows,
)
from partnerdesk.reports.statement.phrases import held_words, paid_words, reference_words, restated_words, rules_words
from partnerdesk.reports.statement.styles import ACCENT, BAD, CLOSING, DAY, GOOD, INK, MEDIUM, MUTED, THIN
from partnerdesk.reports.statement.ties import CORRECTIONS, TRANSFERS, WITHOUT_SHEET, earned_type

B, C, D, E, F, H, J, L = 1, 2, 3, 4, 5, 7, 9, 11
_WIDTHS = (2, 29, 15, 15, 15, 29, 4, 12, 14, 14, 14, 14)
_HEADS = FIRST_MOVEMENT - 1
PAID = {"paid": ("Fees", "Net"), "tax": ("Tax withheld",)}  # rows of the roll-forward -> columns of the payments


def write_summary(making: Making) -> None:
    """The whole first sheet."""
    sheet = making.sheet(SUMMARY, pages_tall=1)
    sheet.widths(*_WIDTHS)
    for row, points in ((0, 15), (1, 32), (3, 9)):
        sheet.height(row, points)
    _write_title(making, sheet)
    _write_facts(making, sheet)
    _write_roll_forward(making, sheet)
    after = _write_checks(making, sheet, making.closing_row + 2)
    _write_ballot(making, sheet, after)
    _write_notes(making, sheet, after + 2)
    write_history(making, sheet)


def _write_title(making: Making, sheet: Sheet) -> None:
    document, styles, formats = making.document, making.styles, making.formats
    if document.sample:
        sheet.text(0, B, SAMPLE, styles.sample)
    line = {"bottom": MEDIUM, "bottom_color": INK}
    sheet.text(1, B, document.title, styles.title)
    sheet.text(1, F, document.state, styles.plain(bold=True, font_size=11, font_color=ACCENT, align="right"))
    words = (
        document.legal_name or document.partner_name,
        formats.period(document.period),
        f"all amounts in {document.currency}",
        f"data as of {formats.day(document.data_as_of)}",
    )
    below, room = "  ·  ".join(words), sum(_WIDTHS[B : F + 1])
    if overflows(below, room):  # a very long name goes on in a second line, not behind the amounts beside it
        sheet.height(2, height_of([(below, room)]))
        sheet.merged(2, B, F, styles.note(font_size=10, text_wrap=True, **line))
        sheet.text(2, B, below, styles.note(font_size=10, text_wrap=True, **line))
    else:
        sheet.text(2, B, below, styles.note(font_size=10, **line))
        for column in range(C, F + 1):
            sheet.blank(2, column, styles.plain(**line))
    for column in range(H, L + 1):
        sheet.blank(2, column, styles.plain(**line))
    paid, closing = document.statement.row("paid"), document.statement.rows[-1]
    for column, last, formula, value, words_below, colour in (
        (H, H + 1, f"=-{_cell(making, 'paid', E)}", -paid.total, paid_words(document, formats), ACCENT),
        (J, L, f"={cell_name(making.closing_row, C)}", closing.held, held_words(document, formats), INK),
    ):
        big = styles.plain(
            bold=True, font_size=18, font_color=colour, num_format=styles.balance, align="left", shrink=True
        )
        sheet.merged(1, column, last, big)
        sheet.formula(1, column, formula, big, value)
        sheet.text(2, column, words_below, styles.note(font_size=10, **line))


def _write_facts(making: Making, sheet: Sheet) -> None:
    document, formats, styles = making.document, making.formats, making.styles
    statement = document.statement
    score = f", {formats.number(statement.score, 1)}" if statement.score is not None else ""
    left: tuple[tuple[str, str | date | None], ...] = (
        ("Statement", document.number),
        ("Partner", statement.partner),
        ("Tax ID", document.tax_id),
        ("Period", formats.days(document.period.start, document.period.end)),
        ("Issued", document.issued),
        ("Payer", document.payer),
    )
    right: tuple[tuple[str, str | date | None], ...] = (
        ("Program", document.program),
        ("Rules", rules_words(document, formats)),
        ("Agreement", document.agreement),
        ("Tier, score", f"{statement.tier}{score}"),
        ("Contact", document.contact),
        ("Dispute until", document.dispute_until),
    )
    for column, facts in ((B, left), (E, right)):
        for row, (name, value) in enumerate(facts, 4):
            strong = {"bold": True} if name == "Dispute until" else {}
            sheet.text(row, column, name, styles.muted)
            if isinstance(value, date):
                sheet.day(row, column + 1, value, styles.plain(num_format=DAY, align="left", **strong))
            else:
                sheet.text(row, column + 1, value or "–", styles.plain(shrink=column == E))


def _write_roll_forward(making: Making, sheet: Sheet) -> None:
    styles = making.styles
    sheet.text(_HEADS - 1, B, "Roll-forward", styles.section)
    for column, title in ((B, "Movement"), (C, "Held"), (D, "Payable"), (E, "Total"), (F, "Reference")):
        sheet.text(_HEADS, column, title, {B: styles.head, F: styles.indented_head}.get(column, styles.number_head))
    for row, movement in enumerate(making.document.statement.rows, FIRST_MOVEMENT):
        _write_movement(making, sheet, row, movement)


def _write_movement(making: Making, sheet: Sheet, row: int, movement: Row[Decimal]) -> None:
    look, number = _looks(making, movement)
    reference = {key: value for key, value in look.items() if key not in ("italic", "bold")}
    sheet.text(row, B, label(movement.label), making.styles.row(shrink=True, **look))
    for column, value, formula in zip(
        (C, D), (movement.held, movement.payable), _formulas(making, row, movement), strict=True
    ):
        if formula:
            sheet.formula(row, column, formula, number, value)
        else:
            sheet.number(row, column, value, number)
    total = f"=SUM({cell_name(row, C)}:{cell_name(row, D)})"
    if movement.key == "closing":
        total = f"=SUM({cell_name(FIRST_MOVEMENT, E)}:{cell_name(row - 1, E)})"
    sheet.formula(row, E, total, number, movement.total)
    small = making.styles.row(**{"font_size": 9, "indent": 1, **reference, "font_color": MUTED})
    sheet.text(row, F, reference_words(making.document, movement), small)


def _looks(making: Making, movement: Row[Decimal]) -> tuple[dict[str, Any], Any]:
    """The look of a row's words, and the format of its numbers."""
    styles = making.styles
    look: dict[str, Any] = {}
    pattern = styles.ledger
    if movement.key in ("opening", "closing"):
        look["bold"] = True
    if movement.key == "closing":
        look |= {"bg_color": CLOSING, "top": THIN, "top_color": INK, "bottom": MEDIUM, "bottom_color": INK}
        pattern = styles.balance
    if movement.transfer:
        look |= {"italic": True, "font_color": MUTED}
    return look, styles.row(num_format=pattern, align="right", **look)


def _formulas(making: Making, row: int, movement: Row[Decimal]) -> tuple[str, str]:
    """Held and payable of a row as live formulas over the other sheets; empty where the ledger's value stands."""
    if movement.key == "closing":
        first, last = FIRST_MOVEMENT, row - 1
        return (
            f"=SUM({cell_name(first, C)}:{cell_name(last, C)})",
            f"=SUM({cell_name(first, D)}:{cell_name(last, D)})",
        )
    type_ = earned_type(movement)
    if type_ is not None:
        table = earnings.TABLE
        less = f"-{cell_name(row, C)}" if movement.held else ""
        return "", f"=SUMIFS({table}[Amount],{table}[Type],{criterion(type_)}){less}"
    for keys, kinds, table in (
        (TRANSFERS, held.KINDS, held.MOVED),
        (CORRECTIONS, corrections.KINDS, corrections.TABLE),
    ):
        if movement.key in keys:
            word, kind = criterion(kinds[keys[movement.key]]), "Kind" if table == held.MOVED else "Cause"
            return (
                f"=SUMIFS({table}[Held],{table}[{kind}],{word})",
                f"=SUMIFS({table}[Payable],{table}[{kind}],{word})",
            )
    if movement.key in PAID and making.document.payments:
        columns = [f"{payments.TABLE}[{column}]" for column in PAID[movement.key]]
        if payments.is_any_late(making.document.payments):
            learned = f"{payments.TABLE}[{payments.LEARNED}],{criterion(payments.IN_TIME)}"
            return "", "=-(" + "+".join(f"SUMIFS({column},{learned})" for column in columns) + ")"
        return "", f"=-SUM({','.join(columns)})"
    return "", ""


def _write_checks(making: Making, sheet: Sheet, row: int) -> int:
    """The checks, each with its difference as a live formula; the row after them."""
    styles = making.styles
    line = {"bottom": THIN, "bottom_color": INK}
    sheet.text(row, B, "Checks", styles.plain(bold=True, font_size=11, **line))
    for column in (C, D, F):
        sheet.blank(row, column, styles.plain(**line))
    sheet.text(row, E, "Difference", styles.plain(font_size=9, font_color=MUTED, align="right", **line))
    first = row + 1
    for row, check in enumerate(making.document.statement.checks, first):
        sheet.text(row, B, check.name, styles.row())
        sheet.blank(row, C, styles.row())
        sheet.blank(row, D, styles.row())
        formula = _check_formula(making, check)
        if formula and check.is_ok:
            sheet.formula(row, E, f"=ROUND({formula},{making.places})", styles.difference, ZERO)
        else:
            sheet.number(row, E, check.difference, styles.difference)
        word = "OK" if check.is_ok else DIFFERS
        verdict = styles.row(bold=True, font_color=GOOD, indent=1)
        sheet.formula(row, F, f'=IF({cell_name(row, E)}=0,"OK","{DIFFERS}")', verdict, word)
    sheet.words_in((first, F, row, F), DIFFERS, making.book.format(font_color=BAD))
    return row + 1


def _check_formula(making: Making, check: CheckResult) -> str:
    """What a check of the engine is in cells; empty for one that has no cells."""
    statement = making.document.statement
    rows = statement.rows
    if check.name.startswith("Movements"):
        movements = f"{cell_name(FIRST_MOVEMENT, E)}:{cell_name(making.closing_row - 1, E)}"
        return f"SUM({movements})-{_literal(rows[-1].total)}"
    if check.name.startswith("Transfers"):
        return f"SUM({_cells(making, (row.key for row in rows if row.transfer))})"
    if check.name.startswith("Detail"):
        keys = [row.key for row in rows[1:-1] if row.key not in WITHOUT_SHEET]
        detail = f"SUM({earnings.TABLE}[Amount],{held.MOVED}[Total],{corrections.TABLE}[Total])"
        holds = f"ABS(SUM({held.TABLE}[Remaining])-{cell_name(making.closing_row, C)})"
        return f"ABS({detail}-SUM({_cells(making, keys)}))+{holds}"
    if check.name.startswith("Paid"):
        return f"{_cell(making, 'paid', E)}+{_literal(-statement.row('paid').total)}"
    if check.name.startswith("Opening"):
        return f"{_cell(making, 'opening', E)}-{_literal(rows[0].total)}"
    return ""


def _write_ballot(making: Making, sheet: Sheet, row: int) -> None:
    """Where a partner objects to the total: that something is missing stands beside no row."""
    styles = making.styles
    sheet.text(row, B, DISPUTE_TOTAL, styles.row(bold=True))
    sheet.merged(row, D, F, styles.input)
    making.ballot(sheet, row, C)
    ballots(sheet, row, row, C, "the total")


def _write_notes(making: Making, sheet: Sheet, row: int) -> None:
    document, styles = making.document, making.styles
    answer = f" Disputes are answered within {many(document.answer_days, 'day')};" if document.answer_days else ""
    rest = "lines not disputed stay payable." if answer else " Lines not disputed stay payable."
    sheet.text(row, B, f"Confidential: prepared for {document.partner_name}.{answer} {rest.strip()}", styles.note())
    made = (
        f"Run {document.run} · facts {document.facts_hash[:12]} · program {document.program_hash[:12]} · {RULES_NOTE}"
    )
    sheet.text(row + 1, B, made, styles.note())
    if words := restated_words(document):
        sheet.text(row + 2, B, words, styles.note())


RULES_NOTE = "full hashes on sheet 8"


def _literal(value: Decimal) -> str:
    text = decimal_text(value)
    return f"({text})" if value < 0 else text


def _cell(making: Making, key: str, column: int) -> str:
    rows = making.document.statement.rows
    index = next(i for i, row in enumerate(rows) if row.key == key)
    return cell_name(FIRST_MOVEMENT + index, column)


def _cells(making: Making, keys: Iterable[str]) -> str:
    return ",".join(_cell(making, key, E) for key in keys) or "0"
