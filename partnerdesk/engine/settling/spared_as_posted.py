"""What a clawback does not take of a line that was corrected after a close, because settlement had taken it before.

Closed statements forfeited what they had posted, not what the line is today. So the balance is followed over the
entries that stand: what was posted, what corrects it, and what is given back of corrections meanwhile.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.outcome import TRUEUP, Entry
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.semantics import SPARES_AS_POSTED
from partnerdesk.engine.settling.ledger import Posted, entry_order, settled
from partnerdesk.engine.settling.lots import Lot
from partnerdesk.engine.settling.moved import Due, is_given_back, is_loss, moved_apart
from partnerdesk.engine.settling.spared import noted, spared
from partnerdesk.engine.settling.spared_corrections import Correcting
from partnerdesk.engine.settling.unmade import remitted


def spared_of_posted(
    reckoning: Reckoning[N],
    entries: Sequence[Entry[N]],
    since: Mapping[str, Due[N]],
    lots: Mapping[str, Lot[N]],
    posted: Posted | None,
) -> list[Entry[N]]:
    """The entries that give back what clawbacks took of money that settlement had taken already; `since` as in
    `payouts`. What was lost so is noted with its line.
    """
    if posted is None or reckoning.semantics < SPARES_AS_POSTED or not lots or not reckoning.terms.may_lose:
        return spared(reckoning, entries, since, lots)
    own = tuple(e for e in posted.entries if not (is_loss(e) or is_given_back(e)))
    stood = settled(reckoning, list(entries), replace(posted, entries=own))
    if not any(entry.kind == TRUEUP for entry in stood):
        return spared(reckoning, entries, since, lots)
    apart, paid = moved_apart(reckoning, stood, since), remitted(reckoning, stood)
    found = [_Both(reckoning, type_, moved, paid, lots) for type_, moved in apart.items()]
    for account in found:
        for _ in account.run():
            pass
    return noted(found, lots, [entry for account in found for entry in account.of_clawbacks])


class _Both(Correcting[N]):
    """An account that gives back what clawbacks took of what was lost, and what corrections did."""

    def __init__(
        self,
        reckoning: Reckoning[N],
        type_: str,
        entries: Sequence[Entry[N]],
        paid: Sequence[Entry[N]] | None,
        lots: Mapping[str, Lot[N]],
    ) -> None:
        super().__init__(reckoning, type_, entries, paid, is_wide=True)
        self.lots, self.of_clawbacks = lots, list[Entry[N]]()

    def given_back(self, entries: Sequence[Entry[N]]) -> list[Entry[N]]:
        backs = [back for entry in entries if (back := self.back(entry)) is not None]
        self.of_clawbacks += backs
        return backs + super().given_back(sorted([*entries, *backs], key=entry_order))
