"""`partnerdesk explain`: how a figure of a book came about, down to the rows it was read from."""

import argparse

from partnerdesk.cli import books, terminal
from partnerdesk.errors import Refused


def run(arguments: argparse.Namespace) -> int:
    """Prints every figure of one partner that the name stands for, step by step."""
    from partnerdesk.cli.summary import say_steps
    from partnerdesk.engine.naming import named_figures
    from partnerdesk.engine.record import plain
    from partnerdesk.queries.figures import evaluation, explained

    with books.reading(arguments) as store:
        day = books.day_of(store, arguments)
        if arguments.partner not in store.read(evaluation, day).partners:
            raise Refused(f"There is no partner {arguments.partner} in this book.", "Its id stands under Partners.")
        outcome = store.read(explained, arguments.partner, day)
    found = dict(named_figures(outcome, arguments.figure))
    if not found:
        raise Refused(
            f"{arguments.partner} has no figure called “{arguments.figure}”.",
            "Name an earning line, an entry, a metric, score, or PERIOD:ROW of a statement.",
        )
    if arguments.json:
        figures = {name: plain(figure) for name, figure in found.items()}
        terminal.say_json({"partner": arguments.partner, "as_of": day.isoformat(), "figures": figures})
        return 0
    for name, figure in found.items():
        terminal.say(name)
        say_steps(figure)
    return 0
