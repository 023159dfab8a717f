"""Payouts that are laid out oddly come out line by line as the plain ones do, and what cannot be told is asked."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from partnerdesk.engine.facts import Partner
from partnerdesk.ops.reconcile.disputing import remember_columns
from partnerdesk.ops.reconcile.lines import Names
from partnerdesk.ops.reconcile.matching import Reconciliation, reconcile
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.queries.statements.archive import closed_statements
from partnerdesk.store import Store
from tests.ops.reconcile import odd_payouts, payouts


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with payouts.made(tmp_path_factory.mktemp("odd")) as store:
        yield store


def held(book: Store, file: Path, **more: object) -> Reconciliation:
    return book.read(reconcile, file, "2025-03", date(2025, 4, 20), **more)


def classes(found: Reconciliation) -> dict[str, str]:
    """The class of each line, and of each row that pays none by what it is called."""
    names = {"invoice:T-77": "RE-2025/0042"}
    return {
        names.get(row.line, row.line.removeprefix("deal:")) or _called(row.reference): row.kind for row in found.rows
    }


def _called(reference: str) -> str:
    return next((word for word in reference.replace("+", " ").split() if word.startswith("D-")), "")


@pytest.mark.parametrize("make", odd_payouts.FILES, ids=lambda make: make.__name__)
def test_odd_layouts_come_out_as_the_plain_ones(make: Callable[[Path], Path], book: Store, tmp_path: Path) -> None:
    file = make(tmp_path)
    found = held(book, file)
    if found.official.questions:
        (question,) = found.official.questions
        assert (question.key, found.rows) == ("sign", ()), "what is below zero is asked about"
        found = held(book, file, choices={"sign": "paid"})
    assert classes(found) == payouts.EXPECTED and len(found.rows) == 8
    assert found.problems == () and all(row.currency == "EUR" and row.partner for row in found.rows)


def write(folder: Path, *lines: str) -> Path:
    path = folder / "paid.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def test_one_payment_for_a_partner_pays_its_lines_where_the_sum_is_right(book: Store, tmp_path: Path) -> None:
    head, text = "Partner;IBAN;Betrag;Währung;Verwendungszweck", "EUR;Provision 03/2025"
    names = (odd_payouts.P1, odd_payouts.P2, odd_payouts.P3)
    sums = ("4.034,66", "1.190,00", "149,00")
    file = write(tmp_path, head, *(f"{n};FI00 1234;{a};{text}" for n, a in zip(names, sums, strict=True)))
    found = held(book, file)
    told = [(row.kind, row.partner, row.ours, row.paid) for row in found.rows]
    assert [t for t in told if t[1] == "P1"] == [
        ("match", "P1", Decimal(ours), Decimal(ours)) for ours in ("1234.56", "2000.10", "800.00")
    ]
    assert [t for t in told if t[1] != "P1"] == [
        ("amount", "P2", Decimal(1200), Decimal(1190)),
        ("amount", "P3", Decimal(150), Decimal(149)),
    ]
    assert found.rows[0].because == "one payment of 1,190.00 EUR for 2 lines" and not found.rows[0].can_be_disputed
    same = write(tmp_path, "Partner,Paid", "P1,150.00", "P3,150.00")
    assert [(r.kind, r.partner) for r in held(book, same).rows if r.paid] == [("amount", "P1"), ("match", "P3")]


def test_one_payment_may_name_several_lines_or_the_statement(book: Store, tmp_path: Path) -> None:
    file = write(tmp_path, "Payee;Purpose;EUR", "Aurelia & Söhne;D-1001, D-1003;2.034,56", "Borealis Oy;D-1004;500,00")
    found = held(book, file)
    kinds = classes(found)
    assert [kinds[name] for name in ("D-1001", "D-1003", "D-1004")] == ["match"] * 3 and kinds["D-1002"] == "missing"
    assert not book.read(closed_statements, period="2025-03")


def test_a_payment_made_again_is_told_and_one_in_parts_is_added_up(book: Store, tmp_path: Path) -> None:
    file = write(
        tmp_path, "Partner,Deal,Paid", "P1,D-1001,1234.56", "P1,D-1003,400.00", "P1,D-1003,400", "P1,D-1001,1234.56"
    )
    found = held(book, file, partner="P1")
    assert classes(found) == {"D-1001": "unexpected", "D-1002": "missing", "D-1003": "match"} | classes(found)
    again = next(row for row in found.rows if row.kind == "unexpected")
    assert (again.paid, again.because) == (Decimal("1234.56"), "the same amount was paid for deal:D-1001 before")


def test_what_was_paid_in_another_currency_or_to_another_name_is_told_at_the_line(book: Store, tmp_path: Path) -> None:
    head = "Payee,Deal,Paid,Currency"
    file = write(tmp_path, head, "Aurelia & Söhne,D-1001,1350.00,USD", "Zephyr Inc,D-1004,500.00,EUR")
    found = held(book, file)
    because = {row.line: (row.kind, row.because) for row in found.rows}
    assert because["deal:D-1001"] == ("missing", "nothing was paid in EUR, but 1,350.00 USD: paid.csv line 2")
    assert because["deal:D-1004"] == ("match", "paid to “Zephyr Inc”")
    (problem,) = found.problems
    assert "USD" in problem.message


def test_a_number_is_no_partner_whose_name_is_signs_and_digits(tmp_path: Path) -> None:
    with payouts.made(tmp_path) as store:
        store.transact("Add", add_rows, [Partner(id="P9", name="-2+3"), Partner(id="P8", name="Q.3 Systems, Ltd")])
        names = store.read(Names)
    assert (names.partner("23"), names.partner("-2+3"), names.partner("Q3 SYSTEMS LTD")) == ("", "P9", "P8")


def test_the_month_of_a_file_with_a_column_for_each_is_not_kept_for_the_next(book: Store, tmp_path: Path) -> None:
    file = odd_payouts.months_across(tmp_path)
    book.transact("Remember", remember_columns, held(book, file).official)
    april = book.read(reconcile, file, "2025-04", date(2025, 5, 20))
    assert april.official.parts["Apr-25"] == "amount" and april.official.parts["Mar-25"] == ""
