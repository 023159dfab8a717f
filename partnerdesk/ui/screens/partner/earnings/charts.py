"""The three charts of Earnings, from the same functions as the pack's pages."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from partnerdesk.ui.widgets.canvas import ChartData
from partnerdesk.ui.widgets.chart import Chart

if TYPE_CHECKING:
    from partnerdesk.engine.forecast import Ahead
    from partnerdesk.queries.partners.earned import Earned
    from partnerdesk.reports.charts.waterfall import Kind
    from partnerdesk.reports.format import Formats

ZERO = Decimal(0)


def waterfall_chart(chart: Chart, found: "Earned", formats: "Formats") -> None:
    """The roll-forward as columns in the order of the statement, transfers hatched."""
    from partnerdesk.reports.charts.waterfall import Step, Waterfall, earnings_waterfall

    steps = []
    rows = [row for row in found.statement.rows if row.total != 0 or row.transfer or row.key in ("opening", "closing")]
    for row in rows:
        amount = row.held if row.transfer else row.total
        if row.transfer and amount == 0:
            continue
        says = formats.number(amount, 0) if row.key in ("opening", "closing") else formats.signed(amount, 0)
        label = _LABELS.get(row.key, row.label)
        held = row.held if row.key in ("opening", "closing") else None
        steps.append(Step(label, amount, _kind(row.key), says, formats.compact(amount), held=held))
    state = found.state
    title = f"Earned {formats.number(state.earned, 0)}; {formats.number(state.held, 0)} is still held"
    if not (state.earned or state.held):
        title = "Nothing earned, nothing held"
    table = tuple(
        (r.label, formats.accounting(r.held), formats.accounting(r.payable), formats.accounting(r.total)) for r in rows
    )
    summary = "Roll-forward: " + ", ".join(f"{s.label} {s.says}" for s in steps)
    shown = ChartData(
        earnings_waterfall, Waterfall(tuple(steps)), summary, ("Movement", "Held", "Payable", "Total"), table
    )
    chart.show_chart(title, state.currency, shown)


_LABELS = {
    "opening": "Opening",
    "closing": "Closing",
    "deferred": "To vesting",
    "holdback": "Held back",
    "released": "Released",
    "clawback": "Clawed back",
    "lapsed": "Lapsed",
    "adjusted": "Adjusted",
    "trueup": "Corrections",
    "topup": "Top-up",
    "opened": "Taken over",
    "tax": "Tax withheld",
    "paid": "Paid",
}


def _kind(key: str) -> "Kind":
    if key in ("opening", "closing"):
        return "balance"
    if key in ("deferred", "holdback", "released"):
        return "transfer"
    if key in ("clawback", "forfeited", "lapsed"):
        return "taken"
    if key in ("paid", "tax"):
        return "paid"
    return "adjusted" if key in ("adjusted", "trueup", "opened") else "earned"


def releases_chart(chart: Chart, found: "Earned", formats: "Formats") -> None:
    """What is held by the month in which it is due; what waits for an event is named in the note."""
    from partnerdesk.reports.charts.releases import ReleaseColumn, Releases, held_releases

    columns = []
    last = ""
    for month, vesting, holdback in found.releases[:7]:
        year = str(month.year) if str(month.year) != last else ""
        last = str(month.year)
        total = vesting + holdback
        label = formats.short_month(month).split()[0]
        columns.append(
            ReleaseColumn(label, vesting, holdback, formats.compact(total), formats.compact(total), note=year)
        )
    data = Releases(tuple(columns), "vesting", "holdback")
    note = f"{formats.compact(found.undated)} waits for a go-live" if found.undated else ""
    rows = tuple((formats.month(m), formats.accounting(v), formats.accounting(h)) for m, v, h in found.releases)
    summary = "Held, by month of release: " + (", ".join(f"{r[0]} {r[1]} and {r[2]}" for r in rows) or "nothing dated")
    title = "Held, by release month" if columns else "Nothing held has a date"
    chart.show_chart(title, note, ChartData(held_releases, data, summary, ("Month", "Vesting", "Holdback"), rows))


def outlook_chart(chart: Chart, ahead: "Ahead", formats: "Formats") -> None:
    """The months ahead by both runs; neither is a promise, and each is named for what it is."""
    from partnerdesk.reports.charts.outlook import Outlook, OutlookMonth, OutlookSeries, monthly_outlook

    sure, all_ = ahead.scheduled.months, ahead.all_closes.months
    months, last = [], ""
    for m in sure:
        year = str(m.period.start.year)
        months.append(OutlookMonth(_short(m.period.start, formats), year if year != last else ""))
        last = year

    def said(values: tuple[Decimal, ...]) -> tuple[str, ...]:
        return tuple(formats.compact(v) for v in values)

    scheduled, if_all = tuple(m.payable for m in sure), tuple(m.payable for m in all_)
    series = OutlookSeries("Payable", scheduled, if_all, said(scheduled), said(if_all))
    data = Outlook(tuple(months), (series,), "actual", "scheduled", "if all dated deals and renewals close")
    rows = tuple(
        (
            formats.month(s.period.start),
            formats.amount(s.earned),
            formats.amount(s.payable),
            formats.amount(a.earned),
            formats.amount(a.payable),
        )
        for s, a in zip(sure, all_, strict=True)
    )
    if ahead.scheduled.tier_today:
        rows += (("Tier at the end", "", ahead.scheduled.tier_words, "", ahead.all_closes.tier_words),)
    titles = ("Month", "Scheduled: earned", "payable", "If all closes: earned", "payable")
    total = formats.compact(ahead.scheduled.payable)
    is_due = bool(sure and ahead.scheduled.payable)
    title = f"Scheduled {total} payable to {_short(sure[-1].period.start, formats)}" if is_due else "Nothing scheduled"
    note = f"{formats.compact(ahead.all_closes.payable)} if all closes"
    if ahead.all_closes.lapses:
        note += "; tier not projected"
    chart.show_chart(title, note, ChartData(monthly_outlook, data, f"{title}, {note}", titles, rows))


def _short(day: date, formats: "Formats") -> str:
    return formats.short_month(day).split()[0]


def statement_state(found: "Earned") -> tuple[str, str]:
    """How far the statement is: running, ready, blocked or final."""
    state, checks = found.state, len(found.state.checks)
    if found.closed is not None:
        return "final", f"Final v{found.closed.revision}, {checks} checks agree"
    if state.status == "ready":
        return "info", f"Ready to close, {checks} checks agree"
    return ("blocked", state.why) if state.status == "blocked" else ("late", "The period is running")
