"""`partnerdesk qbr`, `brief` and `digest`: review packs of one partner or of all that are due, and single pages."""

import argparse
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partnerdesk.cli import books, terminal
from partnerdesk.cli.joint.outgoing import note
from partnerdesk.errors import Refused

if TYPE_CHECKING:
    from partnerdesk.ops.pack.exports import ExportedPack
    from partnerdesk.ops.pack.many import WrittenPacks
    from partnerdesk.ops.pack.onepage_exports import ExportedPage
    from partnerdesk.progress import Progress
    from partnerdesk.reports.manifest import LeftOut
    from partnerdesk.store import Store


def pack(arguments: argparse.Namespace) -> int:
    """Writes one pack, or with --all every one that is due."""
    if bool(arguments.partner) == arguments.all:
        raise Refused("A pack is for one partner, or for all that are due.", "Name a partner, or write --all.")
    if arguments.list and not arguments.all:
        raise Refused("There is a list of those that are due only.", "Write --all --list.")
    with books.reading(arguments) as store:
        day = books.day_of(store, arguments)
        if arguments.all:
            return _list_due(store, arguments, day) if arguments.list else _write_due(store, arguments, day)
        from partnerdesk.ops.pack.exports import export_pack

        written = store.read(
            export_pack,
            arguments.partner,
            arguments.quarter,
            day,
            arguments.out,
            internal=arguments.internal,
            paper=arguments.paper,
        )
    note(arguments, written)
    if arguments.json:
        terminal.say_json(_told(written) | {"as_of": day.isoformat()})
    else:
        _say(written)
    return 0


def _write_due(store: "Store", arguments: argparse.Namespace, day: date) -> int:
    from partnerdesk.ops.pack.gathered import quarter_named
    from partnerdesk.ops.pack.many import export_packs

    quarter = store.read(quarter_named, arguments.quarter, day).label
    more = {"internal": arguments.internal, "paper": arguments.paper}
    # The bar ends last: what was written before Ctrl-C goes on record, too.
    with terminal.Bar() if arguments.processes > 1 else terminal.WholeSteps() as bar:
        if arguments.processes > 1:
            run = _in_processes(store, arguments, quarter, day, bar)
        else:
            run = store.read(export_packs, quarter, day, arguments.out, **more, progress=bar)
        note(arguments, run.written)
    return _say_packs(arguments, run, quarter, day)


def _say_packs(arguments: argparse.Namespace, run: "WrittenPacks", quarter: str, day: date) -> int:
    """Tells of every pack; what could not be written makes the command fail, once everything else is there."""
    from partnerdesk.ops.pack.many import LABEL
    from partnerdesk.reports.manifest import manifest_path

    stopped = len(run.not_reached)
    manifest = manifest_path(arguments.out, LABEL.format(quarter=quarter))
    if arguments.json:
        packs, left_out = [_told(one) for one in run.written], [asdict(one) for one in run.left_out]
        told = {"as_of": day.isoformat(), "packs": packs, "manifest": str(manifest), "left_out": left_out}
        terminal.say_json(told | ({"not_reached": stopped} if stopped else {}))
        return terminal.STOPPED if stopped else 1 if run.left_out else 0
    for one in run.written:
        _say(one)
    terminal.say(f"{terminal.counted(len(run.written), 'pack')}, each with its digest in {manifest}")
    code = terminal.say_left_out(run.left_out)
    return terminal.say_stopped(stopped, "pack") if stopped else code


def _in_processes(
    store: "Store", arguments: argparse.Namespace, quarter: str, day: date, bar: "Progress"
) -> "WrittenPacks":
    """The same run shared out among processes, each of which reads the book itself; the list is written at the end."""
    from partnerdesk.ops.folders import made
    from partnerdesk.ops.pack.many import WrittenPacks, forget_list, packs_due, write_list

    due = [one.partner for one in store.read(packs_due, quarter, day)]
    if not due:
        raise Refused(f"No partner's review of {quarter} is due.", "All of them were held.")
    forget_list(made(arguments.out), quarter)
    common = (Path(store.path), books.user(), quarter, day, arguments.out)
    found: dict[str, ExportedPack] = {}
    none: dict[str, LeftOut] = {}
    with ProcessPoolExecutor(arguments.processes, mp_context=get_context("spawn")) as pool:
        shares = [due[n :: arguments.processes] for n in range(min(arguments.processes, len(due)))]
        jobs = [pool.submit(write_share, *common, s, arguments.internal, arguments.paper) for s in shares]
        for job in as_completed(jobs):
            found.update({one.partner: one for one in job.result().written})
            none.update({one.partner: one for one in job.result().left_out})
            bar.step(len(found) + len(none), len(due), "")
    written = tuple(found[partner] for partner in due if partner in found)
    left_out = tuple(none[partner] for partner in due if partner in none)
    store.read(write_list, quarter, day, arguments.out, written, left_out)
    return WrittenPacks(written, left_out)


def write_share(
    book: Path, user: str, quarter: str, day: date, folder: Path, partners: list[str], internal: bool, paper: str
) -> "WrittenPacks":
    """The packs of some partners, in a process of its own."""
    from partnerdesk.ops.pack.many import export_packs
    from partnerdesk.store import Store

    with Store.snapshot(book, user=user) as store:
        return store.read(export_packs, quarter, day, folder, partners=partners, internal=internal, paper=paper)


def brief(arguments: argparse.Namespace) -> int:
    """Writes the page before a call."""
    from partnerdesk.ops.pack.onepage_exports import export_brief

    with books.reading(arguments) as store:
        day = books.day_of(store, arguments)
        written = store.read(export_brief, arguments.partner, day, arguments.out, paper=arguments.paper)
    return _say_pages(arguments, [written], day)


def digest(arguments: argparse.Namespace) -> int:
    """Writes the page of each partner that was named, or that has no review of a quarter."""
    from partnerdesk.ops.pack.many import packs_due
    from partnerdesk.ops.pack.onepage_exports import export_digests

    if bool(arguments.partner) == bool(arguments.without_review):
        raise Refused("A digest is for the partners that are named.", "Name some, or write --without-review QUARTER.")
    with books.reading(arguments) as store, terminal.Bar() as bar:
        day = books.day_of(store, arguments)
        named = arguments.partner
        if arguments.without_review:
            due = store.read(packs_due, arguments.without_review, day)
            named = [one.partner for one in due if one.review is None]
        run = store.read(export_digests, named, day, arguments.out, paper=arguments.paper, progress=bar)
    return _say_pages(arguments, run.written, day, run.left_out)


def _say_pages(
    arguments: argparse.Namespace, written: "Sequence[ExportedPage]", day: date, left_out: "Sequence[LeftOut]" = ()
) -> int:
    note(arguments, written)
    if arguments.json:
        told = [{"partner": one.partner, "path": str(one.path), "sha256": one.sha256} for one in written]
        terminal.say_json({"as_of": day.isoformat(), "pages": told, "left_out": [asdict(one) for one in left_out]})
        return 1 if left_out else 0
    for one in written:
        terminal.say(f"{one.path}{', replacing an earlier export' if one.replaced else ''}")
    return terminal.say_left_out(left_out)


def _list_due(store: "Store", arguments: argparse.Namespace, day: date) -> int:
    from partnerdesk.ops.pack.many import packs_due

    due = store.read(packs_due, arguments.quarter, day)
    if arguments.json:
        rows = [{"partner": one.partner, "name": one.name, "has_review": one.review is not None} for one in due]
        terminal.say_json({"as_of": day.isoformat(), "quarter": arguments.quarter, "due": rows})
        return 0
    for one in due:
        terminal.say(f"{one.partner}  {one.name}{'' if one.review else '  (no review opened yet)'}")
    terminal.say(f"{terminal.counted(len(due), 'partner is', 'partners are')} due")
    return 0


def _told(written: "ExportedPack") -> dict[str, Any]:
    told = {"partner": written.partner, "quarter": written.quarter, "path": str(written.path)}
    return {**told, "pages": list(written.pages), "sha256": written.sha256}


def _say(written: "ExportedPack") -> None:
    again = ", replacing an earlier export" if written.replaced else ""
    terminal.say(f"{written.path}: {terminal.counted(len(written.pages), 'page')}{again}")
