"""`partnerdesk agreement`: a partner's terms, their issue, versions, the signed copy, and the text they begin with."""

import argparse
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from partnerdesk.cli import books, terminal
from partnerdesk.cli.joint.outgoing import note

if TYPE_CHECKING:
    from partnerdesk.ops.agreements.issuing import Draft
    from partnerdesk.program.agreement.changes import Change
    from partnerdesk.program.agreement.content import Agreement
    from partnerdesk.queries.agreements import AgreementRow


def terms(arguments: argparse.Namespace) -> int:
    """What the next version would say, what it changes, and what does not apply to the partner."""
    from partnerdesk.engine.outcome.record import plain
    from partnerdesk.ops.agreements.view import agreement_view

    with books.reading(arguments) as store:
        day = books.day_of(store, arguments)
        view = store.read(
            agreement_view, arguments.partner, on=day, holds_from=arguments.holds_from, template=arguments.text
        )
    if view.draft is None:
        assert view.why_not is not None
        raise view.why_not
    draft = view.draft
    if arguments.json:
        told = {"agreement": _plain(draft.agreement), "changes": plain(view.changes), "digest": draft.digest}
        terminal.say_json({**told, "left_out": plain(draft.left_out)})
        return 0
    _say_terms(draft)
    _say_changes(view.changes, view.rows[0].number if view.rows else "")
    return 0


def issue(arguments: argparse.Namespace) -> int:
    """Issues the next version and writes its document."""
    from partnerdesk.ops.agreements.copies import export_agreement
    from partnerdesk.ops.agreements.issuing import issue_agreement

    with books.writing(arguments) as store:
        day = books.day_of(store, arguments)
        store.transact(
            f"Issue agreement of {arguments.partner}",
            issue_agreement,
            arguments.partner,
            on=day,
            by=books.user(),
            at=_now(),
            holds_from=arguments.holds_from,
            template=arguments.text,
        )
        written = store.read(export_agreement, arguments.partner, arguments.out)
    return _say_written(arguments, written)


def export(arguments: argparse.Namespace) -> int:
    """Writes an issued version, byte for byte as it was issued."""
    from partnerdesk.ops.agreements.copies import export_agreement

    with books.reading(arguments) as store:
        written = store.read(export_agreement, arguments.partner, arguments.out, arguments.version)
    return _say_written(arguments, written)


def _say_written(arguments: argparse.Namespace, written: Any) -> int:
    note(arguments, written)
    if arguments.json:
        told = {"number": written.number, "version": written.version, "pages": written.pages}
        terminal.say_json({**told, "path": str(written.path), "replaced": written.replaced})
        return 0
    again = ", replacing an earlier export" if written.replaced else ""
    terminal.say(f"{written.number}, {terminal.counted(written.pages, 'page')}: {written.path}{again}")
    return 0


def listed(arguments: argparse.Namespace) -> int:
    """The issued versions of one partner, or of all."""
    from partnerdesk.engine.outcome.record import plain
    from partnerdesk.queries.agreements import agreements

    with books.reading(arguments) as store:
        rows = store.read(agreements, arguments.partner)
    if arguments.json:
        terminal.say_json({"agreements": plain(rows)})
        return 0
    head = ("Partner", "Version", "Number", "Issued", "Holds from", "Program", "Status", "Signed")
    for line in terminal.table(head, [_row(row) for row in rows], frozenset({1})):
        terminal.say(line)
    return 0


def _row(row: "AgreementRow") -> tuple[str, ...]:
    sign = row.signature
    signed = f"{sign.signed_on.isoformat()} by {sign.for_partner} and {sign.for_vendor}" if sign else ""
    days = row.issued_on.isoformat(), row.holds_from.isoformat()
    return (row.partner, str(row.version), row.number, *days, row.program_version, row.status, signed)


def diff(arguments: argparse.Namespace) -> int:
    """What differs between two issued versions; by default the newest and the one before it."""
    from partnerdesk.engine.outcome.record import plain
    from partnerdesk.queries.agreements import agreement_changes, agreement_named

    with books.reading(arguments) as store:
        after = store.read(agreement_named, arguments.partner, arguments.after)
        before = store.read(agreement_named, arguments.partner, arguments.before or after.version - 1)
        found = store.read(agreement_changes, before.id, after.id)
    if arguments.json:
        terminal.say_json({"before": before.number, "after": after.number, "changes": plain(found)})
        return 0
    _say_changes(found, before.number)
    return 0


def sign(arguments: argparse.Namespace) -> int:
    """Records the signed copy of a version by its digest; the file is not altered."""
    from partnerdesk.ops.agreements.copies import Signing, record_signed_copy
    from partnerdesk.queries.agreements import agreement_named

    with books.writing(arguments) as store:
        row = store.read(agreement_named, arguments.partner, arguments.version)
        day = books.day_of(store, arguments)
        given = Signing(
            signed_on=arguments.on or day,
            for_partner=arguments.for_partner,
            for_vendor=arguments.for_vendor,
            keeps_name=not arguments.forget_name,
            notes_on_partner=arguments.note_on_partner,
        )
        label = f"Record signature of {row.number}"
        store.transact(label, record_signed_copy, row.id, arguments.file, given, today=day, by=books.user(), at=_now())
        signed = store.read(agreement_named, arguments.partner, row.version).signature
    assert signed is not None
    if arguments.json:
        terminal.say_json({"number": row.number, "sha256": signed.sha256, "signed_on": signed.signed_on.isoformat()})
        return 0
    terminal.say(f"{row.number}: signed {signed.signed_on.isoformat()}, sha256 {signed.sha256}")
    return 0


def check(arguments: argparse.Namespace) -> int:
    """Says which version a file is the signed copy of; 1 where it is none."""
    from partnerdesk.ops.agreements.copies import recognised_file

    with books.reading(arguments) as store:
        found = store.read(recognised_file, arguments.partner, arguments.file)
    if arguments.json:
        terminal.say_json({"number": found.number, "version": found.version, "is_signed_copy": found.is_signed_copy})
    elif found.is_signed_copy and found.signature is not None:
        sign = found.signature
        by = f"signed {sign.signed_on.isoformat()} by {sign.for_partner} and {sign.for_vendor}"
        terminal.say(f"{arguments.file.name} is the signed copy of {found.number}, {by}.")
    elif found.version:
        terminal.complain(f"{arguments.file.name} is {found.number} as it was issued, without a recorded signature.")
    else:
        terminal.complain(f"{arguments.file.name} is no signed copy of an agreement of {arguments.partner}.")
    return 0 if found.is_signed_copy else 1


def text(arguments: argparse.Namespace) -> int:
    """Shows the text that agreements begin with, or puts another one in its place."""
    from partnerdesk.ops.agreements.texts import text_named, text_names, write_text
    from partnerdesk.program.agreement.template import PLACES, problems

    if arguments.places:
        for line in terminal.table(("Place", "Meaning"), [(f"{{{name}}}", says) for name, says in PLACES.items()]):
            terminal.say(line)
        return 0
    if arguments.file is None:
        with books.reading(arguments) as store:
            terminal.say(store.read(text_named, arguments.text).rstrip("\n"))
        return 0
    words = _words_of(arguments)
    wrong = problems(words, arguments.file.name)
    if wrong:
        return terminal.report(wrong)
    with books.writing(arguments) as store:
        known = arguments.text in store.read(text_names)
        before = store.read(text_named, arguments.text) if known else ""
        store.transact(f"Edit agreement text {arguments.text}", write_text, arguments.text, before, words, at=_now())
    terminal.say(f"The next agreements with the text {arguments.text} begin with {arguments.file.name}.")
    return 0


def _words_of(arguments: argparse.Namespace) -> str:
    from partnerdesk.errors import Refused

    try:
        return str(arguments.file.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise Refused(f"{arguments.file.name} is no UTF-8 text.", "Save it as UTF-8.") from None
    except OSError as error:
        raise Refused(f"{arguments.file.name} cannot be read: {error.strerror}.", "Check its place.") from error


def _say_terms(draft: "Draft") -> None:
    made = draft.agreement
    terminal.say(f"{made.number}, {made.name}: terms from {made.holds_from.isoformat()}")
    for section in made.sections:
        terminal.say(f"\n{section.title}" + (f" ({section.note})" if section.note else ""))
        for term in section.terms:
            clause = " · ".join(part for part in (term.reference, term.origin, term.since) if part)
            terminal.say(f"  {term.title}{f' [{clause}]' if clause else ''}: {term.sentence}")
            if term.numbers:
                terminal.say(f"    {term.numbers}")
    if draft.left_out:
        terminal.say("\nNot for this partner (no document says this)")
    for left in draft.left_out:
        terminal.say(f"  {left.key}, {left.title}: {left.reason}")


def _say_changes(found: "tuple[Change, ...]", before: str) -> None:
    if before:
        count = terminal.counted(len(found), "change") if found else "nothing but number and days"
        terminal.say(f"\nSince {before}: {count}")
    for change in found:
        terminal.say(f"  {change.what}  {change.where}: {change.title}")
        for word, words in (("was", change.before), ("now", change.after)):
            if words:
                terminal.say(f"    {word}: {words}")


def _plain(made: "Agreement") -> Any:
    from partnerdesk.engine.outcome.record import plain

    return plain(made)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
