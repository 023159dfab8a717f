"""The book as a file: tampering noticed (R44), defects named (R42), backups restored (R20), one writer (R17).

1,000 tamperings, every kind of defect, 100 backups during writes and 100 restores, 200 paired starts of which 100
after a kill, a history of 50,000 steps verified and a book of 100 MB checked.
"""

import random
import threading
import time
from pathlib import Path

from partnerdesk.errors import Refused
from partnerdesk.store import Store, chain
from tests.prove.home import own_home
from tests.prove.steps import Steps
from tests.store import crash, steps
from tests.store.defects import DEFECTS, findings_of, work
from tests.store.tampering import tamper
from tests.store.test_lock import hold


def main(full: bool, seed: int) -> None:
    """All of it, each on a book of its own."""
    with own_home() as folder:
        tampered(_book(folder, "tampered"), seed, 1000 if full else 10)
        defective()
        backed_up(_book(folder, "backed up"), 100 if full else 3)
        one_writer(_book(folder, "locked"), 200 if full else 4)
        speed(_book(folder, "large"), 50_000 if full else 500)


def _book(folder: Path, name: str) -> Path:
    path = folder / f"{name}.partnerdesk"
    Store.create(path, user="maker").close()
    return path


def tampered(path: Path, seed: int, count: int) -> None:
    """Each tampering with the history is a finding; the untouched book has none."""
    work(path)
    sound = path.read_bytes()
    assert findings_of(path) == []
    for number in Steps.of("tamperings", count):
        said = tamper(path, random.Random(seed + number))
        assert any(f.category == "history" for f in findings_of(path)), said
        path.write_bytes(sound)


def defective() -> None:
    """Each kind of defect is found under its name."""
    for name, (plant, category, words) in DEFECTS.items():
        with own_home() as folder:
            path = _book(folder, "Book")
            work(path)
            plant(path)
            found = findings_of(path)
            assert any(f.category == category and words in f.sentence for f in found), (name, found)
    print(f"  {len(DEFECTS)} kinds of defects, each found and named")


def backed_up(path: Path, count: int) -> None:
    """Backups made while another thread writes hold whole steps; each restores to the same totals."""
    stop = threading.Event()
    with Store.open(path, user="Ann") as store:

        def write() -> None:
            number = 1
            while not stop.is_set():
                store.transact("Import", steps.import_rows, 20, number)
                number += 1

        writer = threading.Thread(target=write)
        writer.start()
        made = [store.backup(f"backup {number}") for number in range(count)]
        stop.set()
        writer.join()
        for number in Steps.of("restores", count):
            backup = made[number]
            store.restore(backup)
            held = steps.dump(store._reader)
            assert len(held.get("deal_line", ())) == backup.totals["deal_line"][0] == 20 * backup.totals["batch"][0]
            assert [f for f in store.check() if f.category in ("file", "references", "history")] == []


def one_writer(path: Path, count: int) -> None:
    """Of two starts one writes; after a kill the next one does, at once."""
    for number in Steps.of("paired starts", count):
        if number % 2:
            with Store.open(path, user="first") as store:
                _refused(path)
                store.transact("Add", steps.add_person, f"p{store.revision}")
        else:
            ready = crash._context.Event()
            holder = crash.child(hold, path, ready)
            assert ready.wait(60)
            _refused(path)
            holder.kill()
            holder.join()
            with Store.open(path, user="second") as store:
                store.undo()


def _refused(path: Path) -> None:
    try:
        Store.open(path, user="second").close()
    except Refused as refused:
        assert "open in another window" in refused.sentence
    else:
        raise AssertionError("two writers of one book")


def speed(path: Path, count: int) -> None:
    """Not asserted, but said: how long the history of so many steps takes to verify, and a large book to check."""
    with Store.open(path, user="Ann") as store:
        with store._writer_alone() as raw:
            raw.execute("PRAGMA synchronous = 0")  # only the making is hurried, nothing is killed here
        store.transact("Import", steps.import_rows, 4 * count)
        for number in range(count):
            store.transact("Edit", steps.add_person, f"p{number}")
        start = time.perf_counter()
        assert list(chain.broken(store._reader)) == []
        print(
            f"  {count} steps, {store._reader.execute('SELECT max(id) FROM journal').fetchone()[0]} changes "
            f"verified in {time.perf_counter() - start:.2f} s"
        )
        start = time.perf_counter()
        store.check()
        print(f"  {path.stat().st_size / 1e6:.0f} MB checked in {time.perf_counter() - start:.2f} s")
        start = time.perf_counter()
        store.backup("large")
        print(f"  backed up and verified in {time.perf_counter() - start:.2f} s")
