"""A statement comes back: its marks become disputes, whatever else was altered is listed and not taken."""

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import delete, update

from partnerdesk.engine.facts import Adjustment
from partnerdesk.errors import Damaged, Refused
from partnerdesk.intake.grid import is_statement
from partnerdesk.models.statements import issued_workbook
from partnerdesk.ops.outgoing import note_outgoing
from partnerdesk.ops.rows.facts import add_rows, change_row
from partnerdesk.ops.statements import returned
from partnerdesk.ops.statements.ballots import NO_VALUE, UNREAD_COMMENT, without_ballots
from partnerdesk.ops.statements.closing import close_period
from partnerdesk.ops.statements.exports import export_statements
from partnerdesk.ops.statements.issued import keep_issues
from partnerdesk.ops.statements.returned import NO_COMMENT, Returned, raise_returned, read_returned
from partnerdesk.queries.statements.closing import run
from partnerdesk.queries.statements.disputes import dispute_steps, disputes
from partnerdesk.reports.release.outgoing import Issue, Outgoing, outgoing
from partnerdesk.reports.statement.making import OBJECT_AT_TOTAL
from partnerdesk.store import Store
from tests.old.facts import AS_OF
from tests.ops.disputes.disputed import LATER, MOMENT, RAISED, line, opened

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


def test_a_statement_whose_sheets_were_renamed_is_known_by_its_title(store: Store, issued: Path) -> None:
    book = openpyxl.load_workbook(issued)
    for number, sheet in enumerate(book.worksheets):
        sheet.title = f"Blatt {number}"
    book.save(back := issued.with_name("renamed.xlsx"))
    assert is_statement(back)
    assert read(store, back).closed.number == "ST-2025-01"
    book.properties.title = "Our statement"
    book.save(back)
    assert not is_statement(back)


def test_a_statement_without_lines_comes_back_untouched(store: Store, tmp_path: Path) -> None:
    issued = store.read(export_statements, "2025-03", AS_OF, tmp_path / "march")[0].workbook
    found = read(store, issued)
    assert (found.closed.number, found.marked, found.differences) == ("ST-2025-03", (), ())


def resaved(issued: Path, alter: Callable[[Any], None]) -> Path:
    """A copy with a marked row, altered and saved by a program that keeps formulas without their values."""
    book = openpyxl.load_workbook(issued)
    sheet = book["2 Earnings"]
    sheet["V6"], sheet["W6"] = "x", "15 %"
    alter(sheet)
    book.save(back := issued.with_name("resaved.xlsx"))
    return back


@pytest.mark.parametrize(
    ("alter", "cells"),
    [
        (lambda sheet: None, set()),
        (lambda sheet: sheet.insert_cols(3), set()),
        (lambda sheet: sheet.move_range("V5:W6", cols=4), set()),
        (lambda sheet: setattr(sheet, "title", "Our check"), set()),
        (lambda sheet: setattr(sheet["P6"], "value", 9999), {"P6"}),
        (lambda sheet: (sheet.insert_cols(3), setattr(sheet["Q6"], "value", 9999)), {"P6"}),
    ],
    ids=["resaved", "column inserted", "columns moved", "renamed", "edited", "edited and inserted"],
)
def test_marks_are_found_wherever_they_went_and_formulas_without_values_are_no_edits(
    store: Store, issued: Path, alter: Callable[[Any], None], cells: set[str]
) -> None:
    found = read(store, resaved(issued, alter))
    assert [(m.line, m.comment) for m in found.marked] == [(line(store), "15 %")]
    told = found.altered
    assert found.differences[len(told) :] == found.differences[-1:], "one sentence, at the end, for all cells"
    assert found.uncalculated.endswith(" sheets") and "computed cells on" in found.uncalculated
    assert {d.cell for d in told if d.sheet == "2 Earnings"} == cells
    assert all(d.sheet in ("2 Earnings", "Our check") for d in told), "nothing else is said to be altered"


def sent(store: Store, folder: Path, at: str = MOMENT, label: str = "2025-01") -> Path:
    """A workbook that left and is on record."""
    made = store.read(export_statements, label, AS_OF, folder)
    store.keep(note_outgoing, outgoing(made), on=AS_OF, by="Ana", at=at)
    return made[0].workbook


def test_a_formula_for_a_comment_takes_neither_its_mark_nor_the_others_with_it(store: Store, issued: Path) -> None:
    back = resaved(issued, lambda sheet: setattr(sheet["W6"], "value", "=1+1"))
    book = openpyxl.load_workbook(back)
    summary = book["1 Summary"]
    label = next(cell for row in summary.iter_rows() for cell in row if cell.value == "Dispute the total?")
    summary.cell(label.row, label.column + 1).value = "Yes"
    book.save(back)
    found = read(store, back)
    assert [(m.says, m.comment) for m in found.marked] == [("the total", ""), (f"line {line(store)}", UNREAD_COMMENT)]
    assert found.altered == ()
    store.transact("Take", raise_returned, found, raised_by="Rita", on=RAISED, by="Ana", at=MOMENT)
    assert {d.reason for d in store.read(disputes, RAISED)} == {NO_COMMENT, UNREAD_COMMENT}
    assert read(store, back).fresh == ()


def test_a_formula_for_a_mark_is_told_and_marks_nothing(store: Store, issued: Path) -> None:
    found = read(store, resaved(issued, lambda sheet: setattr(sheet["V6"], "value", '="Yes"')))
    assert found.marked == ()
    assert [(d.cell, d.returned) for d in found.altered] == [("V6", NO_VALUE), ("W6", "15 %")]


def test_a_file_is_held_against_what_was_sent_and_not_against_todays_words(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = store.read(export_statements, "2025-02", AS_OF, tmp_path / "before")[0].workbook
    file = sent(store, tmp_path / "out")
    drawn = returned._drawn

    def reworded(*args: Any) -> dict[str, Any]:
        return {name: {place: f"{text}." for place, text in grid.items()} for name, grid in drawn(*args).items()}

    monkeypatch.setattr(returned, "_drawn", reworded)
    found = read(store, file)
    assert (found.differences, found.sent) == ((), MOMENT)
    assert found.against == "It is compared with the workbook that was issued on 15 Apr 2025."
    back = edited(file, {"V6": "Yes", "P6": "9999"})
    assert [(d.cell, d.returned) for d in read(store, back).differences] == [("P6", "9999")]
    found = read(store, before)
    assert found.differences and found.against.startswith("It left before what was sent was kept")


def test_which_of_several_issues_came_back_is_told_by_what_it_holds(store: Store, tmp_path: Path) -> None:
    english = sent(store, tmp_path / "en")
    store.transact("Speak", change_row, "partner", "P1", {}, language="de")
    german = sent(store, tmp_path / "de", "2025-04-16T09:00:00Z")
    assert [read(store, file).sent for file in (english, german)] == [MOMENT, "2025-04-16T09:00:00Z"]
    assert [read(store, file).differences for file in (english, german)] == [(), ()]
    for file in (english, german):
        assert [d.cell for d in read(store, edited(file, {"P6": "9999"})).differences] == ["P6"]
    sent(store, tmp_path / "again", "2025-04-17T09:00:00Z")
    assert read(store, german).sent == "2025-04-16T09:00:00Z", "equal cells are kept once"


def opened_sheet(path: Path, name: str) -> tuple[Any, Any, dict[str, int]]:
    """The book, a sheet, and the columns of its ballots by title, with the row of the titles as `head`."""
    book = openpyxl.load_workbook(path)
    sheet = book[name]
    mark = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "Dispute?")
    return book, sheet, {"head": mark.row, "mark": mark.column, "comment": mark.column + 1}


def marked(path: Path, name: str, comment: str = "not as agreed") -> Path:
    """A copy in which the first row of a sheet's ballots is marked."""
    book, sheet, at = opened_sheet(path, name)
    sheet.cell(at["head"] + 1, at["mark"]).value = "Yes"
    sheet.cell(at["head"] + 1, at["comment"]).value = comment
    book.save(back := path.with_name(f"marked {name}.xlsx"))
    return back


def adjusted_april(store: Store, folder: Path) -> Path:
    """The workbook of April, which closes with an adjustment."""
    said = {"reason": "a campaign", "reason_code": "other", "approver": "Bo", "currency": "EUR"}
    row = Adjustment(id="J1", partner="P1", day=date(2025, 4, 10), amount=Decimal("250.00"), **said)
    store.transact("Adjust", add_rows, [row])
    total = store.read(run, "2025-04", LATER).total
    names = {"maker": "Ana", "checker": "Bo", "at": "2025-05-06T09:00:00Z"}
    store.transact("Close", close_period, "2025-04", LATER, total=total, **names)
    return store.read(export_statements, "2025-04", LATER, folder)[0].workbook


@pytest.mark.parametrize(
    ("label", "sheet", "kind", "amount"),
    [
        ("2025-01", "3 Held and releases", "holdback", "-120.00"),
        ("2025-02", "7 Payments", "payment", "-480.00"),
        ("2025-04", "4 Clawbacks and adjustments", "adjustment", "250.00"),
    ],
)
def test_a_row_of_any_sheet_is_marked(
    store: Store, tmp_path: Path, label: str, sheet: str, kind: str, amount: str
) -> None:
    if label == "2025-04":
        issued = adjusted_april(store, tmp_path / "out")
    else:
        issued = store.read(export_statements, label, AS_OF, tmp_path / "out")[0].workbook
    back = marked(issued, sheet)
    found = read(store, back)
    assert found.altered == ()
    ((comment, said),) = [(m.comment, m.says.partition(" ")[0]) for m in found.marked]
    assert (comment, said, found.marked[0].sheet) == ("not as agreed", kind, sheet)
    store.transact("Take", raise_returned, found, raised_by="Rita", on=LATER, by="Ana", at=MOMENT, late_because="x")
    (dispute,) = store.read(disputes, LATER)
    assert (dispute.kind, dispute.amount) == (kind, Decimal(amount))
    assert f"sheet {sheet}, row" in store.read(dispute_steps, dispute.id)[0].says
    assert read(store, back).fresh == ()


def test_the_total_is_marked_below_the_checks(store: Store, issued: Path) -> None:
    book = openpyxl.load_workbook(issued)
    sheet = book["1 Summary"]
    label = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "Dispute the total?")
    sheet.cell(label.row, label.column + 1).value = "Yes"
    sheet.cell(label.row, label.column + 2).value = "1,200 more"
    book.save(back := issued.with_name("total.xlsx"))
    found = read(store, back)
    assert [(m.line, m.says, m.comment) for m in found.marked] == [("ST-2025-01", "the total", "1,200 more")]
    assert found.altered == ()
    store.transact("Take", raise_returned, found, raised_by="Rita", on=RAISED, by="Ana", at=MOMENT)
    (dispute,) = store.read(disputes, RAISED)
    assert dispute.is_total and dispute.amount == Decimal("480.00")


def test_beside_a_mark_everything_else_is_compared(store: Store, issued: Path) -> None:
    book, sheet, at = opened_sheet(marked(issued, "3 Held and releases"), "3 Held and releases")
    sheet.cell(at["head"] + 1, 4).value = 9999
    sheet.cell(at["head"] + 2, at["mark"]).value = "perhaps"
    book.save(back := issued.with_name("altered.xlsx"))
    found = read(store, back)
    assert {d.returned for d in found.altered} == {"9999", "perhaps"} and len(found.marked) == 1


def test_a_workbook_of_before_there_were_ballots_differs_in_nothing(store: Store, issued: Path) -> None:
    book = openpyxl.load_workbook(issued)
    for sheet in book.worksheets[2:]:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value in ("Dispute?", "No", "Partner comment"):
                    cell.value = None
    summary = book["1 Summary"]
    at = next(cell.row for row in summary.iter_rows() for cell in row if cell.value == "Dispute the total?")
    for merged in list(summary.merged_cells.ranges):
        if merged.min_row == at:
            summary.unmerge_cells(str(merged))
    summary.delete_rows(at, 2)
    book.save(back := issued.with_name("before.xlsx"))
    found = read(store, back)
    assert (found.closed.number, found.marked, found.altered) == ("ST-2025-01", (), ())


def test_a_workbook_that_left_before_it_said_where_to_object_differs_in_nothing() -> None:
    grid = {(1, 0): "Not counted", (3, 0): OBJECT_AT_TOTAL}
    assert without_ballots({"5 Not counted": grid}, {"5 Not counted": {(1, 0): "Not counted"}}) == {
        "5 Not counted": {(1, 0): "Not counted"}
    }
    assert without_ballots({"5 Not counted": grid}, {"5 Not counted": grid}) == {"5 Not counted": grid}


def test_what_was_issued_never_changes_and_damage_is_told(store: Store, tmp_path: Path) -> None:
    file = sent(store, tmp_path / "out")
    for change in (update(issued_workbook).values(cells=b"x"), delete(issued_workbook)):
        with pytest.raises(Refused, match="kept as it was sent"):
            store.keep(lambda session, change=change: session.execute(change))
    broken = Issue(read(store, file).closed.id, 1, "0" * 64, b"x")
    store.keep(keep_issues, [Outgoing("statement", "P1", "", "x.xlsx", "", issue=broken)], MOMENT)
    with pytest.raises(Damaged, match="is not what was issued"):
        read(store, file)
