"""The statement lines of a period as a payout is held against them, and the names under which a row may call one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import EarningLine, Held
from partnerdesk.intake.lexicon import squash
from partnerdesk.ops.imports.payee_names import PayeeNames
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import evaluation
from partnerdesk.queries.payments.runs import PAY, ItemRow, all_items
from partnerdesk.queries.statements.archive import canonical_statement, closed_statements
from partnerdesk.queries.statements.heads import names_on_heads
from partnerdesk.reports.statement.frozen import restored

Line = EarningLine[Decimal]
_TELLING = 3  # letters of a name that is known without its signs: “-2+3” is no 23


@dataclass(frozen=True, slots=True)
class HeldPart:
    """What of a line is still held at the period's end, and what it waits for."""

    remaining: Decimal
    condition: str


@dataclass(frozen=True, slots=True)
class OwnLines:
    """A partner's lines of the period and of others; `held` is what of a line was still held at the period's end.

    `number` is the closed statement, empty while the period is open; `items` are those of payment runs that pay it,
    by their numbers in lower case.
    """

    partner: str
    currency: str
    number: str
    lines: tuple[Line, ...]
    others: tuple[Line, ...]
    held: dict[str, HeldPart] = field(default_factory=dict)
    items: dict[str, ItemRow] = field(default_factory=dict)


def lines_of(session: Session, label: str, as_of: date) -> dict[str, OwnLines]:
    """The lines of all partners with a statement in a period: frozen ones where it is closed, as they stand else."""
    closed = {row.partner: row for row in closed_statements(session, period=label)}
    items, found = _items_of(session), {}
    for partner, outcome in evaluation(session, as_of).partners.items():
        if label not in outcome.statements:
            continue
        row = closed.get(partner)
        statement = outcome.statements[label]
        if row is not None:
            statement = restored(canonical_statement(session, row.id, row.revision)).statement
        own = {line.id for line in statement.lines}
        others = tuple(line for line in outcome.lines if line.id not in own)
        number = row.number if row is not None else ""
        own_lines, held = tuple(statement.lines), _held(statement.held)
        paying = items.get((partner, number, statement.currency), {})
        found[partner] = OwnLines(partner, statement.currency, number, own_lines, others, held, paying)
    return found


def _items_of(session: Session) -> dict[tuple[str, str, str], dict[str, ItemRow]]:
    """The items that pay a statement out, by partner, number and currency."""
    found: dict[tuple[str, str, str], dict[str, ItemRow]] = defaultdict(dict)
    for item in all_items(session):
        if item.kind == PAY and not item.withdrawn:
            for number in item.statements.split(", "):
                found[item.partner, number, item.currency][item.reference.casefold()] = item
    return found


def _held(holds: Iterable[Held[Decimal]]) -> dict[str, HeldPart]:
    """All holds of a line together."""
    of_line: dict[str, list[Held[Decimal]]] = defaultdict(list)
    for hold in holds:
        if hold.line and hold.remaining:
            of_line[hold.line].append(hold)
    return {
        line: HeldPart(sum((h.remaining for h in own), ZERO), "; ".join(dict.fromkeys(h.condition for h in own)))
        for line, own in of_line.items()
    }


class Names:
    """By which texts a file may name a partner or a line; compared without case, partners also without accents, blanks
    and signs, and with their number before or after the name."""

    def __init__(self, session: Session) -> None:
        found = facts(session, kinds=("partner", "customer", "transaction"))
        self._payees = PayeeNames(session)
        self.partner_names = {p.id: p.name for p in found.of("partner")}
        self._partners: dict[str, set[str]] = defaultdict(set)
        self._loosely: dict[str, set[str]] = defaultdict(set)
        for p in found.of("partner"):
            for text in filter(None, (p.id, p.name, p.legal_name, p.document_name, p.tax_id)):
                self._partners[text.casefold()].add(p.id)
                for written in (text, f"{p.id}{text}", f"{text}{p.id}"):
                    if sum(map(str.isalpha, key := squash(written))) >= _TELLING:
                        self._loosely[key].add(p.id)
        self._former: dict[str, set[str]] = defaultdict(set)
        for partner, texts in names_on_heads(session).items():
            for text in texts:
                self._former[text.casefold()].add(partner)
        self._numbers = {t.id: t.number for t in found.of("transaction") if t.number}
        self._customers = {c.id: c.name for c in found.of("customer")}

    def partner(self, text: str) -> str:
        """The one partner that a text names; empty where none or several do. A name on the head of a closed statement
        counts where nobody is called so today."""
        named = self._partners.get(text.casefold()) or self._loosely.get(squash(text))
        if named is None and text:
            named = self._former.get(text.casefold())
        return next(iter(named)) if named and len(named) == 1 else ""

    def within(self, text: str) -> str:
        """The one partner of whom a text speaks, by its name or by the item of a payment run; empty for none."""
        return self._payees.within(text)

    def of_line(self, line: Line) -> Iterator[str]:
        """The names of a line: its own, those of the fact, deal and contract behind it, its invoice, its customer."""
        for text in (line.id, line.fact_id, line.deal, line.contract, self._numbers.get(line.fact_id)):
            if text:
                yield text.casefold()
        if line.customer:
            yield line.customer.casefold()
            yield self._customers.get(line.customer, line.customer).casefold()
