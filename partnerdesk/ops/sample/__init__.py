"""The sample book: an invented software vendor, its partners, and three years between them, from one seed.

`make_sample` fills an empty book; the same seed gives the same rows on every machine. What was planted on purpose is
returned, so that tests and the first tour can point at it. Statements and payments of commission are not made here:
they follow from the program; `add_payments` takes the remittances in.
"""

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from partnerdesk.engine.facts import KIND_OF, Contract, Deal, Fact, Payment
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.ops.sample import planted
from partnerdesk.ops.sample.batches import add_batches
from partnerdesk.ops.sample.cast import AS_OF, PRODUCTS, customer_names, exchange_rates, people, profiles, vendor_people
from partnerdesk.ops.sample.enablement_book import tell_enablement
from partnerdesk.ops.sample.planning import tell_plans
from partnerdesk.ops.sample.planted import HOSTILE_DEAL, LEFT, RENEWS, Planted
from partnerdesk.ops.sample.standing import Standing
from partnerdesk.ops.sample.story import QUARTERS, Story

SYSTEM = "sample"
NAME = "Sample"

__all__ = ["AS_OF", "NAME", "SYSTEM", "Planted", "add_payments", "make_sample"]


def make_sample(session: Session, seed: int = 2026) -> Planted:
    """Fills an empty book with the sample world as of 19 November 2026; returns what was planted in it."""
    rows = sample_rows(seed)
    add_batches(session, rows, SYSTEM)
    tell_plans(session, rows, seed)
    tell_enablement(session, rows, seed)
    return planted_in(rows, seed)


def add_payments(session: Session, payments: Iterable[Payment]) -> None:
    """The remittances of past statements."""
    add_rows(session, payments, system=SYSTEM, by=NAME)


def sample_rows(seed: int = 2026) -> list[Fact]:
    """All facts of the sample world, known since the last day that each of them mentions."""
    cast = profiles()
    names = customer_names(cast, seed)
    rows: list[Fact] = [*vendor_people(), *PRODUCTS, *exchange_rates(seed)]
    for at, profile in enumerate(cast):
        helper = cast[(at + 1) % len(cast)].partner.id if profile.partner.type in ("integrator", "reseller") else None
        rows += [profile.partner, *people(profile, seed)]
        rows += _story(Story(profile, seed, names[profile.tongue], helper))
        rows += Standing(profile, seed, QUARTERS).tell()
    return [replace(row, known_on=_known(row)) for row in rows]


def _story(story: Story) -> list[Fact]:
    """A partner's rows: its years, with what is planted in them before they are billed."""
    story.tell()
    planted.tell(story)
    return story.told()


def planted_in(rows: list[Fact], seed: int) -> Planted:
    """Where the planted rows are."""
    roles = {profile.role: profile.partner.id for profile in profiles() if profile.role}
    contracts = [row for row in rows if isinstance(row, Contract)]
    hostile = [row for row in rows if isinstance(row, Deal) and row.name == HOSTILE_DEAL]
    return Planted(
        seed=seed,
        as_of=AS_OF,
        partners=roles,
        rows=len(rows),
        churned_contract=next(c.id for c in contracts if c.partner == roles["clawed_back"] and c.end == LEFT),
        unowned_renewal=next(c.id for c in contracts if c.partner == roles["below_gold"] and c.end == RENEWS),
        hostile_deal=hostile[0].id,
    )


# Days that a row plans or promises, so that they say nothing about when it was known.
_AHEAD = {"expected_close", "end", "expires", "due", "planned_kickoff", "planned_live", "known_on"}


def _known(row: Any) -> date | None:
    days = [getattr(row, f.name) for f in fields(row) if f.metadata["is"] == "day" and f.name not in _AHEAD]
    past = [day for day in days if day is not None and day <= AS_OF]
    return max(past, default=None) if KIND_OF[type(row)] != "exchange_rate" else row.day
