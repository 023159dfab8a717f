"""The sentences of Today: read to their end, with periods as people call them."""

from partnerdesk.queries.today.view import Need
from partnerdesk.reports.format import Formats
from partnerdesk.ui.screens.need_words import LONGEST, need_words

FORMATS = Formats("en_GB")


def need(event: str, subject: str, period: str = "") -> Need:
    return Need("id", "contract", event, "P", "Nordlys", None, None, "Fix", ("target",), period=period, subject=subject)


def test_a_very_long_name_leaves_the_sentence_its_end() -> None:
    said = need_words(need("renews", "A very long name of a customer " * 6), FORMATS)
    assert said.endswith("… renews today") and len(said) < LONGEST + 40
    assert need_words(need("renews", "Kestrel"), FORMATS).startswith("Kestrel renews today")


def test_the_month_that_is_in_the_way_is_called_as_the_one_to_close() -> None:
    said = need_words(need("blocked", "2026-08 is not closed yet", "2026-09"), FORMATS)
    assert said == "September 2026 cannot close: August 2026 is not closed yet"
    assert need_words(need("blocked", "a check differs", "2026-09"), FORMATS).endswith("cannot close: a check differs")
