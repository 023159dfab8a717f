"""What is open in the sample book: its worth with a Why of every amount, and the way to a tier that it opens."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Credit
from partnerdesk.engine.figures.replay import replay
from partnerdesk.errors import Refused
from partnerdesk.forecast.efforts import CERTIFICATE, USUAL
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.ops.settings import set_effort
from partnerdesk.queries.facts import facts
from partnerdesk.queries.path import path_to
from partnerdesk.queries.settings import effort_weights
from partnerdesk.queries.worth import kind_of, why_worth, worth_explained, worth_of, worths_of
from partnerdesk.reports.format import Formats
from partnerdesk.store import Store
from partnerdesk.ui.screens.worths import worth_explanation

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


def test_a_shared_deal_is_worth_something_to_each_who_shares_it(own: Store) -> None:
    alone = own.read(worth_of, "deal", "D-0431", TODAY).worth.well.effect.total
    mine = Credit(id="S-1", deal="D-0431", partner="P-04", role="sourced", share=Decimal("0.75"))
    other = Credit(id="S-2", deal="D-0431", partner="P-05", role="sourced", share=Decimal("0.25"))
    own.transact("Share", add_rows, [mine, other])
    first, second = own.read(worths_of, "deal", "D-0431", TODAY)
    assert (first.worth.partner, second.worth.partner) == ("P-04", "P-05")
    assert 0 < second.worth.well.effect.total < first.worth.well.effect.total < alone
    why = own.read(why_worth, "deal", "D-0431", TODAY, "total", partner="P-05")
    assert why.figure.value == second.worth.well.effect.total and why.partner_name == second.partner_name
    with pytest.raises(Refused, match="shared by P-04, P-05"):
        own.read(worth_of, "deal", "D-0431", TODAY, partner="P-07")


def test_what_a_renewal_takes_for_granted_is_said_and_leads_nowhere(sample: Store) -> None:
    found = sample.read(worth_explained, "contract", "K-0115", TODAY)
    said = worth_explanation(found, Formats())
    assert "is taken to follow, as long as the one that ends" in said.sentence
    taken = [row for row in said.inputs if row.words.endswith("assumed")]
    kept = {id for row in said.inputs if row not in taken for id in row.ids}
    assert taken and not any(row.is_link for row in taken)
    rows = sample.read(facts)
    assert kept <= {row.id for kind in rows.rows for row in rows.of(kind)}


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
