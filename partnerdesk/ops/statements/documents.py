"""The payout statement as a document: built from the book for a draft and for a close, restored for a closed period."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain
from typing import Any

from sqlalchemy.orm import Session

from partnerdesk import __version__
from partnerdesk.engine.evaluate import counts_groups, versions_hash
from partnerdesk.engine.facts import KIND_OF, Facts, Partner
from partnerdesk.engine.figures.figure import Excluded
from partnerdesk.engine.outcome import EarningLine, Statement
from partnerdesk.engine.outcome.record import digest
from partnerdesk.engine.period import (
    Calendar,
    Period,
    add_months,
    month_end,
    months_between,
    next_period,
    period_at,
    previous_period,
    statement_number,
)
from partnerdesk.engine.rules import Program
from partnerdesk.engine.semantics import FIRST, NEWEST
from partnerdesk.engine.terms.modules import modules_of
from partnerdesk.engine.whole import Outcome
from partnerdesk.errors import Refused
from partnerdesk.ops.statements.chunks import Chunks, facts_hash, versions_chunk
from partnerdesk.ops.statements.corrected import corrections_of
from partnerdesk.ops.statements.posted_funds import StatedBefore, nothing_stated, stated_before
from partnerdesk.ops.statements.stated import funds_of, payments_of, stake_of
from partnerdesk.program.words import rule_words
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import evaluation, needed_programs
from partnerdesk.queries.statements.archive import canonical_statement, closed_statements
from partnerdesk.queries.statements.closing import movements, period_named
from partnerdesk.queries.statements.openings import first_opening
from partnerdesk.queries.unknown import no_partner
from partnerdesk.reports.statement.document import (
    DRAFT,
    FINAL,
    HistoryRow,
    LineDetail,
    NotCounted,
    RuleRow,
    StatementDocument,
    fact_in_words,
)
from partnerdesk.reports.statement.frozen import restored


def statement_document(session: Session, partner: str, label: str, as_of: date) -> StatementDocument:
    """The statement of a period: as it was frozen, or as a draft of today's figures.

    Raises Refused for a partner or period without a statement.
    """
    closed = closed_statements(session, partner, label)
    if closed:
        return restored(canonical_statement(session, closed[0].id))
    programs = needed_programs(session)
    outcomes = evaluation(session, as_of).partners
    if partner not in outcomes:
        raise no_partner(session, partner)
    if label not in outcomes[partner].statements:
        raise Refused(f"{partner} has no statement for {label}.", "Its first one comes with its first earning.")
    return builder_of(session, programs, as_of).document(
        outcomes[partner], period_named(programs, label, as_of, first_opening(session))
    )


@dataclass(frozen=True, slots=True)
class Names:
    """Names by id for one document."""

    customers: Mapping[str, str]
    products: Mapping[str, str]
    people: Mapping[str, str]

    @classmethod
    def of(cls, found: Facts) -> "Names":
        def named(kind: str) -> dict[str, str]:
            return {row.id: row.name for row in found.of(kind)}

        return cls(named("customer"), named("product"), named("person"))


def builder_of(session: Session, programs: tuple[Program, ...], as_of: date) -> "DocumentBuilder":
    """The builder of a book's documents as of a day."""
    from partnerdesk.models.book import book  # the sample mark of the book

    is_sample = bool(session.execute(book.select()).one().sample)
    builder = DocumentBuilder(facts(session), programs, as_of, is_sample)
    builder.stated_before = stated_before(session)
    return builder


class DocumentBuilder:
    """Builds statement documents of one book as of a day; what they share is read once. `engine` computed them."""

    def __init__(
        self, found: Facts, programs: tuple[Program, ...], as_of: date, is_sample: bool, engine: str = __version__
    ) -> None:
        self.programs, self.as_of, self.sample, self.engine = programs, as_of, is_sample, engine
        self.registers: dict[tuple[str, tuple[str, ...]], tuple[RuleRow, ...]] = {}  # by version and its modules
        self.stated_before: StatedBefore = nothing_stated
        # What the figures of its documents mean; None in those of before there were numbers, which mean the first.
        self.semantics: int | None = NEWEST
        self.payer = next((p.vendor for p in reversed(programs) if p.vendor), "")
        self.months: dict[tuple[str, str], HistoryRow] = {}
        self._take(found, None)

    def _take(self, found: Facts, before: Chunks | None) -> None:
        self.facts, self.chunks = found, Chunks(found, before, groups=counts_groups(self.programs))
        self.names = Names.of(found)
        self.partners: dict[str, Partner] = {p.id: p for p in found.of("partner")}
        self.rows: dict[tuple[str, str], Any] = {(kind, row.id): row for kind, row in found}

    def on(self, day: date, found: Facts) -> "DocumentBuilder":
        """The same book on another day, with what was known then."""
        other = copy(self)
        other.as_of = day
        other._take(found, self.chunks)
        return other

    def document(
        self, outcome: Outcome, period: Period, *, issued: date | None = None, facts_sha256: str = ""
    ) -> StatementDocument:
        """The document of one partner and period, final once issued; with the hash of its facts where that is known."""
        statement = outcome.statements[period.label]
        partner = self.partners[outcome.partner]
        program = self._program(period)
        hash = facts_sha256 or facts_hash(self.rests_on(partner.id))
        texts = versions_hash(versions_until(self.programs, period.end))
        first = next(iter(outcome.statements)) == period.label
        return StatementDocument(
            statement=replace(statement, uncounted=()),
            number=statement_number(period),
            status=FINAL if issued else DRAFT,
            **self.party(partner),
            issued=issued,
            program=program.name or program.program,
            rules_version=program.version,
            rules_from=program.effective_from,
            payer=self.payer,
            dispute_until=issued + timedelta(days=program.disputes.within_days) if issued else None,
            answer_days=program.disputes.answer_days,
            data_as_of=self.as_of,
            run=digest("|".join([hash, texts, self.engine, self.as_of.isoformat()]).encode())[:12],
            facts_hash=hash,
            program_hash=texts,
            engine=f"PartnerDesk {self.engine}",
            previous="" if first else statement_number(previous_period(period, program.fiscal_year)),
            following=statement_number(next_period(period, program.fiscal_year)),
            sample=self.sample,
            history=tuple(self._history(outcome, period)),
            rules=self.rules(statement, program),
            details={line.id: self.detail(line) for line in statement.lines},
            corrections=corrections_of(outcome, statement, self.rows, self.semantics or FIRST),
            uncounted=tuple(self._not_counted(x) for x in statement.uncounted),
            funds=funds_of(outcome, period, self.rows, self.stated_before(outcome.partner, period)),
            stake=stake_of(outcome, self.names.customers),
            payments=payments_of(outcome, statement, self.rows, self.semantics or FIRST),
            semantics=self.semantics,
        )

    def party(self, partner: Partner) -> dict[str, Any]:
        """What the head of a document says of the partner."""
        return {
            "partner_name": partner.document_name or partner.name,
            "legal_name": partner.legal_name or partner.document_name or partner.name,
            "tax_id": partner.tax_id,
            "agreement": partner.agreement,
            "contact": self.names.people.get(partner.owner or "", ""),
        }

    def rests_on(self, partner: str) -> Mapping[str, bytes]:
        """The chunks that a partner's documents rest on, by hash: its facts, and which versions there were."""
        hash, body = versions_chunk(self.programs)
        return {**self.chunks.of(partner), hash: body}

    def _program(self, period: Period) -> Program:
        return versions_until(self.programs, period.end)[-1]

    def _history(self, outcome: Outcome, period: Period) -> Iterable[HistoryRow]:
        """The twelve months that end with this period, as far as there are statements."""
        year = self._program(period).fiscal_year
        is_plain = year.has_plain_months
        since = add_months(month_end(period.end), -12) if is_plain else Calendar(year).shifted_end(period.end, -12)
        for label in outcome.statements:
            row = self._month(outcome, label)
            if row.period.end > since:
                yield row
            if label == period.label:
                break

    def _month(self, outcome: Outcome, label: str) -> HistoryRow:
        key = outcome.partner, label
        if key not in self.months:
            statement = outcome.statements[label]
            m = movements(statement)
            corrected = m["clawed_back"] + m["adjusted"]
            self.months[key] = HistoryRow(statement.period, m["earned"], corrected, m["paid"], m["held"] + m["payable"])
        return self.months[key]

    def rules(self, statement: "Statement[Decimal]", program: Program) -> tuple[RuleRow, ...]:
        """The rules of every version that a line of this statement was computed under."""
        used = {line.rule.version for line in statement.lines} | {program.version}
        partner, day = self.partners[statement.partner], statement.period.end
        found = (self._registered(i, partner, day) for i, p in enumerate(self.programs) if p.version in used)
        return tuple(chain.from_iterable(found))

    def _registered(self, i: int, partner: Partner, day: date) -> tuple[RuleRow, ...]:
        """A version's rules as they are for a partner on a day; made once for all that have the same modules."""
        enrolled = [row for row in self.facts.of("enrolment") if row.partner == partner.id]
        key = self.programs[i].version, modules_of(self.programs[i], partner, enrolled, day)
        if key not in self.registers:
            self.registers[key] = tuple(_register(self.programs, i, partner, key[1]))
        return self.registers[key]

    def detail(self, line: EarningLine[Decimal]) -> LineDetail:
        """What a line refers to, by the names in the book."""
        contract = self.rows.get(("contract", line.contract or ""))
        fact = self.rows.get((line.fact_kind, line.fact_id))
        term = ""
        if contract is not None and contract.start and contract.end:
            term = f"{months_between(contract.start, contract.end + timedelta(days=1))} m"
        return LineDetail(
            deal=line.deal or "",
            customer=self.names.customers.get(line.customer or "", line.customer or ""),
            product=self.names.products.get(line.product or "", line.product or ""),
            term=term,
            source=str(fact.source) if fact is not None and fact.source else "",
        )

    def _not_counted(self, excluded: Excluded) -> NotCounted:
        fact: Any = excluded.fact
        kind = KIND_OF[type(fact)]
        customer = getattr(fact, "customer", None) or ""
        return NotCounted(
            item=fact_in_words(kind, fact.id),
            deal=fact.id if kind == "deal" else getattr(fact, "deal", None) or "",
            customer=self.names.customers.get(customer, customer),
            amount=getattr(fact, "amount", None),
            currency=getattr(fact, "currency", ""),
            reason=excluded.reason,
            rule=excluded.rule,
            remedy=excluded.remedy,
        )


def versions_until(programs: Sequence[Program], day: date) -> list[Program]:
    """The versions in force by a day, oldest first; the first one where none was yet."""
    return [p for p in programs if p.effective_from <= day] or list(programs[:1])


def _register(programs: tuple[Program, ...], i: int, partner: Partner, modules: Sequence[str]) -> Iterable[RuleRow]:
    """The rules of a version in a partner's words, until the next one takes effect."""
    version = programs[i]
    ends = programs[i + 1].effective_from - timedelta(days=1) if i + 1 < len(programs) else None
    for words in rule_words(version, partner, modules):
        if words.key.startswith("clause."):  # no figure comes of it; it stands in the agreement
            continue
        yield RuleRow(
            words.reference,
            version.version,
            words.sentence,
            words.formula,
            words.parameters,
            words.effective_from,
            ends,
        )


def last_ended(programs: tuple[Program, ...], as_of: date) -> Period:
    """The last statement period that has ended."""
    period = period_at(as_of, programs[-1].statements, programs[-1].fiscal_year)
    return period if period.end <= as_of else previous_period(period, programs[-1].fiscal_year)
