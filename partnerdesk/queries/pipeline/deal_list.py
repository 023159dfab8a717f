"""All deals of all partners as one list: each with its amount in the book's currency, how often it slipped, and how
likely it is.

Chances are read apart from the list: they are learned from every stage that a deal went through, which takes longer
than the rows themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Deal
from partnerdesk.forecast.chances import THIN, Chances
from partnerdesk.models.facts import TABLES
from partnerdesk.queries.partners.people import PartnerName, PersonRow, partner_rows, people
from partnerdesk.queries.pipeline.deals import SLIP_TO, DealRow, deals
from partnerdesk.queries.pipeline.exchanged import book_exchange
from partnerdesk.queries.pipeline.learned import chances_at
from partnerdesk.queries.quarters import quarter_of

SOURCES = ("customer", "deal", "stage_change")  # what the chance of a deal is learned from


@dataclass(frozen=True, slots=True)
class ListedDeal:
    """A deal with its amount in the currency of the list (None where it has none, or no rate) and its slips."""

    deal: DealRow
    amount: Decimal | None
    slips: int
    as_of: date
    quarter_ends: date

    @property
    def id(self) -> str:
        return self.deal.id

    @property
    def is_open(self) -> bool:
        return self.deal.status == "open"

    @property
    def days_late(self) -> int:
        """Days since an open deal should have closed."""
        expected = self.deal.expected_close
        return (self.as_of - expected).days if self.is_open and expected is not None and expected < self.as_of else 0

    @property
    def closes_this_quarter(self) -> bool:
        """Whether an open deal should close by the end of the quarter of the list; a late one as well."""
        expected = self.deal.expected_close
        return self.is_open and expected is not None and expected <= self.quarter_ends


@dataclass(frozen=True, slots=True)
class Likely:
    """The probability that a deal is won: a person's own one where one is set, else what the book's record says.

    `learned` is the record's in any case; it rests on so many `cases`.
    """

    value: Decimal
    is_own: bool
    learned: Decimal
    rests_on: str
    cases: int

    @property
    def is_thin(self) -> bool:
        return self.cases < THIN


@dataclass(frozen=True, slots=True)
class DealList:
    """The rows, open ones by expected close first; `stages` are those in use by open deals; `people` are ours."""

    rows: tuple[ListedDeal, ...]
    currency: str
    stages: tuple[str, ...]
    people: tuple[PersonRow, ...]
    partners: tuple[PartnerName, ...]


def deal_list(session: Session, as_of: date) -> DealList:
    """Every deal of the book."""
    found, exchange, slipped = deals(session), book_exchange(session), _slips(session)
    ends = quarter_of(session, as_of).end
    rows = tuple(
        ListedDeal(d, exchange.amount(d.amount, d.currency, as_of), slipped.get(d.id, 0), as_of, ends) for d in found
    )
    return DealList(rows, exchange.currency, _stages(found), people(session, None), partner_rows(session))


def deal_chances(session: Session, as_of: date) -> dict[str, Likely]:
    """How likely each open deal is won, by its id."""
    found = chances_at(session, as_of, SOURCES)
    return {deal.id: _likely(found, deal) for deal in found.facts.of("deal") if deal.status == "open"}


def deal_chance(session: Session, id: str, as_of: date) -> Likely | None:
    """How likely one deal is won; None where it is not open."""
    found = chances_at(session, as_of, SOURCES)
    deal = next((deal for deal in found.facts.of("deal") if deal.id == id and deal.status == "open"), None)
    return None if deal is None else _likely(found, deal)


def _likely(chances: Chances, deal: Deal) -> Likely:
    learned = chances.of_deal(replace(deal, probability=None))
    record = Decimal(f"{learned.value:.4f}")
    is_own = deal.probability is not None
    value = deal.probability if deal.probability is not None else record
    return Likely(value, is_own, record, learned.rests_on, learned.cases)


def _stages(found: Sequence[DealRow]) -> tuple[str, ...]:
    """The stages of open deals, the most used first."""
    used = [d.stage for d in found if d.status == "open" and d.stage]
    return tuple(sorted(dict.fromkeys(used), key=lambda stage: (-used.count(stage), stage)))


def _slips(session: Session) -> dict[str, int]:
    """How often each deal slipped."""
    stage = TABLES["stage_change"].c
    moved = func.json_extract(stage.attributes, SLIP_TO).is_not(None)
    query = select(stage.deal, func.count()).where(stage.attributes != "{}", moved).group_by(stage.deal)
    return {row[0]: row[1] for row in session.execute(query)}
