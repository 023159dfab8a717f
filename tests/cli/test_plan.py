"""`partnerdesk plan`: joint plans listed and written as documents."""

import json
from datetime import date
from pathlib import Path

from partnerdesk.ops.joint.plan_parts import add_objective
from partnerdesk.ops.joint.plans import add_plan
from partnerdesk.store import Store
from tests.cli.conftest import Type
from tests.ops.plan.filled import filled_in, place
from tests.reports.page.reading import squeezed, texts

START, END = date(2026, 1, 1), date(2026, 12, 31)


def test_the_plan_that_is_meant_is_written(book: Path, tmp_path: Path, type_in: Type) -> None:
    with Store.open(book, user="me") as store:
        plan = store.transact("Plan", add_plan, "P1", start=START, end=END, on=START).value
        store.transact("Objective", add_objective, plan, title="Win three hospitals")
    at = ("--book", book, "--as-of", "2026-09-30")
    code, out, err = type_in("plan", "pdf", "P1", "--out", tmp_path, *at)
    assert code == 0, err
    path = Path(out.partition(": ")[0])
    assert squeezed("win three hospitals") in squeezed(" ".join(texts(path.read_bytes())))
    code, out, _ = type_in("plan", "list", *at)
    assert "JP-2026-P1" in out and "draft" in out
    assert type_in("plan", "pdf", "P1", "--year", "2031", *at)[0] == 1
    assert type_in("plan", "pdf", "P9", *at)[0] == 1


def test_a_workbook_goes_out_and_its_changes_are_decided(book: Path, tmp_path: Path, type_in: Type) -> None:
    with Store.open(book, user="me") as store:
        plan = store.transact("Plan", add_plan, "P1", start=START, end=END, on=START).value
        store.transact("Objective", add_objective, plan, title="Win three hospitals")
    at = ("--book", book, "--as-of", "2026-09-30")
    code, out, err = type_in("plan", "workbook", "P1", "--out", tmp_path, *at)
    assert code == 0, err
    path = Path(out.partition(": ")[0])
    cells = {("Objectives", place(path, "Objectives", "Owner on your side")): "Ilse van Dorp"}
    back = filled_in(path, cells | {("Joint plan", "C5"): "Why us", ("Risks", "A1"): "Dangers"})
    code, out, err = type_in("plan", "returned", back, "--preview", *at)
    assert code == 1 and "“” becomes “Ilse van Dorp”" in out and "Risks A1: sent “Risks”" in err
    assert type_in("plan", "returned", back, "--partner", "P2", *at)[0] == 1
    assert "1  Joint plan 2026: Why this partnership" in type_in("plan", "returned", back, *at)[1]
    code, out, _ = type_in("plan", "proposals", "P1", "--json", *at)
    assert [p["theirs"] for p in json.loads(out)["proposals"]] == ["Why us", "Ilse van Dorp"]
    assert type_in("plan", "accept", "2", *at)[1] == "1 proposal accepted\n"
    assert type_in("plan", "refuse", "1", "--reason", "too short", *at)[0] == 0
    assert type_in("plan", "proposals", "P1", *at)[1] == "No proposal is open.\n"
    assert "refused on 2026-09-30" in type_in("plan", "proposals", "P1", "--all", *at)[1]
    assert type_in("plan", "accept", "2", *at)[0] == 1
