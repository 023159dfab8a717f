"""Restatements: another head or none, never another figure; every revision stays readable and replays."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, update

from partnerdesk.engine.facts import Adjustment, Partner
from partnerdesk.errors import Refused
from partnerdesk.models.restatements import restatement
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows, change_row
from partnerdesk.ops.statements.before_closing import doubts
from partnerdesk.ops.statements.closing import close_period
from partnerdesk.ops.statements.disputes import Claim, raise_dispute
from partnerdesk.ops.statements.documents import statement_document
from partnerdesk.ops.statements.exports import export_statements
from partnerdesk.ops.statements.replaying import replay
from partnerdesk.ops.statements.restating import restate, unchanged_since
from partnerdesk.paths import resource
from partnerdesk.queries.figures import evaluation
from partnerdesk.queries.statements.archive import ClosedRow, canonical_statement, closed_statements
from partnerdesk.queries.statements.closing import run
from partnerdesk.reports.statement.document import StatementDocument, headed_as
from partnerdesk.reports.statement.frozen import restored
from partnerdesk.store import Store
from tests.old.facts import AS_OF, facts

MOMENT, LATER, DAY = "2025-04-15T09:00:00Z", "2025-06-20T09:00:00Z", date(2025, 6, 20)
WHO = {"reason": "The tax number was missing.", "maker": "Ana", "checker": "Bo"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A book of which January is closed; the partner's tax number came to light later, a deal was corrected too."""
    with Store.create(tmp_path / "Book.partnerdesk", user="Ana") as store:
        store.transact("Add facts", add_rows, facts(), system="test")
        text = resource("programs/fennmark/2024.1.toml").read_text(encoding="utf-8")
        store.transact("Add program", add_version, text, "2024.1.toml")
        close(store, "2025-01")
        store.transact("Tax", change_row, "partner", "P1", {"tax_id": ""}, tax_id="FI-77")
        amount = {"amount": Decimal("10000.00")}
        store.transact("Correct", change_row, "deal", "D1", amount, amount=Decimal("11000.00"))
        yield store


def close(store: Store, label: str) -> None:
    total = store.read(run, label, AS_OF).total
    store.transact("Close", close_period, label, AS_OF, maker="Ana", checker="Bo", total=total, at=MOMENT)


def restated(store: Store, day: date = DAY, **other: str) -> ClosedRow:
    said = WHO | {"at": LATER} | other
    return store.transact("Restate", restate, "P1", "2025-01", day, **said).value


def revision(store: Store, number: int) -> StatementDocument:
    (id,) = {row.id for row in store.read(closed_statements, "P1", "2025-01")}
    return restored(store.read(canonical_statement, id, number))


def test_a_restatement_names_the_old_one_and_repeats_every_figure(store: Store) -> None:
    before = store.read(closed_statements, "P1")
    assert store.read(unchanged_since, "P1", "2025-01", DAY) is None
    row = restated(store)
    assert store.read(unchanged_since, "P1", "2025-01", DAY) == 2
    assert (row.revision, row.because, row.issued) == (2, "The tax number was missing.", DAY)
    own = {"revision": 0, "sha256": "", "closed_at": "", "because": "", "issued": DAY}
    assert replace(row, **own) == replace(before[0], **own)
    first, second = revision(store, 1), revision(store, 2)
    assert (second.state, second.restates, second.restated_because) == ("RESTATED v2", "ST-2025-01 v1", row.because)
    assert (first.tax_id, second.tax_id, second.issued) == ("", "FI-77", DAY)
    assert headed_as(second, first) == first
    assert store.read(statement_document, "P1", "2025-01", AS_OF) == second


def test_the_ledger_does_not_move(store: Store) -> None:
    before = store.read(evaluation, AS_OF).partners["P1"].entries
    restated(store)
    assert store.read(evaluation, AS_OF).partners["P1"].entries == before
    close(store, "2025-02")
    assert store.read(closed_statements, "P1", "2025-02")[0].opening == store.read(closed_statements)[1].closing


def test_all_revisions_are_listed_and_replay(store: Store) -> None:
    restated(store)
    again = restated(store, date(2025, 6, 1), reason="Never sent.")
    assert (again.revision, again.issued) == (3, DAY), "never issued before the last one"
    assert [row.revision for row in store.read(closed_statements, revisions=True)] == [3, 2, 1]
    assert [row.revision for row in store.read(closed_statements)] == [3]
    assert [(r.revision, r.difference) for r in store.read(replay)] == [(1, ""), (2, ""), (3, "")]
    assert revision(store, 3).restates == "ST-2025-01 v2"


def test_the_window_of_disputes_begins_with_the_last_issue(store: Store) -> None:
    line = revision(store, 1).statement.lines[0].id
    claim = Claim(partner="P1", line=line, reason="15 % were agreed", raised_by="Rita")
    with pytest.raises(Refused, match="could be disputed until"):
        store.transact("Dispute", raise_dispute, claim, on=DAY, by="Ana", at=LATER)
    restated(store)
    assert store.transact("Dispute", raise_dispute, claim, on=DAY, by="Ana", at=LATER).value == "DI-0001"


@pytest.mark.parametrize(
    ("change", "says"),
    [({"reason": " "}, "says why"), ({"maker": ""}, "who prepared it"), ({"checker": ""}, "who checked it")],
)
def test_what_is_missing_is_refused(store: Store, change: dict[str, str], says: str) -> None:
    with pytest.raises(Refused, match=says):
        restated(store, **change)
    with pytest.raises(Refused, match="no closed statement 2025-02"):
        store.transact("Restate", restate, "P1", "2025-02", DAY, at=LATER, **WHO)
    assert store.read(closed_statements)[0].revision == 1


def test_a_revision_is_frozen_and_follows_the_one_before(store: Store) -> None:
    restated(store)
    row = {**store.read(lambda s: s.execute(select(restatement)).mappings().one()), "reason": "other"}
    for change in (update(restatement).values(reason="other"), delete(restatement)):
        with pytest.raises(Refused, match="closed means closed"):
            store.transact("Tamper", lambda s, c=change: s.execute(c))
    for other in (row, row | {"id": None}, row | {"id": None, "revision": 4}):
        with pytest.raises(Refused, match="follows the one before it"):
            store.transact("Tamper", lambda s, o=other: s.execute(insert(restatement).prefix_with("OR REPLACE"), o))
    assert store.undo_label is None, "a restatement ends what can be undone"


def test_both_revisions_are_written_as_files(store: Store, tmp_path: Path) -> None:
    restated(store)
    latest = store.read(export_statements, "2025-01", AS_OF, tmp_path / "out", pages=True)
    first = store.read(export_statements, "2025-01", AS_OF, tmp_path / "out", revision=1)
    assert [w[0].workbook.name.rpartition("_")[2] for w in (latest, first)] == ["v2.xlsx", "v1.xlsx"]
    assert [w[0].status for w in (latest, first)] == ["RESTATED", "FINAL"]
    with pytest.raises(Refused, match="No statement of 2025-01 has a revision 3"):
        store.read(export_statements, "2025-01", AS_OF, tmp_path / "out", revision=3)


def test_a_reason_that_names_another_partner_is_refused_before_it_stands(store: Store) -> None:
    store.transact("Other", add_rows, [Partner(id="P9", name="Quellwerk Nord")])
    with pytest.raises(Refused, match="a text names Quellwerk Nord, who is somebody else's"):
        restated(store, reason="mixed up with Quellwerk Nord")
    assert store.read(closed_statements, "P1", "2025-01")[0].revision == 1


def test_a_restatement_that_names_another_partner_leaves_in_no_file(store: Store, tmp_path: Path) -> None:
    """A book may hold one from before its reason was looked at; the gate takes it for the partner's own text."""
    restated(store, reason="mixed up with Quellwerk Nord")
    store.transact("Other", add_rows, [Partner(id="P9", name="Quellwerk Nord")])
    with pytest.raises(Refused, match="Quellwerk Nord, who is somebody else's"):
        store.read(export_statements, "2025-01", AS_OF, tmp_path / "out", partners=["P1"], pages=True)
    assert list((tmp_path / "out").iterdir()) == []


def test_before_a_close_it_is_told_which_texts_name_somebody_else(store: Store) -> None:
    store.transact("Other", add_rows, [Partner(id="P9", name="Quellwerk Nord")])
    said = {"reason_code": "goodwill", "approver": "Bo", "day": date(2025, 2, 10), "amount": Decimal(10)}
    store.transact("Add", add_rows, [Adjustment(id="J9", partner="P1", reason="as for Quellwerk Nord", **said)])
    (problem,) = store.read(doubts, "2025-02", AS_OF)
    assert "names Quellwerk Nord, who is somebody else's" in problem.message
    assert problem.remedy == "Reword it first: as for Quellwerk Nord"
