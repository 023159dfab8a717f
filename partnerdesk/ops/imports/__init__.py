"""Importing a file: look at it, answer what it leaves open, apply it as one step, take a batch back.

    shown = store.read(imports.preview, path)               # writes nothing
    shown = store.read(imports.preview, path, {"date:Close date": "day first"})
    store.backup("before import")
    done = store.transact(f"Import {shown.file}", imports.apply, shown, by="Ann")

`preview` reads the file anew each time; `apply` compares again where the book changed since.
"""

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from sqlalchemy.orm import Session

from partnerdesk.engine.figures.writing import Manner, written
from partnerdesk.intake import drafts, files
from partnerdesk.intake.limits import WINDOW, Limits
from partnerdesk.intake.mapping import remembered_as
from partnerdesk.intake.question import Option, Question
from partnerdesk.intake.rows import Context
from partnerdesk.ops.imports import remembering
from partnerdesk.ops.imports.applying import Applied, apply
from partnerdesk.ops.imports.linking import Placeholder
from partnerdesk.ops.imports.payee_names import PayeeNames
from partnerdesk.ops.imports.planning import planned, undisturbed
from partnerdesk.ops.imports.preview import ColumnRow, ColumnSum, KindCount, Preview, made
from partnerdesk.ops.imports.taking_back import take_back, under_closed
from partnerdesk.ops.imports.undoing import undo_batch
from partnerdesk.ops.vanishing.answering import Answer
from partnerdesk.queries.fiscal import fiscal_year
from partnerdesk.queries.payments.runs import item_references
from partnerdesk.queries.settings import book_settings

__all__ = [
    "Answer",
    "Applied",
    "ColumnRow",
    "ColumnSum",
    "KindCount",
    "Option",
    "Placeholder",
    "Preview",
    "Question",
    "apply",
    "preview",
    "take_back",
    "under_closed",
    "undo_batch",
]


def preview(
    session: Session,
    path: Path | str,
    choices: Mapping[str, str] | None = None,
    *,
    wait: Callable[[], None] | None = None,
    limits: Limits = WINDOW,
    formats: Manner | None = None,
) -> Preview:
    """What importing the file would do. `wait` is called now and then while a workbook is read and may raise.

    Choices are answers to `questions` by their key, and besides: `encoding`, `delimiter`, `sheet`, `header` (a line
    or "none"), `origin`, `kind`, `system`, `currency`, `accounts` (partner or customer), `hidden` (include), `merged`
    (repeat or keep), `removed` (back or leave), `column:<header>` (a target such as deal.amount, or "" to leave it
    out), `set:<target>` (a value for all rows), `value:<header>:<text>`, `date:<header>`, `decimal:<header>`,
    `round:<header>`, `units:<header>`, `term:<header>` (year or whole), `find:<target>` (a header, or none).
    Questions and problems have their numbers and days as `formats` writes them, as British English does by default.
    Raises Refused where the file cannot be read at all.
    """
    given = dict(choices or {})
    book = book_settings(session)
    names = PayeeNames(session)
    items = item_references(session)
    context = Context(book.currency, fiscal_year(session), items=items, payee=names.whole, payee_in=names.within)
    with undisturbed(), written(formats) if formats is not None else nullcontext():
        sheets = files.read(Path(path), limits, given.get("encoding", ""), given.get("delimiter", ""), wait)
        draft = drafts.best(sheets, given, context)
        kept = remembering.recalled(session, remembered_as(draft.table))
        merged = kept | given
        if merged != given:
            asked = [question for question in draft.questions if question.key == "sheet"]
            draft = drafts.best(sheets, merged | {"sheet": draft.table.sheet.name}, context)
            draft = replace(draft, questions=(*asked, *draft.questions))
        plan = planned(session, draft, merged)
    return made(plan, merged, frozenset(kept.keys() - given.keys()))
