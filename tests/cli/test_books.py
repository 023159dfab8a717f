"""Commands on a book: explain, statement, backup, check; which book; and a book that somebody else holds."""

import csv
import json
import shlex
from pathlib import Path

import openpyxl
import pypdf
import pytest

from partnerdesk.store import Store
from tests.cli.conftest import Type
from tests.cli.evaluating import PROGRAM

DAY = ("--as-of", "2026-09-30")


def test_a_figure_of_a_book_leads_back_to_its_rows(book: Path, type_in: Type) -> None:
    code, out, _ = type_in("explain", "2026-02:closing", "--partner", "P1", "--book", book, *DAY)
    assert code == 0
    assert "Closing balance: 2,400.00 EUR" in out
    assert "amount: 30,000.00 EUR" in out
    code, out, _ = type_in("explain", "score", "--partner", "P1", "--book", book, "--json", *DAY)
    assert json.loads(out)["figures"]["score:2026Q1"]["value"] == "60.0"


def test_a_figure_names_the_rows_it_was_read_from(book: Path, tmp_path: Path, type_in: Type) -> None:
    orders = tmp_path / "orders.csv"
    orders.write_text(
        "Deal ID,Partner,Amount,Currency,Close date,Stage,Kind\nX-1,AT&T <Labs>,500,EUR,2026-05-13,Closed Won,new\n"
    )
    assert type_in("import", orders, "--book", book)[0] == 0
    explain = ("explain", "2026-05:closing", "--partner", "P1", "--book", book, *DAY)
    _, out, _ = type_in(*explain)
    (line,) = [text.strip() for text in out.splitlines() if "amount: 500.00 EUR" in text][:1]
    assert line.endswith(": orders.csv line 2, column Amount]")
    _, out, _ = type_in("explain", "2026-02:closing", "--partner", "P1", "--book", book, *DAY)
    assert "[deal D1: typed]" in out
    _, out, _ = type_in(*explain, "--json")
    told = [o for o in json.loads(out)["origins"] if o["place"].startswith("orders.csv")]
    assert [(o["kind"], o["field"], o["place"]) for o in told] == [
        ("deal", "amount", "orders.csv line 2, column Amount")
    ]


def test_an_earlier_closing_is_named_and_can_be_asked_for(book: Path, type_in: Type) -> None:
    explain = ("explain", "--partner", "P1", "--book", book, *DAY)
    _, out, _ = type_in(*explain, "2026-04:closing")
    lines = [line.strip() for line in out.splitlines()]
    at = lines.index("closing 2026-02: 1,200.00 EUR (added)")
    assert lines[at + 1] == "how it came about: explain 2026-02:closing"
    assert "D1" not in out, "that is the story of February"
    assert "[deal D2: typed]" in out
    _, out, _ = type_in(*explain, "2026-02:closing")
    assert "[deal D1: typed]" in out
    _, out, _ = type_in(*explain, "row|opening|payable|2026-04")
    assert "[deal D1: typed]" in out, "what was asked for is unfolded"
    _, out, _ = type_in(*explain, "2026-04:closing", "--json")
    assert {o["id"] for o in json.loads(out)["origins"]} == {"D1", "D2"}


@pytest.mark.parametrize(("figure", "partner"), [("nonsense", "P1"), ("score", "P9")])
def test_what_is_not_there_cannot_be_explained(book: Path, type_in: Type, figure: str, partner: str) -> None:
    code, out, error = type_in("explain", figure, "--partner", partner, "--book", book, *DAY)
    assert (code, out) == (1, "")
    assert "no partner P9" in error or "P1 has no figure called “nonsense”" in error


def test_statements_of_a_period_become_files(book: Path, tmp_path: Path, type_in: Type) -> None:
    folder = tmp_path / "out"
    code, out, _ = type_in("statement", "2026-09", "--book", book, "--out", folder, "--json", *DAY)
    assert code == 0
    files = json.loads(out)["statements"]
    assert [f["partner"] for f in files] == ["P1", "P2"]
    for file in files:
        assert Path(file["workbook"]).parent == folder
        assert openpyxl.load_workbook(file["workbook"]).sheetnames[0] == "1 Summary"
        with Path(file["csv"]).open(encoding="utf-8-sig", newline="") as lines:
            assert next(csv.reader(lines))
    _, out, _ = type_in("statement", "2026-09", "--book", book, "--out", folder, "--partner", "P1", *DAY)
    assert "replacing an earlier export" in out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("2026-13",), "There is no statement period 2026-13."),
        (("2026-09", "--partner", "P9"), "There is no partner P9 in this book."),
        (("2020-01",), "There is no statement period 2020-01."),
    ],
)
def test_a_statement_that_is_not_there_is_refused(
    book: Path, tmp_path: Path, type_in: Type, arguments: tuple[str, ...], sentence: str
) -> None:
    folder = tmp_path / "out"
    code, _, error = type_in("statement", *arguments, "--book", book, "--out", folder, *DAY)
    assert code == 1
    assert sentence in error
    assert not list(folder.glob("*"))


def test_a_review_pack_becomes_a_pdf(book: Path, tmp_path: Path, type_in: Type) -> None:
    code, out, error = type_in("qbr", "P1", "2026Q3", "--book", book, "--out", tmp_path, "--json", *DAY)
    assert code == 0, error
    told = json.loads(out)
    reader = pypdf.PdfReader(told["path"])
    assert len(reader.pages) == len(told["pages"])
    assert "AT&T <Labs>" in reader.pages[0].extract_text()
    code, out, _ = type_in("qbr", "P1", "2026Q3", "--internal", "--book", book, "--out", tmp_path, *DAY)
    assert "INTERNAL" in out


@pytest.mark.parametrize(
    ("partner", "quarter", "sentence"),
    [("P9", "2026Q3", "There is no partner P9"), ("P1", "Q3", "“Q3” is no month, quarter or half of a year")],
)
def test_a_pack_of_nothing_is_refused(
    book: Path, tmp_path: Path, type_in: Type, partner: str, quarter: str, sentence: str
) -> None:
    code, _, error = type_in("qbr", partner, quarter, "--book", book, "--out", tmp_path / "out", *DAY)
    assert (code, sentence in error) == (1, True), error


def test_documents_make_their_folder_but_no_path_to_it(book: Path, tmp_path: Path, type_in: Type) -> None:
    for command in (("statement", "2026-09"), ("qbr", "P1", "2026Q3")):
        code, _, error = type_in(*command, "--book", book, "--out", tmp_path / "mistyped" / "out", *DAY)
        assert code == 1
        assert error == f"There is no folder {tmp_path / 'mistyped'}. Make it first, or choose another folder.\n"
        assert not (tmp_path / "mistyped").exists()
        assert type_in(*command, "--book", book, "--out", tmp_path / command[0], *DAY)[0] == 0


@pytest.mark.parametrize("place", ["file", "file/below", "/proc/nowhere"])
def test_a_folder_that_cannot_be_is_a_sentence(book: Path, tmp_path: Path, type_in: Type, place: str) -> None:
    (tmp_path / "file").write_text("")
    out = tmp_path / place
    for command in (("statement", "2026-09"), ("qbr", "P1", "2026Q3")):
        code, _, error = type_in(*command, "--book", book, "--out", out, *DAY)
        assert (code, str(out) in error) == (1, True), error


def test_the_run_of_a_period_is_a_list(book: Path, type_in: Type) -> None:
    code, out, _ = type_in("statement", "2026-04", "--list", "--book", book, *DAY)
    assert code == 0
    assert "2026-04, 1 statement," in out or "2026-04, 2 statements" in out
    assert "Taken back" in out, "clawed back, and forfeited"
    _, out, _ = type_in("statement", "2026-04", "--list", "--json", "--book", book, *DAY)
    row = next(r for r in json.loads(out)["rows"] if r["partner"] == "P1")
    assert (row["earned"], row["held"], row["payable"]) == ("960.04", "1680.02", "1680.02")


def test_a_backup_is_made_and_listed(book: Path, type_in: Type) -> None:
    code, out, _ = type_in("backup", "--book", book, "--reason", "before the audit", "--json")
    assert code == 0
    (made,) = json.loads(out)["backups"]
    assert Path(made["path"]).stat().st_size > 0
    _, out, _ = type_in("backup", "--book", book, "--list")
    assert "before the audit" in out


def test_a_book_in_order_says_so_and_a_damaged_one_is_found(book: Path, type_in: Type) -> None:
    type_in("backup", "--book", book)
    code, out, error = type_in("check", "--book", book)
    assert (code, out.strip()) == (0, "The book is in order."), error
    book.chmod(0o644)
    code, out, _ = type_in("check", "--book", book, "--json")
    assert code == 1
    findings = json.loads(out)["findings"]
    assert [f["category"] for f in findings] == ["rights"]
    assert shlex.split(findings[0]["remedy"]) == ["chmod", "go-rwx", str(book)]


def test_a_book_that_the_window_holds_is_read(book: Path, type_in: Type) -> None:
    with Store.open(book, user="window"):
        assert type_in("explain", "score", "--partner", "P1", "--book", book, *DAY)[0] == 0
        assert type_in("statement", "2026-09", "--list", "--book", book, *DAY)[0] == 0
        assert type_in("backup", "--book", book)[0] == 0
        assert type_in("check", "--book", book)[0] == 0


def test_the_only_book_of_the_data_folder_is_meant(book: Path, own_home: Path, type_in: Type) -> None:
    assert "there is none in the data folder" in type_in("check")[2]
    book.rename(own_home / "one.partnerdesk")
    type_in("backup")
    assert type_in("check")[0] == 0
    with Store.create(own_home / "two.partnerdesk", user="me"):
        pass
    code, _, error = type_in("check")
    assert code == 1
    assert "several: one.partnerdesk, two.partnerdesk" in error


def test_a_book_can_be_named_in_the_environment(book: Path, type_in: Type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARTNERDESK_BOOK", str(book))
    assert type_in("explain", "score", "--partner", "P1", *DAY)[0] == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [("none.partnerdesk", None), ("text.partnerdesk", b"hello"), ("zip.partnerdesk", b"PK\x03\x04" + b"0" * 100)],
)
def test_what_is_no_book_is_refused_unchanged(tmp_path: Path, type_in: Type, name: str, content: bytes | None) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    code, out, error = type_in("check", "--book", path)
    assert (code, out) == (1, "")
    assert name in error
    assert "Traceback" not in error
    assert not path.exists() if content is None else path.read_bytes() == content


@pytest.mark.parametrize(
    "command", ["import", "evaluate", "explain", "statement", "qbr", "agreement", "backup", "check"]
)
def test_every_command_helps_with_examples(command: str, type_in: Type) -> None:
    code, out, _ = type_in(command, "--help")
    assert code == 0
    assert f"  partnerdesk {command}" in out


def test_a_wrong_command_names_the_right_ones(type_in: Type) -> None:
    code, _, error = type_in("evalute")
    assert code == 2
    assert "evaluate" in error


def test_a_mistake_of_ours_is_a_sentence_and_a_line_in_the_log(
    book: Path, own_home: Path, type_in: Type, monkeypatch: pytest.MonkeyPatch, expected_log: list[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("12,500.00 EUR of AT&T")

    monkeypatch.setattr(Store, "check", broken)
    expected_log.append("command.failed")
    code, _, error = type_in("check", "--book", book)
    assert code == 3
    assert "The program made a mistake (ZeroDivisionError)" in error
    assert "AT&T" not in error
    log = (own_home / "logs" / "partnerdesk.log").read_text()
    assert "ZeroDivisionError" in log
    assert "AT&T" not in log


def test_a_data_folder_that_cannot_be_made_is_named(
    book: Path, type_in: Type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("PARTNERDESK_HOME", str(tmp_path / "file" / "home"))
    code, out, said = type_in("backup", "--book", book)
    assert (code, out) == (1, "")
    assert f"{tmp_path / 'file' / 'home'} cannot be used: not a directory. Check its rights" in said
    assert "PARTNERDESK_HOME" in said


@pytest.mark.parametrize(
    ("period", "day", "remedy"),
    [
        ("2026Q3", "2026-03-31", "There are those from 2026-01 to 2026-03."),
        ("2026-01", "2025-06-30", "They begin on 2026-01-01."),
    ],
)
def test_a_period_that_is_none_is_refused_with_those_there_are(
    period: str, day: str, remedy: str, book: Path, type_in: Type
) -> None:
    code, out, error = type_in("statement", period, "--book", book, "--as-of", day)
    assert (code, out) == (1, "")
    assert error == f"There is no statement period {period}. {remedy}\n"


def test_a_program_file_is_checked_for_a_program_to_read(tmp_path: Path, type_in: Type) -> None:
    (tmp_path / "good.toml").write_text(PROGRAM)
    (tmp_path / "bad.toml").write_text("x = ")
    code, out, _ = type_in("program", "check", tmp_path / "good.toml", "--json")
    read = json.loads(out)
    assert (
        code,
        [p for p in read["problems"] if not p["warning"]],
        [v["effective_from"] for v in read["versions"]],
    ) == (0, [], ["2026-01-01"])
    code, out, error = type_in("program", "check", tmp_path / "bad.toml", "--json")
    assert (code, error, json.loads(out)["problems"][0]["place"]) == (1, "", "bad.toml, line 1")


def test_a_folder_of_programs_is_taken_where_a_file_is(book: Path, tmp_path: Path, type_in: Type) -> None:
    folder = tmp_path / "programs"
    folder.mkdir()
    (folder / "shared.toml").write_text('definitions = "shared"\nversion = "1"\n')
    (folder / "2026.toml").write_text(PROGRAM)
    (folder / "other.toml").write_text(PROGRAM.replace("northwind-alliance", "other"))
    for action in ("check", "words"):
        code, out, error = type_in("program", action, folder, "--json")
        assert code == 0, error
        assert [v["program"] for v in json.loads(out)["versions"]] == ["northwind-alliance", "other"]
    (folder / "other.toml").unlink()
    code, out, error = type_in("program", "add", folder, "--book", book)
    assert (code, out.splitlines()[-1]) == (0, "Nothing to do: the book has it already."), error
    (folder / "2026.toml").unlink()
    code, _, error = type_in("program", "check", folder)
    assert (code, error) == (1, f"The folder {folder} holds no program. A program is a TOML file.\n")


def test_cases_of_two_programs_run_apart(tmp_path: Path, type_in: Type) -> None:
    case = """
[[example]]
says = "A deal"
as_of = 2026-03-31
covers = ["earning.upfront"]
expect = [{ figure = "earned", value = 80 }]
[[example.facts.partner]]
id = "P1"
name = "One"
[[example.facts.deal]]
id = "D1"
partner = "P1"
status = "won"
closed = 2026-02-10
amount = "1000"
kind = "new"
"""
    (tmp_path / "one.toml").write_text(PROGRAM + case)
    (tmp_path / "two.toml").write_text(PROGRAM.replace("northwind-alliance", "other") + case)
    code, out, error = type_in("program", "check", tmp_path / "one.toml", tmp_path / "two.toml")
    assert code == 0, error
    assert out.count("1 of 1 case met") == 2


def test_where_no_book_is_the_command_that_makes_one_is_named_and_does(tmp_path: Path, type_in: Type) -> None:
    path, program, partners = tmp_path / "new.partnerdesk", tmp_path / "p.toml", tmp_path / "partners.csv"
    program.write_text(PROGRAM, encoding="utf-8")
    partners.write_text("Partner ID,Partner\nP1,Harbour\n", encoding="utf-8")
    for typed in (("program", "add", program), ("forecast",)):
        code, _, said = type_in(*typed, "--book", path)
        assert code == 1 and f"There is no book at {path}." in said
        named = said.strip().partition("partnerdesk import FILE ")[2]
        assert not path.exists()
    code, _, said = type_in("import", partners, *shlex.split(named))
    assert code == 0, said
    assert type_in("program", "add", program, "--book", path)[0] == 0
