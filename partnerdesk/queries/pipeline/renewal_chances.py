"""How likely open contracts are renewed: a person's own probability where one is set, else the book's record."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Contract
from partnerdesk.forecast.chances import CHURNED, Chances
from partnerdesk.queries.pipeline.deal_list import Likely
from partnerdesk.queries.pipeline.learned import chances_at

SOURCES = ("contract", "customer", "survey")  # what the chance of a renewal is learned from


def renewal_chances(session: Session, as_of: date) -> dict[str, Likely]:
    """How likely each open contract is renewed at all, for less or more as well, by its id."""
    return dict(_all(chances_at(session, as_of, SOURCES)))


def _all(chances: Chances) -> Iterator[tuple[str, Likely]]:
    for contract in chances.facts.of("contract"):
        if contract.outcome == "open":
            yield contract.id, _likely(chances, contract)


def _likely(chances: Chances, contract: Contract) -> Likely:
    churned = chances.record_of_renewal(contract)[CHURNED]
    record, own = Decimal(f"{1 - churned.value:.4f}"), contract.probability
    return Likely(record if own is None else own, own is not None, record, churned.rests_on, churned.cases)
