"""A partner's life as data: the stages, which one it is in, what waits there and what it pays."""

from datetime import date
from decimal import Decimal

import pytest

from partnerdesk.engine.facts import Certification, Deal, Partner
from partnerdesk.engine.whole import Outcome
from partnerdesk.program.words import rule_words
from partnerdesk.reports import figures
from tests.engine.cases import problems, program, worked

PROGRAM = """
[metric.certified]
says = "Certified people"
of = "certification"
take = "distinct"
value = "person"
day = "awarded"
window = "ever"

[metric.wins]
says = "Deals won"
of = "deal"
where = { status = "won" }
take = "count"
window = "ever"

[earning.starter]
says = "Starter bonus"
type = "BONUS"
on = "certification awarded"
amount = 50

[[stage]]
name = "Onboarding"
says = "agreement and first contacts"
done_when = { partner = { agreement_signed = { known = true } } }
milestones = ["Agreement signed", "Kick-off held"]

[[stage]]
name = "Training"
done_when = { metric = "certified", at_least = 2 }
incentive = ["starter"]

[[stage]]
name = "Co-delivery"
done_when = { metric = "wins", at_least = 1 }

[[stage]]
name = "Growth"
"""
SIGNED = date(2026, 1, 10)


def run(*rows: object, signed: date | None = SIGNED) -> Outcome:
    return worked(PROGRAM, [Partner(id="A", name="A", agreement_signed=signed), *rows], date(2026, 5, 5))


def people(*names: str) -> list[Certification]:
    return [Certification(id=n, partner="A", person=n, awarded=date(2026, 3, 1)) for n in names]


WIN = Deal(id="D", partner="A", status="won", closed=date(2026, 4, 1), amount=Decimal(5))


@pytest.mark.parametrize(
    ("rows", "signed", "stage", "states"),
    [
        ([], None, "Onboarding", "current open open open"),
        ([], SIGNED, "Training", "done current open open"),
        (people("Kim"), SIGNED, "Training", "done current open open"),
        (people("Kim", "Lee"), SIGNED, "Co-delivery", "done done current open"),
        ([*people("Kim", "Lee"), WIN], SIGNED, "Growth", "done done done current"),
        # the first stage that is not done, whatever comes after it
        ([WIN], SIGNED, "Training", "done current done open"),
    ],
)
def test_the_stage_a_partner_is_in(rows: list[object], signed: date | None, stage: str, states: str) -> None:
    found = run(*rows, signed=signed)
    assert found.stage == stage
    assert " ".join(view.state for view in found.stages.values()) == states


def test_what_waits_in_a_stage() -> None:
    found = run(*people("Kim"))
    training = found.stages["Training"]
    assert training.requirement is not None
    assert (training.requirement.value, training.requirement.needed, training.requirement.gap) == (1, 2, 1)
    assert training.incentive == ("Starter bonus",)
    assert found.stages["Onboarding"].milestones == ("Agreement signed", "Kick-off held")
    assert found.stages["Growth"].requirement is None


def test_without_stages_there_is_none() -> None:
    found = worked(PROGRAM.partition("[[stage]]")[0], [WIN], date(2026, 5, 5))
    assert (found.stage, dict(found.stages)) == ("", {})


def test_when_all_is_done_no_stage_is_left() -> None:
    partner = Partner(id="A", name="A", agreement_signed=SIGNED)
    text = PROGRAM.rpartition("[[stage]]")[0]
    assert worked(text, [partner, WIN, *people("K", "L")], date(2026, 5, 5)).stage == ""


def test_json() -> None:
    found = figures.outcome(run(*people("Kim")))
    assert found["stage"] == "Training"
    assert [s["state"] for s in found["stages"]] == ["done", "current", "open", "open"]
    assert found["stages"][1]["requirement"]["gap"] == "1"
    assert found["stages"][1]["incentive"] == ["Starter bonus"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('name = "Growth"', 'name = "Training"', "two stages are called Training"),
        ('incentive = ["starter"]', 'incentive = ["starters"]', "earning starters is not defined. Did you mean"),
        ('metric = "wins", at_least', 'metric = "win", at_least', "stage.2.done_when: metric win is not defined"),
        (
            'done_when = { metric = "wins", at_least = 1 }',
            "",
            "Co-delivery is never done and hides the stages",
        ),
    ],
)
def test_stages_that_cannot_be(old: str, new: str, words: str) -> None:
    assert any(words in str(p) for p in problems(PROGRAM.replace(old, new)))


def test_words() -> None:
    said = {w.key: w for w in rule_words(program(PROGRAM))}["stage"]
    assert said.sentence == (
        "Onboarding: agreement and first contacts; done when the partner's agreement signed is known; milestones: "
        "Agreement signed, Kick-off held. Training; done when certified people are at least 2; rewarded with starter "
        "bonus. Co-delivery; done when deals won are at least 1. Growth; it goes on."
    )
    assert said.parameters == "Onboarding, Training, Co-delivery, Growth"
