"""What both sides set out to do: each objective with the commitment and the name of either side."""

from partnerdesk.reports.format import HARD_SPACE
from partnerdesk.reports.look import CELL, CELL_BOLD, CELL_MUTED
from partnerdesk.reports.page import Cell, Column, Row, Span
from partnerdesk.reports.plan import titles
from partnerdesk.reports.plan.data import Objective
from partnerdesk.reports.plan.making import MEDIUM, Making, Section, headed
from partnerdesk.reports.plan.opening import offer, offer_fits

GLYPHS = {"on track": "ok", "in progress": "open", "at risk": "warn", "done": "done", "dropped": "dropped"}


def section(making: Making) -> Section:
    data = making.data
    market = [] if offer_fits(making) else offer(making)
    if not data.objectives:
        return Section("Objectives", "No objective yet" if market else "", tuple(market))
    columns = (
        Column("", width=6.5),
        Column("Objective, and why", grow=1.5, least=46),
        Column("Reached", grow=0.7, least=26),
        Column(f"{data.vendor.short} commits", grow=1.2, least=44),
        Column(f"{data.partner.short} commits", grow=1.2, least=44),
        Column("Due"),
        Column("Status", grow=0.5, least=22),
    )
    rows = tuple(_row(making, n, o) for n, o in enumerate(data.objectives, 1))
    parts = headed("", columns, rows, making.width, pad=2.0, before=0.0)
    return Section("Objectives", titles.objectives(data), (*parts, *market))


def _row(making: Making, number: int, o: Objective) -> Row:
    words = [Span(o.title, MEDIUM)]
    told = [o.why, f"Funded by {o.funding}" if o.funding else "", *o.links]
    if text := ". ".join(part.strip().rstrip(".") for part in told if part.strip()):
        words.append(Span(f"  {text}.", CELL_MUTED))
    due = Cell(making.formats.day(o.due)) if o.due else Cell("no date", "missing")
    status = [Span(o.status.capitalize(), CELL)]
    if o.reason:
        status.append(Span(f"  {o.reason}", CELL_MUTED))
    return Row(
        (
            Cell((Span(str(number), CELL_MUTED),)),
            Cell(tuple(words)),
            Cell(_reached(making, o)),
            _side(o.vendor_commitment, o.vendor_owner),
            _side(o.partner_commitment, o.partner_owner),
            due,
            Cell(tuple(status), GLYPHS.get(o.status, "")),
        ),
        CELL,
    )


def _side(commitment: str, owner: str) -> Cell:
    """What a side does, and who; a gap on either side stands there with its flag."""
    name = owner.replace(" ", HARD_SPACE) if owner else "nobody yet"
    words = (Span(commitment or "nothing yet", CELL), Span(f"  {name}", CELL_BOLD if owner else CELL_MUTED))
    return Cell(words, "" if commitment and owner else "missing")


def _reached(making: Making, o: Objective) -> tuple[Span, ...]:
    """`52 of 180 deals`, and what is counted."""
    unit = "%" if o.unit == "%" else f" {o.unit}" if o.unit else ""
    if o.target is None and o.actual is None:
        figure = ""
    elif o.target is None:
        figure = making.plain(o.actual) + unit
    elif o.actual is None:
        figure = f"target {making.plain(o.target)}{unit}"
    else:
        figure = f"{making.plain(o.actual)} of {making.plain(o.target)}{unit}"
    spans = [Span(figure, CELL)] if figure else []
    if o.metric:
        spans.append(Span(f"{'  ' if figure else ''}{o.metric}", CELL_MUTED))
    return tuple(spans)
