"""Payment files as banks and ledgers write them: nothing but their cells says whom they paid, and what went out."""

from decimal import Decimal
from pathlib import Path

import pytest

from partnerdesk.queries.facts import facts
from partnerdesk.queries.payments.runs import runs
from partnerdesk.store import Store
from tests.files import bring, csv_file, look
from tests.ops.payments.test_payments import match, release
from tests.ops.payments.test_payments import store as store

OF = {"kind": "payment"}
A, N = "150.25", "170.00"
# Both open items of the run are paid: Alder's, and Nordlys' net of tax.
LAYOUTS = {
    "two sides, the partner in a text": (
        "Date;Description;Debit;Credit;Balance\n"
        "22.04.2025;TRANSFER ALDER OY PR-0001-002;150,25;;9.849,75\n"
        "22.04.2025;TRANSFER NORDLYS Q1;170,00;;9.679,75\n"
        "23.04.2025;CHARGES APRIL;12,00;;9.667,75\n"
        "24.04.2025;CUSTOMER ACME INV 4711;;500,00;10.167,75\n"
    ),
    "withdrawals with a minus, and zeros on the other side": (
        "Date,Narration,Chq/Ref No,Withdrawal Amt.,Deposit Amt.,Closing Balance\n"
        "22/04/25,NEFT ALDER OY,N1,-150.25,0.00,9849.75\n"
        "22/04/25,NEFT NORDLYS,N2,-170.00,0.00,9679.75\n"
        "23/04/25,BY CLG ACME,N3,0.00,500.00,10179.75\n"
    ),
    "a mark of debit and credit beside the amount": (
        "Booking date;Value date;Amount;D/C;Ccy;Counterparty;Remittance information\n"
        "22.04.2025;22.04.2025;150,25;D;EUR;Alder Oy;PR-0001-002\n"
        "22.04.2025;22.04.2025;170,00;D;EUR;Nordlys;PR-0001-003\n"
        "23.04.2025;23.04.2025;500,00;C;EUR;Acme GmbH;RE 4711\n"
    ),
    "headings that say nothing": (
        "Bogført dato;Tekst;Beløb i EUR;Saldo\n"
        "22.04.2025;Alder Oy, tak;150,25;1.000,00\n22.04.2025;Nordlys;170,00;830,00\n"
    ),
    "a number of a creditor, its name and two days": (
        "Lauf;Kreditor;Name;Beleg;Belegdatum;Nettobetrag;Währg;Zahldatum\n"
        "1;4711;Alder Oy;77001;20.04.2025;150,25;EUR;22.04.2025\n"
        "1;4712;Nordlys;77002;20.04.2025;170,00;EUR;22.04.2025\n"
    ),
    "a platform for payouts": (
        "id,Created (UTC),Amount,Currency,Arrival Date (UTC),Status,Destination Name,Description\n"
        "po_1,2025-04-21 10:00,150.25,eur,2025-04-22,paid,Alder Oy,x\n"
        "po_2,2025-04-21 10:00,170.00,eur,2025-04-22,paid,Nordlys,y\n"
    ),
    "days in three orders": (
        "Payee,Paid on,Amount paid,Currency\nAlder Oy,2025-04-22,150.25,EUR\nNordlys,22.04.2025,170.00,EUR\n"
        "Trust,04/22/2025,1.00,EUR\n"
    ),
}
MT940 = """:20:STARTUMSE
:25:10010010/123456789
:28C:00001/001
:60F:C250421EUR10000,00
:61:2504220422D150,25NTRFPR-0001-002//B5042200001
:86:177?00UEBERWEISUNG?20EREF+PR-0001-002?21SVWZ+PROVISION Q1?30BYLADEM1?31DE123456789?32ALDER OY
:61:2504220422D170,00NTRFNONREF
:86:/EREF/PR-0001-003/BENM//NAME/NORDLYS/REMI/Provision Q1
:61:2504230423C500,00NTRFNONREF
:86:166?00GUTSCHRIFT?20INV 4711?32ACME GMBH
:62F:C250423EUR10179,75
-
"""


def entry(mark: str, amount: str, item: str, role: str, name: str) -> str:
    """An entry of a statement as camt.053 has it."""
    return (
        f'<Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{mark}</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2025-04-22</Dt>'
        f"</BookgDt><ValDt><Dt>2025-04-22</Dt></ValDt><NtryDtls><TxDtls><Refs><EndToEndId>{item}</EndToEndId></Refs>"
        f"<RltdPties><{role}><Nm>{name}</Nm></{role}></RltdPties><RmtInf><Ustrd>Provision Q1</Ustrd></RmtInf>"
        "</TxDtls></NtryDtls></Ntry>"
    )


CAMT = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">'
    "<BkToCstmrStmt><Stmt><Id>S1</Id>"
    + entry("DBIT", A, "PR-0001-002", "Cdtr", "Alder Oy")
    + entry("DBIT", N, "PR-0001-003", "Cdtr", "Nordlys")
    + entry("CRDT", "500.00", "NOTPROVIDED", "Dbtr", "Acme GmbH")
    + "</Stmt></BkToCstmrStmt></Document>"
)
STATEMENTS = {"bank.sta": MT940, "bank.xml": CAMT}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_cells_say_whom_a_file_paid_and_what_went_out(store: Store, tmp_path: Path, layout: str) -> None:
    release(store)
    leave = {"payee": "leave"} if "Trust" in LAYOUTS[layout] else {}
    path = csv_file(tmp_path, LAYOUTS[layout], "paid.csv")
    assert look(store, path, OF | leave).questions == ()
    bring(store, path, OF | leave)
    paid = {p.partner: p.amount for p in store.read(facts, kinds=("payment",)).of("payment")}
    assert paid == {"A": Decimal(A), "N": Decimal(N)}
    assert {item.reference for item in match(store).settled} == {"PR-0001-002", "PR-0001-003"}


@pytest.mark.parametrize("name", STATEMENTS)
def test_statements_of_banks_are_read_as_tables(store: Store, tmp_path: Path, name: str) -> None:
    release(store)
    path = csv_file(tmp_path, STATEMENTS[name], name)
    shown = look(store, path)
    assert (shown.kind, shown.questions, shown.rows_new) == ("payment", (), 2)
    assert "1 row names no partner" in shown.problems[0].message and "“ACME GMBH”" in shown.problems[0].message.upper()
    bring(store, path)
    assert {item.reference for item in match(store).settled} == {"PR-0001-002", "PR-0001-003"}
    assert look(store, path).rows_new == 0, "the same statement again changes nothing"


def test_money_that_came_back_on_the_other_side_is_taken_back_unasked(store: Store, tmp_path: Path) -> None:
    release(store)
    rows = "22/04/2025,Alder Oy,PR-0001-002,150.25,\n25/04/2025,Alder Oy,PR-0001-002 returned,,150.25\n"
    path = csv_file(tmp_path, f"Date,Payee,Reference,Debit,Credit\n{rows}22/04/2025,Nordlys,x,170.00,\n", "bank.csv")
    shown = look(store, path, OF)
    assert (shown.questions, shown.problems) == ((), ())
    bring(store, path, OF)
    assert match(store).settled != () and store.read(runs)[0].items[1].state == "open"


def test_a_ledger_credits_what_it_paid(store: Store, tmp_path: Path) -> None:
    release(store)
    text = "Date,Text,Debit,Credit\n2025-04-22,Alder Oy,,150.25\n2025-04-22,Nordlys,,170.00\n2025-04-23,Acme,5.00,\n"
    shown = look(store, csv_file(tmp_path, text, "gl.csv"), OF)
    assert "“Credit” is what was paid, “Debit” what came back." in shown.notes
    assert shown.rows_new == 2


def test_where_no_cell_names_a_partner_columns_that_could_be_one_are_offered(store: Store, tmp_path: Path) -> None:
    text = "Date,Description,Debit,Credit,Balance\n2025-04-22,ELM,150.25,,1.00\n2025-04-23,OAK,170.00,,2.00\n"
    (question,) = look(store, csv_file(tmp_path, text, "bank.csv"), OF).questions
    assert (question.key, [o.value for o in question.options]) == ("find:payment.partner", ["Description"])


def test_amounts_with_their_side_behind_them(store: Store, tmp_path: Path) -> None:
    release(store)
    rows = "2025-04-22,Alder,150.25 DR,x\n2025-04-22,Nordlys,170.00 DR,y\n2025-04-24,Alder,5.00 CR,z\n"
    text = f"Value date,Payee,Amount,Text\n{rows}"
    path = csv_file(tmp_path, text, "bank.csv")
    (question,) = look(store, path, OF).questions
    assert question.key == "below zero" and question.rows == 2
    bring(store, path, OF | {"below zero": "out"})
    paid = sorted((p.partner, p.amount) for p in store.read(facts, kinds=("payment",)).of("payment"))
    assert paid == [("A", Decimal("-5.00")), ("A", Decimal(A)), ("N", Decimal(N))]


def test_known_headings_tell_in_which_encoding_a_file_was_written(store: Store, tmp_path: Path) -> None:
    text = "Valutadatum;Empfänger;Betrag;Währung\n22.04.2025;Alder Oy;150,25;EUR\n"
    shown = look(store, csv_file(tmp_path, text, "bank.csv", "cp1252"), OF)
    assert shown.questions == () and shown.rows_new == 1
