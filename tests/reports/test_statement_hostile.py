"""What people typed stays text: no formula, no link, no error cell, no code in a footer.

What Excel cannot hold is refused before anything is written.
"""

import io
import random
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from partnerdesk.errors import Refused
from partnerdesk.reports.format import Formats
from partnerdesk.reports.sheet import footer
from partnerdesk.reports.statement.document import CorrectionDetail, LineDetail, NotCounted, RuleRow, StatementDocument
from partnerdesk.reports.statement.workbook import workbook, write_statement
from tests.reports.statement_reader import formulas, parts, read
from tests.reports.statement_samples import HOSTILE, line, northwind, random_lines, with_lines

D = Decimal
BRITISH = Formats("en_GB")
SOURCES = Path(__file__).parent.parent.parent / "partnerdesk" / "reports"
# All that our own formulas are made of; a text of the data inside one would be left over.
TOKENS = re.compile(
    r"SUMIFS|SUM|ROUNDDOWN|ROUNDUP|ROUND|COUNTA|COUNT|IF|ABS|SIGN|MOD"
    r"|(Earnings|Movements|Corrections|Holds|NotCounted|Rules)"
    r"\[(Amount|Type|Kind|Cause|Held|Payable|Total|Remaining|Recalc|Item|Rule)\]"
    r"|'1 Summary'!|\$?[A-Z]{1,2}\$?[0-9]+|[0-9.]+|[-+*/^(),:=]"
    r'|"(OK|Differs|=(Deferred|Withheld|Released|Forfeited|Clawback|Adjustment|Correction))"'
    r'|"=(UPFRONT|RECURRING|MILESTONE|SPIFF|TOPUP)"'
)


def with_texts(texts: list[str]) -> StatementDocument:
    """A statement in which every text of the data is one of these, in turn."""
    turn = iter(texts * 40)
    made = tuple(
        line(f"L-{n}", "UPFRONT", "1000", "0.1", "100")._replace(because=next(turn)) for n in range(len(texts))
    )
    document = with_lines(northwind(), made)
    entries = tuple(
        e if e.kind in ("accrual", "payment") else e._replace(note=next(turn)) for e in document.statement.entries
    )
    rows = tuple(replace(r, reference=next(turn)) for r in document.statement.rows)
    held = tuple(replace(h, condition=next(turn)) for h in document.statement.held)
    statement = replace(document.statement, entries=entries, rows=rows, held=held, tier=next(turn))
    return replace(
        document,
        statement=statement,
        details={x.id: LineDetail(*(next(turn) for _ in range(5))) for x in made},
        corrections={e.id: CorrectionDetail(next(turn), D(1), D(2), next(turn)) for e in entries},
        uncounted=tuple(NotCounted(t, t, t, D("1.00"), "EUR", t, t, t) for t in texts),
        rules=tuple(RuleRow(t, t, t, t, t, northwind().data_as_of) for t in texts),
        **{name: next(turn) for name in ("legal_name", "tax_id", "program", "agreement", "contact", "payer", "run")},
    )


def test_hostile_texts_stand_verbatim_and_are_text_everywhere() -> None:
    document = with_texts(list(HOSTILE))
    content = workbook(document, BRITISH)
    found = read(content)
    assert [r["Item"] for r in found.tables["NotCounted"]] == list(HOSTILE)
    assert [r["How to make it count"] for r in found.tables["NotCounted"]] == list(HOSTILE)
    assert [r["In words"] for r in found.tables["Rules"]] == list(HOSTILE)
    details = [document.details[f"L-{n}"] for n in range(len(HOSTILE))]
    assert [(r["Deal"], r["Customer"], r["Product"], r["Term"], r["Source"]) for r in found.tables["Earnings"]] == [
        (d.deal, d.customer, d.product, d.term, d.source) for d in details
    ]
    assert_only_ours(content)


def assert_only_ours(content: bytes) -> None:
    """Formulas are our own, no cell is an error, no link and no number was made of a text."""
    for place, formula in formulas(content).items():
        assert TOKENS.sub("", formula) == "", (place, formula)
    texts = parts(content)
    assert not [name for name, text in texts.items() if 't="e"' in text or "<hyperlink" in text]
    assert not [name for name in texts if "worksheets/_rels" in name and "hyperlink" in texts[name]]


def test_ten_thousand_dangerous_beginnings_come_back_as_they_were() -> None:
    rng = random.Random(1_210)
    starts = ["=", "+", "-", "@", "\t", "\r", "\0", "#", " =", "＝", "'", "_x0041_"]
    alphabet = "=+-@#'\"&<>|!$%_x0041A1(),;:\t\r\n\0\x0b é日𝔘\u202e"
    texts = [rng.choice(starts) + "".join(rng.choices(alphabet, k=rng.randint(0, 24))) for _ in range(10_000)]
    uncounted = tuple(NotCounted(f"I-{n}", t, "", None, "", "", "", "") for n, t in enumerate(texts))
    content = workbook(northwind(uncounted=uncounted), BRITISH)
    assert [r["Deal"] for r in read(content).tables["NotCounted"]] == texts
    assert_only_ours(content)


def test_types_of_a_program_cannot_break_a_formula() -> None:
    types = ('A"B', "SORT(x", "*", "?", "~", ">5", "=1", "<>", "A", "a b", "{x}", "@y")
    made = tuple(line(f"L-{n}", t, str(100 * (n + 1)), "1", str(100 * (n + 1))) for n, t in enumerate(types))
    content = workbook(with_lines(northwind(), made), BRITISH)
    live = {place: f for (sheet, place), f in formulas(content).items() if sheet == "1 Summary"}
    assert live["D15"] == '=SUMIFS(Earnings[Amount],Earnings[Type],"=A""B")'
    assert live["D16"] == '=SUMIFS(Earnings[Amount],Earnings[Type],"=SORT(x")'
    assert live["D17"] == '=SUMIFS(Earnings[Amount],Earnings[Type],"=~*")'
    assert live["D19"] == '=SUMIFS(Earnings[Amount],Earnings[Type],"=~~")'


def test_row_labels_stay_text_when_someone_edits_them() -> None:
    document = with_lines(northwind(), (line("L-1", "UPFRONT", "10", "1", "10")._replace(says="=1+1"),))
    labels = list(read(workbook(document, BRITISH)).rows)
    assert labels[1] == "Entry: =1+1"
    assert not [label for label in labels if label[0] in "+-=>@"]


@pytest.mark.parametrize("name", ["R&D &P Acme", "&A&D", "&&", "3M", "x" * 400, "&" * 300, "𝔘" * 300, "a\tb\nc"])
def test_a_name_in_the_foot_is_no_code_and_fits(name: str) -> None:
    content = workbook(northwind(partner_name=name), BRITISH)
    sheet = load_workbook(io.BytesIO(content)).worksheets[1]
    codes = sheet.oddFooter.left.text
    shown = codes.replace("&&", "&")
    assert shown.removeprefix("Confidential: prepared for ").rstrip("…") in name.replace("\t", "\t")
    assert len(footer(f"Confidential: prepared for {name}", "x" * 60).encode("utf-16-le")) // 2 <= 255
    assert sheet.oddFooter.right.text == "&P/&N"


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "-Infinity", "sNaN"])
def test_a_figure_that_is_none_is_refused_before_anything_is_written(amount: str, tmp_path: Path) -> None:
    document = northwind()
    first, *others = document.statement.lines
    statement = replace(document.statement, lines=(first._replace(base=D(amount)), *others))
    with pytest.raises(Refused):
        write_statement(replace(document, statement=statement), BRITISH, tmp_path / "st.xlsx")
    assert not list(tmp_path.iterdir())


def test_an_amount_of_more_than_fifteen_digits_is_refused_with_its_place() -> None:
    uncounted = (replace(northwind().uncounted[0], amount=D("12345678901234567.89")),)
    with pytest.raises(Refused, match=r"5 Not counted!D6 cannot hold 12345678901234567\.89"):
        workbook(northwind(uncounted=uncounted), BRITISH)
    found = workbook(northwind(uncounted=(replace(uncounted[0], amount=D("1234567890123.45")),)), BRITISH)
    assert read(found).tables["NotCounted"][0]["Amount"] == D("1234567890123.45")


def test_an_amount_finer_than_the_currency_is_refused() -> None:
    document = northwind()
    first, *others = document.statement.lines
    statement = replace(document.statement, lines=(first._replace(amount=D("30000.001")), *others))
    with pytest.raises(Refused, match=r"line 0907-01: .*finer"):
        workbook(replace(document, statement=statement), BRITISH)


def test_a_text_too_long_for_a_cell_is_refused_and_the_longest_is_kept() -> None:
    base = northwind().uncounted[0]
    longest = "x" * 32_767
    kept = workbook(northwind(uncounted=(replace(base, reason=longest),)), BRITISH)
    assert read(kept).tables["NotCounted"][0]["Why it did not count"] == longest
    for text in (longest + "x", "𝔘" * 16_384):
        with pytest.raises(Refused, match="5 Not counted!F6"):
            workbook(northwind(uncounted=(replace(base, reason=text),)), BRITISH)


def test_half_a_letter_is_refused_instead_of_breaking_the_file() -> None:
    with pytest.raises(Refused, match="half a letter"):
        workbook(northwind(tax_id="\ud83d"), BRITISH)


def test_rates_with_endless_digits_are_held_to_fifteen_and_still_add_up() -> None:
    third = D(1) / 3
    made = line("L-1", "UPFRONT", "1000", "0.1", "33.33", share=third, computed=D("33.33"))
    found = read(workbook(with_lines(northwind(), (made,)), BRITISH)).tables["Earnings"][0]
    assert (found["Split"], found["Amount"], found["Recalc"]) == (D("0.333333333333333"), D("33.33"), 0)


def test_cells_are_written_in_one_place_only() -> None:
    """XlsxWriter is spoken to by `sheet.py` and the writer of its rows, and no export reads an earlier workbook."""
    for path in SOURCES.rglob("*.py"):
        text = path.read_text("utf-8")
        assert "load_workbook" not in text, path
        if path.name not in ("sheet.py", "sheet_rows.py"):
            assert not re.search(
                r"\b(import|from) xlsxwriter\b|\._write_|\.write_(string|number|formula|url|row)\(", text
            ), path


def test_random_statements_hold_nothing_but_our_formulas() -> None:
    rng = random.Random(5)
    document = with_lines(northwind(), random_lines(60, 5, lambda: rng.choice(HOSTILE)))
    assert_only_ours(workbook(document, BRITISH))
