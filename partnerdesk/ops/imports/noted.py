"""What matching noted with a payment is no difference to its file: the item, its tax, and fees that were paid as well.

The file that brought a payment holds what its bank or finance wrote. Read again it says nothing new of what was noted.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from partnerdesk.ops.imports.comparing import Difference
from partnerdesk.ops.imports.rawsql import fetched_in
from partnerdesk.queries.payments.runs import item_references, items_named

_NOTED = ("instruction", "amount", "tax", "statements", "bank_account")


def without_noted(session: Session, differences: Sequence[Difference]) -> None:
    """Takes out of the changes what says only that a payment was matched since."""
    of_payments = [d for d in differences if d.part.kind == "payment" and d.changed]
    items = item_references(session) if of_payments else frozenset()
    for d in of_payments if items else ():
        ids = [d.ids[i] for i in d.changed]
        named = ", ".join(f'"{name}"' for name in _NOTED)
        sql = f'SELECT "id", {named} FROM "payment" WHERE "id" IN ({{}})'
        held = {row[0]: dict(zip(_NOTED, row[1:], strict=True)) for row in fetched_in(session, sql, (), ids)}
        for i in list(d.changed):
            before = held.get(d.ids[i], {})
            if items.intersection(items_named(before.get("instruction") or "")):
                _take_out(d, i, before, items)


def _take_out(d: Difference, i: int, before: dict[str, Any], items: frozenset[str]) -> None:
    """What one payment with an item of a run says anew."""
    values, fields = d.changed[i], d.part.fields
    fees = fields["fees"][i] or 0 if "fees" in fields else 0
    if fees and "amount" in values and before["amount"] == (values["amount"] or 0) + fees:
        del values["amount"]
    if not items.intersection(items_named(values.get("instruction") or "")):
        values.pop("instruction", None)
    for name in ("tax", "statements", "bank_account") if "amount" not in values else ():
        if not values.get(name):
            values.pop(name, None)
    if not values:
        del d.changed[i]
