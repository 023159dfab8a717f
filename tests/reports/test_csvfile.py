"""The CSV twin says what the ledger says, in a form that systems read and no spreadsheet runs."""

import csv
import io
import random
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from partnerdesk.engine import figures
from partnerdesk.engine.figures.writing import written
from partnerdesk.errors import Refused
from partnerdesk.reports import csvfile
from partnerdesk.reports.csvfile import csv_content, guarded, unguarded
from partnerdesk.reports.format import Formats
from partnerdesk.reports.statement.document import StatementDocument
from partnerdesk.reports.statement.twin import SAMPLE_TITLE, TITLES, twin, write_csv
from partnerdesk.reports.statement.workbook import workbook
from tests.reports.statement_samples import HOSTILE, line, northwind, random_lines, with_lines

D = Decimal
NUMBERS = ("Base", "Exchange rate", "Rate", "Factor", "Share", "Computed", "Limit effect", "Amount")


def records(document: StatementDocument) -> list[dict[str, str]]:
    text = twin(document).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


@pytest.mark.parametrize("seed", range(6))
def test_every_line_stands_in_one_record_to_the_cent(seed: int) -> None:
    document = with_lines(northwind(), random_lines(80, seed))
    found = records(document)
    lines = document.statement.lines
    assert [r["Line"] for r in found] == [x.id for x in lines]
    assert [D(r["Amount"]) for r in found] == [x.amount for x in lines]
    assert [D(r["Base"]) for r in found] == [x.base for x in lines]
    assert [(r["Base currency"], r["Exchange rate"], r["Exchanged from"]) for r in found] == [
        ("EUR", f"{x.exchange:f}" if x.exchange else "", "USD" if x.exchange else "") for x in lines
    ]
    assert {r["Exchanged from"] for r in found} == {"", "USD"}
    assert [(D(r["Rate"]) if r["Rate"] else None) for r in found] == [x.rate for x in lines]
    assert [date.fromisoformat(r["Event date"]) for r in found] == [x.event for x in lines]
    assert sum(D(r["Amount"]) for r in found) == sum(x.amount for x in lines)
    assert {r["Statement"] for r in found} == {"ST-2026-09"} and {r["Currency"] for r in found} == {"EUR"}


def test_excel_finds_the_encoding_and_one_header_row() -> None:
    content = twin(northwind())
    assert content.startswith(b"\xef\xbb\xbfStatement,Version,Status,Partner,Line,")
    assert content.count(b"\r\n") == 1 + len(northwind().statement.lines)
    assert b"\r\n\r\n" not in content and content.endswith(b"\r\n")
    assert tuple(next(csv.reader(io.StringIO(content.decode("utf-8-sig"))))) == TITLES


def test_texts_that_look_like_formulas_carry_an_apostrophe_and_numbers_never_do() -> None:
    made = tuple(
        line(f"L-{n}", "UPFRONT", "-1000", "0.1", "-100", customer=text, deal=text) for n, text in enumerate(HOSTILE)
    )
    document = with_lines(northwind(details={}), made)
    found = records(document)
    assert [unguarded(r["Customer"]) for r in found] == list(HOSTILE)
    assert found[0]["Customer"] == "'=cmd|' /C calc'!A0"
    assert {r["Amount"] for r in found} == {"-100"}
    for record in found:
        for title, value in record.items():
            if title not in NUMBERS:
                assert value.lstrip(" \0\ufeff")[:1] not in tuple("=+-@＝＋－＠\t\r\n"), (title, value)


def test_what_is_guarded_is_given_back_and_plain_names_stay_plain() -> None:
    rng = random.Random(12)
    starts = ["=", "+", "-", "@", "\t", "\r", "\0", "#REF!", "#", "'", "''", "'=", " =", "＝", "a", ""]
    texts = [
        rng.choice(starts) + "".join(rng.choices("=+-@#'\t\r\0 aé日,;\"\n", k=rng.randint(0, 9))) for _ in range(10_000)
    ]
    for text in (*texts, *HOSTILE):
        assert unguarded(guarded(text)) == text
    for name in ("AT&T", "'t Hooft", "R&D <Labs>", "#1 Partner", "O'Neill", "Łużyca", "5-star", ""):
        assert guarded(name) == name
    for error in ("#REF!", "#n/a", " #DIV/0! "):
        assert guarded(error) == f"'{error}"


def test_ten_thousand_texts_come_back_through_a_strict_reader() -> None:
    rng = random.Random(13)
    texts = ["".join(rng.choices("=+-@\t\r\n\0'\",;é日 a", k=rng.randint(0, 12))) for _ in range(10_000)]
    content = csv_content(["Text", "Number"], [(text, D(-n)) for n, text in enumerate(texts)])
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))[1:]
    assert [unguarded(row[0]) for row in rows] == texts
    assert [row[1] for row in rows] == [str(D(-n)) for n in range(10_000)]


def test_what_is_no_number_and_no_text_is_refused() -> None:
    for value in (D("NaN"), D("Infinity")):
        with pytest.raises(Refused, match="row 2, column A"):
            csv_content(["A"], [(value,)])
    with pytest.raises(Refused, match="row 2, column A"):
        csv_content(["A"], [("\ud800",)])
    with pytest.raises(ValueError, match="2 values for 1 titles"):
        csv_content(["A"], [("x", "y")])


def test_sample_data_say_so_in_a_column_of_their_own() -> None:
    assert {r[SAMPLE_TITLE] for r in records(northwind(sample=True))} == {"invented"}
    assert SAMPLE_TITLE not in records(northwind())[0]


def test_the_file_is_written_whole(tmp_path: Path) -> None:
    path = tmp_path / "st.csv"
    write_csv(northwind(), path)
    assert path.read_bytes() == twin(northwind())
    assert [p.name for p in tmp_path.iterdir()] == ["st.csv"]


def test_a_text_is_looked_at_once_and_its_like_in_another_record_is_guarded_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked_at: list[str] = []
    monkeypatch.setattr(csvfile, "guarded", lambda text: (looked_at.append(text), guarded(text))[1])
    content = csvfile.csv_content(("A", "B"), [("=1", "x"), ("x", "=1"), (Decimal(1), "1")])
    assert content.decode("utf-8-sig").splitlines() == ["A,B", "'=1,x", "x,'=1", "1,1"]
    assert looked_at == ["=1", "x", "1"]


def test_the_reason_of_a_line_is_composed_once_for_all_files(monkeypatch: pytest.MonkeyPatch) -> None:
    document, composed = with_lines(northwind(), random_lines(9, 4)), []
    monkeypatch.setattr(figures.reasons, "line_reason", lambda line: composed.append(line.id) or f"of {line.id}")
    workbook(document, Formats())
    assert [record["Reason"] for record in records(document)] == [f"of {x.id}" for x in document.statement.lines]
    assert len(composed) == 9
    with written(Formats()):  # in another manner they read otherwise
        twin(document)
    assert len(composed) == 18
