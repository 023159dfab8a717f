"""What was officially paid, row by row: columns recognised by their words or named by the user, cells read exactly.

A column plays one part: partner, reference (of a line, deal, contract or invoice), day, amount, base, rate, currency.
What a column says was taken off as tax or fee belongs to the amount again: statements are held against what was owed.
A row that names no partner belongs to the one named above it; rows that only sum up others are left out.
Which of our lines a row pays is not known here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from partnerdesk.engine.currencies import CODES
from partnerdesk.engine.problem import Problem
from partnerdesk.errors import Refused
from partnerdesk.intake import files, table
from partnerdesk.intake.columns import Columns
from partnerdesk.intake.day_columns import DayColumns
from partnerdesk.intake.limits import WINDOW, Limits
from partnerdesk.intake.mapping import remembered_as
from partnerdesk.intake.number_columns import Number, NumberColumns
from partnerdesk.intake.official.parts import AMOUNT, PARTS, REFERENCE, TAKEN, currency_in, guessed, known_words
from partnerdesk.intake.official.row import OfficialRow
from partnerdesk.intake.official.sums import without_sums
from partnerdesk.intake.question import Findings, Question
from partnerdesk.intake.table import Table
from partnerdesk.intake.tokens import clean, is_nothing, spaced

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

    @property
    def has_amount(self) -> bool:
        """Whether a column is the amount paid; without one nothing can be read."""
        return AMOUNT in self.parts.values()

    @property
    def is_clear(self) -> bool:
        """Whether all of it could be read: nothing is left for the user to say."""
        return self.has_amount and not self.questions


def read_table(path: Path, choices: Mapping[str, str], limits: Limits = WINDOW) -> Table:
    """The table of the sheet that was chosen, else of the one with the most headers that are known."""
    sheets = files.read(path, limits)
    wanted = [s for s in sheets if s.name == choices.get("sheet", s.name) and s.rows]
    if not wanted:
        raise Refused(f"{path.name} has no rows.", "Choose another file, or another of its sheets.")
    return max((table.table(s, choices, known_words()) for s in wanted), key=_known)


def _known(found: Table) -> int:
    return len(guessed(found))


def official(found: Table, choices: Mapping[str, str]) -> Official:
    """The rows of a table under the user's choices `column:HEADER` (a part, or ""), `decimal` and `date`.

    Without an amount there are no rows, and a problem says so. Raises Refused for a choice that names no part.
    """
    parts = _parts(found, choices)
    findings, heads = Findings(dict(choices)), {c: h for c, h in enumerate(found.headers) if found.words[c]}
    rows: tuple[OfficialRow, ...] = ()
    sums: tuple[str, ...] = ()
    missing: list[Problem] = []
    if AMOUNT in parts.values():
        rows, sums = without_sums(list(_rows(found, parts, _columns(found, parts, findings), findings)))
    else:
        says = f"Say which one is: {', '.join(heads.values())}."
        missing.append(Problem(found.sheet.file, "No column of this file is known as the amount paid.", says))
    problems = [p for row in sorted(findings.problems) for p in findings.problems[row]]
    return Official(
        found.sheet.file,
        found.sheet.sha256,
        f"reconcile.{remembered_as(found)}",
        {header: parts.get(c, "") for c, header in heads.items()},
        {header: next((clean(v) for v in found.columns[c] if v.strip()), "") for c, header in heads.items()},
        rows,
        (*missing, *problems, *found.rejected.values()),
        tuple(findings.questions.values()),
        sums,
    )


def _parts(found: Table, choices: Mapping[str, str]) -> dict[int, str]:
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
    own = {c: p for c, p in guessed(found).items() if c not in chosen and p not in taken}
    return {c: p for c, p in (own | chosen).items() if p}


def _columns(found: Table, parts: Mapping[int, str], findings: Findings) -> dict[int, Sequence[Any]]:
    """The values of each column that plays a part, one for each row of the table."""
    shared = Columns(found, findings)
    numbers, days = NumberColumns(shared), DayColumns(shared)
    read: dict[int, Sequence[Any]] = {}
    for column, part in parts.items():
        if part in (AMOUNT, "base", "rate", TAKEN):
            read[column] = numbers.read((column,))[0]
        elif part == "day":
            read[column] = days.read(column, "", False)
        else:
            read[column] = [_text(cell) for cell in found.columns[column]]
    days.ask()
    return read


def _text(cell: str) -> str:
    text = clean(cell)
    return "" if is_nothing(text, in_text=False) else spaced(text)


def _rows(
    found: Table, parts: Mapping[int, str], columns: Mapping[int, Sequence[Any]], findings: Findings
) -> Iterator[OfficialRow]:
    usual, heads = _currency_said(found, parts), list[str]()
    for i in range(found.count):
        cell = {part: columns[c][i] for c, part in parts.items() if part != REFERENCE}
        filled = [text for column in found.columns if (text := _text(column[i]))]
        if cell[AMOUNT] is None and len(filled) == 1:  # a head, under which rows stand
            heads.insert(0, filled[0])
            findings.problems.pop(i, None)
            continue
        if cell[AMOUNT] is None and i not in findings.problems:
            findings.reject(i, found.place(i), "The row has no amount.", "Enter it, or leave the row out.")
        if i in findings.problems:
            continue
        named = [text for c, part in parts.items() if part == REFERENCE and (text := columns[c][i])]
        off = [_value(columns[c][i]) for c, part in parts.items() if part == TAKEN]
        yield _row(found.place(i), cell, named, heads, usual, sum((abs(n) for n in off if n), Decimal(0)))
        if cell.get("partner") and cell["partner"] not in heads[:1]:
            heads.insert(0, cell["partner"])


def _row(
    place: str, cell: Mapping[str, Any], named: Sequence[str], heads: Sequence[str], usual: str, taken: Decimal
) -> OfficialRow:
    """What was taken off makes the amount larger, and one that was paid back larger below zero."""
    amount = _value(cell[AMOUNT]) or Decimal(0)
    return OfficialRow(
        place,
        cell.get("partner", ""),
        named[0] if named else "",
        date.fromisoformat(cell["day"]) if cell.get("day") else None,
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
