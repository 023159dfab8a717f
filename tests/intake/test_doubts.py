"""What a guess leaves in doubt is asked: what rows are, which column is their amount; what is said is not asked."""

import pytest

from tests.intake.conftest import Drafted

DEALS = "Deal ID,Partner,Amount,Close date"


@pytest.mark.parametrize("said", ["Deal status", "Is won"])
def test_deals_whose_status_has_a_column_are_not_asked_whether_they_are_won(drafted: Drafted, said: str) -> None:
    words = {"Deal status": ("won", "open", "lost"), "Is won": ("yes", "no", "no")}[said]
    rows = "".join(f"D-{i},Acme,5.00,2026-03-0{i},{word}\n" for i, word in enumerate(words, 1))
    draft = drafted(f"{DEALS},{said}\n{rows}")
    assert draft.questions == () and draft.accepted == 3
    expected = ["won", "open", "lost"] if said == "Deal status" else ["won", "open", "open"]
    assert draft.parts[0].fields["status"] == expected


def test_an_empty_column_of_status_says_nothing(drafted: Drafted) -> None:
    draft = drafted(f"{DEALS},Deal status\nD-1,Acme,5.00,2026-03-01,\n")
    assert [q.key for q in draft.questions] == ["set:deal.status"]
    closed = "Deal ID,Partner,Amount,Closed on,Deal status\nD-1,Acme,5,2026-03-01,\nD-2,Acme,5,2026-03-01,lost\n"
    draft = drafted(closed)
    assert draft.parts[0].fields["status"] == ["won", "lost"]
    (note,) = draft.notes
    assert note.startswith("Where no cell says whether a deal was won or lost")


def test_a_register_of_invoices_is_no_list_of_customers(drafted: Drafted) -> None:
    draft = drafted("Customer,Doc. no.,Posting dt,Net EUR,VAT\nAcme,4711,2026-03-01,100.00,19.00\n", name="r.csv")
    assert (draft.columns.kind, draft.parts[0].fields["amount"], draft.questions) == ("transaction", [10000], ())
    odd = "Customer,Voucher,Raised,Worth,Levy\nAcme,4711,2026-03-01,100.00,19.00\n"
    draft = drafted(odd, name="r.csv")
    (question,) = draft.questions
    assert question.key == "kind" and question.options[0].value == draft.columns.kind == "customer"
    assert question.because == "Only 1 of its 5 columns would be read; left out are Voucher, Raised, Worth, Levy."
    assert not drafted(odd, {"kind": "customer"}, "r.csv").questions


def test_a_list_with_days_and_amounts_of_its_own_is_asked_about_however_much_is_read(drafted: Drafted) -> None:
    lists = "Customer ID,Customer,Country,City,Segment"
    plain = drafted(f"{lists},Phone,Staff,Met on\nC-1,Acme,DE,Bonn,SMB,0228,20,2026-03-01\n", name="c.csv")
    assert plain.columns.kind == "customer" and not plain.questions
    paid = drafted(f"{lists},Settled on,Worth\nC-1,Acme,DE,Bonn,SMB,2026-03-01,1200.50\n", name="c.csv")
    assert [q.key for q in paid.questions] == ["kind"]


def test_a_contact_of_a_partner_does_not_look_after_it(drafted: Drafted) -> None:
    draft = drafted("Partner ID,Partner name,Region,Contact\nP-1,Acme,EMEA,Ann\n")
    assert draft.columns.column_of("partner.owner") == -1


HEAD = "Contract ID,Partner,Customer,Start date,End date"
ROW = "K-1,Acme,Cust,2026-01-01,2026-12-31"


@pytest.mark.parametrize(
    "header",
    [
        *("Annual recurring amount", "Jährlicher Betrag", "Montant annuel récurrent", "Importe anual", "Importo annuo"),
        *("Jaarlijks bedrag", "Valor anual", "ARR (EUR)", "Annual recurring amount in EUR"),
    ],
)
def test_what_recurs_in_a_year_is_known_by_its_name(drafted: Drafted, header: str) -> None:
    draft = drafted(f"{HEAD},{header}\n{ROW},1200.00\n")
    assert draft.parts[0].fields["recurring"] == [120000] and not draft.questions


def test_a_contract_without_an_amount_says_so_and_a_number_is_asked_about(drafted: Drafted) -> None:
    draft = drafted(f"{HEAD}\n{ROW}\n")
    assert "recurring" not in draft.parts[0].fields and not draft.questions
    assert draft.notes == ("No column is “Recurring amount per year”: the contracts come in without it.",)
    odd = f"{HEAD},Turnover\n{ROW},1200.00\n"
    (question,) = drafted(odd).questions
    assert [o.value for o in question.options] == ["Turnover", "none"]
    assert drafted(odd, {question.key: "Turnover"}).parts[0].fields["recurring"] == [120000]
    none = drafted(odd, {question.key: "none"})
    assert not none.questions and none.accepted == 1
