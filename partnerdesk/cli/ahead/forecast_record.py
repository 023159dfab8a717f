"""`partnerdesk forecast`, its record: what was said is kept, and `--record` scores what has closed since."""

import argparse
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from partnerdesk.cli import books, terminal
from partnerdesk.errors import Refused

if TYPE_CHECKING:
    from decimal import Decimal

    from partnerdesk.forecast.ranges import Forecast
    from partnerdesk.forecast.scoring import Score
    from partnerdesk.forecast.together import BookForecast
    from partnerdesk.queries.forecast_record import ForecastRecord
    from partnerdesk.reports.format import Formats

    Kept: TypeAlias = Forecast | BookForecast


def keep(arguments: argparse.Namespace, made: "Sequence[Kept]", how: "Callable[..., None] | None" = None) -> None:
    """Keep what is about to be printed, all of it of one day; what the record cannot hold is said.

    It holds none of a book that cannot be written now, none made afterwards, as of a day before the last close, and
    none of a day that is still to come: by then more will be known.
    """
    from partnerdesk.ops.keeping import COMMAND, keep_forecast
    from partnerdesk.queries.forecast_record import closed_until

    keeps: Callable[..., None] = how or keep_forecast
    try:
        with books.writing(arguments) as store:
            closed, day = store.read(closed_until), store.info.as_of or books.today()
            for found in made:
                if found.as_of > day:
                    terminal.complain(f"Not kept for the record: {found.as_of} is still to come.")
                    return
                if closed is not None and found.as_of < closed:
                    terminal.complain(f"Not kept for the record: periods are closed up to {closed} already.")
                    return
                store.keep(keeps, found, COMMAND, books.moment())
    except Refused as error:
        terminal.complain(f"The record of forecasts does not hold this one: {error.sentence}")


def say_record(arguments: argparse.Namespace) -> int:
    """Prints how right the forecasts were that were shown, of one partner, or of all and of the book as a whole."""
    from partnerdesk.queries.forecast_record import book_record, forecast_record

    with books.reading(arguments) as store:
        found = {partner: store.read(forecast_record, partner) for partner in arguments.partner or ()}
        if not found:
            found = {"all": store.read(forecast_record), "book": store.read(book_record)}
    if arguments.json:
        from partnerdesk.engine.outcome.record import plain

        terminal.say_json({"records": {name: plain(record) for name, record in found.items()}})
        return 0
    from partnerdesk.reports.format import Formats

    told = {"all": "All partners", "book": "The book as a whole"}
    for name, record in found.items():
        for line in _lines(name if arguments.partner else told[name], record, Formats()):
            terminal.say(line)
    return 0


def _lines(whose: str, record: "ForecastRecord", formats: "Formats") -> Iterator[str]:
    if not record.kept or record.since is None:
        yield f"{whose}: no forecast was kept yet."
        return
    yield f"{whose}: {terminal.counted(record.kept, 'forecast')} kept since {formats.day(record.since)}."
    if record.whole is None:
        yield "None of their months has closed yet: there is nothing to score."
        return
    head = ("Months ahead", "Closed", "In 80 % band", "In 50 % band", "Pinball loss", "Last year", "Trailing", "Bias")
    scored = [*((str(n), found) for n, found in record.ahead), ("all", record.whole)]
    rows = [(name, *_cells(found)) for name, found in scored]
    yield from terminal.table(head, rows, frozenset(range(1, len(head))))
    if record.brier is not None:
        yield f"Brier score of {record.chances} chances that came out: {record.brier:.3f}"


def _cells(found: "Score") -> tuple[str, ...]:
    shares = (f"{found.within_80:.0%}", f"{found.within_50:.0%}")
    return (str(found.count), *shares, *map(_money, (found.pinball, found.last_year, found.trailing, found.bias)))


def _money(amount: "Decimal | None") -> str:
    return "–" if amount is None else f"{amount:,.2f}"
