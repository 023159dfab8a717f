"""The people who carry the plan, and who decides what. Nothing here is a judgement about anybody."""

from partnerdesk.reports.format import DASH
from partnerdesk.reports.page import Column, Row, row
from partnerdesk.reports.page.flow import Part
from partnerdesk.reports.plan import titles
from partnerdesk.reports.plan.governed import DecisionRight, Person
from partnerdesk.reports.plan.making import Making, Section, bold, headed, named, strong


def section(making: Making) -> Section:
    parts = [*_people(making), *_decisions(making)]
    return Section("People and decisions", titles.people(making.data) if parts else "", tuple(parts))


def _people(making: Making) -> list[Part]:
    data = making.data
    if not data.people:
        return []
    columns = (
        Column("Name", grow=1, least=36),
        Column("Side", grow=0.7, least=28),
        Column("Role", grow=1.2, least=36),
        Column("Stands in", grow=0.8, least=30),
        Column("Last spoken to"),
    )
    sides = {"vendor": data.vendor.short, "partner": data.partner.short, "customer": "Customer"}
    rows = tuple(_person(making, person, sides[person.side]) for person in data.people)
    return headed("Who carries it", columns, rows, making.width, before=0.0)


def _person(making: Making, person: Person, side: str) -> Row:
    spoken = making.formats.day(person.last_contact) if person.last_contact else DASH
    return row(strong(person.name), side, person.role or DASH, person.backup or DASH, spoken)


def _decisions(making: Making) -> list[Part]:
    data = making.data
    if not data.decisions:
        return []
    columns = (
        Column("Decision", grow=1.2, least=40),
        Column("Decides", grow=0.7, least=26),
        Column("Does it", grow=0.6, least=22),
        Column("Is asked before", grow=0.8, least=26),
        Column("Is told", grow=0.6, least=22),
        Column("Within", right=True),
        Column("In silence", grow=1.4, least=40),
    )
    rows = tuple(_decision(decision) for decision in data.decisions)
    sub = "One name decides each; when the time is over and nobody answered, the last column holds."
    return headed("Who decides", columns, rows, making.width, sub=sub)


def _decision(decision: DecisionRight) -> Row:
    days = decision.limit_days
    within = DASH if days is None else f"{days} day{'' if days == 1 else 's'}"
    who = bold(decision.accountable) if decision.accountable else named("", "nobody")
    others = (decision.responsible, decision.consulted, decision.informed)
    return row(decision.decision, who, *(name or DASH for name in others), within, decision.fallback or DASH)
