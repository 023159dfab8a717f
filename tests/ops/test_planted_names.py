"""A name of somebody else in every field that a person types: no document for the partner is written with it.

Each field gets a name of its own; a document is asked for again and again, the field that its refusal names is put
right, and what is written in the end holds none of the others.
"""

import re
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import CheckConstraint, Table, Text, select, update
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import TEXT, Adjustment, Contract, Customer, Hold, Payment, Person, attributes
from partnerdesk.models.base import metadata
from partnerdesk.models.facts import TABLES
from partnerdesk.ops.calendars.exports import export_partner_calendar
from partnerdesk.ops.joint import reviews
from partnerdesk.ops.joint.actions import add_action
from partnerdesk.ops.joint.feedback import add_feedback
from partnerdesk.ops.joint.plans import share_plan
from partnerdesk.ops.mail.nudging import nudge
from partnerdesk.ops.pack import fan
from partnerdesk.ops.pack.exports import export_pack
from partnerdesk.ops.pack.onepage_exports import export_digests
from partnerdesk.ops.plan.documents import export_plan
from partnerdesk.ops.plan.sheets import send_sheet
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.ops.statements.exports import export_statements
from partnerdesk.ops.strangers import Strangers
from partnerdesk.store import Store
from tests.cli.conftest import make_book
from tests.ops.plan.filled import DAY, full_plan
from tests.prove.leak_reader import read

QUARTER, MONTH = "2026Q3", "2026-09"
# Tables of what both sides write, and the columns in them that hold no words of a person's own.
JOINT = (
    *("plan", "plan_target", "objective", "decision_right", "risk", "stakeholder", "key_account", "whitespace_cell"),
    *("ladder_level", "rhythm", "motion", "attachment", "action", "review", "attendee", "review_item"),
    *("review_page", "feedback"),
)
KEYS = {"partner", "template", "quarter", "page", "metric", "source", "became", "unit", "currency", "contract", "deal"}
KEYS |= {"dispute", "customer", "product", "axis", "time", "place_of"}
LEAST = {"pack": 30, "plan": 60, "sheet": 60, "digest": 4, "statement": 5, "calendar": 2, "reminder": 2}
TOKEN = re.compile(r"Quell[a-j]{3}werk")
CUSTOMER = TABLES["customer"].c
FACTS = ("person", "deal", "contract", "adjustment", "hold", "payment")
# What a partner's own deals and people are called is its own, whatever the name; the others mean something.
MEANT = {
    "id",
    "name",
    "currency",
    "status",
    "kind",
    "side",
    "language",
    "line",
    "email",
    "phone",
    "instruction",
    "stage",
}


def joint_book(path: Path) -> None:
    """P1 with a plan, a review, actions, feedback and rows of the kinds that people type; nothing is internal."""
    make_book(path)
    with Store.open(path, user="me") as store:
        plan = full_plan(store)

        def write(op: Callable[..., Any], *args: Any, **given: Any) -> Any:
            return store.transact("Write", partial(op, **given), *args).value

        rows = [
            Person(id="H1", name="Ilse", side="partner", partner="P1", role="Lead"),
            Contract(
                id="K1", partner="P1", customer="C1", product="PR1", start=date(2026, 1, 1), end=date(2026, 12, 1)
            ),
            Adjustment(id="A1", partner="P1", day=DAY, amount=Decimal("12.34"), reason_code="x", reason="y"),
            Hold(id="L1", partner="P1", customer="C1", day=DAY, reason="z"),
            Payment(id="Y1", partner="P1", day=DAY, amount=Decimal("5.01"), remittance="R"),
        ]
        write(add_rows, rows)
        write(share_plan, plan, on=DAY)
        review = write(reviews.add_review, "P1", QUARTER, on=DAY, day=DAY, place="Ulm")
        for kind in ("win", "ask", "decision", "issue", "agenda"):
            write(reviews.add_item, review, kind, text=kind)
        for page in ("summary", "pipeline", "score"):
            write(reviews.set_page, review, page, title=page, narrative=page)
        for side in ("vendor", "partner"):
            write(add_action, "P1", text="Call", side=side, on=DAY, due=date(2026, 10, 9), review=review)
        write(add_action, "P1", text="Open", side="partner", owner="Bo", on=DAY)
        write(add_feedback, "P1", day=DAY, text="Good", said_by="Jo", shareable=True)
        store.transact("Plant", planted)


def planted(session: Session) -> None:
    """A customer of nobody's business with P1 for each field, and its name in the field."""
    numbers = count()
    for table, columns in fields_typed():
        internal = table.c.get("internal")
        rows = select(table.c.id) if internal is None else select(table.c.id).where(~internal)
        if "partner" in table.c:
            rows = rows.where(table.c.partner == "P1")
        for id in session.scalars(rows).all():
            names = {column: f"Quell{spelled(next(numbers))}werk" for column in columns}
            for column, name in names.items():
                add_rows(session, [Customer(id=f"F-{table.name}-{id}-{column}", name=name)])
            session.execute(update(table).where(table.c.id == id).values(**names))


def fields_typed() -> list[tuple[Table, list[str]]]:
    """The columns of free words, by table."""
    found = []
    for name in JOINT:
        table = metadata.tables[name]
        chosen = {
            c.name
            for check in table.constraints
            if isinstance(check, CheckConstraint)
            for c in table.c
            if f'"{c.name}" IN' in str(check.sqltext)
        }
        words = [c.name for c in table.c if isinstance(c.type, Text) and type(c.type) is Text]
        found.append((table, [w for w in words if w not in chosen | KEYS]))
    for kind in FACTS:
        texts = [a.name for a in attributes(kind) if a.kind == TEXT and not a.choices and a.name not in MEANT]
        found.append((TABLES[kind], texts))
    return found


def spelled(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in f"{number:03d}")


def exports() -> dict[str, Callable[[Store, Path], object]]:
    """Every document for P1; a reminder is a text."""

    def reminder(store: Store, out: Path) -> None:
        theirs = store.read(lambda session: session.scalars(select(metadata.tables["action"].c.id)).all())
        (out / "nudge.txt").write_text(store.read(nudge, theirs, DAY, "Rosa").text)

    stamp = datetime(2026, 9, 30, 8, tzinfo=UTC)
    return {
        "pack": lambda store, out: store.read(export_pack, "P1", QUARTER, DAY, out, review=1),
        "plan": lambda store, out: store.read(export_plan, 1, DAY, out),
        "sheet": lambda store, out: store.transact("Send", send_sheet, 1, DAY, out),
        "digest": lambda store, out: store.read(export_digests, ["P1"], DAY, out),
        "statement": lambda store, out: store.read(export_statements, MONTH, DAY, out, partners=["P1"], pages=True),
        "calendar": lambda store, out: store.read(export_partner_calendar, "P1", DAY, out, stamp),
        "reminder": reminder,
    }


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("planted") / "my.partnerdesk"
    joint_book(path)
    return path


@pytest.mark.parametrize("document", LEAST)
def test_whatever_a_document_holds_of_what_was_typed_has_been_looked_at(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, document: str
) -> None:
    named = set[str]()
    look = Strangers.named_in

    def told(self: Strangers, text: str) -> str:
        named.add(look(self, text))
        return ""

    monkeypatch.setattr(Strangers, "named_in", told)
    monkeypatch.setattr(fan, "FUTURES", 4)
    (tmp_path / "out").mkdir()
    with Store.open(Path(shutil.copy(path, tmp_path / "my.partnerdesk")), user="me") as store:
        exports()[document](store, tmp_path / "out")
        held = set(TOKEN.findall("".join(read(one).words for one in (tmp_path / "out").iterdir())))
        customers = store.read(lambda session: session.execute(select(CUSTOMER.name, CUSTOMER.id)).all())
    names = dict(map(tuple, customers))
    assert len(held) >= LEAST[document], f"the document holds only {len(held)} of what was planted"
    assert {names[name] for name in held - named} == set()
