"""A book under random work keeps its invariants (R7): 500 runs of 50 steps of import, merge, edit, undo, close, late
facts, disputes, decisions and adjustments; the ledger adds up and what is closed is untouched after every step."""

import tempfile
from collections import Counter
from pathlib import Path

from tests.prove.book_machine import walk
from tests.prove.home import own_home
from tests.prove.steps import Steps

CASES = 500


def main(full: bool, seed: int) -> None:
    """Each run on a book of its own."""
    made = Counter[str]()
    with own_home() as folder:
        for number in Steps.of("runs", CASES if full else 2):
            with tempfile.TemporaryDirectory(dir=folder) as name:
                made += walk(Path(name) / "book.partnerdesk", seed + number, 50 if full else 15)
    print("  " + ", ".join(f"{count} {what}" for what, count in sorted(made.items())), flush=True)
