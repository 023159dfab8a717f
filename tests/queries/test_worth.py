"""What an open deal and a renewal of the sample book are worth, and that every amount has its Why."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from partnerdesk.engine.replay import replay
from partnerdesk.errors import Refused
from partnerdesk.queries.facts import facts
from partnerdesk.queries.worth import kind_of, why_worth, worth_of
from partnerdesk.store import Store

TODAY = date(2026, 11, 19)


def test_a_renewal_pays_later_and_its_loss_is_told_beside_it(sample: Store) -> None:
    assert sample.read(kind_of, "K-0115", TODAY) == "contract"
    found = sample.read(worth_of, "contract", "K-0115", TODAY)
    well, ill = found.worth.well, found.worth.ill
    assert ill is not None
    assert (well.name, ill.name) == ("renewed", "churned")
    assert well.effect.total == well.effect.later > 0 == well.effect.now
    assert all(m.is_own for m in well.effect.moved)
    assert found.likely.well.effect.now == 0


def test_the_why_of_a_deal_leads_to_its_lines(sample: Store) -> None:
    found = sample.read(worth_of, "deal", "D-0431", TODAY).worth
    why = sample.read(why_worth, "deal", "D-0431", TODAY, "total")
    assert replay(why.figure) == why.figure.value == found.well.effect.total > 0
    assert "two evaluations" in why.sentence


def test_what_is_over_or_unknown_is_refused(sample: Store) -> None:
    won = next(d.id for d in sample.read(_won))
    for kind, id in (("deal", won), ("deal", "D-9999"), ("partner", "P-01")):
        with pytest.raises(Refused):
            sample.read(worth_of, kind, id, TODAY)


def _won(session: Session) -> list[Any]:
    return [d for d in facts(session, kinds=["deal"]).of("deal") if d.status == "won"]
