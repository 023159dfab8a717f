"""A plan with something in every block, and its workbook filled in as a partner would have saved it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl

from partnerdesk.engine.facts import Customer, Product
from partnerdesk.ops.joint import plan_governance as governance
from partnerdesk.ops.joint import plan_parts as parts
from partnerdesk.ops.joint.actions import add_action
from partnerdesk.ops.joint.plan_whitespace import set_cell
from partnerdesk.ops.joint.plans import add_plan, change_plan
from partnerdesk.ops.plan.returned import ReturnedSheet, read_sheet
from partnerdesk.ops.plan.sheets import send_sheet
from partnerdesk.ops.rows.deals import change_deal
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.reports.plan.sheets import HEAD
from partnerdesk.store import Store
from tests.cli.conftest import won

DAY, START, END = date(2026, 9, 30), date(2026, 1, 1), date(2026, 12, 31)
HOSTILE = "=cmd|' /K start'!B2"
TEXTS: dict[str, str] = {
    "thesis": "First line\nsecond <b>line</b> and \u202bשלום\u202c",
    "partner_goals": HOSTILE,
    "competitors": "  spaces   inside and out ",
    "partner_owner": "Zoe\u0308 O'Néill",
}


def full_plan(store: Store, partner: str = "P1") -> int:
    """A draft with a row in every block, texts of every kind among them; returns its id."""
    rows = [Customer(id="C1", name="Auental Stadtwerke"), Product(id="PR1", name="Core")]
    store.transact("Facts", add_rows, [*rows, won("D7", partner, date(2026, 3, 1), "900")])
    store.transact("Deal", change_deal, "D7", {}, by="me", customer="C1")
    plan = int(store.transact("Plan", add_plan, partner, start=START, end=END, on=START).value)

    def write(op: Any, *args: Any, **values: Any) -> Any:
        return store.transact("Write", partial(op, **values), *args).value

    write(change_plan, plan, {}, kickoff=date(2026, 2, 3), **TEXTS)
    kept = write(parts.add_target, plan, label="Calls", unit="calls", baseline=Decimal("2.50"))
    write(parts.set_quarter, kept, "2026Q1", value=Decimal("0.1"))
    write(parts.report_quarter, kept, "2026Q1", actual=Decimal(3))
    write(parts.add_target, plan, label="Rate", unit="%", metric="rate", source="auto", weight=Decimal(1))
    write(parts.add_objective, plan, title="Win 3 hospitals", due=END, target=Decimal(180), why=HOSTILE)
    write(governance.add_account, plan, name="Auental Stadtwerke", vendor_owner="Rosa")
    write(governance.add_stakeholder, plan, name="Ilse", influence="high", stance="risk", role="Lead")
    write(parts.add_risk, plan, text="A new management", likelihood="low")
    write(governance.add_level, plan, vendor="Kim")
    write(governance.add_rhythm, plan, meeting="Deal sync", minutes=30)
    write(governance.add_motion, plan, text="Kick-off", week=date(2026, 9, 28))
    write(add_action, partner, text="Send the list", side="vendor", on=START, plan=plan)
    write(add_action, partner, text="Our own floor is 5 %", side="vendor", on=START, plan=plan, internal=True)
    write(set_cell, plan, "C1", "PR1", value=Decimal(38_000), next_step="Ask in May")
    return plan


def sent(store: Store, plan: int, folder: Path, day: date = DAY) -> Path:
    """The workbook as it is sent."""
    return store.transact("Send", send_sheet, plan, day, folder).value.path


def filled_in(path: Path, cells: Mapping[tuple[str, str], Any], name: str = "back.xlsx") -> Path:
    """A copy in which a partner wrote into some cells, by sheet and place; saved by another program than ours."""
    book = openpyxl.load_workbook(path)
    for (sheet, place), value in cells.items():
        book[sheet][place] = value
    back = path.with_name(name)
    book.save(back)
    return back


def place(path: Path, sheet: str, title: str, line: int = 1) -> str:
    """The place of a column by its title, in the first line below the titles or a later one."""
    rows = openpyxl.load_workbook(path)[sheet]
    for column in range(1, rows.max_column + 1):
        if rows.cell(HEAD + 1, column).value == title:
            return str(rows.cell(HEAD + 1 + line, column).coordinate)
    raise KeyError(title)


def read(store: Store, path: Path, partner: str = "") -> ReturnedSheet:
    return store.read(read_sheet, path, DAY, partner)
