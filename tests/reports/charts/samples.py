"""One filled example of every chart, with its size on the page in mm."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal as D
from typing import Any

from partnerdesk.reports import charts

Sample = tuple[Callable[..., Any], Any, float, float]


def waterfall(name: str = "Earned") -> Sample:
    steps = (
        charts.Step("Opening", D(18400), "balance", "18,400.00", "18k", "31 Aug", D(12000)),
        charts.Step(name, D(44500), "earned", "+44,500.00"),
        charts.Step("To held", D(19125), "transfer", "19,125.00"),
        charts.Step("Clawed back", D(-2700), "taken", "−2,700.00"),
        charts.Step("Adjusted", D(325), "adjusted", "+325.00"),
        charts.Step("Paid", D(-31300), "paid", "−31,300.00", note="REM-2026-0917"),
        charts.Step("Closing", D(29225), "balance", "29,225.00", note="30 Sep", held=D(29225)),
    )
    return charts.earnings_waterfall, charts.Waterfall(steps), 158, 74


def releases(name: str = "Oct") -> Sample:
    columns = (
        charts.ReleaseColumn(name, D(2500), D(1400), "3,900", note="2026"),
        charts.ReleaseColumn("Nov", D(0), D(1400), "1,400"),
        charts.ReleaseColumn("Dec", D(2500), D(0), "2,500"),
    )
    return charts.held_releases, charts.Releases(columns, "vesting 5,000", "holdback 2,800"), 84, 74


def bullets(name: str = "Renewal rate") -> Sample:
    data = charts.Bullets(
        "Composite",
        "score at 30 Sep 2026",
        71.4,
        "71.4",
        (charts.Tier("Silver 50", 50), charts.Tier("Gold 75", 75, True), charts.Tier("Platinum 90", 90)),
        (
            charts.Component(name, "weight 40%", 94, "94.0", previous=89.5),
            charts.Component("Quality", "weight 35%", 62, "62.0", 65, 74, True),
            charts.Component("CSAT", "weight 25%", None, "not evaluated"),
        ),
        "Registered",
        "3.6 short",
        76.1,
        "projected 76.1",
        key_previous="end of Q2",
        key_projected="projected",
    )
    return charts.score_bullets, data, 166, 84


def history(name: str = "Gold 75") -> Sample:
    values = [D("58.2"), None, D("61.4"), D("64.8"), D("66"), D("68.9"), D("69.7"), D("71.4")]
    points = tuple(charts.HistoryPoint(f"Q{n}", v, "" if v is None else str(v)) for n, v in enumerate(values))
    floors = (charts.Threshold("Silver 50", D(50)), charts.Threshold(name, D(75), True))
    return charts.score_history, charts.History(points, floors, (charts.RuleMark(7, "rules v2026.2"),)), 80, 46


def timeline(name: str = "Borealis 84k") -> Sample:
    data = charts.Timeline(
        date(2026, 8, 22),
        date(2027, 5, 25),
        date(2026, 11, 19),
        "data as of 19 Nov",
        ((date(2026, 9, 1), "Sep", "2026"), (date(2027, 1, 1), "Jan", "2027")),
        ("Notice passed", "Decided"),
        (
            charts.RenewalDot(
                date(2026, 12, 14), D(84), 0, "flagged", name, "14 Dec 2026", date(2026, 11, 14), "notice passed"
            ),
            charts.RenewalDot(date(2026, 9, 4), D(60), 1, "closed", says="Helios, renewed"),
        ),
        ("", "one renewed, 60k"),
    )
    return charts.renewal_timeline, data, 150, 74


def months(name: str = "Dec") -> Sample:
    columns = (charts.RenewalColumn(name, D(84), D(0), "84"), charts.RenewalColumn("Jan", D(4), D(6), "10", "2027"))
    return charts.renewal_months, charts.RenewalMonths(columns, "notice passed", "notice ahead"), 82, 74


def outlook(name: str = "Oct") -> Sample:
    series = tuple(
        charts.OutlookSeries(
            title, (D(21), D(24), D(-5)), (D(21), D(61), D(12)), ("21", "24", "−5"), ("21", "61", "12")
        )
        for title in ("Earned", "Payable")
    )
    shown = (charts.OutlookMonth(name, "2026", True), charts.OutlookMonth("Nov"), charts.OutlookMonth("Dec"))
    return charts.monthly_outlook, charts.Outlook(shown, series, "closed", "scheduled", "if all closes"), 150, 92


def kept(name: str = "Fennmark Software") -> Sample:
    sides = (
        charts.KeptSide(name, ("done", "late"), "1 of 2 kept"),
        charts.KeptSide("Halvorsen", ("done", "dropped", "open"), "1 of 3 kept"),
    )
    return charts.kept_bars, charts.Kept(sides), 249, 19


ALL: dict[str, Callable[..., Sample]] = {
    "waterfall": waterfall,
    "releases": releases,
    "bullets": bullets,
    "history": history,
    "timeline": timeline,
    "months": months,
    "outlook": outlook,
    "kept": kept,
}
EMPTY: dict[str, tuple[Callable[..., Any], Any]] = {
    "waterfall": (charts.earnings_waterfall, charts.Waterfall(())),
    "releases": (charts.held_releases, charts.Releases((), "", "")),
    "bullets": (charts.score_bullets, charts.Bullets("Composite", "", None, "not evaluated", (), ())),
    "history": (charts.score_history, charts.History((), ())),
    "history of one": (charts.score_history, charts.History((charts.HistoryPoint("Q1", D(5), "5"),), ())),
    "timeline": (
        charts.renewal_timeline,
        charts.Timeline(date(2026, 1, 1), date(2026, 6, 1), date(2026, 3, 1), "today", (), (), ()),
    ),
    "months": (charts.renewal_months, charts.RenewalMonths((), "", "")),
    "months of nothing": (
        charts.renewal_months,
        charts.RenewalMonths((charts.RenewalColumn("Dec", D(0), D(0)),), "", ""),
    ),
    "outlook": (charts.monthly_outlook, charts.Outlook((), (), "", "", "")),
    "outlook of zeros": (
        charts.monthly_outlook,
        charts.Outlook(
            (charts.OutlookMonth("Oct"),),
            (charts.OutlookSeries("Earned", (D(0),), (D(0),), ("0",), ("0",)),),
            "closed",
            "scheduled",
            "if all",
        ),
    ),
    "kept": (charts.kept_bars, charts.Kept(())),
}
