"""What a guess leaves in doubt, asked before anything comes in: what the rows are, and which column is their amount.

A guess that leaves most of a file out, or that takes rows with amounts or days of their own for a mere list of names,
is more likely another kind. A question names what would be left out; the answer is kept for files with these headers.
"""

from collections.abc import Mapping

from partnerdesk.intake.choices import NONE
from partnerdesk.intake.mapping import Mapped, likely
from partnerdesk.intake.numeric import has_amounts, has_days, has_numbers
from partnerdesk.intake.question import Findings, Option
from partnerdesk.intake.table import Table
from partnerdesk.intake.targets import ACCOUNT, plural, targets

_LISTS = frozenset(("partner", "customer", "product", "person", "territory", ACCOUNT))  # known by a name alone
_NAMED = 12  # headers that a question names
# What the rows of a kind are worth: the field, and the readings that make it.
_AMOUNTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "deal": ("amount", ("amount", "actual_amount", "recurring", "mrr")),
    "contract": ("recurring", ("recurring", "mrr", "amount")),
}


def ask(found: Table, columns: Mapped, findings: Findings) -> None:
    """Asks what the user has not said and no known layout says."""
    if columns.layout is not None:
        return
    left = left_out(found, columns)
    if not _is_said(findings.choices):
        _ask_kind(found, columns, left, findings)
    if columns.kind in _AMOUNTS:
        _ask_amount(found, columns, left, findings)


def left_out(found: Table, columns: Mapped) -> list[int]:
    """The columns with values that become nothing, and of which nobody said so."""
    used = {u.column for u in columns.uses} | {c for c, *_ in columns.wide}
    free = (c for c, word in enumerate(found.words) if word and c not in used)
    return [c for c in free if any(cell.strip() for cell in found.columns[c])]


def _is_said(choices: Mapping[str, str]) -> bool:
    """Whether a person said what the rows are, or what a column of them is."""
    return any(key == "kind" or key.partition(":")[0] in ("column", "find") for key in choices)


def _ask_kind(found: Table, columns: Mapped, left: list[int], findings: Findings) -> None:
    mapped = len({u.column for u in columns.uses if u.target}) + len(columns.wide)
    is_no_list = any(has_days(found, c) for c in left) and any(has_amounts(found, c) for c in left)
    if len(left) <= mapped and not (columns.kind in _LISTS and is_no_list):
        return
    names = ", ".join(found.headers[c] for c in left[:_NAMED]) + (" and others" if len(left) > _NAMED else "")
    others = tuple(Option(kind, plural(kind)) for kind in likely(found) if kind != columns.kind)
    findings.ask(
        "kind",
        f"Are the rows of this file {plural(columns.kind)}?",
        f"Only {mapped} of its {mapped + len(left)} columns would be read; left out are {names}.",
        (Option(columns.kind, f"{plural(columns.kind)}, and the other columns stay out"), *others),
        found.count,
    )


def _ask_amount(found: Table, columns: Mapped, left: list[int], findings: Findings) -> None:
    field, readings = _AMOUNTS[columns.kind]
    wanted = targets(columns.kind)[field]
    if columns.given & set(readings) or f"find:{wanted.name}" in findings.choices:
        return
    free = [found.headers[c] for c in left if has_numbers(found, c)]
    says = f"No column is “{wanted.says}”"
    if free:
        options = (*(Option(h, h) for h in free), Option(NONE, "None of them"))
        asks = f"Which column is “{wanted.says}”?"
        findings.ask(f"find:{wanted.name}", asks, f"{says} by its header.", options, found.count)
        return
    findings.note(f"{says}: the {plural(columns.kind)} come in without it.")
