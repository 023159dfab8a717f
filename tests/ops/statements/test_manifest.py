"""A run of all statements leaves a list with the digest of every file, and of what it could not write; one that was
stopped says in it whom it did not reach."""

import json
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from partnerdesk.cli import main
from partnerdesk.errors import Cancelled, Refused
from partnerdesk.ops.rows.facts import change_row
from partnerdesk.ops.statements.exports import export_run, export_statements
from partnerdesk.ops.statements.printable import unprintable
from partnerdesk.reports.manifest import changed_files, manifest_path
from partnerdesk.store import Store
from tests.cli.conftest import make_book

DAY, LABEL = date(2026, 9, 30), "2026-09"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "my.partnerdesk"
    make_book(path)
    return path


@pytest.fixture
def store(book: Path) -> Iterator[Store]:
    with Store.open(book, user="me") as store:
        yield store


def test_every_file_is_listed_with_its_digest(store: Store, tmp_path: Path) -> None:
    written = store.read(export_statements, LABEL, DAY, tmp_path / "out", pages=True)
    path = manifest_path(tmp_path / "out", LABEL)
    told = json.loads(path.read_text("utf-8"))
    files = {row["file"]: row for row in told["files"]}
    assert set(files) == {p.name for p in (tmp_path / "out").iterdir()} - {path.name}
    assert len(files) == 4 * len(written)
    for name, row in files.items():
        assert row["sha256"] == sha256((tmp_path / "out" / name).read_bytes()).hexdigest()
    assert (told["period"], told["as_of"]) == (LABEL, "2026-09-30") and told["version"]
    assert told["run"].startswith("R-") and len(told["program_sha256"]) == 64
    assert list(changed_files(path)) == []


def test_the_same_run_is_called_the_same_and_other_figures_are_not(store: Store, tmp_path: Path) -> None:
    def run(folder: str, day: date) -> str:
        store.read(export_statements, LABEL, day, tmp_path / folder)
        told: str = json.loads(manifest_path(tmp_path / folder, LABEL).read_text("utf-8"))["run"]
        return told

    assert run("a", DAY) == run("b", DAY) != run("c", date(2026, 9, 20))


def test_a_stopped_run_lists_what_it_made_and_a_single_partner_needs_no_list(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "out"

    class Stop:
        def step(self, done: int, total: int, label: str = "") -> None:
            if done:
                raise Cancelled("enough")

    store.read(export_statements, LABEL, DAY, out)
    with pytest.raises(Cancelled):
        store.read(export_statements, LABEL, DAY, out, progress=Stop())
    told = json.loads(manifest_path(out, LABEL).read_text("utf-8"))
    assert {row["partner"] for row in told["files"]} == {"P1"}, "the list of the run before is no list of this one"
    assert [(row["partner"], row["why"]) for row in told["left_out"]] == [("P2", "The run was stopped before it.")]
    assert not changed_files(manifest_path(out, LABEL))
    store.read(export_statements, LABEL, DAY, tmp_path / "one", partners=["P1"])
    assert not manifest_path(tmp_path / "one", LABEL).exists()


def test_the_command_runs_for_all_and_verifies(book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--out", str(tmp_path / "out"), "--book", str(book), "--as-of", "2026-09-30"]
    assert main(["statement", "--all", *given]) == 0
    assert "each file with its digest" in capsys.readouterr().out
    assert main(["statement", LABEL, "--verify", *given]) == 0
    touched = next((tmp_path / "out").glob("*.csv"))
    touched.write_bytes(touched.read_bytes() + b"x")
    assert main(["statement", LABEL, "--verify", *given]) == 1
    assert touched.name in capsys.readouterr().out
    assert main(["statement", "2026-08", "--verify", *given]) == 1, "there is no list of another period"


def test_what_cannot_be_written_stops_nothing_else(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Store.open(book, user="me") as store:
        store.transact("Rename", change_row, "partner", "P1", {}, by="me", name="שלום", legal_name="")
        assert [p.place for p in store.read(unprintable, LABEL, DAY)] == ["שלום"]
        run = store.read(export_run, LABEL, DAY, tmp_path / "out", pages=True)
        told = json.loads(manifest_path(tmp_path / "out", LABEL).read_text("utf-8"))
        (left_out,) = told["left_out"]
        assert left_out["partner"] == "P1" and left_out["file"].endswith(".pdf") and "printed" in left_out["remedy"]
        assert len(told["files"]) == 4 * len(run.written) - 1 and {one.partner for one in run.written} >= {"P1", "P2"}
        with pytest.raises(Refused, match="cannot be made"):
            store.read(export_statements, LABEL, DAY, tmp_path / "one", partners=["P1"], pages=True)
        store.transact("Name", change_row, "partner", "P1", {}, by="me", document_name="Shalom")
        assert store.read(unprintable, LABEL, DAY) == ()
        store.read(export_statements, LABEL, DAY, tmp_path / "one", partners=["P1"], pages=True)
        store.transact("Name", change_row, "partner", "P1", {}, by="me", document_name="")
    given = ["--out", str(tmp_path / "out"), "--book", str(book), "--as-of", "2026-09-30", "--pdf"]
    assert main(["statement", "--all", *given]) == 1
    out, err = capsys.readouterr()
    assert out.count(".xlsx") == len(run.written) and err.count("was not written") == 1
