"""An independent reader of a statement: openpyxl and the sheets' own words, nothing of what wrote them.

It gives back what a partner's finance team would read, so that a test can hold it against the ledger.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

from openpyxl import load_workbook

from partnerdesk.reports.statement.document import StatementDocument

NEARLY = Decimal("0.000001")  # what binary fractions may leave of a sum of cents
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass
class ReadStatement:
    """What stands in the workbook: cached values as a reader without a spreadsheet program sees them."""

    facts: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, tuple[Decimal, Decimal, Decimal]] = field(default_factory=dict)
    checks: dict[str, tuple[Decimal, str]] = field(default_factory=dict)
    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    heads: dict[str, list[Any]] = field(default_factory=dict)
    history: list[tuple[Any, ...]] = field(default_factory=list)
    paid: Decimal = Decimal(0)
    held: Decimal = Decimal(0)


def read(content: bytes) -> ReadStatement:
    """The statement in the file's bytes."""
    book = load_workbook(io.BytesIO(content), data_only=True)
    _restore_texts(book, content)
    found = ReadStatement()
    _read_summary(book.worksheets[0], found)
    for sheet in book.worksheets[1:]:
        found.heads[sheet.title] = [plain(cell.value) for row in sheet.iter_rows(1, 3) for cell in row]
        for table in sheet.tables.values():
            found.tables[table.name] = list(_records(sheet, table.ref))
    return found


def plain(value: Any) -> Any:
    """The cell's value; numbers as exact decimals of what the file says."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return Decimal(repr(value))
    if isinstance(value, datetime):
        return value.date()
    return value


def _restore_texts(book: Any, content: bytes) -> None:
    """Texts as Excel shows them: openpyxl leaves `_x000D_` as it is and loses `_x005F_`."""
    found = parts(content)
    if "_x" not in found["xl/sharedStrings.xml"]:
        return
    strings = [
        _ESCAPED.sub(lambda hit: chr(int(hit[1], 16)), "".join(t.text or "" for t in item.iter(f"{_MAIN}t")))
        for item in ElementTree.fromstring(found["xl/sharedStrings.xml"]).iter(f"{_MAIN}si")
    ]
    for number, sheet in enumerate(book.worksheets, 1):
        for cell in ElementTree.fromstring(found[f"xl/worksheets/sheet{number}.xml"]).iter(f"{_MAIN}c"):
            if cell.get("t") == "s":
                sheet[cell.get("r")]._value = strings[int(cell[0].text or "")]


def _records(sheet: Any, area: str) -> Iterator[dict[str, Any]]:
    heads, *rows = sheet[area]
    titles = [cell.value for cell in heads]
    for row in rows:
        values = [plain(cell.value) for cell in row]
        if any(value is not None for value in (values[0], *values[2:])):  # else the one row of an empty table
            yield dict(zip(titles, values, strict=True))


def _read_summary(sheet: Any, found: ReadStatement) -> None:
    found.paid, found.held = plain(sheet["H2"].value), plain(sheet["J2"].value)
    for row in range(5, 11):
        for name, value in (("B", "C"), ("E", "F")):
            found.facts[sheet[f"{name}{row}"].value] = plain(sheet[f"{value}{row}"].value)
    row = 14
    while sheet[f"B{row}"].value is not None:
        found.rows[plain(sheet[f"B{row}"].value)] = tuple(plain(sheet[f"{c}{row}"].value) for c in "CDE")
        row += 1
    row += 2
    while sheet[f"E{row}"].value is not None:
        found.checks[sheet[f"B{row}"].value] = (plain(sheet[f"E{row}"].value), sheet[f"F{row}"].value)
        row += 1
    row = 8
    while sheet[f"H{row}"].value is not None and row < 20:
        found.history.append(tuple(plain(sheet[f"{c}{row}"].value) for c in "HIJKL"))
        row += 1


def assert_equals_ledger(found: ReadStatement, document: StatementDocument) -> None:
    """Every figure of the ledger stands in the file, to the cent."""
    statement = document.statement
    assert list(found.rows.values()) == [(r.held, r.payable, r.total) for r in statement.rows]
    lines = found.tables["Earnings"]
    assert [(r["Line"], r["Amount"], r["Computed"], r["Cap"]) for r in lines] == [
        (x.id, x.amount, x.computed, x.effect) for x in statement.lines
    ]
    assert all(r["Recalc"] == 0 for r in lines)
    assert [(r["Event"], r["Processed"], r["Type"]) for r in lines] == [
        (x.event, x.process, x.type) for x in statement.lines
    ]
    assert {r["Hold"]: r["Remaining"] for r in found.tables["Holds"] if r["Kind"] != "Other"} == {
        h.id: h.remaining for h in statement.held
    }
    kinds = ("deferral", "holdback", "release", "forfeiture")
    moved = sum((e.amount for e in statement.entries if e.kind in kinds), Decimal(0))
    assert sum((r["Total"] for r in found.tables["Movements"]), Decimal(0)) == moved
    corrected = sum(
        (e.amount for e in statement.entries if e.kind in ("clawback", "adjustment", "trueup", "loss")), Decimal(0)
    )
    assert sum((r["Total"] for r in found.tables["Corrections"]), Decimal(0)) == corrected
    assert found.paid == -statement.row("paid").total
    assert found.held == statement.rows[-1].held
    assert {name: difference for name, (difference, _) in found.checks.items()} == {
        c.name: c.difference for c in statement.checks
    }


def cells(content: bytes) -> dict[tuple[str, str], Any]:
    """Every cell's cached value by sheet and place."""
    book = load_workbook(io.BytesIO(content), data_only=True)
    _restore_texts(book, content)
    return {
        (sheet.title, cell.coordinate): plain(cell.value)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def differences(before: bytes, after: bytes) -> list[str]:
    """Every cell whose figure or word changed."""
    old, new = cells(before), cells(after)
    found = []
    for place in sorted(old.keys() | new.keys()):
        was, now = old.get(place), new.get(place)
        both = isinstance(was, Decimal) and isinstance(now, Decimal)
        if abs(was - now) > NEARLY if both else was != now:
            found.append(f"{place[0]}!{place[1]}: {was!r} became {now!r}")
    return found


def formulas(content: bytes) -> dict[tuple[str, str], str]:
    """Every formula in the file by sheet and place."""
    book = load_workbook(io.BytesIO(content))
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def parts(content: bytes) -> dict[str, str]:
    """The text of every part of the file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def changed(content: bytes, part: str, before: str, after: str) -> bytes:
    """The file with one text of one part replaced; fails where it is not there exactly once."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            text = old.read(item).decode("utf-8")
            if item.filename == part:
                assert text.count(before) == 1, f"{before!r} stands {text.count(before)} times in {part}"
                text = text.replace(before, after)
            new.writestr(item, text)
    return result.getvalue()
