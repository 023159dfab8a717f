"""A correction of what is held of a sum says what it corrects, and not only until when that was held."""

from datetime import date
from decimal import Decimal as D
from typing import Any

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Contract, Transaction
from partnerdesk.engine.semantics import NEWEST, TELLS_CORRECTED, TELLS_SINCE
from partnerdesk.engine.settling.ledger import Posted
from partnerdesk.ops.statements.corrected import corrections_of
from tests.engine.cases import facts, program
from tests.engine.payouts import SHARE

HELD = """
[holdback.returns]
of = ["share"]
share = 0.1
every = "quarter"
release_after = 1
release_unit = "quarter"
"""


def corrected(semantics: int, held: str = HELD) -> tuple[set[str], set[str]]:
    """The notes of corrections of the holdback, and the statements that they say posted it."""

    def invoice(amount: int) -> Transaction:
        day = date(2025, 2, 20)
        return Transaction(id="I", partner="A", kind="invoice", day=day, amount=D(amount), number="1")

    one, closed, now = [program(SHARE + held)], date(2025, 6, 30), date(2025, 7, 31)
    first = evaluate(one, facts([invoice(1000)]), closed, semantics=semantics).partners["A"]
    posted = {"A": Posted(closed, first.entries)}
    found = evaluate(one, facts([invoice(600)]), now, posted=posted, semantics=semantics).partners["A"]
    own = [e for e in found.entries if e.kind == "trueup" and not e.line]
    assert len(own) == 4
    details = corrections_of(found, found.statements["2025-07"], {}, semantics)
    return {e.note for e in own}, {details[e.id].statement for e in own if e.id in details}


def test_it_names_what_it_corrects_and_the_statement_that_posted_it() -> None:
    notes, posted = corrected(NEWEST)
    assert notes == {
        "changed since it was posted: holdback on the sum of lines until end of 2025Q2, of 2025-03",
        "changed since it was posted: release of what was held of the sum of lines, end of 2025Q2, of 2025-06",
    }
    assert posted == {"ST-2025-03", "ST-2025-06"}


def test_what_was_closed_before_keeps_its_words() -> None:
    notes, posted = corrected(TELLS_CORRECTED - 1)
    assert notes == {f"changed since it was posted: end of 2025Q2 of 2025-0{month}" for month in (3, 6)}
    assert posted == set()


def test_what_is_held_until_the_end_of_its_own_period_is_told_once() -> None:
    own = HELD.replace('release_unit = "quarter"', 'release_unit = "month"').replace("after = 1", "after = 0")
    monthly = own.replace('every = "quarter"', 'every = "month"')
    notes, _ = corrected(NEWEST, monthly)
    assert all("its end, of 2025-02" in note for note in notes) and len(notes) == 2
    assert all("end of 2025-02, of 2025-02" in note for note in corrected(TELLS_SINCE - 1, monthly)[0])


def taken_back(semantics: int) -> set[str]:
    """The notes of corrections by a churn that was known after the close."""

    def contract(**more: Any) -> Contract:
        terms = {"start": date(2025, 1, 15), "end": date(2026, 1, 14), "recurring": D(1200)}
        return Contract(id="K2", partner="A", **terms, **more)

    text = """
[earning.start]
says = "Start"
type = "START"
on = "contract started"
base = "recurring"
rate = 0.1
clawback = [{ if = "churned", within_months = 12 }]
"""
    one, closed, now = [program(text)], date(2025, 4, 30), date(2025, 5, 31)
    first = evaluate(one, facts([contract()]), closed, semantics=semantics).partners["A"]
    gone = contract(outcome="churned", outcome_on=date(2025, 4, 10))
    posted = {"A": Posted(closed, first.entries)}
    found = evaluate(one, facts([gone]), now, posted=posted, semantics=semantics).partners["A"]
    return {e.note for e in found.entries if e.kind == "trueup"}


def test_a_clawback_says_since_when_its_window_runs_and_its_correction_sets_the_period_off() -> None:
    began = "known only after the close: contract K2 churned on 10 Apr 2025, within 12 months of"
    assert taken_back(NEWEST) == {f"{began} its start on 15 Jan 2025, of 2025-04"}
    assert taken_back(TELLS_SINCE - 1) == {f"{began} 2025-04"}
