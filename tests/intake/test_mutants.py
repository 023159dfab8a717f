"""Damaged files: a draft that balances or one sentence. Full size: make prove PART=files."""

import random
from pathlib import Path

from tests.intake.mutants import text_case, workbook_case


def test_damaged_texts() -> None:
    found = [text_case(random.Random(f"text{n}")) for n in range(600)]
    assert found.count("read") > 200
    assert len(set(found)) > 3


def test_damaged_workbooks(tmp_path: Path) -> None:
    found = [workbook_case(random.Random(f"book{n}"), tmp_path) for n in range(150)]
    assert found.count("read") > 20
    assert len(set(found)) > 5
