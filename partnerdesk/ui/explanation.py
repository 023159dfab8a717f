"""The Why of a figure as words: sentence, formula with values, rounding, inputs, what did not count, rule.

Built from a `Figure` tree, whose trace is the calculation itself; nothing is computed anew. Plain data without Qt, so
the inspector, the clipboard and a document can say the same.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from partnerdesk.engine.figure import Figure

if TYPE_CHECKING:
    from partnerdesk.engine.outcome import RuleRef
    from partnerdesk.reports.format import Formats

SIGNS = {"sum": "+", "difference": "−", "product": "×", "quotient": "÷"}
NOTES = {
    "sum": "added",
    "difference": "the second taken from the first",
    "product": "multiplied",
    "quotient": "the first divided by the second",
    "least": "the smallest counts",
    "greatest": "the largest counts",
    "mean": "the mean",
    "count": "counted",
    "slices": "each part of the base at its own rate",
    "line": "between two points of the scale",
    "choice": "one of several cases",
}
MOST_ROWS = 12


@dataclass(frozen=True, slots=True)
class FormulaRow:
    """A part of the formula: its name, how it came about, its value; `part` opens it in turn."""

    name: str
    formula: str
    value: str
    part: Figure | None = None


@dataclass(frozen=True, slots=True)
class InputRow:
    """Rows of one kind that went in (or did not count): words, and the ids that a link opens."""

    name: str
    words: str
    kind: str = ""
    ids: tuple[str, ...] = ()


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
    rule: str = ""
    rule_key: str = ""

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
                lines += ["", head, *(f"{row.name}: {row.words}".rstrip(": ") for row in rows)]
        if self.changed:
            lines += ["", "Changed", *(_line(row) for row in self.changed)]
        if self.rule:
            lines += ["", f"Rule {self.rule}"]
        return "\n".join(lines).strip() + "\n"


def _line(row: FormulaRow) -> str:
    how = f" = {row.formula}" if row.formula else ""
    return f"{row.name}{how} = {row.value}"


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
) -> Explanation:
    """The explanation of a traced figure. Sentence, title and unit are the screen's where it has better words."""
    whole = figure
    while figure.op == "round" and figure.parts:
        figure = figure.parts[0]
    rows = tuple(FormulaRow(p.label, substituted(p, formats), worded(p, formats), p) for p in figure.parts[:MOST_ROWS])
    hidden = len(figure.parts) - MOST_ROWS
    if hidden > 0:
        left = sum((p.value for p in figure.parts[MOST_ROWS:]), Decimal(0))
        rows = (*rows, FormulaRow(f"{hidden} more", "", formats.number(left, 2)))
    rounding = f"rounded to {worded(whole, formats)}" if whole is not figure else ""
    total = FormulaRow(TOTALS.get(figure.op, "Result"), rounding, worded(figure, formats)) if rows else None
    return Explanation(
        id,
        title or worded(whole, formats),
        unit or unit_words(whole),
        about,
        sentence or whole.why or figure.why or f"{figure.label}: {NOTES.get(figure.op, 'as given')}.",
        NOTES.get(figure.op, ""),
        rows,
        total,
        inputs_of(figure),
        excluded_of(figure),
        changed,
        rule_words(rule, formats) if rule else "",
        rule.key if rule else "",
    )


TOTALS = {"sum": "Sum", "mean": "Mean", "count": "Count", "difference": "Difference", "product": "Product"}


def rule_words(rule: "RuleRef", formats: "Formats") -> str:
    """`SC-01, v2026.2, from 1 Jul 2026`."""
    return f"{rule.reference or rule.key}, {rule.version}, from {formats.day(rule.effective_from)}"


def unit_words(figure: Figure) -> str:
    """The unit beside a number; a percent sign already stands in it."""
    return "" if figure.unit in ("1", "%") else figure.unit


def worded(figure: Figure, formats: "Formats") -> str:
    """A value in its unit: shares as percent, money with its currency's decimals, other numbers as exact as needed."""
    if figure.unit == "%":
        return formats.percent(figure.value, _places(figure.value * 100, 1, 2))
    if len(figure.unit) == 3 and figure.unit.isupper():
        return formats.accounting(figure.value, 2)
    return formats.number(figure.value, _places(figure.value, 0, 4))


def _places(value: Decimal, least: int, most: int) -> int:
    exponent = value.normalize().as_tuple().exponent
    return min(most, max(least, -exponent if isinstance(exponent, int) else 0))


def substituted(figure: Figure, formats: "Formats") -> str:
    """One level of a formula with its values: `0.40 × 94.0`."""
    while figure.op == "round" and figure.parts:
        figure = figure.parts[0]
    sign = SIGNS.get(figure.op)
    if sign is None or not 2 <= len(figure.parts) <= 3:
        count = len(figure.parts)
        return f"{count} rows" if count > 1 else ""
    return f" {sign} ".join(worded(part, formats) for part in figure.parts)


def leaves(figure: Figure) -> Iterator[Figure]:
    """The figures without parts, in the order of the formula."""
    if not figure.parts:
        yield figure
    for part in figure.parts:
        yield from leaves(part)


def inputs_of(figure: Figure) -> tuple[InputRow, ...]:
    """The facts that went in, grouped by kind."""
    ids: dict[str, dict[str, None]] = {}
    for leaf in leaves(figure):
        if leaf.origin is not None and leaf.origin.kind != "rule":
            ids.setdefault(leaf.origin.kind, {})[leaf.origin.id] = None
    return tuple(
        InputRow(kind.replace("_", " ").capitalize(), _rows(len(found)), kind, tuple(found))
        for kind, found in ids.items()
    )


def excluded_of(figure: Figure) -> tuple[InputRow, ...]:
    """What did not count anywhere in the formula, grouped by reason."""
    reasons: Counter[tuple[str, str]] = Counter()
    ids: dict[tuple[str, str], list[str]] = {}
    pending = [figure]
    while pending:
        found = pending.pop()
        pending.extend(found.parts)
        for left_out in found.excluded:
            key = (left_out.reason, left_out.rule)
            reasons[key] += 1
            ids.setdefault(key, []).append(left_out.fact.id)
    return tuple(
        InputRow(f"{_rows(count)}: {reason}", rule, "", tuple(ids[reason, rule]))
        for (reason, rule), count in reasons.items()
    )


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count} rows"
