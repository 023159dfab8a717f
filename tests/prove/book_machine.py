"""A book under random work: files, edits, undo, closes, late facts, disputes, adjustments, merged placeholders, and the
work of `book_money`.

After every step the invariants are looked at: the ledger adds up, what is closed is untouched and is what was posted,
an undo gives the book of before, and the file is sound.
"""

import random
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from partnerdesk.errors import Refused
from partnerdesk.ops.rows.facts import add_rows, change_row
from partnerdesk.ops.statements.adjustments import add_adjustment
from partnerdesk.ops.statements.closing import close_period
from partnerdesk.ops.statements.disputes import Claim, Decision, decide_dispute, raise_dispute
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import evaluation
from partnerdesk.queries.statements.archive import closed_statements
from partnerdesk.queries.statements.closing import run
from partnerdesk.queries.statements.disputes import disputes
from partnerdesk.store import Store
from tests.cli.conftest import make_book, won
from tests.files import bring, csv_file
from tests.prove.book_money import MoneyWork
from tests.prove.closed_writes import frozen
from tests.store.steps import dump

DAY = date(2026, 9, 30)
MOMENT = "2026-09-30T12:00:00Z"
_HEADER = "Deal ID,Partner,Customer,Stage,Amount,Currency,Close date\n"
_COMPANIES = "Partner ID,Partner,Country\n"


_FIRST = ("Program", "Facts")  # what the book begins with stays


def kept(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """What closes froze; a version that nothing rests on may still go."""
    return {table: rows for table, rows in frozen(store).items() if table != "program_version"}


class Machine:
    """One book and the random work on it; `made` counts what was done and what was refused."""

    def __init__(self, path: Path, seed: int) -> None:
        make_book(path)
        self.folder, self.draw = path.parent, random.Random(seed)
        self.store = Store.open(path, user="Ann")
        self.made = Counter[str]()
        self.number = 0
        self.frozen = kept(self.store)
        self.works: list[tuple[str, Callable[[], object]]] = [
            ("import", self.import_deals),
            ("merge", self.merge),
            ("edit", self.edit),
            ("undo", self.undo),
            ("redo", self.redo),
            ("close", self.close),
            ("late", self.late),
            ("dispute", self.dispute),
            ("decide", self.decide),
            ("adjust", self.adjust),
            *MoneyWork(self).works,
        ]

    def step(self) -> None:
        """One piece of work, done or refused, and the invariants afterwards."""
        name, work = self.draw.choice(self.works)
        before = None if name in ("undo", "redo") else self.state()
        try:
            work()
        except Refused:
            self.made[f"{name} refused"] += 1
            assert before is None or self.state() == before, f"a refused {name} left something behind"
        else:
            self.made[name] += 1
        self.look()

    def state(self) -> dict[str, list[tuple[Any, ...]]]:
        return dump(self.store._reader)

    # Work

    def _day(self) -> date:
        return date(2026, 1, 1) + timedelta(days=self.draw.randint(0, 270))

    def _amount(self) -> Decimal:
        return Decimal(self.draw.randint(-200_000, 3_000_000)) / 100

    def import_deals(self) -> None:
        """A file of deals of partners that are known, by name or not at all."""
        self.number += 1
        drawn = self.draw.randint
        rows = [
            f"F-{drawn(1, 12)},Gorge {drawn(1, 3)},Customer {drawn(1, 4)},Closed Won,"
            f"{abs(self._amount()):.2f},EUR,{self._day()}\n"
            for _ in range(drawn(1, 4))
        ]
        bring(self.store, csv_file(self.folder, _HEADER + "".join({r.split(",")[0]: r for r in rows}.values())))

    def merge(self) -> None:
        """A file of companies, which takes the place of partners that were only named so far."""
        self.number += 1
        number = self.draw.randint(1, 3)
        bring(self.store, csv_file(self.folder, f"{_COMPANIES}G{number},Gorge {number},DE\n", "partners.csv"))

    def edit(self) -> None:
        row = self.draw.choice(self.store.read(facts, kinds=("deal",)).of("deal"))
        changes = {"amount": abs(self._amount())} if self.draw.random() < 0.7 else {"closed": self._day()}
        before = {name: getattr(row, name) for name in changes}
        self.store.transact("Edit", change_row, "deal", row.id, before, **changes)

    def undo(self) -> None:
        """Back and forth again gives the same book."""
        if self.store.undo_label in (None, *_FIRST):
            return
        before = self.state()
        self.store.undo()
        self.store.redo()
        assert self.state() == before, "undo and redo did not return"
        self.store.undo()

    def redo(self) -> None:
        if self.store.redo_label is not None:
            self.store.redo()

    def close(self) -> None:
        """A period that can be closed, or any; sometimes with a total that is not the one."""
        labels = [f"2026-{month:02}" for month in range(1, 10)]
        label = self.draw.choice(labels)
        if self.draw.random() < 0.8:
            label = next((name for name in labels if self.store.read(run, name, DAY).ready), label)
        total = self.store.read(run, label, DAY).total
        if self.draw.random() < 0.1:
            total += Decimal("0.01")
        names = {"maker": "Ann", "checker": "Ben", "total": total, "at": MOMENT}
        self.store.transact("Close", close_period, label, DAY, **names)
        self.freeze()

    def freeze(self) -> None:
        """What was frozen before is still there, beside what was frozen now."""
        now = kept(self.store)
        for table, rows in self.frozen.items():
            assert set(rows) <= set(now[table]), f"{table} of an earlier step changed"
        self.frozen = now

    def late(self) -> None:
        """A fact of a day that may be closed already."""
        self.number += 1
        row = won(f"L-{self.number}", self.draw.choice(("P1", "P2")), self._day(), f"{abs(self._amount()):.2f}")
        self.store.transact("Late", add_rows, [row])

    def _lines(self) -> list[tuple[str, str]]:
        """Lines of closed statements first; any line, where there are none."""
        closed = {(row.partner, row.period) for row in self.store.read(closed_statements)}
        lines = [line for o in self.store.read(evaluation, DAY).partners.values() for line in o.lines]
        on_paper = [line for line in lines if (line.partner, line.period.label) in closed]
        return [(line.partner, line.id) for line in on_paper or lines]

    def dispute(self) -> None:
        if lines := self._lines():
            partner, line = self.draw.choice(lines)
            claim = Claim(
                partner=partner,
                line=line,
                reason="not as agreed",
                raised_by="Rita",
                claimed=self._amount(),
                late_because="it was on the table before",
            )
            self.store.transact("Dispute", raise_dispute, claim, on=DAY, by="Ann", at=MOMENT)

    def decide(self) -> None:
        found = [row for row in self.store.read(disputes, DAY) if row.is_open]
        if found:
            outcome = self.draw.choice(("approved", "partly", "denied"))
            amount = None if outcome == "denied" else self._amount()
            given = Decision(outcome=outcome, reason="looked at", approver="Bo", amount=amount)
            id = self.draw.choice(found).id
            self.store.transact("Decide", decide_dispute, id, given, on=DAY, by="Ann", at=MOMENT)

    def adjust(self) -> None:
        given = {"day": self._day(), "amount": self._amount(), "currency": "EUR"}
        told = {"reason_code": "goodwill", "reason": "agreed", "approver": "Bo"}
        self.store.transact("Adjust", add_adjustment, self.draw.choice(("P1", "P2")), by="Ann", **given, **told)

    # What always holds

    def look(self) -> None:
        """The ledger adds up and is what was posted; what is closed is untouched."""
        for table, rows in kept(self.store).items():
            assert rows == self.frozen[table], f"{table} changed"
        found = self.store.read(evaluation, DAY)
        assert not [p for p in found.problems if not p.warning], found.problems
        posted = {(row.partner, row.period): row for row in self.store.read(closed_statements)}
        assert {who for who, _ in posted} <= found.partners.keys(), "a partner with closed statements is gone"
        for outcome in found.partners.values():
            first_label = next(iter(outcome.statements), "")
            before = [r for (who, name), r in posted.items() if who == outcome.partner and name < first_label]
            closing = max((r.period, r.held, r.payable) for r in before)[1:] if before else (Decimal(0), Decimal(0))
            for label, statement in outcome.statements.items():
                first, last = statement.rows[0], statement.rows[-1]
                assert (first.held, first.payable) == closing, f"{outcome.partner} {label} does not open as it closed"
                for row in statement.rows:
                    assert row.total == row.held + row.payable
                moved = [sum((e.amount for e in statement.entries if e.bucket == b), Decimal(0)) for b in BUCKETS]
                assert (first.held + moved[0], first.payable + moved[1]) == (last.held, last.payable)
                assert all(check.is_ok for check in statement.checks), (outcome.partner, label, statement.checks)
                closing = last.held, last.payable
                if on_paper := posted.get((outcome.partner, label)):
                    assert (on_paper.held, on_paper.payable) == closing, (
                        f"{outcome.partner} {label} is not what was posted"
                    )


BUCKETS = ("held", "payable")


def walk(path: Path, seed: int, steps: int) -> Counter[str]:
    """One run over a fresh book; at its end the whole file is checked."""
    machine = Machine(path, seed)
    try:
        for number in range(steps):
            try:
                machine.step()
            except AssertionError as error:
                raise AssertionError(f"seed {seed}, step {number + 1}: {error}") from error
        broken = [f for f in machine.store.check() if f.category in ("file", "references", "schema", "history")]
        assert not broken, f"seed {seed}: {broken}"
    finally:
        machine.store.close()
    return machine.made
