"""Payments of what our own runs released: what is held or kept back as tax was no part of them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from partnerdesk.intake.official.row import OfficialRow
from partnerdesk.ops.payments.releasing import release_run
from partnerdesk.ops.reconcile.lines import OwnLines, lines_of
from partnerdesk.ops.reconcile.matcher import Matcher
from partnerdesk.ops.reconcile.matching import reconcile
from partnerdesk.ops.reconcile.row import ReconRow
from partnerdesk.queries.payments.due import DUE, due
from partnerdesk.queries.payments.runs import PAY, ItemRow, all_items
from partnerdesk.store import Store
from tests.ops.disputes.disputed import AS_OF, MOMENT, opened

D = Decimal


def item(reference: str, gross: str, tax: str = "0", statements: str = "ST-2025-01") -> ItemRow:
    amounts = D(gross), D(tax), D(gross) - D(tax)
    told = (date(2025, 2, 20), statements, date(2025, 2, 1), (), (), (), "", "")
    return ItemRow(reference, "PR-0001", "P1", "Aurelia", PAY, "EUR", *amounts, *told)


def row(amount: str, reference: str = "", place: str = "") -> OfficialRow:
    return OfficialRow(place or f"row of {reference}", "P1", reference, "", D(amount), None, None, "")


def matched(store: Store, items: list[ItemRow], rows: list[OfficialRow], **own: object) -> list[ReconRow]:
    lines: OwnLines = store.read(lines_of, "2025-01", AS_OF)["P1"]
    lines = replace(lines, items={one.reference.casefold(): one for one in items}, **own)  # type: ignore[arg-type]
    return store.read(lambda session: [*Matcher(session, {"P1": lines}, "", D(0)).rows(rows)])


def test_a_payment_that_names_an_item_is_held_against_the_item(tmp_path: Path) -> None:
    store, taxed = opened(tmp_path, "hold"), item("PR-0001-002", "1080", "162")
    (found,) = matched(store, [taxed], [row("918", "PR-0001-002 Aurelia")])
    assert (found.kind, found.ours, found.paid, found.line) == ("match", 918, 918, "")
    assert found.because == "released as PR-0001-002"
    (found,) = matched(store, [taxed], [row("1080", "PR-0001-002")])
    assert found.kind == "match", "the file may tell the tax in a column of its own"
    parts = [row("500", "PR-0001-002", "first"), row("400", "PR-0001-002", "second")]
    (found,) = matched(store, [taxed], parts)
    assert (found.kind, found.difference, found.place) == ("amount", -18, "first; second")
    assert not found.can_be_disputed


def test_an_item_that_the_file_does_not_pay_is_missing_beside_one_that_it_pays(tmp_path: Path) -> None:
    items = [item("PR-0001-002", "1080", "162"), item("PR-0002-001", "120")]
    found = matched(opened(tmp_path, "hold"), items, [row("918", "PR-0001-002")])
    assert [(r.kind, r.ours, r.paid) for r in found] == [("match", 918, 918), ("missing", 120, 0)]
    assert found[1].because == "nothing was paid, released as PR-0002-001"


def test_a_payment_of_all_that_was_released_matches_without_a_number_of_ours(tmp_path: Path) -> None:
    store = opened(tmp_path, "hold")
    lines = store.read(lines_of, "2025-01", AS_OF)["P1"].lines
    two = (lines[0], lines[0]._replace(id="other", amount=D(300)))
    for own in (lines[:1], two):
        (found,) = matched(store, [item("PR-0001-002", "1080", "162")], [row("918", "SEPA 77")], lines=own)
        assert (found.kind, found.ours, found.paid) == ("match", 918, 918)
    (found,) = matched(store, [item("A", "1080", statements="ST-2025-01, ST-2025-02")], [row("900", "a")])
    assert found.because == "released as A, together with ST-2025-02"
    assert found.difference == -180


def test_a_line_is_called_by_its_title_as_the_pages_print_it(tmp_path: Path) -> None:
    store = opened(tmp_path, "hold")
    line = store.read(lines_of, "2025-01", AS_OF)["P1"].lines[0]
    lines = (line, line._replace(id="b", says="Growth bonus", amount=D(75), fact_id="b", deal=None, customer=None))
    found = matched(store, [], [row("75", "growth bonus"), row(str(line.amount), line.id)], lines=lines)
    assert {(r.kind, r.line) for r in found} == {("match", "b"), ("match", line.id)}
    again = (*lines, lines[1]._replace(id="c", amount=D(80)))
    found = matched(store, [], [row("80", "Growth bonus")], lines=again)
    assert {(r.kind, r.line) for r in found if r.paid} == {("match", "c")}
    found = matched(store, [], [row("78", "Growth bonus")], lines=again)
    assert [r.kind for r in found if r.paid] == ["unexpected"], "which of the two is not told"


def test_what_a_run_released_is_read_from_the_book(tmp_path: Path) -> None:
    store = opened(tmp_path, "pay")
    total = sum((r.net for r in store.read(due, AS_OF, AS_OF) if (r.status, r.kind) == (DUE, PAY)), D(0))
    run = {"maker": "Ana", "checker": "Bo", "total": total, "at": MOMENT}
    store.transact("Release", release_run, AS_OF, AS_OF, **run)
    (found,) = store.read(all_items)
    label = found.statements.rpartition("ST-")[2]
    assert [*store.read(lines_of, label, AS_OF)["P1"].items.values()] == [found]
    file = tmp_path / "bank.csv"
    file.write_text(f"Text;Debit;Credit\n{found.reference} Aurelia;{found.net};\n", "utf-8")
    rows = store.read(reconcile, file, label, AS_OF).rows
    assert [(r.kind, r.paid) for r in rows if r.paid] == [("match", found.net)]
