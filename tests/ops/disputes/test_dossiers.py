"""The dossier of a dispute: all of it is on the pages, nothing of another partner is, and it is the same every time."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest

from partnerdesk.cli import main
from partnerdesk.engine.facts import Partner
from partnerdesk.engine.figures.figure import Figure
from partnerdesk.errors import Refused
from partnerdesk.ops.rows.facts import add_rows, change_row
from partnerdesk.ops.statements import dossiers
from partnerdesk.ops.statements.disputes import Claim, Decision, decide_dispute, note_on_dispute, raise_dispute
from partnerdesk.ops.statements.dossiers import export_dossier
from partnerdesk.queries.figures import evaluation
from partnerdesk.reports.dossier import build
from partnerdesk.store import Store
from tests.ops.disputes.disputed import AS_OF, LATER, MOMENT, RAISED, line, opened


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path, "pay") as store:
        claim = Claim(partner="P1", line=line(store), reason="15 % were agreed", raised_by="Rita", claimed=None)
        store.transact("Raise", raise_dispute, claim, on=RAISED, by="Ana", at=MOMENT)
        yield store


def words(path: Path) -> str:
    pdf = pypdfium2.PdfDocument(path.read_bytes())
    try:
        return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf)
    finally:
        pdf.close()


def test_claim_calculation_rows_rule_and_timeline_are_told(store: Store, tmp_path: Path) -> None:
    said = {"on": RAISED, "by": "Ana", "at": MOMENT}
    store.transact("Note", note_on_dispute, "DI-0001", "Finance was asked", **said)
    made = store.read(export_dossier, "DI-0001", LATER, tmp_path / "out")
    told = words(made.path)
    for part in ("15 % were agreed", "Rita", "ST-2025-01", "1,200.00", "Finance was asked", "multiplied"):
        assert part in told, part
    for title in ("The claim", "How the line came about", "The rows it rests on", "The rule in force", "The answer"):
        assert title in told, title
    assert "1,200.00 EUR of ST-2025-01; not answered yet" in told.replace("\u00a0", " ")
    assert "Held of it 720.00 EUR" in told.replace("\u00a0", " ") and "Finance was asked." in told
    assert "no answer was given yet" in told and "version 2024.1" in told
    again = store.read(export_dossier, "DI-0001", LATER, tmp_path / "out")
    assert again.replaced and words(again.path) == told


def test_a_step_that_comes_again_is_told_once_and_one_month_is_no_months() -> None:
    age = Figure(
        Decimal(1),
        "months",
        "months since it began",
        "difference",
        tuple(Figure(Decimal(n), "months", "", "given") for n in (2, 1)),
    )
    both = Figure(Decimal(2), "months", "both", "sum", (age, age))
    steps = list(dossiers._steps(both))
    assert [step.depth for step in steps] == [0, 1, 2, 2, 1]
    assert [step.how for step in steps if step.depth == 1] == ["the second taken from the first", "as above"]
    assert [build._value(step) for step in steps] == ["2 months", "1 month", "2 months", "1 month", "1 month"]


def test_a_short_one_is_one_page_and_a_long_one_has_no_rest_alone(store: Store, tmp_path: Path) -> None:
    given = Decision(outcome="approved", reason="The addendum holds", approver="Bo", amount=Decimal("75.25"))
    store.transact("Decide", decide_dispute, "DI-0001", given, on=LATER, by="Ana", at=MOMENT)
    made = store.read(export_dossier, "DI-0001", LATER, tmp_path / "out")
    assert made.pages == 1 and "amount 10,000.00 EUR" in words(made.path)


def test_the_line_is_told_as_it_was_closed_and_not_as_of_today(store: Store, tmp_path: Path) -> None:
    before = words(store.read(export_dossier, "DI-0001", LATER, tmp_path / "out").path)
    calculation = before[before.index("How the line came about") :]
    deal = line(store).partition(":")[2]
    store.transact("Correct", change_row, "deal", deal, {}, amount=Decimal("77777.00"))
    now = words(store.read(export_dossier, "DI-0001", LATER, tmp_path / "out").path)
    assert now.endswith(calculation) and "came for it since, on ST-2025-04" in now


def test_a_decision_is_told_with_what_it_grants(store: Store, tmp_path: Path) -> None:
    given = Decision(outcome="approved", reason="The addendum holds", approver="Bo", amount=Decimal("75.25"))
    store.transact("Decide", decide_dispute, "DI-0001", given, on=LATER, by="Ana", at=MOMENT)
    told = words(store.read(export_dossier, "DI-0001", LATER, tmp_path / "out").path)
    assert "The addendum holds" in told and "75.25" in told and "DI-0001-A" in told and "no answer" not in told
    assert "The addendum holds. Granted: 75.25 EUR." in told.replace("\u00a0", " ")
    early = words(store.read(export_dossier, "DI-0001", RAISED, tmp_path / "early").path)
    assert "Data as of 06 May 2025" in early, "no earlier than what it tells"


def test_a_name_that_the_title_shortens_is_told_whole(store: Store, tmp_path: Path) -> None:
    name = "Gesellschaft für die Zusammenarbeit mit Versicherungen und Krankenhäusern mbH KG"
    store.transact("Rename", change_row, "partner", "P1", {}, name=name)
    assert name in words(store.read(export_dossier, "DI-0001", LATER, tmp_path / "out").path)


def test_a_dossier_that_names_another_partner_is_not_written(store: Store, tmp_path: Path) -> None:
    store.transact("Add", add_rows, [Partner(id="P9", name="Secretive Works")])
    said = {"on": RAISED, "by": "Ana", "at": MOMENT}
    store.transact("Note", note_on_dispute, "DI-0001", "Like the case of Secretive Works", **said)
    with pytest.raises(Refused, match="names Secretive Works"):
        store.read(export_dossier, "DI-0001", LATER, tmp_path / "out")
    assert not list((tmp_path / "out").glob("*"))
    with pytest.raises(Refused, match="no dispute DI-0009"):
        store.read(export_dossier, "DI-0009", LATER, tmp_path / "out")


def test_a_total_is_told_by_its_roll_forward(store: Store, tmp_path: Path) -> None:
    claim = Claim(partner="P1", line="ST-2025-03", reason="A campaign", raised_by="Rita", more=Decimal("1200.00"))
    store.transact("Raise", raise_dispute, claim, on=RAISED, by="Ana", at=MOMENT)
    made = store.read(export_dossier, "DI-0002", LATER, tmp_path / "out")
    told = words(made.path).replace("\u00a0", " ")
    for said in (
        "disputes the total of ST-2025-03, 600.00 EUR payable at its end; not answered yet",
        "How the total came about",
        "Claimed 1,200.00 EUR more",
        "Made payable in the period the same without the opening and what was paid 600.00 EUR",
        "Its rows are those of the statement",
    ):
        assert said in told, said
    assert made.pages == 1


def test_a_total_names_the_balances_that_its_statement_prints(store: Store, tmp_path: Path) -> None:
    claim = Claim(partner="P1", line="ST-2025-02", reason="A campaign", raised_by="Rita")
    store.transact("Raise", raise_dispute, claim, on=RAISED, by="Ana", at=MOMENT)
    told = words(store.read(export_dossier, "DI-0002", LATER, tmp_path / "out").path).replace("\u00a0", " ")
    for said in ("Payable at its end 0.00 EUR", "Held at its end 720.00 EUR", "Opening balance 480.00 EUR"):
        assert said in told, said
    assert "Held of it" not in told and "\N{MINUS SIGN}480.00 EUR" in told, "what was paid is a row of it"


def test_what_was_granted_is_written_as_the_partner_writes_amounts(store: Store, tmp_path: Path) -> None:
    store.transact("Correct", change_row, "partner", "P1", {}, language="de_DE")
    given = Decision(outcome="approved", reason="The addendum holds", approver="Bo", amount=Decimal("1275.25"))
    store.transact("Decide", decide_dispute, "DI-0001", given, on=LATER, by="Ana", at=MOMENT)
    told = words(store.read(export_dossier, "DI-0001", LATER, tmp_path / "out").path).replace("\u00a0", " ")
    assert "Granted: 1.275,25 EUR." in told and "1,275.25" not in told


def test_a_release_holds_nothing_of_itself(store: Store, tmp_path: Path) -> None:
    moved = next(
        e
        for e in store.read(evaluation, AS_OF).partners["P1"].statements["2025-03"].entries
        if e.bucket == "held" and e.amount < 0
    )
    claim = Claim(partner="P1", line=moved.id, reason="Too little", raised_by="Rita")
    store.transact("Raise", raise_dispute, claim, on=RAISED, by="Ana", at=MOMENT)
    told = words(store.read(export_dossier, "DI-0002", LATER, tmp_path / "out").path)
    assert "Held of it nothing" in told


def test_a_movement_is_told_by_its_name(store: Store, tmp_path: Path) -> None:
    moved = next(
        e
        for e in store.read(evaluation, AS_OF).partners["P1"].statements["2025-01"].entries
        if e.kind == "holdback" and e.bucket == "payable"
    )
    claim = Claim(partner="P1", line=moved.id, reason="Too much", raised_by="Rita")
    store.transact("Raise", raise_dispute, claim, on=RAISED, by="Ana", at=MOMENT)
    told = words(store.read(export_dossier, "DI-0002", LATER, tmp_path / "out").path).replace("\u00a0", " ")
    assert "How the holdback came about" in told and f"Movement holdback {moved.id.partition(':holdback')[0]}" in told


def test_the_command_writes_it(store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--book", str(store.path), "--out", str(tmp_path / "out"), "--as-of", "2025-05-06"]
    assert main(["dispute", "dossier", "DI-0001", *given]) == 0
    assert "Dossier_DI-0001" in capsys.readouterr().out
