"""What was officially paid, row by row: columns recognised by their words or named by the user, cells read exactly.

A column plays one part (see `parts.PARTS`). What a column says was taken off as tax or fee belongs to the amount again:
statements are held against what was owed. A row that names no partner belongs to the one named above it; rows that only
sum up others are left out. Which of our lines a row pays is not known here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from partnerdesk.engine.currencies import CODES
from partnerdesk.engine.problem import Problem
from partnerdesk.errors import Refused
from partnerdesk.intake.columns import Columns
from partnerdesk.intake.mapping import remembered_as
from partnerdesk.intake.number_columns import Number, NumberColumns
from partnerdesk.intake.official.content import NOBODY, Ours, marks
from partnerdesk.intake.official.deductions import settled
from partnerdesk.intake.official.months import Wanted, month_columns
from partnerdesk.intake.official.parts import (
    AMOUNT,
    BACK,
    DIRECTION,
    PARTS,
    REFERENCE,
    STATUS,
    TAKEN,
    currency_in,
    guessed,
)
from partnerdesk.intake.official.row import OfficialRow
from partnerdesk.intake.official.signs import turned
from partnerdesk.intake.official.sums import without_sums
from partnerdesk.intake.question import Findings, Option, Question
from partnerdesk.intake.table import Table
from partnerdesk.intake.tokens import clean, is_nothing, spaced
from partnerdesk.intake.values import meaning

_CURRENCY = re.compile(r"(?:currency|w[äa]e?hrung|devise|valuta|moneda|moeda|waluta|m[ěe]na)\W{0,3}([A-Z]{3})\b", re.I)
HEADS = 8  # texts above a row that may name its partner


@dataclass(frozen=True, slots=True)
class Official:
    """A read file. `parts` says which part each column plays, `first` is its first cell; problems are located."""

    file: str
    sha256: str
    key: str  # under which the parts of its columns are remembered
    parts: Mapping[str, str]  # header -> part, "" for a column that is left out
    first: Mapping[str, str]
    rows: tuple[OfficialRow, ...]
    problems: tuple[Problem, ...]
    questions: tuple[Question, ...]
    sums: tuple[str, ...] = ()  # where rows stand that are only the sum of those above
    months: frozenset[str] = frozenset()  # headers of columns that hold a period each: their part is this file's alone

    @property
    def has_amount(self) -> bool:
        """Whether a column is the amount paid; without one nothing can be read."""
        return AMOUNT in self.parts.values()

    @property
    def is_clear(self) -> bool:
        """Whether all of it could be read: nothing is left for the user to say."""
        return self.has_amount and not self.questions


def official(
    tables: Sequence[Table], choices: Mapping[str, str], ours: Ours = NOBODY, period: Wanted | None = None
) -> Official:
    """The rows of tables of one layout under the user's choices `column:HEADER` (a part, or ""), `decimal` and `sign`.

    `ours` tells partners and lines of the book by their names; `period` is the one that a column of months is read for.
    Without an amount there are no rows, and a problem says so. Raises Refused for a choice that names no part.
    """
    first = tables[0]
    asked: dict[str, Question] = {}
    parts = _parts(first, choices, ours, period, asked)
    heads = {c: h for c, h in enumerate(first.headers) if first.words[c]}
    found = _Found(questions=asked)
    if AMOUNT in parts.values():
        for one in tables:
            found.take(one, parts, choices, ours)
    elif not asked:
        says = f"Say which one is: {', '.join(heads.values())}."
        found.problems.append(Problem(first.sheet.file, "No column of this file is known as the amount paid.", says))
    rows = turned(found.rows, choices, found.questions)
    return Official(
        first.sheet.file,
        first.sheet.sha256,
        f"reconcile.{remembered_as(first)}",
        {header: parts.get(c, "") for c, header in heads.items()},
        {header: next((clean(v) for v in first.columns[c] if v.strip()), "") for c, header in heads.items()},
        rows,
        tuple(found.problems),
        tuple(found.questions.values()),
        tuple(found.sums),
        frozenset(first.headers[c] for c in month_columns(first)),
    )


@dataclass(slots=True)
class _Found:
    """What the tables of a file hold together."""

    rows: list[OfficialRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    questions: dict[str, Question] = field(default_factory=dict)
    sums: list[str] = field(default_factory=list)

    def take(self, one: Table, parts: Mapping[int, str], choices: Mapping[str, str], ours: Ours) -> None:
        """The rows of one more table."""
        findings = Findings(dict(choices))
        rows, sums = without_sums(list(_rows(one, parts, _columns(one, parts, findings), findings)), ours.is_partner)
        self.rows += rows
        self.sums += sums
        self.problems += [p for row in sorted(findings.problems) for p in findings.problems[row]]
        self.problems += findings.warnings
        self.problems += one.rejected.values()
        self.questions = findings.questions | self.questions


def _parts(
    found: Table, choices: Mapping[str, str], ours: Ours, period: Wanted | None, questions: dict[str, Question]
) -> dict[int, str]:
    chosen: dict[int, str] = {}
    for key, part in choices.items():
        name, _, header = key.partition(":")
        if name != "column":
            continue
        if part and part not in PARTS:
            raise Refused(f"“{part}” is no part of a payout.", f"Choose one of {', '.join(PARTS)}.")
        if header not in found.headers:
            raise Refused(f"There is no column “{header}”.", f"There are {', '.join(found.headers)}.")
        chosen[found.headers.index(header)] = part
    taken = set(chosen.values()) - {REFERENCE, TAKEN}
    told = guessed(found, ours, period, choices, questions if AMOUNT not in taken else None)
    own = {c: p for c, p in told.items() if c not in chosen and p not in taken}
    parts = {c: p for c, p in (own | chosen).items() if p}
    return settled(found, parts, chosen, choices, questions)


def _columns(found: Table, parts: Mapping[int, str], findings: Findings) -> dict[int, Sequence[Any]]:
    """The values of each column that plays a part, one for each row of the table."""
    shared = Columns(found, findings)
    numbers = NumberColumns(shared)
    read: dict[int, Sequence[Any]] = {}
    for column, part in parts.items():
        if part in (AMOUNT, "base", "rate", TAKEN, BACK):
            read[column] = numbers.read((column,))[0]
        else:
            read[column] = [_text(cell) for cell in found.columns[column]]
    return read


def _text(cell: str) -> str:
    text = clean(cell)
    return "" if is_nothing(text, in_text=False) else spaced(text)


def _rows(
    found: Table, parts: Mapping[int, str], columns: Mapping[int, Sequence[Any]], findings: Findings
) -> Iterator[OfficialRow]:
    usual, heads = _currency_said(found, parts), [found.sheet.name] if found.sheet.name else []
    is_paid = _paid_mark(parts, columns)
    for i in range(found.count):
        cell = {part: columns[c][i] for c, part in parts.items() if part != REFERENCE}
        cell[AMOUNT] = _signed(cell, is_paid)
        filled = [text for column in found.columns if (text := _text(column[i]))]
        if cell[AMOUNT] is None and len(filled) == 1:  # a head, under which rows stand
            heads.insert(0, filled[0])
            findings.problems.pop(i, None)
            continue
        if cell[AMOUNT] is None and i not in findings.problems:
            findings.reject(i, found.place(i), "The row has no amount.", "Enter it, or leave the row out.")
        if i in findings.problems or not _is_paid(found, i, parts, cell, findings):
            continue
        named = [text for c, part in parts.items() if part == REFERENCE and (text := columns[c][i])]
        off = [_value(columns[c][i]) for c, part in parts.items() if part == TAKEN]
        yield _row(found.place(i), cell, named, heads, usual, sum((abs(n) for n in off if n), Decimal(0)))
        if cell.get("partner") and cell["partner"] not in heads[:1]:
            heads.insert(0, cell["partner"])


def _is_paid(found: Table, i: int, parts: Mapping[int, str], cell: Mapping[str, Any], findings: Findings) -> bool:
    """Whether a row was paid; one whose status says otherwise is left out and told, one that nobody knows is asked."""
    text = cell.get(STATUS, "")
    if not text:
        return True
    column = next(c for c, part in parts.items() if part == STATUS)
    key = f"value:{found.headers[column]}:{text}"
    said = findings.choices.get(key, "") or meaning("payment_status", text)
    if said == "unpaid":
        message = f"The row was not paid: it is “{text}”."
        findings.warnings.append(Problem(found.place(i, column), message, "It is left out.", warning=True))
    elif said != "paid":
        options = (Option("paid", "It was paid"), Option("unpaid", "It was not paid"))
        asks = f"What does “{text}” in column {found.headers[column]} mean?"
        findings.ask(key, asks, "Only what was paid is held against statements.", options)
    return said == "paid"


def _paid_mark(parts: Mapping[int, str], columns: Mapping[int, Sequence[Any]]) -> str:
    """The mark of debit or credit that rows which were paid carry; empty where no column tells."""
    cells = next((columns[c] for c, part in parts.items() if part == DIRECTION), ())
    return marks([cell for cell in cells if cell]) or ""


def _signed(cell: Mapping[str, Any], paid: str) -> Any:
    """The amount of a row; one that was taken back, by its own column or by its mark, is below zero."""
    amount, back = cell[AMOUNT], cell.get(BACK)
    if amount is None and back is not None:
        return _below_zero(back)
    if paid and cell.get(DIRECTION) and cell[DIRECTION].casefold().rstrip(".") != paid:
        return _below_zero(amount)
    return amount


def _below_zero(number: Any) -> Any:
    if isinstance(number, Number):
        return replace(number, value=-abs(number.value))
    return None if number is None else -abs(number)


def _row(
    place: str, cell: Mapping[str, Any], named: Sequence[str], heads: Sequence[str], usual: str, taken: Decimal
) -> OfficialRow:
    """What was taken off makes the amount larger, and one that was paid back larger below zero."""
    amount = _value(cell[AMOUNT]) or Decimal(0)
    return OfficialRow(
        place,
        cell.get("partner", ""),
        named[0] if named else "",
        cell.get("day", ""),
        amount + (taken if amount >= 0 else -taken),
        _value(cell.get("base")),
        _rate(cell.get("rate")),
        (cell.get("currency") or _sign(cell[AMOUNT]) or usual).upper(),
        tuple(named[1:]),
        tuple(heads[:HEADS]),
        taken,
    )


def _currency_said(found: Table, parts: Mapping[int, str]) -> str:
    """The currency that the header of the amount names, or the lines above the table."""
    amount = next(c for c, part in parts.items() if part == AMOUNT)
    if said := currency_in(found.headers[amount]):
        return said
    above = found.sheet.rows[: max(found.header.index, 0)]
    codes = {match[1].upper() for row in above for cell in row if (match := _CURRENCY.search(cell))} & set(CODES)
    return codes.pop() if len(codes) == 1 else ""


def _value(number: Any) -> Decimal | None:
    return number.value if isinstance(number, Number) else number


def _rate(number: Any) -> Decimal | None:
    """A share of one: 6 %, 6 and 0.06 are the same rate."""
    value = _value(number)
    if value is None:
        return None
    is_percent = isinstance(number, Number) and number.is_percent
    return value / 100 if is_percent or abs(value) > 1 else value


def _sign(number: Any) -> str:
    sign = number.sign if isinstance(number, Number) else ""
    return sign if len(sign) == 3 and sign.isupper() else ""
