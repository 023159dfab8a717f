"""Random work is undone and redone exactly, across restarts (R41): 500 walks, the book compared at each return."""

import tempfile
from pathlib import Path

from partnerdesk.store import Store
from tests.prove.home import own_home
from tests.prove.steps import Steps
from tests.store.walk import walk


def main(full: bool, seed: int) -> None:
    """Walks of 60 steps each over a fresh book."""
    returns = 0
    with own_home() as folder:
        empty = folder / "Empty.partnerdesk"
        Store.create(empty, user="maker").close()
        content = empty.read_bytes()
        for number in Steps.of("walks", 500 if full else 5):
            with tempfile.TemporaryDirectory(dir=folder) as name:
                path = Path(name) / "Book.partnerdesk"
                path.write_bytes(content)
                returns += walk(path, seed + number, 60)
    print(f"  {returns} returns to an earlier state, each equal")
