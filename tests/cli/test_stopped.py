"""Ctrl-C in a run of statements: the partner that is under way gets all its files, what left is on record, and what is
there is told."""

import json
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.ops.pack import many
from partnerdesk.ops.statements import written
from partnerdesk.reports.manifest import changed_files
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
    assert [Path(name).suffix for name in left] == [".json", ".csv", ".pdf", ".xlsx", ".csv"]
    assert all(name in said for name in left)
    (listed, *left), told = left, json.loads((out / left[0]).read_text("utf-8"))
    assert sorted(row["file"] for row in told["files"]) == left and not changed_files(out / listed)
    assert [(one["partner"], one["why"]) for one in told["left_out"]] == [("P2", "The run was stopped before it.")]
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
    assert (code, told["not_reached"], len(told["statements"])) == (130, 1, 1) and "manifest" in told


def test_a_stopped_run_of_packs_has_on_record_what_is_listed(
    type_in: Type, book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    usual = many.written_pack

    def written_pack(*args: Any, **kw: Any) -> Any:
        signal.raise_signal(signal.SIGINT)
        return usual(*args, **kw)

    monkeypatch.setattr(many, "written_pack", written_pack)
    try:
        code, said, complained = type_in(
            "qbr", "--all", "2026Q3", "--json", "--out", tmp_path / "out", "--book", book, *AS_OF
        )
    finally:
        signal.signal(signal.SIGINT, before)
    told = json.loads(said)
    assert (code, complained, len(told["packs"]), told["not_reached"]) == (130, "", 1, 1)
    assert not changed_files(Path(told["manifest"]))
    _, noted, _ = type_in("documents", "--json", "--book", book)
    assert [row["file"] for row in json.loads(noted)["documents"]] == [Path(told["packs"][0]["path"]).name]
