"""What a partner reads in the payout statement is what the ledger says, to the cent; nothing else is in the file."""

import hashlib
import io
import json
import random
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from partnerdesk.engine.outcome import CheckResult
from partnerdesk.errors import Refused
from partnerdesk.reports.format import Formats
from partnerdesk.reports.sheet import Book
from partnerdesk.reports.statement.canonical import canonical, decimal_text, fingerprint
from partnerdesk.reports.statement.document import DRAFT, StatementDocument
from partnerdesk.reports.statement.making import OBJECT_AT_TOTAL
from partnerdesk.reports.statement.printed import compose
from partnerdesk.reports.statement.workbook import file_name, workbook, write_statement
from tests.reports.statement_reader import ReadStatement, assert_equals_ledger, formulas, parts, read
from tests.reports.statement_samples import SEPTEMBER, ZERO, line, northwind, random_lines, row, with_lines

D = Decimal
BRITISH = Formats("en_GB")
SHEETS = [
    "1 Summary",
    "2 Earnings",
    "3 Held and releases",
    "4 Clawbacks and adjustments",
    "5 Not counted",
    "8 Rules and help",
]


def written(document: StatementDocument) -> ReadStatement:
    return read(workbook(document, BRITISH))


def test_the_worked_example_stands_in_the_file_to_the_cent() -> None:
    found = written(northwind())
    assert_equals_ledger(found, northwind())
    assert found.rows["Opening balance"] == (D(18400), ZERO, D(18400))
    assert found.rows["Transfer: deferred to vesting"] == (D(15000), D(-15000), ZERO)
    assert found.rows["Clawed back"] == (D(-900), D(-1800), D(-2700))
    assert found.rows["Closing balance"] == (D(29225), ZERO, D(29225))
    assert (found.paid, found.held) == (D(31300), D(29225))
    assert {word for _, word in found.checks.values()} == {"OK"}


def test_the_head_says_who_when_and_by_which_rules() -> None:
    facts = written(northwind()).facts
    assert facts == {
        "Statement": "ST-2026-09",
        "Partner": "NWD-0007",
        "Tax ID": "DE 299 310 442",
        "Period": "01 Sep to 30 Sep 2026",
        "Issued": date(2026, 10, 7),
        "Payer": "Halden Software B.V.",
        "Program": "Halden Alliance",
        "Rules": "v2026.2, from 01 Jul 2026",
        "Agreement": "AGR-2024-118",
        "Tier, score": "Silver, 71.4",
        "Contact": "Rosa Silva",
        "Dispute until": date(2026, 11, 6),
    }


def test_held_amounts_are_laid_out_by_the_month_they_are_due() -> None:
    found = written(northwind())
    months = ["Oct 2026", "Nov 2026", "Dec 2026", "Jan 2027", "Feb 2027", "Mar 2027"]
    totals = [sum((r[m] for r in found.tables["Holds"]), ZERO) for m in months]
    assert totals == [D(3900), D(3900), D(7425), D(2500), D(2500), D(9000)]
    for hold in found.tables["Holds"]:
        assert sum((hold[m] for m in [*months, "Later", "No date"]), ZERO) == hold["Remaining"]


def test_what_no_hold_explains_is_listed_by_itself() -> None:
    document = northwind()
    statement = replace(document.statement, held=document.statement.held[:-1])
    holds = written(replace(document, statement=statement)).tables["Holds"]
    assert holds[-1]["Kind"] == "Other" and holds[-1]["Remaining"] == D(6500) == holds[-1]["No date"]


def test_past_months_end_with_this_one_and_add_up() -> None:
    found = written(northwind())
    assert len(found.history) == 12
    assert found.history[-1][1:] == (D(44500), D(-2375), D(-31300), D(29225))
    assert found.history[0][0] == date(2025, 10, 1)


@pytest.mark.parametrize("seed", range(12))
def test_random_statements_are_read_back_as_they_were_posted(seed: int) -> None:
    document = with_lines(northwind(), random_lines(40, seed))
    assert_equals_ledger(written(document), document)


def test_a_period_without_anything_is_still_a_whole_statement() -> None:
    document = northwind()
    statement = replace(
        document.statement,
        lines=(),
        entries=(),
        held=(),
        rows=(
            row("opening", "Opening balance", "0", "0"),
            row("earned.UPFRONT", "Upfront commission", "0", "0"),
            row("paid", "Paid", "0", "0"),
            row("closing", "Closing balance", "0", "0"),
        ),
    )
    found = written(replace(document, statement=statement, history=(), uncounted=(), rules=()))
    assert found.rows["Closing balance"] == (ZERO, ZERO, ZERO)
    assert [name for name, rows in found.tables.items() if rows] == []
    assert len(found.tables) == 6


def test_a_fact_that_one_rule_refused_and_another_paid_is_none_that_did_not_count() -> None:
    document = northwind()
    first, *others = document.statement.lines
    statement = replace(document.statement, lines=(first._replace(fact_kind="fund_claim", fact_id="F-1"), *others))
    paid, refused = (replace(document.uncounted[0], item=item, rule="RC-01") for item in ("fund claim F-1", "deal D-9"))
    twice = replace(refused, rule="UP-02")
    given = replace(document, statement=statement, uncounted=(paid, refused, twice))
    found = written(given).tables["NotCounted"]
    assert [(r["Item"], r["Rule"]) for r in found] == [("deal D-9", "RC-01"), ("deal D-9", "UP-02")]
    assert "1 fact did not count" in " ".join(placed.text for placed in compose(given, BRITISH).placed)
    bare = tuple(replace(row, remedy="", fix_by=None) for row in given.uncounted)
    assert "How to make it count" in found[0]
    assert not {"How to make it count", "By"} & {*written(replace(given, uncounted=bare)).tables["NotCounted"][0]}


def test_a_negative_balance_is_carried_and_never_paid() -> None:
    document = with_lines(northwind(), (line("L-1", "UPFRONT", "-90000", "0.5", "-45000"),))
    assert document.statement.rows[-1].payable < 0
    content = workbook(document, BRITISH)
    assert read(content).paid == 0
    assert "carried forward, no payment" in parts(content)["xl/sharedStrings.xml"]


def test_a_draft_shows_a_failed_check_and_a_final_statement_is_refused() -> None:
    document = northwind()
    checks = tuple(
        CheckResult(c.name, D("-100") if c.name.startswith("Paid") else ZERO) for c in document.statement.checks
    )
    wrong = replace(document, statement=replace(document.statement, checks=checks), status=DRAFT)
    assert written(wrong).checks["Paid equals remittances"] == (D("-100"), "Differs")
    with pytest.raises(Refused, match="Paid equals remittances: -100"):
        workbook(replace(wrong, status="FINAL"), BRITISH)


def altered(document: StatementDocument, **changes: Any) -> StatementDocument:
    return replace(document, statement=replace(document.statement, **changes))


def test_a_statement_whose_parts_do_not_tie_is_refused_by_name(tmp_path: Path) -> None:
    document, path = northwind(), tmp_path / "st.xlsx"
    first, *others = document.statement.lines
    rows = document.statement.rows
    wrong = [
        (altered(document, lines=tuple(others)), "Upfront commission 30000"),
        (altered(document, lines=(first._replace(amount=D("30000.01")), *others)), "Upfront commission"),
        (altered(document, lines=(first._replace(type="NEW"), *others)), "no row for NEW"),
        (altered(document, entries=document.statement.entries[:-4]), "Clawed back"),
        (altered(document, rows=(*rows[:-1], replace(rows[-1], held=D(1)))), "closing balance 1"),
    ]
    for statement, message in wrong:
        with pytest.raises(Refused, match=message):
            write_statement(statement, BRITISH, path)
    assert not list(tmp_path.iterdir())


def test_two_types_that_only_differ_in_case_are_refused() -> None:
    document = with_lines(northwind(), (line("L-1", "Bonus", "10", "1", "10"), line("L-2", "BONUS", "10", "1", "10")))
    with pytest.raises(Refused, match="case alone"):
        workbook(document, BRITISH)


def test_totals_and_checks_are_live_and_amounts_are_values() -> None:
    live = formulas(workbook(northwind(), BRITISH))
    summary = {place: formula for (sheet, place), formula in live.items() if sheet == "1 Summary"}
    assert summary["D15"] == '=SUMIFS(Earnings[Amount],Earnings[Type],"=UPFRONT")'
    assert summary["C19"] == '=SUMIFS(Movements[Held],Movements[Kind],"=Deferred")'
    assert summary["D22"] == '=SUMIFS(Corrections[Payable],Corrections[Cause],"=Clawback")'
    assert summary["E28"] == "=SUM(E14:E27)"
    assert summary["C28"] == "=SUM(C14:C27)"
    assert summary["H2"] == "=-E27" and summary["J2"] == "=C28"
    assert summary["F31"] == '=IF(E31=0,"OK","Differs")'
    assert "C14" not in summary and "D27" not in summary, "opening and payments are the ledger's values"
    earnings = {place: formula for (sheet, place), formula in live.items() if sheet == "2 Earnings"}
    assert earnings["Q6"] == "=ROUND(ROUND(I6*K6*L6*M6,2)+O6-P6,2)"
    assert earnings["B3"] == "=SUM(Earnings[Amount])"
    assert not [place for place in earnings if place.startswith("P") and int(place[1:]) > 5]


def test_sheets_are_numbered_and_nothing_is_hidden() -> None:
    found = parts(workbook(northwind(), BRITISH))
    names = [part.split('"')[0] for part in found["xl/workbook.xml"].split('<sheet name="')[1:]]
    assert names == SHEETS
    everything = "".join(found.values())
    for word in ('state="hidden"', 'hidden="1"', "vbaProject", "externalLink", 'definedName name="_xlnm.Criteria'):
        assert word not in everything
    assert not [name for name in found if "comments" in name or "vml" in name or "external" in name]


def test_metadata_are_only_what_we_set() -> None:
    found = parts(workbook(northwind(), BRITISH))
    core, app = found["docProps/core.xml"], found["docProps/app.xml"]
    for wanted in (
        "<dc:title>Payout statement ST-2026-09</dc:title>",
        "<dc:subject>September 2026</dc:subject>",
        "<dc:creator>Halden Software B.V.</dc:creator>",
        "<cp:lastModifiedBy>Halden Software B.V.</cp:lastModifiedBy>",
        ">2026-10-07T00:00:00Z</dcterms:created>",
        ">2026-10-07T00:00:00Z</dcterms:modified>",
    ):
        assert wanted in core
    assert core.count("</dc:") + core.count("</cp:") + core.count("</dcterms:") == 7  # the six and the root
    assert "<Company>Halden Software B.V.</Company>" in app and "Manager" not in app


def test_the_same_statement_is_the_same_file_and_the_same_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    first = workbook(northwind(), BRITISH)
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    assert workbook(northwind(), BRITISH) == first
    assert canonical(northwind()) == canonical(northwind(details=dict(reversed(northwind().details.items()))))


def test_the_canonical_data_are_plain_and_complete_and_their_hash_stands_in_the_file() -> None:
    document = northwind()
    data = json.loads(canonical(document))
    assert data["document"]["statement"]["rows"][0]["held"] == "18400"
    assert data["document"]["statement"]["lines"][0]["rate"] == "0.15"
    assert data["document"]["statement"]["period"] == ["2026-09", "2026-09-01", "2026-09-30"]
    assert fingerprint(document) == hashlib.sha256(canonical(document)).hexdigest()
    assert fingerprint(document) in parts(workbook(document, BRITISH))["xl/sharedStrings.xml"]
    one_cent_more = altered(document, lines=(document.statement.lines[0]._replace(base=D("200000.01")),))
    assert fingerprint(one_cent_more) != fingerprint(document)


def test_equal_numbers_have_one_canonical_text() -> None:
    rng = random.Random(3)
    for _ in range(2_000):
        value = D(rng.randint(-(10**12), 10**12)).scaleb(rng.randint(-8, 3))
        more = value.quantize(D(1).scaleb(-9)) if abs(value) < 10**15 else value
        assert decimal_text(value) == decimal_text(more) == decimal_text(value.normalize())
        assert D(decimal_text(value)) == value
    assert decimal_text(D("-0.00")) == "0" and decimal_text(D("1E+3")) == "1000"


def test_the_partners_locale_writes_the_words_and_leaves_the_numbers_numbers() -> None:
    content = workbook(northwind(), Formats("de_DE"))
    found = read(content)
    assert found.facts["Period"] == "01. Sept. bis 30. Sept. 2026" or found.facts["Period"].endswith("Sept. 2026")
    assert found.facts["Tier, score"] == "Silver, 71,4"
    assert found.rows["Closing balance"] == (D(29225), ZERO, D(29225))
    assert found.facts["Issued"] == date(2026, 10, 7)


def test_sample_data_are_marked_on_every_sheet_and_every_printed_page() -> None:
    found = parts(workbook(northwind(sample=True), BRITISH))
    book = read(workbook(northwind(sample=True), BRITISH))
    mark = "Sample data: invented companies and amounts"
    assert all(mark in head for head in book.heads.values())
    sheets = [text for name, text in found.items() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 6 and all("Sample data" in text.split("<oddFooter>")[1] for text in sheets)
    plain = parts(workbook(northwind(), BRITISH))
    assert not [name for name, text in plain.items() if "Sample data" in text]


def test_the_file_is_called_after_statement_partner_and_version(tmp_path: Path) -> None:
    assert file_name(northwind()) == "ST-2026-09_NORTHWIND_v1.xlsx"
    assert file_name(northwind(version=2), ".csv") == "ST-2026-09_NORTHWIND_v2.csv"
    other = file_name(northwind(partner_name="northwind"), taken=(file_name(northwind()),))
    assert other != file_name(northwind()) and other.startswith("ST-2026-09_NORTHWIND-")
    path = tmp_path / file_name(northwind())
    write_statement(northwind(), BRITISH, path)
    assert read(path.read_bytes()).held == D(29225)


def test_a_quarterly_statement_speaks_of_quarters() -> None:
    from partnerdesk.engine.period import period_at, previous_period

    quarter = period_at(SEPTEMBER.start, "quarter")
    document = northwind()
    past = document.history[-2:]
    history = (
        replace(past[0], period=previous_period(quarter)),
        replace(past[1], period=quarter),
    )
    found = written(replace(altered(document, period=quarter), history=history))
    assert [row[0] for row in found.history] == ["Q2 2026", "Q3 2026"]
    assert found.facts["Period"] == "01 Jul to 30 Sep 2026"


def test_rules_and_help_say_how_to_dispute_and_what_the_file_was_made_from() -> None:
    text = parts(workbook(northwind(), BRITISH))["xl/sharedStrings.xml"]
    for words in (
        "Return this file to Rosa Silva by 06 Nov 2026.",
        "We answer within 20 days.",
        "R-0193",
        "PartnerDesk 1.0",
        northwind().facts_hash,
        northwind().program_hash,
        "Confidential: prepared for Northwind. Disputes are answered within 20 days; lines not disputed",
    ):
        assert words in text


@pytest.mark.parametrize(("rules", "breaks"), [(2, False), (40, True)])
def test_in_print_no_heading_of_the_help_stands_alone_at_the_foot_of_the_rules(rules: int, breaks: bool) -> None:
    """Help follows short rules on their page; below long ones it begins a page of its own, as a whole."""
    many = tuple(replace(r, reference=f"{r.reference}-{n}") for n in range(10) for r in northwind().rules)[:rules]
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(northwind(rules=many), BRITISH)))["8 Rules and help"]
    first = next(row for row in range(1, 80) if str(sheet.cell(row, 1).value).startswith("Tier and score"))
    assert [b.id for b in sheet.row_breaks.brk] == ([first - 1] if breaks else [])


def test_few_columns_print_no_larger_than_the_other_sheets() -> None:
    book = Book("Title", "Subject", "Vendor", date(2026, 9, 30))
    for name, widths in (("Few", (12, 12, 42)), ("Many", (12, 42, 42, 42, 42, 42))):
        sheet = book.sheet(name)
        sheet.set_up("left", "center", title_row=0)
        sheet.widths(*widths)
    few, many = openpyxl.load_workbook(io.BytesIO(book.content())).worksheets
    assert few.page_setup.scale == 70 and not few.sheet_properties.pageSetUpPr.fitToPage
    assert many.sheet_properties.pageSetUpPr.fitToPage and many.page_setup.fitToHeight == 0


def test_the_sheets_that_were_never_posted_say_where_to_object() -> None:
    found = openpyxl.load_workbook(io.BytesIO(workbook(northwind(), BRITISH)))
    assert found["5 Not counted"]["A3"].value == OBJECT_AT_TOTAL


def test_the_rate_of_what_is_counted_is_an_amount_in_its_cell() -> None:
    counted = line("L-1", "BONUS", "3", "25", "75")._replace(base_unit="whole ones")
    document = with_lines(northwind(), (counted, line("L-2", "UPFRONT", "100", "0.5", "50")))
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(document, BRITISH)))["2 Earnings"]
    assert [sheet[f"K{row}"].number_format for row in (6, 7)] == ["#,##0.00####", "0.00##%"]
