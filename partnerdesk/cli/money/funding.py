"""`partnerdesk funds`: balances, requests and their steps; the register of benefits."""

import argparse
from typing import TYPE_CHECKING, Any

from partnerdesk.cli import books, terminal

if TYPE_CHECKING:
    from partnerdesk.ops.funds.steps import Money
    from partnerdesk.queries.funds.accounts import RequestRow


def list_(arguments: argparse.Namespace) -> int:
    """Balances, and requests that are open or all of them."""
    from partnerdesk.engine.outcome.record import plain
    from partnerdesk.queries.funds.accounts import funds

    with books.reading(arguments) as store:
        day = books.day_of(store, arguments)
        found = store.read(funds, day, arguments.partner)
    requests = [r for r in found.requests if arguments.all or r.is_open]
    if arguments.json:
        told = {"funds": [plain(f) for f in found.funds], "requests": [plain(r) for r in requests]}
        terminal.say_json({"as_of": day.isoformat(), **told})
        return 0
    columns = ("available", "requested", "approved", "claimed", "paid", "expired")
    rows = [(f.partner_name, f.says, f.key, *(str(getattr(f, c)) for c in columns), f.currency) for f in found.funds]
    head = ("Partner", "Fund", "Key", *(c.capitalize() for c in columns), "Currency")
    for line in terminal.table(head, rows, frozenset(range(3, 9))) if rows else ("No fund holds anything.",):
        terminal.say(line)
    for row in requests:
        terminal.say(_words(row))
    for fund in found.funds:
        for problem in fund.problems:
            terminal.complain(f"{fund.partner_name}: {problem}")
    return 0


def _words(row: "RequestRow") -> str:
    """A request in one line."""
    clock = ""
    if row.due is not None and row.days_left is not None:
        left = (
            f"{terminal.counted(-row.days_left, 'day')} late"
            if row.days_left < 0
            else f"{terminal.counted(row.days_left, 'day')} left"
        )
        clock = f", {row.due_for} due {row.due}, {left}"
    result = f", {row.result}" if row.result else ""
    said = row.project or row.activity
    return f"{row.id}  {row.partner_name}  {said}  {row.value} {row.currency}  {row.state}{clock}{result}"


def show(arguments: argparse.Namespace) -> int:
    """One fund, movement by movement."""
    from partnerdesk.engine.outcome.record import plain
    from partnerdesk.queries.funds.named import fund_moves

    with books.reading(arguments) as store:
        day = books.day_of(store, arguments)
        moves = store.read(fund_moves, day, arguments.partner, arguments.fund)
    if arguments.json:
        terminal.say_json({"as_of": day.isoformat(), "moves": [plain(m) for m in moves]})
        return 0
    rows = [(str(m.day), m.kind, str(m.amount), m.source, m.target, m.request, m.note) for m in moves]
    head = ("Day", "What", "Amount", "From", "To", "Request", "Why")
    for line in terminal.table(head, rows, frozenset({2})) if rows else ("Nothing moved in this fund.",):
        terminal.say(line)
    return 0


def _given(arguments: argparse.Namespace) -> "Money":
    from partnerdesk.ops.funds.steps import Money

    return Money(amount=arguments.amount, currency=arguments.currency)


def _put(arguments: argparse.Namespace, label: str, op: Any, **more: Any) -> int:
    """Runs a step on a partner's fund."""
    with books.writing(arguments) as store:
        said = {"on": books.day_of(store, arguments), "by": books.user(), **more}
        id = store.transact(label, op, arguments.partner, arguments.fund, _given(arguments), **said).value
    return _done(arguments, id)


def _done(arguments: argparse.Namespace, id: str) -> int:
    if arguments.json:
        terminal.say_json({"entry": id})
    else:
        terminal.say(f"Recorded as {id}.")
    return 0


def allocate(arguments: argparse.Namespace) -> int:
    """Money into a fund by hand."""
    from partnerdesk.ops.funds.steps import allocate as op

    said = {"expires": arguments.due, "project": arguments.project, "approver": arguments.approver}
    said["new"] = arguments.new
    return _put(arguments, "Allocate fund money", op, **said)


def request(arguments: argparse.Namespace) -> int:
    """A request for a joint project."""
    from partnerdesk.ops.funds.steps import request_money as op

    said = {"project": arguments.project, "activity": arguments.activity, "due": arguments.due}
    said["anyway"] = arguments.anyway
    return _put(arguments, "Request fund money", op, **said)


def expire(arguments: argparse.Namespace) -> int:
    """What was not used is lost."""
    from partnerdesk.ops.funds.steps import expire as op

    return _put(arguments, "Expire fund money", op)


def _step(arguments: argparse.Namespace, label: str, op: Any, *given: Any, **more: Any) -> int:
    """Runs a step of a request and says how it then stands."""
    from partnerdesk.engine.outcome.record import plain
    from partnerdesk.queries.funds.accounts import fund_request

    with books.writing(arguments) as store:
        day = books.day_of(store, arguments)
        said = {"on": day, "by": books.user(), **more}
        store.transact(f"{label} {arguments.id}", op, arguments.id, *given, **said)
        row = store.read(fund_request, arguments.id, day)
    if arguments.json:
        terminal.say_json(plain(row))
    else:
        terminal.say(_words(row))
    return 0


def approve(arguments: argparse.Namespace) -> int:
    """A request is approved."""
    from partnerdesk.ops.funds.steps import decide

    said = {"approver": arguments.approver, "due": arguments.due}
    return _step(arguments, "Approve", decide, "approve", _given(arguments), **said)


def deny(arguments: argparse.Namespace) -> int:
    """A request is denied."""
    from partnerdesk.ops.funds.steps import Money, decide

    return _step(arguments, "Deny", decide, "deny", Money(amount=None), approver=arguments.approver)


def claim(arguments: argparse.Namespace) -> int:
    """An approved amount is claimed."""
    from partnerdesk.ops.funds.steps import claim as op

    said = {"cost": arguments.cost, "evidence": arguments.evidence}
    return _step(arguments, "Claim of", op, _given(arguments), **said)


def prove(arguments: argparse.Namespace) -> int:
    """The proof is there."""
    from partnerdesk.ops.funds.steps import prove as op

    return _step(arguments, "Proof of", op, arguments.evidence, result=arguments.result)


def reimburse(arguments: argparse.Namespace) -> int:
    """A proven claim is paid."""
    from partnerdesk.ops.funds.steps import reimburse as op

    said = {"approver": arguments.approver, "result": arguments.result}
    return _step(arguments, "Reimburse", op, _given(arguments), **said)


def release(arguments: argparse.Namespace) -> int:
    """What is not needed goes back."""
    from partnerdesk.ops.funds.steps import release as op

    return _step(arguments, "Release", op, _given(arguments))


def benefits(arguments: argparse.Namespace) -> int:
    """What tiers promise."""
    from partnerdesk.engine.outcome.record import plain
    from partnerdesk.queries.funds.benefits import benefits as query

    with books.reading(arguments) as store:
        day = books.day_of(store, arguments)
        rows = store.read(query, day, arguments.partner)
    if arguments.json:
        terminal.say_json({"as_of": day.isoformat(), "benefits": [plain(row) for row in rows]})
        return 0
    told = [
        (r.partner_name, b.tier, b.says, b.state, str(b.delivered or b.due or ""), "; ".join(b.effects))
        for r in rows
        for b in (r.benefit,)
    ]
    head = ("Partner", "Tier", "Benefit", "State", "Day", "Changes")
    for line in terminal.table(head, told) if told else ("No tier promises anything.",):
        terminal.say(line)
    return 0


def deliver(arguments: argparse.Namespace) -> int:
    """A benefit was delivered."""
    from partnerdesk.ops.funds.delivering import deliver as op

    with books.writing(arguments) as store:
        said = {"on": books.day_of(store, arguments), "by": books.user(), "evidence": arguments.evidence}
        label = f"Deliver {arguments.benefit}"
        id = store.transact(label, op, arguments.partner, arguments.benefit, **said).value
    return _done(arguments, id)
