"""A name or an amount of somebody else in every field that a person types: no document is written with it.

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

from partnerdesk.engine.facts import TEXT, Adjustment, Contract, Customer, Deal, Hold, Payment, Person, attributes
from partnerdesk.models.base import metadata
from partnerdesk.models.facts import TABLES
from partnerdesk.ops.audits.auditing import start_audit
from partnerdesk.ops.audits.documents import write_audit
from partnerdesk.ops.calendars.exports import export_partner_calendar
from partnerdesk.ops.gate.strangers import Strangers
from partnerdesk.ops.joint import reviews
from partnerdesk.ops.joint.actions import add_action
from partnerdesk.ops.joint.feedback import add_feedback
from partnerdesk.ops.joint.notes import add_note
from partnerdesk.ops.joint.plans import share_plan
from partnerdesk.ops.mail.nudging import nudge
from partnerdesk.ops.pack import fan
from partnerdesk.ops.pack.exports import export_pack
from partnerdesk.ops.pack.onepage_exports import export_brief, export_digest
from partnerdesk.ops.plan.documents import export_plan
from partnerdesk.ops.plan.sheets import send_sheet
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.ops.statements.exports import export_statements
from partnerdesk.store import Store
from tests.cli.conftest import make_book
from tests.ops.plan.filled import DAY, full_plan
from tests.prove.leak_reader import read

QUARTER, MONTH = "2026Q3", "2026-09"
# Tables of what both sides write, and the columns in them that hold no words of a person's own.
JOINT = (
    *("plan", "plan_target", "objective", "decision_right", "risk", "stakeholder", "key_account", "whitespace_cell"),
    *("ladder_level", "rhythm", "motion", "attachment", "action", "review", "attendee", "review_item"),
    *("review_page", "feedback", "metric_audit", "metric_audit_row"),
)
KEYS = {"partner", "template", "quarter", "page", "metric", "source", "became", "unit", "currency", "contract", "deal"}
KEYS |= {"dispute", "customer", "product", "axis", "time", "place_of"}
KEYS |= {"id", "period", "version", "at", "audit", "kind", "fact", "finding"}
# What a metric is called is the program's, and the people of an audit are our own.
OF_AN_AUDIT = {"title", "by", "finished_by"}
LEAST = {"audit": 8, "pack": 30, "plan": 60, "sheet": 60, "digest": 4, "statement": 5, "calendar": 2, "reminder": 2}
TOKEN = re.compile(r"Quell[a-j]{3}werk|6\d\d,\d{3}\.\d\d")
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


def _deal(id: str, amount: Decimal) -> Deal:
    return Deal(id=id, partner="P2", status="open", amount=amount, registered=DAY)


def joint_book(path: Path, *, amounts: bool) -> None:
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
        drawn = {"size": 20, "seed": 7, "on": DAY, "by": "me", "at": "2026-09-30T08:00:00Z"}
        write(start_audit, "P1", "revenue", "2026Q1", **drawn)
        store.transact("Plant", planted, amounts=amounts)


def planted(session: Session, *, amounts: bool) -> None:
    """For each field a customer of nobody's business with P1 and its name in it, or a deal of P2 and its amount."""
    numbers = count()
    for table, columns in fields_typed():
        internal = table.c.get("internal")
        rows = select(table.c.id) if internal is None else select(table.c.id).where(~internal)
        if "partner" in table.c:
            rows = rows.where(table.c.partner == "P1")
        for id in session.scalars(rows).all():
            drawn = {column: next(numbers) for column in columns}
            if amounts:
                of_p2 = {column: Decimal(61_234_513 + 1007 * n) / 100 for column, n in drawn.items()}
                names = {column: f"{amount:,.2f}" for column, amount in of_p2.items()}
                add_rows(session, [_deal(f"F-{table.name}-{id}-{c}", amount) for c, amount in of_p2.items()])
            else:
                names = {column: f"Quell{spelled(n)}werk" for column, n in drawn.items()}
                add_rows(session, [Customer(id=f"F-{table.name}-{id}-{c}", name=name) for c, name in names.items()])
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
        ours = chosen | KEYS | (OF_AN_AUDIT if name == "metric_audit" else set())
        found.append((table, [w for w in words if w not in ours]))
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
        "audit": lambda store, out: store.read(write_audit, "MA-0001", out),
        "pack": lambda store, out: store.read(export_pack, "P1", QUARTER, DAY, out, review=1),
        "plan": lambda store, out: store.read(export_plan, 1, DAY, out),
        "sheet": lambda store, out: store.transact("Send", send_sheet, 1, DAY, out),
        "digest": lambda store, out: store.read(export_digest, "P1", DAY, out),
        "statement": lambda store, out: store.read(export_statements, MONTH, DAY, out, partners=["P1"], pages=True),
        "calendar": lambda store, out: store.read(export_partner_calendar, "P1", DAY, out, stamp),
        "reminder": reminder,
    }


# The others write every text with the same check as these; a comma of an amount is no letter in their files.
WITH_AMOUNTS = ("audit", "pack", "plan", "sheet", "statement")
CASES = [*(("names", document) for document in LEAST), *(("amounts", document) for document in WITH_AMOUNTS)]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    path = tmp_path_factory.mktemp("planted") / "my.partnerdesk"
    joint_book(path, amounts=request.param == "amounts")
    return path


@pytest.mark.parametrize(("path", "document"), CASES, indirect=["path"])
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
    held = set(TOKEN.findall(words_of(path, tmp_path, document)))
    assert len(held) >= LEAST[document], f"the document holds only {len(held)} of what was planted"
    assert held - named == set()


def words_of(path: Path, folder: Path, document: str) -> str:
    """All that a reader finds in a document of P1."""
    out = folder / "out"
    out.mkdir()
    with Store.open(Path(shutil.copy(path, folder / "my.partnerdesk")), user="me") as store:
        exports()[document](store, out)
    return "".join(read(one).words for one in out.iterdir())


def test_nothing_of_another_partner_s_own_rows_stands_in_the_brief(tmp_path: Path) -> None:
    """It stays in the house and may hold what we wrote of somebody else; what was written beside them is theirs."""
    make_book(tmp_path / "my.partnerdesk")
    with Store.open(tmp_path / "my.partnerdesk", user="me") as store:
        store.transact("Write", beside_another)
        store.read(export_brief, "P1", DAY, tmp_path / "out")
        store.read(export_brief, "P2", DAY, tmp_path / "theirs")
    ours, theirs = ("".join(read(one).words for one in (tmp_path / f).iterdir()) for f in ("out", "theirs"))
    assert "Fremd" not in ours and theirs.count("Fremd") >= 5


def beside_another(session: Session) -> None:
    """A row of every kind that a brief shows, of P2."""
    add_rows(
        session,
        [
            Customer(id="C2", name="Fremdkunde"),
            Person(id="H2", name="Fremdperson", side="partner", partner="P2"),
            Deal(id="D9", partner="P2", customer="C2", name="Fremddeal", amount=Decimal(5), registered=DAY),
            Contract(id="K2", partner="P2", customer="C2", recurring=Decimal(9), start=DAY, end=date(2026, 12, 1)),
        ],
    )
    for side in ("vendor", "partner"):
        add_action(session, "P2", text=f"Fremd {side}", side=side, on=DAY)
    add_note(session, "P2", day=DAY, kind="call", text="Fremdnotiz", author="me")
