"""`partnerdesk restate`: the next revision, and either one as files."""

import json
from datetime import date
from pathlib import Path

from partnerdesk.ops.statements.closing import close_period
from partnerdesk.queries.statements.closing import run
from partnerdesk.store import Store
from tests.cli.conftest import Type

DAY, MOMENT = date(2026, 9, 30), "2026-09-30T12:00:00Z"


def test_a_statement_is_restated_and_both_revisions_are_written(book: Path, type_in: Type, tmp_path: Path) -> None:
    observed = ("--set", "metric=fit", "--set", "day=2026-02-01", "--set", "value=4", "--set", "evidence=Interview")
    id = type_in("fact", "add", "P1", "observation", *observed, "--book", book)[1].strip()
    with Store.open(book, user="me") as store:
        total = store.read(run, "2026-02", DAY).total
        names = {"maker": "Ana", "checker": "Bo", "total": total, "at": MOMENT}
        store.transact("Close", close_period, "2026-02", DAY, **names)
    of = ("--book", book, "--as-of", "2026-10-05")
    _, _, err = type_in("fact", "edit", "observation", id, "--set", "value=3", *of)
    assert (
        err == "Closed 2026-02 rests on it and stays as it is; the next statement corrects what changes by a true-up.\n"
    )
    said = ("restate", "P1", "2026-02", "--reason", "never sent", "--maker", "Ana", "--checker", "Bo")
    code, _, err = type_in(*said, *of)
    assert code == 1 and "Nothing of its head, names and wording has changed since v1" in err and "--anyway" in err
    said += ("--anyway",)
    code, out, err = type_in(*said, *of)
    assert (code, out) == (0, "ST-2026-02 v2 of P1 takes the place of v1: never sent\n"), err
    assert json.loads(type_in(*said, *of, "--json")[1])["revision"] == 3
    for revision, name in ((None, "v3"), (1, "v1")):
        more = ("--revision", revision) if revision else ()
        code, out, err = type_in("statement", "2026-02", "--partner", "P1", *of, "--out", tmp_path / "out", *more)
        assert code == 0 and f"_{name}.xlsx" in out, err
    assert "2 replayed" not in type_in("replay", book)[1]
    assert type_in("replay", book)[1].endswith("3 replayed, 3 the same, 0 different\n")
    code, _, err = type_in("restate", "P1", "2026-03", "--reason", "x", "--maker", "A", "--checker", "B", *of)
    assert code == 1 and "no closed statement 2026-03" in err
