"""Going where an open check is put right: a field, a cell of a list that opens, a page, or another screen."""

from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.screens.review.aside import ReviewAside
from partnerdesk.ui.screens.review.checks import Check, Target
from partnerdesk.ui.screens.review.lists import ReviewLists
from partnerdesk.ui.screens.review.opened import OpenReview


def put_right(opened: OpenReview, lists: ReviewLists, aside: ReviewAside, check: Check) -> None:
    """Open what a check is about."""
    target, shell = check.target, opened.host.shell
    if target is None:
        opened.show_partner_variant()
    elif target.key == "data":
        shell.commands.trigger("data.import")
    elif target.key == "actions":
        shell.go(Place("actions", "", "actions", f"#{target.row}"))
    elif target.key == "partner" and opened.view is not None:
        shell.go(Place("partners", opened.view.review.partner, target.column))
    else:
        _jump(opened, lists, aside, target)


def _jump(opened: OpenReview, lists: ReviewLists, aside: ReviewAside, target: Target) -> None:
    opened.go_to(target.key)
    fields = lists.meeting.fields
    if target.column in ("title", "deck"):
        aside.edit(target.column)
    elif target.key == "list.agenda" and target.column in fields:
        fields[target.column].setFocus()
    elif target.row is not None:
        lists.select(target.row, target.column)
    elif target.key == "list.commitment":
        lists.add_line()
    elif opened.is_list:
        lists.tables[lists.key].setFocus()
