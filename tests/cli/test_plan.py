"""`partnerdesk plan`: joint plans listed and written as documents."""

from datetime import date
from pathlib import Path

from partnerdesk.ops.joint.plan_parts import add_objective
from partnerdesk.ops.joint.plans import add_plan
from partnerdesk.store import Store
from tests.cli.conftest import Type
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
