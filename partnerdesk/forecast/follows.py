"""What a won deal brings with it in this book: credits and lines of its own, a contract and its payments.

Where most won deals became contracts, a deal that is won in a scenario becomes one as well: as long after the closing,
as long, and worth as much of the deal as those were in the middle.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from statistics import median
from typing import Any

from partnerdesk.engine.facts import Contract, Deal, Facts
from partnerdesk.engine.forecast import billed
from partnerdesk.engine.money import decimals, rounded
from partnerdesk.engine.period import add_months
from partnerdesk.forecast.chances import term_months


@dataclass(frozen=True, slots=True)
class Usual:
    """The usual contract of a deal: days after closing, months, cadence, and its yearly amount against the deal's."""

    after: int
    months: int
    cadence: str
    share: Decimal


class Follows:
    """What hangs on the deals of a book."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    @cached_property
    def _beside(self) -> Mapping[str, list[tuple[str, Any]]]:
        found: dict[str, list[tuple[str, Any]]] = defaultdict(list)
        for kind in ("credit", "deal_line"):
            for row in self.facts.of(kind):
                found[row.deal].append((kind, row))
        return found

    def beside(self, deal: str) -> Sequence[tuple[str, Any]]:
        """The credits and lines of a deal."""
        return self._beside.get(deal, ())

    @cached_property
    def usual(self) -> Usual | None:
        """The usual contract of a won deal; None where most deals have none."""
        won = {d.id: d for d in self.facts.of("deal") if d.status == "won" and d.closed}
        made = [(won[c.deal], c) for c in self.facts.of("contract") if c.deal in won and not c.renewal_of and c.start]
        pairs = [(deal, c) for deal, c in made if (deal.recurring or deal.amount) and c.recurring]
        if not pairs or len({deal.id for deal, _ in pairs}) * 2 < len(won):
            return None
        shares = [c.recurring / (deal.recurring or deal.amount) for deal, c in pairs]
        return Usual(
            after=int(median((c.start - deal.closed).days for deal, c in pairs)),
            months=int(median(term_months(c) for _, c in pairs)),
            cadence=Counter(c.cadence for _, c in pairs).most_common(1)[0][0],
            share=sorted(shares)[len(shares) // 2],
        )

    def after(self, deal: Deal, as_of: date, horizon: date) -> Iterator[tuple[str, Any]]:
        """The contract of a deal that is won in a scenario, and its payments up to the horizon."""
        worth, usual = deal.recurring or deal.amount, self.usual
        if usual is None or not worth or deal.closed is None:
            return
        start = deal.closed + timedelta(days=max(0, usual.after))
        if start > horizon:
            return
        term = Contract(
            id=f"{deal.id}:contract",
            partner=deal.partner,
            customer=deal.customer,
            product=deal.product,
            deal=deal.id,
            start=start,
            end=add_months(start, max(1, usual.months)) - timedelta(days=1),
            recurring=rounded(worth * usual.share, decimals(deal.currency)),
            cadence=usual.cadence,
            currency=deal.currency,
            owner=deal.owner,
        )
        yield "contract", term
        for row in billed(term, as_of, horizon):
            yield "transaction", row
