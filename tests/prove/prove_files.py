"""Damaged files never crash or half come in (R22): 10,000 mutants; 500 overlapping exports lose nothing (R24)."""

import random
import tempfile
from pathlib import Path

from tests.intake.mutants import text_case, workbook_case
from tests.ops.imports.overlaps import overlap
from tests.prove.home import own_home
from tests.prove.steps import Steps


def main(full: bool, seed: int) -> None:
    """Texts and workbooks in turn, then overlaps of one ledger."""
    counts = {"read": 0, "refused": 0}
    with own_home() as folder:
        for number in Steps.of("damaged texts", 8000 if full else 40):
            counts["read" if text_case(random.Random(seed + number)) == "read" else "refused"] += 1
        for number in Steps.of("damaged workbooks", 2000 if full else 10):
            found = workbook_case(random.Random(seed + number), folder)
            counts["read" if found == "read" else "refused"] += 1
        for number in Steps.of("overlaps", 500 if full else 2):
            with tempfile.TemporaryDirectory(dir=folder) as name:
                overlap(Path(name), seed + number)
    print(f"  {counts['read']} read, {counts['refused']} refused in words")
