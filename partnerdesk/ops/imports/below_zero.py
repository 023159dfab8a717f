"""Payments below zero in a file: money that came back from a partner, or money that went out, as accounts write it.

Below zero a payment raises what is payable, so a guess would double what is to come: a person says which it is. What
settles an open item that a partner owes needs no answer.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Payment
from partnerdesk.engine.money import ZERO, major
from partnerdesk.engine.problem import Problem
from partnerdesk.intake.choices import BACK, BELOW_ZERO, LEAVE, OUT
from partnerdesk.intake.drafts import Draft
from partnerdesk.intake.question import Option, Question
from partnerdesk.intake.rows import Part
from partnerdesk.ops.imports.borrowed import Asked
from partnerdesk.ops.imports.comparing import Difference
from partnerdesk.queries.facts import facts
from partnerdesk.queries.payments.runs import INVOICE, OPEN, PARTLY, all_items

_FEW = 5  # payments that the question names


def with_sides(draft: Draft, choices: Mapping[str, str]) -> Mapping[str, str]:
    """The choices for a file that says by a side or a mark of its account what came back: nobody need be asked."""
    sides = [u for u in draft.columns.uses if u.target in ("payment.back", "payment.direction")]
    return {**choices, BELOW_ZERO: BACK} if sides and choices.get(BELOW_ZERO) != LEAVE else choices


def turned(parts: Sequence[Part], choices: Mapping[str, str]) -> list[Part]:
    """The parts with payments below zero as payments to partners, where a person said that they went out."""
    return [_out(part) if part.kind == "payment" and choices.get(BELOW_ZERO) == OUT else part for part in parts]


def _out(part: Part) -> Part:
    """With the tax and the fees, which such a file writes below zero as well; what is above zero there came back."""
    found = {name: part.fields[name] for name in ("tax", "fees") if name in part.fields}
    signed = {name: [n if n is None else abs(n) for n in column] for name, column in found.items()}
    amounts = [n if n is None else -n for n in part.fields["amount"]]
    return replace(part, fields={**part.fields, **signed, "amount": amounts})


def below_zero(session: Session, file: str, differences: Sequence[Difference], choices: Mapping[str, str]) -> Asked:
    """The question what they are. Once answered they are left out where that is said, else what is below zero then came
    back, and a warning names those by which a partner gives back more than it was ever paid.
    """
    found = [(d, i) for d in differences if d.part.kind == "payment" for i in _below(d)]
    asked = [(d, i) for d, i in found if not _settles(session, d.part, i)] if found else []
    if not asked:
        return Asked()
    answer = choices.get(BELOW_ZERO, "")
    if answer == LEAVE:
        for d, i in asked:
            d.new = [n for n in d.new if n != i]
            d.changed.pop(i, None)
        return Asked()
    if answer in (BACK, OUT):
        return Asked((), tuple(_too_much(session, file, asked, _brought(differences))))
    return Asked((_question([_told(d.part, i) for d, i in asked]),))


def _below(difference: Difference) -> Iterator[int]:
    """The payments below zero that the book does not hold like that."""
    amounts = difference.part.fields.get("amount", ())
    rows = (*difference.new, *(i for i, values in difference.changed.items() if "amount" in values))
    return (i for i in rows if amounts[i] is not None and amounts[i] < 0)


def _settles(session: Session, part: Part, i: int) -> bool:
    """Whether it is what a partner owes by an open item."""
    partner, currency, amount = _of(part, i)
    return any(
        item.kind == INVOICE and item.state in (OPEN, PARTLY) and item.pending >= -amount
        for item in all_items(session)
        if (item.partner, item.currency) == (partner, currency)
    )


def _too_much(
    session: Session, file: str, asked: Sequence[tuple[Difference, int]], brought: Mapping[tuple[str, str], Decimal]
) -> Iterator[Problem]:
    """A warning for each partner that gives back more than it was paid in that currency, here and before."""
    back: dict[tuple[str, str], Decimal] = {}
    for d, i in asked:
        partner, currency, amount = _of(d.part, i)
        back[partner, currency] = back.get((partner, currency), ZERO) - amount
    paid: tuple[Payment, ...] = facts(session, kinds=("payment",)).of("payment")
    for (partner, currency), amount in back.items():
        got = sum((p.amount or ZERO for p in paid if (p.partner, p.currency) == (partner, currency)), ZERO)
        got += brought.get((partner, currency), ZERO)
        if amount > got:
            said = f"{partner} gives back {amount:,f} {currency} by this file, and was paid {max(got, ZERO):,f}."
            remedy = f"Where the minus means that the money went out, answer {BELOW_ZERO}={OUT} instead."
            yield Problem(file, said, remedy, warning=True)


def _brought(differences: Sequence[Difference]) -> dict[tuple[str, str], Decimal]:
    """What the file itself pays, by partner and currency."""
    found: dict[tuple[str, str], Decimal] = {}
    for d in differences:
        for i in d.new if d.part.kind == "payment" else ():
            partner, currency, amount = _of(d.part, i)
            if partner:
                found[partner, currency] = found.get((partner, currency), ZERO) + max(amount, ZERO)
    return found


def _of(part: Part, i: int) -> tuple[str, str, Decimal]:
    """Partner, currency and amount of a payment of the file."""
    currency = part.fields["currency"][i]
    return part.fields["partner"][i], currency, major(part.fields["amount"][i], currency)


def _told(part: Part, i: int) -> str:
    partner, currency, amount = _of(part, i)
    return f"{partner} {amount:,f} {currency}".replace("-", "−")


def _question(told: Sequence[str]) -> Question:
    one = len(told) == 1
    asks = f"{len(told):,} payment{' is' if one else 's are'} below zero. Did that money go out to the partners?"
    more = f" and {len(told) - _FEW:,} more" if len(told) > _FEW else ""
    options = (
        Option(OUT, "It went out: the file writes what leaves our account with a minus"),
        Option(BACK, "It came back: the partner or its bank returned it"),
        Option(LEAVE, "Leave it out" if one else "Leave them out"),
    )
    return Question(BELOW_ZERO, asks, f"{'; '.join(told[:_FEW])}{more}.", options, len(told))
