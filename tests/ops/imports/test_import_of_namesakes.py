"""A partner list that has a partner of the book under another id: asked once, and remembered for later files."""

from pathlib import Path

import pytest

from partnerdesk.errors import Refused
from partnerdesk.ops.imports import undo_batch
from partnerdesk.ops.imports.also_known import also_known
from partnerdesk.queries.facts import facts
from partnerdesk.store.file import Store
from tests.files import bring, csv_file, look

HEADER = "Partner ID,Partner,Type,Country\n"
BOOK = HEADER + "ALP,Alp Trade,distributor,IT\nNOR,Nordlys,reseller,NO\n"
AGAIN = HEADER + "ALPX,ALP  trade,distributor,CH\n"
DEALS = "Deal ID,Partner ID,Customer,Stage,Amount,Currency,Close date\nD-1,ALPX,Port,Closed Won,100.00,EUR,2026-01-20\n"


@pytest.fixture
def held(book: Store, tmp_path: Path) -> Store:
    bring(book, csv_file(tmp_path, BOOK, "partners.csv"))
    return book


def partners(store: Store) -> dict[str, str]:
    return {p.id: p.country for p in store.read(facts).of("partner")}


def test_it_is_asked_and_nothing_comes_in_before(held: Store, tmp_path: Path) -> None:
    path = csv_file(tmp_path, AGAIN, "p2.csv")
    (question,) = look(held, path).questions
    assert question.key == "partner" and question.rows == 1
    assert "ALPX of the file, ALP Alp Trade of the book" in question.because
    assert [o.value for o in question.options] == ["correct", "take", "leave"]
    with pytest.raises(Refused, match="called as one that the book has under another id"):
        bring(held, path)
    assert partners(held) == {"ALP": "IT", "NOR": "NO"}


def test_the_same_one_is_corrected_and_later_files_follow(held: Store, tmp_path: Path) -> None:
    path = csv_file(tmp_path, AGAIN, "p2.csv")
    bring(held, path, {"partner": "correct"})
    assert partners(held) == {"ALP": "CH", "NOR": "NO"}
    shown = look(held, path)
    assert (shown.questions, shown.rows_same, shown.has_changes) == ((), 1, False)
    bring(held, csv_file(tmp_path, DEALS, "deals.csv"))
    assert [d.partner for d in held.read(facts).of("deal")] == ["ALP"]
    bring(held, csv_file(tmp_path, AGAIN.replace("CH", "AT"), "p3.csv"))
    assert partners(held) == {"ALP": "AT", "NOR": "NO"}


def test_an_answer_is_undone_and_taken_back_with_its_import(held: Store, tmp_path: Path) -> None:
    path = csv_file(tmp_path, AGAIN, "p2.csv")
    bring(held, path, {"partner": "correct"})
    held.undo()
    assert look(held, path).questions and partners(held)["ALP"] == "IT"
    number = bring(held, path, {"partner": "correct"}).batch
    assert number is not None
    held.transact("Take back", undo_batch, number)
    assert look(held, path).questions and held.read(also_known) == []


def test_a_row_that_says_the_same_is_remembered_all_the_same(held: Store, tmp_path: Path) -> None:
    path = csv_file(tmp_path, HEADER + "ALPX,Alp Trade,distributor,IT\n", "p2.csv")
    bring(held, path, {"partner": "correct"})
    assert not look(held, path).questions


def test_another_one_comes_in_and_is_not_asked_about_again(held: Store, tmp_path: Path) -> None:
    path = csv_file(tmp_path, AGAIN, "p2.csv")
    bring(held, path, {"partner": "take"})
    assert partners(held) == {"ALP": "IT", "ALPX": "CH", "NOR": "NO"}
    assert not look(held, path).questions


def test_left_out_it_stays_out_with_what_names_it(held: Store, tmp_path: Path) -> None:
    path = csv_file(tmp_path, AGAIN, "p2.csv")
    bring(held, path, {"partner": "leave"})
    assert partners(held) == {"ALP": "IT", "NOR": "NO"}
    assert look(held, path).questions


def test_a_list_that_has_both_keeps_the_own_row(held: Store, tmp_path: Path) -> None:
    path = csv_file(tmp_path, BOOK + "ALPX,Alp Trade,distributor,CH\n", "p2.csv")
    shown = look(held, path, {"partner": "correct"})
    assert any("another row of the file describes" in p.message for p in shown.problems)
    bring(held, path, {"partner": "correct"})
    assert partners(held) == {"ALP": "IT", "NOR": "NO"}


@pytest.mark.parametrize("field", ["Legal name", "Tax number"])
def test_other_identities_are_asked_about_as_well(book: Store, tmp_path: Path, field: str) -> None:
    header = f"Partner ID,Partner,{field}\n"
    bring(book, csv_file(tmp_path, f"{header}ALP,Alp Trade,X-77\n", "partners.csv"))
    assert look(book, csv_file(tmp_path, f"{header}A2,Alpine,x-77\n", "p2.csv")).questions
    assert not look(book, csv_file(tmp_path, f"{header}A2,Alpine,X-78\n", "p3.csv")).questions
