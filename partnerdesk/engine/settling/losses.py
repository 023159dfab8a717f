"""What settlement takes off the payable balance for good: forfeited, lapsed, or below zero and waived.

Payouts say how much of what is due is lost, and why. Once its settlement period has ended, that is an entry of the
ledger on the period's last day. Payouts leave these entries aside: they follow from payouts and move none.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from partnerdesk.engine.figures.figure import N, is_zero
from partnerdesk.engine.outcome import LOSS, PAYABLE, Entry, Payout, entry_of
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.semantics import POSTS_LOSSES
from partnerdesk.engine.settling.ledger import Posted, entry_order, settled
from partnerdesk.engine.settling.moved import Due, is_loss, is_spared, loss_id
from partnerdesk.engine.settling.settlement import payouts
from partnerdesk.engine.settling.spared_corrections import spared_corrections


def with_losses(
    reckoning: Reckoning[N], recomputed: list[Entry[N]], since: Mapping[str, Due[N]], posted: Posted | None
) -> list[Entry[N]]:
    """All entries that stand, with what settlement takes of them; `since` as in `payouts`.

    What true-ups give back of former losses comes before: payouts are made with it.
    """
    stood = settled(reckoning, recomputed, _only(posted, lambda e: not (is_loss(e) or is_spared(e))))
    if posted is not None:
        back = settled(reckoning, spared_corrections(reckoning, stood, since), _only(posted, is_spared))
        stood = sorted([*stood, *back], key=entry_order) if back else stood
    lost = losses(reckoning, stood, since)
    found = settled(reckoning, lost, _only(posted, is_loss)) if lost or posted is not None else []
    return sorted([*stood, *found], key=entry_order) if found else stood


def _only(posted: Posted | None, wanted: Callable[[Entry[Decimal]], bool]) -> Posted | None:
    """What closed statements hold of some entries alone."""
    return None if posted is None else replace(posted, entries=tuple(filter(wanted, posted.entries)))


def losses(reckoning: Reckoning[N], entries: Sequence[Entry[N]], since: Mapping[str, Due[N]]) -> list[Entry[N]]:
    """What the settlement periods that have ended take of a partner's entries, which are in order of day."""
    if reckoning.semantics < POSTS_LOSSES or not reckoning.terms.may_lose:
        return []
    found = payouts(reckoning, entries, since).values()
    return [_loss(reckoning, p) for p in found if p.period.end <= reckoning.as_of and not is_zero(p.lost)]


def _loss(reckoning: Reckoning[N], payout: Payout[N]) -> Entry[N]:
    """The entry of what a payout forfeits; above zero for a debt that it waives."""
    ar, day, partner = reckoning.arithmetic, payout.period.end, reckoning.partner
    amount = ar.because(ar.negative(payout.lost, f"forfeited or waived, {payout.period}"), payout.because)
    period = reckoning.terms.statement_period(day)
    return entry_of(
        (loss_id(payout), LOSS, PAYABLE, day, period, amount, partner, "", payout.type, payout.rule, payout.because, "")
    )
