"""`partnerdesk explain`: how a figure of a book came about, down to the rows it was read from."""

import argparse

from partnerdesk.cli import books, terminal
from partnerdesk.errors import Refused


def run(arguments: argparse.Namespace) -> int:
    """Prints every figure of one partner that the name stands for, step by step."""
    from partnerdesk.cli.figures.steps import Steps, facts_behind, made_by
    from partnerdesk.cli.figures.unnamed import why_none
    from partnerdesk.engine.naming import named_figures
    from partnerdesk.engine.outcome.record import plain
    from partnerdesk.queries.figures import evaluation, explained
    from partnerdesk.queries.origins import origins
    from partnerdesk.queries.unknown import no_partner
    from partnerdesk.reports.figures import trace

    with books.reading(arguments) as store:
        day = books.day_of(store, arguments)
        if arguments.partner not in store.read(evaluation, day).partners:
            raise store.read(no_partner, arguments.partner)
        outcome = store.read(explained, arguments.partner, day)
        found = dict(named_figures(outcome, arguments.figure))
        periods = () if arguments.json else tuple(outcome.statements)
        wanted = list(dict.fromkeys(f for figure in found.values() for f in facts_behind(figure, periods)))
        rows = store.read(origins, wanted, most=None)
    if not found:
        raise Refused(*why_none([outcome], [arguments.figure], arguments.partner))
    if arguments.json:
        told = {"partner": arguments.partner, "as_of": day.isoformat()}
        figures = {name: trace(figure) for name, figure in found.items()}
        stand = [{**plain(row), "field": asked[2]} for asked, row in zip(wanted, rows, strict=True)]
        terminal.say_json({**told, "figures": figures, "origins": stand})
        return 0
    places = {asked: row.place for asked, row in zip(wanted, rows, strict=True)}
    own = {line.id for line in outcome.lines}
    lines = {entry.id: entry.line for entry in outcome.entries if entry.line in own and entry.line != arguments.figure}
    steps = Steps(periods, "explain", places, lines, made_by(outcome.lines))
    for name, figure in found.items():
        terminal.say(name)
        steps.say(figure)
    return 0
