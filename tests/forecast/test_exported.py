"""Books that came out of another system: what its export hides is not taken for knowledge."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from partnerdesk.engine.facts import Deal, Facts
from partnerdesk.forecast.chances import Chances
from partnerdesk.forecast.known_facts import known_facts
from partnerdesk.forecast.learned import Learned
from partnerdesk.forecast.prepared import Asked, Prepared
from partnerdesk.forecast.told import assumed
from tests.forecast.books import AS_OF, QUARTER_END, book, program

ENTERED, THEN = date(2025, 12, 1), date(2025, 6, 30)


def export() -> Facts:
    """Sixty deals of two years that were entered on one day; two of three were won, and each closed as expected."""
    rows = []
    for n in range(60):
        closed = date(2024, 1, 10) + timedelta(days=12 * n)
        status = "lost" if n % 3 == 0 else "won"
        rows.append(
            _deal(n, created=ENTERED, closed=closed, expected_close=closed, status=status, probability=status == "won")
        )
    return book(*rows, _deal(99, created=ENTERED, expected_close=date(2026, 5, 1), stage="offered"))


def _deal(number: int, probability: bool | None = None, **told: object) -> Deal:
    chance = None if probability is None else Decimal(int(probability))
    return Deal(id=f"D{number}", partner="P1", amount=Decimal(10_000), probability=chance, **told)  # type: ignore[arg-type]


def test_a_day_of_entering_at_once_says_nothing_about_what_was_known() -> None:
    then = known_facts(export(), THEN).of("deal")
    assert {d.status for d in then} == {"won", "lost"}, "no deal is open before anybody can have known it"
    assert all(d.closed <= THEN for d in then)
    assert [d.id for d in known_facts(export(), AS_OF).of("deal") if d.status == "open"] == ["D99"]


def test_an_open_deal_of_the_past_does_not_know_its_end() -> None:
    deals = [replace(d, created=(d.closed or AS_OF) - timedelta(days=100)) for d in export().of("deal")]
    then = [d for d in known_facts(book(*deals), THEN).of("deal") if d.status == "open"]
    assert len(then) > 5
    assert {(d.probability, d.expected_close) for d in then} == {(None, None)}


def test_a_deal_that_is_late_for_long_is_less_likely_to_close_at_all() -> None:
    late = [_deal(n, expected_close=AS_OF - timedelta(days=days)) for n, days in ((1, -10), (2, 30), (3, 400))]
    learned = Chances(book(*late), AS_OF)
    due, month, year = (learned.of_deal(deal).value for deal in late)
    assert due > month > year > 0 and year < due / 3
    assert "400 days late" in learned.of_deal(late[2]).rests_on
    days = learned.waits.of_deal(late[1])
    assert days == sorted(days) and days[0] > AS_OF


def test_a_short_record_and_what_an_export_hid_are_said() -> None:
    def told(facts: Facts) -> str:
        return " ".join(assumed(Prepared([program()], Learned(known_facts(facts, AS_OF), AS_OF), "P1", _ASKED)))

    moved = book(*(replace(d, created=date(2024, 1, 2)) for d in export().of("deal")))
    assert "known since they closed" in told(moved) and "written over" in told(moved)
    assert "short record" not in told(moved)
    recent = book(_deal(1, created=date(2026, 1, 5), closed=date(2026, 3, 1), status="won"))
    assert "short record" in told(recent)


_ASKED = Asked(AS_OF, QUARTER_END, 10)
