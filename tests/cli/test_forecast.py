"""`partnerdesk forecast` as typed: a range with its reasons, the same for the same seed, and the score of the past."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from partnerdesk.cli import books
from partnerdesk.engine.facts import Deal, Partner
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.ops.statements.closing import close_period
from partnerdesk.queries.forecast_record import forecast_record, said_so_far
from partnerdesk.queries.statements.closing import run
from partnerdesk.store import Store
from tests.cli.conftest import Type, won
from tests.forecast.books import PROGRAM as STEPS


def test_a_forecast_says_a_range_and_is_repeated_by_its_seed(type_in: Type, book: Path) -> None:
    asked = ("forecast", "--book", book, "--as-of", "2026-06-30", "--scenarios", "20")
    code, said, _ = type_in(*asked)
    assert code == 0
    assert "An estimate, not a promise" in said
    code, first, _ = type_in(*asked, "--json", "--seed", "3")
    again = type_in(*asked, "--json", "--seed", "3")[1]
    assert code == 0 and first == again
    one = json.loads(first)["forecasts"][0]
    assert len(one["months"]) == 6
    assert one["months"][0]["period"] == "2026-07"


def test_a_plan_is_told_beside_what_is(type_in: Type, book: Path) -> None:
    few = ("--partner", "P1", "--scenarios", "10", "--plan", "--as-of", "2026-06-30")
    code, said, _ = type_in("forecast", "--book", book, *few)
    assert code == 0 and "Against as is" in said and "\nAs is " in said
    code, said, _ = type_in("forecast", "--book", book, *few, "--json")
    told = json.loads(said)
    assert told["plans"]["P1"][0]["scenario"] == "As is"
    assert told["plans"]["P1"][0]["earned"] == told["forecasts"][0]["whole"]["earned"]


def test_the_book_is_one_range_however_many_processes_draw_it(type_in: Type, book: Path) -> None:
    asked = ("forecast", "--book", book, "--as-of", "2026-06-30", "--scenarios", "20", "--all")
    code, said, _ = type_in(*asked)
    assert code == 0
    assert "2 partners, EUR" in said and "What moves it" in said and "not a promise" in said
    alone = json.loads(type_in(*asked, "--json")[1])["book"]
    assert alone == json.loads(type_in(*asked, "--json", "--processes", "2")[1])["book"]
    assert len(alone["wholes"][0]["movers"]) == 2
    kept = json.loads(type_in("forecast", "--book", book, "--record", "--json")[1])["records"]
    assert (kept["book"]["kept"], kept["all"]["kept"]) == (1, 2)


def test_all_and_one_are_not_asked_at_once(type_in: Type, book: Path) -> None:
    code, _, complaint = type_in("forecast", "--book", book, "--all", "--partner", "P1")
    assert code == 1 and "--partner" in complaint


def test_a_stranger_is_refused(type_in: Type, book: Path) -> None:
    code, _, complaint = type_in("forecast", "--book", book, "--partner", "NOBODY", "--as-of", "2026-06-30")
    assert code == 1
    assert "NOBODY" in complaint


def test_the_past_is_scored(type_in: Type, book: Path) -> None:
    days = ("--backtest", "2026-01-01", "2026-03-31", "--scenarios", "10", "--json")
    code, said, _ = type_in("forecast", "--book", book, "--as-of", "2026-06-30", *days)
    assert code == 0
    assert all(row["made"] <= "2026-03-31" < row["period"] for row in json.loads(said)["rows"])


def test_an_open_deal_is_worth_what_its_sentence_says(type_in: Type, book: Path) -> None:
    with Store.open(book, user="me") as store:
        deal = Deal(
            id="O1", partner="P1", created=date(2026, 5, 1), expected_close=date(2026, 7, 20), amount=Decimal(10_000)
        )
        store.transact("Deal", add_rows, [deal])
    asked = ("worth", "O1", "--book", book, "--as-of", "2026-06-30")
    code, said, _ = type_in(*asked)
    assert code == 0
    assert "won on 20 Jul 2026, that brings" in said
    (one,) = json.loads(type_in(*asked, "--json")[1])["worth"]
    effect = one["well"]["effect"]
    assert sum(Decimal(effect[part]) for part in ("now", "later", "tier")) == Decimal(effect["total"]) > 0


def test_a_deal_that_is_over_has_no_worth(type_in: Type, book: Path) -> None:
    code, _, complaint = type_in("worth", "D1", "--book", book, "--as-of", "2026-06-30")
    assert code == 1
    assert "not open any more" in complaint


def test_a_path_names_what_to_win_and_what_is_missing(type_in: Type, tmp_path: Path) -> None:
    path = tmp_path / "way.partnerdesk"
    due = {"partner": "P1", "created": date(2026, 5, 1), "expected_close": date(2026, 7, 20)}
    deals = [Deal(id=f"O{n}", name=f"Deal {n}", amount=Decimal(180_000), **due) for n in (1, 2)]
    with Store.create(path, user="me") as store:
        store.transact("Program", add_version, STEPS, "steps.toml")
        store.transact(
            "Facts", add_rows, [Partner(id="P1", name="Alder"), won("W", "P1", date(2026, 4, 1), "100"), *deals]
        )
    asked = ("path", "P1", "--book", path, "--as-of", "2026-06-30", "--by")
    code, said, _ = type_in(*asked, "2026-09-30")
    assert code == 0
    assert "Gold by 30 Sep 2026 takes 2 actions." in said
    found = json.loads(type_in(*asked, "2026-12-31", "--json")[1])
    assert found["paths"] == [] and not found["is_reached"]
    code, _, complaint = type_in(*asked, "2026-08-01")
    assert code == 1
    assert "No review ends by 2026-08-01" in complaint
    code, _, complaint = type_in(*asked, "2028-01-01")
    assert code == 1
    assert "4 reviews ahead, to 2027-06-30" in complaint


def test_looking_back_sees_no_later_statement_and_is_no_forecast_for_the_record(type_in: Type, book: Path) -> None:
    asked = ("forecast", "--book", book, "--partner", "P1", "--scenarios", "5", "--json", "--as-of")
    january, february = "2026-01-31", "2026-02-28"
    before = type_in(*asked, january)[1]
    with Store.open(book, user="me") as store:
        total = store.read(run, "2026-02", date(2026, 6, 30)).total
        names = {"maker": "Ann", "checker": "Ben", "at": "2026-06-30T12:00:00Z"}
        store.transact("Close", close_period, "2026-02", date(2026, 6, 30), total=total, **names)
    code, after, complaint = type_in(*asked, january, "--seed", "1")
    assert code == 0 and total > 0
    assert after == before, "what February's statement posted was not known in January"
    assert "closed up to 2026-02-28" in complaint
    assert type_in(*asked, february)[2] == ""
    kept = json.loads(type_in("forecast", "--book", book, "--record", "--json")[1])["records"]["all"]
    assert kept["kept"] == 2, "that of January before the close, and that of February"
    for whole in ((), ("--all",)):
        shown = type_in("forecast", "--book", book, "--scenarios", "6", "--as-of", january, *whole)
        assert "Not kept" in shown[2]


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands are typed on one day, whenever the tests run."""
    monkeypatch.setattr(books, "today", lambda: date(2026, 7, 15))


def test_of_a_day_the_forecast_of_most_futures_counts_and_none_of_a_day_to_come(type_in: Type, book: Path) -> None:
    asked = ("forecast", "--book", book, "--partner", "P1", "--as-of")
    for scenarios in (1, 40, 20):
        assert type_in(*asked, "2026-01-31", "--scenarios", scenarios)[2] == ""
    assert "2026-07-16 is still to come" in type_in(*asked, "2026-07-16", "--scenarios", "2")[2]
    with Store.open(book, user="me") as store:
        assert store.read(forecast_record).kept == 1
        (one,) = store.read(said_so_far, "P1")
    assert one.scenarios == 40


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (("forecast", "--months", "100000"), "months are too far ahead"),
        (("worth", "D1", "--months", "100000"), "months are too far ahead"),
        (("mail", "forecast", "P1", "--months", "100000"), "months are too far ahead"),
        (("forecast", "--as-of", "9999-12-31"), "is no day from 1900 to 2199"),
        (("path", "P1", "--as-of", "9999-12-01"), "is no day from 1900 to 2199"),
    ],
)
def test_what_is_beyond_any_calendar_is_said(type_in: Type, book: Path, command: tuple[str, ...], says: str) -> None:
    code, _, complaint = type_in(*command, "--book", book)
    assert code == 2 and says in complaint


def test_a_forecast_draws_no_more_scenarios_than_it_says(type_in: Type, book: Path) -> None:
    code, _, complaint = type_in("forecast", "--scenarios", "100001", "--book", book)
    assert code == 1 and "Give --scenarios of 100000 at most" in complaint
