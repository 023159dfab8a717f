"""The first page: why this partnership and this year, who stands for it, what each side wants, and the targets."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from partnerdesk.reports.look import LEAD, ROW, SUB
from partnerdesk.reports.marks.shapes import Circle, Line
from partnerdesk.reports.pack import words
from partnerdesk.reports.page import MM, Cell, Column, Paper, Row, Table, row
from partnerdesk.reports.page.beside import beside, share
from partnerdesk.reports.page.blocks import Block
from partnerdesk.reports.page.flow import Part, grid
from partnerdesk.reports.page.landscape import content_top
from partnerdesk.reports.plan import titles
from partnerdesk.reports.plan.data import STATUSES, Quarter, Target
from partnerdesk.reports.plan.making import BETWEEN, GAP, Making, Section, headed, items_of, listing, muted, said

_DOT, _STRIP = 2.0 * MM, 10 * MM
_MOST_OBSTACLES, _LEAST_OBSTACLES = 5, 2
CONFIDENCE = {"high": "done", "medium": "progress", "low": "warn"}


def section(making: Making) -> Section:
    parts = _own(making) + (offer(making) if offer_fits(making) else [])
    return Section("Why this partnership", titles.opening(making.data), tuple(parts))


def _own(making: Making) -> list[Part]:
    """What the page is for, with as many of the gaps by name as leave the targets their place on it."""
    front, targets = _front(making), _targets(making)
    counts = range(_MOST_OBSTACLES, _LEAST_OBSTACLES - 1, -1)
    ways = ([front, *_wants(making, most), *targets] for most in counts)
    whole = next(ways)
    return whole if _fits(making, whole) else next((way for way in ways if _fits(making, way)), whole)


def _fits(making: Making, parts: Sequence[Part]) -> bool:
    room = making.sheet.bottom - content_top(titles.opening(making.data), making.sheet)
    return sum(part.before + part.block.height for part in parts) <= room


def offer_fits(making: Making) -> bool:
    """Whether the words about the market still stand on the first page; else they stand below the objectives."""
    return _fits(making, _own(making) + offer(making))


def _front(making: Making) -> Part:
    data, weights = making.data, (1.0, 1.16)
    left = share(making.width, GAP, weights, 0)
    thesis = data.thesis or "No thesis is written yet: why this partnership, why this year."
    lead = LEAD if data.thesis else replace(LEAD, colour="muted")
    paragraphs = [said(part, left, lead, 1.5 * MM) for part in thesis.split("\n") if part.strip()]
    strip = Part(Lifecycle(data.status, left), 5 * MM)
    right = share(making.width, GAP, weights, 1)
    return beside(making.width, GAP, [(1.0, [*paragraphs, strip]), (1.16, [_people(making, right)])])


def _people(making: Making, width: float) -> Part:
    data, formats = making.data, making.formats

    def pair(ours: str, theirs: str) -> str:
        sides = ((ours, data.vendor.short), (theirs, data.partner.short))
        return "  ·  ".join(f"{name or 'nobody yet'}, {party}" for name, party in sides)

    days = ", ".join(formats.short_day(day) for day in data.reviews[:-1]) if data.reviews else ""
    reviews = ", ".join(p for p in (days, formats.day(data.reviews[-1]) if data.reviews else "") if p)
    agreed = f"; agreed by {data.agreed_by}" if data.agreed_by and data.is_locked else ""
    pairs = (
        (
            "Plan",
            f"{data.number}, version {data.version}, {data.status} since {formats.day(data.status_since)}{agreed}",
        ),
        ("Period", f"{formats.day(data.start)} to {formats.day(data.end)}"),
        ("Owners", pair(data.vendor_owner, data.partner_owner)),
        ("Sponsors", pair(data.vendor_sponsor, data.partner_sponsor)),
        ("Kick-off", words.meeting_day(formats, data.kickoff) if data.kickoff else "not dated yet"),
        ("Reviews", reviews or "not dated yet"),
    )
    rows = tuple(row(muted(name), text, role=ROW) for name, text in pairs)
    return Part(grid(Table((Column(width=24), Column(grow=1)), rows, 1.6, headed=False), width))


def _wants(making: Making, most: int) -> list[Part]:
    """What each side wants and what stands in the way, `most` of it by name; the partner's own goals come first."""
    data = making.data
    width = share(making.width, GAP, (1, 1, 1), 0)
    obstacles = [*data.obstacles[:most]]
    if len(data.obstacles) > most:
        obstacles.append(f"{words.capital(words.counted(len(data.obstacles) - most, 'gap'))} more")
    free = "Nothing: both sides are bound to what stands here." if data.is_locked else "Nothing: it can be agreed."
    columns = [
        (1.0, listing(f"What {data.partner.short} wants", items_of(data.partner_goals), width, "Not written yet.")),
        (1.0, listing(f"What {data.vendor.short} wants", items_of(data.vendor_goals), width, "Not written yet.")),
        (1.0, listing("What stands in the way", obstacles, width, free)),
    ]
    return [replace(beside(making.width, GAP, columns), before=BETWEEN)]


def offer(making: Making) -> list[Part]:
    """Whom both sides win, with what, against whom."""
    data = making.data
    told = (
        ("Ideal customer", data.ideal_customer),
        ("What we offer together", data.value_proposition),
        ("Who else is asked", data.competitors),
    )
    width = share(making.width, GAP, (1, 1, 1), 0)
    columns = [(1.0, listing(title, [text], width) if text else []) for title, text in told]
    return [replace(beside(making.width, GAP, columns), before=BETWEEN)] if any(text for _, text in told) else []


def _targets(making: Making) -> list[Part]:
    data = making.data
    if not data.targets:
        return [*listing("Targets", [], making.width, "No target is set yet.")]
    title = f"{words.capital(words.counted(len(data.targets), 'target'))} for {data.period}"
    quarters = _labels(data.targets)
    columns = (
        Column("Target", grow=1, least=42),
        Column("Baseline", right=True),
        *(Column(words_of_quarter(label), right=True) for label in quarters),
        Column("Actual", right=True, gap=4),
        Column("Weight", right=True),
        Column("Source"),
        Column("Confidence"),
    )
    sub = "Per quarter. Actual: the newest quarter that has one, named beside it."
    rows = tuple(_target(making, target, quarters) for target in data.targets)
    return headed(title, columns, rows, making.width, sub=sub)


def _labels(targets: Sequence[Target]) -> list[str]:
    return sorted({quarter.label for target in targets for quarter in target.quarters})


def words_of_quarter(label: str) -> str:
    """`Q3 26` of 2026Q3, `Q2 FY27` of FY2027Q2."""
    year, _, number = label.partition("Q")
    return f"Q{number} {year[:-4]}{year[-2:]}"


def _target(making: Making, target: Target, quarters: list[str]) -> Row:
    by_label = {quarter.label: quarter for quarter in target.quarters}
    none = Quarter("", None, None)
    values = [making.quantity(by_label.get(label, none).value, target.unit) for label in quarters]
    reached = [q for q in target.quarters if q.actual is not None]
    last = reached[-1] if reached else none
    actual = making.quantity(last.actual, target.unit)
    source = "ledger" if target.is_measured else "kept by hand"
    weight = making.formats.percent(target.weight, 0) if target.weight is not None else ""
    confidence = Cell(target.confidence, CONFIDENCE[target.confidence]) if target.confidence in CONFIDENCE else Cell()
    is_said = target.unit in ("", "%") or target.unit.casefold() in target.label.casefold()
    name = target.label if is_said else f"{target.label}, {target.unit}"
    baseline = making.quantity(target.baseline, target.unit)
    so_far = " so far" if last.label and last.label == making.data.running else ""
    told = f"{actual} ({words_of_quarter(last.label)}{so_far})" if last.label else actual
    return row(name, baseline, *values, told, weight, source, confidence, role=ROW)


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """Where the plan is on its way, as dots on a line; the one that holds is filled and named in weight."""

    status: str
    width: float

    @property
    def height(self) -> float:
        return _STRIP

    def draw(self, paper: Paper, x: float, top: float) -> float:
        reached = STATUSES.index(self.status)
        pitch = self.width / (len(STATUSES) - 1 + 0.45)
        middle = 1.6 * MM
        end = pitch * (len(STATUSES) - 1)
        paper.shapes(x, top, (Line(((1.0 * MM, middle), (end, middle)), "line", 0.75),))
        for n, status in enumerate(STATUSES):
            fill = "accent" if n <= reached else "bg"
            outline = "accent" if n <= reached else "muted"
            paper.shapes(x, top, (Circle(1.0 * MM + n * pitch, middle, _DOT * 0.75, fill, outline, 0.9),))
            role = replace(SUB, face="semibold", colour="text") if n == reached else SUB
            room = (x + n * pitch, x + n * pitch + pitch)
            paper.text(x + n * pitch, top + 4.2 * MM, words.capital(status), role, room=room)
        return top + self.height

    def split(self, height: float) -> "tuple[Block | None, Block | None]":
        return (self, None) if self.height <= height + 0.1 else (None, self)
