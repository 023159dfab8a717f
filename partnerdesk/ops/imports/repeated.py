"""Payments whose remittance text the book has with another day or partner: the same one corrected, or another one.

A file of a bank may have no identifier of a payment, and is known again by its remittance. "Commission" is written
every month: taken for the payment of the month before, the later one would stand in its place. So it is asked; another
payment gets its payee and day into its key, by which a second reading of the file knows it without a question.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from partnerdesk.engine.figures.reasons import amount_words, day_words
from partnerdesk.engine.money import major
from partnerdesk.intake.choices import AGAIN, CORRECT, TAKE
from partnerdesk.intake.drafts import Draft
from partnerdesk.intake.question import Option, Question
from partnerdesk.intake.rows import Part
from partnerdesk.ops.imports.borrowed import Asked
from partnerdesk.ops.imports.comparing import Difference
from partnerdesk.ops.imports.known import Known
from partnerdesk.ops.imports.rawsql import fetched_in

_FEW = 5  # payments that the question names
_OTHER = ("partner", "day")


def known_apart(known: Known, draft: Draft) -> Draft:
    """The draft with the longer keys of payments that were told apart when their file was read before."""
    own = {key for part in draft.parts if part.kind == "payment" for key in _longer(part)}
    return _with(draft, own & known.kind("payment").ids.keys()) if own else draft


def repeated(draft: Draft, differences: Sequence[Difference]) -> frozenset[str]:
    """The keys of payments known by their remittance alone that would give one of the book another partner or day."""
    if any(use.target == "payment.key" for use in draft.columns.uses):
        return frozenset()
    found = ((d.part, i) for d in differences if d.part.kind == "payment" for i in _other(d))
    return frozenset(part.keys[i] for part, i in found if _is_natural(part, i))


def _other(d: Difference) -> Iterator[int]:
    return (i for i, values in d.changed.items() if any(name in values for name in _OTHER))


def apart(draft: Draft, keys: frozenset[str]) -> Draft:
    """The draft with these payments as others than those of the book."""
    own = {
        longer
        for part in draft.parts
        if part.kind == "payment"
        for key, longer in zip(part.keys, _longer(part), strict=True)
        if key in keys
    }
    return _with(draft, own)


def asked(
    session: Session, keys: frozenset[str], differences: Sequence[Difference], choices: Mapping[str, str]
) -> Asked:
    """The question which it is; none once it is answered."""
    if not keys or choices.get(AGAIN) in (TAKE, CORRECT):
        return Asked()
    told = [_told(session, d, i) for d in differences for i in _other(d) if d.part.keys[i] in keys]
    one = len(told) == 1
    asks = (
        "1 payment has the remittance text of one that the book has, and another day or partner. Is it another payment?"
        if one
        else f"{len(told):,} payments have the remittance text of some that the book has, and another day or partner. "
        "Are they other payments?"
    )
    more = f"; and {len(told) - _FEW:,} more" if len(told) > _FEW else ""
    options = (
        Option(TAKE, "It is another one, bring it in" if one else "They are others, bring them in"),
        Option(CORRECT, "It is the same: take its values" if one else "They are the same: take their values"),
    )
    return Asked((Question(AGAIN, asks, f"{'; '.join(told[:_FEW])}{more}.", options, len(told)),))


def _is_natural(part: Part, i: int) -> bool:
    """Whether a payment's key is its remittance text, with a number where the file has it more than once."""
    text = part.fields["remittance"][i] if "remittance" in part.fields else None
    return bool(text) and part.keys[i].partition("#")[0] == str(text).partition("#")[0]


def _longer(part: Part) -> list[str]:
    """The keys with payee and day; where that is no natural key, as it is."""
    seen: Counter[str] = Counter()
    return [_key(part, i, seen) if _is_natural(part, i) else key for i, key in enumerate(part.keys)]


def _key(part: Part, i: int, seen: Counter[str]) -> str:
    said = (part.fields[name][i] for name in ("remittance", *_OTHER) if name in part.fields)
    key = "/".join(str(value) for value in said if value)
    seen[key] += 1
    return f"{key}#{seen[key]}" if seen[key] > 1 else key


def _with(draft: Draft, own: Any) -> Draft:
    if not own:
        return draft
    parts = tuple(
        replace(part, keys=[n if n in own else k for k, n in zip(part.keys, _longer(part), strict=True)])
        if part.kind == "payment"
        else part
        for part in draft.parts
    )
    return replace(draft, parts=parts)


def _told(session: Session, d: Difference, i: int) -> str:
    """`“Provision”: 100.00 EUR to ALFA on 5 Sep 2026 in the book, 70.00 EUR to ALFA on 5 Oct 2026 in the file`."""
    sql = 'SELECT "partner", "day", "amount", "currency" FROM "payment" WHERE "id" IN ({})'
    (held,) = fetched_in(session, sql, (), [d.ids[i]])
    before = dict(zip(("partner", "day", "amount", "currency"), held, strict=True))
    after = {name: d.changed[i].get(name, before[name]) for name in before}
    return f"“{d.part.fields['remittance'][i]}”: {_payment(before)} in the book, {_payment(after)} in the file"


def _payment(said: Mapping[str, Any]) -> str:
    amount = amount_words(major(said["amount"] or 0, said["currency"]), said["currency"])
    on = f" on {day_words(date.fromisoformat(said['day']))}" if said["day"] else ""
    return f"{amount} to {said['partner']}{on}"
