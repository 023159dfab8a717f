"""How often partners are reviewed: a rhythm for all, another per tier, and one of its own for a single partner."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.models.book import setting

CADENCE = "reviews.cadence"  # setting: {"all": rhythm, "tiers": {tier: rhythm}, "partners": {id: rhythm}}

# Rhythm -> its words and the units that are reviewed.
RHYTHMS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "monthly": ("Monthly operating and quarterly", ("quarter", "month")),
    "quarterly": ("Quarterly", ("quarter",)),
    "half-yearly": ("Half-yearly", ("half",)),
    "none": ("No reviews", ()),
}
USUAL = "quarterly"


@dataclass(frozen=True, slots=True)
class Cadence:
    """What was chosen; a partner's own rhythm stands above its tier's, and that above the one for all."""

    usual: str = USUAL
    tiers: Mapping[str, str] = field(default_factory=dict)
    partners: Mapping[str, str] = field(default_factory=dict)

    def of(self, partner: str, tier: str) -> str:
        """The rhythm of a partner that holds a tier."""
        return self.partners.get(partner) or self.tiers.get(tier) or self.usual


def cadence(session: Session) -> Cadence:
    """The rhythms of the book; quarterly where nothing was chosen. A rhythm that is not known counts as not chosen."""
    text = session.execute(select(setting.c.value).where(setting.c.key == CADENCE)).scalar()
    raw = json.loads(text or "{}")
    usual = raw.get("all", USUAL)
    known = {scope: {k: v for k, v in raw.get(scope, {}).items() if v in RHYTHMS} for scope in ("tiers", "partners")}
    return Cadence(usual if usual in RHYTHMS else USUAL, known["tiers"], known["partners"])
