"""From a sheet to drafts: the whole way of a file before it meets a book.

header and rows -> mapping -> values by column -> what they mean together -> keys -> parts per kind, with every row
accepted, ignored with a reason, or rejected with place and remedy. Nothing here knows what the book already holds.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from partnerdesk.engine.facts import REF
from partnerdesk.engine.problem import Problem
from partnerdesk.errors import Refused
from partnerdesk.intake import amounts, checks, doubts, finish, groups, keys, mapping, origins, table, unpivot
from partnerdesk.intake.bank_columns import free, may_be, named_by_items, with_bank_columns
from partnerdesk.intake.cells import letter
from partnerdesk.intake.characters import LABELS
from partnerdesk.intake.choices import check as check_choices
from partnerdesk.intake.items import with_items
from partnerdesk.intake.lexicon import without_currency
from partnerdesk.intake.mapping import IGNORED, Mapped, Use
from partnerdesk.intake.needs import lacking
from partnerdesk.intake.question import Findings, Option, Question
from partnerdesk.intake.reading import Reader, Readings
from partnerdesk.intake.rows import Context, Part, Rows
from partnerdesk.intake.shapes import companies, contracts, deals, payments, periods, records
from partnerdesk.intake.sheet import Sheet
from partnerdesk.intake.table import Table
from partnerdesk.intake.targets import ACCOUNT, plural, targets

_SHAPES: dict[str, Callable[[Rows], None]] = {
    "deal": deals.deal,
    "deal_line": deals.deal_line,
    "contract": contracts.contract,
    "transaction": contracts.transaction,
    "payment": payments.payment,
    "partner": companies.partner,
    "person": companies.person,
    "certification": companies.certification,
    "target": periods.target,
    "activity": records.activity,
    "case": records.case,
    "survey": records.survey,
}


@dataclass(frozen=True, slots=True)
class Draft:
    """What a table would bring into a book. `how` says in words how each column was read."""

    table: Table
    columns: Mapped
    parts: tuple[Part, ...]
    how: Mapping[int, str]
    problems: tuple[Problem, ...]
    questions: tuple[Question, ...]
    notes: tuple[str, ...]
    out: frozenset[int]  # rows of the table that are rejected or ignored
    ignored: Mapping[str, int]
    read: int
    accepted: int
    rejected: int
    currency: str = ""  # of amounts, and of partners first named here, where no cell says another

    @property
    def ignored_count(self) -> int:
        return sum(self.ignored.values())


def draft(sheet: Sheet, choices: Mapping[str, str], context: Context) -> Draft:
    """The draft of one sheet under the user's choices."""
    found = table.table(sheet, choices, origins.known_headers())
    check_choices(choices, found.headers)
    found = groups.filled(found, choices)
    findings = Findings(choices)
    columns = with_items(found, mapping.guess(found, choices), context.items, findings)
    columns = with_bank_columns(found, columns, context, findings)
    _ask_encoding(found, findings)
    _ask_header(found, findings)
    if not columns.kind:
        _ask_kind(found, findings)
        return _drafted(found, columns, findings, (), {}, context)
    layout = columns.layout
    given = columns.given | ({"partner"} if named_by_items(found, columns, context) else set())
    if missing := () if columns.wide else lacking(columns.kind, given):
        _ask_columns(found, columns, missing[0], findings)
        return _drafted(found, columns, findings, (), {}, context)
    doubts.ask(found, columns, findings)
    _ask_twins(found, columns, findings)
    groups.ask(found, findings)
    if layout is not None:
        currency = layout.currency or context.currency
        context = replace(context, currency=currency, says_currency=bool(layout.currency), asks_units=layout.asks_units)
    reader = Reader(found, findings)
    readings = reader.read(columns)
    _leave_out(found, columns, findings)
    rows = _rows(found, columns, findings, readings, context)
    if columns.wide:
        rows = unpivot.widened(rows, columns, reader)
    parts = _parts(rows, columns)
    return _drafted(found, columns, findings, parts, reader.how, context)


def best(sheets: Sequence[Sheet], choices: Mapping[str, str], context: Context) -> Draft:
    """The draft of the sheet that was chosen, else of the one that makes most sense."""
    chosen = choices.get("sheet", "")
    wanted = [s for s in sheets if s.name == chosen] if chosen else [s for s in sheets if s.rows] or list(sheets)
    if not wanted:
        names = ", ".join(f"“{s.name}”" for s in sheets if s.name)
        raise Refused(f"{sheets[0].file} has no sheet “{chosen}”.", f"Choose one of {names}." if names else "")
    drafts: list[Draft] = []
    refusals: list[Refused] = []
    for sheet in wanted:
        try:
            drafts.append(draft(sheet, choices, context))
        except Refused as refused:  # choices of another sheet's columns
            refusals.append(refused)
    if not drafts:
        raise refusals[0]
    found = max(drafts, key=lambda d: (bool(d.columns.kind), d.accepted, d.read))
    return _with_sheets(found, [d for d in drafts if d.accepted and d.table.headers == found.table.headers])


def _with_sheets(found: Draft, alike: Sequence[Draft]) -> Draft:
    """The draft with the question which of several sheets with the same columns is meant: one is read at a time."""
    if len(alike) < 2:
        return found
    names = tuple(Option(d.table.sheet.name, f"{d.table.sheet.name}, {d.read:,} rows") for d in alike)
    because = f"{len(alike)} sheets have the same columns; each comes in by an import of its own."
    asked = Question("sheet", "Which sheet is to come in?", because, names, found.read)
    return replace(found, questions=(asked, *found.questions))


def _ask_header(found: Table, findings: Findings) -> None:
    if found.header.is_certain:
        return
    line = found.sheet.lines[0] if found.sheet.lines else 1
    first = ", ".join(c.strip()[:20] for c in found.sheet.rows[0][:4]) if found.sheet.rows else ""
    findings.ask(
        "header",
        "Which row holds the names of the columns?",
        f"No row looks like a header; line {line} reads {first}.",
        (Option("none", "None: the first row is data"), Option(str(line), f"Line {line}")),
        found.count,
    )


def _ask_encoding(found: Table, findings: Findings) -> None:
    options = tuple(Option(name, f"{LABELS[name]}: {word}") for name, word in found.sheet.encodings)
    if options:
        because = "The file does not say in which encoding it was written, and both of these fit."
        findings.ask("encoding", "How do these words read?", because, options, found.count)


def _ask_kind(found: Table, findings: Findings) -> None:
    options = tuple(Option(kind, plural(kind)) for kind in mapping.likely(found))
    findings.ask("kind", "What are the rows of this file?", "Its columns do not tell.", options, found.count)
    for row in range(found.count):
        findings.problems[row] = []
    remedy = "Say what the rows are, or name the columns."
    findings.warnings.append(Problem(found.sheet.file, "It is not known what the rows of this file are.", remedy))


def _ask_columns(found: Table, columns: Mapped, group: tuple[str, ...], findings: Findings) -> None:
    """A kind is known, but not the column that makes its rows count."""
    wanted = targets(columns.kind)[group[0]]
    open_ = free(found, columns)
    if columns.kind == "payment":
        open_ = [c for c in open_ if may_be(found, c, wanted.name)] or open_
    asks = f"Which column is “{wanted.says}”?"
    because = f"The rows are {plural(columns.kind)}, and no column looks like it."
    if open_:
        options = tuple(Option(h, h) for h in (found.headers[c] for c in open_))
        findings.ask(f"find:{wanted.name}", asks, because, options, found.count)
    for row in range(found.count):
        findings.problems[row] = []
    place = found.sheet.place(found.sheet.lines[found.header.index]) if found.header.index >= 0 else found.sheet.file
    findings.warnings.append(Problem(place, f"No column is “{wanted.says}”.", "Choose the column."))


def _ask_twins(found: Table, columns: Mapped, findings: Findings) -> None:
    """Columns of one name that hold different things: which of them counts is not ours to say."""
    used = {u.column for u in columns.uses if u.target or u.how == IGNORED}
    for use in columns.uses:
        twins = _twins(found, use) if use.target else []
        others = [c for c in twins if c not in used and found.columns[c] != found.columns[use.column]]
        if others:
            told = {c: f"Column {letter(c)}" for c in (use.column, *others)}
            if any(found.header.texts[c] != found.header.texts[use.column] for c in others):  # in another currency
                told = {c: found.header.texts[c] for c in told}
            options = tuple(Option(found.headers[c], says) for c, says in told.items())
            asks = f"Several columns are called {found.headers[use.column]}; which one counts?"
            findings.ask(f"find:{use.target}", asks, "They hold different values.", options, found.count)


def _twins(found: Table, use: Use) -> list[int]:
    texts = [without_currency(t) for t in found.header.texts]
    if use.column >= len(texts) or not texts[use.column]:
        return []
    return [c for c, t in enumerate(texts) if t == texts[use.column] and c != use.column]


def _leave_out(found: Table, columns: Mapped, findings: Findings) -> None:
    """Rows that the layout tells apart: deleted ones, previews, earlier versions."""
    from partnerdesk.intake.values import meaning

    layout = columns.layout
    for wanted, reasons in (("yes", layout.leave_out or {}), ("no", layout.keep_only or {})) if layout else ():
        for word, reason in reasons.items():
            if word not in found.words:
                continue
            for row, cell in enumerate(found.columns[found.words.index(word)]):
                truth = meaning("truth", cell) or ("yes" if "preview" in cell.casefold() else "")
                if cell.strip() and truth == wanted:
                    findings.ignore(row, reason)


def _rows(found: Table, columns: Mapped, findings: Findings, readings: Readings, context: Context) -> Rows:
    """The columns of the rows' own kind; a name beside a reference stays under `field.name`."""
    rows = Rows(columns.kind, found, findings, context, range(found.count))
    for name, values in readings.values.items():
        kind, _, field = name.partition(".")
        if kind == columns.kind:
            rows.fields[field] = values
            rows.columns[field] = readings.columns[name]
            if name in readings.by:
                rows.by[field] = readings.by[name]
    for use in columns.uses:
        if use.reading == "percent" and use.target.startswith(f"{columns.kind}."):
            rows.by[f"{use.target.partition('.')[2]}:reading"] = "percent"
    for name, text in columns.constants.items():
        kind, _, field = name.partition(".")
        if kind == columns.kind:
            _set(rows, field, text)
    return rows


def _set(rows: Rows, field: str, text: str) -> None:
    """The same value in every row that has none, as the user or the layout says."""
    value = finish.constant(rows.kind, field, text)
    column = rows.get(field)
    rows.fields[field] = [value if v is None or v == "" else v for v in column]
    if targets(rows.kind)[field].shape == REF:
        rows.by.setdefault(field, "any")


def _parts(rows: Rows, columns: Mapped) -> tuple[Part, ...]:
    layout = columns.layout
    if rows.kind == ACCOUNT:
        return tuple(_part(some, columns) for some in companies.account(rows) if some.count)
    part = _part(rows, columns)
    if rows.kind != "deal_line":
        return (part,)
    made = deals.derived(part, True) if layout is None or layout.derive else None
    return (deals.without_deal_fields(part), *((made,) if made else ()))


def _part(rows: Rows, columns: Mapped) -> Part:
    """The finished part of one kind: shaped, settled, checked, keyed, and without the rows that are out."""
    if shape := _SHAPES.get(rows.kind):
        shape(rows)
    layout = columns.layout
    composed = layout.key if layout is not None and all(rows.has(n) for n in layout.key) else ()
    finish.references(rows)
    found = keys.keys(rows, composed)
    amounts.settle(rows)
    checks.check(rows, layout.required if layout else ())
    return finish.part(rows, found)


def _drafted(
    found: Table,
    columns: Mapped,
    findings: Findings,
    parts: tuple[Part, ...],
    how: Mapping[int, str],
    context: Context,
) -> Draft:
    rejected = set(findings.problems)
    ignored = Counter(reason for row, reason in findings.ignored.items() if row not in rejected)
    placed = [(found.line(row), p) for row, problems in findings.problems.items() for p in problems]
    placed += [(line, p) for line, p in found.rejected.items()]
    problems = [p for _, p in sorted(placed, key=lambda item: item[0])]
    return Draft(
        found,
        columns,
        tuple(p for p in parts if p.keys),
        how,
        (*findings.warnings, *problems),
        tuple(findings.questions.values()),
        (*found.sheet.notes, *found.notes, *findings.notes),
        frozenset(rejected | findings.ignored.keys()),
        Counter(found.ignored) + ignored,
        found.read,
        found.count - len(rejected | findings.ignored.keys()),
        len(rejected) + len(found.rejected),
        findings.choices.get("currency") or context.currency,
    )
