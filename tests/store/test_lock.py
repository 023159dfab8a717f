"""One writer per book, readers beside it, and no lock that outlives its holder."""

import os
import shutil
from pathlib import Path

import pytest

from partnerdesk.errors import Damaged, Refused
from partnerdesk.store import Store
from tests.store import crash, steps


def hold(path: Path, ready: object) -> None:
    store = Store.open(path, user="child")
    store.transact("Add", steps.add_person, "child")
    ready.set()  # type: ignore[attr-defined]
    crash.time.sleep(60)


def test_a_second_window_is_refused_and_may_read(store: Store, path: Path) -> None:
    with pytest.raises(Refused) as refused:
        Store.open(path, user="Bo")
    assert refused.value.sentence == "Book.partnerdesk is open in another window."
    with Store.open(path, user="Bo", write=False) as reader:
        store.transact("Add", steps.add_person, "p1")
        assert len(reader.read(steps.names)) == 1 and reader.revision == 2
        for write in (
            lambda: reader.transact("Add", steps.add_person, "p2"),
            reader.undo,
            lambda: reader.remember("x", b"", 2),
        ):
            with pytest.raises(Refused, match="open for reading only"):
                write()
    assert len(store.read(steps.names)) == 1


def test_two_names_of_one_file_are_one_book(store: Store, path: Path, tmp_path: Path) -> None:
    (tmp_path / "Other.partnerdesk").symlink_to(path)
    with pytest.raises(Refused, match="open in another window"):
        Store.open(tmp_path / "Other.partnerdesk", user="Bo")


def test_closing_lets_the_next_one_write(path: Path) -> None:
    for number in range(20):
        with Store.open(path, user=f"user {number}") as store:
            store.transact("Add", steps.add_person, f"p{number}")
    with Store.open(path, user="last") as store:
        assert store.revision == 21


def test_a_failed_opening_holds_no_lock(path: Path, tmp_path: Path) -> None:
    sound = path.read_bytes()
    path.write_bytes(sound[:100] + b"\xff" * 400 + sound[500:])
    with pytest.raises(Damaged):
        Store.open(path, user="Ann")
    path.write_bytes(sound)
    Store.open(path, user="Ann").close()


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is a matter of POSIX")
def test_a_killed_holder_leaves_no_lock(path: Path) -> None:
    ready = crash._context.Event()
    holder = crash.child(hold, path, ready)
    assert ready.wait(60)
    with pytest.raises(Refused, match="open in another window"):
        Store.open(path, user="Bo")
    with Store.open(path, user="Bo", write=False) as reader:
        assert len(reader.read(steps.names)) == 1
    holder.kill()
    holder.join()
    with Store.open(path, user="Bo") as store:
        store.transact("Add", steps.add_person, "p2")
        assert len(store.read(steps.names)) == 2


def test_a_book_may_move_while_it_is_closed(path: Path, tmp_path: Path) -> None:
    with Store.open(path, user="Ann") as store:
        store.transact("Add", steps.add_person, "p1")
    (tmp_path / "away").mkdir()
    moved = Path(shutil.move(path, tmp_path / "away" / "Moved.partnerdesk"))
    with Store.open(moved, user="Ann") as store:
        assert store.undo_label == "Add"
