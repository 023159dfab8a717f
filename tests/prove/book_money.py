"""More random work on a book: openings, restatements, holds, payment runs with their payments, rows that are gone."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Hold, Partner, Payment
from partnerdesk.engine.period import month_end
from partnerdesk.ops.openings.entering import enter_opening
from partnerdesk.ops.payments.releasing import release_run, withdraw_item
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.ops.statements.holds import place_hold, release_hold
from partnerdesk.ops.statements.restating import restate
from partnerdesk.ops.vanishing.answering import accept_rows, keep_rows
from partnerdesk.queries.facts import facts
from partnerdesk.queries.payments.due import DUE, due
from partnerdesk.queries.payments.runs import OPEN, PAY, all_items
from partnerdesk.queries.statements.archive import canonical_statement, closed_statements
from partnerdesk.queries.vanished import vanished_rows
from partnerdesk.reports.statement.frozen import restored

if TYPE_CHECKING:
    from tests.prove.book_machine import Machine

DAY, AT = date(2026, 9, 30), "2026-09-30T12:00:00Z"
SIGNED = {"maker": "Ann", "checker": "Ben", "at": AT}


class MoneyWork:
    """Work on the book of a machine; each piece is done or refused."""

    def __init__(self, machine: "Machine") -> None:
        self.machine, self.draw, self.store = machine, machine.draw, machine.store

    @property
    def works(self) -> list[tuple[str, Callable[[], object]]]:
        """Each piece of work by its name."""
        return [
            ("open", self.open),
            ("restate", self.restate),
            ("hold", self.hold),
            ("release", self.release),
            ("pay", self.pay),
            ("remit", self.remit),
            ("withdraw", self.withdraw),
            ("answer", self.answer),
        ]

    def _late(self) -> date:
        return date(2026, 5, 1) + timedelta(days=self.draw.randint(0, 150))

    def open(self) -> None:
        """A partner that comes with balances, or one of ours with wrong ones."""
        self.machine.number += 1
        id = self.draw.choice((f"O{self.machine.number}", "P1"))
        balances = [
            {"kind": kind, "amount": Decimal(self.draw.randint(100, 90_000)) / 100, **more}
            for kind, more in (("payable", {}), ("vesting", {"due": date(2026, 8, 1)}), ("receivable", {}))
            if self.draw.random() < 0.7
        ]
        day = month_end(date(2026, self.draw.randint(1, 8), 1))

        def take_over(session: Session) -> None:
            if id != "P1":
                add_rows(session, [Partner(id=id, name=f"Taken over {id}")])
            enter_opening(session, id, day, balances, evidence="ledger.xlsx", by="Ann")

        self.store.transact("Opening", take_over)

    def restate(self) -> None:
        """A closed statement under a new head repeats every figure."""
        closed = self.store.read(closed_statements)
        if not closed:
            return
        row = self.draw.choice(closed)
        self.store.transact("Restate", restate, row.partner, row.period, DAY, reason="the head", **SIGNED)
        self.machine.freeze()
        now = next(r for r in self.store.read(closed_statements) if r.id == row.id)
        before, after = (
            restored(self.store.read(canonical_statement, row.id, revision)).statement
            for revision in (row.revision, now.revision)
        )
        assert (before.rows, before.lines, before.entries) == (after.rows, after.lines, after.entries), row.number

    def hold(self) -> None:
        deals = self.store.read(facts, kinds=("deal",)).of("deal")
        deal = self.draw.choice(deals)
        named = {"deal": deal.id} if self.draw.random() < 0.7 else {}
        told = {"reason": "asked", "day": self._late(), "by": "Ann"}
        self.store.transact("Hold", place_hold, deal.partner, **named, **told)

    def release(self) -> None:
        holds = [h for h in self.store.read(facts, kinds=("hold",)).of("hold") if isinstance(h, Hold)]
        if holds:
            id = self.draw.choice(holds).id
            self.store.transact("Release", release_hold, id, reason="answered", day=self._late(), by="Ann")

    def pay(self) -> None:
        """What is due is released, and due no more."""
        on = DAY if self.draw.random() < 0.6 else self._late()
        ready = [row for row in self.store.read(due, on, DAY) if row.status == DUE]
        total = sum((row.net for row in ready if row.kind == PAY), Decimal(0))
        self.store.transact("Pay", release_run, on, DAY, total=total, **SIGNED)
        self.machine.freeze()
        assert not [row for row in self.store.read(due, on, DAY) if row.status == DUE], "due twice"

    def remit(self) -> None:
        """Finance paid an item, in whole or in part."""
        items = [item for item in self.store.read(all_items) if item.state == OPEN and item.kind == PAY]
        if items:
            self.machine.number += 1
            item = self.draw.choice(items)
            part = self.draw.choice((Decimal(1), Decimal("0.5")))
            row = Payment(
                id=f"PAY-{self.machine.number}",
                partner=item.partner,
                day=max(self._late(), item.released),
                amount=(item.net * part).quantize(Decimal("0.01")),
                instruction=item.reference,
            )
            self.store.transact("Remit", add_rows, [row])

    def withdraw(self) -> None:
        items = self.store.read(all_items)
        if items:
            told = {"reason": "the account was closed", "on": DAY, "by": "Ann", "at": AT}
            self.store.transact("Withdraw", withdraw_item, self.draw.choice(items).reference, **told)

    def answer(self) -> None:
        """Rows that a list lacked stay with evidence, or leave."""
        waiting = self.store.read(vanished_rows, waiting=True)
        if not waiting:
            return
        ids = [row.id for row in waiting]
        if self.draw.random() < 0.5:
            self.store.transact("Keep", keep_rows, ids, evidence="order form", by="Ann")
        else:
            self.store.transact("Accept", accept_rows, ids, by="Ann")
