"""Safety nets: what a finished period lacks to the promised sum."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from partnerdesk.engine.rules import Program, SafetyNet
from tests.second.judge.account import Account
from tests.second.judge.days import Span, spans_between
from tests.second.judge.gates import may_earn
from tests.second.judge.limits import amount_of, in_force, taken_back
from tests.second.judge.line import Line


def topped_up(account: Account, lines: list[Line]) -> Iterator[Line]:
    """The lines of all safety nets, each under the version of its period's end."""
    for version in account.case.versions:
        first, last = max(account.first, account.begins(version)), account.ends(version)
        for name, net in version.safety_net.items():
            spans = spans_between(first, last, net.every, account.case.year) if first <= last else []
            for span in (span for span in spans if span.end <= last):
                own = [line for line in lines if line.earning in net.of and line.event in span]
                for owned in _apart(net.per, own):
                    amount = _lacking(account, version, net, span, owned)
                    if amount:
                        yield _of(net.per, owned, _line(account, version, name, span, amount))


def _apart(per: str, lines: list[Line]) -> list[list[Line]]:
    """The lines of each customer, contract, deal or product; of the partner all, even where there is none."""
    if per == "partner":
        return [lines]
    owners = dict.fromkeys(getattr(line, per) for line in lines)
    return [[line for line in lines if getattr(line, per) == owner] for owner in owners if owner]


def _of(per: str, lines: list[Line], line: Line) -> Line:
    """A line of a net with what it is for; whose a contract or deal is stands on the lines below it, too."""
    if per == "partner":
        return line
    owner = getattr(lines[0], per)
    customer = None if per == "product" else lines[0].customer
    return replace(line, **({"customer": customer} | {per: owner}), id=f"{line.id}:{owner}")


def _lacking(account: Account, version: Program, net: SafetyNet, span: Span, lines: list[Line]) -> Fraction | None:
    if not may_earn(account, version, span.end) or not account.meets(version, net.when, span):
        return None
    promised = amount_of(account, version, in_force(net.at_least, span.end), span)
    earned = sum((line.amount for line in lines), Fraction(0))
    if net.taken_back == "makes room":
        back = [amount for line in lines for day, amount in taken_back(account, line) if day <= span.end]
        earned -= sum(back, Fraction(0))
    return None if promised is None or earned >= promised else promised - earned


def _line(account: Account, version: Program, name: str, span: Span, amount: Fraction) -> Line:
    day = span.end
    return Line(
        id=f"safety_net.{name}:{day}",
        key=f"safety_net.{name}",
        earning="",
        type="TOPUP",
        version=version,
        event=day,
        statement=account.statement(day),
        amount=amount,
    )
