"""The Why of a figure as words: sentence, formula with values, rounding, inputs, what did not count, rule.

Built from a `Figure` tree, whose trace is the calculation itself; nothing is computed anew. Plain data without Qt, so
the inspector, the clipboard and a document can say the same. How one step of a formula reads is `ui.formula`.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from partnerdesk.engine.facts import KIND_OF
from partnerdesk.engine.figures.figure import Figure, Origin
from partnerdesk.engine.figures.steps import leaves_of
from partnerdesk.ui.effect import WORDS as NO_EFFECT
from partnerdesk.ui.effect import Silent, is_silent, silent
from partnerdesk.ui.formula import NOTES, FormulaRow, formula_rows, stripped, total_row, unit_words, worded

if TYPE_CHECKING:
    from partnerdesk.engine.outcome import RuleRef
    from partnerdesk.reports.format import Formats

# A kind of fact as a person calls many of them.
KINDS = {
    "contract": "Contracts",
    "transaction": "Transactions",
    "deployment": "Deployments",
    "deal": "Deals",
    "deal_line": "Deal lines",
    "survey": "Survey answers",
    "certification": "Certificates",
    "check": "Checks",
    "activity": "Activities",
    "case": "Cases",
    "payment": "Payments",
    "adjustment": "Adjustments",
    "exchange_rate": "Exchange rates",
    "target": "Targets",
    "person": "People",
    "partner": "Partner",
}


Assumed = frozenset[tuple[str, str]]  # kinds and ids


@dataclass(frozen=True, slots=True)
class Leaf:
    """A field of a fact that went in, with its value as words."""

    kind: str
    id: str
    field: str
    value: str
    is_silent: bool = False  # no other value of it would change the figure


@dataclass(frozen=True, slots=True)
class InputRow:
    """Rows of one kind that went in (or did not count): words, the `leaves` or the `place` that a link opens."""

    name: str
    words: str
    kind: str = ""
    ids: tuple[str, ...] = ()
    leaves: tuple[Leaf, ...] = ()
    place: tuple[str, ...] = ()
    note: str = ""  # how many of them have no effect

    @property
    def is_link(self) -> bool:
        """Whether there is something to open."""
        return bool(self.leaves or self.place)


@dataclass(frozen=True, slots=True)
class Act:
    """What can be done about a figure: its words, its icon, what happens, and why it cannot be done now."""

    words: str
    icon: str
    then: Callable[[], object]
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything the inspector shows of one figure."""

    figure: str  # the figure id that was asked for
    title: str
    unit: str
    about: str
    sentence: str
    note: str = ""
    rows: tuple[FormulaRow, ...] = ()
    total: FormulaRow | None = None
    inputs: tuple[InputRow, ...] = ()
    excluded: tuple[InputRow, ...] = ()
    changed: tuple[FormulaRow, ...] = ()
    audited: tuple[FormulaRow, ...] = ()  # what audits of the number found
    otherwise: tuple[FormulaRow, ...] = ()  # what it were under other circumstances
    rule: str = ""
    rule_key: str = ""
    rule_version: str = ""
    assumed: Assumed = frozenset()  # rows that no book holds, of a figure of what may be
    act: Act | None = field(default=None, compare=False)

    def as_text(self) -> str:
        """The explanation for the clipboard and for notes."""
        lines = [f"{self.title} {self.unit}".strip(), self.about, "", self.sentence]
        if self.rows:
            lines += ["", f"Formula ({self.note})" if self.note else "Formula"]
            lines += [_line(row) for row in self.rows]
        if self.total is not None:
            lines.append(_line(self.total))
        for head, rows in (("Inputs", self.inputs), ("Not counted", self.excluded)):
            if rows:
                lines += ["", head, *(_input_line(row) for row in rows)]
        for head, noted in (("Otherwise", self.otherwise), ("Changed", self.changed), ("Audited", self.audited)):
            if noted:
                lines += ["", head, *(_line(row) for row in noted)]
        if self.rule:
            lines += ["", f"Rule {self.rule}"]
        return "\n".join(lines).strip() + "\n"


def _line(row: FormulaRow) -> str:
    how = f" = {row.formula}" if row.formula else ""
    said = f"{row.name}{how} = {row.value}" if row.value else f"{row.name}{how}"
    return f"{said} ({NO_EFFECT})" if row.is_silent else said


def _input_line(row: InputRow) -> str:
    said = f"{row.name}: {row.words}".removesuffix(": ")
    return f"{said} ({row.note})" if row.note else said


def explained(
    id: str,
    figure: Figure,
    formats: "Formats",
    *,
    about: str = "",
    sentence: str = "",
    rule: "RuleRef | None" = None,
    title: str = "",
    unit: str = "",
    changed: tuple[FormulaRow, ...] = (),
    assumed: Assumed = frozenset(),
    without_effect: Collection[Figure] | None = None,
) -> Explanation:
    """The explanation of a traced figure. Sentence, title and unit are the screen's where it has better words.

    `without_effect` are the leaves that it does not rest on, where they were looked for already.
    """
    step, mute = stripped(figure), silent(figure, without_effect)
    return Explanation(
        figure=id,
        title=title or worded(figure, formats),
        unit=unit or unit_words(figure),
        about=about or figure.label,
        sentence=sentence or _sentence(figure),
        note=NOTES.get(step.op, ""),
        rows=tuple(_marked(row, figure, mute) for row in formula_rows(step, formats)),
        total=total_row(figure, formats),
        inputs=inputs_of(figure, formats, assumed, mute),
        assumed=assumed,
        excluded=excluded_of(figure),
        changed=changed,
        rule=rule_words(rule, formats) if rule else _rule_of(step),
        rule_key=rule.key if rule else _rule_key(step),
        rule_version=rule.version if rule else step.origin.version if step.origin else "",
    )


def _marked(row: FormulaRow, figure: Figure, mute: Silent) -> FormulaRow:
    return replace(row, is_silent=True) if row.part is not None and is_silent(figure, row.part, mute) else row


def _sentence(figure: Figure) -> str:
    """Why this branch, in the engine's words where it has any."""
    why = figure.why or stripped(figure).why
    label = figure.label[:1].upper() + figure.label[1:]
    if why:
        return f"{label}: {why}" if why[:1].islower() else why
    note = NOTES.get(stripped(figure).op, "")
    return f"{label}, {note}." if note else f"{label}, as it was recorded."


def rule_words(rule: "RuleRef", formats: "Formats") -> str:
    """`SC-01, v2026.2, from 1 Jul 2026`."""
    return f"{rule.reference or rule.key}, {rule.version}, from {formats.day(rule.effective_from)}"


def _rule_of(figure: Figure) -> str:
    origin = figure.origin
    if origin is None or origin.kind != "rule":
        return ""
    return f"{origin.id}, {origin.version}" if origin.version else origin.id


def _rule_key(figure: Figure) -> str:
    return figure.origin.id if figure.origin is not None and figure.origin.kind == "rule" else ""


def inputs_of(
    figure: Figure, formats: "Formats", assumed: Assumed = frozenset(), mute: Silent = frozenset()
) -> tuple[InputRow, ...]:
    """The facts that went in, grouped by kind; a single one with its value. Assumed ones lead nowhere.

    Of a fact that has no effect all that was read of it is without one.
    """
    found: dict[tuple[str, bool], dict[str, Figure]] = {}
    heard: set[tuple[str, str]] = set()
    for leaf in leaves_of(figure):
        origin = leaf.origin
        if origin is not None and origin.kind != "rule":
            found.setdefault((origin.kind, (origin.kind, origin.id) in assumed), {})[origin.id] = leaf
            if id(leaf) not in mute:
                heard.add((origin.kind, origin.id))
    return tuple(_input(kind, by_id, formats, heard, is_assumed=taken) for (kind, taken), by_id in found.items())


def _input(
    kind: str, by_id: "dict[str, Figure]", formats: "Formats", heard: Collection[tuple[str, str]], *, is_assumed: bool
) -> InputRow:
    """The rows of one kind that went in."""
    name = KINDS.get(kind, kind.replace("_", " ").capitalize())
    if is_assumed:
        return InputRow(name, f"{count_words(len(by_id))} assumed", kind, tuple(by_id))
    only = next(iter(by_id)) if len(by_id) == 1 else ""
    leaves = tuple(replace(_leaf(one, formats), is_silent=(kind, id) not in heard) for id, one in by_id.items())
    mute = sum(leaf.is_silent for leaf in leaves)
    note = "" if not mute else NO_EFFECT if mute == len(leaves) else f"{mute} with {NO_EFFECT}"
    return InputRow(name, only or count_words(len(by_id)), kind, tuple(by_id), leaves, note=note)


def _leaf(figure: Figure, formats: "Formats") -> Leaf:
    origin = figure.origin or Origin("", "")
    value = "" if figure.unit == "" or not origin.field else f"{worded(figure, formats)} {unit_words(figure)}".strip()
    return Leaf(origin.kind, origin.id, origin.field, value)


def excluded_of(figure: Figure) -> tuple[InputRow, ...]:
    """What did not count anywhere in the formula, grouped by reason."""
    ids: dict[tuple[str, str], dict[str, Leaf]] = {}
    pending = [figure]
    while pending:
        found = pending.pop()
        pending.extend(found.parts)
        for left_out in found.excluded:
            key = (left_out.reason, left_out.rule)
            kind = KIND_OF[type(left_out.fact)]
            ids.setdefault(key, {})[left_out.fact.id] = Leaf(kind, left_out.fact.id, "", left_out.remedy)
    return tuple(
        InputRow(f"{count_words(len(found))}: {reason}", rule or "Show", "", tuple(found), tuple(found.values()))
        for (reason, rule), found in ids.items()
    )


def count_words(count: int) -> str:
    """`1 row` or `14 rows`."""
    return "1 row" if count == 1 else f"{count} rows"
