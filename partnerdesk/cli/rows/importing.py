"""`partnerdesk import`: files into a book, each with the preview that the window shows, all of them as one step.

What only a person can say is asked here by ending: the questions are listed with the arguments that answer them, and
nothing was imported.
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from partnerdesk import paths
from partnerdesk.cli import books, terminal
from partnerdesk.cli.rows import taking_back
from partnerdesk.cli.rows.import_effect import say_effect
from partnerdesk.cli.rows.vanishing import answer_of
from partnerdesk.errors import PartnerDeskError, Refused
from partnerdesk.progress import Progress

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from partnerdesk.ops.imports import Applied, Preview
    from partnerdesk.ops.imports.effect import Effect
    from partnerdesk.store import Store

MOST_SHOWN = 20  # problems of one file on a terminal; --json has them all


@dataclass(frozen=True)
class Seen:
    """A file's preview, and what applying it did; None before that, and with --preview. `effect` where it is asked."""

    preview: "Preview"
    applied: "Applied | None" = None
    effect: "Effect | None" = None


class _Stopped(Exception):
    """What stands in the way of importing; the transaction around it is taken back."""

    def __init__(self, seen: Sequence[Seen], sentence: str, remedy: str) -> None:
        super().__init__(sentence)
        self.seen, self.sentence, self.remedy = seen, sentence, remedy


def run(arguments: argparse.Namespace) -> int:
    """Shows and applies, or with --preview only shows; with --undo takes an import back."""
    if arguments.undo is not None:
        return taking_back.run(arguments)
    choices = dict(_choice(text) for text in arguments.choose)
    path = books.book_of(arguments)
    if arguments.preview:
        with _looked_at(path, arguments.new) as store:
            seen = [_looked(store, file, choices, arguments) for file in arguments.files]
        return _say(seen, arguments)
    with _new(path) if arguments.new else books.writing(arguments) as store:
        try:
            seen = _apply(store, arguments, choices)
        except (_Stopped, PartnerDeskError) as stopped:
            if arguments.new:
                _take_away(store, path)
            if isinstance(stopped, PartnerDeskError):
                raise
            _say(stopped.seen, arguments)
            raise Refused(stopped.sentence, stopped.remedy) from None
    return _say(seen, arguments)


def _looked(store: "Store", path: Path, choices: Mapping[str, str], arguments: argparse.Namespace) -> Seen:
    """A file's preview, with what it would move where that is asked for and nothing is in the way."""
    from partnerdesk.ops.imports.effect import effect

    shown = store.read(_preview, path, choices)
    if not arguments.effect or shown.questions or not shown.accepted:
        return Seen(shown)
    day = store.info.as_of or books.today()
    with terminal.Bar() as bar:
        return Seen(shown, effect=store.suppose(effect, path, choices, day, bar, answer_of(arguments)))


def _choice(text: str) -> tuple[str, str]:
    key, equals, value = text.rpartition("=")
    if not equals:
        raise Refused(f"“{text}” answers nothing.", "Write --choose 'date:Close date=day first'.")
    return key, value


@contextmanager
def _looked_at(path: Path, is_new: bool) -> "Iterator[Store]":
    """The book of a preview; one that would be made is made where it is thrown away."""
    from partnerdesk.store import Store

    if not is_new:
        with Store.open(path, user=books.user(), write=False) as store:
            yield store
        return
    if path.exists():
        raise Refused(f"{path.name} exists already.", "Choose another name, or leave --new out.")
    with TemporaryDirectory(dir=paths.folder("temp")) as folder, _new(Path(folder) / path.name) as store:
        yield store


def _new(path: Path) -> "Store":
    """A new book in the currency and fiscal year of where the system is set up."""
    from partnerdesk.ops.region import system_locale, usual_settings
    from partnerdesk.store import Store

    if path.suffix != paths.SUFFIX:  # any other name would be taken for a command when the window is opened on it
        raise Refused(f"A book's name ends in {paths.SUFFIX}.", f"Name it {path.name}{paths.SUFFIX}.")
    return Store.create(path, user=books.user(), settings=usual_settings(system_locale(), books.today()))


def _take_away(store: "Store", path: Path) -> None:
    """An empty book that was made for an import that did not happen."""
    store.close()
    for file in (path, path.with_name(f".{path.name}.lock")):
        file.unlink(missing_ok=True)


def _apply(store: "Store", arguments: argparse.Namespace, choices: Mapping[str, str]) -> list[Seen]:
    if not arguments.new:
        store.backup("before import")
    names = ", ".join(path.name for path in arguments.files)
    with terminal.Bar() as bar:
        done = store.transact(f"Import {names}", _import_all, arguments, choices, books.user(), bar)
    return done.value


def _import_all(
    session: "Session", arguments: argparse.Namespace, choices: Mapping[str, str], by: str, bar: Progress
) -> list[Seen]:
    from partnerdesk.ops.imports import apply

    seen: list[Seen] = []
    files, gone = arguments.files, answer_of(arguments)
    for number, path in enumerate(files):
        bar.step(2 * number, 2 * len(files), f"reading {path.name}")
        shown = _preview(session, path, choices)
        _stop_where_unclear(shown, seen, arguments.leave_out)
        bar.step(2 * number + 1, 2 * len(files), f"importing {path.name}")
        seen.append(Seen(shown, apply(session, shown, by=by, gone=gone)))
    return seen


def _preview(session: "Session", path: Path, choices: Mapping[str, str]) -> "Preview":
    from partnerdesk.ops.imports import preview

    try:
        return preview(session, path, choices)
    except Refused as refused:  # a command may name several files
        if path.name in refused.sentence:
            raise
        raise Refused(f"{path.name}: {refused.sentence}", refused.remedy) from None


def _stop_where_unclear(shown: "Preview", seen: list[Seen], leaves_out: bool) -> None:
    all_seen = [*seen, Seen(shown)]
    if shown.questions:
        count = "A question is" if len(shown.questions) == 1 else f"{len(shown.questions)} questions are"
        raise _Stopped(all_seen, f"{count} open about {shown.file}; nothing was imported.", "Answer with --choose.")
    if shown.rejected and not leaves_out:
        rows = terminal.counted(shown.read, "row")
        sentence = f"{shown.rejected} of {rows} of {shown.file} cannot be imported; nothing was imported."
        raise _Stopped(all_seen, sentence, "Correct them, or add --leave-out to import the others.")


def _say(seen: Sequence[Seen], arguments: argparse.Namespace) -> int:
    if arguments.json:
        terminal.say_json({"files": [_plain(one) for one in seen]})
        return 0
    for one in seen:
        _say_file(one.preview)
        if arguments.new and one.preview.assumes_currency:
            terminal.say(f"  {_assumed(one.preview.currency)}")
        _say_gone(one, arguments)
        if one.applied:
            terminal.say(f"  {_outcome(one.applied, one.preview.accepted)}")
        if one.effect:
            say_effect(one.effect)
    return 0


def _say_gone(one: Seen, arguments: argparse.Namespace) -> None:
    """Rows that the file brought before and lacks now, and what becomes of them."""
    found = one.preview.gone
    for row in found[:MOST_SHOWN]:
        terminal.say(f"  gone from the file: {row.says} ({row.source})")
    if len(found) > MOST_SHOWN:
        terminal.say(f"  and {len(found) - MOST_SHOWN} more; --json lists them")
    if found:
        answer = answer_of(arguments).answer
        becomes = {"keep": "they stay, with the evidence", "accept": "they leave the book"}
        later = "they stay until --keep, --accept or `partnerdesk gone` answers; their statements wait meanwhile"
        terminal.say(f"  {len(found)} gone: {becomes.get(answer, later)}")


def _assumed(currency: str) -> str:
    return (
        f"where the file says no currency, amounts are read in {currency}, the currency of the new book; "
        "--choose currency=CODE reads them in another"
    )


def _outcome(a: "Applied", accepted: int) -> str:
    if a.batch:
        counts = f"{terminal.counted(a.new, 'fact')} new, {a.changed} changed, {a.same} as before"
        return f"imported: {counts} (B-{a.batch:04d}; import --undo {a.batch} takes it back)"
    if not accepted:
        return "nothing imported: no row of the file is accepted"
    return "nothing to do: the book holds all of it already"


def _plain(one: Seen) -> dict[str, Any]:
    from partnerdesk.engine.outcome.record import plain

    shown = {f.name: plain(getattr(one.preview, f.name)) for f in fields(one.preview) if f.name != "plan"}
    shown["gone"] = plain(one.preview.gone)
    return shown | {"applied": plain(one.applied), "effect": plain(one.effect)}


def _say_file(p: "Preview") -> None:
    from partnerdesk.reports.format import Formats

    formats = Formats()
    sheet = f", sheet {p.sheet}" if p.sheet else ""
    header = f"header in line {p.line}" if p.line else "no header"
    what = (p.origin, p.title, p.encoding or "workbook", header, p.currency)
    terminal.say(f"{p.file}{sheet}: {', '.join(filter(None, what))}")
    read = terminal.counted(p.read, "row")
    terminal.say(
        f"  {read} read = {p.accepted} accepted + {p.rejected} rejected + {p.ignored} ignored; "
        f"{p.rows_new} new, {p.rows_changed} changed, {p.rows_same} as before"
    )
    for c in p.counts:
        derived = ", summed from its lines" if c.derived else ""
        terminal.say(f"  {c.kind.replace('_', ' ')}: {c.new} new, {c.changed} changed, {c.same} as before{derived}")
    for s in p.sums:
        total, rows = formats.amount(s.total, s.currency), terminal.counted(s.count, "row")
        terminal.say(f"  sum of {s.header}: {total} {s.currency} over {rows}")
    for reason, count in p.reasons:
        terminal.say(f"  ignored: {terminal.counted(count, 'row')}, {reason}")
    if p.placeholders:
        terminal.say(f"  named but not described yet: {len(p.placeholders)}")
    for note in p.notes:
        terminal.say(f"  {note}")
    _say_columns(p)
    for question in p.questions:
        terminal.say(f"  ? {question.asks} {question.because}")
        for option in question.options:
            terminal.say(f"      --choose '{question.key}={option.value}'   {option.says}")
    for problem in p.problems[:MOST_SHOWN]:
        terminal.complain(f"  {problem}")
    if p.problem_count > MOST_SHOWN:
        terminal.complain(f"  and {p.problem_count - MOST_SHOWN} more; --json lists them")


def _say_columns(p: "Preview") -> None:
    """What each column became; the others, of which an export may have dozens, by name in one line."""
    rows = [(c.header, c.target, c.state, c.first[:40]) for c in p.columns if c.target]
    for line in terminal.table(("Column", "becomes", "", "first cell"), rows):
        terminal.say(f"    {line}")
    others = [c.header for c in p.columns if not c.target]
    if others:
        terminal.say(
            f"  not mapped, {len(others)} of {terminal.counted(len(p.columns), 'column')}: {', '.join(others)}"
        )
