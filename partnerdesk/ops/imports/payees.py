"""Whom a payment was made to: a bank knows the name on the account, which need not be the one in the book.

Beside what a partner is called in the book, the head of a closed statement and the number of an item say whose payment
it is. Where nothing does, a person says so: made unasked, a partner of that name would stand in lists and statements,
and what was paid would be owed again.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from partnerdesk.engine.problem import Problem
from partnerdesk.intake.choices import LEAVE, PAYEE, TAKE
from partnerdesk.intake.drafts import Draft
from partnerdesk.intake.items import item_words
from partnerdesk.intake.mapping import TEXT
from partnerdesk.intake.question import Option, Question
from partnerdesk.intake.rows import Part
from partnerdesk.ops.imports.comparing import Difference
from partnerdesk.ops.imports.known import Known
from partnerdesk.ops.imports.linking import Linked, Placeholder
from partnerdesk.ops.imports.payee_names import PayeeNames
from partnerdesk.ops.sentences import count, listed

_FEW = 5  # payees that the question names
_MAY_NAME = ("instruction", "remittance", "method", "bank_reference", "attributes")  # fields that may hold an item


@dataclass(frozen=True, slots=True)
class Strangers:
    """What is asked of partners that nobody knows, and the placeholders that are made: all but theirs if left out."""

    placeholders: tuple[Placeholder, ...]
    questions: tuple[Question, ...] = ()
    problems: tuple[Problem, ...] = ()


def proven(session: Session, known: Known, draft: Draft) -> dict[int, str]:
    """Row of the table -> partner, for payments whose payee the book calls otherwise: by item, else by former name,
    else by the name in a text."""
    found: dict[int, str] = {}
    names = PayeeNames(session)
    for part in draft.parts:
        is_text = part.kind == "payment" and _by(part) == TEXT
        for i, text in _unresolved(known, part):
            owners = _of_items(part, i, names.items) or names.former(text)
            if is_text and not owners:
                owners = {named} if (named := names.within(text)) else set()
            if len(owners) == 1:
                found[part.rows[i]] = next(iter(owners))
    return found


def _by(part: Part) -> str:
    return part.references["partner"].by if "partner" in part.references else ""


def _unresolved(known: Known, part: Part) -> Iterator[tuple[int, str]]:
    """The payments whose partner the book does not know by what they call it: their index, and that text."""
    reference = part.references.get("partner") if part.kind == "payment" else None
    if reference is None:
        return
    texts = part.fields["partner"]
    unknown = {t for t in set(texts) if t and known.resolve("partner", t, reference.by) is None}
    placed = known.kind("partner").placeholders
    unknown |= {t for t in set(texts) if t and known.resolve("partner", t, reference.by) in placed}
    yield from ((i, text) for i, text in enumerate(texts) if text in unknown)


def _of_items(part: Part, i: int, items: Mapping[str, str]) -> set[str]:
    """The partners of the items that a payment names."""
    texts = (part.fields[name][i] or "" for name in _MAY_NAME if name in part.fields)
    return {items[word] for text in texts for word in item_words(text) if word in items}


def unknown(
    session: Session, draft: Draft, linked: Linked, differences: Sequence[Difference], choices: Mapping[str, str]
) -> Strangers:
    """The question whether payments make partners; once answered so, they are left out.

    A book without any partner takes them as they come: there, files may come in any order.
    """
    made = tuple(linked.placeholders.values())
    strangers = {p.id: p.text for p in made if p.kind == "partner"}
    paid = [(d, i) for d in differences if d.part.kind == "payment" for i in sorted((*d.new, *d.changed))]
    rows = [(d, i) for d, i in paid if _partner(d, i) in strangers]
    if not rows or choices.get(PAYEE) == TAKE or not _has_partners(session):
        return Strangers(made)
    left = rows if choices.get(PAYEE) == LEAVE else [(d, i) for d, i in rows if _is_nobodys(draft, d, i)]
    told = _told(draft, left, strangers, is_answered=left is rows)
    for d, i in left:
        d.new = [n for n in d.new if n != i]
        d.changed.pop(i, None)
    rest = [] if left is rows else [(d, i) for d, i in rows if not _is_nobodys(draft, d, i)]
    gone = {_partner(d, i) for d, i in left} - {_partner(d, i) for d, i in rest}
    made = tuple(p for p in made if p.kind != "partner" or p.id not in gone)
    places: dict[str, str] = {}
    for d, i in rest:
        places.setdefault(strangers[_partner(d, i)], draft.table.place(d.part.rows[i]))
    return Strangers(made, (_question(places, len(rest)),) if rest else (), told)


def _is_nobodys(draft: Draft, d: Difference, i: int) -> bool:
    """A row of an account that is of no partner: its text names none, or it is money that somebody else paid in."""
    if _by(d.part) == TEXT:
        return True
    has_sides = max(map(draft.columns.column_of, ("payment.back", "payment.direction"))) >= 0
    return has_sides and (d.part.fields["amount"][i] or 0) < 0


def _told(
    draft: Draft, rows: Sequence[tuple[Difference, int]], strangers: Mapping[str, str], *, is_answered: bool
) -> tuple[Problem, ...]:
    """The payments that are left out: each where a person said so, all together where they are of no partner."""
    places = [draft.table.place(d.part.rows[i]) for d, i in rows]
    if is_answered:
        remedy = f"{PAYEE}={TAKE} reads it otherwise."
        return tuple(Problem(p, "This payment is left out: no partner is called so.", remedy, True) for p in places)
    if not rows:
        return ()
    (d, i), *more = rows
    number = f"{count(len(rows), 'row')} name{'s' * (not more)}"
    message = f"{number} no partner and no item of a payment run, such as “{strangers[_partner(d, i)]}”: left out."
    remedy = "Where a partner is meant, note that name as its legal name and read the file again."
    return (Problem(places[0], message, remedy, warning=True),)


def _partner(d: Difference, i: int) -> str:
    return str(d.part.fields["partner"][i])


def _has_partners(session: Session) -> bool:
    return session.connection().exec_driver_sql('SELECT 1 FROM "partner" LIMIT 1').first() is not None


def _question(places: Mapping[str, str], count: int) -> Question:
    """`places` says where each payee is named first."""
    one = len(places) == 1
    told = [f"“{text}” ({place})" for text, place in list(places.items())[:_FEW]]
    told += [f"{len(places) - _FEW:,} more"] if len(places) > _FEW else []
    because = (
        f"No partner is called {listed(told)}, and no item of a payment run is named there. Where a partner of the "
        "book is meant, note that name as its legal name and read the file again, or correct the file."
    )
    asks = "Is this a new partner?" if one else f"Are these {len(places):,} new partners?"
    options = (
        Option(LEAVE, "No, leave its payments out" if one else "No, leave their payments out"),
        Option(TAKE, "Yes, a new partner" if one else "Yes, new partners"),
    )
    return Question(PAYEE, asks, because, options, count)
