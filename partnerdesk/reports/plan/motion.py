"""What happens next: the 90 days week by week, what was promised and how it stands, and the files that belong to it."""

from collections.abc import Mapping
from types import MappingProxyType

from partnerdesk.reports.format import DASH
from partnerdesk.reports.page import Cell, Column, Row, row
from partnerdesk.reports.page.flow import Part
from partnerdesk.reports.plan import titles
from partnerdesk.reports.plan.data import Promise, Step
from partnerdesk.reports.plan.making import Making, Section, headed, muted, named

STATES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "open": ("open", "Open"),
        "late": ("late", "Late"),
        "done": ("done", "Done"),
        "dropped": ("dropped", "Dropped"),
        "proposed": ("waiting", "Proposed"),
    }
)


def section(making: Making) -> Section:
    data = making.data
    parts = [*_steps(making), *_promises(making), *_references(making)]
    title = titles.motion(data) if data.steps or data.promises else "What belongs to this plan"
    return Section("The next 90 days", title if parts else "", tuple(parts))


def _side(making: Making, side: str) -> str:
    return making.data.vendor.short if side == "vendor" else making.data.partner.short


def _steps(making: Making) -> list[Part]:
    if not making.data.steps:
        return []
    columns = (
        Column("Week of"),
        Column("What happens", grow=2, least=80),
        Column("Side", grow=0.5, least=26),
        Column("Owner", grow=0.6, least=28),
        Column("Status"),
    )
    rows = tuple(_step(making, step) for step in making.data.steps)
    return headed("Week by week", columns, rows, making.width, before=0.0)


def _step(making: Making, step: Step) -> Row:
    state = Cell(f"Done {making.formats.short_day(step.done_on)}", "done") if step.done_on else Cell("Open", "open")
    owner = named(step.owner, "nobody")
    return row(making.formats.day(step.week), step.text, _side(making, step.side), owner, state)


def _promises(making: Making) -> list[Part]:
    if not making.data.promises:
        return []
    columns = (
        Column("Promise", grow=2, least=70),
        Column("Side", grow=0.5, least=26),
        Column("Owner", grow=0.6, least=28),
        Column("Due"),
        Column("Status"),
        Column("What came of it", grow=0.8, least=30),
    )
    rows = tuple(_promise(making, promise) for promise in making.data.promises)
    return headed("What was promised", columns, rows, making.width)


def _promise(making: Making, promise: Promise) -> Row:
    glyph, word = STATES[promise.state]
    due = Cell(making.formats.day(promise.due)) if promise.due else Cell("no date", "missing")
    owner = named(promise.owner, "nobody")
    outcome = "; ".join(said for said in (promise.outcome, promise.evidence) if said) or DASH
    return row(promise.text, _side(making, promise.side), owner, due, Cell(word, glyph), outcome)


def _references(making: Making) -> list[Part]:
    if not making.data.references:
        return []
    rows = tuple(row(r.title, muted(r.place)) for r in making.data.references)
    return headed("Files and pages", (Column(grow=1, least=60), Column(grow=1.4, least=80)), rows, making.width)
