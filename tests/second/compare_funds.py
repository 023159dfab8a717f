"""Funds and benefits of the engine beside those of the second evaluator."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from partnerdesk.engine.figures.reasons import day_words
from tests.second.judge.account import Account
from tests.second.judge.benefits import benefits, entered
from tests.second.judge.funds import COLUMNS, Fund, funds

Figure = tuple[str, Any, Any]
OPEN = ("requested", "approved", "claimed", "paid", "lapsed", "cost", "state", "due", "proof")


def figures(account: Account, outcome: Any) -> Iterator[Figure]:
    """Each fund with its moves and requests, each benefit; a fund of which nothing is said has nothing."""
    judged = funds(account)
    for name in sorted({*judged, *outcome.funds}):
        yield from _fund(f"fund {name}", outcome.funds.get(name), judged.get(name, Fund()))
    yield from _benefits(account, outcome)


def _fund(where: str, engine: Any, judge: Fund) -> Iterator[Figure]:
    for column in COLUMNS:
        yield f"{where} {column}", getattr(engine, column, Decimal(0)), judge.columns[column]
    yield f"{where} moves", *_moves(engine.moves if engine else (), judge.moves)
    expiring: dict[date, Fraction] = defaultdict(Fraction)
    for day, amount in engine.expiring if engine else ():
        expiring[day] += Fraction(amount)
    yield f"{where} expiring", dict(expiring), judge.expiring
    requests = {request.id: request for request in engine.requests} if engine else {}
    yield f"{where} requests", set(requests), set(judge.requests)
    for id in sorted(requests.keys() & judge.requests.keys()):
        yield from _request(f"{where} request {id}", requests[id], judge.requests[id])


def _moves(*sides: Any) -> Iterator[Mapping[Any, Fraction]]:
    """What moved on a day from one place to another, by kind and request, of both sides."""
    for moves in sides:
        found: dict[Any, Fraction] = defaultdict(Fraction)
        for move in moves:
            found[move.kind, move.day, move.source, move.target, move.request] += Fraction(move.amount)
        yield dict(found)


def _request(where: str, engine: Any, judge: Any) -> Iterator[Figure]:
    for name in OPEN:
        yield f"{where} {name}", getattr(engine, name), getattr(judge, name)


def _benefits(account: Account, outcome: Any) -> Iterator[Figure]:
    engine, judge = outcome.benefits, benefits(account)
    yield "benefits", list(engine), list(judge)
    if judge:
        since = entered(account, account.version_on(account.as_of))
        yield "tier since", {view.since for view in engine.values()}, {since}
    for name in engine.keys() & judge.keys():
        view, promise = engine[name], judge[name]
        words = [f"renewal of contract {id} protected until {day_words(day)}" for day, id in promise.protected]
        yield f"benefit {name}", (view.state, view.due, view.delivered), (promise.state, promise.due, promise.delivered)
        yield f"benefit {name} protects", [w for w in view.effects if w.startswith("renewal of contract")], words
