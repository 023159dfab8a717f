"""What is open in the sample book: its worth with a Why of every amount, and the way to a tier that it opens."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

from partnerdesk.engine.figures.replay import replay
from partnerdesk.errors import Refused
from partnerdesk.forecast.efforts import CERTIFICATE, USUAL
from partnerdesk.ops.settings import set_effort
from partnerdesk.queries.facts import facts
from partnerdesk.queries.path import path_to
from partnerdesk.queries.settings import effort_weights
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
    assert "by the end of " in why.sentence and not re.search(r"\d{4}-\d{2}", why.sentence)


def test_what_is_over_or_unknown_is_refused(sample: Store) -> None:
    won = next(d.id for d in sample.read(_won))
    for kind, id in (("deal", won), ("deal", "D-9999"), ("partner", "P-01")):
        with pytest.raises(Refused):
            sample.read(worth_of, kind, id, TODAY)


def test_the_way_to_gold_is_that_of_the_partners_next_review(sample: Store) -> None:
    found = sample.read(path_to, "P-01", TODAY, "Gold")
    assert found.paths.period.label == "2026Q4"
    (step,) = found.paths.paths[0].steps
    assert step.action.kind == CERTIFICATE and step.needed == ("Certified people",)
    assert (found.counts_from, found.is_decided) == (date(2027, 1, 1), True)
    assert not sample.read(path_to, "P-01", TODAY, "Platinum").paths.paths
    with pytest.raises(Refused, match="no tier"):
        sample.read(path_to, "P-01", TODAY, "Diamond")


def test_efforts_are_kept_in_the_book_and_undone(own: Store) -> None:
    assert own.read(effort_weights) == USUAL
    own.transact("Effort", set_effort, CERTIFICATE, Decimal("7.5"))
    assert own.read(effort_weights)[CERTIFICATE] == Decimal("7.5")
    assert own.read(path_to, "P-01", TODAY, "Gold").paths.paths[0].effort != 2
    own.undo()
    assert own.read(effort_weights) == USUAL
    with pytest.raises(Refused):
        own.transact("Effort", set_effort, CERTIFICATE, Decimal(-1))


def _won(session: Session) -> list[Any]:
    return [d for d in facts(session, kinds=["deal"]).of("deal") if d.status == "won"]
