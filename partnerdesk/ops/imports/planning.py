"""A draft against the book: references resolved, rows compared, and what has to follow them. Writes nothing."""

import gc
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType

from sqlalchemy.orm import Session

from partnerdesk.engine.problem import Problem
from partnerdesk.intake.choices import AGAIN, CORRECT, OF_FILE, PARTNER, SAME, TAKE, TWICE
from partnerdesk.intake.drafts import Draft
from partnerdesk.intake.mapping import OWN, PLAIN
from partnerdesk.ops.imports import comparing, linking, namesakes, payees, relinking, repeated
from partnerdesk.ops.imports.below_zero import below_zero, turned, with_sides
from partnerdesk.ops.imports.borrowed import borrowed
from partnerdesk.ops.imports.by_hand import beside
from partnerdesk.ops.imports.comparing import Difference
from partnerdesk.ops.imports.doubled import corrected, doubled, same_rows
from partnerdesk.ops.imports.gone import gone_from
from partnerdesk.ops.imports.handed_over import handed_over
from partnerdesk.ops.imports.known import Known
from partnerdesk.ops.imports.noted import without_noted
from partnerdesk.ops.imports.preview import Plan
from partnerdesk.ops.imports.relinking import Merge
from partnerdesk.ops.imports.returning import returning
from partnerdesk.ops.imports.withdrawn import left_out
from partnerdesk.ops.vanishing.describing import Place


def planned(
    session: Session,
    draft: Draft,
    choices: Mapping[str, str],
    same: Mapping[Place, str] = MappingProxyType({}),
    meant: Mapping[str, str] = MappingProxyType({}),
) -> Plan:
    """The draft compared with the book as it is now, under the user's choices.

    `same` are rows of the file, by kind and key, that correct rows of another source; `meant` keys of known partners.
    It stays in one piece because each step reads what the one before it left of the differences.
    """
    columns, choices = draft.columns, with_sides(draft, choices)
    known = Known(session, columns.system, columns.origin in (PLAIN, OWN), choices.get(SAME) == OF_FILE)
    known.mean_partners(meant)
    draft = repeated.known_apart(known, draft)
    linked, differences = _compared(session, known, draft, choices, same)
    file = draft.table.sheet.file
    once_more = repeated.repeated(draft, differences)
    if once_more and choices.get(AGAIN) == TAKE:
        return planned(session, repeated.apart(draft, once_more), choices, same, meant)
    withdrawn = left_out(session, columns.system, file, differences)
    back = returning(session, columns.system, file, differences, choices)
    if not same and choices.get(TWICE) == CORRECT and (found := same_rows(session, known, differences)):
        return planned(session, draft, choices, found, meant)
    twice = corrected(session, file, differences, same) if same else doubled(session, known, file, differences, choices)
    called = namesakes.namesakes(session, known, differences)
    if not meant and choices.get(PARTNER) == CORRECT and called:
        return planned(session, draft, choices, same, called)
    partners = namesakes.asked(session, file, differences, called, meant, choices)
    again = repeated.asked(session, once_more, differences, choices)
    strangers = payees.unknown(session, draft, linked, differences, choices)
    signs = below_zero(session, file, differences, choices)
    merges, stay = relinking.apart(session, relinking.merges(known, differences))
    hands = handed_over(session, file, differences, merges, choices)
    problems = [*linked.problems, *_turned(known, draft), *_closed(draft, stay), *_kept(draft, differences), *withdrawn]
    asked = (borrowed(session, known, file, choices), again, strangers, twice, partners, signs, hands)
    problems += [*back.problems, *beside(session, file, differences), *(p for one in asked for p in one.problems)]
    return Plan(
        draft,
        tuple(differences),
        strangers.placeholders,
        tuple(merges),
        tuple(relinking.moves(known, differences, columns.kind == "account")),
        tuple(problems),
        revision(session),
        gone_from(session, draft, differences),
        back,
        dict(meant),
        tuple(question for one in asked for question in one.questions),
    )


def _compared(
    session: Session, known: Known, draft: Draft, choices: Mapping[str, str], same: Mapping[Place, str]
) -> tuple[linking.Linked, list[Difference]]:
    """The parts of a draft with their references resolved, each against the book."""
    for (kind, key), id in same.items():
        known.mean(kind, key, id)
    linked = linking.link(known, draft, payees.proven(session, known, draft))
    lines = next((p for p in linked.parts if p.kind == "deal_line"), None)
    differences = [
        comparing.compare(session, known, part, ids, lines if part.is_derived else None)
        for part, ids in zip(turned(linked.parts, choices), linked.ids, strict=True)
    ]
    without_noted(session, differences)
    linked.problems += namesakes.follow(session, known, draft.table.sheet.file, differences)
    return linked, differences


def _turned(known: Known, draft: Draft) -> Iterator[Problem]:
    """Accounts that were partners and are called customers now: that is a decision, not a correction."""
    if draft.columns.kind != "account":
        return
    partners = known.kind("partner")
    for part in draft.parts:
        for key in part.keys if part.kind == "customer" else ():
            id = partners.ids.get(key)
            if id is not None and id not in partners.placeholders:
                message = f"The account {key} is a partner in the book, and the file calls it a customer."
                remedy = "It stays a partner; change it by hand if the file is right."
                yield Problem(draft.table.sheet.file, message, remedy, warning=True)


def _closed(draft: Draft, stay: Sequence[Merge]) -> Iterator[Problem]:
    """Partners that were only named, with statements that are closed: what was sent under a name stays with it."""
    for m in stay:
        message = f"“{m.old}” has closed statements under that name, and the file calls it {m.new}."
        remedy = f"What was posted stays with “{m.old}”; carry its balance over as an opening of {m.new}."
        yield Problem(draft.table.sheet.file, message, remedy, warning=True)


def _kept(draft: Draft, differences: Sequence[Difference]) -> Iterator[Problem]:
    """Rows whose currency the book knows better than a file that says none."""
    kept: Counter[str] = Counter()
    for difference in differences:
        kept += Counter() if difference.part.is_derived else difference.kept
    for currency, count in sorted(kept.items()):
        rows = "1 row stays" if count == 1 else f"{count:,} rows stay"
        message = f"The file does not say its currency; {rows} in {currency}, as in the book."
        yield Problem(
            draft.table.sheet.file, message, "Choose the currency of the file if it is another.", warning=True
        )


def revision(session: Session) -> int:
    """The number of the last step of the book; 0 where it keeps no history."""
    return int(session.connection().exec_driver_sql("SELECT coalesce(max(id), 0) FROM op").scalar() or 0)


@contextmanager
def undisturbed() -> Iterator[None]:
    """No garbage collection while hundreds of thousands of small rows are made that live on anyway."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
