"""Where funds and benefits were wrong and the second evaluator (`tests/second`) found it, worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest

from partnerdesk.engine.facts import Certification, Partner, TierDecision, Transaction
from tests.engine.cases import worked
from tests.engine.funding import END, entry, fund

JUNE = date(2025, 6, 30)


@pytest.mark.parametrize("given_back", [date(2025, 5, 1), date(2025, 8, 1)])
def test_what_covered_an_approval_beyond_what_there_was_ends_on_its_own_day(given_back: date) -> None:
    rows = [
        entry("F1", "approval", date(2025, 2, 1), 100),
        entry("F2", "allocation", date(2025, 3, 1), 100, due=JUNE),
        entry("F3", "release", given_back, 100, request="F1"),
    ]
    found = fund("", rows)
    assert (found.available, found.expired) == (0, 100), "it came from money that was to be used by June"


def test_what_is_given_back_covers_first_what_another_request_took_beyond() -> None:
    rows = [
        entry("F1", "allocation", date(2025, 1, 10), 60, due=JUNE),
        entry("F2", "approval", date(2025, 2, 1), 60),
        entry("F3", "approval", date(2025, 2, 2), 40),
        entry("F4", "release", date(2025, 3, 1), request="F2"),
    ]
    assert fund("", rows, date(2025, 4, 1)).expiring == ((JUNE, Decimal(20)),)
    found = fund("", rows)
    assert (found.available, found.approved, found.expired) == (0, 40, 20), "nothing expires that is committed"


def test_what_ends_before_it_is_entered_ends_on_the_day_of_its_entry() -> None:
    late = entry("F1", "allocation", date(2025, 9, 26), 100, due=date(2025, 1, 31))
    assert [(m.kind, m.day) for m in fund("", [late]).moves] == [
        ("allocation", date(2025, 9, 26)),
        ("expiry", date(2025, 9, 26)),
    ]
    approved = entry("F3", "approval", date(2025, 9, 26), 50, due=date(2025, 2, 1))
    rows = [entry("F2", "allocation", date(2025, 1, 1), 100), approved]
    assert [(m.kind, m.day) for m in fund("", rows).moves][1:] == [
        ("approval", date(2025, 9, 26)),
        ("lapse", date(2025, 9, 26)),
    ]


def test_a_tier_is_held_since_its_move_and_not_only_since_the_first_fact() -> None:
    text = (
        '[metric.people]\nsays = "People"\nof = "certification"\ntake = "count"\nwindow = "in force"\n'
        '[[tier]]\nname = "Base"\n[[tier]]\nname = "Gold"\nrequires = { metric = "people", at_least = 1 }\n'
        'benefits = ["desk"]\n[benefit.desk]\nsays = "Launch desk"\ndelivered = "once"\nwithin_days = 30\n'
    )
    rows = [
        Partner(id="A", name="Alder", joined=date(2024, 10, 1)),
        Certification(id="C", partner="A", person="Ada", awarded=date(2024, 11, 1)),
        Transaction(id="I", partner="A", kind="invoice", day=date(2025, 7, 1), amount=Decimal(1)),
    ]
    benefit = worked(text, rows, END).benefits["desk"]
    assert (benefit.since, benefit.due, benefit.state) == (date(2025, 1, 1), date(2025, 1, 31), "late")


def test_a_decision_for_the_tier_that_is_held_begins_no_new_one() -> None:
    text = (
        'tiers = { moves = "confirmed" }\n[[tier]]\nname = "Base"\nbenefits = ["desk"]\n[[tier]]\nname = "Gold"\n'
        'requires = { partner = { region = "north" } }\n[benefit.desk]\nsays = "Launch desk"\ndelivered = "once"\n'
    )
    begun = date(2025, 1, 27)
    rows = [
        Partner(id="A", name="Alder", joined=begun),
        TierDecision(id="T", partner="A", day=date(2025, 4, 1), tier="Base"),
    ]
    assert worked(text, rows, END).benefits["desk"].since == begun
