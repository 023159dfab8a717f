"""Exports away from the window: a process reads the book as it is committed, writes the files and says how far it is.

They read only, so they are no step of undo; pages stay quick meanwhile. Cancel waits for the documents under way, so
that whatever left is whole and on record; what writes nothing ends at once. What is still being saved is waited for.
No Qt in here: the process imports this module.
"""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from partnerdesk.progress import SILENT, Progress

if TYPE_CHECKING:
    from partnerdesk.ops.calendars.exports import ExportedCalendar
    from partnerdesk.ops.imports import Answer
    from partnerdesk.ops.imports.effect import Effect
    from partnerdesk.ops.mail.drafting import MailDraft
    from partnerdesk.ops.pack.exports import ExportedPack
    from partnerdesk.ops.pack.laid import LaidPack
    from partnerdesk.ops.pack.onepage_exports import ExportedPage
    from partnerdesk.ops.pack.runs import PackRun
    from partnerdesk.ops.plan.documents import ExportedPlan
    from partnerdesk.ops.statements.dossiers import ExportedDossier
    from partnerdesk.ops.statements.replaying import ReplayRow
    from partnerdesk.ops.statements.written import StatementRun
    from partnerdesk.queries.path import PathView
    from partnerdesk.queries.worth import WorthView, WorthWhy
    from partnerdesk.ui.screens.base import Screen

Function = TypeVar("Function", bound=Callable[..., Any])
_LEAVING = set[Callable[..., Any]]()


def leaves_documents(function: Function) -> Function:
    """Mark a function that writes documents: Cancel waits until those under way are whole."""
    _LEAVING.add(function)
    return function


def export_away(
    screen: "Screen", label: str, function: Callable[..., Any], *args: Any, done: Callable[[Any], object], **kw: Any
) -> None:
    """Run `function(book, user, *args, **kw)` of this module in a process, after the writes that are under way.

    `failed(error)` hears of what went wrong; without it the message bar of the screen says it. `started(job)` gets
    what can be cancelled.
    """
    from partnerdesk.ui.outgoing import note_left

    desk = screen.desk
    failed = kw.pop("failed", screen.show_error)

    def written(made: Any) -> None:
        note_left(screen, made)
        done(made)

    started = kw.pop("started", lambda _job: None)

    def start(book: Path) -> None:
        said = {"label": label, "done": written, "failed": failed, "ends_whole": function in _LEAVING}
        started(desk.compute(function, book, desk.user, *args, **said, **kw))

    desk.with_store(label, _place, done=start, failed=failed)


def _place(store: Any) -> Path:
    return Path(store.path)


@leaves_documents
def statements_from(
    book: Path,
    user: str,
    label: str,
    as_of: date,
    folder: Path,
    partners: "list[str] | None" = None,
    pages: bool = False,
    progress: Progress = SILENT,
) -> "StatementRun":
    """Writes a period's statements from the book at a path."""
    from partnerdesk.ops.statements.exports import export_run
    from partnerdesk.store import Store

    with Store.snapshot(book, user=user) as store:
        return store.read(export_run, label, as_of, folder, partners=partners, pages=pages, progress=progress)


def replay_from(
    book: Path, user: str, period: str, partner: "str | None" = None, progress: Progress = SILENT
) -> "tuple[ReplayRow, ...]":
    """Replays a period's closed statements of the book at a path."""
    from partnerdesk.ops.statements.replaying import replay
    from partnerdesk.store import Store

    with Store.snapshot(book, user=user) as store:
        return store.read(replay, period, partner, progress=progress)


@leaves_documents
def pack_from(
    book: Path,
    user: str,
    partner: str,
    quarter: str,
    as_of: date,
    folder: Path,
    *,
    review: int,
    internal: bool,
    laid: "LaidPack | None" = None,
) -> "ExportedPack":
    """Writes a review's pack from the book at a path, as a screen laid it out if the book still stands as it did."""
    from partnerdesk.ops.pack.exports import export_pack
    from partnerdesk.store import Store

    with Store.snapshot(book, user=user) as store:
        return store.read(export_pack, partner, quarter, as_of, folder, review=review, internal=internal, laid=laid)


@leaves_documents
def packs_from(
    book: Path,
    user: str,
    quarter: str,
    as_of: date,
    folder: Path,
    *,
    only_begun: bool,
    mails: bool,
    progress: Progress = SILENT,
) -> "PackRun":
    """Writes the packs of all who are due from the book at a path."""
    from partnerdesk.ops.pack.runs import run_packs
    from partnerdesk.store import Store

    with Store.snapshot(book, user=user) as store:
        return store.read(run_packs, quarter, as_of, folder, only_begun=only_begun, mails=mails, progress=progress)


@leaves_documents
def brief_from(book: Path, user: str, partner: str, as_of: date, folder: Path) -> "ExportedPage":
    """Writes the page before a call from the book at a path."""
    from partnerdesk.ops.pack.onepage_exports import export_brief
    from partnerdesk.store import Store

    with Store.snapshot(book, user=user) as store:
        return store.read(export_brief, partner, as_of, folder)


@leaves_documents
def digest_from(book: Path, user: str, partner: str, as_of: date, folder: Path) -> "ExportedPage":
    """Writes the page for a partner without a review from the book at a path."""
    from partnerdesk.ops.pack.onepage_exports import export_digest
    from partnerdesk.store import Store

    with Store.snapshot(book, user=user) as store:
        return store.read(export_digest, partner, as_of, folder)


@leaves_documents
def statement_mail_from(
    book: Path, user: str, partner: str, label: str, as_of: date, folder: Path, *, to: "list[str]"
) -> "MailDraft":
    """Writes a mail draft with a partner's statement from the book at a path."""
    from partnerdesk.ops.mail.drafting import draft_statement_mail
    from partnerdesk.store import Store

    with Store.snapshot(book, user=user) as store:
        return store.read(draft_statement_mail, partner, label, as_of, folder, to=to)


@leaves_documents
def review_mail_from(
    book: Path, user: str, partner: str, quarter: str, as_of: date, folder: Path, *, review: int, to: "list[str]"
) -> "MailDraft":
    """Writes a mail draft with a review's pack from the book at a path."""
    from partnerdesk.ops.mail.drafting import draft_review_mail
    from partnerdesk.store import Store

    with Store.snapshot(book, user=user) as store:
        return store.read(draft_review_mail, partner, quarter, as_of, folder, review=review, to=to)


@leaves_documents
def dossier_from(book: Path, user: str, id: str, as_of: date, folder: Path) -> "ExportedDossier":
    """Writes the dossier of a dispute from the book at a path."""
    from partnerdesk.ops.statements.dossiers import export_dossier
    from partnerdesk.store import Store

    with Store.snapshot(book, user=user) as store:
        return store.read(export_dossier, id, as_of, folder)


@leaves_documents
def plan_from(book: Path, user: str, plan: int, as_of: date, folder: Path) -> "ExportedPlan":
    """Writes a joint plan from the book at a path."""
    from partnerdesk.ops.plan.documents import export_plan
    from partnerdesk.store import Store

    with Store.snapshot(book, user=user) as store:
        return store.read(export_plan, plan, as_of, folder)


@leaves_documents
def calendar_from(
    book: Path, user: str, as_of: date, folder: Path, stamp: datetime, *, partner: str, owner: str, for_partner: bool
) -> "ExportedCalendar":
    """Writes a calendar from the book at a path."""
    from partnerdesk.ops.calendars.exports import export_partner_calendar
    from partnerdesk.ops.calendars.ours import export_calendar
    from partnerdesk.store import Store

    with Store.snapshot(book, user=user) as store:
        if for_partner:
            return store.read(export_partner_calendar, partner, as_of, folder, stamp)
        return store.read(export_calendar, as_of, folder, stamp, partner=partner or None, owner=owner)


def worth_from(book: Path, user: str, kind: str, id: str, as_of: date) -> "tuple[WorthView, ...]":
    """Works out what an open deal, renewal, go-live or certificate of the book at a path is worth to all who share."""
    from partnerdesk.queries.worth import worths_of
    from partnerdesk.store import Store

    with Store.snapshot(book, user=user) as store:
        return store.read(worths_of, kind, id, as_of)


def path_from(
    book: Path, user: str, partner: str, as_of: date, tier: str = "", until: "date | None" = None
) -> "PathView":
    """Looks for the ways of a partner of the book at a path to a tier."""
    from partnerdesk.queries.path import path_to
    from partnerdesk.store import Store

    with Store.snapshot(book, user=user) as store:
        return store.read(path_to, partner, as_of, tier, until)


def worth_why_from(book: Path, user: str, kind: str, id: str, as_of: date, partner: str) -> "WorthWhy":
    """The same with the calculation of each part."""
    from partnerdesk.queries.worth import worth_explained
    from partnerdesk.store import Store

    with Store.snapshot(book, user=user) as store:
        return store.read(worth_explained, kind, id, as_of, partner)


def effect_from(
    book: Path,
    user: str,
    file: Path,
    choices: "dict[str, str]",
    as_of: date,
    gone: "Answer",
    progress: Progress = SILENT,
) -> "Effect":
    """What importing a file would move, on a copy of the book at a path that is forgotten; `gone` answers for rows that
    the file lacks."""
    from partnerdesk.ops.imports.effect import effect
    from partnerdesk.store import Store

    with Store.snapshot(book, user=user) as store:
        return store.suppose(effect, file, choices, as_of, progress, gone)


def effect_of_accepting_from(
    book: Path, user: str, ids: "list[int]", as_of: date, progress: Progress = SILENT
) -> "Effect":
    """What accepting rows as gone would move, on a copy of the book at a path that is forgotten."""
    from partnerdesk.ops.imports.effect import effect_of_accepting
    from partnerdesk.store import Store

    with Store.snapshot(book, user=user) as store:
        return store.suppose(effect_of_accepting, ids, as_of, progress)


def effect_of_removing_from(
    book: Path, user: str, op: "Callable[..., object]", id: str, as_of: date, progress: Progress = SILENT
) -> "Effect":
    """What removing a row would move, on a copy of the book at a path that is forgotten."""
    from partnerdesk.ops.imports.effect import effect_of_removing
    from partnerdesk.store import Store

    with Store.snapshot(book, user=user) as store:
        return store.suppose(effect_of_removing, op, id, as_of, progress)


def effect_of_taking_back_from(book: Path, user: str, batch: int, as_of: date, progress: Progress = SILENT) -> "Effect":
    """What taking an import back would move, on a copy of the book at a path that is forgotten."""
    from partnerdesk.ops.imports.effect import effect_of_taking_back
    from partnerdesk.store import Store

    with Store.snapshot(book, user=user) as store:
        return store.suppose(effect_of_taking_back, batch, as_of, progress)
