"""The charts of Renewals, from the same functions as the pack's page: circles by day and risk, and value by month."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from partnerdesk.engine.period import add_months
from partnerdesk.queries.pipeline.renewal_signs import BANDS as RISKS
from partnerdesk.queries.pipeline.renewal_signs import HIGH
from partnerdesk.ui.screens.deal_pages.renewal_words import BANDS, at_stake, customer_of, risk_words
from partnerdesk.ui.screens.need_words import plural
from partnerdesk.ui.widgets.canvas import ChartData
from partnerdesk.ui.widgets.chart import Chart

if TYPE_CHECKING:
    from partnerdesk.queries.pipeline.renewal_calendar import ListedRenewal
    from partnerdesk.reports.charts import RenewalColumn, RenewalDot
    from partnerdesk.reports.format import Formats

Rows = Sequence["ListedRenewal"]
ZERO = Decimal(0)
BEHIND = 14  # days left of today that are always shown
FARTHEST = 90  # days an overdue renewal is shown behind today at most; older ones stand at the edge
NAMED = 8  # circles with their name beside them, high risk first; all have it under the pointer
RISK, NOTICE, OWNER = "risk", "notice", "owner"
GROUPS = (("By risk", RISK), ("By notice", NOTICE), ("By owner", OWNER))
OWNERS = 4  # lines of people; the others share one
PASSED, AHEAD, NONE, ENDED = "Notice passed", "Notice ahead", "No notice date", "Term ended"


def bands_of(rows: Rows, group: str) -> tuple[tuple[str, ...], "Callable[[ListedRenewal], str]"]:
    """The lines of the timeline from the top, and the line of a renewal."""
    if group == NOTICE:
        used = {_notice(r) for r in rows} | {PASSED, AHEAD}
        return tuple(b for b in (ENDED, PASSED, AHEAD, NONE) if b in used), _notice
    if group == OWNER:
        return _owners(rows)
    return tuple(BANDS[b] for b in RISKS), lambda r: BANDS[r.band]


def _notice(row: "ListedRenewal") -> str:
    if row.days < 0:
        return ENDED
    if row.contract.notice_by is None:
        return NONE
    return PASSED if row.is_notice_past else AHEAD


def _owners(rows: Rows) -> tuple[tuple[str, ...], "Callable[[ListedRenewal], str]"]:
    """The people with most at stake, nobody first; whoever is left shares a line."""
    sums: dict[str, Decimal] = {}
    for r in rows:
        sums[r.contract.owner_name] = sums.get(r.contract.owner_name, ZERO) + (r.value or ZERO)
    known = sorted((name for name in sums if name), key=lambda name: (-sums[name], name))
    first, rest = known[:OWNERS], known[OWNERS:]
    names = [*(["Nobody"] if "" in sums else []), *first, *(["Others"] if rest else [])]

    def line(row: "ListedRenewal") -> str:
        name = row.contract.owner_name
        return "Others" if name in rest else name or "Nobody"

    return tuple(names), line


def timeline_chart(chart: Chart, rows: Rows, as_of: date, reach: int, group: str, formats: "Formats") -> None:
    """Each open renewal at its day, in its line, its area the yearly value."""
    from partnerdesk.reports.charts import Timeline, renewal_timeline

    lines, line = bands_of(rows, group)
    late = max((-r.days for r in rows), default=0)
    first = as_of - timedelta(days=min(max(BEHIND, late + 3), FARTHEST))
    last = as_of + timedelta(days=reach)
    biggest = {r.id for r in sorted(rows, key=lambda r: (r.band != HIGH, -(r.value or ZERO)))[:NAMED]}
    dots = tuple(_dot(r, lines.index(line(r)), r.id in biggest, formats) for r in rows if r.contract.end is not None)
    months = tuple(_months(first, last, formats))
    data = Timeline(first, last, as_of, "today", months, lines, dots, spread=True)
    high = [r for r in rows if r.band == HIGH]
    title = f"{plural(len(high), 'renewal')} of {len(rows)} at high risk"
    table = tuple(_row(r, formats) for r in rows)
    titles = ("Customer", "Partner", "Renews", "Value", "Risk")
    note = "area shows the yearly value"
    shown = ChartData(renewal_timeline, data, f"{title}. {at_stake(rows, formats)}.", titles, table)
    chart.show_chart(title, note, shown)


def _dot(row: "ListedRenewal", band: int, is_named: bool, formats: "Formats") -> "RenewalDot":
    from partnerdesk.reports.charts import RenewalDot

    value, end = row.value or ZERO, row.contract.end
    assert end is not None
    name = f"{customer_of(row)} {formats.compact(value)}"
    says = f"{name}, {formats.day(end)}, {risk_words(row, formats)[1]}"
    state = "flagged" if row.band == HIGH else "open"
    return RenewalDot(end, value, band, state, name if is_named else "", says=says, key=row.id)  # type: ignore[arg-type]


def _months(first: date, last: date, formats: "Formats") -> list[tuple[date, str, str]]:
    month = add_months(first.replace(day=1), 1)
    found: list[tuple[date, str, str]] = []
    while month <= last:
        year = str(month.year) if not found or month.month == 1 else ""
        found.append((month, formats.short_month(month).split()[0], year))
        month = add_months(month, 1)
    return found


def _row(row: "ListedRenewal", formats: "Formats") -> tuple[str, ...]:
    contract = row.contract
    end = formats.day(contract.end) if contract.end is not None else ""
    value = formats.number(row.value) if row.value is not None else ""
    return (customer_of(row), contract.partner_name, end, value, risk_words(row, formats)[1])


def months_chart(chart: Chart, rows: Rows, as_of: date, reach: int, currency: str, formats: "Formats") -> None:
    """The yearly value by month of renewal, what is at high risk hatched; what is overdue stands in the first month."""
    from partnerdesk.reports.charts import RenewalMonths, renewal_months

    months = by_month(rows, as_of, reach)
    columns = [_column(*month, n, formats) for n, month in enumerate(months)]
    data = RenewalMonths(tuple(columns), "high risk", "the rest")
    table = tuple((formats.month(m), formats.number(risk), formats.number(safe)) for m, risk, safe in months)
    said = ", ".join(f"{row[0]} {row[1]} at high risk and {row[2]}" for row in table)
    shown = ChartData(renewal_months, data, f"Value by month: {said}", ("Month", "At high risk", "The rest"), table)
    chart.show_chart("Value by month", f"{currency} thousand", shown)


def by_month(rows: Rows, as_of: date, reach: int) -> list[tuple[date, Decimal, Decimal]]:
    """First day of each month, value at high risk and the rest."""
    month, last = as_of.replace(day=1), as_of + timedelta(days=reach)
    months = []
    while month <= last:
        months.append(month)
        month = add_months(month, 1)
    sums = {month: [ZERO, ZERO] for month in months}
    for row in rows:
        if row.contract.end is not None:
            place = max(row.contract.end.replace(day=1), months[0])
            sums[place][0 if row.band == HIGH else 1] += row.value or ZERO
    return [(month, risk, safe) for month, (risk, safe) in sums.items()]


def _column(month: date, risk: Decimal, safe: Decimal, n: int, formats: "Formats") -> "RenewalColumn":
    from partnerdesk.reports.charts import RenewalColumn

    says = formats.number((risk + safe) / 1000) if risk or safe else ""
    year = str(month.year) if n == 0 or month.month == 1 else ""
    return RenewalColumn(formats.short_month(month).split()[0], risk, safe, says, year)
