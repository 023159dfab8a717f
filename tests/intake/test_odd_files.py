"""Files that were read otherwise than meant, without a word: what they say is asked about, told, or left out."""

from pathlib import Path

import pytest
import xlsxwriter

from partnerdesk.intake.lineage import lineage, title
from tests.intake.conftest import Drafted
from tests.intake.test_settlements import paid

DEALS = "Deal ID,Partner,Close date,Deal status"
DEAL = "D-1,Delta,2026-03-01,won"


def test_what_was_not_paid_is_no_payment(drafted: Drafted) -> None:
    head = "Payee,Amount,Payment date,Reference,Status\n"
    rows = "Delta,100.00,2026-09-30,R-1,executed\nDelta,200.00,2026-09-30,R-2,Rejected\n"
    draft = drafted(head + rows)
    assert (draft.columns.kind, draft.accepted, draft.parts[0].fields["amount"]) == ("payment", 1, [10000])
    assert dict(draft.ignored) == {"status “Rejected”: not paid": 1}
    odd = f"{head}{rows}Delta,50.00,2026-09-30,R-3,Level 2\n"
    (question,) = drafted(odd).questions
    assert question.key == "value:Status:Level 2" and drafted(odd).rejected == 1
    assert drafted(odd, {question.key: "paid"}).accepted == 2


def test_what_was_not_paid_is_held_against_no_statement(tmp_path: Path) -> None:
    text = "Partner,Deal,Commission,Status\nP1,D1,100.00,paid\nP1,D2,200.00,pending\n"
    found = paid(tmp_path, text)
    assert [row.reference for row in found.rows] == ["D1"]
    assert [str(p) for p in found.problems] == [
        "paid.csv line 3, column Status: The row was not paid: it is “pending”. It is left out."
    ]
    odd = f"{text}P1,D3,5.00,Level 2\n"
    (question,) = paid(tmp_path, odd).questions
    assert [row.reference for row in paid(tmp_path, odd, {question.key: "paid"}).rows] == ["D1", "D3"]
    assert "status" not in paid(tmp_path, text.replace("paid", "won").replace("pending", "lost")).parts.values()


@pytest.mark.parametrize(
    "heads",
    ["YTD commission,This period", "Commission YTD,Commission this month", "Target payout,Actual payout"],
)
def test_what_was_paid_in_the_year_so_far_or_planned_is_not_what_was_paid(tmp_path: Path, heads: str) -> None:
    (row,) = paid(tmp_path, f"Partner,Deal,{heads}\nP1,D1,500.00,100.00\n").rows
    assert row.amount == 100


def test_an_amount_in_two_currencies_is_asked_about(drafted: Drafted, tmp_path: Path) -> None:
    text = "Partner;Deal;Commission USD;Commission EUR\nP1;D1;110,00;100,00\n"
    first = paid(tmp_path, text)
    (question,) = first.questions
    assert question.key == "amount" and not first.is_clear
    shown = {f"column:{header}": part for header, part in first.parts.items()}
    (row,) = paid(tmp_path, text, shown | {"amount": "Commission EUR"}).rows
    assert (row.amount, row.currency) == (100, "EUR")
    deals = f"{DEALS},Amount USD,Amount EUR\n{DEAL},110,100\n"
    (asked,) = drafted(deals).questions
    assert [option.value for option in asked.options] == ["Amount USD", "Amount EUR"]
    assert drafted(deals, {asked.key: "Amount EUR"}).parts[0].fields["currency"] == ["EUR"]


def test_amounts_in_thousands_are_known_by_their_header_and_asked_where_a_line_above_says_so(drafted: Drafted) -> None:
    for header in ("Amount in TEUR", "Amount (k€)"):
        assert drafted(f"{DEALS},{header}\n{DEAL},1.5\n").parts[0].fields["amount"] == [150000], header
    above = f"All amounts in thousands of EUR\n\n{DEALS},Amount\n{DEAL},1.5\n"
    (question,) = drafted(above).questions
    assert question.key == "units:Amount"
    assert drafted(above, {question.key: "thousands"}).parts[0].fields["amount"] == [150000]
    assert drafted(above, {question.key: "units"}).parts[0].fields["amount"] == [150]


def test_several_sheets_of_the_same_columns_are_not_left_out_without_a_word(drafted: Drafted, tmp_path: Path) -> None:
    path = tmp_path / "months.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name in ("Jan", "Feb"):
            page = book.add_worksheet(name)
            page.write_row(0, 0, ["Deal ID", "Partner", "Amount", "Closed on"])
            page.write_row(1, 0, [f"{name}-1", "Delta", 100, "2026-01-05"])
        book.add_worksheet("Notes").write_row(0, 0, ["Made by", "Ann"])
    (question,) = drafted(path).questions
    assert question.key == "sheet" and [o.value for o in question.options] == ["Jan", "Feb"]
    draft = drafted(path, {"sheet": "Feb"})
    assert draft.parts[0].keys == ["Feb-1"] and not draft.questions


def test_a_credit_note_is_known_by_its_short_name(drafted: Drafted) -> None:
    draft = drafted("Invoice no,Type,Invoice date,Partner,Amount\nI-1,CN,2026-03-02,Delta,40.00\n")
    assert draft.parts[0].fields["amount"] == [-4000]


def test_a_price_per_month_is_no_amount_of_a_year(drafted: Drafted) -> None:
    head = "Contract ID,Partner,Start date,End date,Price per month"
    assert drafted(f"{head}\nK-1,Delta,2026-01-01,2026-12-31,100.00\n").parts[0].fields["recurring"] == [120000]


def test_the_value_of_a_term_of_years_is_asked_about(drafted: Drafted) -> None:
    head = "Contract ID,Partner,Start date,End date,Contract value"
    long = f"{head}\nK-1,Delta,2026-01-01,2028-12-31,36000.00\n"
    (question,) = drafted(long).questions
    assert question.because == "Contracts run for up to 36 months, and no column says how often they are billed."
    amounts = {how: drafted(long, {question.key: how}).parts[0].fields["recurring"] for how in ("year", "whole")}
    assert amounts == {"year": [3600000], "whole": [1200000]}
    assert not drafted(f"{head}\nK-1,Delta,2026-01-01,2026-12-31,36000.00\n").questions


def test_the_sum_of_payments_that_were_made_of_a_gross_is_called_so(drafted: Drafted) -> None:
    draft = drafted("Payee,Value date,Tax withheld,Gross\nDelta,2026-09-30,100,1100\n")
    cells = lineage(draft.columns, draft.parts)["payment"]
    assert title(draft.columns, cells["amount"], draft.table.headers) == "Gross less Tax withheld"
    assert title(draft.columns, cells["tax"], draft.table.headers) == "Tax withheld"
    both = drafted("Payee,Value date,Tax withheld,Gross,Net\nDelta,2026-09-30,100,1100,1000\n")
    assert lineage(both.columns, both.parts)["payment"]["amount"] == [4]


@pytest.mark.parametrize(
    ("heads", "numbers", "amount"),
    [
        ("Provision netto;USt 19 %;Provision brutto", "100,00;19,00;119,00", "Provision netto"),
        ("Bedrag excl. btw;Btw 21%;Bedrag incl. btw", "100,00;21,00;121,00", "Bedrag excl. btw"),
        ("Imponibile;Provvigione;IVA", "1.000,00;100,00;22,00", "Provvigione"),
    ],
)
def test_a_tax_by_its_rate_and_a_base_are_not_what_was_paid(
    tmp_path: Path, heads: str, numbers: str, amount: str
) -> None:
    found = paid(tmp_path, f"Partner;Deal;{heads}\nP1;D1;{numbers}\n")
    assert found.parts[amount] == "amount" and found.is_clear and found.rows[0].amount == 100


def test_the_total_of_an_invoice_is_no_number_of_it(tmp_path: Path) -> None:
    found = paid(tmp_path, "Beneficiario;Pedido;Comisión;Total factura\nP1;D-1;100,00;121,00\n")
    assert found.parts["Total factura"] == "" and found.rows[0].also == ()
