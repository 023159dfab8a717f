"""The dossier of a dispute as a file: gathered from the book, laid out, and let out through the gate."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnerdesk.engine.currencies import CODES
from partnerdesk.engine.evaluate import explain, kinds_used
from partnerdesk.engine.facts import Facts, Partner
from partnerdesk.engine.figures.figure import Figure
from partnerdesk.engine.figures.reasons import amount_words, exact_words, percent_words
from partnerdesk.engine.figures.steps import Alike, leaves_of
from partnerdesk.engine.figures.telling import HOW, smoothed, told_parts
from partnerdesk.engine.figures.writing import written
from partnerdesk.engine.semantics import FIRST
from partnerdesk.engine.whole import Traced
from partnerdesk.errors import Refused
from partnerdesk.models.statements import statement
from partnerdesk.ops.folders import made
from partnerdesk.ops.gate.strangers import refuse_strangers
from partnerdesk.ops.gate.whose import Whose
from partnerdesk.ops.statements.frozen import Frozen, Resting
from partnerdesk.ops.statements.veiled import OTHERS, UNSHOWN, Named, foreign_rows, veiled
from partnerdesk.program.words import RuleWords, words_of
from partnerdesk.queries.facts import fact
from partnerdesk.queries.settings import book_settings
from partnerdesk.queries.statements.disputes import DisputeRow, StepRow, decided_words, dispute_named, dispute_steps
from partnerdesk.queries.statements.missing import missing
from partnerdesk.queries.statements.posted_rows import OnStatement, noun_of, on_statement
from partnerdesk.queries.why import Why, why_of
from partnerdesk.reports.dossier import Dossier, Happened, Step, UsedRow, compose, file_name
from partnerdesk.reports.format import Formats
from partnerdesk.reports.release import release
from partnerdesk.reports.release.outgoing import Outgoing, digest_of
from partnerdesk.reports.statement.frozen import restored

_HOW = HOW | {
    "given": "as it was read",
    "rule": "as the program says",
    OTHERS: "together, without their rows",
    UNSHOWN: "their rows are theirs",
}
_AGAIN = "as above"  # of a step that was told already, with all that it is made of
_MOST = 120  # steps that are written out
_TOTAL_SAYS = (
    "What is payable at its end is the opening balance and the rows of the roll-forward on the first page; what its "
    "period made payable are those rows without what was paid."
)


@dataclass(frozen=True, slots=True)
class ExportedDossier:
    """The file of a dossier."""

    id: str
    partner: str
    path: Path
    pages: int
    replaced: bool
    name: str = ""  # of the partner

    @property
    def outgoing(self) -> tuple[Outgoing, ...]:
        """What the file says of itself for the record."""
        return (Outgoing("dossier", self.partner, self.id, self.path.name, digest_of(self.path), self.name),)


def export_dossier(session: Session, id: str, as_of: date, folder: Path) -> ExportedDossier:
    """Writes the dossier of a dispute as PDF, with numbers and days as the partner writes them.

    Raises Refused for an unknown dispute, and where something in the file is another partner's; Damaged where the disk
    is in the way.
    """
    row = dispute_named(session, id, as_of)
    found = on_statement(session, row.partner, row.line)
    formats = _formats(session, row.partner)
    with written(formats):
        dossier = _gathered(session, row, found, as_of)
    said = [row.reason, row.decision, *(happened.says for happened in dossier.timeline)]
    refuse_strangers(session, row.partner, dossier.partner_name, said, "The dossier")
    composed = compose(dossier, formats)
    path = made(folder) / file_name(dossier)
    replaced = path.exists()
    whose = Whose(session, as_of)
    world = whose.with_frozen(whose.world(row.partner, dossier.partner_name), found.closed.id)
    release(path, composed.content, world, dossier)
    return ExportedDossier(id, row.partner, path, composed.pages, replaced, dossier.partner_name)


def _formats(session: Session, partner: str) -> Formats:
    found = fact(session, "partner", partner)
    return Formats((found.language if isinstance(found, Partner) else "") or "en_GB", english=True)


def _gathered(session: Session, row: DisputeRow, found: OnStatement, as_of: date) -> Dossier:
    resting, outcome, foreign = _frozen(session, found)
    traced = None if row.is_total else _traced(resting, outcome, row)
    rule = _rule(resting, traced)
    partner = fact(session, "partner", row.partner)
    name = (partner.document_name or partner.name) if isinstance(partner, Partner) else row.partner_name
    program = resting.programs[-1]
    shown = veiled(traced.figure, foreign) if traced else None
    steps = tuple(islice(_steps(shown), _MOST)) if shown else ()
    if row.is_total:
        steps = tuple(_rolled(outcome, found))
    told: dict[str, Any] = {f: getattr(row, f) for f in _SAME}
    timeline = tuple(Happened(s.day, s.kind, _said(s, row), s.by) for s in dispute_steps(session, row.id))
    return Dossier(
        **told,
        partner_name=name,
        noun=noun_of(row.kind),
        what=row.what,
        vendor=program.vendor or book_settings(session).vendor,
        program=program.name or program.program,
        issued=found.closed.issued,
        held=found.held,
        payable=found.closed.payable if row.is_total else None,
        came=missing(session, row, as_of).words(),
        posted=row.amount if row.amount is not None else found.amount,
        raised=row.raised or as_of,
        sentence=traced.sentence if traced else _TOTAL_SAYS if row.is_total else "",
        computed=traced.figure.value if traced else found.amount if row.is_total else None,
        steps=steps[:_MOST],
        rows=(*_used(resting.facts, shown), *_hidden(traced.figure, foreign)) if traced and shown else (),
        rule_title=rule.title if rule else "",
        rule_clause=rule.reference if rule else "",
        rule_version=rule.version if rule else "",
        rule_from=rule.effective_from if rule else None,
        rule_says=rule.sentence if rule else "",
        rule_numbers=rule.parameters if rule else "",
        timeline=timeline,
        as_of=max(as_of, *(happened.day for happened in timeline)) if timeline else as_of,
    )


def _said(step: StepRow, row: DisputeRow) -> str:
    """What a step says, with what was granted as the document writes amounts: the step has it as its author did."""
    return decided_words(row) if step.kind == "decided" and row.granted is not None else step.says


_SAME = (
    "id partner statement line unpaid claimed currency reason raised_by answer_by outcome is_open decided decision "
    "decided_by granted adjustment"
).split()


def _frozen(session: Session, found: OnStatement) -> tuple[Resting, Traced, Named]:
    """What the statement of the line rests on, its figures with every step, and which rows are of others in its group:
    as it was closed, not as of today.

    Raises Damaged where a part of it is missing.
    """
    row = session.execute(select(statement).where(statement.c.id == found.closed.id)).one()
    frozen = Frozen(session)
    resting = frozen.resting(row)
    world = Facts({kind: resting.facts.of(kind) for kind in kinds_used(resting.programs)})
    posted = frozen.posted_before(row)
    meant = restored(zlib.decompress(row.canonical)).semantics or FIRST
    traced = explain(resting.programs, world, row.as_of, partners=[row.partner], posted=posted, semantics=meant)
    return resting, traced.partners[row.partner], frozen.foreign(row)


def _traced(resting: Resting, outcome: Traced, row: DisputeRow) -> Why | None:
    """How the line or the movement came about; None where it is not evaluated any more."""
    for kind in ("line", "entry"):
        try:
            return why_of(outcome, resting.programs, row.partner_name, f"{kind}|{row.line}")
        except Refused:
            continue
    return None


def _rule(resting: Resting, traced: Why | None) -> RuleWords | None:
    if traced is None or traced.rule is None:
        return None
    versions = (p for p in resting.programs if p.version == traced.rule.version)
    return next((words for program in versions if (words := words_of(program, traced.rule))), None)


def _rolled(outcome: Traced, found: OnStatement) -> Iterator[Step]:
    """The column Payable of a statement's roll-forward, then what its period made payable of it."""
    opening, *rows, closing = outcome.statements[found.closed.period].rows
    currency = found.closed.currency
    yield Step(0, f"{closing.label}, payable", _HOW["sum"], closing.payable.value, currency)
    for row in (opening, *(r for r in rows if r.payable.value)):
        yield Step(1, row.label, "", row.payable.value, currency)
    yield Step(
        0, "Made payable in the period", "the same without the opening and what was paid", found.amount, currency
    )


def _steps(figure: Figure) -> Iterator[Step]:
    """The figure and all that it is made of, a part below what it is a part of; the parts of the same one only once."""
    return _below(figure, 0, set(), Alike(figure))


def _below(figure: Figure, depth: int, told: set[int], alike: Alike) -> Iterator[Step]:
    value = None if figure.op == UNSHOWN else figure.value
    if alike[figure] in told:
        yield Step(depth, figure.label, _AGAIN, value, figure.unit)
        return
    step = smoothed(figure)
    yield Step(depth, step.label, _HOW.get(step.op, ""), value, step.unit, step.why)
    if figure.parts:
        told.add(alike[figure])
    for part in told_parts(step):
        yield from _below(part, depth + 1, told, alike)


def _used(world: Facts, figure: Figure) -> Iterator[UsedRow]:
    """The rows that the leaves were read from, each once, with what was read."""
    read: dict[tuple[str, str], dict[str, str]] = {}
    for leaf in leaves_of(figure):
        if leaf.origin is not None and leaf.origin.kind != "rule":
            name = (leaf.origin.field or leaf.label).replace("_", " ")
            read.setdefault((leaf.origin.kind, leaf.origin.id), {})[name] = _shown(leaf)
    rows = {(kind, row.id): row for kind, row in world}
    for (kind, id), values in read.items():
        row = rows.get((kind, id))
        source = str(row.source) if row is not None and row.source else ""
        yield UsedRow(kind.replace("_", " "), id, tuple(values.items()), source)


def _hidden(figure: Figure, foreign: Named) -> Iterator[UsedRow]:
    """How many rows of other partners there are beside, without a word of them."""
    count = len(foreign_rows(figure, foreign))
    if count:
        yield UsedRow("row" if count == 1 else "rows", "of other partners", (("how many", str(count)),), "not shown")


def _shown(leaf: Figure) -> str:
    """What was read, in its unit."""
    if leaf.unit in CODES:
        return amount_words(leaf.value, leaf.unit)
    return percent_words(leaf.value) if leaf.unit == "%" else exact_words(leaf.value)
