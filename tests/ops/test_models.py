"""A book under random work keeps its invariants; full size: PART=models."""

from pathlib import Path

import pytest

from tests.prove.book_machine import Machine, walk


def test_random_work_keeps_the_ledger_and_what_is_closed(tmp_path: Path) -> None:
    made = walk(tmp_path / "4.partnerdesk", 4, steps=45)
    work = {"import", "merge", "edit", "undo", "close", "late", "dispute", "decide", "adjust"}
    assert work | {"open", "restate", "hold", "release", "pay", "remit", "withdraw", "answer"} <= set(made)


def test_the_invariants_see_what_must_not_be(tmp_path: Path) -> None:
    machine = Machine(tmp_path / "book.partnerdesk", seed=1)
    try:
        machine.look()
        machine.close()
        machine.look()
        (first, *rest) = machine.frozen["posted_entry"]
        amount = next(n for n, value in enumerate(first) if isinstance(value, int) and value > 100)
        machine.frozen["posted_entry"] = [(*first[:amount], first[amount] + 1, *first[amount + 1 :]), *rest]
        with pytest.raises(AssertionError, match="posted_entry changed"):
            machine.look()
        machine.frozen["posted_entry"] = [first, *rest]
        machine.look()
    finally:
        machine.store.close()
