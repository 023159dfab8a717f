"""What stands behind a pack's figures: definitions, what did not count, where the data came from, all deals."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import select

from partnerdesk.engine.facts import KIND_OF
from partnerdesk.models.facts import batch
from partnerdesk.ops.gate.strangers import Strangers
from partnerdesk.ops.pack.gathered import Gathered
from partnerdesk.ops.pack.since import since_review
from partnerdesk.ops.pack.standing import measured, scored
from partnerdesk.program.words import definition
from partnerdesk.queries.joint.feedback import feedback_rows
from partnerdesk.queries.partners.benchmark import benchmark
from partnerdesk.reports.pack.data import Appendix, Beside, DealLine, Definition, Quote, SourceRow, Uncounted


def appendix(g: Gathered) -> Appendix:
    return Appendix(
        definitions=tuple(_definitions(g)),
        uncounted=tuple(_uncounted(g)),
        sources=tuple(_sources(g)),
        deals=tuple(_deals(g)),
        since=since_review(g),
        quotes=tuple(_quotes(g)),
        beside=tuple(_beside(g)),
    )


def _quotes(g: Gathered) -> Iterator[Quote]:
    """What was said since the period began, of that what somebody marked as quotable."""
    for said in feedback_rows(g.session, g.partner.id, only_shareable=True, since=g.period.start):
        if said.day <= g.as_of:
            about = g.program.metric[said.metric].says if said.metric in g.program.metric else ""
            yield Quote(said.text, said.voice, said.said_by, said.day, about)


def _beside(g: Gathered) -> Iterator[Beside]:
    """How the partner stands among the others, where the program lets it see that; never who they are."""
    for row in benchmark(g.session, g.partner.id, g.period.label, g.as_of, scored=scored(g)):
        yield Beside(
            label=row.label,
            unit=row.unit,
            own=row.own,
            others=row.others,
            lower=row.lower,
            median=row.median,
            upper=row.upper,
            refused=row.refused,
        )


def _definitions(g: Gathered) -> Iterator[Definition]:
    for name, metric in g.program.metric.items():
        found = measured(g, name, g.period.label)
        unit = found.unit if found else ""
        value = found.value if found else None
        yield Definition(metric.says, definition(g.program, name), value, unit, found.missing if found else "")


def _uncounted(g: Gathered) -> Iterator[Uncounted]:
    """What the quarter's statements name as not counted, at the amounts that they name; no fact that earned in one."""
    for label in g.outcome.statements:
        statement = g.outcome.statements[label]
        if not g.period.start <= statement.period.start <= g.period.end:
            continue
        earned = {(line.fact_kind, line.fact_id) for line in statement.lines}
        for left_out in statement.uncounted:
            fact: Any = left_out.fact
            kind = KIND_OF[type(fact)]
            if (kind, fact.id) in earned:
                continue
            yield Uncounted(
                deal=fact.id
                if kind == "deal"
                else getattr(fact, "deal", None) or f"{kind.replace('_', ' ')} {fact.id}",
                customer=g.named("customer", getattr(fact, "customer", None)),
                amount=getattr(fact, "amount", None),
                currency=getattr(fact, "currency", ""),
                reason=left_out.reason,
                rule=left_out.rule,
                remedy=left_out.remedy,
            )


def _sources(g: Gathered) -> Iterator[SourceRow]:
    """The files that the partner's facts came from, with the day of their import, and what people typed, with the last.

    Rows of a file may say themselves since when they are known: of a deal that is the day it closed, no receipt.
    """
    counts: dict[tuple[str, str], int] = {}
    latest: dict[tuple[str, str], date] = {}
    imported = {id: date.fromisoformat(at[:10]) for id, at in g.session.execute(select(batch.c.id, batch.c.at))}
    for _, row in g.world:
        source = row.source
        key, received = ("Typed", ""), row.known_on
        if source and source.file:
            key, received = (source.file, f"B-{source.batch:04d}" if source.batch else ""), None
            if source.batch:
                received = imported.get(source.batch)
        counts[key] = counts.get(key, 0) + 1
        if received is not None:
            latest[key] = max(received, latest.get(key, received))
    strangers = Strangers(g.session, g.partner.id)
    for name, number in sorted(counts):
        shown = "A file that names others" if strangers.named_in(name) else name
        yield SourceRow(shown, number, counts[name, number], latest.get((name, number)))


def _deals(g: Gathered) -> Iterator[DealLine]:
    """Deals closed in the quarter and all that are open; one in another currency says its own amount as well."""
    exchange = g.exchange
    for deal in sorted(g.world.of("deal"), key=lambda d: (d.closed or d.expected_close or date.max, d.id)):
        closed_now = deal.closed is not None and deal.closed in g.period
        if deal.status != "open" and not closed_now:
            continue
        yield DealLine(
            deal=deal.id,
            customer=g.named("customer", deal.customer),
            what=deal.name or deal.kind,
            stage=deal.stage or deal.status,
            amount=exchange.in_cents(deal.amount, deal.currency, deal.closed or g.as_of),
            day=deal.closed or deal.expected_close,
            own=None if deal.currency == exchange.currency else deal.amount,
            currency=deal.currency,
        )
