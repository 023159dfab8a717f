"""Choosing how often partners are reviewed: for all, for the partners of a tier, for one of them."""

import json
from collections.abc import Mapping

from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.models.book import setting
from partnerdesk.ops import sentences
from partnerdesk.queries.joint.cadence import CADENCE, RHYTHMS, Cadence, cadence


def set_rhythm(session: Session, rhythm: str) -> None:
    """The rhythm of every partner for which nothing else is chosen."""
    before = cadence(session)
    _keep(session, Cadence(_known(rhythm), before.tiers, before.partners))


def set_tier_rhythm(session: Session, tier: str, rhythm: str) -> None:
    """The rhythm of the partners of a tier; an empty one goes back to that of all."""
    before = cadence(session)
    _keep(session, Cadence(before.usual, _with(before.tiers, tier, rhythm), before.partners))


def set_partner_rhythm(session: Session, partner: str, rhythm: str) -> None:
    """The rhythm of one partner; an empty one goes back to that of its tier."""
    before = cadence(session)
    _keep(session, Cadence(before.usual, before.tiers, _with(before.partners, partner, rhythm)))


def _with(chosen: Mapping[str, str], name: str, rhythm: str) -> dict[str, str]:
    others = {k: v for k, v in chosen.items() if k != name}
    return others | ({name: _known(rhythm)} if rhythm else {})


def _known(rhythm: str) -> str:
    if rhythm not in RHYTHMS:
        raise Refused(f"“{rhythm}” is no rhythm of reviews.", f"Choose {sentences.listed(tuple(RHYTHMS))}.")
    return rhythm


def _keep(session: Session, chosen: Cadence) -> None:
    value = {"all": chosen.usual, "tiers": dict(chosen.tiers), "partners": dict(chosen.partners)}
    row = insert(setting).values(key=CADENCE, value=json.dumps(value, sort_keys=True, ensure_ascii=False))
    session.execute(row.on_conflict_do_update(index_elements=["key"], set_={"value": row.excluded.value}))
