"""Titles claim what the figures prove, in one sentence, and a person's own words win."""

from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest

from partnerdesk.reports.format import Formats
from partnerdesk.reports.pack import write_pack
from partnerdesk.reports.pack.data import PAGES, Commitment, Earnings, KeyFigure, PackData, PageText, ScoreView
from partnerdesk.reports.pack.frame import title_lines
from partnerdesk.reports.pack.titles import deck, draft, title
from tests.reports.pack.world import FORMATS, commitments, earnings, next_steps, outlook, pack, renewals, score
from tests.reports.page.reading import squeezed, texts


def said(page: str, formats: Formats = FORMATS, **changes: object) -> str:
    return title(page, pack(**changes), formats).replace("\u00a0", " ")


def scored(**changes: object) -> ScoreView:
    return replace(score(), **changes)  # type: ignore[arg-type]


def test_the_summary_names_revenue_tier_and_renewals() -> None:
    assert said("summary") == "Q3: joint revenue up 12%, Gold within 4 points, one renewal past its notice date"


@pytest.mark.parametrize(
    ("value", "previous", "words"),
    [
        (412, 368, "joint revenue up 12%"),
        (300, 400, "joint revenue down 25%"),
        (400, 400, "joint revenue unchanged"),
        (4001, 4000, "joint revenue up less than 0.1%"),
        (0, 4000, "no joint revenue, Gold within"),
        (412_000, 0, "joint revenue 412k EUR"),
        (412_000, None, "joint revenue 412k EUR"),
    ],
)
def test_revenue_is_compared_only_where_there_is_something_to_compare(
    value: int, previous: int | None, words: str
) -> None:
    figure = KeyFigure("Joint revenue", D(value), "EUR", None if previous is None else D(previous))
    assert said("summary", figures=(figure,)).startswith(f"Q3: {words}")


@pytest.mark.parametrize(
    ("points", "words"),
    [("3.6", "Gold within 4 points"), ("4", "Gold within 4 points"), ("0.2", "Gold within one point")],
)
def test_within_so_many_points_is_never_less_than_the_gap(points: str, words: str) -> None:
    assert words in said("summary", score=scored(points_short=D(points)))


def test_a_tier_is_claimed_only_when_the_figures_reach_it() -> None:
    assert "figures reach Gold" in said("summary", score=scored(reached="Gold"))
    assert "figures reach Registered, not Silver" in said("summary", score=scored(reached="Registered"))
    assert "Gold has one gate open" in said("summary", score=scored(points_short=D(0)))
    top = scored(tier="Platinum", reached="Platinum", next_tier=None, points_short=None)
    assert "Platinum kept" in said("summary", score=top)


def test_a_pack_without_figures_claims_nothing() -> None:
    assert said("summary", figures=(), score=None, renewals=()) == "Q3: nothing is measured yet"


def of_status(*states: str) -> tuple[Commitment, ...]:
    return tuple(replace(commitments()[0], status=state) for state in states)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("states", "words"),
    [
        (("done",) * 7 + ("late",) * 2 + ("dropped",), "We kept 7 of 10 commitments; 2 are late, 1 was dropped"),
        (("done", "open"), "We kept 1 of 2 commitments; 1 is not due yet"),
        (("done",) * 3, "We kept all three commitments"),
        (("done",), "We kept our commitment"),
        (("late",), "We kept 0 of 1 commitments; 1 is late"),
        ((), "There are no earlier commitments to look back on"),
    ],
)
def test_commitments_are_counted(states: tuple[str, ...], words: str) -> None:
    assert said("commitments", commitments=of_status(*states)) == words


def test_the_deck_of_the_commitments_says_what_was_carried_over() -> None:
    assert deck("commitments", pack(), FORMATS).startswith("Both late items are carried over with a new date.")
    loose = tuple(replace(c, carried=None, carried_to=None) for c in commitments())
    assert deck("commitments", pack(commitments=loose), FORMATS) == ""
    mixed = tuple(replace(c, carried=None, carried_to=None) if c.side == "partner" else c for c in commitments())
    assert (
        deck("commitments", pack(commitments=mixed), FORMATS)
        == "One of two late items is carried over with a new date."
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Score 71.4: 3.6 points short of Gold; the largest lever adds 4.2, and one gate is open"),
        ({"levers": ()}, "Score 71.4: 3.6 points short of Gold, and one gate is open"),
        ({"levers": (), "gates": ()}, "Score 71.4: 3.6 points short of Gold"),
        ({"points_short": D(0)}, "Score 71.4 is enough for Gold; one gate is still open"),
        ({"points_short": D(0), "gates": ()}, "Score 71.4: all that Gold asks for is met"),
        ({"next_tier": None, "reached": "Platinum"}, "Score 71.4: Platinum, the highest tier"),
        ({"total": None}, "The score of Q3 is not evaluated"),
    ],
)
def test_the_score_names_the_gap_and_the_open_gates(changes: dict[str, object], words: str) -> None:
    assert said("score", score=scored(**changes)) == words


def last(**changes: object) -> Earnings:
    found = earnings()
    return replace(found, statements=(replace(found.statements[-1], **changes),))  # type: ignore[arg-type]


def test_all_that_is_held_is_released_only_where_it_is() -> None:
    assert said("earnings") == "September earned 44,500; the 29,225 held at quarter end is released by March"
    waiting = replace(earnings(), releases=earnings().releases[:3], undated=D(14000))
    words = said("earnings", earnings=waiting)
    assert words == "September earned 44,500; of 29,225 held at quarter end, 15,225 is released by December"
    nothing = replace(earnings(), releases=(), undated=D(29225))
    assert said("earnings", earnings=nothing) == "September earned 44,500; 29,225 is held at quarter end"


def test_a_negative_closing_is_carried_forward_never_paid() -> None:
    words = said("earnings", earnings=last(closing=D(-9395), held=D(0)))
    assert words == "September earned 44,500; −9,395 is carried forward and nothing is paid"


def test_nothing_held_is_said() -> None:
    assert said("earnings", earnings=last(closing=D(0), held=D(0))).endswith("nothing is held at quarter end")
    assert said("earnings", earnings=None) == "No statement of Q3 yet"


def test_the_deck_of_the_earnings_sums_what_was_clawed_back() -> None:
    assert deck("earnings", pack(), FORMATS).startswith("3,300.00 was clawed back")
    none = replace(earnings(), statements=tuple(replace(s, clawed_back=D(0)) for s in earnings().statements))
    assert deck("earnings", pack(earnings=none), FORMATS) == "Nothing was clawed back in the quarter."


def test_renewals_name_the_one_whose_notice_date_has_passed() -> None:
    words = said("renewals")
    assert words == "180k renews in 180 days; the notice date of Borealis, 84k on 14 December, has passed"


def test_several_passed_notice_dates_are_summed() -> None:
    passed = tuple(replace(r, notice_by=date(2026, 11, 1)) if r.is_open else r for r in renewals())
    assert said("renewals", renewals=passed) == "180k renews in 180 days; two notice dates have passed, 180k together"


def test_no_passed_notice_date_is_good_news_and_no_renewal_is_none() -> None:
    ahead = tuple(replace(r, notice_by=date(2026, 11, 20)) for r in renewals())
    assert said("renewals", renewals=ahead) == "180k renews in 180 days; no notice date has passed"
    assert said("renewals", renewals=()) == "No renewal is due in the next 180 days"


def test_the_day_of_the_data_itself_has_not_passed() -> None:
    today = tuple(replace(r, notice_by=date(2026, 11, 19)) for r in renewals())
    assert said("renewals", renewals=today).endswith("no notice date has passed")


def test_the_outlook_names_both_runs_and_no_range() -> None:
    words = said("outlook")
    assert words == "November to May: 95k earned as scheduled, 208k if every dated deal and renewal closes"
    same = replace(outlook(), months=tuple(replace(m, earned_if_all=m.earned) for m in outlook().months))
    assert said("outlook", outlook=same).endswith("no dated deal or renewal would change it")
    assert said("outlook", outlook=None) == "Nothing is scheduled yet"


def test_closed_months_are_no_outlook() -> None:
    view = outlook()
    closed = replace(view, months=(replace(view.months[0], closed=True), *view.months[1:]))
    assert said("outlook", outlook=closed).startswith("December to May: 84k")


@pytest.mark.parametrize(
    ("keep", "words"),
    [
        (10, "Five commitments each; we review them together on 12 February"),
        (6, "Five commitments by Fennmark, one by Halvorsen; we review them together on 12 February"),
        (1, "One commitment by Fennmark, none by Halvorsen; we review them together on 12 February"),
        (0, "No new commitment yet; we review them together on 12 February"),
    ],
)
def test_new_commitments_are_counted_by_side(keep: int, words: str) -> None:
    steps = replace(next_steps(), commitments=next_steps().commitments[:keep])
    assert said("next", next=steps) == words


def test_a_review_without_a_date_says_so() -> None:
    assert said("next", next=replace(next_steps(), next_review=None)).endswith("the next review has no date yet")
    far = replace(next_steps(), next_review=date(2028, 2, 12))
    assert said("next", next=far).endswith("on 12 February 2028")


def test_a_persons_own_words_win() -> None:
    data = pack(texts={"score": PageText("Gold by Christmas", "Because we said so.")})
    assert title("score", data, FORMATS) == "Gold by Christmas"
    assert deck("score", data, FORMATS) == "Because we said so."
    assert draft("score", data, FORMATS).startswith("Score 71.4")
    assert title("earnings", data, FORMATS).startswith("September")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("locale", ["en_GB", "de_DE", "fr_FR", "pl_PL"])
def test_drafted_titles_fit_two_lines(page: str, locale: str) -> None:
    role, lines = title_lines(title(page, pack(), Formats(locale, hard_spaces=True)))
    assert len(lines) <= 2
    assert role.size == 21


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_an_empty_pack_has_a_title(page: str, bare: PackData) -> None:
    assert title(page, bare, FORMATS).strip()
    assert "None" not in title(page, bare, FORMATS)


def test_a_quarter_that_goes_on_is_never_called_closed() -> None:
    early = date(2026, 9, 20)
    assert said("summary", as_of=early).startswith("Q3 so far: joint revenue")
    assert "held at 30 Sep" in said("earnings", as_of=early)
    assert "held at quarter end" in said("earnings")
    page = squeezed(texts(write_pack(pack(as_of=early), FORMATS))[0])
    assert squeezed("Q3 open until 30 Sep 2026") in page and "Q3closed" not in page


@pytest.mark.parametrize(
    ("outcomes", "words"),
    [
        (("renewed",), "The one renewal decided since July was kept."),
        (("churned",), "The one renewal decided since July was lost."),
        (("renewed", "expanded"), "Both renewals decided since July were kept."),
        (("churned",) * 3, "All three renewals decided since July were lost."),
        (("renewed", "churned"), "One of the two renewals decided since July was kept."),
        (("renewed", "churned", "contracted"), "Two of the three renewals decided since July were kept."),
    ],
)
def test_decided_renewals_are_told_in_a_sentence_of_their_number(outcomes: tuple[str, ...], words: str) -> None:
    one = replace(renewals()[0], renews=date(2026, 10, 1), outcome_on=date(2026, 9, 1))
    decided = tuple(replace(one, outcome=outcome) for outcome in outcomes)
    assert deck("renewals", pack(renewals=decided), FORMATS) == words
