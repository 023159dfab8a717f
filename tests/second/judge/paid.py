"""The lines of a partner as they are paid: rounded together, capped, topped up."""

from tests.second.judge.account import Account
from tests.second.judge.limits import capped, spread
from tests.second.judge.line import Line
from tests.second.judge.nets import topped_up


def lines_of(account: Account) -> list[Line]:
    """All lines of a partner after its limits."""
    lines = capped(account, spread(account.earned.lines()))
    return lines + list(topped_up(account, lines))
