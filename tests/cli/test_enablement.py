"""`partnerdesk enablement` and `partnerdesk playbook`: gaps said, a playbook previewed, started, stopped."""

import json
from datetime import date
from pathlib import Path

import pytest

from partnerdesk.engine.facts import Partner
from partnerdesk.ops.enablement.pathways import add_pathway, add_step
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.store import Store
from tests.cli.conftest import Type
from tests.ops.enablement.test_enablement import PROGRAM, certified

DAY = ("--as-of", "2026-06-15")


@pytest.fixture
def taught(tmp_path: Path) -> Path:
    path = tmp_path / "taught.partnerdesk"
    rows = [
        Partner(id="P-1", name="Nordlys Data", joined=date(2026, 1, 1)),
        certified("Ada Berg", "Cloud Architect", date(2025, 9, 10), date(2026, 8, 31)),
    ]
    with Store.create(path, user="me") as store:
        store.transact("Program", add_version, PROGRAM, "taught.toml")
        store.transact("Facts", add_rows, rows)
        way = store.transact("Pathway", add_pathway, name="Delivery").value
        store.transact("Step", add_step, way, title="Cloud Architect")
    return path


def test_gaps_are_said_with_their_way_and_what_ends(taught: Path, type_in: Type) -> None:
    code, out, _ = type_in("enablement", "P-1", "--book", taught, *DAY)
    assert code == 0
    assert "Prime: Certified experts 1 of 2" in out
    assert "Cloud Architect, pathway Delivery" in out and "0 in 180 days without renewal" in out
    assert "Ada Berg" in out and "2026-08-31" in out
    told = json.loads(type_in("enablement", "P-1", "--json", "--book", taught, *DAY)[1])
    assert [g["missing"] for g in told["gaps"] if g["metric"] == "experts"] == ["1", "0"]
    code, _, told_off = type_in("enablement", "P-9", "--book", taught, *DAY)
    assert code == 1 and "There is no partner P-9" in told_off


def test_a_playbook_is_previewed_started_and_stopped(taught: Path, type_in: Type) -> None:
    at = ("--book", taught, *DAY)
    assert "Prime asks for certified experts" in type_in("playbook", "list", "--partner", "P-1", *at)[1]
    asked = ("certification-drive", "P-1", "--start", "2026-06-15")
    code, out, _ = type_in("playbook", "preview", *asked, *at)
    assert code == 0 and "2026-06-18" in out and "Exams" in out
    assert json.loads(type_in("playbook", "runs", "--json", *at)[1])["runs"] == [], "a preview writes nothing"
    started = json.loads(type_in("playbook", "start", *asked, "--json", *at)[1])
    assert (started["metric"], len(started["actions"])) == ("experts", 7)
    code, out, _ = type_in("playbook", "runs", "--partner", "P-1", *at)
    assert code == 0 and "0 of 7" in out and "Certified experts: 1 to 1" in out
    code, _, told = type_in("playbook", "finish", started["run"], *at)
    assert code == 1 and "still open" in told
    assert "7 actions were dropped" in type_in("playbook", "stop", started["run"], "--reason", "Paused", *at)[1]
