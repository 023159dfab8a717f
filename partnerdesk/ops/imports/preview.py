"""What an import would do, before anything is written: counts, sums, placeholders, problems, questions.

A preview is frozen and complete: a screen or a command shows it, answers go in as choices for the next preview, and
`apply` writes exactly what the last one showed.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from partnerdesk.engine import facts
from partnerdesk.engine.facts import MONEY
from partnerdesk.engine.money import major
from partnerdesk.engine.problem import Problem
from partnerdesk.intake.drafts import Draft
from partnerdesk.intake.lineage import lineage, title
from partnerdesk.intake.mapping import CHOSEN, IGNORED, LAYOUT
from partnerdesk.intake.question import Question
from partnerdesk.intake.targets import target
from partnerdesk.intake.tokens import clean
from partnerdesk.ops.imports.comparing import Difference
from partnerdesk.ops.imports.gone import Gone
from partnerdesk.ops.imports.linking import Placeholder
from partnerdesk.ops.imports.relinking import Merge, Move
from partnerdesk.ops.imports.returning import Returning
from partnerdesk.ops.vanishing.describing import Described

MOST_PROBLEMS = 1000


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """One column of the file. `target` is "" where it is not mapped; `how` says how its cells were read."""

    header: str
    target: str
    says: str
    first: str
    how: str
    state: str  # known, guessed, chosen, remembered, not mapped


@dataclass(frozen=True, slots=True)
class KindCount:
    """Facts of one kind: new, changed and as before. `derived` ones are summed from lines of the file."""

    kind: str
    new: int
    changed: int
    same: int
    derived: bool = False


@dataclass(frozen=True, slots=True)
class ColumnSum:
    """The sum of a money column over the accepted rows, per currency."""

    header: str
    target: str
    currency: str
    total: Decimal
    count: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What `apply` writes; `revision` is the step of the book that it was compared with."""

    draft: Draft
    differences: tuple[Difference, ...]
    placeholders: tuple[Placeholder, ...]
    merges: tuple[Merge, ...]
    moves: tuple[Move, ...]
    problems: tuple[Problem, ...]
    revision: int
    gone: Gone = field(default_factory=Gone)
    returning: Returning = field(default_factory=Returning)
    meant: Mapping[str, str] = field(default_factory=dict)  # keys of the file that are partners of the book
    questions: tuple[Question, ...] = ()  # whether what it names, and what it brings, is of the book already


@dataclass(frozen=True, slots=True)
class Preview:
    """rows read = accepted + rejected + ignored, and accepted = rows_new + rows_changed + rows_same. Always.

    `problems` are the first thousand of `problem_count`. `choices` are those given and those remembered for files
    with these headers. `line` is the line of the header, 0 where there is none.
    """

    file: str
    sheet: str
    sheets: tuple[str, ...]
    sha256: str
    origin: str
    title: str
    system: str
    kind: str
    encoding: str
    is_encoding_certain: bool
    delimiter: str
    line: int
    currency: str
    columns: tuple[ColumnRow, ...]
    questions: tuple[Question, ...]
    counts: tuple[KindCount, ...]
    read: int
    accepted: int
    rejected: int
    ignored: int
    reasons: tuple[tuple[str, int], ...]
    rows_new: int
    rows_changed: int
    rows_same: int
    sums: tuple[ColumnSum, ...]
    placeholders: tuple[Placeholder, ...]
    merged: int
    problems: tuple[Problem, ...]
    problem_count: int
    notes: tuple[str, ...]
    choices: Mapping[str, str]
    plan: Plan = field(repr=False, compare=False)

    @property
    def gone(self) -> tuple[Described, ...]:
        """Rows that an earlier import of this list brought and that it lacks now; they stay until somebody answers."""
        return self.plan.gone.rows

    @property
    def offers(self) -> tuple[Question, ...]:
        """What may be answered otherwise than before; nothing waits for it."""
        return self.plan.returning.offers

    @property
    def has_changes(self) -> bool:
        """Whether applying it would change the book."""
        brings = any(c.new or c.changed for c in self.counts) or bool(self.placeholders)
        return brings or bool(self.gone) or self.plan.returning.is_news or bool(self.plan.meant)

    @property
    def assumes_currency(self) -> bool:
        """Whether there are amounts whose currency nothing in the file says."""
        return bool(self.sums) and any(any(d.part.assumed) for d in self.plan.differences)


def made(plan: Plan, choices: Mapping[str, str], remembered: frozenset[str]) -> Preview:
    """The preview of a plan."""
    draft = plan.draft
    table, sheet, columns = draft.table, draft.table.sheet, draft.columns
    new, changed = _row_states(plan)
    problems = (*draft.problems, *plan.problems)
    return Preview(
        sheet.file,
        sheet.name,
        (sheet.name, *sheet.others) if sheet.name else (),
        sheet.sha256,
        columns.name,
        columns.title,
        columns.system,
        columns.kind,
        sheet.encoding,
        sheet.is_encoding_certain,
        sheet.delimiter,
        sheet.lines[table.header.index] if table.header.index >= 0 else 0,
        draft.currency,
        _columns(draft, remembered),
        (*draft.questions, *plan.returning.questions, *plan.questions),
        tuple(KindCount(d.part.kind, len(d.new), len(d.changed), d.same, d.part.is_derived) for d in plan.differences),
        draft.read,
        draft.accepted,
        draft.rejected,
        draft.ignored_count,
        tuple(sorted(draft.ignored.items())),
        new,
        changed,
        draft.accepted - new - changed,
        _sums(plan),
        plan.placeholders,
        len(plan.merges) + len(plan.moves),
        problems[:MOST_PROBLEMS],
        len(problems),
        draft.notes,
        dict(choices),
        plan,
    )


def _row_states(plan: Plan) -> tuple[int, int]:
    """How many accepted rows bring something new, and how many of the others change something."""
    new: set[int] = set()
    changed: set[int] = set()
    for d in plan.differences:
        if d.part.is_derived:
            continue
        new.update(d.part.rows[i] for i in d.new)
        changed.update(d.part.rows[i] for i in d.changed)
    return len(new), len(changed - new)


def _columns(draft: Draft, remembered: frozenset[str]) -> tuple[ColumnRow, ...]:
    table = draft.table
    uses = {u.column: u for u in draft.columns.uses}
    wide = {c for c, *_ in draft.columns.wide}
    rows = []
    for c, header in enumerate(table.headers):
        if not table.words[c]:
            continue
        use = uses.get(c)
        first = next((clean(v) for v in table.columns[c] if v.strip()), "") if table.columns[c] else ""
        name = use.target if use else "target.amount" if c in wide else ""
        found = target(name) if name else None
        state = _state(use.how if use else LAYOUT if c in wide else "", f"column:{header}" in remembered, bool(name))
        how = draft.how.get(c, "")
        rows.append(ColumnRow(header, name, found.says if found else "", first[:80], how, state))
    return tuple(rows)


def _state(how: str, is_remembered: bool, is_mapped: bool) -> str:
    if how in (CHOSEN, IGNORED):
        return "remembered" if is_remembered else "chosen"
    if not is_mapped:
        return "not mapped"
    return "known" if how == LAYOUT else "guessed"


def _sums(plan: Plan) -> tuple[ColumnSum, ...]:
    sums = []
    headers = plan.draft.table.headers
    cells = lineage(plan.draft.columns, [d.part for d in plan.differences])
    for d in plan.differences:
        names = [a.name for a in facts.attributes(d.part.kind) if a.kind == MONEY and a.name in d.part.fields]
        for name in names if not d.part.is_derived else ():
            from_cells = cells[d.part.kind].get(name, ())
            named = target(f"{d.part.kind}.{name}")  # of a value that was set for all rows there is no column
            header = title(plan.draft.columns, from_cells, headers) if from_cells else named.says if named else name
            sums += _by_currency(d, name, header)
    return tuple(sums)


def _by_currency(d: Difference, name: str, header: str) -> list[ColumnSum]:
    values: Any = d.part.fields[name]
    currencies = d.part.fields["currency"]
    kinds = set(currencies)
    if len(kinds) == 1:
        known = [v for v in values if v is not None]
        return [ColumnSum(header, f"{d.part.kind}.{name}", c, major(sum(known), c), len(known)) for c in kinds]
    totals: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for value, currency in zip(values, currencies, strict=True):
        if value is not None:
            totals[currency] += value
            counts[currency] += 1
    return [ColumnSum(header, f"{d.part.kind}.{name}", c, major(totals[c], c), counts[c]) for c in sorted(counts)]
