"""Packs with much in them, with little, and in every locale: nothing is clipped, lost or alone on a page."""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal as D

import pytest

from partnerdesk.reports.format import Formats
from partnerdesk.reports.pack import compose, write_pack
from partnerdesk.reports.pack.data import (
    Earnings,
    PageText,
    Party,
    Point,
)
from tests.reports.pack.printed import LONG, pages
from tests.reports.pack.world import (
    FORMATS,
    appendix,
    commitments,
    earnings,
    next_steps,
    outlook,
    pack,
    renewals,
    score,
)
from tests.reports.page.reading import squeezed, texts


def test_thirty_commitments_flow_over_pages_and_none_is_lost() -> None:
    many = tuple(replace(c, text=f"Commitment {n:03}") for n, c in enumerate(commitments() * 3))
    made = compose(pack(commitments=many), FORMATS)
    assert made.pages.count("commitments") == 2
    assert made.faults == ()
    text = " ".join(texts(made.content))
    assert all(f"Commitment {n:03}" in text for n in range(30))
    assert "2/9" in text


def test_thirty_new_commitments_flow_and_stay_level() -> None:
    steps = next_steps()
    many = tuple(replace(c, text=f"{c.text} {n:03}") for n, c in enumerate(steps.commitments * 3))
    made = compose(pack(next=replace(steps, commitments=many, decisions=steps.decisions * 6)), FORMATS)
    assert made.pages.count("next") >= 2
    assert made.faults == ()
    text = squeezed(" ".join(texts(made.content)))
    assert all(f"{n:03}" in text for n in range(30))
    assert text.count(squeezed("For Halvorsen Data: Ana Lindqvist, date")) == 1


def test_many_renewals_wins_and_deals_flow() -> None:
    more = tuple(
        replace(r, customer=f"Customer {n:02}", renews=date(2026, 12, 1) + timedelta(days=n), outcome="open")
        for n, r in enumerate(renewals() * 4)
    )
    wins = tuple(Point(f"Win number {n:02}") for n in range(16))
    deals = tuple(replace(d, deal=f"D-{n:04}") for n, d in enumerate(appendix().deals * 6))
    made = compose(pack(renewals=more, wins=wins, appendix=replace(appendix(), deals=deals)), FORMATS)
    assert made.faults == ()
    text = squeezed(" ".join(texts(made.content)))
    assert all(f"Customer{n:02}" in text for n in range(36))
    assert all(f"Winnumber{n:02}" in text for n in range(16))
    assert all(f"D-{n:04}" in text for n in range(84))


@pytest.mark.parametrize("locale", ["de_DE", "el_GR", "lt_LT", "vi_VN", "pl_PL", "en_US"])
def test_no_sentence_is_of_two_languages(locale: str) -> None:
    made = compose(pack(), Formats(locale))
    assert made.faults == ()
    text = squeezed(" ".join(texts(made.content)))
    assert squeezed("is released by March") in text
    assert squeezed("we review them together on") in text and "February" in text
    assert not re.search(r"[\u0370-\u03ff]|März|tháng|marca|kovo", text)


@pytest.mark.parametrize("count", [3, 6, 7, 8])
def test_the_renewals_of_a_usual_partner_keep_to_one_page(count: int) -> None:
    due = [replace(renewals()[0], customer=f"Customer {n}", outcome="open", action="") for n in range(count)]
    made = compose(pack(renewals=tuple(due)), FORMATS)
    assert made.faults == ()
    assert made.pages.count("renewals") == 1


@pytest.mark.parametrize("count", range(9, 20))
def test_a_sum_never_stands_alone_on_a_page(count: int) -> None:
    due = [replace(renewals()[0], customer=f"Customer {n:02}", outcome="open", action="") for n in range(count)]
    for page in texts(write_pack(pack(renewals=tuple(due)), FORMATS)):
        if "Renewals, continued" in page and "Due in 180" in page:
            assert "Customer " in page.replace("\u00a0", " ")


HARD = {
    "long names": {"partner": Party("p", LONG), "vendor": Party("v", f"{LONG} International")},
    "long customers": {
        "renewals": tuple(replace(r, customer=LONG, owner=LONG, action="Do it. " * 30) for r in renewals())
    },
    "long commitments": {
        "commitments": tuple(
            replace(c, text=c.text * 4, result=c.result * 5, owner=LONG, evidence=LONG) for c in commitments()
        )
    },
    "one word": {"commitments": tuple(replace(c, text="x" * 300, result="y" * 300) for c in commitments())},
    "long title": {
        "texts": {p: PageText("A title somebody wrote " * 12, "A deck " * 60) for p in ("score", "earnings")}
    },
    "greek": {"partner": Party("p", "Ελληνικά Δεδομένα Α.Ε.")},
    "cyrillic": {"partner": Party("p", "Компания Будущее")},
    "vietnamese": {"partner": Party("p", "Công ty Cổ phần Đầu tư và Phát triển")},
    "a customer called Delta": {"renewals": tuple(replace(r, customer="Delta") for r in renewals())},
    "many wins": {"wins": tuple(Point(LONG * 3, LONG * 2) for _ in range(12))},
    "six components": {"score": replace(score(), components=score().components * 2, gates=score().gates * 5)},
    "ten components": {"score": replace(score(), components=(score().components * 4)[:10])},
    "no gates": {"score": replace(score(), gates=(), levers=(), history=())},
    "not evaluated": {"score": replace(score(), total=None, points_short=None, missing="no renewal yet")},
    "at the top": {"score": replace(score(), tier="Platinum", reached="Platinum", next_tier=None, points_short=None)},
    "next to a floor": {"score": replace(score(), total=D("74.9"), points_short=D("0.1"))},
    "one point of history": {"score": replace(score(), history=score().history[:1])},
    "nothing ahead": {"outlook": replace(outlook(), months=outlook().months[:1], skills=(), fund=None)},
    "half a year of clawbacks": {
        "outlook": replace(outlook(), months=tuple(replace(m, payable=-m.payable) for m in outlook().months))
    },
    "twelve funds": {
        "outlook": replace(
            outlook(),
            more_funds=tuple(replace(outlook().fund, name=f"{LONG} {n}") for n in range(12)),  # type: ignore[type-var]
        )
    },
    "a year and more": {
        "outlook": replace(outlook(), months=tuple(m for n in range(3) for m in outlook().months)[:18])
    },
}


@pytest.mark.parametrize("case", HARD)
def test_nothing_is_clipped_and_nothing_overlaps(case: str) -> None:
    made = compose(pack(**HARD[case]), FORMATS)
    assert made.faults == ()
    assert len(texts(made.content)) == len(made.pages)


@pytest.mark.parametrize("locale", ["de_DE", "fr_FR", "pl_PL", "el_GR", "ja_JP", "hi_IN", "ar_EG", "pt_BR"])
def test_every_locale_gives_a_pack_that_fits(locale: str) -> None:
    made = compose(pack(), Formats(locale))
    assert made.faults == ()
    text = " ".join(texts(made.content))
    assert "Halvorsen Data" in text
    if locale == "de_DE":
        assert "29.225,00" in text


def test_amounts_in_the_billions_fit() -> None:
    found = earnings()
    names = "opening earned clawed_back adjusted paid closing held opening_held".split()
    lines = tuple(replace(s, **{n: getattr(s, n) * 123456 for n in names}) for s in found.statements)
    months = tuple(replace(r, vesting=r.vesting * 123456, holdback=r.holdback * 123456) for r in found.releases)
    assert compose(pack(earnings=replace(found, statements=lines, releases=months)), FORMATS).faults == ()


def test_a_negative_closing_says_that_it_is_carried_forward() -> None:
    line = replace(
        earnings().statements[-1],
        opening=D(-1200),
        opening_held=D(0),
        earned=D(980),
        clawed_back=D(-9500),
        adjusted=D(0),
        paid=D(0),
        closing=D(-9720),
        held=D(0),
    )
    made = compose(pack(earnings=Earnings((line,))), FORMATS)
    assert made.faults == ()
    text = texts(made.content)[3]
    assert "carried forward" in text
    assert "(9,720.00)" in text
    assert "Nothing is held at 30 Sep" in text.replace("\u00a0", " ")


def test_much_that_did_not_count_stands_over_the_whole_width() -> None:
    """In one column it would go on beside white paper; and a list never ends with a row or two alone on a page."""
    one = appendix().uncounted[0]
    for count in range(50, 66):
        many = tuple(replace(one, deal=f"D-{n:04}") for n in range(count))
        made = compose(pack(appendix=replace(appendix(), uncounted=many)), FORMATS)
        assert made.faults == ()
        found = [[d for d in re.findall(r"D-\d{4}", text) if d < "D-0900"] for text in texts(made.content)[8:]]
        rows = [len(page) for page in found if page]
        assert sum(rows) == count and min(rows) > 2, rows


@pytest.mark.parametrize(
    ("currency", "shown", "held"), [("KWD", "31,300.000", "29,225.000"), ("JPY", "31,300", "29,225")]
)
def test_every_amount_has_the_decimals_of_the_packs_currency(currency: str, shown: str, held: str) -> None:
    last = earnings().statements[-1]
    line = replace(last, paid=D(-31300), held=D(29225))
    said = " ".join(pages(currency=currency, earnings=replace(earnings(), statements=(line,))))
    assert f"({shown})" in said and f"{held} held at" in said
    cents = {",".join(found) for found in re.findall(r"(\d{1,3}),(\d{3}\.\d{2})(?!\d)", said)}
    assert not cents, f"{cents} in {currency}"
