"""Days and times as people type them: the same words in every field."""

from datetime import date

import pytest

from partnerdesk.errors import Refused
from partnerdesk.reports.format import Formats
from partnerdesk.ui.typed_day import day_reader
from partnerdesk.ui.typed_time import read_time

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


@pytest.mark.parametrize(
    ("typed", "time"),
    [("14:00", "14:00"), ("9", "09:00"), ("9.30", "09:30"), ("1430", "14:30"), ("2 pm", "14:00"), ("12am", "00:00"),
     ("14h30", "14:30"), (" ", "")],
)  # fmt: skip
def test_a_time_is_kept_the_same_however_it_is_typed(typed: str, time: str) -> None:
    assert read_time(typed) == time


@pytest.mark.parametrize("typed", ["25:00", "9:75", "soon", "13 pm"])
def test_what_is_no_time_says_how_to_write_it(typed: str) -> None:
    with pytest.raises(ValueError, match="is not a time"):
        read_time(typed)
