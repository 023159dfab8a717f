"""What can go wrong and who watches it, how what gets stuck goes up the ladder, and when both sides meet."""

from partnerdesk.reports.format import DASH
from partnerdesk.reports.page import Cell, Column, Row, row
from partnerdesk.reports.page.flow import Part
from partnerdesk.reports.plan import titles
from partnerdesk.reports.plan.governed import Gathering, Risk
from partnerdesk.reports.plan.making import Making, Section, headed, named, strong

_LEVELS = {"high": "warn", "medium": "progress", "low": "open"}


def section(making: Making) -> Section:
    parts = [*_risks(making), *_ladder(making), *_rhythm(making)]
    return Section("Risks, ladder and rhythm", titles.risks(making.data) if parts else "", tuple(parts))


def _risks(making: Making) -> list[Part]:
    if not making.data.risks:
        return []
    columns = (
        Column("Risk", grow=1.4, least=50),
        Column("Likelihood"),
        Column("Impact"),
        Column("We see it by", grow=1.1, least=38),
        Column("What we do", grow=1.2, least=40),
        Column("Owner", grow=0.5, least=24),
    )
    return headed("Risks", columns, tuple(map(_risk, making.data.risks)), making.width, before=0.0)


def _risk(risk: Risk) -> Row:
    levels = [Cell(level.capitalize(), _LEVELS[level]) if level in _LEVELS else Cell(DASH) for level in _levels(risk)]
    owner = named(risk.owner, "nobody")
    return row(strong(risk.text), *levels, risk.trigger or DASH, risk.mitigation or DASH, owner)


def _levels(risk: Risk) -> tuple[str, str]:
    return risk.likelihood, risk.impact


def _ladder(making: Making) -> list[Part]:
    data = making.data
    if not data.ladder:
        return []
    columns = (
        Column("Level"),
        Column("Who", grow=1, least=44),
        Column(data.vendor.short, grow=0.8, least=36),
        Column(data.partner.short, grow=0.8, least=36),
        Column("Settled within", right=True),
    )
    rows = tuple(
        row(
            f"L{r.level}",
            r.who,
            r.vendor_name or DASH,
            r.partner_name or DASH,
            f"{r.days} day{'' if r.days == 1 else 's'}",
        )
        for r in data.ladder
    )
    sub = "What is not settled in its time goes one level up."
    return headed("Escalation ladder", columns, rows, making.width, sub=sub)


def _rhythm(making: Making) -> list[Part]:
    if not making.data.rhythm:
        return []
    columns = (
        Column("Meeting", grow=1, least=44),
        Column("How often"),
        Column("Minutes", right=True),
        Column("Who", grow=1, least=36),
        Column("What is looked at", grow=1.6, least=56),
    )
    rows = tuple(_meeting(gathering) for gathering in making.data.rhythm)
    return headed("Rhythm", columns, rows, making.width)


def _meeting(gathering: Gathering) -> Row:
    name = strong(gathering.meeting, "optional" if gathering.is_optional else "")
    minutes = str(gathering.minutes) if gathering.minutes is not None else DASH
    return row(name, gathering.cadence, minutes, gathering.who or DASH, gathering.covers or DASH)
