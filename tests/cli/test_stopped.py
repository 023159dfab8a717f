"""Ctrl-C in a run of statements: the partner that is under way gets all its files, what left is on record, and what is
there is told."""

import json
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.ops.statements import written
from tests.cli.conftest import Type

AS_OF = ("--as-of", "2026-09-30")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Somebody presses Ctrl-C as soon as the first workbook stands. A run in the background would not hear it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    usual = written.release

    def release(path: Path, *args: Any, **kw: Any) -> str:
        digest = usual(path, *args, **kw)
        if path.suffix == ".xlsx":
            signal.raise_signal(signal.SIGINT)
        return digest

    monkeypatch.setattr(written, "release", release)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("impatient")
def test_a_stopped_run_leaves_whole_sets_on_record(type_in: Type, book: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    before = signal.getsignal(signal.SIGINT)
    code, said, complained = type_in("statement", "2026-09", "--pdf", "--out", out, "--book", book, *AS_OF)
    assert code == 130
    assert "Stopped, 1 statement not reached." in complained and "nothing half done" not in complained
    left = sorted(p.name for p in out.iterdir())
    assert len(left) == 4 and [Path(name).suffix for name in left] == [".csv", ".pdf", ".xlsx", ".csv"]
    assert all(name in said for name in left) and "manifest" not in said
    _, told, _ = type_in("documents", "--json", "--book", book)
    assert sorted(row["file"] for row in json.loads(told)["documents"]) == left
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.usefixtures("impatient")
def test_who_stops_at_the_last_partner_gets_the_list(type_in: Type, book: Path, tmp_path: Path) -> None:
    code, _, complained = type_in("statement", "2026-04", "--out", tmp_path / "out", "--book", book, *AS_OF)
    assert (code, complained) == (0, "")
    assert type_in("statement", "2026-04", "--verify", "--out", tmp_path / "out", "--book", book, *AS_OF)[0] == 0


@pytest.mark.usefixtures("impatient")
def test_a_program_is_told_how_many_were_not_reached(type_in: Type, book: Path, tmp_path: Path) -> None:
    code, said, _ = type_in("statement", "2026-09", "--json", "--out", tmp_path / "out", "--book", book, *AS_OF)
    told = json.loads(said)
    assert (code, told["not_reached"], len(told["statements"])) == (130, 1, 1) and "manifest" not in told
