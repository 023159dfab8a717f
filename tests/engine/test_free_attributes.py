"""Free attributes are texts in the facts; where a rule compares or counts them they are read as what it asks for."""

from datetime import date
from decimal import Decimal

from partnerdesk.engine.facts import Transaction
from tests.engine.cases import both, problems, worked

METRICS = """
currency = "EUR"

[metric.units]
says = "Units"
of = "transaction"
value = "attributes.units"
unit = "units"
window = "ever"

[metric.many]
says = "Large reports"
of = "transaction"
take = "count"
where = { attributes.units = { at_least = 9 } }
window = "ever"

[metric.ten]
says = "Reports of ten"
of = "transaction"
take = "count"
where = { attributes.units = 10 }
window = "ever"

[metric.late]
says = "Reports for the new contract"
of = "transaction"
take = "count"
where = { attributes.since = { at_least = 2026-02-01 } }
window = "ever"
"""


OTHERS = """
[metric.others]
says = "Reports of others"
of = "transaction"
take = "count"
where = { attributes.channel = { not = "government", or_unknown = true } }
window = "ever"

[metric.small]
says = "Small reports"
of = "transaction"
take = "count"
where = { attributes.units = { below = 9, or_unknown = true } }
window = "ever"
"""


def usage(name: str, **attributes: str) -> Transaction:
    return Transaction(id=name, partner="A", kind="usage", day=date(2026, 3, 1), attributes=attributes)


def values(*rows: Transaction) -> dict[str, Decimal | None]:
    found = worked(METRICS, rows, date(2026, 3, 31)).metrics
    return {name: result.value for (name, _), result in found.items()}


def test_numbers_and_days_are_compared_as_such() -> None:
    rows = usage("U1", units="10.0", since="2026-02-01"), usage("U2", units="9", since="2026-01-31")
    assert values(*rows) == {"units": 19, "many": 2, "ten": 1, "late": 1}


def test_what_is_no_number_is_not_known() -> None:
    rows = usage("U1", units="ten", since="soon"), usage("U2")
    assert values(*rows) == {"units": 0, "many": 0, "ten": 0, "late": 0}


def test_what_is_not_known_may_pass_as_well() -> None:
    """Rules that leave something out mostly mean rows that say nothing about it, too."""
    rows = usage("U1", channel="government", units="3"), usage("U2", channel="web", units="9"), usage("U3", units="ten")
    found = worked(METRICS + OTHERS, rows, date(2026, 3, 31)).metrics
    assert {n: r.value for (n, _), r in found.items() if n in ("others", "small")} == {"others": 2, "small": 2}
    _, traced = both(METRICS + OTHERS, rows, date(2026, 3, 31))
    (left,) = next(r.excluded for (n, _), r in traced.metrics.items() if n == "others")
    assert left.reason == "channel is government, needed: not government (or not known)"


def test_a_metric_of_nothing_says_what_did_not_count() -> None:
    rows = [usage("U1", units="3")]
    _, traced = both(METRICS, rows, date(2026, 3, 31))
    number = next(r.value for (n, _), r in traced.metrics.items() if n == "many")
    assert number is not None and number.value == 0
    assert [left.reason for left in number.excluded] == ["units are 3, needed: at least 9"]


def test_a_sum_of_free_attributes_is_no_problem() -> None:
    assert problems(METRICS) == []
