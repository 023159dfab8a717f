"""What can be another way for a partner, as one list: open deals, renewals, go-lives, certificates, metrics, rules.

An input is one value with what it is now; what is typed becomes one change or several, so that a deal that is won has
its day and a renewed contract its next term (`entering`). What is not listed is changed field by field.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from partnerdesk.engine import facts as declared
from partnerdesk.engine.facts import attributes
from partnerdesk.engine.money import ONE, ZERO
from partnerdesk.engine.outcome import MetricResult
from partnerdesk.ops.whatif.bounds import FEW, NOT_NEGATIVE, SHARE_OF_ALL, Bounds, bounds, metric_bounds, rule_bounds
from partnerdesk.ops.whatif.trying import Case, Given, given, tried
from partnerdesk.program.form import DAY, NUMBER, PERCENT, Cell, form
from partnerdesk.program.keyed import dotted
from partnerdesk.queries.scenarios import ADD, METRIC, RULE, SET, Change

DEALS, RENEWALS, DELIVERY, PEOPLE, METRICS, RULES = "deals", "renewals", "delivery", "people", "metrics", "rules"
SHARE, COUNT = "share", "count"  # kinds of values besides those of facts: 0.95 written as 95 %, so many new rows
MOST_PEOPLE = 100  # more who are certified
PEOPLE_MORE = Bounds(ZERO, Decimal(MOST_PEOPLE), ZERO, FEW, ONE)
RATES = ("score", "tier", "earning", "cap", "safety_net", "holdback", "fund", "benefit", "module")  # rules to try


@dataclass(frozen=True, slots=True)
class Input:
    """One value: `of` names the thing it is about, `says` the value, `now` what it is; `kind` is one of a fact's
    attributes, SHARE or COUNT. `place` is where its main change would be; a number has `bounds`.
    """

    group: str
    of: str
    says: str
    kind: str
    now: Any
    unit: str
    place: Change
    choices: tuple[str, ...] = ()
    cell: Cell | None = None
    row: Any = None
    bounds: Bounds | None = None

    @property
    def name(self) -> str:
        """What its value is called where it is refused."""
        return self.of if self.group == METRICS else self.says

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Which input it is."""
        return (self.place.action, *self.place.place)


def inputs(session: Session, partner: str, today: date) -> tuple[Input, ...]:
    """Everything that is offered for a partner, by group."""
    book = given(session, partner, today)
    names = {c.id: c.name for c in book.facts.of("customer")}
    found = [*_deals(book, names), *_renewals(book, names), *_delivery(book, names), *_people(book)]
    as_is = tried(session, partner, Case(), today)
    outcome = as_is.outcome
    label = next(reversed(list(outcome.standings or outcome.scores)), "")
    for (metric, period), result in outcome.metrics.items():
        if period == label:
            kind = SHARE if result.unit == "%" else declared.RATE
            place = Change(METRIC, metric)
            pair = metric_bounds(as_is.programs, metric, as_is.facts.rows)
            reach = bounds(pair, result.value, is_share=kind == SHARE, is_whole=_is_count(result))
            says, now, unit = f"comes to, {label}", result.value, result.unit
            found.append(Input(METRICS, result.label, says, kind, now, unit, place, bounds=reach))
    return (*found, *_rules(book))


def _own(book: Given, kind: str) -> Iterator[Any]:
    return (row for row in book.facts.of(kind) if row.partner == book.partner.id)


def _of_fact(group: str, of: str, kind: str, row: Any, field: str, says: str = "") -> Input:
    a = next(a for a in attributes(kind) if a.name == field)
    unit = row.currency if a.kind == declared.MONEY else ""
    place = Change(SET, kind, row.id, field)
    now = getattr(row, field)
    about = now or getattr(row, "recurring", None)  # what comes after a renewal is about what was before
    reach = bounds(NOT_NEGATIVE, about) if a.kind == declared.MONEY else None
    return Input(group, of, says or a.says, a.kind, now, unit, place, a.choices, None, row, reach)


def _chance(group: str, of: str, kind: str, row: Any) -> Input:
    """How likely an open row goes well by a person's own word, which its range follows and no figure."""
    place, reach = Change(SET, kind, row.id, "probability"), bounds(SHARE_OF_ALL, row.probability, is_share=True)
    return Input(group, of, "Chance", SHARE, row.probability, "", place, row=row, bounds=reach)


def _deals(book: Given, names: dict[str, str]) -> Iterator[Input]:
    credited = {c.deal for c in _own(book, "credit")}
    for deal in book.facts.of("deal"):
        if deal.status == "open" and (deal.partner == book.partner.id or deal.id in credited):
            of = ", ".join(part for part in (names.get(deal.customer or "", deal.name), deal.id) if part)
            yield _of_fact(DEALS, of, "deal", deal, "status", "Outcome")
            yield _of_fact(DEALS, of, "deal", deal, "amount")
            if deal.recurring is not None:
                yield _of_fact(DEALS, of, "deal", deal, "recurring", "Recurring amount")
            yield _of_fact(DEALS, of, "deal", deal, "closed", "Won or lost on")
            yield _chance(DEALS, of, "deal", deal)


def _renewals(book: Given, names: dict[str, str]) -> Iterator[Input]:
    renewed = {c.renewal_of for c in book.facts.of("contract")}
    rows = [c for c in _own(book, "contract") if c.outcome == "open" and c.end and c.id not in renewed]
    for contract in sorted(rows, key=lambda c: (c.end, c.id)):
        of = ", ".join(part for part in (names.get(contract.customer or "", ""), contract.id) if part)
        yield _of_fact(RENEWALS, of, "contract", contract, "outcome", "Outcome")
        yield _of_fact(RENEWALS, of, "contract", contract, "outcome_amount", "Yearly amount afterwards")
        yield _of_fact(RENEWALS, of, "contract", contract, "outcome_on", "Known on")
        yield _chance(RENEWALS, of, "contract", contract)


def _delivery(book: Given, names: dict[str, str]) -> Iterator[Input]:
    for row in _own(book, "deployment"):
        if row.live is None:
            of = ", ".join(part for part in (names.get(row.customer or "", row.name), row.id) if part)
            yield _of_fact(DELIVERY, of, "deployment", row, "live", "Goes live on")


def _people(book: Given) -> Iterator[Input]:
    kinds = sorted({c.certificate for c in book.facts.of("certification")})
    for certificate in kinds:
        place = Change(ADD, "certification", certificate, "person")
        says = "more people with it"
        yield Input(PEOPLE, certificate, says, COUNT, 0, "people", place, row=book.partner, bounds=PEOPLE_MORE)
    for row in _own(book, "certification"):
        if row.expires is not None and row.expires >= book.today:
            yield _of_fact(PEOPLE, f"{row.certificate}, {row.person}", "certification", row, "expires")


def _rules(book: Given) -> Iterator[Input]:
    """The values of the version in force that most people change, as its form has them."""
    held = [t for t in book.texts if t.effective_from <= book.today] or [book.texts[0]]
    for group in form(held[-1].text):
        for row in group.rows:
            for cell in row.cells:
                if cell.path[0] not in RATES or cell.kind not in (NUMBER, PERCENT, DAY):
                    continue
                says = ", ".join(part for part in (row.label, cell.caption) if part)
                kind, now = (SHARE, cell.value / 100) if _is_share(cell) else (_kind(cell), cell.value)  # type: ignore[operator]
                place = Change(RULE, held[-1].version, "", dotted(cell.path))
                reach = None
                if isinstance(now, Decimal):
                    is_whole = kind != SHARE and now != 0 and now == int(now)
                    reach = bounds(rule_bounds(cell, now), now, is_share=kind == SHARE, is_whole=is_whole)
                unit = "" if cell.unit == "%" else cell.unit
                yield Input(RULES, group.title, says, kind, now, unit, place, (), cell, bounds=reach)


def _is_share(cell: Cell) -> bool:
    return cell.kind == PERCENT and isinstance(cell.value, Decimal)


def _kind(cell: Cell) -> str:
    return declared.DAY if isinstance(cell.value, date) else declared.RATE


def _is_count(result: "MetricResult[Decimal]") -> bool:
    """Whether it counts things: neither a share nor an amount, and whole."""
    value = result.value
    is_amount = len(result.unit) == 3 and result.unit.isupper()
    return value is not None and value == int(value) and result.unit not in ("%", "points", "") and not is_amount
