"""The forecast of a partner in words and as chart data: one page of facts that are already drawn."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from partnerdesk.ui.widgets.canvas import ChartData

if TYPE_CHECKING:
    from partnerdesk.forecast.ranges import Forecast, Range
    from partnerdesk.queries.forecast_record import ForecastRecord
    from partnerdesk.queries.forecast_view import ForecastView
    from partnerdesk.reports.charts.fan import Fan
    from partnerdesk.reports.format import Formats

ROOMY = 8  # months
TITLES = ("Month", "Earned, P10", "P25", "P50", "P75", "P90")


def shares(found: "Range") -> tuple[Decimal, Decimal, Decimal, Decimal, Decimal]:
    """The five amounts of a range, lowest first."""
    return found.p10, found.p25, found.p50, found.p75, found.p90


def fan_data(view: "ForecastView", formats: "Formats", *, with_paths: bool = False) -> ChartData:
    """The months behind and ahead, as the same fan that the pack has by quarter; with single futures if asked for."""
    from partnerdesk.reports.charts.fan import earned_fan

    months = view.forecast.months
    rows: list[tuple[str, ...]] = [
        (formats.period(p), "", "", formats.amount(amount), "", "") for p, amount in view.behind
    ]
    rows += [(formats.period(m.period), *(formats.amount(v) for v in shares(m.earned))) for m in view.forecast.months]
    summary = "Earned by month: " + ", ".join(f"{row[0]} {row[3]}" for row in rows)
    whole = f"; ahead of it the median, and the range of 8 in 10 outcomes from {formats.period(months[0].period)}"
    fan = _fan(view, formats)
    if with_paths:
        fan = replace(fan, paths=tuple(tuple(map(float, path)) for path in view.paths))
    return ChartData(earned_fan, fan, summary + whole, TITLES, tuple(rows))


def _fan(view: "ForecastView", formats: "Formats") -> "Fan":
    from partnerdesk.engine.period import has_calendar_name
    from partnerdesk.reports.charts.fan import Fan, FanBand, FanPoint

    periods = [p for p, _ in view.behind] + [m.period for m in view.forecast.months]
    years = [str(p.start.year) if has_calendar_name(p) else p.label.partition("M")[0] for p in periods]
    notes = [year if n == 0 or years[n - 1] != year else "" for n, year in enumerate(years)]
    names = [formats.short_period(p).split()[0] for p in periods]
    points = tuple(
        FanPoint(names[n], notes[n], float(amount), formats.compact(amount))
        for n, (_, amount) in enumerate(view.behind)
    )
    bands = []
    is_roomy = len(view.forecast.months) <= ROOMY
    for n, month in enumerate(view.forecast.months, len(points)):
        low, quarter, middle, upper, high = shares(month.earned)
        values = (float(low), float(quarter), float(middle), float(upper), float(high))
        outer = is_roomy or month is view.forecast.months[-1]  # where months are close only the medians are named
        low_says, high_says = (formats.compact(v) if outer else "" for v in (low, high))
        says = (low_says, formats.compact(quarter), formats.compact(middle), formats.compact(upper), high_says)
        bands.append(FanBand(names[n], notes[n], values, says))
    return Fan(points, tuple(bands), _ticks(view, formats))


def _ticks(view: "ForecastView", formats: "Formats") -> tuple[tuple[float, str], ...]:
    from partnerdesk.reports.charts.fan import round_ticks

    high = max([amount for _, amount in view.behind] + [m.earned.p90 for m in view.forecast.months])
    return tuple((float(value), formats.compact(value)) for value in round_ticks(high))


def headline(view: "ForecastView", formats: "Formats") -> str:
    """The range as a finding, as short as it can be."""
    found = view.forecast
    earned = found.whole.earned
    if earned.is_certain:
        return f"{formats.number(earned.p50)} {found.currency} as things stand"
    low, high = formats.number(earned.p10), formats.number(earned.p90)
    return f"8 in 10 outcomes lie between {low} and {high} {found.currency}"


def stretch_words(view: "ForecastView", formats: "Formats") -> str:
    """What the range is of."""
    months = view.forecast.months
    return f"earned from {formats.period(months[0].period)} to {formats.period(months[-1].period)}"


def new_business(found: "Forecast") -> Decimal | None:
    """What new business brings on average; None where none is counted."""
    return next((driver.worth for driver in found.drivers if driver.kind == "new business"), None)


def tile_notes(view: "ForecastView", formats: "Formats") -> dict[str, str]:
    """What each figure rests on, in a few words."""
    found, new = view.forecast, new_business(view.forecast)
    counted = "no new business in it" if new is None else f"about {formats.number(new)} of it new business"
    return {
        "median": counted,
        "committed": "if nothing open closes",
        "possible": "all open closes, nothing new",
        "pipeline": f"at last year's {formats.percent(found.pipeline.rate, 2)}",
        "clawback": "on average",
    }


def possible_words(view: "ForecastView", formats: "Formats") -> str:
    """Committed against possible, and why the middle is not always between them."""
    found, new, number = view.forecast, new_business(view.forecast), formats.number
    said = (
        f"{number(found.committed)} is earned if nothing open closes, {number(found.possible)} if every deal is won "
        "and every contract kept, each the likeliest way."
    )
    if new is None:
        return f"{said} The middle may be above: contracts expand as well."
    return f"{said} The middle may be above: it holds {number(new)} of new business, and contracts expand as well."


def tier_words(view: "ForecastView", formats: "Formats") -> tuple[str, str]:
    """The likeliest tier at the end with its chance, and a note."""
    found = view.forecast
    if not found.tiers:
        return found.tier_today or "–", "today; not projected"
    tier, chance = found.tiers[0]
    return tier, f"{formats.percent(chance, 0)} by {formats.day(found.horizon)}"


def record_lines(record: "ForecastRecord", whose: str, formats: "Formats") -> Iterator[str]:
    """How right forecasts were, one sentence a line; honest where nothing has closed yet."""
    if not record.kept:
        return
    since = formats.day(record.since) if record.since else ""
    if record.whole is None:
        yield f"{whose}: {record.kept} kept since {since}; none of their months has closed yet, so there is no score."
        return
    score = record.whole
    yield (
        f"{whose}: {score.count} months of {record.kept} forecasts have closed; "
        f"{formats.percent(score.within_80, 0)} lay in the 80 % band, {formats.percent(score.within_50, 0)} in the "
        "50 % band."
    )
    ways = (("last year's month", score.last_year), ("trailing mean", score.trailing), ("pipeline", score.pipeline))
    losses = ", ".join(f"{name} {formats.number(loss, 0)}" for name, loss in ways if loss is not None)
    bias = formats.signed(score.bias, 0)
    yield f"Pinball loss {formats.number(score.pinball, 0)} a month ({losses or 'nothing to compare'}); bias {bias}."
    if record.brier is not None:
        yield f"Brier score of {record.chances} chances that came out: {formats.number(record.brier, 3)}."


def pipeline_words(view: "ForecastView", formats: "Formats") -> str:
    """What a plain weighted pipeline says, and why it is another number."""
    found = view.forecast
    pipe, off = found.pipeline, found.whole.earned.mean - found.pipeline.earned
    side = "more" if off > 0 else "less"
    return (
        f"A weighted pipeline would say {formats.number(pipe.earned)}: open {formats.number(pipe.amount)} by their "
        f"chances at last year's {formats.percent(pipe.rate, 2)}. The futures bring {formats.number(abs(off))} {side} "
        "on average: they know bands, tiers, caps and schedules, what is earned already, and business not yet open."
    )
