"""What an import would move is what it then moves: figures before it is applied equal those of the book afterwards."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from partnerdesk.errors import Refused
from partnerdesk.ops.imports.effect import effect, effect_of_taking_back
from partnerdesk.queries.figures import evaluation
from partnerdesk.queries.imports import batches
from tests.files import bring, csv_file
from tests.ops.disputes.disputed import opened

TODAY = date(2025, 5, 6)  # January to March are closed
ROWS = """Deal ID,Partner,Customer,Stage,Amount,Currency,Close date,Kind
X-1,P1,Late Customer,Closed Won,10000.00,EUR,2025-02-14,new
X-2,P1,Late Customer,Closed Won,4000.00,EUR,2025-04-20,new
X-3,Newcomer,Other Customer,Closed Won,500.00,EUR,2025-04-21,new
"""


def test_the_effect_is_what_applying_brings_and_changes_nothing(tmp_path: Path) -> None:
    file = csv_file(tmp_path, ROWS)
    with opened(tmp_path, "hold") as store:
        revision, before = store.revision, store.read(evaluation, TODAY)
        found = store.suppose(effect, file, {}, TODAY)
        assert store.revision == revision and store.read(evaluation, TODAY) is before, "the book stays as it is"
        bring(store, file)
        after = store.read(evaluation, TODAY).partners
    assert found.since == date(2025, 4, 1)
    told = {one.name: one for one in found.partners}
    one = told[next(name for name in told if name != "Newcomer")]
    closing = [outcome.statements["2025-05"].row("closing") for outcome in (before.partners["P1"], after["P1"])]
    assert one.change("payable") == closing[1].payable - closing[0].payable != 0
    assert one.change("held") == closing[1].held - closing[0].held
    trueup = sum((r.total for r in after["P1"].statements["2025-04"].rows if r.key == "trueup"), Decimal(0))
    assert one.change("trueup") == trueup != 0 and one.corrected == ("2025-02",)
    lines = [line for line in after["P1"].lines if line.deal == "X-2"]
    assert one.change("earned") == sum((line.amount for line in lines), Decimal(0)) != 0
    new = told["Newcomer"]
    assert new.change("earned") > 0 and new.corrected == () and new.moved[0].now is None


def test_what_cannot_be_applied_has_no_effect(tmp_path: Path) -> None:
    with opened(tmp_path, "hold") as store, pytest.raises(Refused, match=r"No row of q3\.csv"):
        store.suppose(
            effect, csv_file(tmp_path, ROWS.splitlines()[0] + "\nX,P1,C,Closed Won,x,EUR,2025-04-20,new\n"), {}, TODAY
        )


def test_taking_an_import_back_moves_what_it_brought(tmp_path: Path) -> None:
    file = csv_file(tmp_path, ROWS)
    with opened(tmp_path, "hold") as store:
        brought = store.suppose(effect, file, {}, TODAY)
        bring(store, file)
        revision = store.revision
        (batch,) = [row.id for row in store.read(batches) if row.file == file.name]
        found = store.suppose(effect_of_taking_back, batch, TODAY)
        assert store.revision == revision
    there, back = ({one.partner: one for one in side.partners} for side in (brought, found))
    assert set(there) == set(back)
    assert {id: one.change("payable") for id, one in back.items()} == {
        id: -one.change("payable") for id, one in there.items()
    }
    assert back["P1"].corrected == there["P1"].corrected == ("2025-02",)
