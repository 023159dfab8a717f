"""A program with terms for some: modules by type, region and single partner, tables and limits that ask who one is."""

from datetime import date
from pathlib import Path

from partnerdesk.engine.facts import Enrolment, Facts, Partner
from partnerdesk.engine.rules import Program
from partnerdesk.program.agreement.content import Term
from partnerdesk.program.agreement.schedule import Derived, derived
from tests.engine.cases import program

NORTH = Partner(id="P-N", name="Nordfell Systems", type="reseller", region="Nordics", segment="large")
SOUTH = Partner(id="P-S", name="Suriana Partners", type="referral", region="Iberia", segment="small", parent="P-N")
ALONE = Partner(id="P-A", name="Aldermoor Group", type="reseller", region="Iberia", segment="small")
PARTNERS = (NORTH, SOUTH, ALONE)

TEXT = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
DAY = date(2026, 3, 1)


def versions(*texts: str) -> list[Program]:
    return [program(text) for text in texts or (TEXT,)]


def of(partner: Partner, *texts: str, day: date = DAY, enrolments: tuple[Enrolment, ...] = ()) -> Derived:
    facts = Facts({"partner": PARTNERS, "enrolment": enrolments})
    return derived(versions(*texts), partner, facts, day)


def terms(found: Derived) -> dict[str, Term]:
    return {term.key: term for section in found.sections for term in section.terms}
