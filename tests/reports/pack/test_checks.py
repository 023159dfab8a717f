"""What is still wrong with a pack is said before it leaves, page by page."""

from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest

from partnerdesk.engine.problem import Problem, errors
from partnerdesk.reports.pack import check_pack
from partnerdesk.reports.pack.data import Meeting, PackData, PageText, Party, Point
from tests.reports.pack.world import FORMATS, earnings, internal_pack, next_steps, pack, renewals, score


def problems(**changes: object) -> list[Problem]:
    return check_pack(pack(**changes), FORMATS)


def found(words: str, **changes: object) -> Problem:
    matching = [p for p in problems(**changes) if words in str(p)]
    assert len(matching) == 1, [str(p) for p in problems(**changes)]
    return matching[0]


def test_a_whole_pack_has_the_one_problem_that_was_planted() -> None:
    only = problems()
    assert [str(p) for p in only] == [
        "Page 5, renewals: Borealis: the notice date has passed and nobody owns the renewal. Name an owner."
    ]
    assert errors(only) == []


@pytest.mark.parametrize(
    ("field", "words"), [("owner", "has no owner"), ("due", "has no date"), ("measure", "has no measure")]
)
def test_a_commitment_without_owner_date_or_measure_is_named(field: str, words: str) -> None:
    steps = next_steps()
    third = replace(steps.commitments[2], **{field: None if field == "due" else ""})  # type: ignore[arg-type]
    changed = replace(steps, commitments=(*steps.commitments[:2], third, *steps.commitments[3:]))
    problem = found(words, next=changed)
    assert problem.place == "Page 8, next, commitment 3"
    assert problem.warning


def test_titles_and_decks_that_are_too_long_are_named() -> None:
    long = {"score": PageText("A title that goes on and on " * 8, "and a deck that goes on " * 20)}
    assert found("The title is longer", texts=long).place == "Page 3, score"
    assert found("text under the title", texts=long).warning


def test_a_statement_that_does_not_tie_stops_the_pack() -> None:
    wrong = earnings()
    broken = replace(wrong.statements[1], earned=D(24301))
    changed = replace(wrong, statements=(wrong.statements[0], broken, wrong.statements[2]))
    problem = found("differ from the closing by 1", earnings=changed)
    assert not problem.warning
    assert "ST-2026-08" in problem.message


def test_statements_must_follow_each_other() -> None:
    wrong = earnings()
    assert not found("does not open with", earnings=replace(wrong, statements=wrong.statements[::2])).warning


def test_releases_must_sum_to_what_is_held() -> None:
    assert not found("Releases sum to", earnings=replace(earnings(), releases=earnings().releases[:-1])).warning
    assert not [
        p for p in problems(earnings=replace(earnings(), releases=(), undated=D(29225))) if "Releases" in str(p)
    ]


def test_components_must_add_up_to_the_score() -> None:
    assert not found("add up to", score=replace(score(), total=D("74.0"))).warning


def test_a_draft_statement_is_a_warning() -> None:
    drafts = tuple(replace(s, is_final=False) for s in earnings().statements)
    assert found("is a draft", earnings=replace(earnings(), statements=drafts)).warning


def test_a_meeting_without_day_or_people_is_named() -> None:
    said = [str(p) for p in problems(meeting=Meeting())]
    assert "Page 1, summary: The review has no date." in said
    assert "Page 1, summary: Nobody attends for Fennmark Software." in said
    assert "Page 1, summary: Nobody attends for Halvorsen Data." in said


def test_an_ask_without_a_date_is_named() -> None:
    assert found("It has no date", asks=(Point("Help us"),)).place == "Page 1, summary, ask 1"


def test_data_older_than_the_quarter_is_named() -> None:
    assert found("older than the end", as_of=date(2026, 9, 1), renewals=()) is not None


def test_pages_without_content_are_named(bare: PackData) -> None:
    left_out = [p.place for p in check_pack(bare, FORMATS) if "left out" in p.message]
    assert left_out == [
        "Page 2, commitments",
        "Page 3, score",
        "Page 4, earnings",
        "Page 5, renewals",
        "Page 6, pipeline",
        "Page 7, outlook",
    ]


def test_what_cannot_be_printed_stops_the_pack_and_names_the_text() -> None:
    changed = tuple(replace(r, customer="Acme \U000e1234") for r in renewals())
    (problem,) = problems(renewals=changed)
    assert not problem.warning
    assert "U+E1234" in problem.message
    assert "where it comes from" in problem.remedy
    assert check_pack(pack(partner=Party("p", "שלום")), FORMATS)[0].place == "“שלום”"


def test_the_internal_variant_is_checked_with_its_notes() -> None:
    pack_with_note = internal_pack()
    bad = replace(pack_with_note, notes=(replace(pack_with_note.notes[0], text="a \U000e1234"),))
    assert not check_pack(bad, FORMATS)[0].warning
    assert errors(check_pack(pack_with_note, FORMATS)) == []
