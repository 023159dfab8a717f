"""An import that is taken back: what it brought goes, what it changed is as it was, what others built on stays."""

from typing import Any

import pytest

from partnerdesk.errors import Refused
from partnerdesk.ops import imports
from partnerdesk.queries.imports import batches
from partnerdesk.store.file import Store
from tests.ops.imports.putting import HEADER, ONE, TWO, content, held


def test_a_batch_further_back_can_be_taken_back(book: Store, put: Any) -> None:
    put("Partner,Country\nZeta,DE\n", name="partners.csv")
    before = content(book)
    batch = put(HEADER + ONE + TWO).batch
    put("Partner,Country\nOmega,DE\n", name="more.csv")
    undone = book.transact("Take back", imports.undo_batch, batch).value
    assert (undone.removed, undone.kept_as_placeholders) == (6, 0)
    assert [r.file for r in book.read(batches)] == ["more.csv", "partners.csv"]
    partners = held(book, "partner")
    assert set(partners) == {"Zeta", "Omega"}
    after = content(book)
    after["partner"] = [row for row in after["partner"] if row[0] != "Omega"]
    assert after == before
    book.undo()
    assert set(held(book, "deal")) == {"D-1", "D-2"}


def test_taking_back_restores_what_the_batch_changed(book: Store, put: Any) -> None:
    put(HEADER + ONE)
    before = content(book)
    batch = put(HEADER + ONE.replace("100.00", "120.00")).batch
    book.transact("Take back", imports.undo_batch, batch)
    assert content(book) == before


def test_taking_back_brings_merged_placeholders_back(book: Store, put: Any) -> None:
    put(HEADER + ONE)
    before = content(book)
    batch = put("Partner ID,Partner,Country\nP1,Acme,DE\n", name="partners.csv").batch
    assert held(book, "deal")["D-1"].partner == "P1"
    book.transact("Take back", imports.undo_batch, batch)
    assert content(book) == before


def test_rows_that_others_name_stay_as_placeholders(book: Store, put: Any) -> None:
    batch = put("Partner,Country\nAcme,DE\n", name="partners.csv").batch
    put(HEADER + ONE)
    undone = book.transact("Take back", imports.undo_batch, batch).value
    assert (undone.removed, undone.kept_as_placeholders) == (0, 1)
    partner = held(book, "partner")["Acme"]
    assert (partner.status, partner.country) == ("unknown", "")
    put("Partner,Country\nAcme,FR\n", name="partners.csv")
    assert held(book, "partner")["Acme"].country == "FR"


def test_a_batch_that_later_steps_built_on_stays(book: Store, put: Any) -> None:
    batch = put(HEADER + ONE).batch
    put(HEADER + ONE.replace("100.00", "120.00"), name="october.csv")
    with pytest.raises(Refused, match=r"“Import october\.csv” came later and changed the same rows"):
        book.transact("Take back", imports.undo_batch, batch)
    book.undo()
    book.redo()
    with pytest.raises(Refused):
        book.transact("Take back", imports.undo_batch, batch)
    book.undo()
    book.transact("Take back", imports.undo_batch, batch)
    assert held(book, "deal") == {}
    with pytest.raises(Refused, match="There is no batch"):
        book.transact("Take back", imports.undo_batch, batch)


def test_batches_can_be_taken_back_one_after_the_other(book: Store, put: Any) -> None:
    states = [content(book)]
    batches_of = []
    for amount in ("100.00", "120.00", "140.00"):
        batches_of.append(put(HEADER + ONE.replace("100.00", amount)).batch)
        states.append(content(book))
    for batch, before in zip(reversed(batches_of), reversed(states[:-1]), strict=True):
        book.transact("Take back", imports.undo_batch, batch)
        assert content(book) == before
    book.undo()
    with pytest.raises(Refused, match="There is no batch"):
        book.transact("Take back", imports.undo_batch, batches_of[1])
    book.undo()
    book.undo()
    with pytest.raises(Refused, match=r"“Import q3\.csv” came later"):
        book.transact("Take back", imports.undo_batch, batches_of[1])
