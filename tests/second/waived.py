"""A debt that is waived stood below zero: after what was really paid, the payable balance was as much below zero at the
end of the settlement period. Neither evaluator is asked: entries are added up.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.outcome import LOSS, PAYABLE, Entry, is_remitted
from partnerdesk.engine.settling.moved import is_loss
from partnerdesk.engine.whole import Outcome
from tests.second.closed import posted_half, with_late_facts
from tests.second.maker.pair import Pair

ZERO = Decimal(0)


def a_waived_debt_stood_below_zero(pair: Pair) -> None:
    """Both with nothing closed and where facts come after the close."""
    for where, day, waived, balance in waivers(pair):
        assert balance + waived <= 0, f"{where} {day}: {waived} are waived of a balance of {balance}"


def waivers(pair: Pair) -> Iterator[tuple[str, date, Decimal, Decimal]]:
    """The partner, the day, what is waived, and the balance before it.

    Partners apart whose payouts a dispute or a hold moves to another day, or whose types are settled apart; and
    programs that recover draws: what was recovered counts as paid, also of a draw that was never paid out.
    """
    rules = [version.settlement for version in pair.programs]
    if rules[-1].each == "type" or any(rule.draw and rule.draw.recoverable for rule in rules):
        return
    moved = {row.partner for kind in ("dispute", "hold") for row in pair.facts.of(kind)}
    posted, late = posted_half(pair), with_late_facts(pair)
    found = [(evaluate(pair.programs, pair.facts, pair.as_of), date.min)]
    found += [
        (evaluate(pair.programs, late, pair.as_of, posted={id: one}), one.closed_to) for id, one in posted.items()
    ]
    for evaluation, closed_to in found:
        for id, outcome in evaluation.partners.items():
            if id not in moved:
                for entry in outcome.entries:
                    if entry.kind == LOSS and entry.amount > 0 and entry.day > closed_to:
                        yield id, entry.day, entry.amount, _before(outcome, entry)


def _before(outcome: Outcome, loss: Entry[Decimal]) -> Decimal:
    """The balance at the end of a settlement period, without what comes after its cut.

    What came back without having been paid is no payout: it stands to the partner's credit, and bears no debt.
    """
    cut = next(p.cut for p in outcome.payouts.values() if p.period.end == loss.day)
    own = [entry for entry in outcome.entries if entry.bucket == PAYABLE]
    settled = sum((e.amount for e in own if e.day <= cut and not is_remitted(e) and not is_loss(e)), ZERO)
    paid = sum((e.amount for e in own if e.day <= loss.day and is_remitted(e)), ZERO)
    return settled + min(paid, ZERO) + sum((e.amount for e in own if is_loss(e) and e.day < loss.day), ZERO)
