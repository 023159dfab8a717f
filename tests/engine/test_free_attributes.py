"""Free attributes are texts in the facts; where a rule compares or counts them they are read as what it asks for."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Partner, Source, Transaction
from partnerdesk.engine.semantics import WEIGHS_TOGETHER
from tests.engine.cases import both, facts, problems, program, worked

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


DAYS = """
currency = "EUR"
statements = "month"

[metric.stays]
says = "Stays of the month"
of = "transaction"
take = "count"
day = "attributes.checkout"
where.days.day.attributes.checkout = { at_most = 60 }

[metric.volume]
says = "Volume of the month in which the guests leave"
of = "transaction"
day = "attributes.checkout"
where = { kind = "usage" }

[earning.stay]
says = "Stay"
type = "STAY"
on = { fact = "transaction", day = "attributes.checkout", says = "a guest leaves" }
where.days.attributes.asked.day = { at_most = 30 }
amount = 10

[earning.below]
says = "Stay of those below"
type = "STAY"
on = { fact = "transaction", day = "attributes.checkout", says = "a guest of theirs leaves" }
of = "sub-partners"
amount = 1
"""


def stay(name: str, asked: str, checkout: str, partner: str = "A") -> Transaction:
    attributes = {"asked": asked, "checkout": checkout}
    amount = Decimal(100)
    return Transaction(
        id=name, partner=partner, kind="usage", day=date(2026, 2, 28), amount=amount, attributes=attributes
    )


def test_a_free_day_dates_events_and_metrics_and_is_counted_from() -> None:
    rows = [
        stay("S1", "2026-01-29", "2026-03-31"),
        stay("S2", "2026-01-28", "2026-04-29"),  # 31 days from its request
        stay("S3", "2026-02-01", "2026-04-30"),  # 61 days to the check-out
        stay("S4", "2026-02-01", "31/03/2026"),  # no day
        stay("S5", "2026-02-01", "2026-05-01"),  # after the as-of day
    ]
    plain, traced = both(DAYS, rows, date(2026, 4, 30))
    reasons = {x.fact.id: x.reason for x in traced.metrics["volume", "2026Q2"].excluded}
    assert reasons["S4"] == "its checkout “31/03/2026” is no day such as 2026-01-31"
    assert [(line.id, line.event, line.amount) for line in plain.lines] == [
        ("stay:S1", date(2026, 3, 31), 10),
        ("stay:S3", date(2026, 4, 30), 10),
    ]
    stays = {label: result.value for (name, label), result in plain.metrics.items() if name == "stays"}
    assert stays == {"2026Q1": 1, "2026Q2": 1}
    volumes = {label: result.value for (name, label), result in plain.metrics.items() if name == "volume"}
    assert volumes == {"2026Q1": 100, "2026Q2": 200}


def test_a_whole_book_reads_free_days_as_one_partner_does() -> None:
    below = stay("S2", "2026-01-29", "2026-04-01", "B")
    partners = Partner(id="A", name="A"), Partner(id="B", name="B", parent="A")
    given = facts([*partners, stay("S1", "2026-01-29", "2026-03-31"), below])
    book = evaluate([program(DAYS)], given, date(2026, 4, 30))
    assert {line.id: line.amount for line in book.partners["A"].lines} == {"stay:S1": 10, "below:S2": 1}
    alone = evaluate([program(DAYS)], given, date(2026, 4, 30), partners=["A"])
    assert alone.partners["A"].lines == book.partners["A"].lines


def test_true_and_false_are_texts_and_a_rule_that_forgets_it_is_told() -> None:
    text = METRICS.replace("{ attributes.units = 10 }", "{ attributes.strategic = true }")
    [problem] = problems(text)
    assert problem.warning
    assert "strategic is a text" in problem.message
    assert '"true" or "yes"' in problem.remedy


def test_a_day_that_is_none_is_told_with_how_a_free_one_is_written() -> None:
    messages = [str(problem) for problem in problems(DAYS.replace('day = "attributes.checkout"', 'day = "checkout"'))]
    assert sum("attributes.checkout" in message for message in messages) == 4
    [message] = map(str, problems(METRICS.replace("attributes.units = 10", "days.attributes.units.sold = 10")))
    assert "no attribute days.attributes.units.sold" in message


def test_an_event_whose_day_cannot_be_read_is_told_as_not_counted() -> None:
    """It stands in the period of its own usual day, and one warning says how many there are and where the first is."""
    rows = [
        replace(stay("S1", "2026-02-01", "31/03/2026"), source=Source(file="stays.csv", row=7)),
        stay("S2", "2026-02-01", "soon"),
        stay("S3", "2026-02-01", ""),  # nobody has left yet
        stay("S4", "2026-02-01", "2026-03-31"),
    ]
    plain, _ = both(DAYS, rows, date(2026, 3, 31))
    told = [(x.fact.id, x.reason, x.day) for x in plain.statements["2026-02"].uncounted]
    assert told == [
        ("S1", "its checkout “31/03/2026” is no day such as 2026-01-31", date(2026, 2, 28)),
        ("S2", "its checkout “soon” is no day such as 2026-01-31", date(2026, 2, 28)),
    ]
    [problem] = plain.problems
    assert problem.warning
    assert problem.place == "stays.csv, row 7, column checkout"
    assert "“Stay” leaves out 2 transactions" in problem.message
    assert [line.id for line in plain.lines] == ["stay:S4"]


def test_an_unreadable_day_is_told_under_one_version() -> None:
    rows = [stay("S1", "2026-02-01", "31/03/2026"), stay("S2", "2026-02-01", "2026-03-31")]
    later = 'program = "p"\nversion = "2"\neffective_from = 2026-03-01\n' + DAYS
    plain, _ = both([DAYS, later], rows, date(2026, 3, 31))
    assert [x.fact.id for statement in plain.statements.values() for x in statement.uncounted] == ["S1"]
    assert len(plain.problems) == 1


def test_a_closed_statement_of_before_keeps_an_unreadable_day_silent() -> None:
    rows = [stay("S1", "2026-02-01", "31/03/2026"), stay("S2", "2026-02-01", "2026-03-31")]
    found = evaluate([program(DAYS)], facts(rows), date(2026, 3, 31), semantics=WEIGHS_TOGETHER).partners["A"]
    assert [x.fact.id for statement in found.statements.values() for x in statement.uncounted] == []
