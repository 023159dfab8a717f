"""The gate at work: what is another partner's never leaves, what only looks like it does. Full size: PART=leaks."""

import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from partnerdesk.errors import Refused
from partnerdesk.reports.csvfile import csv_content
from partnerdesk.reports.format import Formats
from partnerdesk.reports.release import Made, Terms, World, objections, release
from partnerdesk.reports.release.numbers import Numbers
from partnerdesk.reports.release.taking_apart import taken_apart
from partnerdesk.reports.release.walked import Walked
from partnerdesk.reports.release.workbook import _part
from partnerdesk.reports.statement.workbook import workbook
from tests.prove.prove_leaks import one_book
from tests.reports.statement_samples import northwind


@pytest.mark.parametrize("seed", [1, 3], ids=["plain", "odd"])
def test_a_random_book_leaves_clean_and_every_planted_leak_is_caught(seed: int, tmp_path: Path) -> None:
    assert len(one_book(tmp_path, seed)) >= 29


@pytest.fixture
def world() -> World:
    others = ("Acme", "Acme Services North", "Delta", "PT-9", "Karl Weiß", "Heard that they are sold next year")
    own = ("Acme Services", "PT-1", "Blue Harbour Trading", "Acme Services North & Partners Ltd")
    return World("PT-1", "Acme Services", Terms((*others, *own)), frozenset(own))


def said(text: str, world: World) -> list[str]:
    return list(objections("a.csv", csv_content(("Name",), [(text,)]), world, Made(())))


@pytest.mark.parametrize(
    "text",
    [
        "Acme",
        "sold to Acme in May",
        "ACME SERVICES NORTH",
        "Acme-Services_North",
        "Acme Services\nNorth",
        "see PT-9",
        "Karl Weiß",
        "heard that they are sold  next year",
        "Heard that they are so…",
    ],
)
def test_what_is_somebody_elses_is_found_however_it_is_written(text: str, world: World) -> None:
    assert said(text, world), text


@pytest.mark.parametrize(
    "text",
    [
        "Acme Services",
        "for Acme Services, in May",
        "ACME SERVICES",
        "Acme Services North & Partners Ltd",
        "Acme Services N",
        "PT-90",
        "Deltas",
        "Blue Harbour",
    ],
)
def test_a_name_inside_ones_own_is_no_hit(text: str, world: World) -> None:
    assert said(text, world) == []


def calls_of_a_search(count: int, form: str, text: str) -> int:
    """How many functions are called where a text is looked at beside so many identifiers."""
    terms, calls = Terms(form.format(n) for n in range(count)), 0

    def count_call(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count_call)
    try:
        found = list(terms.find(text))
    finally:
        sys.setprofile(before)
    assert len(found) == 1
    return calls


@pytest.mark.parametrize("form", ["Order intake {:05}", "O-{:05}"], ids=["long", "short"])
def test_identifiers_that_begin_alike_are_looked_up_and_not_held_against_a_text_one_by_one(form: str) -> None:
    text = f"{form} and {form}".format(7, 777_777)
    assert calls_of_a_search(5_000, form, text) == calls_of_a_search(10, form, text)


def test_words_of_our_own_documents_are_no_hit() -> None:
    """A partner may be called like a column of a statement; a sentence with the same word is one of theirs."""
    world = World("P1", "Other", Terms(("Payable", "Closing balance")), frozenset({"Other"}))
    assert said("Payable", world) == said("Closing balance", world) == []


def test_a_refused_document_is_deleted_and_the_one_before_stays(tmp_path: Path, world: World) -> None:
    path = tmp_path / "a.csv"
    path.write_text("before")
    with pytest.raises(Refused, match=r"not released: “PT-9” in row 2 belongs to somebody else"):
        release(path, csv_content(("Name",), [("PT-9",)]), world, ())
    assert path.read_text() == "before" and list(tmp_path.iterdir()) == [path]


def strangers(text: str, *numbers: str) -> Iterator[str]:
    return Numbers(Walked([Decimal(n) for n in numbers])).strangers(text)


def test_a_number_is_known_in_every_usual_writing() -> None:
    for text in ("12,345.68", "12.345,68", "12\u202f345,68", "12 345.68", "12,346", "12.35k", "1,234,568 %"):
        assert list(strangers(text, "12345.678")) == [], text
    assert list(strangers("12,345.69 and 12,345.68", "12345.678")) == ["12,345.69"]
    assert list(strangers("2,400 1,200 3,600", "2400", "1200")) == []


def test_a_product_of_many_decimals_is_known_as_the_steps_of_a_calculation_tell_it() -> None:
    """1,000.001 at 3.33 % is 33.3000333 before it is rounded to a currency of three decimals."""
    product, endless = "33.3000333", "333.333333333333333333"
    assert list(strangers("33.3000333 KWD, then 33.300 KWD", product)) == []
    assert list(strangers("333.33333333… days", endless)) == []
    assert list(strangers("33.3000334", product)) == ["33.3000334"]


def test_a_cent_more_is_a_stranger() -> None:
    numbers = Numbers(Walked([Decimal("1200.55"), Decimal("30.45")]))
    assert numbers.knows(Decimal("1231")) and numbers.knows(Decimal("-1200.5499999999"))
    assert not numbers.knows(Decimal("1200.56"))


def test_the_year_of_a_deadline_is_no_stranger() -> None:
    """A statement of 2026 says what is released in 2027, a year that its data need not hold."""
    assert list(Numbers(Walked([date(2026, 9, 30)])).strangers("by 31 January 2027")) == []
    assert list(Numbers(Walked([date(2026, 9, 30)])).strangers("2099")) == ["2099"]


class Due(NamedTuple):
    name: str
    day: date
    amount: Decimal


def test_what_a_chart_of_months_adds_up_is_known_and_no_other_sum() -> None:
    days = (date(2026, 9, 3), date(2026, 11, 2), date(2026, 9, 20), date(2027, 1, 5), date(2026, 11, 9))
    amounts = map(Decimal, ("4100300", "5220100", "1300200", "2000900", "7010300"))
    rows = [Due(f"due {n}", day, amount) for n, (day, amount) in enumerate(zip(days, amounts, strict=True))]
    numbers = Numbers(Walked(rows))
    assert list(numbers.strangers("5,400,500 12,230 and 12,230,400")) == []
    assert list(numbers.strangers("6,101,200")) == ["6,101,200"], "the first and the fourth"


def test_a_sum_over_partners_is_refused_in_the_data_and_no_matter_among_what_own_rows_add_up_to(world: World) -> None:
    over_all, content = Decimal("3963.93"), csv_content(("Amount",), [(Decimal("3963.93"),)])
    among = World(world.partner, world.name, world.terms, world.own, totals=frozenset({over_all}))
    assert list(objections("a.csv", content, among, Made([over_all]))) == ["3963.93 is a sum over several partners"]
    assert list(objections("a.csv", content, among, Made([Decimal("3000.93"), Decimal(963)], (over_all,)))) == []


def test_a_number_is_looked_at_where_a_version_before_it_reads_alike() -> None:
    content = csv_content(("Version", "Amount", "Text"), [("2026.2", "", "a"), ("1", Decimal("2026.2"), "a")])
    found = taken_apart("S.csv", content)
    assert found.numbers == {"2026.2": "row 3"}
    assert found.texts["2026.2"] == found.texts["a"] == "row 2"


def test_the_foot_of_a_sheet_is_read_and_what_is_alike_in_two_workbooks_is_read_once() -> None:
    contents = [workbook(northwind(partner_name=name), Formats()) for name in ("One & <Two>", "Other")]
    found, misses = [], []
    for content in contents:
        found.append(taken_apart("S.xlsx", content))
        misses.append(_part.cache_info().misses)
    assert any("prepared for One && <Two>&C" in text for text in found[0].texts)  # a footer doubles its ampersands
    assert any("prepared for Other&C" in text for text in found[1].texts)
    assert misses[1] - misses[0] <= 2  # the summary and the properties, which name the partner
