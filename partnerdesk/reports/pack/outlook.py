"""Page 7: what may be earned as a range (`outlook_fan`), with what is scheduled and what is possible beside it.

Where there is no range, the two runs of the same rules have the page to themselves, and none is claimed.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from partnerdesk.reports.charts import Outlook, OutlookMonth, OutlookSeries, monthly_outlook
from partnerdesk.reports.format import HARD_SPACE, Formats
from partnerdesk.reports.look import BODY, CELL, CELL_BOLD, CELL_MUTED, Role
from partnerdesk.reports.pack import titles, words
from partnerdesk.reports.pack.data import MonthAhead, OutlookView, PackData, Skill
from partnerdesk.reports.pack.frame import BOTTOM, LEFT, RIGHT, Leaf
from partnerdesk.reports.pack.outlook_fan import draw_fan, sources
from partnerdesk.reports.pack.outlook_funds import draw_funds
from partnerdesk.reports.pack.outlook_possible import draw_possible
from partnerdesk.reports.page import MM, Cell, Column, Paper, Row, Span, Table
from partnerdesk.reports.page.blocks import heading

_SECTION = "Outlook"
_CHART, _RIGHT, _HEIGHT, _TEXT, _FAN_TEXT = 150.0, 95.0, 92.0, 70.0, 96.0
SCHEDULED, IF_ALL = "scheduled", "if every dated open deal and renewal closes"
_MUTED = Role(BODY.size, BODY.leading, BODY.face, "muted")
ZERO = Decimal(0)


def leaves(data: PackData, formats: Formats) -> list[Leaf]:
    """The page; none where nobody computed what lies ahead, and where there is nothing at all."""
    view = data.outlook
    if view is None or not (view.months or view.fan) or _is_nothing(view):
        return []
    title, deck = titles.title("outlook", data, formats), titles.deck("outlook", data, formats)

    def draw(paper: Paper, top: float) -> None:
        if view.fan:
            bottom, right = draw_fan(paper, top, view.fan, data, formats)
            right = draw_possible(paper, RIGHT - _RIGHT * MM, right, _RIGHT * MM, data, formats)
        else:
            bottom, right = _draw_runs(paper, top, view, data, formats)
        if view.fund:
            right = draw_funds(paper, RIGHT - _RIGHT * MM, right + 8 * MM, _RIGHT * MM, bottom, data, formats)
        _texts(paper, (bottom if view.fan else max(bottom, right), max(bottom, right)), view, formats)

    return [Leaf("outlook", _SECTION, title, deck, draw)]


def _is_nothing(view: OutlookView) -> bool:
    """Whether nothing was earned, nothing lies ahead, and no fund or skill is to be told."""
    moved = any(getattr(month, name) for month in view.months for name in _FIELDS)
    return not (moved or view.fan or view.fund or view.skills)


def _draw_runs(paper: Paper, top: float, view: OutlookView, data: PackData, formats: Formats) -> tuple[float, float]:
    """The months of both runs at the left, what they come to at the right; returns the bottoms of both."""
    name = f"Earned and payable by month, {data.currency}{_unit(view)[1]}"
    sub = "Two runs of the same rules; an outline is no promise"
    content = heading(paper, LEFT, top, _CHART * MM, name, sub)
    bottom = paper.chart(LEFT, content, _CHART, _HEIGHT, monthly_outlook, _chart(view, data.as_of, formats))
    return bottom, _runs(paper, RIGHT - _RIGHT * MM, top, data, view, formats)


def _chart(view: OutlookView, as_of: date, formats: Formats) -> Outlook:
    months = tuple(_month(m, n, as_of, formats) for n, m in enumerate(view.months))
    unit, _ = _unit(view)
    earned = _series("Earned", [(m.earned, m.earned_if_all) for m in view.months], unit, formats)
    payable = _series("Payable", [(m.payable, m.payable_if_all) for m in view.months], unit, formats)
    return Outlook(months, (earned, payable), "closed", SCHEDULED, IF_ALL)


def _month(month: MonthAhead, n: int, as_of: date, formats: Formats) -> OutlookMonth:
    note = str(month.month.year) if n == 0 or month.month.month == 1 else ""
    if month.rest:
        note = f"after {formats.short_day(as_of)}"
    return OutlookMonth(words.short_month_name(formats, month.month), note, month.closed)


def _series(title: str, amounts: Sequence[tuple[Decimal, Decimal]], unit: Decimal, formats: Formats) -> OutlookSeries:
    scheduled, if_all = zip(*amounts, strict=True)
    says = [tuple(_short(amount / unit, formats) for amount in run) for run in (scheduled, if_all)]
    return OutlookSeries(title, scheduled, if_all, says[0], says[1])


def _unit(view: OutlookView) -> tuple[Decimal, str]:
    """What one unit of the labels is: 1, a thousand or a million, by the largest amount."""
    amounts = [abs(a) for m in view.months for a in (m.earned, m.payable, m.earned_if_all, m.payable_if_all)]
    units = ((Decimal(10_000_000), Decimal(1_000_000), " million"), (Decimal(1_000), Decimal(1_000), " thousand"))
    return next(((unit, name) for least, unit, name in units if max(amounts) >= least), (Decimal(1), ""))


def _short(amount: Decimal, formats: Formats) -> str:
    """`5.5`, `12`, `0`."""
    return formats.number(amount, 1 if 0 < abs(amount) < Decimal("9.95") else 0)


def _runs(paper: Paper, x: float, top: float, data: PackData, view: OutlookView, formats: Formats) -> float:
    """The two runs as a table, so that what the difference is worth is a subtraction."""
    ahead = [m for m in view.months if not m.closed]
    sub = f"{_span(ahead, formats)}{data.currency}"
    top = heading(paper, x, top, _RIGHT * MM, "What the two runs come to", sub)
    sums = [sum((getattr(m, name) for m in ahead), ZERO) for name in _FIELDS]
    columns = (
        Column("", grow=1, least=36),
        Column("Earned", amount=True),
        Column("Payable", amount=True),
        Column("Tier at the end", gap=1),
    )
    rows = (
        _run(
            "Scheduled", "contracts in force and releases only", sums[0], sums[1], _tier(view.tier, view), formats, CELL
        ),
        _run(
            "If all closes",
            "every dated open deal and renewal",
            sums[2],
            sums[3],
            _tier(view.tier_if_all, view),
            formats,
            CELL,
        ),
        _run("Difference", "", sums[2] - sums[0], sums[3] - sums[1], "", formats, CELL_BOLD),
    )
    bottom = Table(columns, rows, 1.37).laid(_RIGHT * MM).draw(paper, x, top)
    if not view.unprojected:
        return bottom
    return paper.paragraph(x, bottom + 2 * MM, _RIGHT * MM, f"Tier: {view.unprojected}.", _MUTED)


def _tier(tier: str, view: OutlookView) -> str:
    return tier or ("not projected" if view.unprojected else "")


def _span(ahead: Sequence[MonthAhead], formats: Formats) -> str:
    if not ahead:
        return ""
    return f"{formats.short_month(ahead[0].month)} to {formats.short_month(ahead[-1].month)}, "


_FIELDS = ("earned", "payable", "earned_if_all", "payable_if_all")


def _run(name: str, note: str, earned: Decimal, payable: Decimal, tier: str, formats: Formats, role: Role) -> Row:
    label = Cell((Span(name, CELL_BOLD), *((Span(f" {note}", CELL_MUTED),) if note else ())))
    amounts = (Cell(formats.accounting(earned, 0)), Cell(formats.accounting(payable, 0)))
    return Row((label, *amounts, Cell(tier)), role, above=not note, last=not note)


def _texts(paper: Paper, bottoms: tuple[float, float], view: OutlookView, formats: Formats) -> None:
    """Three short lists: what the page takes for granted, leaves out, and skills missing.

    `bottoms` are those of the chart and of the right column, below which the lists stand.
    """
    first = _FAN_TEXT if view.fan else _TEXT
    left, right = (bottom + 5 * MM for bottom in bottoms)
    places = (
        (LEFT, left, first),
        (LEFT + (first + 9) * MM, left, _CHART - first - 9),
        (RIGHT - _RIGHT * MM, right, _RIGHT),
    )
    names = ("What the range holds", "What it leaves out")
    if view.fan is None:
        names = ("What the second run takes for granted", "What both leave out")
    holds, leaves_out = (sources(view.fan), view.fan.leaves_out) if view.fan else (view.holds, view.leaves_out)
    lists = (
        (names[0], [words.capital(text) for text in holds]),
        (names[1], [words.capital(text) for text in leaves_out]),
        ("Skills still missing", [_skill(s, formats) for s in view.skills if s.has < s.needed]),
    )
    shown = [(name, texts) for name, texts in lists if texts]
    for (x, top, width), (name, texts) in zip(places, shown, strict=False):
        _list(paper, x, top, width * MM, name, texts, CELL_MUTED if view.fan else _MUTED)


def _list(paper: Paper, x: float, top: float, width: float, name: str, texts: Sequence[str], role: Role) -> None:
    """A heading and its texts as one sentence; line by line, with a count of those left out, where that is too long."""
    y = heading(paper, x, top, width, name)
    whole = f"{'; '.join([texts[0], *(words.small(text) for text in texts[1:])])}."
    if y + len(paper.broken(whole, role, width)) * role.leading <= BOTTOM:
        paper.paragraph(x, y, width, whole, role)
        return
    for n, text in enumerate(texts):
        height = len(paper.broken(text, role, width)) * role.leading
        more = 0.0 if n == len(texts) - 1 else role.leading + 1 * MM
        if y + height + more > BOTTOM:
            paper.paragraph(x, y, width, f"{words.capital(words.number_word(len(texts) - n))} more", role)
            return
        y = paper.paragraph(x, y, width, text, role) + 0.6 * MM


def _skill(skill: Skill, formats: Formats) -> str:
    by = f", by {formats.day(skill.by)}" if skill.by else ""
    return f"{skill.text} {skill.has}{HARD_SPACE}of{HARD_SPACE}{skill.needed}{by}"
