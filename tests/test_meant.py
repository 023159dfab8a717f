"""What is said of an id that is not there: the one that may be meant, by id or by name."""

import pytest

from partnerdesk.meant import meant, unknown

KNOWN = {"P-001": "Nordlys Data AS", "P-002": "Nordlys Cloud", "P-019": "Tatrova", "H-1": ""}


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("p1", "P-001 (Nordlys Data AS)"),
        ("P19", "P-019 (Tatrova)"),
        ("h-1", "H-1"),
        ("nordlys cloud", "P-002 (Nordlys Cloud)"),
        ("Nordlys", "P-001 (Nordlys Data AS) or P-002 (Nordlys Cloud)"),
        ("Tatrowa", "P-019 (Tatrova)"),
        ("Aquila", ""),
        ("P-001", ""),  # it is there, and something else was amiss
    ],
)
def test_the_one_that_may_be_meant_is_named(said: str, found: str) -> None:
    assert meant(said, KNOWN) == found


def test_a_refusal_names_what_is_not_there_what_is_near_and_where_all_stand() -> None:
    told = unknown("partner", "P1", KNOWN, "Partners shows them.")
    assert str(told) == (
        "There is no partner P1 in this book. Did you mean P-001 (Nordlys Data AS)? Partners shows them."
    )
    assert (
        str(unknown("hold", "H-9", [], "Holds shows them.", "here")) == "There is no hold H-9 here. Holds shows them."
    )
    assert unknown("partner", " ", KNOWN, "").sentence == "No partner is named."
