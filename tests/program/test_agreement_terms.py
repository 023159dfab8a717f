"""The schedule of an agreement: exactly what applies to one partner, and nothing of another."""

from dataclasses import asdict
from datetime import date
from typing import Any

import pytest

from partnerdesk.engine.facts import Enrolment, Partner
from partnerdesk.errors import Refused
from tests.program.agreements import ALONE, NORTH, PARTNERS, SOUTH, TEXT, of, terms

LATER = TEXT.replace('version = "1"', 'version = "2"').replace("2026-01-01", "2026-06-01")


def test_rates_are_those_of_the_partners_region() -> None:
    north, south = terms(of(NORTH))["earning.upfront"], terms(of(ALONE))["earning.upfront"]
    assert "11\u00a0%" in north.numbers and "7\u00a0%" not in north.numbers
    assert "7\u00a0%" in south.numbers and "11\u00a0%" not in south.numbers
    assert "5.5\u00a0%" in north.numbers, "what is asked of the deal stays"
    assert "Iberia" in south.numbers and "Italy" not in south.numbers, "the own region, not the list"


def test_a_rate_by_region_says_that_a_deal_may_be_anothers() -> None:
    (section,) = [s for s in of(NORTH).sections if s.key == "earning"]
    assert "for deals that are yours" in section.note


def test_rules_of_others_are_left_out_with_what_follows_from_them() -> None:
    found = of(ALONE)
    own = terms(found)
    assert "earning.thanks" not in own and "earning.fee" not in own and "earning.override" not in own
    assert "holdback.quality" not in own, "a limit of nothing is none"
    assert own["cap.small"].sentence == "Upfront commission is at most 1,234.00 EUR a quarter."
    reasons = {left.key: left.reason for left in found.left_out}
    assert reasons["earning.thanks"] == "it is for events whose partner's region is Nordics"
    assert reasons["earning.fee"] == "it follows Northern bonus"
    assert reasons["module.referral"] == "for partners whose type is referral or affiliate"
    assert "cap.small" in {left.key for left in of(NORTH).left_out}


def test_what_is_settled_is_not_asked_and_what_may_come_true_is() -> None:
    earn = terms(of(NORTH))["eligibility.earn"]
    assert "the agreement is signed" in earn.sentence and "region" not in earn.sentence
    assert "eligibility.join" not in terms(of(NORTH)), "who may join is answered by the agreement itself"
    assert terms(of(NORTH))["tier.Elite"].sentence == "Revenue is at least 500"
    assert terms(of(ALONE))["tier.Elite"].sentence == "Revenue is at least 500 or revenue is at least 90"


def test_a_measure_that_counts_others_alone_is_zero() -> None:
    assert "region is Nordics" in terms(of(NORTH))["metric.north"].sentence
    assert terms(of(ALONE))["metric.north"].sentence == "0, fixed by the program."


def test_a_measure_of_partners_below_asks_what_those_are() -> None:
    held = (
        '\n[metric.held]\nsays = "Held below"\nof = "tier_held"\ntake = "count"\nwhose = "sub-partners"\n'
        'window = "in force"\nwhere = { tier = "Elite", partner.region = "Iberia", partner.id = "P-S" }\n'
        'times = [[{ factor = 2, where = { partner.segment = "small" } }]]\n'
    )
    used = TEXT.replace('{ metric = "revenue", at_least = 500 }', '{ metric = "held", at_least = 3 }') + held
    sentence = terms(of(NORTH, used))["metric.held"].sentence
    assert "whose tier is Elite, of a partner whose region is Iberia, of the partners directly below" in sentence
    assert "by 2 where partner's segment is small" in sentence and "P-S" not in sentence


def test_a_benefit_that_no_tier_brings_is_agreed_with_nobody() -> None:
    listing = '\n[benefit.listing]\nsays = "Website listing"\ndelivered = "once"\n'
    assert "benefit.listing" not in terms(of(NORTH, TEXT + listing))
    brought = (TEXT + listing).replace('"A named engineer"]', '"A named engineer", "listing"]')
    own = terms(of(NORTH, brought))
    assert "benefit.listing" in own and own["tier.Elite"].numbers == "A named engineer; Website listing"


def test_instalments_that_begin_with_the_event_are_agreed() -> None:
    paid = TEXT.replace("amount = 7\n", "amount = 7\nvests = [{ share = 1, parts = 3, apart_months = 12 }]\n", 1)
    bonus = terms(of(NORTH, paid))["earning.thanks"]
    instalments = "in 3 equal parts, the first at once, then each 12 months later"
    assert instalments in bonus.sentence and instalments in bonus.numbers


def test_modules_are_told_by_the_partners_own_values() -> None:
    own = terms(of(SOUTH))
    assert own["module.referral"].sentence == (
        "Yours because your type is referral: own terms for upfront commission and without northern bonus and fee on "
        "the northern bonus."
    )
    assert own["module.referral"].reference == "R-1"
    assert (own["earning.upfront"].origin, own["earning.upfront"].numbers) == ("Referral terms", "")
    assert "20\u00a0%" in own["earning.upfront"].sentence
    assert terms(of(ALONE))["module.alder"].sentence == "Agreed with you: own terms for special reward."


def test_clauses_stand_under_what_they_are() -> None:
    sections = {s.key: [t.title for t in s.terms] for s in of(NORTH).sections}
    assert sections["regional"] == ["Northern holidays"] and sections["rights"] == ["Audit"]
    assert "changes" not in sections
    assert [t.title for s in of(ALONE).sections if s.key == "changes" for t in s.terms] == ["Aldermoor extension"]
    assert "45 days" in terms(of(NORTH))["disputes"].sentence and "12 days" in terms(of(NORTH))["disputes"].sentence


OTHERS = {
    NORTH.id: ("Referral terms", "affiliate", "Baltics", "Aldermoor", "Suriana", "P-S", "P-A", "Special reward", "321"),
    SOUTH.id: ("Nordfell", "P-N", "P-A", "Aldermoor", "Nordics", "July", "Special reward", "321", "affiliate", "0.11"),
    ALONE.id: ("Referral terms", "affiliate", "Nordfell", "P-X", "Suriana", "P-S", "P-N", "July", "20\u00a0%"),
}


@pytest.mark.parametrize("partner", PARTNERS, ids=lambda p: p.id)
def test_nothing_of_another_partner_or_of_anothers_module_is_told(partner: Partner) -> None:
    said = str([asdict(section) for section in of(partner).sections])
    assert [word for word in OTHERS[partner.id] if word in said] == []


@pytest.mark.parametrize("partner", PARTNERS, ids=lambda p: p.id)
def test_no_title_that_was_left_out_is_told(partner: Partner) -> None:
    found = of(partner)
    own = {term.title for section in found.sections for term in section.terms}
    assert found.left_out and not own & {left.title for left in found.left_out}


def test_an_override_names_no_partner_below() -> None:
    assert terms(of(NORTH))["earning.override"].sentence.startswith(
        "When a deal is won at a partner directly below you for a partner whose type is referral"
    )


def test_each_term_knows_since_when_it_says_the_same() -> None:
    found = terms(
        of(NORTH, TEXT, LATER.replace("at_most = 1234", "at_most = 9").replace("0.11", "0.12"), day=date(2026, 7, 1))
    )
    assert found["earning.upfront"].since == "version 2, 1 Jun 2026"
    assert found["earning.thanks"].since == "version 1, 1 Jan 2026"


def test_a_version_for_new_streams_brings_the_terms_of_what_began_before() -> None:
    new = LATER.replace("0.11", "0.12") + '\n[transition]\napplies_to = "new streams"\n'
    found = terms(of(NORTH, TEXT, new, day=date(2026, 7, 1)))
    assert "12\u00a0%" in found["earning.upfront"].numbers
    assert "11\u00a0%" in found["before.1.earning.upfront"].numbers
    assert found["transition"].sentence.startswith("This version applies to deals and contracts that begin on 1 Jun")
    assert "before.1.earning.thanks" not in found, "what says the same is told once"


def test_a_rule_frozen_at_its_streams_start_goes_on() -> None:
    old = TEXT.replace('reference = "U-1"', 'reference = "U-1"\nrules_as_of = "stream start"')
    found = terms(of(NORTH, old, LATER.replace("0.11", "0.12"), day=date(2026, 7, 1)))
    assert [key for key in found if key.startswith("before.")] == ["before.1.earning.upfront"]


def test_a_version_to_come_is_announced_and_not_told() -> None:
    found = terms(of(NORTH, TEXT, LATER.replace("0.11", "0.12")))
    assert found["coming.2"].sentence.startswith("From 1 Jun 2026 version 2 takes its place")
    assert "11\u00a0%" in found["earning.upfront"].numbers


def test_enrolments_of_this_program_up_to_the_day_are_told() -> None:
    rows: tuple[Any, ...] = (
        Enrolment(id="E1", partner="P-N", program="gorge", day=date(2026, 2, 1), track="Build", group="A"),
        Enrolment(id="E2", partner="P-N", program="gorge", day=date(2026, 9, 1), track="Late"),
        Enrolment(id="E3", partner="P-N", program="other", track="Elsewhere"),
        Enrolment(id="E4", partner="P-S", program="gorge", track="Theirs"),
    )
    own = [t.sentence for k, t in terms(of(NORTH, enrolments=rows)).items() if k.startswith("enrolment")]
    assert own == ["From 1 Feb 2026: track Build, group A."]


def test_terms_that_one_enrols_in_say_so_in_the_agreement_and_beside_it() -> None:
    text = (
        TEXT
        + """
[module.mixed]
says = "Mixed"
enrolled = true
earning.upfront.rate = 0.3
[module.big]
says = "Big"
partner = { segment = "large" }
enrolled = true
earning.upfront.rate = 0.4
"""
    )
    row = Enrolment(id="E1", partner="P-N", program="gorge", day=date(2026, 2, 1), module="mixed, big")
    own = terms(of(NORTH, text, enrolments=(row,)))
    assert own["module.mixed"].sentence.startswith("Yours because you are enrolled in it: own terms for upfront")
    assert own["module.big"].sentence.startswith("Yours because your segment is large and you are enrolled in it:")
    reasons = {left.key: left.reason for left in of(ALONE, text).left_out}
    assert reasons["module.mixed"] == "for partners that are enrolled in it"
    assert reasons["module.big"] == "for partners whose segment is large and that are enrolled in it"


def test_a_partner_whom_the_program_is_not_for_has_no_agreement() -> None:
    with pytest.raises(Refused, match="not for Vast Ltd"):
        of(Partner(id="V", name="Vast Ltd", type="distributor"))
    with pytest.raises(Refused, match="begins on 1 Jan 2026"):
        of(NORTH, day=date(2025, 12, 31))
