"""What was officially paid, row by row: columns recognised by their words or named by the user, cells read exactly.

A column plays one part: partner, reference (of a line, deal, contract or invoice), day, amount, base, rate, currency.
Which of our lines a row pays is not known here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from partnerdesk.engine.problem import Problem
from partnerdesk.errors import Refused
from partnerdesk.intake import files, table
from partnerdesk.intake.columns import Columns
from partnerdesk.intake.day_columns import DayColumns
from partnerdesk.intake.limits import WINDOW, Limits
from partnerdesk.intake.mapping import remembered_as
from partnerdesk.intake.number_columns import Number, NumberColumns
from partnerdesk.intake.question import Findings, Question
from partnerdesk.intake.table import Table
from partnerdesk.intake.tokens import clean, is_nothing, spaced

PARTS: Mapping[str, str] = {
    "partner": "Partner",
    "reference": "Reference of the line, deal, contract or invoice",
    "day": "Day",
    "amount": "Amount paid",
    "base": "Base of the amount",
    "rate": "Rate",
    "currency": "Currency",
}
# The words of a header in the order in which they are tried; squashed, as headers are compared.
_WORDS: Mapping[str, tuple[str, ...]] = {
    "amount": (
        *("amountpaid", "paidamount", "payoutamount", "commissionamount", "incentiveamount", "paid", "payout"),
        *("commission", "provision", "auszahlung", "betrag", "amount", "incentive", "netamount"),
    ),
    "base": ("base", "basis", "baseamount", "eligibleamount", "eligiblerevenue", "bookingamount", "revenue", "umsatz"),
    "rate": ("rate", "commissionrate", "percent", "percentage", "satz", "payoutrate"),
    "reference": (
        *("line", "lineid", "reference", "ref", "transaction", "transactionid", "invoice", "invoicenumber"),
        *("order", "orderid", "ordernumber", "deal", "dealid", "opportunity", "opportunityid", "contract"),
        *("contractid", "contractnumber", "document", "documentnumber", "belegnummer", "referenz", "auftrag"),
    ),
    "partner": ("partner", "partnerid", "partnername", "partnernumber", "payee", "payeename", "reseller", "account"),
    "day": ("day", "date", "paymentdate", "paidon", "payoutdate", "valuedate", "datum", "eventdate"),
    "currency": ("currency", "currencycode", "curr", "waehrung", "wahrung"),
}
_KNOWN = frozenset(word for words in _WORDS.values() for word in words)


@dataclass(frozen=True, slots=True)
class OfficialRow:
    """A row as it was paid. `place` says where it stands; base and rate (0..1) where the file has them."""

    place: str
    partner: str
    reference: str
    day: date | None
    amount: Decimal
    base: Decimal | None
    rate: Decimal | None
    currency: str


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


def read_table(path: Path, choices: Mapping[str, str], limits: Limits = WINDOW) -> Table:
    """The table of the sheet that was chosen, else of the one with the most headers that are known."""
    sheets = files.read(path, limits)
    wanted = [s for s in sheets if s.name == choices.get("sheet", s.name) and s.rows]
    if not wanted:
        raise Refused(f"{path.name} has no rows.", "Choose another file, or another of its sheets.")
    return max((table.table(s, choices, _KNOWN) for s in wanted), key=_known)


def _known(found: Table) -> int:
    return len(_guessed(found))


def official(found: Table, choices: Mapping[str, str]) -> Official:
    """The rows of a table under the user's choices `column:HEADER` (a part, or ""), `decimal` and `date`.

    Raises Refused for a choice that names no part, and where no column is the amount.
    """
    parts = _parts(found, choices)
    place = {part: column for column, part in parts.items() if part}
    if "amount" not in place:
        raise Refused(
            f"No column of {found.sheet.file} is the amount paid.",
            f"Say which one is: {', '.join(h for h, w in zip(found.headers, found.words, strict=True) if w)}.",
        )
    findings = Findings(dict(choices))
    columns = _columns(found, place, findings)
    rows = tuple(_rows(found, columns, findings))
    problems = [p for row in sorted(findings.problems) for p in findings.problems[row]]
    heads = {c: h for c, h in enumerate(found.headers) if found.words[c]}
    return Official(
        found.sheet.file,
        found.sheet.sha256,
        f"reconcile.{remembered_as(found)}",
        {header: parts.get(c, "") for c, header in heads.items()},
        {header: next((clean(v) for v in found.columns[c] if v.strip()), "") for c, header in heads.items()},
        rows,
        (*problems, *found.rejected.values()),
        tuple(findings.questions.values()),
    )


def _guessed(found: Table) -> dict[int, str]:
    """Which column plays which part by its words, each part once."""
    guessed: dict[int, str] = {}
    for part, words in _WORDS.items():
        columns = [c for word in words for c, own in enumerate(found.words) if own == word and c not in guessed]
        if columns:
            guessed[columns[0]] = part
    return guessed


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
    taken = set(chosen.values())
    return {c: p for c, p in _guessed(found).items() if c not in chosen and p not in taken} | chosen


def _columns(found: Table, place: Mapping[str, int], findings: Findings) -> dict[str, Sequence[Any]]:
    """The values of each part, one for each row of the table."""
    shared = Columns(found, findings)
    numbers, days = NumberColumns(shared), DayColumns(shared)
    read: dict[str, Sequence[Any]] = {}
    for part, column in place.items():
        if part in ("amount", "base", "rate"):
            read[part] = numbers.read((column,))[0]
        elif part == "day":
            read[part] = days.read(column, "", False)
        else:
            read[part] = [_text(cell) for cell in found.columns[column]]
    days.ask()
    return read


def _text(cell: str) -> str:
    text = clean(cell)
    return "" if is_nothing(text, in_text=False) else spaced(text)


def _rows(found: Table, columns: Mapping[str, Sequence[Any]], findings: Findings) -> list[OfficialRow]:
    rows = []
    for i in range(found.count):
        cell = {part: values[i] for part, values in columns.items()}
        if cell["amount"] is None and i not in findings.problems:
            findings.reject(i, found.place(i), "The row has no amount.", "Enter it, or leave the row out.")
        if i in findings.problems:
            continue
        rows.append(
            OfficialRow(
                found.place(i),
                cell.get("partner", ""),
                cell.get("reference", ""),
                date.fromisoformat(cell["day"]) if cell.get("day") else None,
                _value(cell["amount"]) or Decimal(0),
                _value(cell.get("base")),
                _rate(cell.get("rate")),
                (cell.get("currency") or _sign(cell["amount"])).upper(),
            )
        )
    return rows


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
