"""`partnerdesk forecast`: what partners may earn as a range, and how right such forecasts were."""

import argparse
from typing import TYPE_CHECKING, Any

from partnerdesk.cli import books, terminal
from partnerdesk.engine.money import decimals
from partnerdesk.errors import Refused

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from partnerdesk.forecast.backtest import Tested
    from partnerdesk.forecast.ranges import Forecast, Range
    from partnerdesk.queries.plan_ahead import PlanAhead
    from partnerdesk.store import Store


MOST = 100_000  # scenarios: a range stands long before that


def run(arguments: argparse.Namespace) -> int:
    """Prints forecasts, or the score of those of the past."""
    if arguments.scenarios < 1 or arguments.months < 1:
        raise Refused("A forecast needs a scenario and a month.", "Give --scenarios and --months of 1 or more.")
    if arguments.scenarios > MOST:
        raise Refused(
            f"{arguments.scenarios} scenarios are more than a forecast draws.", f"Give --scenarios of {MOST} at most."
        )
    from partnerdesk.cli.ahead.forecast_record import keep, say_record
    from partnerdesk.queries import forecasts

    if arguments.record:
        return say_record(arguments)
    if arguments.all and not arguments.backtest:
        from partnerdesk.cli.ahead.book_forecasting import forecast_all

        return forecast_all(arguments)
    with books.reading(arguments) as store, terminal.Bar() as bar:
        day = books.day_of(store, arguments)
        if arguments.backtest:
            first, last = arguments.backtest
            asked = forecasts.Backtest(first, last, arguments.by, arguments.months)
            tested = store.read(forecasts.backtested, asked, day, _asked(arguments), bar)
            return _say_scores(tested, arguments.json)
        found = store.read(forecasts.ahead_of, arguments.partner, day, _asked(arguments), arguments.months, bar)
        names = store.read(forecasts.names)
        plans = _plans(arguments, store, day, [one.partner for one in found]) if arguments.plan else {}
    keep(arguments, found)
    if arguments.json:
        from partnerdesk.engine.outcome.record import plain

        told = {"plans": {partner: _plain_plan(plan) for partner, plan in plans.items()}} if plans else {}
        terminal.say_json({"as_of": day.isoformat(), "estimate": True, "forecasts": [plain(f) for f in found]} | told)
        return 0
    for one in found:
        _say(one, names[one.partner])
        if plan := plans.get(one.partner):
            _say_plan(plan)
    return 0


def _plans(arguments: argparse.Namespace, store: "Store", day: "date", partners: "list[str]") -> "dict[str, PlanAhead]":
    """The forecasts of partners with their plans."""
    from partnerdesk.queries.plan_ahead import plan_ahead

    return {who: store.read(plan_ahead, who, day, _asked(arguments), arguments.months) for who in partners}


def _plain_plan(found: "PlanAhead") -> "list[dict[str, Any]]":
    from partnerdesk.engine.outcome.record import plain
    from partnerdesk.forecast.choices import words

    return [
        {"scenario": words(line.choice, str), "earned": plain(line.earned[0]), "payable": plain(line.payable[0])}
        for line in found.lines
    ]


def _say_plan(found: "PlanAhead") -> None:
    from partnerdesk.forecast.choices import words
    from partnerdesk.reports.format import Formats

    formats, as_is = Formats(places=decimals(found.currency)), found.lines[0].earned[0]
    rows = [
        (
            words(line.choice, str),
            *map(formats.accounting, _outer(line.earned[0])),
            formats.change(line.earned[0].p50 - as_is.p50),
        )
        for line in found.lines
    ]
    for row in terminal.table(
        ("Scenario", "Earned, 10 %", "50 %", "90 %", "Against as is"), rows, frozenset((1, 2, 3, 4))
    ):
        terminal.say(row)
    terminal.say()


def _asked(arguments: argparse.Namespace) -> tuple[int, int]:
    return arguments.scenarios, arguments.seed


def _say(found: "Forecast", name: str) -> None:
    """One partner's forecast: the sentence, the months, what it rests on."""
    from partnerdesk.forecast.sentences import reasons, sentence
    from partnerdesk.reports.format import Formats

    shown = Formats(places=decimals(found.currency)).accounting
    terminal.say(f"{name} ({found.partner})")
    terminal.say(sentence(found, shown))
    for line in reasons(found, shown):
        terminal.say(line)
    terminal.say()
    rows = [
        (s.period.label, *map(shown, (*_outer(s.earned), *_outer(s.payable), s.committed, s.possible, s.pipeline)))
        for s in (*found.months, found.whole)
    ]
    ranges = ("Earned, 10 %", "50 %", "90 %", "Payable, 10 %", "50 %", "90 %")
    head = ("Month", *ranges, "Committed", "Possible", "Weighted pipeline")
    for line in terminal.table(head, rows, frozenset(range(1, len(head)))):
        terminal.say(line)
    terminal.say()
    drivers = [(d.says, f"{d.chance:.0%}", shown(d.worth), shown(d.moves), d.rests_on) for d in found.drivers[:10]]
    for line in terminal.table(
        ("What moves it", "Chance", "Worth", "Moves by", "Rests on"), drivers, frozenset((1, 2, 3))
    ):
        terminal.say(line)
    terminal.say()
    for title, lines in (("It takes for granted", found.assumes), ("Not included", found.not_included)):
        for line in lines:
            terminal.say(f"{title}: {line}")
    terminal.say(f"Seed {found.seed}, {found.scenarios} scenarios. An estimate, not a promise.")
    terminal.say()


def _outer(found: "Range") -> tuple["Decimal", "Decimal", "Decimal"]:
    return found.p10, found.p50, found.p90


def _say_scores(tested: "Tested", as_json: bool) -> int:
    from partnerdesk.engine.outcome.record import plain
    from partnerdesk.forecast.scoring import brier, score

    by_way: dict[int, list[Any]] = {}
    for row in tested.rows:
        by_way.setdefault(row.ahead, []).append(row)
    scores = {ahead: score(rows) for ahead, rows in sorted(by_way.items())}
    odds = brier(tested.odds)
    if as_json:
        content = {"scores": {str(ahead): plain(found) for ahead, found in scores.items()}, "brier": plain(odds)}
        terminal.say_json(content | {"rows": [plain(row) for row in tested.rows]})
        return 0
    if not scores:
        terminal.say("No partner had business by these days, or no month that was forecast is over: nothing to score.")
        return 0
    rows = [(str(ahead), *_cells(found)) for ahead, found in scores.items() if found is not None]
    head = (
        "Ahead",
        "Forecasts",
        "In 80 % band",
        "In 50 % band",
        "Pinball loss",
        "Last year",
        "Trailing",
        "Pipeline",
        "Bias",
    )
    for line in terminal.table(head, rows, frozenset(range(len(head)))):
        terminal.say(line)
    if not any(row.came or row.said.p90 for row in tested.rows):
        terminal.say("Nothing was earned or expected in any of them, so that these scores say nothing.")
    if odds is not None:
        terminal.say(f"Brier score of {len(tested.odds)} chances of deals and renewals: {odds:.3f}")
    return 0


def _cells(found: Any) -> tuple[str, ...]:
    losses = (found.pinball, found.last_year, found.trailing, found.pipeline, found.bias)
    told = ("–" if loss is None else f"{loss:,.2f}" for loss in losses)
    return (str(found.count), f"{found.within_80:.0%}", f"{found.within_50:.0%}", *told)
