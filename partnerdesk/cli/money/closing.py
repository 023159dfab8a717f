"""`partnerdesk close`: a period's statements frozen for good."""

import argparse

from partnerdesk.cli import books, terminal


def run(arguments: argparse.Namespace) -> int:
    """Closes what is ready and says which statements are final."""
    from partnerdesk.ops.statements.before_closing import doubts
    from partnerdesk.ops.statements.closing import close_period
    from partnerdesk.queries.statements.approvals import step_label
    from partnerdesk.queries.statements.closing import moment_in

    with books.writing(arguments) as store:
        day = books.day_of(store, arguments)
        told = store.read(doubts, arguments.period, day)
        at = moment_in(day if store.info.as_of else None, books.moment())
        with terminal.Bar() as bar:
            found = store.transact(
                step_label(f"Close {arguments.period}", arguments.maker, arguments.checker),
                close_period,
                arguments.period,
                day,
                maker=arguments.maker,
                checker=arguments.checker,
                total=arguments.total,
                at=at,
                partners=arguments.partner,
                progress=bar,
            ).value
    terminal.warn_alone(arguments.maker, arguments.checker)
    for problem in told:
        terminal.complain(str(problem))
    closed = [r for r in found.ready if not arguments.partner or r.partner in arguments.partner]
    if arguments.json:
        rows = [{"partner": r.partner, "held": f"{r.held:f}", "payable": f"{r.payable:f}"} for r in closed]
        terminal.say_json({"period": found.period, "currency": found.currency, "closed": rows})
        return 0
    for row in closed:
        terminal.say(
            f"{row.name}: {found.period} is final, {terminal.amount(row.closing, row.currency)} {row.currency}"
        )
    return 0
