"""Puts the pages of a dossier together: six sections one below the other, in the look of the other documents."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest

from partnerdesk.engine.figures.reasons import amount_words
from partnerdesk.engine.figures.telling import value_words
from partnerdesk.engine.figures.writing import written
from partnerdesk.engine.money import ZERO
from partnerdesk.reports import fonts
from partnerdesk.reports.dossier.data import Dossier, Step, UsedRow
from partnerdesk.reports.format import Formats
from partnerdesk.reports.guide.phrases import sentence, short
from partnerdesk.reports.look import BODY, CELL, CELL_BOLD, CELL_MUTED, DOCUMENT, SUB, Look, Role
from partnerdesk.reports.names import safe_name
from partnerdesk.reports.page import A4_PORTRAIT, MM, Column, Document, Meta, Row, Span, Table, row
from partnerdesk.reports.page.composed import Composed, Page, drawn
from partnerdesk.reports.page.flow import Line, Part, Prose, evened, grid, paged
from partnerdesk.reports.page.paper import undrawable
from partnerdesk.reports.page.portrait import BOTTOM, WIDTH, Frame, content_top

_TITLE = Role(12, 16, "semibold")
_STANDS = {
    "open": "not answered yet",
    "escalated": "escalated, not answered yet",
    "approved": "granted",
    "partly": "granted in part",
    "denied": "not granted",
}
_NO_ROWS = ("No row of the book stands behind it.", "Its rows are those of the statement, sheet by sheet.")
_DEEPEST = 6  # steps are moved to the right no further
_WHOLE = 80 * MM  # a table up to this height is on one page


@dataclass(frozen=True, slots=True)
class _Air:
    """The room between sections, and above and below the words of a row, in mm."""

    between: float
    pad: float


_AIRS = (_Air(7, 1.25), _Air(4.5, 0.8), _Air(3, 0.45))


def compose(found: Dossier, formats: Formats, look: Look = DOCUMENT) -> Composed:
    """The PDF of a dossier. Equal input gives equal bytes. Raises Refused when no font has a character of it."""
    try:
        with written(formats):
            title = _title(found)
            pages = _paged(found, formats, BOTTOM - content_top(title), BOTTOM - content_top(""))
            laid = [Page("Dossier", "" if n else title, parts) for n, parts in enumerate(pages)]
        meta = Meta(fonts.plain(f"Dispute {found.id}"), fonts.plain(found.vendor), "", found.as_of)
        document = Document(A4_PORTRAIT, meta, look, found.partner_name)
        return drawn(document, laid, _frame(found, formats), "part")
    except fonts.Undrawable as error:
        raise undrawable(error, found.partner_name) from error


def file_name(found: Dossier) -> str:
    """`Dossier_DI-0001_<partner>.pdf`, safe on every system."""
    return safe_name(f"{found.id}_{found.partner_name}", before="Dossier_", after=".pdf", key=found.partner)


def _title(found: Dossier) -> str:
    printed = found.posted if found.payable is None else found.payable
    amount = amount_words(printed, found.currency).replace(" ", "\u00a0")
    total = f"the total of {found.statement}, {amount} payable at its end"
    claimed = total if found.is_total else f"{amount} of {found.statement}"
    return f"{short(found.partner_name)} disputes {claimed}; {_STANDS.get(found.outcome, found.outcome)}"


def _frame(found: Dossier, formats: Formats) -> Frame:
    foot = f"Confidential: for {short(found.partner_name)}"
    middle = f"Data as of {formats.day(found.as_of)}  ·  {short(found.statement)}"
    return Frame(short(found.program), f"Dispute {short(found.id)}", foot, middle)


def _paged(found: Dossier, formats: Formats, first: float, others: float) -> list[list[Part]]:
    """One page where it fits, with less air between its lines if it must; else pages that are filled alike."""
    for air in _AIRS:
        pages = paged(list(_parts(found, formats, air)), first, others)
        if len(pages) == 1:
            return pages
    return evened(list(_parts(found, formats, _AIRS[0])), first, others)


def _parts(found: Dossier, formats: Formats, air: _Air) -> Iterator[Part]:
    for number, (title, parts) in enumerate(
        (
            ("The claim", _claim(found, formats, air)),
            (f"How the {found.noun} came about", _calculation(found, formats, air)),
            ("The rows it rests on", _rows(found, air)),
            ("The rule in force", _rule(found, formats)),
            ("What happened", _timeline(found, formats, air)),
            ("The answer", _answer(found, formats, air)),
        ),
        1,
    ):
        yield Part(Line(WIDTH), 0 if number == 1 else air.between * MM, keep=True)
        yield Part(Prose(f"{number}  {title}", WIDTH, _TITLE), 1 * MM, keep=True, outline=title)
        yield from parts


def _pairs(air: _Air, *pairs: tuple[str, str]) -> Part:
    """Names and values in two columns, read downward."""
    said = [(name, value) for name, value in pairs if value]
    half = (len(said) + 1) // 2
    columns = (Column(width=32), Column(grow=1, gap=3), Column(width=32, gap=4), Column(grow=1, gap=3))
    rows = []
    for left, right in zip_longest(said[:half], said[half:], fillvalue=("", "")):
        rows.append(row((Span(left[0], CELL_MUTED),), left[1], (Span(right[0], CELL_MUTED),), right[1]))
    return _table(columns, tuple(rows), air)


def _table(columns: tuple[Column, ...], rows: tuple[Row, ...], air: _Air) -> Part:
    return Part(grid(Table(columns, rows, air.pad), WIDTH, _WHOLE), 1.5 * MM)


def _money(value: Decimal | None, currency: str) -> str:
    return "" if value is None else amount_words(value, currency)


def _claim(found: Dossier, formats: Formats, air: _Air) -> Iterator[Part]:
    yield Part(Prose(sentence(found.reason), WIDTH, BODY), 1.5 * MM)
    name = found.partner_name
    yield _pairs(
        air,
        ("Partner", name if short(name) != name else ""),  # the title holds it where it is not very long
        *(() if found.is_total else (("Line" if found.noun == "line" else "Movement", _what(found)),)),
        ("On statement", f"{found.statement}, issued {formats.day(found.issued)}"),
        *(_balances(found) if found.is_total else _posted(found)),
        ("Payable, not paid", f"{_money(found.unpaid, found.currency)}, when it was raised"),
        ("Claimed", _claimed(found)),
        ("Raised", f"{formats.day(found.raised)} by {found.raised_by}"),
        ("Answer due", formats.day(found.answer_by) if found.answer_by else ""),
    )
    if found.came:
        yield Part(Prose(sentence(found.came), WIDTH, BODY), 1.5 * MM)


def _posted(found: Dossier) -> Iterator[tuple[str, str]]:
    """What a line or a movement comes to, and what of it was held: a release takes from that, and holds none."""
    yield "Posted", _money(found.posted, found.currency)
    held = f"{_money(found.held, found.currency)}, on the statement"
    yield "Held of it", held if found.held > ZERO else "nothing"


def _balances(found: Dossier) -> Iterator[tuple[str, str]]:
    """The balances that a statement prints, and what its period made payable, to which a claim adds."""
    yield "Payable at its end", _money(found.payable, found.currency)
    yield "Held at its end", _money(found.held, found.currency)
    yield "Made payable", f"{_money(found.posted, found.currency)}, in its period"


def _claimed(found: Dossier) -> str:
    """What the partner expects; of a total as what it misses, for no statement prints what it adds to."""
    if found.claimed is None:
        return "no amount was named"
    if not found.is_total:
        return _money(found.claimed, found.currency)
    more = found.claimed - found.posted
    return f"{_money(abs(more), found.currency)} {'less' if more < ZERO else 'more'}"


def _what(found: Dossier) -> str:
    return found.what.removeprefix("line ") or found.line


def _calculation(found: Dossier, formats: Formats, air: _Air) -> Iterator[Part]:
    if found.computed is None:
        day = formats.day(found.as_of)
        words = f"The {found.noun} is not computed any more as of {day}; the statement keeps it as posted."
        yield Part(Prose(words, WIDTH, BODY), 1.5 * MM)
        return
    yield Part(Prose(sentence(found.sentence), WIDTH, BODY), 1.5 * MM)
    if found.computed != found.posted and not found.is_total:
        moved = f"Posted were {_money(found.posted, found.currency)}; what came later gives the figures below."
        yield Part(Prose(moved, WIDTH, SUB), 1 * MM)
    columns = (
        Column("Step", grow=1.2, least=50),
        Column("How", grow=1.4, least=46, gap=3),
        Column("Value", right=True, least=28, gap=3),
    )
    yield _table(columns, tuple(_step(s) for s in found.steps), air)


def _step(step: Step) -> Row:
    role = CELL if step.depth else CELL_BOLD
    label = "\u2003" * min(step.depth, _DEEPEST) + step.label
    how = f"{step.how}; {step.why}" if step.how and step.why else step.how or step.why
    return row((Span(label, role),), (Span(how, CELL_MUTED),), (Span(_value(step), role),))


def _value(step: Step) -> str:
    if step.value is None:
        return "not shown"
    return value_words(step.value, step.unit)


def _rows(found: Dossier, air: _Air) -> Iterator[Part]:
    if not found.rows:
        yield Part(Prose(_NO_ROWS[found.is_total], WIDTH, BODY), 1.5 * MM)
        return
    columns = (
        Column("Row", least=34),
        Column("What was read of it", grow=1.5, least=56, gap=3),
        Column("Where it was read", grow=1, least=40, gap=3),
    )
    yield _table(columns, tuple(map(_row, found.rows)), air)


def _row(used: UsedRow) -> Row:
    return row(f"{used.kind} {used.id}", ", ".join(f"{name} {value}" for name, value in used.fields), used.source)


def _rule(found: Dossier, formats: Formats) -> Iterator[Part]:
    if not found.rule_says:
        yield Part(Prose(_no_rule(found), WIDTH, BODY), 1.5 * MM)
        return
    since = f", in force from {formats.day(found.rule_from)}" if found.rule_from else ""
    clause = f"Clause {found.rule_clause}, version {found.rule_version}{since}"
    yield Part(Prose(clause, WIDTH, SUB), 1.5 * MM, keep=True)
    yield Part(Prose(f"{found.rule_title}: {sentence(found.rule_says)}", WIDTH, BODY), 0.8 * MM)
    if found.rule_numbers:
        yield Part(Prose(f"In numbers: {found.rule_numbers}", WIDTH, BODY), 0.8 * MM)


def _no_rule(found: Dossier) -> str:
    if found.is_total:
        return "The rules of a statement are beside its lines, and in words on its last sheet."
    return f"No rule is named by the {found.noun}."


def _timeline(found: Dossier, formats: Formats, air: _Air) -> Iterator[Part]:
    columns = (
        Column("Day", least=26),
        Column("What", least=22, gap=3),
        Column("Says", grow=1, least=60, gap=3),
        Column("By", least=26, gap=3),
    )
    rows = tuple(row(formats.day(h.day), h.what, sentence(h.says), h.by) for h in found.timeline)
    yield _table(columns, rows, air)


def _answer(found: Dossier, formats: Formats, air: _Air) -> Iterator[Part]:
    if found.is_open:
        due = f" It is due by {formats.day(found.answer_by)}." if found.answer_by else ""
        yield Part(Prose(f"The dispute is {found.outcome}; no answer was given yet.{due}", WIDTH, BODY), 1.5 * MM)
        return
    yield Part(Prose(sentence(found.decision), WIDTH, BODY), 1.5 * MM)
    granted = _money(found.granted, found.currency)
    yield _pairs(
        air,
        ("Outcome", found.outcome),
        ("Decided", f"{formats.day(found.decided)} by {found.decided_by}" if found.decided else ""),
        (
            "Added" if found.is_total else f"Added to the {found.noun}",
            f"{granted}, as {found.adjustment}" if granted else "nothing",
        ),
    )
