"""The pages of a plan: what is on them, that everything fits, on both papers, and what is never markup."""

from dataclasses import replace
from decimal import Decimal

import pytest

from partnerdesk.errors import Refused
from partnerdesk.reports.format import Formats
from partnerdesk.reports.pack.data import Party
from partnerdesk.reports.page.composed import Composed
from partnerdesk.reports.page.landscape import A4, LETTER, Sheet, sheet_of
from partnerdesk.reports.plan import compose, file_name, titles
from partnerdesk.reports.plan.data import Missing, PlanDocument
from tests.reports.page.reading import fonts_of, reader, squeezed, texts
from tests.reports.plan.world import LONG, bare, crowded, full, objective

FORMATS = Formats("en_GB")
HOSTILE = ("=cmd|' /C calc'!A0", "<b>bold</b> &amp; <a href='http://x'>", "{partner} %s \\n $x_1$")
RIGHT_TO_LEFT = "\N{HEBREW LETTER SHIN}\N{HEBREW LETTER LAMED} \N{RIGHT-TO-LEFT OVERRIDE}txt.exe"


@pytest.fixture(scope="module")
def whole() -> Composed:
    return compose(full(), FORMATS)


def test_a_full_plan_has_five_to_eight_pages_and_nothing_is_clipped(whole: Composed) -> None:
    assert 5 <= whole.pages <= 8
    assert whole.faults == ()
    assert all(fonts_of(whole.content).values()), "every font is embedded"


def test_every_block_stands_in_it(whole: Composed) -> None:
    said = squeezed(" ".join(texts(whole.content)))
    wanted = (
        "What Halvorsen Data wants",
        "Gold by June",
        "412k (Q1 27)",
        "52 of 180 deals",
        "Workshops at two customers",
        "Carla Ahrendsen",
        "Key accounts under joint care",
        "Open gap",
        "Last spoken to",
        "Viktor Lehmdahl",
        "Escalation ladder",
        "Deal sync",
        "Week by week",
        "Promise 1",
        "https://example.com/offer",
        "was not there",
        "Ahrensfels went live on the day",
    )
    assert [text for text in wanted if squeezed(text) not in said] == []


def test_the_partners_own_goals_come_before_ours(whole: Composed) -> None:
    first = texts(whole.content)[0]
    assert first.index("What Halvorsen Data wants") < first.index("What Fennmark wants")


def test_each_section_is_an_entry_of_the_outline(whole: Composed) -> None:
    titles = [entry.title for entry in reader(whole.content).outline]
    assert titles[0].startswith("Why this partnership: 2027: objective number 1")
    assert [title.partition(":")[0] for title in titles][1:4] == [
        "Where we stand",
        "Objectives",
        "Accounts and whitespace",
    ]


@pytest.mark.parametrize("sheet", [A4, LETTER], ids=lambda s: s.name)
@pytest.mark.parametrize("plan", [bare(), full(), crowded()], ids=["bare", "full", "crowded"])
def test_nothing_is_clipped_on_either_paper(plan: PlanDocument, sheet: Sheet) -> None:
    made = compose(plan, Formats("de_CH"), sheet)
    assert made.faults == ()
    box = reader(made.content).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (round(sheet.width), round(sheet.height))


def test_a_plan_without_a_word_says_so_and_has_no_empty_page() -> None:
    made = compose(bare(), FORMATS)
    assert made.pages == 1
    (said,) = texts(made.content)
    for words in ("No thesis is written yet", "Not written yet.", "No target is set yet.", "nobody yet", "DRAFT"):
        assert squeezed(words) in squeezed(said)


def test_a_crowded_plan_loses_no_row() -> None:
    plan = replace(full(), objectives=tuple(objective(n) for n in range(300)))
    said = squeezed(" ".join(texts(compose(plan, FORMATS).content)))
    assert all(f"Objectivenumber{n}Customers" in said for n in range(300))


def test_a_side_without_a_name_stands_out_and_stops_no_page() -> None:
    gap = objective(1, partner_owner="", partner_commitment="")
    made = compose(bare(objectives=(gap,), obstacles=("Objective “x” has no partner owner.",)), FORMATS)
    said = squeezed(" ".join(texts(made.content)))
    assert "nothingyetnobodyyet" in said and "oneobjective" not in said.lower().replace("oneobjective,whichlacks", "")
    assert "hasnopartnerowner" in said


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_printed_as_it_was_written(text: str) -> None:
    plan = full(thesis=text, partner=Party("P-1", text))
    made = compose(replace(plan, objectives=(objective(1, title=text),)), FORMATS)
    shown = {piece for placed in made.placed for piece in placed.text.split()}
    assert set(text.split()) <= shown
    assert b"/URI" not in made.content
    assert made.faults == ()


def test_letters_that_no_font_has_are_refused_by_name_and_not_dropped() -> None:
    with pytest.raises(Refused, match="has the character") as refused:
        compose(full(thesis=RIGHT_TO_LEFT), FORMATS)
    assert refused.value.remedy


def test_the_paper_is_that_of_the_country() -> None:
    assert sheet_of("US") is LETTER and sheet_of("canada") is LETTER and sheet_of("mx") is LETTER
    assert sheet_of("DE") is A4 and sheet_of("") is A4


def test_the_file_is_named_for_its_partner_and_version() -> None:
    assert file_name(full()) == "Plan_Halvorsen Data_2027_v2.pdf"
    other = file_name(full(partner=Party("P-2", "Halvorsen Data")), taken=(file_name(full()),))
    assert other != file_name(full()) and other.endswith("_2027_v2.pdf")
    assert len(file_name(full(partner=Party("P-1", LONG * 3))).encode()) <= 120


def test_the_same_plan_gives_the_same_bytes(whole: Composed) -> None:
    assert compose(full(), FORMATS).content == whole.content


def test_what_the_next_tier_lacks_stands_with_a_way_to_close_it(whole: Composed) -> None:
    missing = Missing("Gold", "Certified people", Decimal(1), "people", "Core Engineer, pathway Delivery")
    found = full()
    lacking = compose(replace(found, standing=replace(found.standing, missing=(missing,))), FORMATS)
    words = squeezed("Missing for Gold: certified people, such as Core Engineer, pathway Delivery")
    assert words in squeezed(" ".join(texts(lacking.content))) and lacking.faults == ()
    assert words not in squeezed(" ".join(texts(whole.content)))


def test_many_gaps_give_way_to_the_targets_and_are_counted() -> None:
    """The targets alone on a second page would leave two sheets half empty."""
    gaps = tuple(f"Objective “A second product at existing customers” has no owner of kind {n}." for n in range(13))
    first = texts(compose(full(obstacles=gaps, status="draft"), FORMATS).content)[0]
    count = squeezed(first).count(squeezed("has no owner of kind"))
    assert 2 <= count < 5
    assert squeezed("gaps more") in squeezed(first) and squeezed("targets for") in squeezed(first)


def test_titles_count_what_is_open_in_a_sentence_of_their_number() -> None:
    risk = full().risks[0]
    heavy = replace(risk, likelihood="low", impact="high")
    assert titles.risks(full(risks=(heavy, heavy))) == "Two risks, both of high impact"
    assert titles.risks(full(risks=(heavy, replace(risk, likelihood="low", impact="low")))) == (
        "Two risks, one of high impact"
    )
    assert titles.risks(full(risks=(replace(heavy, likelihood="high"),))) == "One risk, likely and of high impact"
    decision = full().decisions[0]
    nobody = replace(decision, accountable="")
    assert titles.people(full(decisions=(nobody, nobody))) == "Two decisions, still without a name"
    assert titles.people(full(decisions=(decision, nobody))) == "Two decisions; one without a name yet"
    open_one = replace(objective(1), status="in progress")
    done = replace(open_one, status="done")
    assert titles.objectives(full(objectives=(open_one, done), status="agreed")).startswith(
        "Two objectives: one done and one in progress"
    )
