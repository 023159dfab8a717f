"""What the lists of the agreement's page say: versions with their state, changes, and what does not apply."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from partnerdesk.ui.screens.program_pages.changes import WORDS
from partnerdesk.ui.screens.program_pages.study import word_marks
from partnerdesk.ui.widgets.entries import Entry

if TYPE_CHECKING:
    from partnerdesk.ops.agreements.copies import Recognised
    from partnerdesk.ops.agreements.issuing import Draft
    from partnerdesk.ops.agreements.view import AgreementView
    from partnerdesk.program.agreement.changes import Change
    from partnerdesk.program.agreement.own import LeftOut
    from partnerdesk.queries.agreements import AgreementRow
    from partnerdesk.reports.format import Formats

NEXT = "next"
STATES = {"signed": ("final", "Signed"), "issued": ("info", "Issued"), "replaced": ("", "Replaced")}


def version_entries(view: "AgreementView", formats: "Formats") -> Iterator[Entry]:
    """The next version with what it would change, then those that were issued, newest first."""
    number = view.rows[0].version + 1 if view.rows else 1
    yield Entry(NEXT, f"Version {number}", _next_words(view), kind="", word="Draft")
    for row in view.rows:
        kind, word = STATES[row.status]
        sign = row.signature
        note = f"Signed {formats.day(sign.signed_on)} by {sign.for_partner} and {sign.for_vendor}" if sign else ""
        body = f"From {formats.day(row.holds_from)}, program {row.program_version}"
        yield Entry(str(row.id), f"Version {row.version}", body, note, kind=kind, word=word)


def _next_words(view: "AgreementView") -> str:
    if view.draft is None:
        return "Cannot be made yet"
    if not view.rows:
        return "The first one, as the terms are now"
    count = len(view.changes)
    return (
        f"{count} change{'s' if count > 1 else ''} since version {view.rows[0].version}" if count else "No change yet"
    )


def difference_entries(changes: "Sequence[Change]", before: str, left_out: "Sequence[LeftOut]") -> Iterator[Entry]:
    """What differs from the version before, and for the account manager what does not apply and why."""
    if before:
        count = f"{len(changes)} in all" if changes else "nothing but number and days"
        yield Entry("head", f"Since {before}", note=count, is_head=True)
    for number, change in enumerate(changes):
        kind, word = WORDS[change.what]
        went, came = word_marks(change.before, change.after)
        title = f"{change.where}: {change.title}"
        if change.what == "changed":
            moved = tuple(type(m)(m.start + len("Was: "), m.length, m.token) for m in went)
            yield Entry(f"{number}", title, change.after, f"Was: {change.before}", "", kind, word, came, moved)
        else:
            yield Entry(f"{number}", title, change.after or change.before, "", "", kind, word)
    if left_out:
        yield Entry(
            "out", "Not in it", note="rules that are not for this partner; nobody outside reads this", is_head=True
        )
    for left in left_out:
        yield Entry(f"out.{left.key}", left.title, left.reason, left.key)


def issue_words(draft: "Draft", rows: "Sequence[AgreementRow]", formats: "Formats") -> str:
    """What is asked before an issue."""
    follows = f" It replaces {rows[0].number}." if rows else ""
    return (
        f"{draft.agreement.number} holds from {formats.day(draft.agreement.holds_from)}.{follows} What is issued is "
        "kept as it is, to the byte: a correction is the next version. Issuing cannot be undone."
    )


def recognised_words(name: str, found: "Recognised", formats: "Formats") -> tuple[str, str, str]:
    """How a message says what a file is: its kind, the finding, and more about it."""
    if found.is_signed_copy and found.signature is not None:
        sign = found.signature
        who = f"{sign.for_partner} and {sign.for_vendor}"
        return (
            "good",
            f"{name} is the signed copy of {found.number}.",
            f"Signed {formats.day(sign.signed_on)} by {who}.",
        )
    if found.version:
        return "info", f"{name} is {found.number} as it was issued.", "It bears no signature that was recorded."
    return "warn", f"{name} is no signed copy of this agreement.", "Not one byte may differ from the file on record."
