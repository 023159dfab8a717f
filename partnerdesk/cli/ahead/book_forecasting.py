"""`partnerdesk forecast --all`: the whole book as one range, its partners drawn in as many processes as one likes."""

import argparse
import signal
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from datetime import date
from multiprocessing import active_children, get_context
from pathlib import Path
from typing import TYPE_CHECKING

from partnerdesk.cli import books, terminal
from partnerdesk.engine.money import decimals
from partnerdesk.errors import Refused

if TYPE_CHECKING:
    from partnerdesk.forecast.together import BookForecast, Share, Whole
    from partnerdesk.progress import Progress
    from partnerdesk.reports.format import Formats
    from partnerdesk.store import Store

MOVERS = 15  # partners that are listed
SHARES = ("p10", "p50", "p90")


def forecast_all(arguments: argparse.Namespace) -> int:
    """Prints the forecast of the book and keeps it."""
    if arguments.processes < 1:
        raise Refused("The futures need a process.", "Give --processes of 1 or more.")
    if arguments.partner:
        raise Refused("A forecast is of all partners, or of those that are named.", "Leave --all or --partner out.")
    from partnerdesk.cli.ahead.forecast_record import keep
    from partnerdesk.ops.keeping import keep_book_forecast

    with books.reading(arguments) as store, terminal.Bar() as bar:
        from partnerdesk.queries import book_forecasts, forecasts

        day = books.day_of(store, arguments)
        drawn = (arguments.scenarios, arguments.seed)
        if arguments.processes > 1:
            found = _in_processes(store, arguments, day, bar)
        else:
            found = store.read(book_forecasts.book_forecast, day, drawn, arguments.months, bar)
        names = store.read(forecasts.names)
    keep(arguments, [found], keep_book_forecast)
    if arguments.json:
        from partnerdesk.engine.outcome.record import plain

        terminal.say_json({"as_of": day.isoformat(), "estimate": True, "book": plain(found)})
        return 0
    from partnerdesk.reports.format import Formats

    for whole in found.wholes:
        for line in _lines(found, whole, names, Formats(places=decimals(whole.currency))):
            terminal.say(line)
    return 0


def _in_processes(store: "Store", arguments: argparse.Namespace, day: date, bar: "Progress") -> "BookForecast":
    """The same shared out among processes; each reads the book itself, and the shares are added up here."""
    from partnerdesk.forecast.together import together
    from partnerdesk.queries.book_forecasts import forecast_partners, in_shares

    portions = in_shares(store.read(forecast_partners))
    common = (Path(store.path), books.user(), day, (arguments.scenarios, arguments.seed), arguments.months)
    found: dict[int, tuple[Share, ...]] = {}
    with _side_by_side(min(arguments.processes, len(portions))) as pool:
        jobs = {pool.submit(draw_share, *common, partners): n for n, partners in enumerate(portions)}
        for job in as_completed(jobs):
            found[jobs[job]] = job.result()
            bar.step(len(found), len(portions), "drawing futures")
    return together(share for n in sorted(found) for share in found[n])


@contextmanager
def _side_by_side(count: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that end at once with whatever goes wrong here, Ctrl+C as well: they only read, so nothing is lost."""
    pool = ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_leave_stopping_to_others)
    try:
        yield pool
    except BaseException:
        for process in active_children():
            process.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _leave_stopping_to_others() -> None:
    """Ctrl+C reaches every process of a terminal; the one that waits for the others stops them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def draw_share(
    book: Path, user: str, day: date, drawn: tuple[int, int], months: int, partners: tuple[str, ...]
) -> "tuple[Share, ...]":
    """The futures of some partners, in a process of its own."""
    from partnerdesk.queries.book_forecasts import forecast_share
    from partnerdesk.store import Store

    with Store.snapshot(book, user=user) as store:
        return store.read(forecast_share, partners, day, drawn, months)


def _lines(found: "BookForecast", whole: "Whole", names: dict[str, str], formats: "Formats") -> Iterator[str]:
    from partnerdesk.forecast.sentences import book_reasons, book_sentence

    shown = formats.accounting
    yield f"{terminal.counted(len(whole.movers), 'partner')}, {whole.currency}"
    yield book_sentence(whole, shown)
    yield from book_reasons(whole, shown)
    yield ""
    rows = [
        (
            s.period.label,
            *(shown(getattr(r, p)) for r in (s.earned, s.payable) for p in SHARES),
            *map(shown, (s.committed, s.possible, s.pipeline)),
        )
        for s in (*whole.months, whole.whole)
    ]
    ranges = ("Earned, 10 %", "50 %", "90 %", "Payable, 10 %", "50 %", "90 %")
    head = ("Month", *ranges, "Committed", "Possible", "Weighted pipeline")
    yield from terminal.table(head, rows, frozenset(range(1, len(head))))
    yield ""
    movers = [
        (names[m.partner], *(shown(getattr(m.forecast.whole.earned, p)) for p in SHARES), shown(m.moves))
        for m in whole.movers[:MOVERS]
    ]
    titles = ("What moves it", "Earned, 10 %", "50 %", "90 %", "Moves by")
    yield from terminal.table(titles, movers, frozenset(range(1, len(titles))))
    if (left := len(whole.movers) - MOVERS) > 0:
        yield f"and {left} more partners"
    yield ""
    for words in found.not_included:
        yield f"Not included: {words}"
    yield f"Seed {found.seed}, {found.scenarios} scenarios. An estimate, not a promise."
    yield ""
