"""Six payouts of one month as finance departments write them, and the book that they are held against.

Each file pays the same lines with the same deviations: a cent too much, another rate, a flat amount, nothing at all,
a line of the next month, and one thing that nobody agreed on.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

from partnerdesk.engine.facts import Customer, Deal, Partner, Transaction
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.store import Store

PROGRAM = """
program = "two-earnings"
version = "2025.1"
effective_from = 2025-01-01
currency = "EUR"
[earning.deal]
says = "Commission on deals"
type = "UPFRONT"
base = "amount"
on = "deal won"
rate = 0.10
[earning.invoice]
says = "Commission on invoices"
type = "RECURRING"
base = "amount"
on = "invoice issued"
rate = 0.05
"""


def made(folder: Path) -> Store:
    """Three partners; March has their lines, April one that is paid too early."""
    store = Store.create(folder / "payouts.partnerdesk", user="Ana")
    partners = [
        Partner(id="P1", name="Aurelia & Söhne", legal_name="Aurelia & Söhne GmbH", tax_id="DE811223344"),
        Partner(id="P2", name="Borealis Oy"),
        Partner(id="P3", name="Ceres Ltd"),
    ]
    customers = [Customer(id="C1", name="Total Energy Services"), Customer(id="C2", name="Kaunis Talo")]

    def won(id: str, partner: str, amount: str, day: date = date(2025, 3, 10), customer: str = "C1") -> Deal:
        money = Decimal(amount)
        return Deal(id=id, partner=partner, status="won", closed=day, amount=money, customer=customer)

    deals = [
        won("D-1001", "P1", "12345.60"),
        won("D-1002", "P1", "20001.00"),
        won("D-1003", "P1", "8000.00", customer="C2"),
        won("D-1004", "P2", "5000.00"),
        won("D-1005", "P2", "7000.00"),
        won("D-1006", "P2", "9000.00", date(2025, 4, 3)),
    ]
    invoice = Transaction(
        id="T-77", partner="P3", kind="invoice", number="RE-2025/0042", day=date(2025, 3, 20), amount=Decimal(3000)
    )
    store.transact("Facts", add_rows, [*partners, *customers, *deals, invoice], system="test")
    store.transact("Program", add_version, PROGRAM, "program.toml")
    return store


# What a file says of a reference, and the class that comes of it. Ours: 1,234.56 / 2,000.10 / 800 / 500 / 700 / 150.
EXPECTED = {
    "D-1001": "match",
    "D-1002": "rounding",  # 2,000.11
    "D-1003": "rate",  # 640.00: eight percent
    "D-1004": "amount",  # 411.11
    "D-1005": "missing",
    "D-1006": "timing",  # 900.00
    "RE-2025/0042": "match",
    "": "unexpected",
}


def german_ledger(folder: Path) -> Path:
    """A workbook of an accounting system: preamble, amounts as text with the minus behind, sums per creditor."""
    import xlsxwriter

    path = folder / "Provisionen_03.xlsx"
    rows = [
        ["Hausmann Software AG", None, None, None, None],
        ["Kreditorenposten Provision, März 2025", None, None, None, None],
        ["Buchungskreis 1000", None, None, "Währung: EUR", None],
        [],
        ["Kreditor", "Zuordnung", "Buchungsdatum", "Betrag in EUR", "Text"],
        ["Aurelia & Söhne GmbH", "D-1001", "31.03.2025", "1.234,56", "Provision"],
        [None, "D-1002", "31.03.2025", "2.000,11", "Provision"],
        [None, "D-1003", "31.03.2025", "640,00", "Provision"],
        ["Summe Aurelia & Söhne GmbH", None, None, "3.874,67", None],
        ["Borealis Oy", "D-1004", "31.03.2025", "411,11", "Provision"],
        [None, "D-1006", "31.03.2025", "900,00", "Provision"],
        [None, "Gutschrift Messe", "31.03.2025", "50,00-", "Rückbelastung"],
        ["Summe Borealis Oy", None, None, "1.261,11", None],
        ["Ceres Ltd", "RE-2025/0042", "31.03.2025", "150,00", "Provision"],
        ["Summe Ceres Ltd", None, None, "150,00", None],
        ["Gesamtsumme", None, None, "5.285,78", None],
    ]
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("Posten")
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                if value is not None:
                    page.write_string(i, j, value)
    return path


def french_bank(folder: Path) -> Path:
    """A text of a bank: thousands by a narrow space, a fee beside each amount, days in words, cp1252."""
    path = folder / "virements_mars.csv"
    text = """Virements partenaires;;;;;
Période : mars 2025;;;;;
;;;;;
Bénéficiaire;Référence affaire;Date de paiement;Montant versé (EUR);Frais bancaires;Observation
Aurelia & Söhne;D-1001;31 mars 2025;1 234,56;2,50;
Aurelia & Söhne;D-1002;31 mars 2025;2 000,11;2,50;
Aurelia & Söhne;D-1003;31 mars 2025;640,00;2,50;
Borealis Oy;D-1004;31 mars 2025;411,11;2,50;
Borealis Oy;D-1006;31 mars 2025;900,00;2,50;
Borealis Oy;Frais de dossier;31 mars 2025;(15,00);0,00;
Ceres Ltd;RE-2025/0042;31 mars 2025;150,00;2,50;
Total général;;;5 320,78;15,00;
"""
    path.write_bytes(text.replace("1 234", "1\xa0234").replace("2 000", "2\xa0000").encode("cp1252"))
    return path


def incentive_system(folder: Path) -> Path:
    """An export of an incentive system: order, rate and credited amount of each line, negatives in parentheses."""
    path = folder / "payout_detail.csv"
    path.write_text(
        "Payee ID,Payee Name,Plan,Order Code,Credited Amount,Commission Rate,Commission Value,Pay Currency\n"
        'P1,Aurelia & Söhne,FY25 Resell,D-1001,"12,345.60",10.00%,"€1,234.56",EUR\n'
        'P1,Aurelia & Söhne,FY25 Resell,D-1002,"20,001.00",10.00%,"€2,000.11",EUR\n'
        'P1,Aurelia & Söhne,FY25 Resell,D-1003,"8,000.00",8.00%,€640.00,EUR\n'
        'P2,Borealis Oy,FY25 Resell,D-1004,"4,111.10",10.00%,€411.11,EUR\n'
        'P2,Borealis Oy,FY25 Resell,D-1006,"9,000.00",10.00%,€900.00,EUR\n'
        "P2,Borealis Oy,FY25 Resell,Q1 draw,,,(€200.00),EUR\n"
        'P3,Ceres Ltd,FY25 Resell,RE-2025/0042,"3,000.00",5.00%,€150.00,EUR\n',
        "utf-8",
    )
    return path


def grouped_sheet(folder: Path) -> Path:
    """One sheet of all partners, each under its name; invoices and deals in a sentence, the currency as a header."""
    import xlsxwriter

    path = folder / "Payout run 2025-03.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("Run")
        page.write(0, 0, "Payout run March 2025")
        page.write_row(2, 0, ["Description", "Posting date", "EUR"])
        line = 3
        for partner, paid in (
            (
                "Aurelia & Söhne",
                [("Commission D-1001", 1234.56), ("Commission D-1002", 2000.11), ("Commission D-1003", 640)],
            ),
            ("Borealis Oy", [("Commission D-1004", 411.11), ("Commission D-1006", 900), ("Goodwill", 25)]),
            ("Ceres Ltd", [("Invoice RE-2025/0042", 150)]),
        ):
            page.write(line, 0, partner)
            for n, (words, amount) in enumerate(paid, 1):
                page.write_row(line + n, 0, [words, "2025-03-31", amount])
            page.write_row(line + len(paid) + 1, 0, ["", "", sum(amount for _, amount in paid)])
            line += len(paid) + 2
    return path


def printed_pages(folder: Path) -> Path:
    """A report that was printed into a text: head and foot on every page, days in words, amounts with a code."""
    path = folder / "remittance.txt"
    head = "Supplier\tYour ref\tPaid on\tNet paid"
    path.write_text(
        "REMITTANCE ADVICE\t\t\t\nHausmann Software AG\t\t\tPage 1 of 2\n\t\t\t\n"
        f"{head}\n"
        "Aurelia & Söhne\tD-1001\t31 March 2025\tEUR 1,234.56\n"
        "Aurelia & Söhne\tD-1002\t31 March 2025\tEUR 2,000.11\n"
        "Aurelia & Söhne\tD-1003\t31 March 2025\tEUR 640.00\n"
        "Carried forward\t\t\tEUR 3,874.67\n"
        f"Page 2 of 2\t\t\t\n{head}\n"
        "Borealis Oy\tD-1004\t31 March 2025\tEUR 411.11\n"
        "Borealis Oy\tD-1006\t31 March 2025\tEUR 900.00\n"
        "Borealis Oy\tLate fee\t31 March 2025\tEUR (15.00)\n"
        "Ceres Ltd\tRE-2025/0042\t31 March 2025\tEUR 150.00\n"
        "Total\t\t\tEUR 5,320.78\n",
        "utf-8",
    )
    return path


def polish_transfers(folder: Path) -> Path:
    """A list of transfers: document and deal in two columns, gross, withheld tax and transfer in three."""
    path = folder / "przelewy.csv"
    path.write_text(
        "Lp.;Kontrahent;NIP;Nr dokumentu;Nr umowy;Prowizja brutto;Podatek;Kwota przelewu;Waluta\n"
        "1;Aurelia & Söhne;DE811223344;PR/1;D-1001;1 234,56;0,00;1 234,56;EUR\n"
        "2;Aurelia & Söhne;DE811223344;PR/2;D-1002;2 000,11;0,00;2 000,11;EUR\n"
        "3;Aurelia & Söhne;DE811223344;PR/3;D-1003;640,00;0,00;640,00;EUR\n"
        "4;Borealis Oy;FI22334455;PR/4;D-1004;411,11;0,00;411,11;EUR\n"
        "5;Borealis Oy;FI22334455;PR/5;D-1006;900,00;0,00;900,00;EUR\n"
        "6;Borealis Oy;FI22334455;PR/6;;33,00;0,00;33,00;EUR\n"
        "7;Ceres Ltd;GB998877;RE-2025/0042;;150,00;7,50;142,50;EUR\n"
        "Razem;;;;;5 368,78;7,50;5 361,28;\n",
        "utf-8",
    )
    return path


FILES: tuple[Callable[[Path], Path], ...] = (
    *(german_ledger, french_bank, incentive_system, grouped_sheet, printed_pages, polish_transfers),
)
