"""What must hold before a statement leaves: every row of the roll-forward equals the detail that is printed for it.

The workbook computes the rows again from its own tables, so a row that differs from its detail would change its
figure at the first recalculation. Such a statement is refused with the rows named; so is a final one whose own checks
do not hold. A draft with a failed check is written, and the check says so.
"""

from collections.abc import Iterable
from decimal import Decimal

from partnerdesk.engine.money import ZERO, minor
from partnerdesk.engine.outcome import HELD, Row
from partnerdesk.errors import Refused
from partnerdesk.reports.statement.document import DRAFT, StatementDocument

# Rows that follow from entries: the entry kind, and the sheet that lists them.
TRANSFERS = {"deferred": "deferral", "holdback": "holdback", "released": "release", "forfeited": "forfeiture"}
CORRECTIONS = {"clawback": "clawback", "adjusted": "adjustment", "trueup": "trueup", "lapsed": "loss"}
TOPUP = "TOPUP"
WITHOUT_SHEET = ("opened", "tax", "paid")  # rows that no table of earnings, holds or corrections adds up


def earned_type(row: Row[Decimal]) -> str | None:
    """The type of earning lines that a row sums up, or None for a row of another kind."""
    if row.key == "topup":
        return TOPUP
    kind, _, type_ = row.key.partition(".")
    return type_ if kind == "earned" else None


def check(document: StatementDocument) -> None:
    """Raises Refused, naming every row that differs from its detail and every check that fails on a final statement."""
    _check_amounts(document)
    wrong = list(_differences(document))
    if document.status != DRAFT:
        wrong += [f"{c.name}: {c.difference}" for c in document.statement.checks if not c.is_ok]
    if wrong:
        raise Refused(
            f"Statement {document.number} does not tie: {'; '.join(wrong)}.",
            "Evaluate the period again; if it stays, open the row's Why.",
        )


def _check_amounts(document: StatementDocument) -> None:
    """Every figure is a number, and amounts are whole minor units: a format hides nothing finer."""
    statement, currency = document.statement, document.currency
    for line in statement.lines:
        for part in (line.base, line.rate, line.factor, line.share, line.computed, line.effect, line.exchange):
            if part is not None and not part.is_finite():
                raise Refused(f"Line {line.id} holds {part}, which is no number.", "Evaluate the period again.")
    amounts = [(f"line {line.id}", line.amount) for line in statement.lines]
    amounts += [(f"entry {entry.id}", entry.amount) for entry in statement.entries]
    amounts += [(row.label, amount) for row in statement.rows for amount in (row.held, row.payable, row.total)]
    for place, amount in amounts:
        try:
            minor(amount, currency)
        except ValueError as error:
            remedy = "Set rounding.decimals of the program to the decimals of its currency."
            raise Refused(f"Statement {document.number}, {place}: {error}.", remedy) from None


def _differences(document: StatementDocument) -> Iterable[str]:
    statement = document.statement
    detail = _detail_sums(document)
    rows = [type_ for row in statement.rows if (type_ := earned_type(row)) is not None]
    yield from (f"no row for {type_}" for type_ in sorted({line.type for line in statement.lines} - {*rows}))
    if len({type_.casefold() for type_ in rows}) < len(rows):  # a spreadsheet's SUMIFS ignores case
        yield f"two types that differ in case alone among {', '.join(rows)}"
    for row in statement.rows[1:-1]:
        if row.key in WITHOUT_SHEET:
            continue
        held, payable = detail.get(row.key, (ZERO, ZERO))
        if earned_type(row) is not None:
            held, payable = row.held, held + payable - row.held
        if (held, payable) != (row.held, row.payable) or row.total != row.held + row.payable:
            yield f"{row.label} {row.total}, its detail {held + payable}"
    opening, *moved, closing = statement.rows
    for name in ("held", "payable", "total"):
        total = getattr(opening, name) + sum((getattr(r, name) for r in moved), ZERO)
        if total != getattr(closing, name):
            yield f"closing balance {getattr(closing, name)} ({name}), its rows {total}"


def _detail_sums(document: StatementDocument) -> dict[str, tuple[Decimal, Decimal]]:
    """Held and payable of the printed detail by row key; of earnings only their sum is known."""
    kinds = {kind: key for key, kind in (TRANSFERS | CORRECTIONS).items()}
    sums: dict[str, tuple[Decimal, Decimal]] = {}
    for entry in document.statement.entries:
        if entry.kind in kinds:
            held, payable = sums.get(kinds[entry.kind], (ZERO, ZERO))
            moved = (held + entry.amount, payable) if entry.bucket == HELD else (held, payable + entry.amount)
            sums[kinds[entry.kind]] = moved
    for line in document.statement.lines:
        key = "topup" if line.type == TOPUP else f"earned.{line.type}"
        held, payable = sums.get(key, (ZERO, ZERO))
        sums[key] = (held, payable + line.amount)
    return sums
