"""`partnerdesk import`: what is shown, what is asked, and that a stop leaves the book as it was."""

import hashlib
import json
from pathlib import Path

import pytest

from partnerdesk.ops.rows.partners import add_partner
from partnerdesk.queries.facts import facts
from partnerdesk.queries.settings import book_settings
from partnerdesk.store import Store
from tests.cli.conftest import Type

DEALS = """Deal ID,Partner,Amount,Currency,Close date,Stage
D-1,Northwind,"1,200.50",EUR,2026-05-13,Closed Won
D-2,AT&T <Labs>,300,EUR,2026-05-29,Closed Won
"""


@pytest.fixture
def deals(tmp_path: Path) -> Path:
    path = tmp_path / "deals.csv"
    path.write_text(DEALS)
    return path


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """An empty book."""
    path = tmp_path / "mine.partnerdesk"
    with Store.create(path, user="me"):
        pass
    return path


def rows(book: Path) -> int:
    with Store.open(book, user="me", write=False) as store:
        return len(store.read(facts).of("deal"))


def fingerprint(book: Path) -> str:
    return hashlib.sha256(book.read_bytes()).hexdigest()


def test_a_file_is_shown_and_imported_as_one_step(mine: Path, deals: Path, type_in: Type) -> None:
    code, out, error = type_in("import", deals, "--book", mine)
    assert code == 0, error
    assert out.startswith("deals.csv: Plain table, UTF-8, header in line 1, EUR\n")
    assert "2 rows read = 2 accepted + 0 rejected + 0 ignored; 2 new" in out
    assert "sum of Amount: 1,500.50 EUR over 2 rows" in out
    assert "imported: 2 facts new" in out
    assert "(B-0001; import --undo 1 takes it back)" in out and ": Plain table, " in out
    with Store.open(mine, user="me") as store:
        assert store.undo_label == "Import deals.csv"
        assert [b.reason for b in store.backups()] == ["before import"]
        store.undo()
    assert rows(mine) == 0


def test_the_same_file_twice_changes_nothing(mine: Path, deals: Path, type_in: Type) -> None:
    type_in("import", deals, "--book", mine)
    code, out, _ = type_in("import", deals, "--book", mine)
    assert code == 0
    assert "0 new, 0 changed, 2 as before" in out
    assert "nothing to do: the book holds all of it already" in out
    assert rows(mine) == 2


def test_a_preview_writes_nothing(mine: Path, deals: Path, type_in: Type) -> None:
    before = fingerprint(mine)
    code, out, _ = type_in("import", deals, "--preview", "--json", "--book", mine)
    assert code == 0
    (file,) = json.loads(out)["files"]
    assert (file["read"], file["accepted"], file["applied"]) == (2, 2, None)
    assert [c["target"] for c in file["columns"]][:4] == ["deal.key", "deal.partner", "deal.amount", "deal.currency"]
    assert file["sums"][0]["total"] == "1500.50"
    assert fingerprint(mine) == before


def test_a_book_can_be_made_on_the_way(tmp_path: Path, deals: Path, type_in: Type) -> None:
    book = tmp_path / "new.partnerdesk"
    assert type_in("import", deals, "--book", book, "--new")[0] == 0
    assert rows(book) == 2
    before = fingerprint(book)
    code, _, error = type_in("import", deals, "--book", book, "--new")
    assert code == 1
    assert "new.partnerdesk" in error
    assert fingerprint(book) == before


def test_a_new_book_is_in_the_currency_of_the_region(
    tmp_path: Path, type_in: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "en_IN.UTF-8")
    book, plain = tmp_path / "new.partnerdesk", tmp_path / "plain.csv"
    plain.write_text("Deal ID,Partner,Amount,Close date,Stage\nD-1,Northwind,5,2026-05-13,Closed Won\n")
    code, out, error = type_in("import", plain, "--book", book, "--new")
    assert code == 0, error
    assert "amounts are read in INR, the currency of the new book; --choose currency=CODE" in out
    with Store.open(book, user="me") as store:
        kept = store.read(book_settings)
        store.undo()
        assert store.undo_label is None
        assert store.read(book_settings) == kept
    assert (kept.currency, kept.year_start) == ("INR", 4)
    plain.write_text(plain.read_text().replace("6-05-13", "6-06-13"))
    assert "currency of the new book" not in type_in("import", plain, "--book", book)[1]


def test_partners_of_a_new_book_are_paid_in_its_currency(
    tmp_path: Path, type_in: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    book = tmp_path / "new.partnerdesk"
    (tmp_path / "partners.csv").write_text("Partner,Country\nNorthwind,Canada\n")
    code, _, error = type_in("import", tmp_path / "partners.csv", "--book", book, "--new")
    assert code == 0, error
    with Store.open(book, user="me") as store:
        store.transact("Add partner", add_partner, name="Southwind")
        assert [(p.name, p.currency) for p in store.read(facts).of("partner")] == [
            ("Northwind", "USD"),
            ("Southwind", "USD"),
        ]


def test_a_file_that_says_its_currency_needs_no_note(tmp_path: Path, deals: Path, type_in: Type) -> None:
    book = tmp_path / "new.partnerdesk"
    assert "of the new book" not in type_in("import", deals, "--book", book, "--new")[1]
    with Store.open(book, user="me") as store:  # nothing is known of the region
        assert store.read(book_settings).currency == "EUR"


def test_a_preview_of_a_new_book_leaves_none(tmp_path: Path, deals: Path, type_in: Type) -> None:
    book = tmp_path / "new.partnerdesk"
    code, out, error = type_in("import", deals, "--book", book, "--new", "--preview")
    assert code == 0, error
    assert "2 rows read" in out
    assert "imported" not in out
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["deals.csv"]


def test_columns_that_become_nothing_stand_in_one_line(mine: Path, tmp_path: Path, type_in: Type) -> None:
    more = [f"Custom{n}__c" for n in range(60)]
    (tmp_path / "Account.csv").write_text(
        ",".join(["Id", "Name", "Type", *more]) + "\n001000000000001AAA,Northwind,Channel Partner" + "," * 60 + "\n"
    )
    code, out, _ = type_in("import", tmp_path / "Account.csv", "--preview", "--book", mine)
    assert code == 0
    (line,) = [text for text in out.splitlines() if "not mapped" in text]
    assert line.startswith("  not mapped, 60 of 63 columns: Custom0__c, Custom1__c, ")
    assert len(out.splitlines()) < 20


def test_a_choice_like_no_other_names_those_there_are(mine: Path, deals: Path, type_in: Type) -> None:
    code, _, error = type_in("import", deals, "--book", mine, "--choose", "xx=1")
    assert code == 1
    assert "There is no choice “xx”. There are encoding, " in error
    assert "currency" in error
    assert "column:HEADER" in error


def test_an_open_question_stops_everything_and_says_how_to_answer(mine: Path, deals: Path, type_in: Type) -> None:
    unclear = deals.with_name("unclear.csv")
    unclear.write_text(
        DEALS.replace("2026-05-13", "03/04/2026").replace("2026-05-29", "05/06/2026").replace("D-", "E-")
    )
    code, out, error = type_in("import", deals, unclear, "--book", mine)
    assert code == 1
    assert "nothing was imported. Answer with --choose." in error
    assert "--choose 'date:Close date=" in out
    assert rows(mine) == 0
    answer = next(line.split("'")[1] for line in out.splitlines() if "--choose" in line)
    assert type_in("import", deals, unclear, "--book", mine, "--choose", answer)[0] == 0
    assert rows(mine) == 4


def test_rows_that_cannot_come_in_stop_everything_unless_left_out(mine: Path, deals: Path, type_in: Type) -> None:
    deals.write_text(DEALS + 'D-3,Northwind,"a lot",EUR,2026-06-30,Closed Won\n')
    code, _, error = type_in("import", deals, "--book", mine)
    assert code == 1
    assert "deals.csv line 4, column Amount" in error
    assert "1 of 3 rows of deals.csv cannot be imported; nothing was imported." in error
    assert rows(mine) == 0
    code, out, _ = type_in("import", deals, "--book", mine, "--leave-out")
    assert code == 0
    assert "2 accepted + 1 rejected" in out
    assert rows(mine) == 2


def test_a_new_book_is_not_left_behind_by_an_import_that_stopped(tmp_path: Path, deals: Path, type_in: Type) -> None:
    deals.write_text("")
    book = tmp_path / "new.partnerdesk"
    code, _, error = type_in("import", deals, "--book", book, "--new")
    assert code == 1, error
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_file()) == ["deals.csv"]


def test_a_second_file_that_stops_takes_the_first_back(mine: Path, deals: Path, type_in: Type) -> None:
    missing = deals.with_name("missing.csv")
    code, _, error = type_in("import", deals, missing, "--book", mine)
    assert code == 1
    assert "missing.csv" in error
    assert rows(mine) == 0


def test_a_book_that_the_window_holds_is_not_written(mine: Path, deals: Path, type_in: Type) -> None:
    with Store.open(mine, user="window"):
        code, out, error = type_in("import", deals, "--book", mine)
        assert (code, out) == (1, "")
        assert "mine.partnerdesk" in error
        assert type_in("import", deals, "--preview", "--book", mine)[0] == 0
    assert rows(mine) == 0


def test_a_wrong_answer_is_a_sentence(mine: Path, deals: Path, type_in: Type) -> None:
    code, _, error = type_in("import", deals, "--book", mine, "--choose", "nonsense")
    assert code == 1
    assert "“nonsense” answers nothing." in error


def test_a_new_book_has_a_name_that_the_window_knows(tmp_path: Path, deals: Path, type_in: Type) -> None:
    code, out, error = type_in("import", deals, "--new", "--book", tmp_path / "mine")
    assert (code, out) == (1, "")
    assert error == "A book's name ends in .partnerdesk. Name it mine.partnerdesk.\n"
    assert not (tmp_path / "mine").exists()


def test_a_refusal_names_the_file_it_is_about(mine: Path, deals: Path, tmp_path: Path, type_in: Type) -> None:
    (tmp_path / "noise.csv").write_bytes(b"\x01\x00\x02" * 99)
    code, _, error = type_in("import", deals, tmp_path / "noise.csv", "--book", mine)
    assert code == 1
    assert error.startswith("noise.csv: This is not a text file")
    assert rows(mine) == 0


def test_a_file_of_which_nothing_counts_says_so(mine: Path, tmp_path: Path, type_in: Type) -> None:
    (tmp_path / "Task.csv").write_text(
        "Id,AccountId,Subject,Status,ActivityDate,WhatId,IsClosed\n"
        "00T000000000001AAA,001000000000001AAA,Call,Not Started,2026-05-01,,false\n"
    )
    code, out, _ = type_in("import", tmp_path / "Task.csv", "--book", mine)
    assert code == 0
    assert "1 row read = 0 accepted + 0 rejected + 1 ignored" in out
    assert "nothing imported: no row of the file is accepted" in out


def test_a_chosen_currency_is_that_of_amounts_and_of_partners_first_named(
    mine: Path, tmp_path: Path, type_in: Type
) -> None:
    (tmp_path / "plain.csv").write_text(
        "Deal ID,Partner,Amount,Close date,Stage\nD-1,Northwind,5,2026-05-13,Closed Won\n"
    )
    code, out, _ = type_in("import", tmp_path / "plain.csv", "--choose", "currency=USD", "--book", mine)
    assert code == 0
    assert "header in line 1, USD\n" in out
    assert "sum of Amount: 5.00 USD" in out
    with Store.open(mine, user="me", write=False) as store:
        found = store.read(facts)
    assert [(row.name, row.currency) for row in found.of("partner")] == [("Northwind", "USD")]


def closed_book(folder: Path, type_in: Type) -> tuple[Path, Path]:
    """A book whose January to April are closed, and the file that three deals of April came from."""
    from partnerdesk.ops.statements.closing import close_period
    from partnerdesk.queries.statements.closing import run
    from tests.ops.disputes.disputed import LATER, MOMENT, opened

    rows = "".join(f"X-{n},P1,C{n},Closed Won,{n}000,EUR,2025-04-1{n},new\n" for n in range(1, 4))
    file = folder / "april.csv"
    file.write_text("Deal ID,Partner,Customer,Stage,Amount,Currency,Close date,Kind\n" + rows)
    with opened(folder, "hold") as store:
        book = store.path
    assert type_in("import", file, "--book", book)[0] == 0
    with Store.open(book, user="me") as store:
        total = store.read(run, "2025-04", LATER).total
        store.transact("Close", close_period, "2025-04", LATER, maker="Ana", checker="Bo", total=total, at=MOMENT)
    return book, file


def test_rows_that_are_gone_are_told_answered_and_listed(tmp_path: Path, type_in: Type) -> None:
    book, file = closed_book(tmp_path, type_in)
    file.write_text("".join(line for line in file.read_text().splitlines(True) if "X-2" not in line))
    code, out, _ = type_in("import", file, "--book", book)
    assert code == 0 and "gone from the file: Deal X-2, 2,000.00 EUR, 12 Apr 2025 (april.csv" in out, out
    assert "1 gone: they stay until" in out
    code, out, _ = type_in("gone", "list", "--book", book)
    assert code == 0 and out.startswith("1  ") and out.rstrip().endswith("waits for an answer")
    code, out, _ = type_in("gone", "accept", 1, "--preview", "--book", book)
    assert code == 0 and "true-ups of closed 2025-04" in out
    code, out, _ = type_in("gone", "keep", 1, "--evidence", "order form 17", "--book", book, "--json")
    assert code == 0 and json.loads(out)["rows"] == []
    assert type_in("gone", "keep", 9, "--evidence", "x", "--book", book)[0] == 1


def test_an_import_is_taken_back_with_an_answer_where_closed_statements_rest_on_it(
    tmp_path: Path, type_in: Type
) -> None:
    book, _ = closed_book(tmp_path, type_in)
    code, out, error = type_in("import", "--undo", 1, "--book", book)
    assert code == 1 and "true-ups of closed 2025-04" in out
    assert "rows of import B-0001 of april.csv stand under closed statements. Add --keep EVIDENCE or --accept." in error
    code, out, error = type_in("import", "--undo", 1, "--accept", "--book", book)
    assert code == 0 and "taken back: " in out, error
    code, out, _ = type_in("gone", "list", "--all", "--book", book)
    assert code == 0 and "accepted as gone by" in out
    assert type_in("import", "--undo", 1, "--accept", "--book", book)[0] == 1
    assert type_in("import", "--book", book)[0] == 2, "neither files nor an import"
