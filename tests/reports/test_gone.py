"""Words of a row that is gone, read in the language of who reads them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from partnerdesk.engine.facts import Deal, Partner
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.ops.vanishing.describing import described
from partnerdesk.reports.format import Formats
from partnerdesk.reports.gone import gone_words
from partnerdesk.store import Store

HARD = "\u00a0"


@pytest.fixture(scope="module")
def says(tmp_path_factory: pytest.TempPathFactory) -> str:
    """As the words of a deal are kept."""
    with Store.create(tmp_path_factory.mktemp("gone") / "Book.partnerdesk", user="Ana") as store:
        values: dict[str, Any] = {"amount": Decimal("-1234567.80"), "currency": "EUR", "closed": date(2026, 12, 4)}
        deal = Deal(id="D", partner="P", name="Rollout, 2,5 EUR", **values)
        store.transact("Add", add_rows, [Partner(id="P", name="P"), deal])
        (row,) = store.read(described, [("deal", "D")])
    return row.says


def test_amount_and_day_are_written_as_the_reader_writes_them(says: str) -> None:
    assert says == "Deal Rollout, 2,5 EUR, -1,234,567.80 EUR, 4 Dec 2026"
    told = gone_words(says, Formats("de_DE"))
    assert told.startswith("Deal Rollout, 2,5 EUR, EUR" + HARD) and "1.234.567,80" in told
    assert told.endswith(Formats("de_DE").day(date(2026, 12, 4)))


@pytest.mark.parametrize("other", ["Person Ana", "Deal X, 4 Dec", "Observation fit, 12 Oct 20265"])
def test_what_holds_neither_stays_as_it_is(other: str) -> None:
    assert gone_words(other, Formats("de_DE")) == other
