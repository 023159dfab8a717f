"""Sheet 8: the rules in words, where the partner stands, how to dispute a row, and what this file was made from."""

from collections.abc import Iterable

from partnerdesk.program.words.naming import many
from partnerdesk.reports.printing import page_height
from partnerdesk.reports.sheet import Sheet
from partnerdesk.reports.statement.document import RuleRow
from partnerdesk.reports.statement.earnings import version_words
from partnerdesk.reports.statement.making import FIRST, RULES, Column, Making, height_of, width_for
from partnerdesk.reports.statement.phrases import versions_words
from partnerdesk.reports.statement.ties import earned_type

TABLE = "Rules"
_SAYS, _FORMULA, _PARAMETERS = 60, 44, 40
_ROW, _HEAD = 19.0, 26.0 + 19 + 19 + 9 + 19  # points of a usual row, and of the rows above the rules


def write_rules(making: Making, fingerprint: str) -> None:
    """The register of rules as a table, everything else below it."""
    rules = making.document.rules
    columns = (
        Column("Rule", width_for([r.reference for r in rules], 14, 24)),
        Column("Version", 12),
        Column("In words", _SAYS, indent=True),
        Column("Formula", _FORMULA, indent=True),
        Column("Parameters", _PARAMETERS, indent=True),
        Column("From", 14, indent=True),
        Column("To", 14, indent=True),
    )
    sheet = making.table_sheet(RULES, "Rules and help", columns)
    heights = [_write_rule(making, sheet, row, rule) for row, rule in enumerate(rules, FIRST)]
    making.table(sheet, TABLE, columns, len(rules))
    making.count(sheet, TABLE, "Rule", len(rules), "Rules", numbers=False)
    row, blocks = FIRST + max(len(rules), 1) + 1, list(_blocks(making, fingerprint))
    help_rows = sum(len(lines) + 2 for _, lines in blocks) - 1
    if not _fits(heights, help_rows * _ROW, page_height([column.width for column in columns])):
        sheet.page_from(row)
    for title, lines in blocks:
        row = _write_block(making, sheet, row, title, lines)


def _fits(rules: Iterable[float], help: float, page: float) -> bool:
    """Whether all help stands below the rules on their last page in print: no heading alone at its foot.

    Programs differ by some points a row, so a part of the page is left free.
    """
    used = _HEAD
    for height in [*rules, _ROW]:
        used = used + height if used + height <= page else _ROW + height  # the head's row repeats
    return used + help <= 0.95 * page


def _write_rule(making: Making, sheet: Sheet, row: int, rule: RuleRow) -> float:
    """Writes a rule; returns the height of its row."""
    styles = making.styles
    sheet.text(row, 0, rule.reference, styles.fitted)
    sheet.text(row, 1, version_words(rule.version), styles.muted_cell)
    sheet.text(row, 2, rule.says, styles.wrapped_indented)
    sheet.text(row, 3, rule.formula, styles.wrapped_indented)
    sheet.text(row, 4, rule.parameters, styles.wrapped_indented)
    sheet.day(row, 5, rule.effective_from, styles.indented_day)
    sheet.day(row, 6, rule.effective_to, styles.indented_day)
    texts = [(rule.says, _SAYS), (rule.formula, _FORMULA), (rule.parameters, _PARAMETERS)]
    height = height_of([(text, width - 2.0) for text, width in texts])
    sheet.height(row, height)
    return height


def _write_block(making: Making, sheet: Sheet, row: int, title: str, lines: Iterable[tuple[str, str]]) -> int:
    """A heading and its lines of name and text; the row after them."""
    sheet.text(row, 0, title, making.styles.section)
    row += 1
    for name, text in lines:
        sheet.text(row, 0, name, making.styles.muted)
        sheet.text(row, 2, text, making.styles.plain(indent=1))  # unwrapped: it runs on over the empty cells beside it
        row += 1
    return row + 1


def _blocks(making: Making, fingerprint: str) -> Iterable[tuple[str, list[tuple[str, str]]]]:
    document, formats = making.document, making.formats
    statement = document.statement
    if statement.tier or statement.score is not None:
        standing = [("Tier", statement.tier)] if statement.tier else []
        if statement.score is not None:
            standing.append(("Score", f"{formats.number(statement.score, 1)} points"))
        yield f"Tier and score, {formats.period(document.period)}", standing
    yield "Codes of earnings", [(type_, row.label) for row in statement.rows if (type_ := earned_type(row))]
    yield "How to dispute a row", _dispute(making)
    yield (
        "What this file was made from",
        [
            ("Data as of", formats.day(document.data_as_of)),
            ("Program", f"{document.program}, rules {versions_words(document)}"),
            ("Program hash", document.program_hash),
            ("Facts hash", document.facts_hash),
            ("Run", document.run),
            ("Made by", document.engine),
            ("SHA-256", f"{fingerprint}, of the canonical data of this statement"),
        ],
    )


def _dispute(making: Making) -> list[tuple[str, str]]:
    document = making.document
    steps = [
        "Find the row on sheet 2, 3, 4 or 7, or the total on sheet 1, and quote its first column in any mail.",
        "Set Dispute? to Yes beside it and write what you expected into Partner comment.",
    ]
    until = f" by {making.formats.day(document.dispute_until)}" if document.dispute_until else ""
    contact = f" to {document.contact}" if document.contact else ""
    steps.append(f"Return this file{contact}{until}.")
    if document.answer_days is not None:
        steps.append(f"We answer within {many(document.answer_days, 'day')}.")
    steps.append("Lines that are not disputed stay payable.")
    return [(f"Step {number}", step) for number, step in enumerate(steps, 1)]
