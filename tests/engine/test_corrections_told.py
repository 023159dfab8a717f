"""A correction of what is held of a sum says what it corrects, and not only until when that was held."""

from datetime import date
from decimal import Decimal as D

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Transaction
from partnerdesk.engine.semantics import NEWEST, TELLS_CORRECTED
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


def corrected(semantics: int) -> tuple[set[str], set[str]]:
    """The notes of corrections of the holdback, and the statements that they say posted it."""

    def invoice(amount: int) -> Transaction:
        day = date(2025, 2, 20)
        return Transaction(id="I", partner="A", kind="invoice", day=day, amount=D(amount), number="1")

    one, closed, now = [program(SHARE + HELD)], date(2025, 6, 30), date(2025, 7, 31)
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
