"""What moved since the last review stands in the appendix and ties."""

from dataclasses import replace
from datetime import date
from decimal import Decimal as D

from partnerdesk.reports.pack import compose
from partnerdesk.reports.pack.data import Moved, SinceReview
from tests.reports.pack.world import FORMATS, appendix, pack
from tests.reports.page.reading import texts


def test_causes_lead_from_the_balance_then_to_the_balance_now() -> None:
    steps = (
        Moved("new data", D("44500.00"), ("Upfront commission", "Recurring commission")),
        Moved("payment", D(-31300)),
    )
    since = SinceReview(date(2026, 8, 14), D("18400.00"), D("31600.00"), steps)
    made = compose(pack(appendix=replace(appendix(), since=since)), FORMATS)
    assert made.faults == ()
    text = " ".join(" ".join(texts(made.content)).replace("\u00a0", " ").split())
    assert "Since the last review: what moved, EUR" in text
    assert "Held and payable at 14 Aug 2026 18,400.00" in text
    assert "New data Upfront commission, Recurring commission 44,500.00" in text
    assert "Payment (31,300.00)" in text and "Held and payable at 19 Nov 2026 31,600.00" in text
    assert since.start + sum(step.amount for step in steps) == since.end


def test_a_first_review_has_nothing_to_compare_with() -> None:
    assert "Since the last review" not in " ".join(texts(compose(pack(), FORMATS).content))
