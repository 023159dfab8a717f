"""What a partner earned in a statement period: its ledger, event by event, and what is held by month of release."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Partner
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import PAYABLE, REMITTED, EarningLine, Entry, Statement
from partnerdesk.engine.period import Period
from partnerdesk.errors import Refused
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import needed_programs, outcome
from partnerdesk.queries.partners.card import named_partner, version_on
from partnerdesk.queries.statements.archive import ClosedRow, closed_statements
from partnerdesk.queries.statements.closing import RunRow, run_row
from partnerdesk.queries.vanished import waiting


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One movement of a statement; base, rate and factor where it comes from a line; `balance` runs on. A rate is an
    amount where it `pays_each` one that the base counts.

    `parts` are the movements of a row that has several which no line of its own stands for: entry, bucket, amount.
    """

    id: str
    figure: str
    day: date
    kind: str
    reference: str
    words: str
    base: Decimal | None
    rate: Decimal | None
    factor: Decimal | None
    amount: Decimal
    held: Decimal
    payable: Decimal
    balance: Decimal
    rule: str
    parts: tuple[tuple[str, str, Decimal], ...] = ()
    pays_each: bool = False


@dataclass(frozen=True, slots=True)
class Earned:
    """A statement period with its ledger, and what is held by month of release."""

    partner: Partner
    period: Period
    periods: tuple[Period, ...]
    version: str
    statement: Statement[Decimal]
    state: RunRow
    closed: ClosedRow | None
    ledger: tuple[LedgerRow, ...]
    releases: tuple[tuple[date, Decimal, Decimal], ...]  # month, vesting, holdback
    undated: Decimal


def earned(session: Session, partner: str, label: str, as_of: date) -> Earned:
    """The statement of a period, the last one that has ended for an empty label. Raises Refused without any."""
    world = facts(session, partner, kinds=("partner", "customer"))
    row = named_partner(session, world.of("partner"), partner)
    versions = needed_programs(session)
    found = outcome(session, partner, as_of)
    labels = list(found.statements)
    if not labels:
        raise Refused("There is no earning event yet.", "The first deal, contract or payment begins a statement.")
    ended = [key for key in labels if found.statements[key].period.end <= as_of]
    chosen = found.statements[label if label in labels else (ended or labels)[-1]]
    closed = {c.period: c for c in closed_statements(session, partner)}
    last = max((c.end for c in closed.values()), default=None)
    gone = waiting(session).get(partner)
    releases, undated = _releases(chosen)
    return Earned(
        partner=row,
        period=chosen.period,
        periods=tuple(found.statements[key].period for key in reversed(labels)),
        version=version_on(versions, min(chosen.period.end, as_of)).version,
        statement=chosen,
        state=run_row(found, row.name, chosen.period, as_of, closed.get(chosen.period.label), last, gone),
        closed=closed.get(chosen.period.label),
        ledger=tuple(_ledger(chosen, found.lines, {c.id: c.name for c in world.of("customer")})),
        releases=releases,
        undated=undated,
    )


def _ledger(
    statement: Statement[Decimal], earlier: Iterable[EarningLine[Decimal]], customers: Mapping[str, str]
) -> Iterator[LedgerRow]:
    """Movements in order of day; what one event moves between the buckets stands in one row."""
    lines = {line.id: line for line in (*earlier, *statement.lines)}
    balance = statement.row("opening").total
    groups: dict[tuple[str, str, date], list[Entry[Decimal]]] = {}
    for entry in sorted(statement.entries, key=lambda e: (e.day, e.line, e.id)):
        kind = "accrual" if entry.kind in ("accrual", "topup", "deferral", "holdback") and entry.line else entry.kind
        groups.setdefault((kind, entry.line or entry.id.removesuffix(f":{entry.bucket}"), entry.day), []).append(entry)
    for (_, _, day), entries in groups.items():
        held = sum((e.amount for e in entries if e.bucket == "held"), ZERO)
        payable = sum((e.amount for e in entries if e.bucket == "payable"), ZERO)
        balance += held + payable
        first = next((e for e in entries if e.kind in ("accrual", "topup")), entries[0])
        row = _ledger_row(first, lines.get(first.line), customers, day, (held, payable, balance))
        yield row if row.figure.startswith("line|") else replace(row, parts=_parts(entries))


def _parts(entries: Iterable[Entry[Decimal]]) -> tuple[tuple[str, str, Decimal], ...]:
    """The movements among entries, of a transfer its payable side, where there are several."""
    found: dict[str, Entry[Decimal]] = {}
    for entry in entries:
        stem = entry.id.removesuffix(f":{entry.bucket}")
        if stem not in found or entry.bucket == PAYABLE:
            found[stem] = entry
    return tuple((e.id, e.bucket, e.amount) for e in found.values()) if len(found) > 1 else ()


def _ledger_row(
    entry: Entry[Decimal],
    line: EarningLine[Decimal] | None,
    customers: Mapping[str, str],
    day: date,
    amounts: tuple[Decimal, Decimal, Decimal],
) -> LedgerRow:
    """A movement: as the line that it earns, or as what it does to an earlier line or to the balance."""
    held, payable, balance = amounts
    earns = line if entry.kind in ("accrual", "topup") else None
    rule = earns.rule if earns is not None else entry.rule
    return LedgerRow(
        id=entry.id,
        figure=f"line|{earns.id}" if earns is not None else f"entry|{entry.id}",
        day=day,
        kind=earns.says if earns is not None else KIND_WORDS.get(entry.kind, entry.kind),
        reference=entry.reference or (line.fact_id if line is not None else "") or entry.line,
        words=_ledger_words(entry, line, earns is not None, customers),
        base=earns.base if earns is not None else None,
        rate=earns.rate if earns is not None else None,
        factor=earns.factor if earns is not None else None,
        amount=held + payable,
        held=held,
        payable=payable,
        balance=balance,
        rule=rule.reference if rule is not None else "",
        pays_each=earns is not None and earns.pays_each,
    )


def _ledger_words(
    entry: Entry[Decimal], line: EarningLine[Decimal] | None, is_earned: bool, customers: Mapping[str, str]
) -> str:
    """Whose business it is, or why it moves; a line that a cap or a net changed says so."""
    if line is None:
        return "Remittance" if entry.kind in REMITTED else entry.note
    customer = customers.get(line.customer or "", "")
    if entry.id.startswith("hold:"):
        return ", ".join(part for part in (customer, entry.note) if part)
    if is_earned:
        return ", ".join(part for part in (customer, line.effect_note) if part) or line.says
    return customer or entry.note or line.says


KIND_WORDS = {
    "deferral": "Deferred",
    "holdback": "Held back",
    "release": "Released",
    "forfeiture": "Forfeited",
    "clawback": "Clawed back",
    "adjustment": "Adjusted",
    "trueup": "Correction",
    "loss": "Forfeited or waived",
    "payment": "Paid",
    "tax": "Tax withheld",
    "opening": "Balance taken over",
}


def _releases(statement: Statement[Decimal]) -> tuple[tuple[tuple[date, Decimal, Decimal], ...], Decimal]:
    months: dict[date, list[Decimal]] = {}
    undated = ZERO
    for held in statement.held:
        dated = held.schedule or (((held.next_release, held.remaining),) if held.next_release else ())
        for day, amount in dated:
            slot = months.setdefault(day.replace(day=1), [ZERO, ZERO])
            slot[0 if held.kind == "vesting" else 1] += amount
        undated += held.remaining - sum((amount for _, amount in dated), ZERO)
    return tuple((m, v, h) for m, (v, h) in sorted(months.items())), undated
