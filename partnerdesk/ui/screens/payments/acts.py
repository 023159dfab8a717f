"""What is done with payments: a run released after its second confirmation, its files, remittances matched, items
withdrawn.
"""

from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from partnerdesk import paths
from partnerdesk.ui.screens.need_words import plural

if TYPE_CHECKING:
    from partnerdesk.ops.payments.files import WrittenRun
    from partnerdesk.ops.payments.matching import Matched
    from partnerdesk.queries.payments.runs import ItemRow, RunRow
    from partnerdesk.ui.screens.payments.page import PaymentsPage


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def ask_release(page: "PaymentsPage") -> None:
    """Ask for the total and both names, then release everything that is due."""
    from partnerdesk.ui.dialogs.total import TotalDialog

    ready = page.ready()
    if not ready:
        return
    total, currency = sum((r.net for r in ready if r.kind == "pay"), Decimal(0)), ready[0].currency
    many = f"{len(ready)} payment{'s' if len(ready) > 1 else ''}"
    words = (
        f"{page.desk.formats.accounting(total)} {currency} are paid out net. Finance gets the items as a file; what it "
        "pays settles them. A released run never changes: an item that is not paid can be withdrawn."
    )
    dialog = TotalDialog(page.window(), f"Release {many}?", words, f"Release {many}", (total, currency))
    dialog.confirm(page.desk.formats, page.desk.user, "payment run", lambda *said: _release(page, *said))


def _release(page: "PaymentsPage", maker: str, checker: str, total: Decimal) -> None:
    from partnerdesk.ops.payments.releasing import release_run
    from partnerdesk.queries.statements.approvals import step_label

    today = page.desk.today()
    said: dict[str, Any] = {"maker": maker, "checker": checker, "total": total, "at": _now()}
    label = step_label("Release payments", maker, checker)
    page.host.run(label, release_run, today, today, done=lambda run: _released(page, run), **said)


def _released(page: "PaymentsPage", run: "RunRow") -> None:
    said = f"{run.number} is released with {plural(len(run.items), 'item')}"
    page.host.shell.toast(said, "Write files", lambda: write(page, run.number))


def write(page: "PaymentsPage", number: str) -> None:
    """Write a run as CSV and XLSX into the folder of exports."""
    from partnerdesk.ops.payments.files import write_run

    folder = paths.folder("exports") / "payments"
    page.host.read(write_run, number, folder, page.desk.formats, done=lambda w: _written(page, w), slot="payments.file")


def _written(page: "PaymentsPage", written: "WrittenRun") -> None:
    from partnerdesk.ui.outgoing import note_left
    from partnerdesk.ui.screens.files import open_folder

    note_left(page.host, written)
    words = f"{written.csv.name} written, with its workbook"
    page.host.shell.toast(words, "Open folder", lambda: open_folder(written.csv.parent))


def match(page: "PaymentsPage") -> None:
    """Settle items with the payments that are in the book."""
    from partnerdesk.ops.payments.matching import match_remittances
    from partnerdesk.queries.payments.runs import MATCHING

    page.host.run(MATCHING, match_remittances, by=page.desk.user, done=lambda found: _say_matched(page, found))


def _say_matched(page: "PaymentsPage", found: "Matched") -> None:
    settled, left = len(found.pairs), len(found.open)
    said = f"{settled} item{'s' if settled != 1 else ''} settled by this match, {len(found.settled)} in all"
    said = f"{said}; {left} still open."
    other = ""
    if found.unexpected:
        first = found.unexpected[0]
        amount = page.desk.formats.accounting(first.amount or Decimal(0))
        more = f", and {len(found.unexpected) - 1} more" if len(found.unexpected) > 1 else ""
        other = f"{amount} {first.currency} to {first.partner} settles nothing: {found.reasons[first.id]}{more}."
    page.host.messages.say("warn" if other else "good", said, other, keep=bool(other))


def ask_withdraw(page: "PaymentsPage", row: "ItemRow") -> None:
    """Ask why, then take the item back."""
    from partnerdesk.ui.dialogs.reason import ReasonDialog

    def withdraw(reason: str) -> None:
        from partnerdesk.ops.payments.releasing import withdraw_item

        said: dict[str, Any] = {"reason": reason, "on": page.desk.today(), "by": page.desk.user, "at": _now()}
        words = f"{row.reference} withdrawn"
        page.host.run(f"Withdraw {row.reference}", withdraw_item, row.reference, toast=words, **said)

    words = f"{row.reference} of {row.name} was not paid. What it held is due again."
    ReasonDialog(page.window(), f"Withdraw {row.reference}?", words, "Withdraw", withdraw).open()
