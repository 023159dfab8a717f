"""Tables: columns fill the width, digits stand under digits, numbers never break, no row is lost over pages."""

from decimal import Decimal

import pytest

from partnerdesk.reports.format import Formats
from partnerdesk.reports.look import CELL_BOLD
from partnerdesk.reports.page import MM, Cell, Column, Table, plain_text, row
from tests.reports.page.reading import new_document, squeezed, texts

FORMATS = Formats()
COLUMNS = (Column("Customer", grow=1, least=30), Column("Amount", amount=True), Column("Owner"))


def table(*amounts: str, name: str = "Borealis") -> Table:
    rows = tuple(row(name, FORMATS.accounting(Decimal(a)), "R. Silva") for a in amounts)
    return Table(COLUMNS, rows)


def test_columns_fill_the_width_exactly() -> None:
    for width in (200.0, 400.0, 739.8):
        assert sum(table("1.00").laid(width).widths) == pytest.approx(width)


def test_negatives_and_positives_have_their_digits_below_each_other() -> None:
    document = new_document()
    table("1234.50", "-234.50", "9.00").laid(400).draw(document.page("", "a"), 50, 50)
    ends = {p.text: p.right for p in document.placed}
    parenthesis = ends["(234.50)"] - ends["1,234.50"]
    assert ends["1,234.50"] == pytest.approx(ends["9.00"])
    assert parenthesis == pytest.approx(0.334 * 8.5, abs=0.2)


def test_a_number_never_breaks_however_little_room_there_is() -> None:
    laid = table("1234567890123.50", name="A customer with a long name of many words that can well be broken").laid(190)
    assert [len(r.lines[1]) for r in laid.rows] == [1]
    assert len(laid.rows[0].lines[0]) > 1


def test_long_cells_break_and_the_row_grows() -> None:
    short, long = table("1.00"), table("1.00", name="A customer with a long name " * 4)
    assert long.laid(200).height > short.laid(200).height


def test_a_table_that_is_too_wide_is_set_smaller_but_never_below_seven_points() -> None:
    columns = tuple(Column(f"C{n}", amount=True) for n in range(12))
    wide = Table(columns, (row(*["1,234,567.00"] * 12),)).laid(520)
    sizes = {s.role.size for r in wide.rows for lines in r.lines for line in lines for s in line}
    assert min(sizes) >= 7
    assert sum(wide.widths) == pytest.approx(520)


def test_divided_tables_keep_every_row_and_repeat_the_titles() -> None:
    laid = Table(COLUMNS, tuple(row(f"Customer {n}", "1.00", "x") for n in range(25))).laid(400)
    seen, pages = [], 0
    document = new_document()
    while laid.rows:
        fits, laid = laid.split(120)
        fits.draw(document.page("", f"p{pages}"), 40, 40)
        seen += [plain_text(r.lines[0][0]) for r in fits.rows]
        pages += 1
    assert seen == [f"Customer {n}" for n in range(25)]
    assert pages > 3
    assert all("Amount" in text for text in texts(document.finish()))


def test_a_row_taller_than_the_room_still_comes() -> None:
    fits, rest = table("1.00", "2.00", name="word " * 200).laid(150).split(10)
    assert len(fits.rows) == 1
    assert len(rest.rows) == 1


def test_a_status_has_its_glyph_before_its_word() -> None:
    document = new_document()
    laid = Table((Column("Status"), Column("Note", grow=1)), (row(Cell("Late", "late"), "x"),)).laid(300)
    laid.draw(document.page("", "a"), 50, 50)
    word = next(p for p in document.placed if p.text == "Late")
    assert word.left == pytest.approx(50 + 3.7 * MM)
    assert squeezed(texts(document.finish())[0]) == "StatusNoteLatex"


def test_a_total_is_bold_under_an_ink_line() -> None:
    laid = Table(COLUMNS, (row("a", "1.00", ""), row("Sum", "1.00", "", role=CELL_BOLD, above=True, last=True))).laid(
        300
    )
    assert {s.role.face for line in laid.rows[1].lines[0] for s in line} == {"semibold"}


def test_every_cell_keeps_inside_its_column() -> None:
    document = new_document()
    columns = (Column("A", grow=1, least=20), Column("B", grow=2, least=20), Column("C", right=True), Column("D"))
    rows = tuple(row("word " * n, "W" * 60, str(10**n), "end") for n in range(1, 8))
    Table(columns, rows).laid(420).draw(document.page("", "a"), 40, 20)
    assert document.faults() == []
