"""What an answer adds is what is still missing: corrections and earlier answers may have brought the claim already."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest

from partnerdesk.cli import main
from partnerdesk.engine.facts import Adjustment, Deal, Partner
from partnerdesk.errors import Refused
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows, change_row
from partnerdesk.ops.statements.before_closing import doubts
from partnerdesk.ops.statements.closing import close_period
from partnerdesk.ops.statements.disputes import Claim, Decision, decide_dispute, raise_dispute
from partnerdesk.ops.statements.dossiers import export_dossier
from partnerdesk.queries.figures import evaluation
from partnerdesk.queries.statements.closing import run
from partnerdesk.queries.statements.disputes import DisputeRow, dispute_named, dispute_steps
from partnerdesk.queries.statements.missing import Missing, missing
from partnerdesk.store import Store

D = Decimal
PROGRAM = """
program = "missing"
version = "1"
effective_from = 2025-01-01
currency = "EUR"
[earning.deal]
says = "Commission on deals"
type = "UPFRONT"
on = "deal won"
base = "amount"
rate = 0.10
vests = [{ share = 0.6 }, { share = 0.4, after_months = 2 }]
[disputes]
meanwhile = "hold"
"""
DAY, LINE, TOTAL = date(2025, 2, 10), "deal:D1", "ST-2025-01"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """January is closed: line deal:D1 of 500.00, of which 300.00 are payable."""
    with Store.create(tmp_path / "book.partnerdesk", user="Ana") as store:
        rows = [Partner(id="A", name="Alder"), won("D1", "5000")]
        store.transact("Facts", add_rows, rows, system="test")
        store.transact("Program", add_version, PROGRAM, "program.toml")
        close(store, "2025-01")
        yield store


def won(id: str, amount: str) -> Deal:
    return Deal(id=id, partner="A", status="won", closed=date(2025, 1, 10), amount=D(amount))


def close(store: Store, label: str, on: date = DAY) -> None:
    total = store.read(run, label, on).total
    at = f"{on}T08:00:00Z"
    store.transact("Close", close_period, label, on, maker="Ana", checker="Bo", total=total, at=at)


def raised(store: Store, of: str = LINE, claimed: str | None = "700", more: str | None = None) -> str:
    amounts = {"claimed": D(claimed) if claimed else None, "more": D(more) if more else None}
    claim = Claim(partner="A", line=of, reason="14 % were agreed", raised_by="Rita", **amounts)
    return str(store.transact("Raise", raise_dispute, claim, on=DAY, by="Ana", at=f"{DAY}T09:00:00Z").value)


def decided(store: Store, id: str, outcome: str = "approved", amount: str | None = None) -> DisputeRow:
    given = Decision(outcome=outcome, reason="it holds.", approver="Bo", amount=D(amount) if amount else None)
    store.transact("Decide", decide_dispute, id, given, on=DAY, by="Ana", at=f"{DAY}T10:00:00Z")
    return store.read(dispute_named, id, DAY)


def corrected(store: Store, amount: str) -> None:
    store.transact("Correct", change_row, "deal", "D1", {}, amount=D(amount))


def still(store: Store, id: str) -> Missing:
    return store.read(missing, store.read(dispute_named, id, DAY), DAY)


def earned(store: Store) -> Decimal:
    """All that the partner has been credited."""
    closing = store.read(evaluation, DAY).partners["A"].statements["2025-02"].row("closing")
    return closing.held + closing.payable


def test_without_a_correction_the_claim_is_granted(store: Store) -> None:
    id = raised(store)
    assert still(store, id) == Missing(D(200), D(0), (), "EUR") and not still(store, id).words()
    assert decided(store, id).granted == D(200) and earned(store) == D(700)


def test_a_correction_that_meets_the_claim_answers_it(store: Store) -> None:
    id = raised(store)
    corrected(store, "7000")
    found = still(store, id)
    assert (found.brought, found.left, found.statements, found.is_met) == (D(200), D(0), ("ST-2025-02",), True)
    assert found.words() == "200.00 EUR came for it since, on ST-2025-02; nothing of the claim is missing."
    for outcome, amount in (("partly", "50"), ("approved", "200"), ("approved", "1")):
        with pytest.raises(Refused, match="nothing of the claim is missing"):
            decided(store, id, outcome, amount)
    row = decided(store, id)
    assert (row.outcome, row.granted, row.adjustment) == ("approved", None, "") and earned(store) == D(700)
    says = store.read(dispute_steps, id)[-1].says
    assert says == "Approved: it holds. Nothing more is added: what was missing has come by corrections."


@pytest.mark.parametrize(
    ("now", "granted"),
    [("6000", D(100)), ("4000", D(300)), ("9000", None)],
    ids=["a part came", "less than before", "more than was claimed"],
)
def test_what_is_granted_is_what_is_missing_after_a_correction(store: Store, now: str, granted: Decimal | None) -> None:
    id = raised(store)
    corrected(store, now)
    assert decided(store, id).granted == granted
    assert earned(store) == max(D(700), D(now) / 10)


def test_a_part_is_less_than_what_is_missing(store: Store) -> None:
    id = raised(store)
    corrected(store, "6000")
    for outcome, amount in (("partly", "150"), ("partly", "-10"), ("approved", "200"), ("approved", "40")):
        with pytest.raises(Refused, match=r"100\.00 EUR of the claim is missing"):
            decided(store, id, outcome, amount)
    assert decided(store, id, "partly", "40").granted == D(40) and earned(store) == D(640)


def test_a_correction_counts_once_it_is_posted_too(store: Store) -> None:
    id = raised(store)
    corrected(store, "7000")
    april = date(2025, 4, 20)
    close(store, "2025-02", april)
    found = store.read(missing, store.read(dispute_named, id, april), april)
    assert (found.brought, found.left) == (D(200), D(0))


def test_a_claim_of_less_is_met_by_a_correction_too(store: Store) -> None:
    id = raised(store, claimed="400")
    corrected(store, "4000")
    assert decided(store, id).granted is None and earned(store) == D(400)


def test_a_claim_without_an_amount_says_what_is_added_beside_a_correction(store: Store) -> None:
    id = raised(store, claimed=None)
    corrected(store, "7000")
    assert still(store, id).words() == "200.00 EUR came for it since, on ST-2025-02; no amount is claimed."
    for outcome, amount in (("approved", None), ("partly", "0")):
        with pytest.raises(Refused):
            decided(store, id, outcome, amount)
    assert decided(store, id, "approved", "0").granted is None and earned(store) == D(700)


def test_an_earlier_answer_is_not_given_again(store: Store) -> None:
    decided(store, raised(store), "partly", "150")
    again = raised(store)
    assert still(store, again).brought == D(150) and decided(store, again).granted == D(50)
    assert decided(store, raised(store)).granted is None and earned(store) == D(700)


def test_an_adjustment_that_names_the_line_is_part_of_it(store: Store) -> None:
    said = {"reason": "14 %", "reason_code": "other", "approver": "Bo", "currency": "EUR"}
    row = Adjustment(id="J1", partner="A", day=DAY, amount=D(200), line=LINE, **said)
    store.transact("Adjust", add_rows, [row])
    assert decided(store, raised(store)).granted is None and earned(store) == D(700)


def test_what_a_total_misses_comes_by_corrections_of_its_period(store: Store) -> None:
    id = raised(store, TOTAL, None, "300")
    store.transact("Found", add_rows, [won("D2", "2500")])
    assert still(store, id).brought == D(250), "all of the late line, also what is held of it"
    assert decided(store, id).granted == D(50) and earned(store) == D(800)
    assert decided(store, raised(store, TOTAL, None, "300")).granted is None, "it was given"


def test_an_answer_to_what_moves_between_held_and_payable_adds_nothing(store: Store) -> None:
    for claimed, more in (("0", None), (None, "10")):
        with pytest.raises(Refused, match="earns nothing by itself") as refused:
            raised(store, "deal:D1:v2", claimed, more)
        assert "Dispute line deal:D1" in str(refused.value)
    id = raised(store, "deal:D1:v2", None)
    assert "an answer adds nothing" in still(store, id).words()
    for outcome, amount in (("approved", "200"), ("partly", "20"), ("partly", None)):
        with pytest.raises(Refused, match="would be paid twice"):
            decided(store, id, outcome, amount)
    row = decided(store, id)
    assert (row.outcome, row.granted) == ("approved", None) and earned(store) == D(500)
    assert "moves between held and payable" in store.read(dispute_steps, id)[-1].says


def test_a_correction_of_a_transfer_is_one(store: Store) -> None:
    corrected(store, "7000")
    april = date(2025, 4, 20)
    close(store, "2025-02", april)
    entries = store.read(evaluation, april).partners["A"].entries
    moved = next(e for e in entries if e.kind == "trueup" and ":deferral:payable" in e.id)
    claim = Claim(partner="A", line=moved.id, reason="at once", raised_by="Rita", claimed=D(0))
    with pytest.raises(Refused, match="earns nothing by itself"):
        store.transact("Raise", raise_dispute, claim, on=april, by="Ana", at=f"{april}T09:00:00Z")


def test_dossier_and_command_say_what_has_come(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    id = raised(store)
    corrected(store, "6000")
    path = store.read(export_dossier, id, DAY, tmp_path / "out").path
    pdf = pypdfium2.PdfDocument(path.read_bytes())
    told = " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf)
    pdf.close()
    says = "100.00 EUR came for it since, on ST-2025-02; 100.00 EUR of the claim is missing."
    assert says in told.replace("\u00a0", " ")
    at = ["--book", str(store.path), "--as-of", str(DAY)]
    assert main(["dispute", "show", id, *at]) == 0
    assert f"  {says}\n" in capsys.readouterr().out


def test_a_correction_after_an_answer_is_told_before_the_money_comes_twice(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    id = raised(store)
    decided(store, id)
    assert store.read(doubts, "2025-02", DAY) == (), "an answer alone is no doubt"
    corrected(store, "7000")
    (doubt,) = store.read(doubts, "2025-02", DAY)
    assert str(doubt).startswith(
        "Alder: DI-0001 asked for 200.00 EUR more for line deal:D1: its answer added 200.00 EUR, and corrections bring "
        "200.00 EUR."
    )
    assert store.read(doubts, "2025-01", DAY) == (), "January is closed, and nothing is corrected on it"
    assert main(["statement", "2025-02", "--list", "--as-of", str(DAY), "--book", str(store.path)]) == 0
    assert "DI-0001 asked for" in capsys.readouterr().err


def test_a_correction_before_an_answer_is_no_doubt(store: Store) -> None:
    id = raised(store)
    corrected(store, "6000")
    decided(store, id)
    assert store.read(doubts, "2025-02", DAY) == ()
