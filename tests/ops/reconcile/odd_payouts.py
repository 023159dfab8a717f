"""Payouts as the odder half of finance departments and incentive systems write them, for the book of `payouts`.

All of them pay the same rows as the files of `payouts` do, but for those that say so.
"""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import groupby
from pathlib import Path

P1, P2, P3 = "Aurelia & Söhne", "Borealis Oy", "Ceres Ltd"
ROWS = (
    ("P1", P1, "D-1001", "1234.56"),
    ("P1", P1, "D-1002", "2000.11"),
    ("P1", P1, "D-1003", "640.00"),
    ("P2", P2, "D-1004", "411.11"),
    ("P2", P2, "D-1006", "900.00"),
    ("P2", P2, "Goodwill", "50.00"),
    ("P3", P3, "RE-2025/0042", "150.00"),
)
TOTAL = "5385.78"


def comma(amount: str) -> str:
    return f"{float(amount):,.2f}".translate(str.maketrans(",.", ".,"))


def point(amount: str) -> str:
    return f"{float(amount):,.2f}"


def text(folder: Path, name: str, head: str, rows: Iterator[str], foot: str = "", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes("\n".join((head, *rows, foot, "")).encode(encoding))
    return path


def vendor_items(folder: Path) -> Path:
    """Open items of vendors: a block of selections above, credits with a minus behind, a star before the total."""
    head = "Dynamische Listenausgabe\n\nKreditor;*\nBuchungskreis;1000\nOffene Posten bis;31.03.2025\n\n"
    head += ";Konto;Name 1;Zuordnung;Belegnr;Art;Belegdatum;S;Betr. in HW;HWähr;Text"
    rows = (f";4711;{n};{r};5100000{len(r)};KG;31.03.2025;@5B@;{comma(a)}-;EUR;Provision 03/25" for _, n, r, a in ROWS)
    return text(folder, "fbl1n.csv", head, rows, f"*;;;;;;;;{comma(TOTAL)}-;EUR;", "cp1252")


def payment_proposal(folder: Path) -> Path:
    """A proposal of payments: gross, discount and net; our name beside a number of theirs."""
    head = (
        "Zahlungsvorschlag 31.03.2025;;;;;;;\n\nLieferant;Name;Referenz;Buch.dat.;Bruttobetrag;Skonto;Nettobetrag;Wrg"
    )
    rows = (f"70{p};{n};{r};31.03.2025;{comma(a)};0,00;{comma(a)};EUR" for p, n, r, a in ROWS)
    return text(folder, "f110.csv", head, rows, f"Summe;;;;{comma(TOTAL)};0,00;{comma(TOTAL)};EUR", "cp1252")


def merged_titles(folder: Path) -> Path:
    """Merged titles over two rows of headers, a partner's name merged beside its rows, days as serial numbers."""
    import xlsxwriter

    path = folder / "Auszahlung.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("März")
        day, money = book.add_format({"num_format": "dd.mm.yyyy"}), book.add_format({"num_format": "#,##0.00"})
        page.merge_range(0, 0, 0, 4, "Auszahlung Partnerprovision März 2025")
        page.merge_range(3, 0, 3, 1, "Empfänger")
        page.merge_range(3, 2, 3, 4, "Zahlung")
        page.write_row(4, 0, ["Nr", "Partner", "Vorgang / Auftrag", "Datum", "Betrag"])
        line = 5
        for name, group in groupby(ROWS, key=lambda row: row[1]):
            first = line
            for _, _, reference, amount in group:
                page.write_number(line, 0, line - 4)
                page.write_string(line, 2, reference)
                page.write_datetime(line, 3, date(2025, 3, 31), day)
                page.write_number(line, 4, float(amount), money)
                line += 1
            page.write_string(first, 1, name)
            if line - first > 1:
                page.merge_range(first, 1, line - 1, 1, name)
        page.write_string(line, 1, "Summe")
        page.write_formula(line, 4, f"=SUM(E6:E{line})", money, float(TOTAL))
    return path


def sheet_for_each(folder: Path) -> Path:
    """A sheet for each partner, which its name alone tells, and one that sums them up."""
    import xlsxwriter

    path = folder / "Run.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Summary").write_row(0, 0, ["Partners", 3])
        for name, group in groupby(ROWS, key=lambda row: row[1]):
            page = book.add_worksheet(name)
            page.write_row(0, 0, ["Deal", "Paid on", "Amount"])
            for line, (_, _, reference, amount) in enumerate(group, 1):
                page.write_row(line, 0, [reference, "2025-03-31", float(amount)])
    return path


def signs_and_zeros(folder: Path) -> Path:
    """Amounts as texts with a sign before them, and a row that pays nothing."""
    rows = (f'"{n}",{r},"Mar 31, 2025","€ {point(a)}"' for _, n, r, a in (*ROWS, ("P2", P2, "Bank return", "0.00")))
    return text(folder, "signs.csv", "Payee,Invoice / Order,Date paid,Payment", rows)


def months_across(folder: Path) -> Path:
    """A column for each month, and their sum."""
    rows = (f"{n},{r},0.00,10.00,{a},0.00,{float(a) + 10:.2f}" for _, n, r, a in ROWS)
    return text(folder, "months.csv", "Partner,Deal,Jan-25,Feb-25,Mar-25,Apr-25,Total", rows)


def bank_export(folder: Path) -> Path:
    """What a German bank exports: below zero what was paid, the deal within a purpose."""
    head = '"Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";"Glaeubiger ID";'
    head += '"Beguenstigter/Zahlungspflichtiger";"Kontonummer/IBAN";"BIC (SWIFT-Code)";"Betrag";"Waehrung";"Info"'
    before, after = '"DE89";"31.03.25";"31.03.25";"ONLINE-UEBERWEISUNG"', '"DE02";"XX"'
    rows = (
        f'{before};"SVWZ+{r} Provision Maerz";"";"{n}";{after};"-{comma(a).replace(".", "")}";"EUR";"Umsatz gebucht"'
        for _, n, r, a in ROWS
    )
    return text(folder, "umsaetze.csv", head, rows, encoding="latin-1")


def marks_of_entries(folder: Path) -> Path:
    """Entries with a mark of debit or credit: one payment came back and was made again."""
    head = "Date,Entry Reference,Creditor Name,Remittance Information,Amount,Currency,CreditDebit"
    back = (("P2", P2, "D-1004 returned", "411.11 CRDT"), ("P2", P2, "D-1004", "411.11"))
    rows = (
        f"2025-03-31,NTRF{len(n)},{n},{r},{a.split()[0]},EUR,{'CRDT' if ' ' in a else 'DBIT'}"
        for _, n, r, a in (*ROWS, *back)
    )
    return text(folder, "camt.csv", head, rows)


def two_sides(folder: Path) -> Path:
    """A debit and a credit beside each other."""
    rows = [f"31/03/2025;{r};{n};{comma(a).replace('.', ' ')};" for _, n, r, a in ROWS]
    rows += [f"31/03/2025;D-1004 rejet;{P2};;411,11", f"31/03/2025;D-1004;{P2};411,11;"]
    return text(folder, "banque.csv", "Date;Libellé;Bénéficiaire;Débit;Crédit", iter(rows), encoding="cp1252")


def wide_letters(folder: Path) -> Path:
    """UTF-16 with tabs, as a spreadsheet program saves a text, and a total without a label."""
    rows = (f"{p}\t{n}\t{r}\t{point(a)}\tEUR" for p, n, r, a in ROWS)
    head = "Partner ID\tPartner\tContract / Deal No.\tPaid Amount\tPaid Ccy"
    return text(folder, "unicode.txt", head, rows, f"\t\t\t{point(TOTAL)}\tEUR", "utf-16")


def japanese(folder: Path) -> Path:
    """Headers in a script, and an encoding, that no list of words holds."""
    rows = (f'{p},{r},2025/03/31,"{point(a)}",EUR' for p, _, r, a in ROWS)
    return text(
        folder, "支払.csv", "支払先,案件番号,支払日,支払金額,通貨", rows, f'合計,,,"{point(TOTAL)}",EUR', "cp932"
    )


def greek(folder: Path) -> Path:
    rows = (f"{n};{r};31/03/2025;{comma(a)};EUR" for _, n, r, a in ROWS)
    head = "Δικαιούχος;Αναφορά;Ημερομηνία;Ποσό πληρωμής;Νόμισμα"
    return text(folder, "pliromes.csv", head, rows, f"Σύνολο;;;{comma(TOTAL)};")


def incentive_batch(folder: Path) -> Path:
    """A batch of an incentive system: an id of each payment that is a number, three amounts, the unit as a column."""
    head = "Payment ID,Participant,Participant ID,Position,Period,Earning Code,Deal ID,Gross Earnings,Adjustments,"
    head += "Balance Forward,Net Payment,Unit Type"
    rows = (
        f'{900 + i},"{n}",{p},Reseller,March 2025,COMM,{r},"{point(a)}",0.00,0.00,"{point(a)}",EUR'
        for i, (p, n, r, a) in enumerate(ROWS)
    )
    return text(folder, "batch.csv", head, rows)


def counted(folder: Path) -> Path:
    """A subtotal of each payee, a total, and how many payments there were; the document without a known header."""
    rows = []
    for name, group in groupby(ROWS, key=lambda row: row[1]):
        own = list(group)
        rows += [f"{name};{r};{a};EUR" for _, _, r, a in own]
        rows.append(f"Subtotal {name};;{sum(float(a) for *_, a in own):.2f};EUR")
    foot = f"Grand total;;{TOTAL};EUR\nNumber of payments;;7;"
    return text(folder, "detail.csv", "Remittance detail;;;\nPayee;Doc;Amount;Ccy", iter(rows), foot)


def without_payees(folder: Path) -> Path:
    """Documents and amounts alone: whose they are is known by the documents."""
    rows = (f"{n if r == 'Goodwill' else ''},{r},{a}" for _, n, r, a in ROWS)
    return text(folder, "documents.csv", "Payee,Document,Amount", rows)


def loosely_named(folder: Path) -> Path:
    """Payees in capitals, without signs, and with a number before the name."""
    names = {"P1": "AURELIA  SOHNE", "P2": "P2 - Borealis Oy", "P3": "Ceres Limited (new bank)"}
    rows = (f"{names[p]},{r},{a}" for p, _, r, a in ROWS)
    return text(folder, "loose.csv", "Payee,Order,Amount", rows)


FILES: tuple[Callable[[Path], Path], ...] = (
    *(vendor_items, payment_proposal, merged_titles, sheet_for_each, signs_and_zeros, months_across, bank_export),
    *(marks_of_entries, two_sides, wide_letters, japanese, greek, incentive_batch, counted, without_payees),
    loosely_named,
)
