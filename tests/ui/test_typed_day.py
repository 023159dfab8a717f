"""Days as people type them: the same words in every field."""

from datetime import date

import pytest

from partnerdesk.errors import Refused
from partnerdesk.reports.format import Formats
from partnerdesk.ui.typed_day import day_reader

TODAY = date(2026, 11, 19)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("25 nov", date(2026, 11, 25)),
        ("24 Feb", date(2027, 2, 24)),
        ("fri", date(2026, 11, 20)),
        ("+2w", date(2026, 12, 3)),
        ("14 Dec 2026", date(2026, 12, 14)),
        ("03/02/2027", date(2027, 2, 3)),
        (" ", None),
    ],
)
def test_a_day_is_read_as_people_type_it(typed: str, day: date | None) -> None:
    assert day_reader(lambda: TODAY, Formats("en_GB"))(typed) == day


def test_what_is_no_day_is_refused() -> None:
    with pytest.raises(Refused, match="is not a day"):
        day_reader(lambda: TODAY, Formats("en_GB"))("soon")
