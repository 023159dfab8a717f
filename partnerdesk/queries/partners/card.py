"""One partner on the screen: the call brief, where it stands, and what it earned, each in one read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Facts, Partner
from partnerdesk.engine.levers import Lever, levers, target_points
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import REMITTED, EarningLine, Entry, Outcome, Score, StageView, Standing, Statement
from partnerdesk.engine.period import Period
from partnerdesk.engine.rules import Program
from partnerdesk.errors import Refused
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import needed_programs, outcome
from partnerdesk.queries.joint.actions import ActionRow, actions
from partnerdesk.queries.joint.notes import NoteRow, notes
from partnerdesk.queries.partners.portfolio import QUARTERS, last_score, last_standing, score_history
from partnerdesk.queries.statements.archive import ClosedRow, closed_statements
from partnerdesk.queries.statements.closing import RunRow, run_row

SOON = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class OpenDeal:
    id: str
    name: str
    customer: str
    stage: str
    amount: Decimal | None
    currency: str
    expected_close: date | None
    next_step: str


@dataclass(frozen=True, slots=True)
class DueRenewal:
    id: str
    customer: str
    product: str
    amount: Decimal | None
    currency: str
    end: date
    notice_by: date | None
    owner: str


@dataclass(frozen=True, slots=True)
class Contact:
    name: str
    role: str
    email: str
    phone: str
    side: str


@dataclass(frozen=True, slots=True)
class Brief:
    """One screen before a call."""

    partner: Partner
    owner: str
    standing: Standing[Decimal] | None
    score: Score[Decimal] | None
    deals: tuple[OpenDeal, ...]
    renewals: tuple[DueRenewal, ...]
    actions: tuple[ActionRow, ...]
    notes: tuple[NoteRow, ...]
    contacts: tuple[Contact, ...]
    version: str = ""  # of the program that made the score; empty without one
    stages: tuple[StageView[Decimal], ...] = ()


def brief(session: Session, partner: str, as_of: date) -> Brief:
    """The call brief. Raises Refused for an unknown partner."""
    world = facts(session, partner, kinds=("partner", "deal", "contract", "customer", "product", "person"))
    row = _partner(world.of("partner"), partner)
    people = {p.id: p.name for p in world.of("person")}
    found = _outcome(session, partner, as_of)
    standing = last_standing(found, as_of) if found else None
    return Brief(
        partner=row,
        owner=people.get(row.owner or "", ""),
        standing=standing,
        score=last_score(found, as_of) if found else None,
        version=_version(needed_programs(session), min(standing.period.end, as_of)).version if standing else "",
        stages=tuple(found.stages.values()) if found else (),
        deals=_open_deals(world, partner),
        renewals=_due_renewals(world, partner, people, as_of),
        actions=tuple(a for a in actions(session, as_of, partner, only_open=True)),
        notes=notes(session, partner)[:3],
        contacts=tuple(
            Contact(p.name, p.role, p.email, p.phone, p.side) for p in world.of("person") if p.partner == partner
        ),
    )


def _open_deals(world: Facts, partner: str) -> tuple[OpenDeal, ...]:
    """The partner's open deals, the largest first."""
    names = {c.id: c.name for c in world.of("customer")}
    own = (d for d in world.of("deal") if d.status == "open" and d.partner == partner)
    return tuple(
        OpenDeal(
            d.id, d.name, names.get(d.customer or "", ""), d.stage, d.amount, d.currency, d.expected_close, d.next_step
        )
        for d in sorted(own, key=lambda d: (-(d.amount or ZERO), d.id))
    )


def _due_renewals(world: Facts, partner: str, people: dict[str, str], as_of: date) -> tuple[DueRenewal, ...]:
    """The partner's open contracts that end within ninety days, by day."""
    customers = {c.id: c.name for c in world.of("customer")}
    products = {p.id: p.name for p in world.of("product")}
    own = (c for c in world.of("contract") if c.partner == partner and c.outcome == "open")
    due = [c for c in own if c.end is not None and as_of <= c.end <= as_of + SOON]
    return tuple(
        DueRenewal(
            c.id,
            customers.get(c.customer or "", c.customer or ""),
            products.get(c.product or "", ""),
            c.recurring,
            c.currency,
            c.end,
            c.end - timedelta(days=c.notice_days) if c.notice_days else None,
            people.get(c.owner or "", ""),
        )
        for c in sorted(due, key=lambda c: (c.end, c.id))
    )


def _partner(rows: tuple[Partner, ...], id: str) -> Partner:
    if not rows:
        raise Refused(f"There is no partner {id} in this book.", "Choose one under Partners.")
    return rows[0]


def _outcome(session: Session, partner: str, as_of: date) -> Outcome | None:
    from partnerdesk.queries.figures import programs

    return outcome(session, partner, as_of) if programs(session) else None


@dataclass(frozen=True, slots=True)
class Progress:
    """Score and tier of a review period; `periods` are all of them, newest first."""

    partner: Partner
    period: Period
    periods: tuple[Period, ...]
    version: str
    standing: Standing[Decimal]
    score: Score[Decimal] | None
    before: Score[Decimal] | None
    levers: tuple[Lever, ...]
    targets: Mapping[str, Decimal]  # points of each measure's plan target, by metric
    points: Decimal  # the sum of what the components add, before the score is rounded
    history: tuple[tuple[Period, Decimal, str], ...]  # finished scores with their version, oldest first


def progress(session: Session, partner: str, label: str, as_of: date) -> Progress:
    """Score and tier as of a period's end; the last finished one for an empty label. Raises Refused without tiers."""
    row = _partner(facts(session, partner, kinds=("partner",)).of("partner"), partner)
    versions = needed_programs(session)
    found = outcome(session, partner, as_of)
    if not found.standings:
        raise Refused("This program has no tiers and no score.", "Its earnings are under Earnings.")
    chosen = found.standings.get(label) or last_standing(found, as_of)
    assert chosen is not None
    label = chosen.period.label
    score = found.scores.get(label)
    labels = list(found.standings)
    earlier = labels[labels.index(label) - 1] if labels.index(label) else ""
    program = _version(versions, min(chosen.period.end, as_of))
    history = tuple(
        (period, total, found.scores[period.label].rule.version)
        for period, total in score_history(found, min(chosen.period.end, as_of), QUARTERS)
    )
    return Progress(
        partner=row,
        period=chosen.period,
        periods=tuple(found.standings[key].period for key in reversed(labels)),
        version=program.version,
        standing=chosen,
        score=score,
        before=found.scores.get(earlier),
        levers=levers(program.score, score) if program.score and score else (),
        targets=target_points(program.score, score) if program.score and score else {},
        points=sum((c.adds for c in score.components), ZERO) if score else ZERO,
        history=history,
    )


def _version(versions: tuple[Program, ...], day: date) -> Program:
    return ([p for p in versions if p.effective_from <= day] or [versions[0]])[-1]


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One movement of a statement; base, rate and factor where it comes from a line; `balance` runs on."""

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
    row = _partner(world.of("partner"), partner)
    versions = needed_programs(session)
    found = outcome(session, partner, as_of)
    labels = list(found.statements)
    if not labels:
        raise Refused("There is no earning event yet.", "The first deal, contract or payment begins a statement.")
    ended = [key for key in labels if found.statements[key].period.end <= as_of]
    chosen = found.statements[label if label in labels else (ended or labels)[-1]]
    closed = {c.period: c for c in closed_statements(session, partner)}
    last = max((c.end for c in closed.values()), default=None)
    releases, undated = _releases(chosen)
    return Earned(
        partner=row,
        period=chosen.period,
        periods=tuple(found.statements[key].period for key in reversed(labels)),
        version=_version(versions, min(chosen.period.end, as_of)).version,
        statement=chosen,
        state=run_row(found, row.name, chosen.period, as_of, closed.get(chosen.period.label), last),
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
        groups.setdefault((kind, entry.line or entry.id, entry.day), []).append(entry)
    for (_, _, day), entries in groups.items():
        held = sum((e.amount for e in entries if e.bucket == "held"), ZERO)
        payable = sum((e.amount for e in entries if e.bucket == "payable"), ZERO)
        balance += held + payable
        first = next((e for e in entries if e.kind in ("accrual", "topup")), entries[0])
        yield _ledger_row(first, lines.get(first.line), customers, day, (held, payable, balance))


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
