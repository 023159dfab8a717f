"""Statements of a random book read back in all four places; full size, with LibreOffice: PART=statements."""

from dataclasses import replace
from decimal import Decimal

import pytest

from partnerdesk.reports.format import Formats
from partnerdesk.reports.statement.moves_twin import moves_twin
from partnerdesk.reports.statement.printed import compose
from partnerdesk.reports.statement.twin import twin
from tests.books import empty_book
from tests.prove.leak_books import LeakBook
from tests.prove.prove_statements import equals_ledger, of_csv, of_movements, of_pages, of_screen, read_back, statements


@pytest.mark.parametrize("seed", [2, 11], ids=["plain", "odd, in dinars"])
def test_workbook_csv_pages_and_screen_say_what_the_ledger_says(seed: int) -> None:
    assert len(read_back(seed, most=3)) == 3


def test_a_cent_is_noticed_in_each_of_them() -> None:
    with empty_book() as session:
        LeakBook(2).fill(session)
        document, ledger = next(statements(session))
        *others, last = ledger.rows
        wrong = replace(last, payable=last.payable + Decimal("0.01"), total=last.total + Decimal("0.01"))
        moved = replace(ledger, rows=(*others, wrong))
        formats = Formats()
        with pytest.raises(AssertionError, match="is not on the page"):
            of_pages(compose(document, formats).content, moved, formats)
        with pytest.raises(AssertionError, match="closing shows"):
            of_screen(session, moved, formats)
        first, *lines = ledger.lines
        other = replace(ledger, lines=(first._replace(amount=first.amount + Decimal("0.01")), *lines))
        with pytest.raises(AssertionError):
            of_csv(twin(document), other)
        with pytest.raises(AssertionError, match="Payable sums to"):
            of_movements(moves_twin(document), moved)
        entry, *entries = ledger.entries
        other = replace(ledger, entries=(entry._replace(amount=entry.amount + Decimal("0.01")), *entries))
        with pytest.raises(AssertionError, match="movements"):
            of_movements(moves_twin(document), other)
        with pytest.raises(AssertionError):
            equals_ledger(document, replace(ledger, entries=ledger.entries[1:]))
