"""Workbooks: days and numbers exactly, what a spreadsheet hides said aloud, what would harm refused in seconds."""

import multiprocessing
import os
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from partnerdesk.errors import Cancelled, Refused
from partnerdesk.intake import cells, files
from partnerdesk.intake.cells import Flaw
from partnerdesk.intake.limits import WINDOW, Limits
from partnerdesk.intake.worker import read_workbook
from tests.files import workbook
from tests.hostile import workbooks as hostile
from tests.intake.conftest import Drafted

HEADER = ["Deal ID", "Partner", "Closed", "Amount"]


def test_days_and_numbers_of_a_workbook_need_no_question(drafted: Drafted, tmp_path: Path) -> None:
    rows = [
        HEADER,
        ["D-1", "Acme", date(2024, 3, 2), 34.2],
        ["D-2", "Beta", datetime.fromisoformat("2024-02-03T23:30"), 1.234],
    ]
    rows.append(["D-3", "Gamma", date(2024, 12, 31), 1234567.89])
    draft = drafted(workbook(tmp_path, rows), {"round:Amount": "half up"})
    (part,) = draft.parts
    assert part.fields["closed"] == ["2024-03-02", "2024-02-03", "2024-12-31"]
    assert part.fields["amount"] == [3420, 123, 123456789]
    assert not draft.questions
    assert draft.table.place(1, 3) == "q3.xlsx sheet Deals row 3, column Amount"


def test_texts_in_a_workbook_are_read_as_texts(drafted: Drafted, tmp_path: Path) -> None:
    rows = [HEADER, ["D-1", "Acme", "02.03.2024", "1.234,50"], ["D-2", "Beta", "17.11.2024", 5]]
    (part,) = drafted(workbook(tmp_path, rows)).parts
    assert part.fields["closed"] == ["2024-03-02", "2024-11-17"]
    assert part.fields["amount"] == [123450, 500]


def test_a_percentage_is_a_share(drafted: Drafted, tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "q3.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("Deals")
        page.write_row(0, 0, ["Deal ID", "Stage", "Amount", "Probability"])
        page.write_row(1, 0, ["D-1", "Talks", 5])
        page.write(1, 3, 0.25, book.add_format({"num_format": "0 %"}))
    (part,) = drafted(path).parts
    assert part.fields["probability"] == ["0.25"]


def test_a_serial_number_in_a_day_column_follows_the_workbook(drafted: Drafted, tmp_path: Path) -> None:
    plain = '<c r="C{n}"><v>45366</v></c>'
    for properties, day in (("", "2024-03-15"), ('<workbookPr date1904="1"/>', "2028-03-16")):
        path = hostile.build(tmp_path / "q3.xlsx", hostile.sheet(hostile.row(2, plain)), properties)
        (part,) = drafted(path, {"set:deal.status": "won"}).parts
        assert part.fields["closed"] == [day]


@pytest.mark.parametrize(
    ("raw", "is_1904", "day"),
    [
        ("1", False, "1900-01-01"),
        ("59", False, "1900-02-28"),
        ("61", False, "1900-03-01"),
        ("45000.999999995", False, "2023-03-15 23:59"),
        ("45000.5", False, "2023-03-15 12:00"),
        ("0", True, "1904-01-01"),
        ("43538", True, "2023-03-15"),
    ],
)
def test_serial_numbers(raw: str, is_1904: bool, day: str) -> None:
    assert cells.day_text(raw, is_1904) == day


@pytest.mark.parametrize("raw", ["60", "-1", "0", "1e9", "x", ""])
def test_serial_numbers_that_are_no_day(raw: str) -> None:
    with pytest.raises(Flaw):
        cells.day_text(raw, False)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("dd.mm.yyyy", "d"),
        ("[$-407]d. mmmm yyyy;@", "d"),
        ("[h]:mm:ss", "d"),
        ("mm:ss.0", "d"),
        ("0.00%", "p"),
        ('_-* #,##0.00\\ "days"_-', "n"),
        ("General", "n"),
        ("0.00E+00", "n"),
        ("@", "n"),
    ],
)
def test_number_formats(code: str, kind: str) -> None:
    assert cells.format_kind(200, code) == kind


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("34.200000000000003", "34.2"),
        ("1E-3", "0.001"),
        ("12345", "12345"),
        ("-0.10000000000000001", "-0.1"),
        ("1.0", "1"),
        ("123456789012345", "123456789012345"),
        ("1e-300", "0"),
    ],
)
def test_numbers_without_float_noise(raw: str, text: str) -> None:
    assert cells.number_text(raw) == text


@pytest.mark.parametrize(
    ("close", "amount", "sentence"),
    [
        (None, '<c r="D{n}"><f>SUM(D3:D9)</f></c>', "column Amount: The formula has no stored result."),
        (None, '<c r="D{n}" t="e"><v>#REF!</v></c>', "column Amount: The cell holds the error #REF!."),
        (None, '<c r="D{n}"><v>NaN</v></c>', "column Amount: “NaN” is not a number."),
        (None, '<c r="D{n}"><v>12345678901234567</v></c>', "column Amount: The number has more than 15 digits"),
        (None, '<c r="D{n}" s="1"><v>45366</v></c>', "column Amount: “2024-03-15” is a date, not a number."),
        (None, '<c r="D{n}" t="s"><v>7</v></c>', "column Amount: The cell points to a text that the workbook does not"),
        (
            '<c r="C{n}" s="1"><v>60</v></c>',
            None,
            "column Close date: The serial number 60 stands for 29 February 1900",
        ),
        ('<c r="C{n}" s="1"><v>-1</v></c>', None, "column Close date: The serial number -1 is not a day."),
    ],
)
def test_what_a_cell_cannot_tell_rejects_its_row(
    drafted: Drafted, tmp_path: Path, close: str | None, amount: str | None, sentence: str
) -> None:
    odd = hostile.row(3, **{k: v for k, v in (("close", close), ("amount", amount)) if v})
    path = hostile.build(tmp_path / "q3.xlsx", hostile.sheet(hostile.row(2) + odd))
    draft = drafted(path, {"set:deal.status": "won"})
    assert (draft.accepted, draft.rejected) == (1, 1)
    assert str(draft.problems[0]).startswith(f"q3.xlsx sheet Deals row 3, {sentence}")


def test_a_stored_result_of_a_formula_counts(drafted: Drafted, tmp_path: Path) -> None:
    row = hostile.row(2, amount='<c r="D{n}"><f>100*2</f><v>200</v></c>')
    (part,) = drafted(hostile.build(tmp_path / "q3.xlsx", hostile.sheet(row))).parts
    assert part.fields["amount"] == [20000]


def test_hidden_rows_are_said_and_come_in_on_request_only(drafted: Drafted, tmp_path: Path) -> None:
    hidden = hostile.row(3).replace('<row r="3">', '<row r="3" hidden="1">')
    path = hostile.build(tmp_path / "q3.xlsx", hostile.sheet(hostile.row(2) + hidden))
    draft = drafted(path)
    assert str(draft.problems[0]).startswith("q3.xlsx sheet Deals row 3: The row is hidden in the workbook.")
    assert (draft.accepted, draft.rejected) == (1, 1)
    assert drafted(path, {"hidden": "include"}).accepted == 2


def test_merged_cells_are_said_and_repeated_on_request_only(drafted: Drafted, tmp_path: Path) -> None:
    bare = hostile.row(3).replace(hostile.text("B3", "Acme"), "")
    merged = '<mergeCells><mergeCell ref="B2:B3"/></mergeCells>'
    path = hostile.build(tmp_path / "q3.xlsx", hostile.sheet(hostile.row(2) + bare, after=merged))
    assert drafted(path).rejected == 2
    (part,) = drafted(path, {"merged": "repeat"}).parts
    assert part.fields["partner"] == ["Acme", "Acme"]


def test_a_title_over_merged_cells_is_no_row(drafted: Drafted, tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "q3.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("Deals")
        page.merge_range("A1:D1", "Deals of the third quarter")
        page.write_row(2, 0, HEADER)
        page.write_row(3, 0, ["D-1", "Acme", "2024-03-15", 5])
        page.write_row(4, 0, ["Total", "", "", 5])
    draft = drafted(path)
    assert (draft.read, draft.accepted, dict(draft.ignored)) == (2, 1, {"total": 1})


def test_the_sheet_that_makes_sense_is_taken_and_another_on_request(drafted: Drafted, tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "q3.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Notes").write(0, 0, "Nothing here")
        page = book.add_worksheet("Deals")
        page.write_row(0, 0, HEADER)
        page.write_row(1, 0, ["D-1", "Acme", "2024-03-15", 5])
        other = book.add_worksheet("Partners")
        other.write_row(0, 0, ["Partner", "Country"])
        other.write_row(1, 0, ["Acme", "DE"])
        book.add_worksheet("Secret").hide()
    draft = drafted(path)
    assert (draft.table.sheet.name, draft.columns.kind) in (("Deals", "deal"), ("Partners", "partner"))
    assert "Secret" not in draft.table.sheet.others
    assert drafted(path, {"sheet": "Partners"}).columns.kind == "partner"


def test_line_breaks_that_excel_writes_as_codes_are_line_breaks(drafted: Drafted, tmp_path: Path) -> None:
    row = hostile.row(2).replace(">Acme<", ">A_x000D_\nB_x0041_<")
    (part,) = drafted(hostile.build(tmp_path / "q3.xlsx", hostile.sheet(row))).parts
    assert part.references["partner"].by == "any"
    assert part.fields["partner"] == ["A BA"]


@pytest.mark.parametrize("make", hostile.REFUSED, ids=lambda make: make.__name__)
def test_a_hostile_workbook_is_refused_in_words(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    path = make(tmp_path / "q3.xlsx")
    with pytest.raises(Refused) as refused:
        files.read(path, WINDOW)
    assert hostile.REFUSED[make] in refused.value.sentence
    assert refused.value.remedy


def test_more_rows_than_the_limit_are_refused(tmp_path: Path) -> None:
    path = hostile.many_rows(tmp_path / "q3.xlsx", 2001)
    with pytest.raises(Refused, match="The workbook has more than 2,000 rows"):
        files.read(path, Limits(rows=2000))


def test_a_deeply_nested_workbook_is_read_or_refused(tmp_path: Path) -> None:
    (sheet,) = files.read(hostile.deep(tmp_path / "q3.xlsx"), WINDOW)
    assert len(sheet.rows) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe with a name is a file of other systems")
def test_reading_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    # Nobody ever writes to the pipe: however fast the machine is, reading it does not end.
    path = tmp_path / "q3.xlsx"
    os.mkfifo(path)
    with pytest.raises(Refused, match="takes longer than 1 seconds to read"):
        read_workbook(path, Limits(seconds=1))
    assert not multiprocessing.active_children()


def test_reading_that_needs_too_much_memory_is_stopped(tmp_path: Path) -> None:
    path = hostile.many_rows(tmp_path / "q3.xlsx", 60_000)
    with pytest.raises(Refused, match=r"needs more than|stops the reader"):
        read_workbook(path, Limits(memory=16 * 1024 * 1024))


def test_reading_can_be_given_up(tmp_path: Path) -> None:
    path = hostile.many_rows(tmp_path / "q3.xlsx", 50_000)

    def stop() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        read_workbook(path, WINDOW, stop)


def test_no_process_is_left_behind(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        files.read(hostile.truncated(tmp_path / "q3.xlsx"), WINDOW)
    assert multiprocessing.active_children() == []


def test_a_workbook_without_a_cell_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"q3\.xlsx has no visible sheet with cells"):
        files.read(workbook(tmp_path, []), WINDOW)
