"""`partnerdesk payments`: what is due, runs released to finance, remittances read back."""

import argparse
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from partnerdesk.cli import books, terminal
from partnerdesk.cli.joint import outgoing
from partnerdesk.cli.rows import importing
from partnerdesk.engine.money import ZERO

if TYPE_CHECKING:
    from partnerdesk.ops.payments.matching import Matched
    from partnerdesk.queries.payments.due import DueRow
    from partnerdesk.queries.payments.runs import ItemRow, RunRow


def _said(value: Decimal | None, currency: str) -> str:
    return f"{terminal.amount(value, currency)} {currency}"


def _amounts(row: "DueRow") -> tuple[str, str, str]:
    gross, tax, net = (terminal.amount(value, row.currency) for value in (row.gross, row.tax, row.net))
    return gross, tax, net


def _to_pay(rows: "list[DueRow]") -> str:
    """What is paid out by currency, `1,200.00 EUR and 30 JPY`."""
    sums: dict[str, Decimal] = {}
    for row in rows:
        if row.kind == "pay":
            sums[row.currency] = sums.get(row.currency, Decimal(0)) + row.net
    return " and ".join(_said(net, currency) for currency, net in sums.items()) or "nothing"


def due(arguments: argparse.Namespace) -> int:
    """What is due up to a day, and what waits."""
    from partnerdesk.engine.outcome.record import plain
    from partnerdesk.queries.payments.due import DUE
    from partnerdesk.queries.payments.due import due as rows_due

    with books.reading(arguments) as store:
        day = books.day_of(store, arguments)
        rows = store.read(rows_due, arguments.on or day, day)
    ready = [r for r in rows if r.status == DUE]
    total = sum((r.net for r in ready if r.kind == "pay"), Decimal(0))
    if arguments.json:
        listed = [plain(r) | {"net": f"{r.net:f}"} for r in rows]
        terminal.say_json({"on": (arguments.on or day).isoformat(), "total": f"{total:f}", "rows": listed})
        return 0
    terminal.say(
        f"Due up to {arguments.on or day}: {terminal.counted(len(ready), 'row')}, {_to_pay(ready)} to be paid out"
    )
    cells = [
        (
            r.partner,
            r.name,
            r.kind,
            f"{r.day}",
            *_amounts(r),
            r.currency,
            r.why or r.statements,
        )
        for r in rows
    ]
    head = ("Partner", "Name", "Kind", "Due", "Gross", "Tax", "Net", "Currency", "")
    for line in terminal.table(head, cells, frozenset({4, 5, 6})) if rows else ():
        terminal.say(line)
    return 0


def release(arguments: argparse.Namespace) -> int:
    """Releases a run, and writes its files where a folder is named."""
    from partnerdesk.ops.payments.files import write_run
    from partnerdesk.ops.payments.releasing import release_run
    from partnerdesk.queries.statements.approvals import step_label

    with books.writing(arguments) as store:
        day = books.day_of(store, arguments)
        said: dict[str, Any] = {"maker": arguments.maker, "checker": arguments.checker, "total": arguments.total}
        said |= {"at": books.moment(), "partners": arguments.partner}
        label = step_label("Release payments", arguments.maker, arguments.checker)
        run = store.transact(label, release_run, arguments.on or day, day, **said).value
        written = store.read(write_run, run.number, arguments.out) if arguments.out else None
    terminal.warn_alone(arguments.maker, arguments.checker)
    _say_run(run, as_json=arguments.json)
    outgoing.note(arguments, written)
    if written is not None and not arguments.json:
        terminal.say(f"{written.csv} and {written.workbook.name}")
    return 0


def list_(arguments: argparse.Namespace) -> int:
    """All runs in a line each."""
    from partnerdesk.queries.payments.runs import runs

    with books.reading(arguments) as store:
        found = store.read(runs)
    if arguments.json:
        terminal.say_json({"runs": [_plain_run(run) for run in found]})
        return 0
    for run in found:
        terminal.say(_words(run))
    if not found:
        terminal.say("No payment run was released yet.")
    return 0


def show(arguments: argparse.Namespace) -> int:
    """One run with its items."""
    from partnerdesk.queries.payments.runs import runs

    with books.reading(arguments) as store:
        _say_run(store.read(runs, arguments.number)[0], as_json=arguments.json)
    return 0


def file(arguments: argparse.Namespace) -> int:
    """Writes a run's files."""
    from partnerdesk.ops.payments.files import write_run

    with books.reading(arguments) as store:
        written = store.read(write_run, arguments.number, arguments.out)
    outgoing.note(arguments, written)
    if arguments.json:
        paths = {"csv": str(written.csv), "workbook": str(written.workbook)}
        terminal.say_json({"run": written.number, "items": written.items, **paths})
        return 0
    terminal.say(
        f"{written.number}: {written.csv} and {written.workbook.name}, {terminal.counted(written.items, 'item')}"
    )
    return 0


def read(arguments: argparse.Namespace) -> int:
    """Imports files, whose rows are payments where nobody says otherwise, then matches."""
    if not any(choice.startswith("kind=") for choice in arguments.choose):
        arguments.choose = [*arguments.choose, "kind=payment"]
    before = _settled(arguments)
    code = importing.run(arguments)
    return code or _match(arguments, before)


def match(arguments: argparse.Namespace) -> int:
    """Settles items with payments, and says what is left over on either side."""
    return _match(arguments, _settled(arguments))


def _settled(arguments: argparse.Namespace) -> frozenset[str]:
    """The references of the items that are settled before anything is read."""
    from partnerdesk.queries.payments.runs import SETTLED, all_items

    with books.reading(arguments) as store:
        return frozenset(i.reference for i in store.read(all_items) if i.state == SETTLED)


def _match(arguments: argparse.Namespace, before: frozenset[str]) -> int:
    """Matches, and tells of the items that are settled since `before`, by reference or by amount."""
    from partnerdesk.ops.payments.matching import match_remittances
    from partnerdesk.queries.payments.runs import MATCHING

    with books.writing(arguments) as store:
        found = store.transact(MATCHING, match_remittances, by=books.user()).value
    new = [item for item in found.settled if item.reference not in before]
    if arguments.json:
        terminal.say_json(_plain_match(found) | {"settled_now": [item.reference for item in new]})
        return 0
    _say_matched(found, new)
    return 0


def _paid(gross: Decimal, tax: Decimal, currency: str) -> str:
    """What an item counts as paid: with the tax that was withheld, which no account shows."""
    return _said(gross, currency) + (f", {_said(tax, currency)} of it tax" if tax else "")


def _say_matched(found: "Matched", new: "list[ItemRow]") -> None:
    """Payments that found their items, items whose payments named them, and what is left over on either side."""
    for payment, item in found.pairs:
        tax = payment.tax or ZERO
        paid = _paid((payment.amount or ZERO) + tax, tax, payment.currency)
        said = f" ({payment.remittance})" if payment.remittance else ""
        terminal.say(f"{item.reference} {item.name}: paid {paid} on {payment.day}{said}{_over(item)}")
    paired = {item.reference for _, item in found.pairs}
    for item in new:
        if item.reference not in paired:
            said = f" ({item.remittance})" if item.remittance else ""
            paid = _paid(item.settled, item.tax, item.currency)
            terminal.say(f"{item.reference} {item.name}: paid {paid} on {item.paid_on}{said}{_over(item)}")
    for item in found.open:
        terminal.say(f"{item.reference} {item.name}: {item.state}, {_said(item.pending, item.currency)} to come")
    for payment in found.unexpected:
        paid = f"{_said(payment.amount, payment.currency)} of {payment.day}"
        terminal.say(f"{payment.partner}: {paid} settles nothing: {found.reasons[payment.id]}")
    terminal.say(f"{len(new)} settled now, {len(found.open)} open, {len(found.unexpected)} unexpected")


def withdraw(arguments: argparse.Namespace) -> int:
    """Takes an item back."""
    from partnerdesk.ops.payments.releasing import withdraw_item

    with books.writing(arguments) as store:
        said: dict[str, Any] = {"reason": arguments.reason, "on": books.day_of(store, arguments)}
        said |= {"by": books.user(), "at": books.moment()}
        store.transact(f"Withdraw {arguments.item}", withdraw_item, arguments.item, **said)
    terminal.say(f"{arguments.item} is withdrawn; what it held is due again.")
    return 0


def _words(run: "RunRow") -> str:
    items = terminal.counted(len(run.items), "item")
    state = f"{run.open} of {items} open" if run.open else f"{items}, none open"
    return f"{run.number}  due up to {run.day}  {_said(run.total, run.currency)}  {state}"


def _say_run(run: "RunRow", *, as_json: bool) -> None:
    if as_json:
        terminal.say_json(_plain_run(run))
        return
    terminal.say(_words(run))
    for i in run.items:
        paid = f", {terminal.amount(i.settled, i.currency)} on {i.paid_on} {i.remittance}".rstrip() if i.settled else ""
        tax = (
            f" ({terminal.amount(i.gross, i.currency)} less tax {terminal.amount(i.tax, i.currency)})" if i.tax else ""
        )
        amount = f"{_said(i.net, i.currency)}{tax}"
        state = f"{i.withdrawn or i.state}{paid}{_over(i)}"
        terminal.say(f"  {i.reference}  {i.kind}  {i.name}  {amount}  {i.statements}  {state}")


def _over(item: "ItemRow") -> str:
    """What was paid of an item beyond what it asks for."""
    return f", {_said(item.over, item.currency)} too much" if item.over else ""


def _plain_run(run: "RunRow") -> dict[str, Any]:
    from partnerdesk.engine.outcome.record import plain

    return plain(run) | {"items": [_plain_item(item) for item in run.items]}  # type: ignore[no-any-return]


def _plain_item(item: "ItemRow") -> dict[str, Any]:
    from partnerdesk.engine.outcome.record import plain

    return plain(item) | {"state": item.state}  # type: ignore[no-any-return]


def _plain_match(found: "Matched") -> dict[str, Any]:
    return {
        "settled": [{"payment": p.id, "item": i.reference} for p, i in found.pairs],
        "open": [_plain_item(item) for item in found.open],
        "unexpected": [p.id for p in found.unexpected],
        "reasons": dict(found.reasons),
    }
