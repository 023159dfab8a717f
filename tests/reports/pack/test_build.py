"""The file: pages present and numbered, nothing clipped, text verbatim, one partner's world only, equal bytes."""

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal as D

import pytest

from partnerdesk.errors import Refused
from partnerdesk.reports.pack import compose, write_pack
from partnerdesk.reports.pack.build import leaves
from partnerdesk.reports.pack.data import (
    AgendaItem,
    Appendix,
    Fund,
    Gate,
    KeyFigure,
    Lever,
    Meeting,
    NextSteps,
    PackData,
    Party,
)
from tests.reports.pack.printed import LONG, WHOLE, pages
from tests.reports.pack.world import (
    FORMATS,
    appendix,
    commitments,
    earnings,
    figures,
    outlook,
    pack,
    renewals,
    score,
)
from tests.reports.page.reading import places, squeezed, texts


def test_a_whole_pack_has_its_pages_in_order() -> None:
    made = compose(pack(), FORMATS)
    assert made.pages == WHOLE
    assert made.faults == ()
    found = texts(made.content)
    assert [re.findall(r"A?\d+/A?\d+", text)[-1] for text in found] == [
        *(f"{n}/8" for n in range(1, 9)),
        "A1/A2",
        "A2/A2",
    ]


def test_every_page_names_partner_period_data_and_program() -> None:
    for text in pages():
        assert "Halvorsen Data" in text
        assert "Q3 2026" in text
        assert "Q3 closed 30 Sep 2026" in text
        assert "Data as of 19 Nov 2026" in text
        assert "Program v2026.2" in text
        assert "Confidential: prepared for Halvorsen Data" in text
        assert "Sample data" in text


def test_real_data_carries_no_sample_mark() -> None:
    assert not [text for text in pages(sample=False) if "Sample" in text]


def test_definitions_that_take_a_second_page_fill_both_of_its_columns() -> None:
    """A page with one long column beside white paper looks like a mistake."""
    many = tuple(replace(d, label=f"{d.label} {n}") for n in range(9) for d in appendix().definitions)
    made = compose(pack(appendix=replace(appendix(), definitions=many)), FORMATS)
    continued = [n for n, text in enumerate(texts(made.content)) if "Appendix, continued" in text]
    body = [place for place in places(made.content, continued[-1]) if 40 < place[2] < 500]
    ends = [min(y for _, x, y in body if (x < 400) is left) for left in (True, False)]
    assert abs(ends[0] - ends[1]) < 60


def test_a_short_list_of_deals_stands_below_the_appendix_and_a_long_one_on_its_own_pages() -> None:
    few = Appendix(deals=appendix().deals[:2], definitions=appendix().definitions)
    made = compose(pack(appendix=few), FORMATS)
    assert made.pages.count("appendix") == 1 and made.faults == ()
    assert "All two deals of this pack" in texts(made.content)[-1].replace("\u00a0", " ")
    many = tuple(replace(d, deal=f"D-{n:04}") for n, d in enumerate(appendix().deals * 6))
    made = compose(pack(appendix=replace(appendix(), deals=many)), FORMATS)
    assert made.faults == ()
    assert texts(made.content)[9].replace("\u00a0", " ").count("All 84 deals of this pack") == 1


def test_a_deal_in_another_currency_says_its_own_amount_beside_that_of_the_pack() -> None:
    found = appendix()
    pounds = replace(found.deals[0], amount=D("33385.37"), own=D(27800), currency="GBP")
    left_out = replace(found.uncounted[0], amount=D(13400), currency="GBP")
    both = replace(found, deals=(pounds, *found.deals[1:]), uncounted=(left_out, *found.uncounted[1:]))
    text = " ".join(" ".join(pages(appendix=both)[8:]).split())
    assert "27,800.00 GBP 33,385.37" in text and "13,400.00 GBP" in text
    assert "In the deal" not in " ".join(pages())


def test_renewals_too_close_for_their_names_have_the_numbers_of_their_rows() -> None:
    first = next(r for r in renewals() if r.is_open)
    close = tuple(
        replace(first, customer=f"Customer {n}", renews=first.renews + timedelta(days=7 * n)) for n in range(1, 10)
    )
    made = compose(pack(renewals=close), FORMATS)
    assert made.faults == ()
    page = [p.text for p in made.placed if p.page == WHOLE.index("renewals") + 1]
    assert "No." in page
    named = {n for n in range(1, 10) if any(text.startswith(f"{n}  Customer {n} ") for text in page)}
    assert 0 < len(named) < 9
    for n in set(range(1, 10)) - named:
        assert page.count(str(n)) >= 2, n  # at its circle or tick, and in the table


def test_renewals_with_room_for_their_names_have_no_numbers() -> None:
    assert "No." not in " ".join(pages())


def test_the_appendix_names_run_and_hashes() -> None:
    text = pages()[8]
    assert "R-000412" in text
    assert squeezed("a1" * 32) in squeezed(text)
    assert squeezed("5f" * 32) in squeezed(text)


def test_pages_without_content_are_left_out_and_numbers_follow(bare: PackData) -> None:
    made = compose(bare, FORMATS)
    assert made.pages == ("summary", "next", "appendix")
    assert made.faults == ()
    assert "1/2" in texts(made.content)[0]
    assert "A1/A1" in texts(made.content)[2]


def test_the_agenda_points_at_the_pages_that_are_there() -> None:
    text = pages(score=None)[0]
    assert re.search(r"Score, gates and what moves them\s*\n", text)  # said without a page that is not there
    assert re.search(r"Earnings and held money\s+p 3", text)
    assert re.search(r"New commitments and decisions\s+p 7", text)
    numbered = (AgendaItem("Renewals", 20, "5"), AgendaItem("Lunch", 60), AgendaItem("Nowhere", 5, "42"))
    text = pages(agenda=numbered)[0]
    assert re.search(r"Renewals\s+p 5", text)
    assert re.search(r"Lunch\s+5 min\s+Nowhere\s*\n", text)  # a topic stays one without a page


def test_the_printed_minutes_are_those_of_the_meeting() -> None:
    agenda = (AgendaItem("What was promised", 15, "2"), AgendaItem("Renewals", 20, "5"))
    assert "Agenda, 35 minutes" in pages(agenda=agenda, commitments=())[0]


def test_an_agenda_is_proposed_where_nobody_wrote_one() -> None:
    assert "Agenda, 85 minutes" in pages(agenda=())[0]


def test_the_figures_of_the_pages_are_there_to_be_read() -> None:
    found = pages()
    assert "3.6 short" in found[2]
    assert "0.40 × 94.0 + 0.35 × 62.0 + 0.25 × 48.4 = 71.4" in found[2]
    for amount in ("18,400.00", "+44,500.00", "−2,700.00", "−31,300.00", "29,225.00", "(3,300.00)", "90,400.00"):
        assert amount in found[3]
    assert "CSAT 2.9 of 5, 12 Sep 2026" in found[4]
    assert "notice date 14 Nov passed" in found[4]
    assert "to name today" in found[4]


def test_no_score_of_risk_is_invented() -> None:
    text = " ".join(pages()[4:6]).lower()
    assert "risk" not in text
    assert "probab" not in text


def test_both_runs_are_named_for_what_they_are() -> None:
    text = pages()[6]
    assert "scheduled" in text
    assert "if every dated open deal and renewal closes" in text
    assert "113,000" in text  # the difference


def test_releases_stand_in_six_months_in_a_row() -> None:
    sparse = replace(earnings(), releases=(earnings().releases[0], earnings().releases[-1]))
    page = texts(write_pack(pack(earnings=sparse), FORMATS))[3]
    assert all(month in page for month in ("Oct", "Nov", "Dec", "Jan", "Feb", "Mar"))


def test_balances_say_how_much_of_them_is_held() -> None:
    last = earnings().statements[-1]
    partly = replace(earnings(), statements=(replace(last, held=D(1225), opening_held=D(400)),))
    page = texts(write_pack(pack(earnings=partly), FORMATS))[3].replace("\u00a0", " ")
    assert "31 Aug, 400 held" in page and "30 Sep, 1.2k held" in page


def test_a_group_of_gates_is_met_or_not_and_its_parts_say_why() -> None:
    gates = (Gate("One of", False), Gate("New customers", False, D(2), D(5), "people", depth=1))
    page = pages(score=replace(score(), gates=gates))[2]
    assert "not met" in page and "2 of 5" in page and "not evaluated" not in page


def test_a_lever_says_from_where_to_its_target() -> None:
    lever = Lever(D("8.7"), "Joint growth", "", D("-0.107"), D("0.1"), "%")
    page = pages(score=replace(score(), levers=(lever,)))[2]
    assert "Joint growth from −11% to 10%" in page and "Points added at each target" in page


def test_why_a_measure_is_not_evaluated_stands_beside_it() -> None:
    parts = (replace(score().components[0], missing="no renewal in 12 months", measured=None), *score().components[1:])
    assert "not evaluated: no renewal in 12 months" in pages(score=replace(score(), components=parts))[2]


def test_what_was_earned_says_what_was_paid() -> None:
    earned = replace(figures()[-1], note="", paid=D(73150))
    assert "+8% on plan, 73k paid" in pages(figures=(*figures()[:4], earned))[0]


def test_a_late_promise_without_a_reason_says_so() -> None:
    bare = replace(commitments()[0], status="late", result="", carried=None, carried_to=None)
    page = pages(commitments=(bare, *commitments()[1:]))[1]
    assert "no reason noted" in page and "no new date" in page


def test_what_shows_that_a_promise_was_kept_stands_beside_its_result() -> None:
    kept = replace(commitments()[0], evidence="Order 4711")
    assert "Six days delivered; evidence: Order 4711" in pages(commitments=(kept, *commitments()[1:]))[1]
    assert "Evidence: Order 4711" in pages(commitments=(replace(kept, result=""), *commitments()[1:]))[1]


def test_every_fund_is_told_or_counted_with_what_is_left() -> None:
    first, own = outlook().fund, {"allocated": D(8000), "paid": D(0), "claimed": D(0), "left": D(3000)}
    launch = replace(first, name="Launch money", approved=D(5000), **own)
    francs = replace(launch, name="Alpine money", currency="CHF")
    several = [replace(launch, name=f"{LONG} {n}") for n in range(9)]

    def said(*funds: Fund) -> str:
        return " ".join(pages(outlook=replace(outlook(), fund=funds[0], more_funds=funds[1:]))[6].split())

    assert "Launch money: 8,000 EUR allocated, 5,000 approved, 3,000 left, expires 31 Dec." in said(first, launch)
    assert re.search(r"\w+ more funds, with 3,000 CHF and \d+,000 EUR left\.", said(first, *several, francs))


def test_a_figure_that_began_from_nothing_is_not_said_to_be_as_before() -> None:
    first = replace(figures()[0], previous=D(0), plan=None)
    text = pages(figures=(first, *figures()[1:]))[0]
    assert "from 0 in Q2" in text and "as in Q2" not in text
    assert "from 20k in Q2" in pages(figures=(replace(first, previous=D(20000)), *figures()[1:]))[0]


def test_why_a_figure_is_missing_is_told_to_its_end() -> None:
    bare = KeyFigure("Renewal rate", None, "%", missing="0 contracts ended with a known outcome, trailing 12 months")
    text = " ".join(pages(figures=(bare, *figures()[1:]))[0].split())
    assert "0 contracts ended with a known outcome, trailing 12 months" in text


def test_a_partner_with_nothing_has_no_outlook_of_noughts() -> None:
    none = {"earned": D(0), "payable": D(0), "earned_if_all": D(0), "payable_if_all": D(0)}
    months = tuple(replace(m, **none) for m in outlook().months)
    nothing = replace(outlook(), months=months, skills=(), fund=None)
    assert "outlook" not in compose(pack(outlook=nothing), FORMATS).pages
    assert "outlook" in compose(pack(outlook=replace(nothing, skills=outlook().skills)), FORMATS).pages


def test_a_name_that_stands_in_the_head_alone_is_refused_with_its_remedy() -> None:
    data = replace(pack(), partner=Party("P-1", "شركة الأفق"), meeting=Meeting(), next=NextSteps(), commitments=())
    assert leaves(data, FORMATS)  # no page says it but in its head and foot
    with pytest.raises(Refused, match=r"cannot be made: .*right to left"):
        compose(data, FORMATS)
