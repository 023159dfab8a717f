"""Going where an open check is put right: a field, a cell of a list that opens, a page, or another screen."""

from typing import TYPE_CHECKING

from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.screens.review.checks import Check, Target

if TYPE_CHECKING:
    from partnerdesk.ui.screens.review.builder import ReviewBuilder


def put_right(builder: "ReviewBuilder", check: Check) -> None:
    """Open what a check is about."""
    target, shell = check.target, builder.host.shell
    if target is None:
        builder.show_partner_variant()
    elif target.key == "data":
        shell.commands.trigger("data.import")
    elif target.key == "actions":
        shell.go(Place("actions", "", "actions", f"#{target.row}"))
    elif target.key == "partner" and builder.view is not None:
        shell.go(Place("partners", builder.view.review.partner, target.column))
    else:
        _jump(builder, target)


def _jump(builder: "ReviewBuilder", target: Target) -> None:
    builder.go_to(target.key)
    fields = builder.lists.meeting.fields
    if target.column in ("title", "deck"):
        builder.aside.edit(target.column)
    elif target.key == "list.agenda" and target.column in fields:
        fields[target.column].setFocus()
    elif target.row is not None:
        builder.lists.select(target.row, target.column)
    elif target.key == "list.commitment":
        builder.lists.add_line()
    elif builder.is_list:
        builder.lists.tables[builder.lists.key].setFocus()
