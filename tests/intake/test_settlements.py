"""Payouts and remittances in seven languages: one list of words for the import of payments and the reconciliation."""

from pathlib import Path

import pytest

from partnerdesk.engine.fiscal import CALENDAR_YEAR, FiscalYear, Weeks
from partnerdesk.intake.lexicon import senses, squash
from partnerdesk.intake.official.headers import meanings_of
from partnerdesk.intake.official.months import wanted
from partnerdesk.intake.official.reading import Official, official
from partnerdesk.intake.official.tables import read_tables
from partnerdesk.intake.settlements import PAYMENT, heads
from tests.intake.conftest import Drafted

# partner, reference, our reference, value date, booking date, gross, tax withheld, fee, net, currency, statement,
# period, line
EN = "Payee;Reference;Our ref;Value date;Booking date;Gross;Withholding;Fee;Net;Ccy;Statement no;Period;Line"
DE = "Empfänger;Referenz;Unser Zeichen;Wertstellung;Buchungstag;Bruttobetrag;Quellensteuer;Gebühr;Nettobetrag;Währung"
DE += ";Abrechnungsnummer;Zeitraum;Zeile"
FR = "Bénéficiaire;N° de référence;Notre réf.;Date de valeur;Date comptable;Montant brut;Retenue à la source;Frais"
FR += ";Net à payer;Devise;N° de relevé;Période;Ligne"
ES = "Beneficiario;Referencia;Nuestra ref.;Fecha valor;Fecha contable;Importe bruto;Retención IRPF;Gastos"
ES += ";Importe neto;Divisa;Nº de liquidación;Periodo;Línea"
IT = "Percipiente;Rif.;Ns. rif.;Data valuta;Data contabile;Importo lordo;Ritenuta d'acconto;Spese;Netto a pagare;Valuta"
IT += ";Estratto conto;Competenza;Riga"
NL = "Begunstigde;Betalingskenmerk;Ons kenmerk;Valutadatum;Boekdatum;Bruto bedrag;Ingehouden belasting;Kosten"
NL += ";Netto bedrag;Valuta;Afrekeningsnummer;Periode;Regel"
PT = "Beneficiário;Referência;Nossa ref.;Data valor;Data contábil;Valor bruto;Retenção na fonte;Taxas;Valor líquido"
PT += ";Moeda;Nº do extrato;Período;Linha"
LANGUAGES = {"en": EN, "de": DE, "fr": FR, "es": ES, "it": IT, "nl": NL, "pt": PT}
ROW = "Acme;REM 7;O-1;30.09.2026;29.09.2026;1.100,00;100,00;2,50;997,50;EUR;S-1;2026-09;L-1"
TARGETS = "partner remittance attributes.Our+reference day - gross tax fees amount currency statements "
TARGETS += "attributes.Period attributes.Line"
PARTS = ["partner", "reference", "reference", "day", "", "amount", "", "", "", "currency", "reference", "", "reference"]


def paid(
    folder: Path, text: str, choices: dict[str, str] | None = None, label: str = "", year: FiscalYear = CALENDAR_YEAR
) -> Official:
    path = folder / "paid.csv"
    path.write_text(text, "utf-8")
    return official(read_tables(path, choices or {}), choices or {}, period=wanted(label, year) if label else None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_remittance_of_each_language_becomes_the_same_payment(drafted: Drafted, language: str) -> None:
    draft = drafted(f"{LANGUAGES[language]}\n{ROW}\n")
    targets = {u.column: u.target.removeprefix("payment.") for u in draft.columns.uses}
    assert [targets.get(c, "-") for c in range(13)] == [t.replace("+", " ") for t in TARGETS.split()]
    assert draft.columns.kind == "payment" and not draft.questions
    fields = draft.parts[0].fields
    assert (fields["amount"], fields["tax"], fields["fees"], fields["day"]) == ([99750], [10000], [250], ["2026-09-30"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_payout_of_each_language_plays_the_same_parts(tmp_path: Path, language: str) -> None:
    found = paid(tmp_path, f"{LANGUAGES[language]}\n{ROW}\n")
    assert list(found.parts.values()) == PARTS and not found.questions
    (row,) = found.rows
    assert (row.partner, str(row.amount), row.currency, row.day) == ("Acme", "1100.00", "EUR", "30.09.2026")
    assert {row.reference, *row.also} == {"REM 7", "O-1", "S-1", "L-1"}


def test_every_word_of_the_list_is_known_to_both_readers() -> None:
    known = senses("payment")
    for meaning, words in heads().items():
        for word in words:
            assert meaning in meanings_of(word), word
            if meaning in PAYMENT:
                found = {s.target.removeprefix("payment.").removesuffix(".name") for s in known[squash(word)]}
                assert PAYMENT[meaning] in found, word


def test_a_gross_alone_is_paid_less_its_tax_and_one_that_does_not_add_up_is_told(drafted: Drafted) -> None:
    head = "Payee;Value date;Gross;Tax withheld"
    draft = drafted(f"{head}\nAcme;2026-09-30;1100,00;-100,00\n")
    fields = draft.parts[0].fields
    assert (fields["amount"], fields["tax"]) == ([100000], [10000])
    assert draft.notes == ("What was paid is “Gross” less “Tax withheld”.",)
    odd = drafted(f"{head};Net\nAcme;2026-09-30;1100,00;100,00;900,00\nAcme;2026-09-30;110,00;10,00;100,00\n")
    (problem,) = odd.problems
    assert problem.warning and "1100 is not what was paid with its tax and fees." in str(problem)
    assert str(problem).startswith("q3.csv line 2, column Gross") and odd.accepted == 2


@pytest.mark.parametrize(
    ("head", "amount", "taken"),
    [
        ("Gross;Tax withheld;Net", "Gross", ""),
        ("Netto;USt;Brutto", "Netto", ""),
        ("Montant HT;TVA;Montant TTC", "Montant HT", ""),
        ("Gross;Fee;Amount paid", "Gross", ""),
        ("Net;Withholding tax;Memo", "Net", "Withholding tax"),
        ("Commission;Tax;Net amount", "Commission", ""),
    ],
)
def test_what_was_owed_is_told_from_what_was_taken_off(tmp_path: Path, head: str, amount: str, taken: str) -> None:
    numbers = {"Netto;": "100;19;119", "Montan": "100;20;120", "Net;Wi": "90;10;ok"}.get(head[:6], "100;10;90")
    found = paid(tmp_path, f"Partner;Deal;{head}\nP1;D1;{numbers}\nP1;D2;{numbers}\n")
    by_part = {part: header for header, part in found.parts.items()}
    assert (by_part["amount"], by_part.get("taken", "")) == (amount, taken)
    assert not found.questions and found.rows[0].amount == 100


def test_a_tax_that_may_be_either_is_asked_and_the_answer_counts_beside_chosen_columns(tmp_path: Path) -> None:
    text = "Partner;Deal;Gross;Tax;Net\nP1;D1;119;19;100\n"
    first = paid(tmp_path, text)
    assert [q.key for q in first.questions] == ["tax"] and not first.is_clear
    as_shown = {f"column:{header}": part for header, part in first.parts.items()}
    for answer, owed in (("kept", 119), ("on top", 100)):
        found = paid(tmp_path, text, as_shown | {"tax": answer})
        assert found.is_clear and [row.amount for row in found.rows] == [owed]
    text = "Partner;Deal;Net;Fee\nP1;D1;98;2\n"
    first = paid(tmp_path, text)
    assert [q.key for q in first.questions] == ["taken:Fee"]
    as_shown = {f"column:{header}": part for header, part in first.parts.items()}
    for answer, owed in (("yes", 100), ("no", 98)):
        assert paid(tmp_path, text, as_shown | {"taken:Fee": answer}).rows[0].amount == owed
    assert not paid(tmp_path, "Partner;Deal;Net;Fee\nP1;D1;98;0,00\n").questions, "nothing was taken off"


WEEKS, APRIL, SIXTH = FiscalYear(8, weeks=Weeks(5)), FiscalYear(4), FiscalYear(4, 6)
PERIODS = FiscalYear(2, weeks=Weeks(5, longer=13, quarters=(3, 3, 3, 4)))


@pytest.mark.parametrize(
    ("label", "year", "heads", "column"),
    [
        ("2026-05", CALENDAR_YEAR, "Apr-26;May-26;Jun-26", "May-26"),
        ("2026-05", CALENDAR_YEAR, "Apr;May;Jun", "May"),
        ("2026-05", APRIL, "Apr-26;May-26;Jun-26", "May-26"),
        ("2026-05", APRIL, "P01;P02;P03", "P02"),
        ("2026-05", APRIL, "FY27 P01;FY27 P02;FY27 P05", "FY27 P02"),
        ("2026-05", APRIL, "May FY26;May FY27;Jun FY27", "May FY27"),
        ("FY2026M03", WEEKS, "P02;P03;P10", "P03"),
        ("FY2026M03", WEEKS, "FY26 P02;FY26 P03;FY25 P03", "FY26 P03"),
        ("FY2026M03", WEEKS, "FY2026M02;FY2026M03;FY2026M04", "FY2026M03"),
        ("FY2026M13", PERIODS, "P11;P12;P13", "P13"),
        ("FY2026M13", PERIODS, "FY26 P13;FY25 P13;FY26 P12", "FY26 P13"),
        ("FY2026Q4", PERIODS, "FY26 Q1;FY26 Q4;FY25 Q4", "FY26 Q4"),
        ("FY2027Q1", APRIL, "FY27 Q1;FY27 Q2;FY26 Q1", "FY27 Q1"),
        ("2026Q2", CALENDAR_YEAR, "Q1;Q2;Q3", "Q2"),
    ],
)
def test_of_periods_side_by_side_the_one_of_the_statements_is_paid(
    tmp_path: Path, label: str, year: FiscalYear, heads: str, column: str
) -> None:
    found = paid(tmp_path, f"Partner;Deal;{heads}\nP1;D1;1.00;2.00;3.00\n", {}, label, year)
    assert [header for header, part in found.parts.items() if part == "amount"] == [column] and found.is_clear
    assert found.months == set(heads.split(";"))


@pytest.mark.parametrize(
    ("label", "year", "heads"),
    [
        ("FY2026M03", WEEKS, "Sep-25;Oct-25;Nov-25"),
        ("FY2027M02", SIXTH, "Apr;May;Jun"),
        ("FY2027Q1", APRIL, "Q1;Q2;Q3"),
    ],
)
def test_months_of_the_calendar_are_asked_about_where_the_fiscal_year_has_others(
    tmp_path: Path, label: str, year: FiscalYear, heads: str
) -> None:
    text = f"Partner;Deal;{heads}\nP1;D1;1.00;2.00;3.00\n"
    found = paid(tmp_path, text, {}, label, year)
    (question,) = found.questions
    assert question.asks == f"Which column is {label}?" and not found.is_clear and not found.problems
    assert ";".join(option.value for option in question.options) == heads
    named = heads.split(";")[1]
    again = paid(tmp_path, text, {question.key: named}, label, year)
    assert again.is_clear and again.parts[named] == "amount" and again.rows[0].amount == 2
    assert paid(tmp_path, text, {f"column:{named}": "amount"}, label, year).is_clear
