"""What was officially paid against our statements: each class, any layout, totals that agree, disputes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from partnerdesk.cli.money.reconciling import _say
from partnerdesk.errors import Refused
from partnerdesk.intake.official.row import OfficialRow
from partnerdesk.ops.reconcile.classes import DEFINITIONS, judged
from partnerdesk.ops.reconcile.disputing import raise_differences, remember_columns
from partnerdesk.ops.reconcile.documents import write_reconciliation
from partnerdesk.ops.reconcile.lines import HeldPart, OwnLines, lines_of
from partnerdesk.ops.reconcile.matcher import Matcher
from partnerdesk.ops.reconcile.matching import Reconciliation, reconcile
from partnerdesk.ops.reconcile.row import ReconRow
from partnerdesk.queries.statements.disputes import disputes
from partnerdesk.store import Store
from tests.ops.disputes.disputed import AS_OF, MOMENT, RAISED, opened
from tests.ops.reconcile import payouts

ZERO = Decimal(0)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return opened(tmp_path, "hold")


def paid(amount: str, reference: str = "", base: str = "", rate: str = "", partner: str = "P1") -> OfficialRow:
    numbers = (Decimal(base) if base else None, Decimal(rate) if rate else None)
    return OfficialRow(f"row of {reference}", partner, reference, "", Decimal(amount), *numbers, "")


def matched(store: Store, own: OwnLines, rows: list[OfficialRow], tolerance: Decimal = ZERO) -> list[ReconRow]:
    return store.read(lambda session: [*Matcher(session, {own.partner: own}, "", tolerance).rows(rows)])


def test_partners_that_the_file_does_not_pay_are_one_sentence(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "paid.csv"
    file.write_text("Partner,Our deal,Amount\nP1,D1,1000.00\n", "utf-8")
    found = store.read(reconcile, file, "2025-01", AS_OF, choices={"column:Our deal": "reference"})
    (row,) = found.rows
    nothing = {"because": "nothing was paid", "place": "", "paid": ZERO, "kind": "not in this file"}
    gone = replace(row, partner="P2", partner_name="Borealis", **nothing)
    told = replace(gone, partner="P3", kind="missing", because="nothing was paid in EUR, but 5.00 USD: paid.csv line 2")
    both = replace(found, rows=(row, replace(gone, line="x"), gone, told))
    assert (found.unnamed, both.unnamed) == ({}, {"P2": "Borealis"})
    _say(both, ())
    said = capsys.readouterr().out
    assert "Not in this file: Borealis (P2), 2 lines. --dispute leaves them alone; --also ID takes one in." in said
    assert (said.count("Borealis"), both.disputable("P2")) == (3, (replace(gone, line="x"), gone)), (
        "P3, of whom the file says something, has its sum and its line"
    )


def test_only_lines_of_partners_that_the_file_names_are_disputed_others_when_a_person_says_so(
    store: Store, tmp_path: Path
) -> None:
    (line,) = store.read(lines_of, "2025-01", AS_OF)["P1"].lines
    own = {id: OwnLines(id, "EUR", "ST-2025-01", (line,), ()) for id in ("P1", "P2")}

    def held_against(*rows: OfficialRow, partner: str = "") -> dict[str, str]:
        return store.read(lambda s: {r.partner: r.kind for r in Matcher(s, own, partner, ZERO).rows(rows)})

    assert held_against(paid("1000", "D1")) == {"P1": "rate", "P2": "not in this file"}
    assert held_against(paid("0", partner="P1")) == {"P1": "missing", "P2": "not in this file"}, (
        "named, and paid nothing"
    )
    assert held_against(paid("7", "D8", partner="P9"), partner="P2")["P2"] == "missing", "a person asked for it"
    file = tmp_path / "paid.csv"
    file.write_text("Partner,Our deal,Amount\nSomebody else,D7,1000.00\n", "utf-8")
    found = store.read(reconcile, file, "2025-01", AS_OF, choices={"column:Our deal": "reference"})
    (gone,) = (row for row in found.rows if row.partner)
    assert (found.disputable(), found.disputable("P1")) == ((), (gone,))
    said = {"raised_by": "Finance", "on": RAISED, "by": "Ana", "at": MOMENT}
    with pytest.raises(Refused, match="None of these differences can be disputed"):
        store.transact("Dispute", raise_differences, found, found.disputable(), **said)
    store.transact("Dispute", raise_differences, found, found.disputable("P1"), **said)
    (row,) = store.read(disputes, RAISED)
    why = "not in this file (a line of a partner whom the file does not name at all): nothing was paid"
    assert (row.claimed, row.reason) == (None, f"Official payout of 2025-01, {why}")


def test_each_class_of_difference(store: Store) -> None:
    (line,) = store.read(lines_of, "2025-01", AS_OF)["P1"].lines
    ids = ("same", "cent", "rate", "base", "gone", "held", "part")
    lines = tuple(line._replace(id=f"anchor:{id}", fact_id=id, deal=None, customer=None) for id in ids)
    other = line._replace(id="anchor:later", fact_id="later", deal=None, customer=None)
    held = {"anchor:held": HeldPart(Decimal(1200), "kick-off"), "anchor:part": HeldPart(Decimal(120), "quarter")}
    own = OwnLines("P1", "EUR", "ST-2025-01", lines, (other,), held)
    rows = [
        paid("1200.00", "anchor:SAME"),
        paid("1200.01", "cent"),
        paid("1000", "rate"),
        paid("900", "base", "7500"),
        paid("1080", "part"),
        paid("1200", "later"),
        paid("5", "nobody knows"),
        paid("7", "x", partner="Somebody else"),
    ]
    found = matched(store, own, rows)
    kinds = {row.reference or row.line: row.kind for row in found}
    assert kinds == {
        "anchor:SAME": "match",
        "cent": "rounding",
        "rate": "rate",
        "base": "amount",
        "anchor:gone": "missing",
        "anchor:held": "timing",
        "part": "timing",
        "later": "timing",
        "nobody knows": "unexpected",
        "x": "unexpected",
    }
    assert set(kinds.values()) == set(DEFINITIONS) - {"not in this file"}
    because = {row.reference: row.because for row in found}
    assert because["rate"] == "paid at 10 %, 12 % on the statement"
    assert "7,500.00 EUR" in because["base"] and "2025-01" in because["later"]
    ours, theirs = sum(x.amount for x in lines), sum((r.amount for r in rows), ZERO)
    assert sum((row.difference for row in found), ZERO) == theirs - ours, "nothing is lost on either side"
    assert [row.kind for row in matched(store, own, rows, Decimal("0.01")) if row.reference == "cent"] == ["match"]


def test_a_rate_is_told_by_the_file_or_by_tenths_of_a_percent_alone(store: Store) -> None:
    (line,) = store.read(lines_of, "2025-01", AS_OF)["P1"].lines
    assert judged(line, paid("1012.35", "x"), ZERO)[0] == "amount", "10.1235 % is no published rate"
    assert judged(line, paid("1012.35", "x", "10000"), ZERO)[0] == "rate", "the same base"
    assert judged(line, paid("1000", "x", rate="0.10"), ZERO)[0] == "rate"
    assert judged(line, paid("1000", "x", rate="0.12"), ZERO)[0] == "amount", "the same rate on another base"


def test_several_rows_for_one_line_are_added_up_and_rows_without_reference_find_their_amount(store: Store) -> None:
    own = store.read(lines_of, "2025-01", AS_OF)["P1"]
    (row,) = matched(store, own, [paid("700", "D1"), paid("500", "D1")])
    assert (row.kind, row.paid, row.place) == ("match", Decimal(1200), "row of D1; row of D1")
    (row,) = matched(store, own, [paid("1200")])
    assert (row.kind, row.line) == ("match", "anchor:D1")
    twins = OwnLines("P1", "EUR", "", (own.lines[0], own.lines[0]._replace(id="twin")), ())
    (row,) = matched(store, twins, [paid("1200")])
    assert (row.kind, row.line, row.ours) == ("amount", "", Decimal(2400)), "which of two is not guessed"


LAYOUT = "Payee;Our deal;Provision;EUR base\nAurelia & Söhne;D1;1.000,50;10.000,00\nAurelia & Söhne;D9;12,00;1,00\n"


def read_file(store: Store, path: Path, **more: object) -> Reconciliation:
    return store.read(reconcile, path, "2025-01", RAISED, **more)


def test_any_layout_its_columns_named_once_and_remembered(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "payouts.csv"
    file.write_text(LAYOUT.replace("Our deal", "Ours").replace("EUR base", "EUR of it"), "utf-8")
    found = read_file(store, file)
    assert found.official.parts["Ours"] == "reference", "no word that is known, but half of its cells are deals"
    chosen = {"column:EUR of it": "base"}
    found = read_file(store, file, choices=chosen)
    assert [(r.kind, r.difference) for r in found.rows if r.line] == [("rate", Decimal("-199.50"))]
    store.transact("Remember", remember_columns, found.official)
    assert read_file(store, file).rows == found.rows
    with pytest.raises(Refused, match="no part of a payout"):
        read_file(store, file, choices={"column:Ours": "line number"})
    (tmp_path / "none.csv").write_text("Payee,What,More\nAurelia,1,2\nBeta,2,3\n", "utf-8")
    none = read_file(store, tmp_path / "none.csv")
    assert not none.official.has_amount and none.rows == (), "which of two it is is asked, and no line looks unpaid"
    assert "Payee, What, More" in none.problems[0].remedy


@pytest.mark.parametrize("make", payouts.FILES, ids=lambda make: make.__name__)
def test_payouts_as_finance_writes_them(make: Callable[[Path], Path], tmp_path: Path) -> None:
    with payouts.made(tmp_path) as store:
        found = store.read(reconcile, make(tmp_path), "2025-03", date(2025, 4, 20))
    names = {
        row.line.replace("deal:", "").replace("invoice:T-77", "RE-2025/0042"): row.kind
        for row in found.rows
        if row.line
    }
    early = {row.because[5:11]: row.kind for row in found.rows if row.kind == "timing"}
    (other,) = (row.kind for row in found.rows if not row.line and row.kind != "timing")
    assert names | early | {"": other} == payouts.EXPECTED and len(found.rows) == 8
    assert found.problems == () and all(row.currency == "EUR" and row.partner for row in found.rows)


def test_a_row_that_only_sums_up_others_is_none_and_a_second_payment_is_one(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "p.csv"
    file.write_text("Partner,Deal,Paid\nP1,D1,700.00\nP1,D1,500.00\nHelemaal,,1200.00\n", "utf-8")
    found = read_file(store, file)
    assert [(row.kind, row.paid) for row in found.rows] == [("match", Decimal(1200))] and len(found.official.sums) == 1
    file.write_text("Partner,Deal,Paid\nP1,D1,1200.00\nP1,,1200.00\n", "utf-8")
    assert sorted(row.kind for row in read_file(store, file).rows) == ["match", "unexpected"], "paid twice"


def test_cells_that_can_be_read_in_two_ways_are_asked_about_before_a_line_looks_unpaid(
    store: Store, tmp_path: Path
) -> None:
    file = tmp_path / "p.csv"
    file.write_text("Partner;Deal;Paid\nP1;D1;1,200\n", "utf-8")
    found = read_file(store, file)
    (question,) = found.official.questions
    assert found.rows == () and question.key == "decimal:Paid"
    found = read_file(store, file, choices={question.key: "."})
    assert [row.kind for row in found.rows] == ["match"]
    store.transact("Remember", remember_columns, found.official, {question.key: "."})
    assert read_file(store, file).rows == found.rows


def test_differences_become_disputes_once_and_leave_as_a_sheet(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "payouts.csv"
    file.write_text("Partner,Deal,Amount\nP1,D1,1000.00\nP1,D9,12.00\nP1,D1,\n", "utf-8")
    found = read_file(store, file)
    (problem,) = found.problems
    assert str(problem) == "payouts.csv line 4: The row has no amount. Enter it, or leave the row out."
    said = {"raised_by": "Finance", "on": RAISED, "by": "Ana", "at": MOMENT}
    ids = store.transact("Dispute", raise_differences, found, found.rows, **said).value
    (row,) = store.read(disputes, RAISED)
    assert (ids, row.line, row.claimed) == (("DI-0001",), "anchor:D1", Decimal(1000))
    assert "paid at 10 %, 12 % on the statement" in row.reason
    again = read_file(store, file)
    assert [r.dispute for r in again.rows if r.line] == ["DI-0001"]
    with pytest.raises(Refused, match="can be disputed"):
        store.transact("Dispute", raise_differences, again, again.rows, **said)
    path = store.read(write_reconciliation, again, tmp_path / "out", date(2025, 4, 20))
    book = openpyxl.load_workbook(path, data_only=True)
    assert [c.value for c in book["Lines"][3]][:4] == ["rate", "P1", "Aurelia & Söhne", "anchor:D1"]
    together = next(row for row in book["Summary"].iter_rows(values_only=True) if row[0] == "Together")
    assert together[2:] == (2, 1200, 1012, -188)
    alone = store.read(write_reconciliation, again, tmp_path / "out", date(2025, 4, 20), partner="P1")
    assert alone != path and alone.exists()


def test_a_tax_or_fee_that_was_taken_off_belongs_to_the_amount(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "payouts.csv"
    file.write_text("Payee,Deal,Paid out,Tax,Bank fee\nAurelia & Söhne,D1,1100.00,-95.00,5.00\n", "utf-8")
    asked = read_file(store, file)
    assert [q.key for q in asked.official.questions] == ["taken:Tax"] and not asked.rows, "it is not guessed"
    (row,) = read_file(store, file, choices={"taken:Tax": "no"}).rows
    assert (row.kind, row.difference) == ("rate", Decimal("-100.00"))
    chosen = {"column:Tax": "taken", "column:Bank fee": "taken"}
    (row,) = read_file(store, file, choices=chosen).rows
    assert (row.kind, row.paid, row.because) == ("match", 1200, "100.00 EUR of it taken off as tax or fee")


def test_an_answer_about_a_tax_is_kept_and_one_that_is_open_is_asked_again(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "payouts.csv"
    file.write_text("Payee,Deal,Paid out,Tax\nAurelia & Söhne,D1,1100.00,100.00\n", "utf-8")
    some = {"column:Deal": "reference"}
    store.transact("Remember", remember_columns, read_file(store, file, choices=some).official, some)
    asked = read_file(store, file)
    assert [q.key for q in asked.official.questions] == ["taken:Tax"]
    shown = {f"column:{header}": part for header, part in asked.official.parts.items()}
    store.transact("Remember", remember_columns, asked.official, shown | {"taken:Tax": "yes"})
    assert [row.kind for row in read_file(store, file).rows] == ["match"]
    named = read_file(store, file, choices={"column:Tax": ""})
    assert [row.kind for row in named.rows] == ["rate"], "what is named last counts"
