"""`partnerdesk replay`: each closed statement is the same, or named with the first place where it differs."""

import json
import shutil
from pathlib import Path

import pytest

from partnerdesk.engine.settling import statement
from tests.cli.conftest import Type

OLD = Path(__file__).parent.parent / "old" / "v0.1.0.partnerdesk"


@pytest.fixture
def closed(tmp_path: Path, type_in: Type) -> Path:
    """A book of an earlier version that this one has updated."""
    from partnerdesk.store import Store

    path = Path(shutil.copy(OLD, tmp_path / "old.partnerdesk"))
    path.chmod(0o600)
    Store.open(path, user="me").close()
    return path


def test_a_book_is_replayed(closed: Path, type_in: Type) -> None:
    code, out, _ = type_in("replay", closed)
    assert code == 0
    assert out.splitlines()[0].startswith("ST-2025-01 v1 P1: same (")
    assert out.splitlines()[-1] == "2 replayed, 2 the same, 0 different"
    code, out, _ = type_in("replay", "--book", closed, "--period", "2025-02", "--partner", "P1", "--json")
    assert [(s["period"], s["is_same"], s["is_complete"]) for s in json.loads(out)["statements"]] == [
        ("2025-02", True, False)
    ]


def test_a_difference_is_exit_1(closed: Path, type_in: Type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statement, "MOVEMENTS", statement.MOVEMENTS[1:])
    code, out, _ = type_in("replay", closed, "--period", "2025-01")
    assert code == 1
    assert "ST-2025-01 v1 P1: differs: statement, rows, " in out


def test_an_unknown_period_is_refused(closed: Path, type_in: Type) -> None:
    code, out, error = type_in("replay", closed, "--period", "2031-01")
    assert (code, out) == (1, "")
    assert "no closed statement 2031-01 to replay" in error
