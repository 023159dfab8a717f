"""The funds of a partner as accounts on a day: what was issued and where each amount of it is."""

from collections.abc import Sequence
from datetime import date

from partnerdesk.engine.figures.figure import Arithmetic, N, Origin
from partnerdesk.engine.funds.entries import by_fund
from partnerdesk.engine.funds.ledger import Ledger
from partnerdesk.engine.funds.putting import put_in
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import FundAccount, FundMove
from partnerdesk.engine.outcome.funds import APPROVED, AVAILABLE, CLAIMED, EXPIRED, OUTSIDE, REIMBURSED, REQUESTED
from partnerdesk.engine.reckoning import Reckoning


def accounts(reckoning: Reckoning[N], day: date) -> dict[str, FundAccount[N]]:
    """The partner's funds as of a day, those of the program first; one that never held or asked anything is left out.

    A day after the evaluation's own is taken as that one.
    """
    through, found = min(day, reckoning.as_of), {}
    for name, entries in by_fund(reckoning, through).items():
        ledger = Ledger(reckoning, name, entries, through)
        ruled = any(name in version.program.fund for version in reckoning.terms.versions)
        ledger.run(put_in(reckoning, name, through) if ruled else ())
        if ledger.moves or ledger.matters or ledger.problems:
            found[name] = _account(reckoning, ledger, name, through)
    return found


def _account(reckoning: Reckoning[N], ledger: Ledger[N], name: str, day: date) -> FundAccount[N]:
    ar, currency, moves = reckoning.arithmetic, ledger.currency, tuple(ledger.moves)
    rule, ref = ledger.rule(day)
    requests = tuple(matter.closed() for matter in ledger.matters.values())
    asked = [r.requested for r in requests if r.state == REQUESTED]
    left = [(lot.expires, lot.left) for lot in ledger.lots.lots if not lot.is_over and lot.left > ZERO]
    return FundAccount(
        key=name,
        says=rule.says if rule is not None else name or "Fund",
        kind=rule.kind if rule is not None else "other",
        currency=currency,
        rule=ref,
        issued=put_by(ar, moves, currency),
        requested=ar.sum(asked, currency, "requested") if asked else _nothing(ar, currency),
        approved=balance(ar, moves, APPROVED, currency),
        claimed=balance(ar, moves, CLAIMED, currency),
        paid=balance(ar, moves, REIMBURSED, currency),
        expired=balance(ar, moves, EXPIRED, currency),
        available=balance(ar, moves, AVAILABLE, currency),
        expiring=tuple((expires, amount) for expires, amount in left if expires is not None),
        moves=moves,
        requests=requests,
        problems=tuple(ledger.problems),
    )


def balance(ar: Arithmetic[N], moves: Sequence[FundMove[N]], place: str, currency: str) -> N:
    """What is in a place after movements: what came in less what went out."""
    parts = [m.amount if m.target == place else ar.negative(m.amount, m.note) for m in moves if _touches(m, place)]
    return ar.sum(parts, currency, place) if parts else _nothing(ar, currency)


def put_by(ar: Arithmetic[N], moves: Sequence[FundMove[N]], currency: str) -> N:
    """What movements brought into the fund."""
    parts = [m.amount for m in moves if m.source == OUTSIDE]
    return ar.sum(parts, currency, "issued") if parts else _nothing(ar, currency)


def _touches(move: FundMove[N], place: str) -> bool:
    return place in (move.source, move.target)


def _nothing(ar: Arithmetic[N], currency: str) -> N:
    return ar.given(ZERO, currency, "nothing", Origin("fund_entry", ""))
