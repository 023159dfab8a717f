"""`partnerdesk close`: a period's statements frozen for good."""

import argparse

from partnerdesk.cli import books, terminal


def run(arguments: argparse.Namespace) -> int:
    """Closes what is ready and says which statements are final."""
    from partnerdesk.ops.statements.closing import close_period

    with books.writing(arguments) as store:
        found = store.transact(
            f"Close {arguments.period}",
            close_period,
            arguments.period,
            books.day_of(store, arguments),
            maker=arguments.maker,
            checker=arguments.checker,
            total=arguments.total,
            at=books.moment(),
            partners=arguments.partner,
        ).value
    closed = [r for r in found.ready if not arguments.partner or r.partner in arguments.partner]
    if arguments.json:
        rows = [{"partner": r.partner, "held": f"{r.held:f}", "payable": f"{r.payable:f}"} for r in closed]
        terminal.say_json({"period": found.period, "currency": found.currency, "closed": rows})
        return 0
    for row in closed:
        terminal.say(f"{row.name}: {found.period} is final, {row.closing:,.2f} {row.currency}")
    return 0
