"""A statement comes back: its marks become disputes, whatever else was altered is listed and not taken."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from partnerdesk.errors import Refused
from partnerdesk.intake.grid import is_statement
from partnerdesk.ops.statements.exports import export_statements
from partnerdesk.ops.statements.returned import Returned, raise_returned, read_returned
from partnerdesk.queries.statements.disputes import dispute_steps, disputes
from partnerdesk.store import Store
from tests.old.facts import AS_OF
from tests.ops.disputed import MOMENT, RAISED, line, opened

SUMMARY, EARNINGS = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path, "hold") as store:
        yield store


@pytest.fixture
def issued(store: Store, tmp_path: Path) -> Path:
    return store.read(export_statements, "2025-01", AS_OF, tmp_path / "out")[0].workbook


def edited(issued: Path, cells: Mapping[str, str], part: str = EARNINGS) -> Path:
    """A copy in which some cells hold other texts, as a spreadsheet program would have saved it."""
    back = issued.with_name(f"back-{len(cells)}-{issued.name}")
    with zipfile.ZipFile(issued) as old, zipfile.ZipFile(back, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name).decode("utf-8") if name == part else old.read(name)
            for cell, text in cells.items() if name == part else ():
                made = f'<c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c>'
                content, count = re.subn(f'<c r="{cell}"(?:[^>]*/>|.*?</c>)', made, content)
                assert count == 1, cell
            new.writestr(name, content)
    return back


def read(store: Store, path: Path) -> Returned:
    return store.read(read_returned, path)


def test_a_file_that_was_not_touched_differs_in_nothing(store: Store, issued: Path) -> None:
    found = read(store, issued)
    assert (found.closed.number, found.marked, found.differences) == ("ST-2025-01", (), ())
    with pytest.raises(Refused, match="No row of this file is marked"):
        store.transact("Take", raise_returned, found, raised_by="Rita", on=RAISED, by="Ana", at=MOMENT)


def test_a_marked_row_becomes_a_dispute_once(store: Store, issued: Path) -> None:
    back = edited(issued, {"V6": "Yes", "W6": "15 % &amp; not 12 %"})
    found = read(store, back)
    assert [(m.line, m.comment, m.row) for m in found.marked] == [(line(store), "15 % & not 12 %", 6)]
    assert found.differences == ()
    store.transact("Take", raise_returned, found, raised_by="Rita", on=RAISED, by="Ana", at=MOMENT)
    (dispute,) = store.read(disputes, RAISED)
    assert (dispute.reason, dispute.raised_by, dispute.line) == ("15 % & not 12 %", "Rita", line(store))
    assert f"{back.name}, sheet 2 Earnings, row 6" in store.read(dispute_steps, dispute.id)[0].says
    assert read(store, back).fresh == (), "the same file again makes nothing new"


@pytest.mark.parametrize(("part", "cell", "sheet"), [(EARNINGS, "P6", "2 Earnings"), (SUMMARY, "E14", "1 Summary")])
def test_what_else_was_altered_is_listed_and_not_taken(
    store: Store, issued: Path, part: str, cell: str, sheet: str
) -> None:
    found = read(store, edited(issued, {cell: "9999"}, part))
    assert [(d.sheet, d.cell, d.returned) for d in found.differences] == [(sheet, cell, "9999")]
    assert found.marked == ()


def test_a_mark_that_nobody_understands_and_a_comment_alone_are_listed(store: Store, issued: Path) -> None:
    found = read(store, edited(issued, {"V6": "perhaps", "W6": "see mail"}))
    assert [(d.cell, d.returned) for d in found.differences] == [("V6", "perhaps"), ("W6", "see mail")]
    assert found.marked == ()


def test_a_line_that_is_renamed_is_missing_and_added(store: Store, issued: Path) -> None:
    found = read(store, edited(issued, {"A6": "another line", "V6": "Yes"}))
    assert found.marked == ()
    assert ("A6", "", "another line") in [(d.cell, d.issued, d.returned) for d in found.differences]
    assert f"line {line(store)}" in [d.issued for d in found.differences]


def test_a_draft_or_another_workbook_is_refused(store: Store, tmp_path: Path) -> None:
    draft = store.read(export_statements, "2025-04", AS_OF, tmp_path / "out")[0].workbook
    with pytest.raises(Refused, match="no statement that this book issued"):
        read(store, draft)
    assert is_statement(draft)
    plain = tmp_path / "plain.xlsx"
    plain.write_bytes(b"PK nothing")
    assert not is_statement(plain)
