"""One file of several that were imported together is taken back alone: all of them are one step of the book."""

from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from partnerdesk.cli import main

ORDERS = "Order ID,Partner ID,Customer,Amount,Currency\n"
FILES = {
    "partners.csv": "Partner ID,Name\nP1,Alder\nP2,Birch\n",
    "orders.csv": ORDERS + "O1,P1,Acme,100.00,EUR\nO2,P2,Beta,200.00,EUR\n",
    "later.csv": ORDERS + "O3,P1,Acme,300.00,EUR\n",
}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, "utf-8")
    file = tmp_path / "Book.partnerdesk"
    assert main(["import", *(str(tmp_path / name) for name in FILES), "--new", "--book", str(file)]) == 0
    return file


def undone(book: Path, batch: int) -> int:
    return main(["import", "--undo", str(batch), "--book", str(book)])


def held(book: Path, table: str) -> list[str]:
    connection = sqlcipher.connect(book)
    try:
        return [str(id) for (id,) in connection.execute(f'SELECT id FROM "{table}" ORDER BY id')]
    finally:
        connection.close()


def test_the_rows_of_the_other_files_stay(book: Path) -> None:
    assert undone(book, 3) == 0
    assert held(book, "deal") == ["O1", "O2"] and held(book, "batch") == ["1", "2"]
    assert held(book, "partner") == ["P1", "P2"]


def test_what_a_later_file_names_stays_by_its_name(book: Path) -> None:
    assert undone(book, 2) == 0
    assert held(book, "deal") == ["O3"] and held(book, "customer") == ["Acme"]


def test_all_files_can_go_one_by_one(book: Path) -> None:
    assert [undone(book, batch) for batch in (3, 2, 1)] == [0, 0, 0]
    assert [held(book, table) for table in ("deal", "customer", "partner", "batch")] == [[], [], [], []]


def test_a_row_that_a_later_file_changed_stands_in_the_way_of_its_first_file(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    both = [tmp_path / "first.csv", tmp_path / "second.csv"]
    both[0].write_text(ORDERS + "O9,P1,Acme,10.00,EUR\n", "utf-8")
    both[1].write_text(ORDERS + "O9,P1,Acme,20.00,EUR\n", "utf-8")
    assert main(["import", *map(str, both), "--book", str(book)]) == 0
    capsys.readouterr()
    assert undone(book, 4) == 1
    assert "A later file of the same import changed the same rows." in capsys.readouterr().err
    assert [undone(book, batch) for batch in (5, 4)] == [0, 0]
    assert held(book, "deal") == ["O1", "O2", "O3"]
