"""The file: pages present and numbered, nothing clipped, text verbatim, one partner's world only, equal bytes."""

import dataclasses
import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal as D

import pytest

from partnerdesk.errors import Refused
from partnerdesk.reports.format import Formats
from partnerdesk.reports.look import DOCUMENT
from partnerdesk.reports.pack import compose, file_name, write_pack
from partnerdesk.reports.pack.data import (
    AgendaItem,
    Appendix,
    Earnings,
    Fund,
    Gate,
    InternalPack,
    KeyFigure,
    Lever,
    PackData,
    PageText,
    Party,
    Point,
)
from tests.reports.pack.world import (
    FORMATS,
    appendix,
    commitments,
    earnings,
    figures,
    internal_pack,
    next_steps,
    outlook,
    pack,
    renewals,
    score,
)
from tests.reports.page.reading import fonts_of, images_of, places, reader, squeezed, texts

WHOLE = (
    *("summary", "commitments", "score", "earnings", "renewals", "pipeline", "outlook", "next"),
    *("appendix", "appendix"),
)
LONG = "The Very Long and Rather Unwieldy Company Name of Hamburg & Sons GmbH & Co. KG"


def pages(**changes: object) -> list[str]:
    return [text.replace("\u00a0", " ") for text in texts(write_pack(pack(**changes), FORMATS))]


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


@pytest.mark.parametrize(
    "name", ["AT&T", "R&D <Labs>", "$5k to $10k", "Delta", "<img src=file:///dev/zero>", "=cmd|' /C calc'!A0"]
)
def test_names_are_verbatim_wherever_they_stand(name: str) -> None:
    made = compose(
        pack(
            partner=Party("p", name),
            renewals=tuple(replace(r, customer=name, owner=name) for r in renewals()),
            wins=(Point(name, name),),
            texts={"score": PageText(f"{name} wins", name)},
        ),
        FORMATS,
    )
    assert made.faults == ()
    found = texts(made.content)
    assert all(squeezed(name) in squeezed(text) for text in found)
    assert f"Quarterly business review, {name}, Q3 2026" == reader(made.content).metadata.title  # type: ignore[union-attr]
    outline = [entry.title for entry in reader(made.content).outline]  # type: ignore[union-attr]
    assert f"Score and tier: {name} wins" in outline


def test_a_name_that_cannot_be_printed_is_refused_before_anything_is_made() -> None:
    with pytest.raises(Refused) as refused:
        write_pack(pack(partner=Party("p", "Acme \U000e1234")), FORMATS)
    assert "U+E1234" in refused.value.sentence
    assert "name on documents" in refused.value.remedy
    with pytest.raises(Refused, match="Halvorsen Data"):
        write_pack(pack(renewals=tuple(replace(r, customer="שלום") for r in renewals())), FORMATS)


def test_the_file_holds_text_in_embedded_fonts_and_no_image() -> None:
    content = write_pack(pack(), FORMATS)
    assert all(fonts_of(content).values())
    assert {re.sub(r"^[A-Z]{6}\+", "", name.lstrip("/")) for name in fonts_of(content)} == {
        "IBMPlexSans-Regular",
        "IBMPlexSans-Medium",
        "IBMPlexSans-SemiBold",
    }
    assert images_of(content) == 0


def test_metadata_is_title_vendor_period_and_the_day_of_the_data() -> None:
    info = reader(write_pack(pack(), FORMATS)).metadata
    assert info is not None
    assert dict(info) == {
        "/Title": "Quarterly business review, Halvorsen Data, Q3 2026",
        "/Author": "Fennmark Software",
        "/Subject": "Q3 2026",
        "/CreationDate": "D:20261119000000Z",
        "/ModDate": "D:20261119000000Z",
    }


def test_the_outline_leads_to_every_page_once() -> None:
    found = reader(write_pack(pack(commitments=commitments() * 3), FORMATS))
    titles = [entry.title for entry in found.outline]  # type: ignore[union-attr]
    assert titles[0].startswith("Summary: Q3:")
    assert titles[-1] == "Appendix"
    assert len(titles) == 9
    assert [found.get_destination_page_number(entry) for entry in found.outline] == [0, 1, 3, 4, 5, 6, 7, 8, 9]  # type: ignore[arg-type]


def test_equal_data_gives_equal_bytes() -> None:
    assert write_pack(pack(), FORMATS) == write_pack(pack(), Formats("en_GB"))
    assert write_pack(pack(), FORMATS) != write_pack(pack(version=2, run="R-2"), FORMATS)


def test_another_accent_changes_the_look_alone() -> None:
    branded = replace(DOCUMENT, accent="#7A0C35")
    assert texts(write_pack(pack(), FORMATS, branded)) == texts(write_pack(pack(), FORMATS))
    assert write_pack(pack(), FORMATS, branded) != write_pack(pack(), FORMATS)


# Whose data it is


def test_the_partners_pack_cannot_hold_a_note_of_ours() -> None:
    def types(kind: type) -> set[str]:
        names = set()
        for field in dataclasses.fields(kind):
            names.add(field.name)
            for inner in re.findall(r"\w+", str(field.type)):
                found = getattr(__import__("partnerdesk.reports.pack.data", fromlist=["x"]), inner, None)
                if dataclasses.is_dataclass(found) and isinstance(found, type):
                    names |= {inner, *types(found)}
        return names

    assert "StatementLine" in types(PackData)
    assert not {"InternalNote", "notes", "internal", "internal_notes"} & types(PackData)
    assert "InternalNote" in types(InternalPack)


def test_the_internal_variant_is_marked_on_every_page_and_holds_the_notes() -> None:
    made = compose(internal_pack(), FORMATS)
    assert made.faults == ()
    assert made.pages[8] == "internal"
    found = texts(made.content)
    assert all("INTERNAL" in text for text in found)
    assert not [text for text in found if "Confidential" in text]
    assert "Jonas is looking for another job" in found[8]
    info = reader(made.content).metadata
    assert info is not None
    assert info.title is not None
    assert info.title.endswith("(internal)")


def test_the_partners_variant_says_nothing_internal() -> None:
    content = write_pack(internal_pack().data, FORMATS)
    assert "INTERNAL" not in " ".join(texts(content))
    assert "another job" not in " ".join(texts(content))
    assert "/page-internal" not in str(reader(content).trailer)


def test_nothing_of_the_partner_before_is_in_the_next_pack() -> None:
    """One process makes many packs; caches of fonts, words and figures must not carry anything over."""
    canary = "ZQXJCANARYWORD"
    marked = pack(
        partner=Party("p-1", canary),
        renewals=tuple(replace(r, customer=canary) for r in renewals()),
        commitments=tuple(replace(c, text=canary) for c in commitments()),
        texts={"score": PageText(canary, canary)},
    )
    write_pack(marked, FORMATS)
    other = compose(pack(), FORMATS)
    assert not [p.text for p in other.placed if canary in p.text]
    assert canary not in " ".join(texts(other.content))


def test_every_larger_number_on_the_pages_is_one_of_the_partners() -> None:
    """The closed world: whole numbers of four digits and more come from the data, or are one of these sums over it."""
    known = {
        match.split(".")[0].replace(",", "") for match in re.findall(r"\d[\d,.]*", str(dataclasses.asdict(pack())))
    }
    known |= {"90400", "73150", "180000", "95400", "104425", "208400", "156100", "113000", "51675"}  # over rows
    known |= {"596000", "44000", "640000"}  # deals by name, the others, all
    known |= {"3300", "14225", "3900", "7425", "9000"}  # clawed back; releases by kind and by month
    shown = [(text, re.findall(r"\d[\d,.]*\d", text)) for text in pages()]
    strangers = {n for _, found in shown for n in found if len(whole(n)) >= 4 and whole(n) not in known}
    assert strangers == set()
    assert sum(len(whole(n)) >= 4 for _, found in shown for n in found) > 100


def whole(number: str) -> str:
    return number.split(".")[0].replace(",", "")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Halvorsen Data", "QBR_Halvorsen Data_2026Q3_v1.pdf"),
        ("CON", r"QBR_CON.*_2026Q3_v1\.pdf"),
        ("../../x", r"QBR_[^/\\]*_2026Q3_v1\.pdf"),
        ("R&D <Labs>", r"QBR_R&D[^<>]*_2026Q3_v1\.pdf"),
    ],
)
def test_the_file_has_a_safe_name(name: str, expected: str) -> None:
    assert re.fullmatch(expected, file_name(pack(partner=Party("p-1", name))))


def test_the_internal_variant_says_so_in_its_name() -> None:
    assert file_name(internal_pack()) == "QBR_Halvorsen Data_2026Q3_v1_INTERNAL.pdf"


def test_a_figure_that_began_from_nothing_is_not_said_to_be_as_before() -> None:
    first = replace(figures()[0], previous=D(0), plan=None)
    text = pages(figures=(first, *figures()[1:]))[0]
    assert "from 0 in Q2" in text and "as in Q2" not in text
    assert "from 20k in Q2" in pages(figures=(replace(first, previous=D(20000)), *figures()[1:]))[0]


def test_why_a_figure_is_missing_is_told_to_its_end() -> None:
    bare = KeyFigure("Renewal rate", None, "%", missing="0 contracts ended with a known outcome, trailing 12 months")
    text = " ".join(pages(figures=(bare, *figures()[1:]))[0].split())
    assert "0 contracts ended with a known outcome, trailing 12 months" in text


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


def test_a_partner_with_nothing_has_no_outlook_of_noughts() -> None:
    none = {"earned": D(0), "payable": D(0), "earned_if_all": D(0), "payable_if_all": D(0)}
    months = tuple(replace(m, **none) for m in outlook().months)
    nothing = replace(outlook(), months=months, skills=(), fund=None)
    assert "outlook" not in compose(pack(outlook=nothing), FORMATS).pages
    assert "outlook" in compose(pack(outlook=replace(nothing, skills=outlook().skills)), FORMATS).pages


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
