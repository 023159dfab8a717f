"""Closing a period: its statements are frozen with facts, figures, program version and hashes, and never change again.

Later truth arrives in the next open period as a true-up (`engine.ledger`). Documents are rendered from what was
frozen; nothing here writes a file.
"""

import json
import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from partnerdesk import __version__
from partnerdesk.engine.evaluate import versions_hash
from partnerdesk.engine.facts import Facts
from partnerdesk.engine.money import minor
from partnerdesk.engine.outcome import Outcome, Statement
from partnerdesk.engine.period import Period
from partnerdesk.engine.record import canonical, digest, fact_record, plain
from partnerdesk.engine.rules import Program
from partnerdesk.engine.world import happened
from partnerdesk.errors import Refused
from partnerdesk.models.statements import fact_chunk, posted_entry, statement
from partnerdesk.queries.closing import Run, movements, period_named, run
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import evaluation, needed_programs


def statement_number(period: Period) -> str:
    """ST-2026-09."""
    return f"ST-{period.label}"


def close_period(
    session: Session,
    label: str,
    as_of: date,
    *,
    maker: str,
    checker: str,
    total: Decimal,
    at: str,
    partners: Sequence[str] | None = None,
) -> Run:
    """Closes a period for all partners that are ready (or the named ones); returns the run as it then stands.

    `total` is the sum of their closing balances as the checker typed it; `at` the UTC moment. Raises Refused when
    nothing is ready, a named partner is blocked, a name is missing, or the total differs.
    """
    found = run(session, label, as_of)
    chosen = [r for r in found.ready if partners is None or r.partner in partners]
    blocked = [r for r in found.rows if partners is not None and r.partner in partners and r not in chosen]
    if blocked:
        raise Refused(
            f"{blocked[0].name} cannot be closed: {blocked[0].why or blocked[0].status}.", "Resolve it first."
        )
    if not chosen:
        raise Refused(f"No statement of {label} is ready to close.", "Choose a period that has ended.")
    if not maker.strip() or not checker.strip():
        raise Refused("A close names who prepared it and who checked it.", "Enter both names.")
    expected = sum((r.closing for r in chosen), Decimal(0))
    if total != expected:
        raise Refused(
            f"The total typed in, {total:,.2f}, is not the total of this run, {expected:,.2f}.",
            "Compare the run with your figures and type the total again.",
        )
    programs = needed_programs(session)
    period = period_named(programs, label, as_of)
    outcomes = evaluation(session, as_of).partners
    freezing = Freezing(session, programs, as_of, maker.strip(), checker.strip(), at)
    freezing.freeze([(outcomes[r.partner], period) for r in chosen])
    return found


class Freezing:
    """Writes statements with all they rest on; shared by a close and by the sample book's history."""

    def __init__(
        self, session: Session, programs: Sequence[Program], as_of: date, maker: str, checker: str, at: str
    ) -> None:
        self.session, self.programs, self.as_of = session, programs, as_of
        self.maker, self.checker, self.at = maker, checker, at
        self.stored: set[str] = set(session.execute(select(fact_chunk.c.sha256)).scalars())

    def freeze(self, chosen: Sequence[tuple[Outcome, Period]]) -> None:
        """Freezes the statements of some partners and periods, in this order."""
        chunks = Chunks(facts(self.session))
        next_id = (
            self.session.execute(select(statement.c.id).order_by(statement.c.id.desc()).limit(1)).scalar() or 0
        ) + 1
        for outcome, period in chosen:
            found = outcome.statements[period.label]
            hashes = self._store_chunks(chunks.of(outcome.partner, period.end))
            self.session.execute(insert(statement).values(self._row(next_id, found, period, hashes)))
            entries = [_entry_row(next_id, found, e) for e in found.entries]
            if entries:
                self.session.execute(insert(posted_entry), entries)
            next_id += 1

    def _store_chunks(self, chunks: Mapping[str, bytes]) -> list[str]:
        new = [{"sha256": h, "body": zlib.compress(body, 9)} for h, body in chunks.items() if h not in self.stored]
        if new:
            self.session.execute(insert(fact_chunk), new)
            self.stored.update(h for h in chunks)
        return sorted(chunks)

    def _row(self, id: int, found: "Statement[Decimal]", period: Period, hashes: list[str]) -> dict[str, Any]:
        versions = [p for p in self.programs if p.effective_from <= period.end] or [self.programs[0]]
        facts_hash = digest("\n".join(hashes).encode())
        header = {
            "number": statement_number(period),
            "revision": 1,
            "program": versions[-1].program,
            "version": versions[-1].version,
            "program_sha256": versions_hash(versions),
            "facts_sha256": facts_hash,
            "engine": __version__,
            "as_of": self.as_of.isoformat(),
        }
        body = canonical({"header": header, "statement": plain(found)})
        amounts = {k: minor(v, found.currency) for k, v in movements(found).items()}
        return {
            **header,
            **amounts,
            "id": id,
            "partner": found.partner,
            "period": period.label,
            "start": period.start,
            "end": period.end,
            "currency": found.currency,
            "tier": found.tier,
            "score": found.score,
            "canonical": zlib.compress(body, 9),
            "sha256": digest(body),
            "facts": json.dumps(hashes),
            "as_of": self.as_of,
            "maker": self.maker,
            "checker": self.checker,
            "closed_at": self.at,
        }


def _entry_row(id: int, found: "Statement[Decimal]", e: Any) -> dict[str, Any]:
    return {
        "statement": id,
        "partner": found.partner,
        "entry": e.id,
        "kind": e.kind,
        "bucket": e.bucket,
        "day": e.day,
        "amount": minor(e.amount, found.currency),
        "line": e.line,
        "type": e.type,
        "rule": e.rule.key if e.rule else "",
        "reference": e.reference,
        "note": e.note,
    }


class Chunks:
    """Facts of one partner in chunks of a month, each with the hash of its canonical text."""

    def __init__(self, everything: Facts) -> None:
        self._months: dict[str, dict[str, dict[str, list[Any]]]] = defaultdict(
            lambda: defaultdict(lambda: defaultdict(list))
        )
        self._deals = {d.id: d.partner for d in everything.of("deal")}
        self._shared: dict[str, list[Any]] = defaultdict(list)
        for kind, row in everything:
            owner = row.id if kind == "partner" else getattr(row, "partner", None) or self._owner(row)
            if owner is None:
                if kind == "exchange_rate":
                    self._shared[kind].append(fact_record(row))
                continue
            day = happened(kind, row) if hasattr(row, "day") or kind in _DATED else None
            self._months[owner]["" if day is None else f"{day:%Y-%m}"][kind].append(fact_record(row))
        self._made: dict[tuple[str, str], tuple[str, bytes]] = {}

    def _owner(self, row: Any) -> str | None:
        return self._deals.get(getattr(row, "deal", None) or "")

    def of(self, partner: str, until: date) -> dict[str, bytes]:
        """The chunks of a partner up to the month of a day, by hash."""
        last, found = f"{until:%Y-%m}", {}
        for month, kinds in self._months[partner].items():
            if month <= last:
                hash, body = self._chunk(partner, month, kinds)
                found[hash] = body
        if self._shared:
            hash, body = self._chunk("", "", self._shared)
            found[hash] = body
        return found

    def _chunk(self, partner: str, month: str, kinds: Mapping[str, list[Any]]) -> tuple[str, bytes]:
        key = (partner, month)
        if key not in self._made:
            body = canonical({"partner": partner, "month": month, "facts": kinds})
            self._made[key] = (digest(body), body)
        return self._made[key]


_DATED = ("deal", "contract", "deployment", "certification", "case", "target")
