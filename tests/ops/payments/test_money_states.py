"""Money under random hands: earnings, openings, closes, payment runs, remittances, restatements and undo in any order.

After every step each statement ties and begins where the one before ended, what is closed stands as it was frozen,
and no partner is told to be paid more than its payouts come to.
"""

import shutil
import tempfile
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from partnerdesk.engine.facts import Adjustment, Partner, Payment, Transaction
from partnerdesk.errors import Refused
from partnerdesk.ops.openings.entering import enter_opening
from partnerdesk.ops.payments.matching import match_remittances
from partnerdesk.ops.payments.releasing import release_run, withdraw_item
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.ops.statements.closing import close_period
from partnerdesk.ops.statements.replaying import replay
from partnerdesk.ops.statements.restating import restate
from partnerdesk.queries.figures import evaluation
from partnerdesk.queries.payments.due import DUE, due
from partnerdesk.queries.payments.runs import PAY, WITHDRAWN, all_items
from partnerdesk.queries.statements.archive import closed_statements
from partnerdesk.queries.statements.closing import run, statement_periods
from partnerdesk.store import Store
from tests.ops.payments.test_payments import PROGRAM

AS_OF, MOMENT = date(2025, 6, 30), "2025-06-30T09:00:00Z"
WHO: dict[str, Any] = {"maker": "Ana", "checker": "Bo", "at": MOMENT}
TEXT = PROGRAM.replace(
    "[settlement]", '[holdback.back]\nsays = "Back"\nof = ["share"]\nshare = 0.1\nrelease_after = 2\n[settlement]'
)
partners = st.sampled_from(("A", "N"))
cents = st.integers(1, 99_999).map(lambda n: Decimal(n).scaleb(-2))
days = st.dates(date(2025, 1, 1), AS_OF)


class Money(RuleBasedStateMachine):
    """A book of two partners, one of whom has tax withheld."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.store = Store.create(self.folder / "Book.partnerdesk", user="Ana")
        self.store.transact("Program", add_version, TEXT, "program.toml")
        people = [Partner(id="A", name="Alder"), Partner(id="N", name="Nordlys", country="NO")]
        self.store.transact("Partners", add_rows, people)
        self.number, self.frozen = 0, dict[int, str]()

    def teardown(self) -> None:
        if hasattr(self, "store"):
            if self.frozen:
                assert {row.difference for row in self.store.read(replay)} == {""}
            self.store.close()
            shutil.rmtree(self.folder)

    def _id(self) -> str:
        self.number += 1
        return f"X{self.number}"

    @rule(partner=partners, day=days, amount=cents)
    def earn(self, partner: str, day: date, amount: Decimal) -> None:
        row = Transaction(id=self._id(), partner=partner, kind="invoice", day=day, amount=amount)
        self.store.transact("Earn", add_rows, [row])

    @rule(partner=partners, day=days, amount=cents)
    def take_back(self, partner: str, day: date, amount: Decimal) -> None:
        row = Adjustment(id=self._id(), partner=partner, day=day, amount=-amount, reason="x", approver="y")
        self.store.transact("Adjust", add_rows, [row])

    @rule(partner=partners, held=cents, owed=cents)
    def take_over(self, partner: str, held: Decimal, owed: Decimal) -> None:
        balances = [
            {"kind": "vesting", "amount": held, "due": date(2025, 3, 31), "line": "L", "earning": "share"},
            {"kind": "receivable", "amount": owed},
        ]
        self._try("Opening", enter_opening, partner, date(2024, 12, 31), balances, evidence="ledger")

    @rule()
    def close(self) -> None:
        for period in reversed(self.store.read(statement_periods, AS_OF)):
            label, found = period.label, self.store.read(run, period.label, AS_OF)
            if found.ready:
                self.store.transact("Close", close_period, label, AS_OF, total=found.total, **WHO)
                return

    @rule()
    def release(self) -> None:
        rows = [r for r in self.store.read(due, AS_OF, AS_OF) if r.status == DUE]
        if rows:
            total = sum((r.net for r in rows if r.kind == PAY), Decimal(0))
            self.store.transact("Release", release_run, AS_OF, AS_OF, total=total, **WHO)
            assert [r for r in self.store.read(due, AS_OF, AS_OF) if r.status == DUE] == []

    @rule(pick=st.integers(0, 9), share=st.sampled_from(("1", "1", "0.5")), named=st.booleans(), day=days)
    def pay(self, pick: int, share: str, named: bool, day: date) -> None:
        items = [i for i in self.store.read(all_items) if i.state == "open"]
        if items:
            item = items[pick % len(items)]
            sign = 1 if item.kind == PAY else -1
            amount = sign * (item.net * Decimal(share)).quantize(Decimal("0.01"))
            said = item.reference if named else "bank"
            paid = Payment(id=self._id(), partner=item.partner, day=day, amount=amount, remittance=said)
            self.store.transact("Pay", add_rows, [paid])
            self.store.transact("Match", match_remittances)

    @rule(pick=st.integers(0, 9))
    def withdraw(self, pick: int) -> None:
        items = self.store.read(all_items)
        if items:
            said = {"reason": "x", "on": AS_OF, "by": "Ana", "at": MOMENT}
            self._try("Withdraw", withdraw_item, items[pick % len(items)].reference, **said)

    @precondition(lambda self: self.frozen)
    @rule(pick=st.integers(0, 9))
    def restate_one(self, pick: int) -> None:
        rows = self.store.read(closed_statements)
        row = rows[pick % len(rows)]
        self.store.transact("Restate", restate, row.partner, row.period, AS_OF, reason="x", **WHO)

    @rule()
    def undo(self) -> None:
        if self.store.undo_label not in (None, "Partners"):  # the book begins with its program and its partners
            self.store.undo()

    def _try(self, label: str, op: Any, *args: Any, **kw: Any) -> None:
        with suppress(Refused):
            self.store.transact(label, op, *args, **kw)

    @invariant()
    def statements_tie_and_follow_each_other(self) -> None:
        if not hasattr(self, "store"):
            return
        for outcome in self.store.read(evaluation, AS_OF).partners.values():
            before = (Decimal(0), Decimal(0))
            for statement in outcome.statements.values():
                opening, closing = statement.row("opening"), statement.row("closing")
                assert (opening.held, opening.payable) == before
                assert all(check.is_ok for check in statement.checks), statement.checks
                assert closing.held >= 0
                before = (closing.held, closing.payable)

    @invariant()
    def what_is_closed_stands(self) -> None:
        if not hasattr(self, "store"):
            return
        now = {row.id: row.sha256 for row in self.store.read(closed_statements, revisions=True) if row.revision == 1}
        assert self.frozen.items() <= now.items()
        self.frozen = now

    @invariant()
    def nobody_is_paid_twice(self) -> None:
        if not hasattr(self, "store"):
            return
        told: dict[str, Decimal] = {}
        for item in self.store.read(all_items):
            if item.kind == PAY and item.state != WITHDRAWN:
                told[item.partner] = told.get(item.partner, Decimal(0)) + item.gross
        for id, outcome in self.store.read(evaluation, AS_OF).partners.items():
            assert told.get(id, 0) <= sum(p.paid for p in outcome.payouts.values())


TestMoney = Money.TestCase
TestMoney.settings = settings(max_examples=10, stateful_step_count=20, deadline=None, phases=(Phase.generate,))
