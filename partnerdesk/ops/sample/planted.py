"""What the sample book holds on purpose, so that every rule of the program and every screen has something to show.

Roles are given in `partners.toml`. What grows out of a partner's temper (below and above the Gold floor, drifting,
capped, the safety net) needs nothing here; what must happen on a day does.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from partnerdesk.engine.facts import Case, Customer, Deal
from partnerdesk.ops.sample.story import Story

HOSTILE_CUSTOMER = "Q&T Mobile <Labs>"
HOSTILE_DEAL = "Q&T Mobile <Labs>, pilot: $5k to $10k"
HOSTILE_STEP = "Send the offer: $5k to $10k, not =SUM(A1) & not <draft>"
RENEWS = date(2026, 12, 14)
SOLD, BEGAN, LEFT = date(2025, 12, 10), date(2026, 1, 1), date(2026, 6, 18)


@dataclass(frozen=True, slots=True)
class Planted:
    """What was planted where: ids of partners by role, and the rows that make it happen."""

    seed: int
    as_of: date
    partners: dict[str, str]
    rows: int
    churned_contract: str
    unowned_renewal: str
    hostile_deal: str


def tell(story: Story) -> None:
    """What happens to a partner of a role on a certain day."""
    tellers = {
        "clawed_back": _early_end,
        "escalated": _escalations,
        "hostile_text": _hostile_text,
        "below_gold": _unowned_renewal,
    }
    teller = tellers.get(story.profile.role)
    if teller is not None:
        teller(story)


def _early_end(story: Story) -> None:
    """A customer leaves half a year after the sale: what was paid for it is clawed back in part."""
    account = story.customer()
    story.won(account, SOLD, 28_800, "new", "PR-1")
    contract = story.contracts[-1]
    story.contracts[-1] = replace(
        contract,
        start=BEGAN,
        end=LEFT,
        recurring=Decimal(19_200),
        cadence="quarter",
        outcome="churned",
        outcome_on=LEFT,
        reason="Merged with another company",
    )


def _escalations(story: Story) -> None:
    """Three escalated cases in one quarter: too many for the holdback that is due at its end."""
    for number, day in enumerate((date(2026, 4, 14), date(2026, 5, 6), date(2026, 6, 2)), 1):
        story.rows.append(
            Case(
                id=f"A-{story.number}E{number}",
                partner=story.profile.partner.id,
                customer=story.accounts[0].id,
                title="Go-live stopped by the auditors",
                opened=day,
                closed=day + timedelta(days=30),
                severity="high",
                escalated=True,
                in_time=False,
            )
        )


def _hostile_text(story: Story) -> None:
    """Names that break careless programs stand in the pipeline of a partner that is called like a Greek letter."""
    at = next(i for i, row in enumerate(story.rows) if isinstance(row, Deal) and row.status == "open")
    deal = story.rows[at]
    assert isinstance(deal, Deal)
    story.rows[at] = replace(
        deal, name=HOSTILE_DEAL, next_step=HOSTILE_STEP, amount=Decimal(7_500), recurring=Decimal(5_200)
    )
    home = next(i for i, row in enumerate(story.rows) if isinstance(row, Customer) and row.id == deal.customer)
    story.rows[home] = replace(story.rows[home], name=HOSTILE_CUSTOMER)  # type: ignore[call-arg]


def _unowned_renewal(story: Story) -> None:
    """A large contract renews in December, its day of notice has passed, and nobody owns it."""
    account = story.customer()
    story.won(account, date(2024, 12, 4), 62_000, "new", "PR-1")
    story.contracts[-1] = replace(
        story.contracts[-1],
        start=date(2024, 12, 15),
        end=RENEWS - timedelta(days=365),
        recurring=Decimal(42_000),
        cadence="year",
        notice_days=30,
        outcome="renewed",
        outcome_on=date(2025, 11, 24),
        outcome_amount=Decimal(42_000),
    )
    story.follow(story.contracts[-1])
    story.contracts[-1] = replace(story.contracts[-1], owner=None)
