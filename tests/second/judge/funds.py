"""The funds of a partner: which entries belong to which, and where all that was put in is on the as-of day."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from tests.second.judge.account import Account
from tests.second.judge.book import mine
from tests.second.judge.fund_pots import ZERO
from tests.second.judge.fund_putting import puts
from tests.second.judge.fund_story import AVAILABLE, Move, Request, Story

COLUMNS = ("issued", "requested", "approved", "claimed", "paid", "expired", "available")


@dataclass
class Fund:
    """What a fund comes to: its columns, what expires when, its moves, and its requests by id."""

    columns: dict[str, Fraction] = field(default_factory=lambda: dict.fromkeys(COLUMNS, ZERO))
    expiring: dict[date, Fraction] = field(default_factory=dict)
    moves: list[Move] = field(default_factory=list)
    requests: dict[str, Request] = field(default_factory=dict)


def funds(account: Account) -> dict[str, Fund]:
    """All funds that the program has or that entries name."""
    ruled = {name for version in account.case.versions for name in version.fund}
    found = {}
    for name, rows in _apart(account).items():
        story = Story(account, name, rows)
        story.run(puts(account, name) if name in ruled else [])
        found[name] = _told(story)
    return found


def _apart(account: Account) -> dict[str, list[Any]]:
    """The entries by fund, named by its key or its name for people; without a name of the program's only one."""
    keys: dict[str, str] = {}
    for version in account.case.versions:
        for name, fund in version.fund.items():
            keys[name.lower()] = keys[fund.says.lower()] = name
    only = next(iter(keys.values())) if len(set(keys.values())) == 1 else ""
    found: dict[str, list[Any]] = {name: [] for name in keys.values()}
    for row in mine(account.case, "fund_entry"):
        if row.day is not None and row.day <= account.as_of:
            said = row.fund.strip()
            found.setdefault(keys.get(said.lower(), said) if said else only, []).append(row)
    return found


def _told(story: Story) -> Fund:
    """The columns, by adding up what moved in and out of each place."""
    fund = Fund(moves=story.moves, requests=story.requests)
    for move in story.moves:
        if not move.source:
            fund.columns["issued"] += move.amount
        else:
            fund.columns[move.source] -= move.amount
        fund.columns[move.target] += move.amount
    waiting = [request for request in story.requests.values() if request.state == "requested"]
    fund.columns["requested"] = sum((request.requested for request in waiting), ZERO)
    for pot in story.pots.pots:
        if pot.ends is not None and pot.left and not pot.is_over:
            fund.expiring[pot.ends] = fund.expiring.get(pot.ends, ZERO) + pot.left
    assert AVAILABLE in fund.columns
    return fund
