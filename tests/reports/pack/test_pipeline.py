"""Page 6: the largest deals by name and a matrix whose sums tie, within one page however much there is."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest

from partnerdesk.reports.format import Formats
from partnerdesk.reports.pack import compose, titles
from partnerdesk.reports.pack.data import GroundCell, GroundRow, PipelineView
from tests.reports.pack.ahead_world import deals, ground, pipeline
from tests.reports.pack.world import FORMATS, pack
from tests.reports.page.reading import squeezed, texts

LONG = "The Very Long and Rather Unwieldy Company Name of Hamburg & Sons GmbH & Co. KG"


def page(view: PipelineView, locale: str = "en_GB") -> str:
    made = compose(pack(pipeline=view), Formats(locale))
    assert made.faults == ()
    assert made.pages.count("pipeline") == 1
    return texts(made.content)[made.pages.index("pipeline")].replace("\u00a0", " ")


def test_ten_deals_stand_by_name_and_the_rest_in_one_row_that_ties() -> None:
    text = page(pipeline())
    assert "Top ten of 14" in text and "596,000" in text
    assert squeezed("Four smaller") in squeezed(text) and "44,000" in text
    assert "640,000" in text
    assert "Wexford Glass" not in text


def test_only_gaps_have_values_and_the_sums_tie() -> None:
    text = page(pipeline())
    assert re.search(r"Open ground\s+66\s+190\s+56\s+74\s+34\s+420", text)
    said = "Analytics at Helios, 40k: Helios renews on 02 Mar 2027 and five of eight similar customers own it."
    assert squeezed(said) in squeezed(text)


def test_title_and_deck_are_of_the_figures() -> None:
    data = pack(pipeline=pipeline())
    said = titles.draft("pipeline", data, FORMATS)
    assert said == "Pipeline 640k, 47% of it in three deals; open ground another 420k, 190k of it in Analytics"
    assert titles.deck("pipeline", data, FORMATS).replace("\u00a0", " ") == (
        "One deal should have closed before 19 Nov. Four open deals have no next step."
    )


def test_amounts_of_two_currencies_in_one_title_name_theirs() -> None:
    sterling = replace(ground(), currency="GBP")
    said = titles.draft("pipeline", pack(pipeline=replace(pipeline(), ground=sterling)), FORMATS)
    assert said.replace("\u00a0", " ").startswith(
        "Pipeline 640k EUR, 47% of it in three deals; open ground another 420k GBP"
    )


def test_what_is_not_known_is_said() -> None:
    bare = replace(deals()[0], amount=None, close=None, next_step="", blocker="", helps="")
    text = page(PipelineView((bare,), D(0)))
    assert "no amount" in text and "no date" in text and text.count("none noted") == 2  # blockers have no column
    assert (
        titles.draft("pipeline", pack(pipeline=PipelineView((bare,), D(0))), FORMATS)
        == "One deal open, without an amount"
    )
    assert "No deal is open." in page(PipelineView((), D(0), ground()))


def test_a_matrix_without_values_claims_none() -> None:
    rows = tuple(replace(r, gap=D(0), cells=tuple(replace(c, value=None) for c in r.cells)) for r in ground().rows)
    bare = replace(ground(), rows=rows, gaps=(D(0),) * 5, gap=D(0), start=None)
    text = page(replace(pipeline(), ground=bare))
    assert "Where to start" not in text and "Gap, EUR" not in text
    assert "ground" not in titles.draft("pipeline", pack(pipeline=replace(pipeline(), ground=bare)), FORMATS)


@pytest.mark.parametrize("locale", ["en_GB", "de_DE", "vi_VN"])
def test_twelve_long_customers_and_eight_long_products_keep_to_one_page(locale: str) -> None:
    cells = (GroundCell("gap", D(1200000)),) * 8
    rows = tuple(GroundRow(f"{LONG} {n}", cells, D(9600000), date(2027, 1, 1)) for n in range(12))
    wide = replace(
        ground(),
        products=tuple(f"Fennmark Internationalization Suite {n}" for n in range(8)),
        rows=rows,
        gaps=(D(50400000),) * 8,
        gap=D(403200000),
        more=GroundRow("", cells, D(9600000)),
        more_customers=30,
        customers=42,
    )
    long = tuple(
        replace(d, customer=LONG, what=LONG, next_step="Do it. " * 20, blocker=LONG, helps=LONG, amount=D(98765432))
        for d in deals()
    )
    text = page(PipelineView(long, D(98765432) * 14, wide), locale)
    assert squeezed("30 more customers") in squeezed(text)


def test_three_hundred_deals_are_one_page_and_their_sum() -> None:
    many = tuple(replace(d, deal=f"D-{n}", amount=D(1000)) for n, d in enumerate(deals() * 22))[:300]
    text = page(PipelineView(many, D(300000)))
    assert squeezed("290 smaller") in squeezed(text) and "300,000" in text


def test_long_names_of_two_scripts_leave_ten_deals_and_a_matrix_on_the_page() -> None:
    greek, cyrillic = "Ελληνική Εταιρεία Ψηφιακών Μετασχηματισμών", "Общество Цифровые решения и интеграция"
    step = "Agree the data-processing annex with the works council before the budget closes"
    long = [
        replace(d, customer=f"{greek} {n}", stage=cyrillic, next_step=step, blocker=step, helps=LONG)
        for n, d in enumerate((*deals(), *deals()))
    ]
    cells = tuple(GroundCell("gap", D(1_234_567)) for _ in range(8))
    rows = tuple(GroundRow(f"{(greek, cyrillic)[n % 2]} {n}", cells, D(1_234_567 * 8)) for n in range(12))
    products = tuple(f"{name} with Extended Governance and Integration" for name in "ABCDEFGH")
    wide = replace(ground(), products=products, rows=rows, gaps=tuple(D(99_999_999) for _ in range(8)), more=None)
    text = page(PipelineView(tuple(long), D(1_280_000), replace(wide, customers=12, more_customers=0)), "el_GR")
    assert re.search(r"Top (seven|eight|nine|ten) of 28", " ".join(text.split())), " ".join(text.split())
    assert "Where to start" in text


@pytest.mark.parametrize("count", [6, 9, 12])
def test_customers_whose_names_begin_alike_are_told_apart(count: int) -> None:
    """All of them read "Zweckverband für die g…", and what their names end with stood nowhere on the page."""
    name = "Zweckverband für die gemeinsame Trinkwasserversorgung im oberen Tal"
    rows = tuple(replace(ground().rows[0], customer=f"{name} {n}") for n in range(1, count + 1))
    text = squeezed(page(PipelineView(deals(), D(640000), replace(ground(), rows=rows, customers=count))))
    assert all(f"Tal{n}" in text for n in range(1, count + 1))
