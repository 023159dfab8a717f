"""Many packs in one run: who is due, whole files only after a stop, a list that tells a changed file, A4 and Letter."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.policy import default
from functools import partial
from pathlib import Path

import pytest
from pypdf import PdfReader

from partnerdesk.cli import main
from partnerdesk.engine.facts import Partner, Person
from partnerdesk.errors import Cancelled, Refused
from partnerdesk.ops.joint.reviews import add_review, hold_review, set_page
from partnerdesk.ops.pack import fan
from partnerdesk.ops.pack.exports import export_pack, pack_to_print
from partnerdesk.ops.pack.laid import laid_out
from partnerdesk.ops.pack.many import LABEL, export_packs, packs_due
from partnerdesk.ops.pack.runs import PackRun, run_packs
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.reports.manifest import changed_files, manifest_path
from partnerdesk.reports.release.outgoing import outgoing
from partnerdesk.store import Store
from tests.cli.conftest import make_book

DAY, QUARTER = date(2026, 9, 30), "2026Q3"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("book") / "my.partnerdesk"
    make_book(path)
    return path


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path, user="me", write=False) as store:
        yield store


def test_a_run_writes_every_due_pack_and_a_list_that_tells_a_changed_file(store: Store, tmp_path: Path) -> None:
    written = store.read(export_packs, QUARTER, DAY, tmp_path).written
    assert [one.partner for one in written] == [one.partner for one in store.read(packs_due, QUARTER, DAY)]
    manifest = manifest_path(tmp_path, LABEL.format(quarter=QUARTER))
    listed = json.loads(manifest.read_text("utf-8"))["files"]
    assert {row["file"]: row["sha256"] for row in listed} == {one.path.name: one.sha256 for one in written}
    assert changed_files(manifest) == []
    written[0].path.write_bytes(b"%PDF-1.4 another")
    assert changed_files(manifest) == [written[0].path.name]


def test_a_run_writes_the_same_file_as_an_export_of_one(store: Store, tmp_path: Path) -> None:
    many = store.read(export_packs, QUARTER, DAY, tmp_path / "many").written
    one = store.read(export_pack, "P1", QUARTER, DAY, tmp_path / "one")
    assert one.path.read_bytes() == next(m for m in many if m.partner == "P1").path.read_bytes()


def test_a_pack_is_the_same_after_a_new_start(path: Path, tmp_path: Path) -> None:
    """Nothing that was drawn outlives the process, and the range is drawn to the same amounts."""
    made = []
    for folder in ("before", "after"):
        fan._drawn.clear()
        with Store.open(path, user="me", write=False) as store:
            found = store.read(pack_to_print, "P1", QUARTER, DAY).pack
            assert found.outlook.fan.futures == fan.FUTURES
            made.append(store.read(export_pack, "P1", QUARTER, DAY, tmp_path / folder).path.read_bytes())
    assert made[0] == made[1]


def test_a_stop_leaves_whole_files_and_a_list_of_who_was_not_reached(store: Store, tmp_path: Path) -> None:
    class Impatient:
        def step(self, done: int, total: int, label: str = "") -> None:
            if done == 1:
                raise Cancelled

    due = store.read(packs_due, QUARTER, DAY)
    told = []
    for out in (tmp_path / "batch", tmp_path / "run"):
        run = store.read(export_packs if out.name == "batch" else run_packs, QUARTER, DAY, out, progress=Impatient())
        listed, left = sorted(out.iterdir())
        assert len(PdfReader(left).pages) > 1 and not changed_files(listed)
        made = run.outgoing if isinstance(run, PackRun) else outgoing(run.written)
        assert [one.file for one in made] == [left.name]
        told.append(json.loads(listed.read_text("utf-8"))["left_out"])
    assert told[0] == told[1] and [one["partner"] for one in told[0]] == [one.partner for one in due[1:]]
    assert {one["why"] for one in told[0]} == {"The run was stopped before it."}


def test_a_held_review_is_due_no_more(tmp_path: Path) -> None:
    make_book(tmp_path / "my.partnerdesk")
    with Store.open(tmp_path / "my.partnerdesk", user="me") as store:
        before = [one.partner for one in store.read(packs_due, QUARTER, DAY)]
        id = store.transact("Open", add_review, "P1", QUARTER, on=DAY).value
        assert [one.review for one in store.read(packs_due, QUARTER, DAY) if one.partner == "P1"] == [id]
        store.transact("Hold", hold_review, id, on=DAY)
        assert [one.partner for one in store.read(packs_due, QUARTER, DAY)] == [p for p in before if p != "P1"]


def test_a_quarter_that_is_none_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="is no month, quarter or half"):
        store.read(export_packs, "2026Q9", DAY, tmp_path)
    with pytest.raises(Refused, match="no partner NOBODY"):
        store.read(export_packs, QUARTER, DAY, tmp_path, partners=["NOBODY"])
    assert not list(tmp_path.iterdir())


def test_letter_says_the_same_as_a4_on_another_sheet(store: Store, tmp_path: Path) -> None:
    found = {}
    for paper in ("A4", "Letter"):
        made = store.read(export_pack, "P1", QUARTER, DAY, tmp_path / paper, paper=paper)
        pages = PdfReader(made.path).pages
        found[paper] = [page.extract_text() for page in pages]
        size = [round(float(n)) for n in pages[0].mediabox[2:]]
        assert size == {"A4": [842, 595], "Letter": [792, 612]}[paper]
    assert found["A4"] == found["Letter"]


def test_the_command_writes_all_that_are_due(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    common = ["--book", str(path), "--as-of", DAY.isoformat(), "--json"]
    assert main(["qbr", "--all", QUARTER, "--list", *common]) == 0
    due = json.loads(capsys.readouterr().out)["due"]
    assert main(["qbr", "--all", QUARTER, "--out", str(tmp_path), *common]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["partner"] for one in told["packs"]] == [one["partner"] for one in due]
    assert Path(told["manifest"]).exists()
    assert main(["qbr", "P1", QUARTER, "--all", *common]) == 1


def test_processes_write_the_same_files_and_the_same_list(path: Path, tmp_path: Path) -> None:
    common = ["--book", str(path), "--as-of", DAY.isoformat(), "--json"]
    for number in ("1", "2"):
        out = ["--processes", number, "--out", str(tmp_path / number)]
        assert main(["qbr", "--all", QUARTER, *out, *common]) == 0
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / n).iterdir()} for n in ("1", "2"))
    assert one == two


def test_a_run_to_look_at_goes_on_after_a_refused_pack_and_drafts_the_mails(tmp_path: Path) -> None:
    make_book(tmp_path / "my.partnerdesk")
    with Store.open(tmp_path / "my.partnerdesk", user="me") as store:
        store.transact(
            "Person", add_rows, [Person(id="A", name="Ada", side="partner", partner="P1", email="a@b.example")]
        )
        store.transact("Other", add_rows, [Partner(id="P3", name="Nordlys Data Services")])
        run = store.read(run_packs, QUARTER, DAY, tmp_path / "all", mails=True)
        whole = {one.partner: one for one in run.packs}
        assert changed_files(run.listed) == []
        (attached,) = message_from_bytes(whole["P1"].mail.read_bytes(), policy=default).iter_attachments()  # type: ignore
        assert attached.get_content() == whole["P1"].pack.path.read_bytes()  # type: ignore[union-attr]
        assert whole["P3"].mail is None and "no person with a mail address" in whole["P3"].no_mail
        id = store.transact("Open", add_review, "P1", QUARTER, on=DAY).value
        store.transact("Name", partial(set_page, title="As good as Nordlys Data Services"), id, "summary")
        run = store.read(run_packs, QUARTER, DAY, tmp_path / "all", only_begun=True)
        assert [(one.partner, one.pack) for one in run.packs] == [("P1", None)]
        run = store.read(run_packs, QUARTER, DAY, tmp_path / "all")
        assert {one.partner: one.pack is None for one in run.packs} == {"P1": True, "P2": False, "P3": False}
        assert "names Nordlys Data Services" in next(one.refused for one in run.packs if one.refused)
        (left_out,) = json.loads(run.listed.read_text("utf-8"))["left_out"]
        assert left_out["partner"] == "P1" and "names Nordlys Data Services" in left_out["why"]
        batch = store.read(export_packs, QUARTER, DAY, tmp_path / "batch")
        assert [one.partner for one in batch.left_out] == ["P1"] and len(batch.written) == 2


def test_what_a_screen_laid_out_is_the_export_until_something_changes(tmp_path: Path) -> None:
    make_book(tmp_path / "my.partnerdesk")
    with Store.open(tmp_path / "my.partnerdesk", user="me") as store:
        laid = laid_out(store.read(pack_to_print, "P1", QUARTER, DAY))
        marked = replace(laid, pages=("as laid out",))
        out = tmp_path / "out"
        shown = store.read(export_pack, "P1", QUARTER, DAY, out, laid=marked)
        assert shown.pages == ("as laid out",) and shown.path.read_bytes() == laid.content
        assert store.read(export_pack, "P1", QUARTER, DAY, out).sha256 == shown.sha256
        for partner, day, internal in (("P2", DAY, False), ("P1", date(2026, 10, 1), False), ("P1", DAY, True)):
            other = store.read(export_pack, partner, QUARTER, day, out, laid=marked, internal=internal)
            assert other.pages != marked.pages and other.sha256 != shown.sha256
        store.transact("Other", add_rows, [Partner(id="P3", name="Nordlys Data Services")])
        assert store.read(export_pack, "P1", QUARTER, DAY, out, laid=marked).pages != marked.pages
