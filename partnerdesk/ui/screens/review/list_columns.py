"""The columns of the lists behind a review, each edited in place."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from partnerdesk.errors import Refused
from partnerdesk.ui.screens.review.opened import OpenReview
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column, Edit
from partnerdesk.ui.typed_day import day_reader

if TYPE_CHECKING:
    from partnerdesk.queries.partners.people import PersonRow

STATES = {
    "open": ("info", "Open"),
    "late": ("late", "Late"),
    "done": ("good", "Done"),
    "dropped": ("blocked", "Dropped"),
    "proposed": ("", "New"),
}
NOTED = {
    "decision": "Decision",
    "win": "Win",
    "learning": "Learning",
    "feedback": "Partner feedback",
    "recalibrate": "Objective",
    "issue": "Issue",
}
SIDES = {"ours": "vendor", "theirs": "partner"}
VOICES = ("customer", "field team", "partner")
PAGE_CHOICES = {
    "": "",
    "Commitments": "2",
    "Score": "3",
    "Earnings": "4",
    "Renewals": "5",
    "Pipeline": "6",
    "Outlook": "7",
    "Next steps": "8",
}


class ListColumns:
    """Makes the columns of a list by its key."""

    def __init__(self, opened: OpenReview) -> None:
        self._opened = opened
        self._formats = opened.host.desk.formats

    def of(self, key: str) -> list[Column]:
        """The columns of a list."""
        made = {
            "people": self._people,
            "commitment": self._commitments,
            "promised": self._promised,
            "notes": self._notes,
            "heard": self._heard,
            "agenda": self._agenda,
        }
        return made[key]() if key in made else self._items(key)

    # Editing

    def _edit(
        self,
        op: Callable[..., Any],
        field: str,
        parse: Callable[[str], Any] = str.strip,
        show: Callable[[Any], str] = str,
        choices: Sequence[str] = (),
    ) -> Edit:
        def shown(row: Any) -> str:
            value = getattr(row, field)
            return "" if value is None else show(value)

        def commit(row: Any, value: Any) -> None:
            before = {field: getattr(row, field)}
            self._opened.change(f"Edit {field.replace('_', ' ')}", op, row.id, before, **{field: value})

        return Edit(shown, parse, commit, tuple(choices))

    def _person(self, op: Callable[..., Any]) -> Edit:
        """An owner: people of both sides are offered, and the beginning of a name is enough."""
        from partnerdesk.ops.joint.quick import person_named

        def known() -> "tuple[PersonRow, ...]":
            return self._opened.desk_view.known if self._opened.desk_view is not None else ()

        def parse(typed: str) -> str:
            found = person_named(typed.strip(), known()) if typed.strip() else None
            return found.name if found is not None else typed.strip()

        edit = self._edit(op, "owner", parse)
        return Edit(edit.text, edit.parse, edit.commit, choices_for=lambda _row: tuple(p.name for p in known()))

    def _day(self, op: Callable[..., Any], field: str) -> Edit:
        read = day_reader(self._opened.host.desk.today, self._formats)
        return self._edit(op, field, read, self._formats.day)

    def _one_of(self, op: Callable[..., Any], field: str, words: dict[str, Any]) -> Edit:
        """One of some words, each with the value it stands for."""

        def parse(text: str) -> Any:
            if text.strip() not in words:
                raise Refused(f"“{text}” is none of the choices.", "Choose one of the list.")
            return words[text.strip()]

        back = {value: word for word, value in words.items()}
        return self._edit(op, field, parse, lambda value: back.get(value, str(value)), tuple(words))

    # Lists

    def _agenda(self) -> list[Column]:
        from partnerdesk.ops.joint.reviews import change_item as op

        pages = {value: word for word, value in PAGE_CHOICES.items()}
        return [
            Column("text", "Topic", lambda r: r.text, kind=kinds.NAME, width=360, edit=self._edit(op, "text")),
            Column("detail", "Who leads, what for", lambda r: r.detail, width=330, edit=self._edit(op, "detail")),
            Column(
                "page",
                "Page",
                lambda r: pages.get(r.page, r.page),
                width=118,
                edit=self._one_of(op, "page", PAGE_CHOICES),
            ),
            Column(
                "minutes",
                "Minutes",
                lambda r: r.minutes,
                kind=kinds.NUMBER,
                width=84,
                sums=True,
                edit=self._edit(op, "minutes", whole),
            ),
        ]

    def _items(self, key: str) -> list[Column]:
        from partnerdesk.ops.joint.reviews import change_item as op

        columns = [
            Column("text", TITLES[key], lambda r: r.text, kind=kinds.NAME, width=300, edit=self._edit(op, "text")),
            Column(
                "detail",
                "Detail",
                lambda r: r.detail,
                width=330,
                edit=self._edit(op, "detail"),
            ),
        ]
        if key != "win":
            columns.append(Column("owner", "Owner", lambda r: r.owner, width=150, edit=self._person(op)))
            columns.append(
                Column("due", "Due", lambda r: r.due, self._formats.day, kinds.DAY, 98, edit=self._day(op, "due"))
            )
        if key == "issue":
            level = self._edit(op, "level", whole)
            columns.append(Column("level", "Level", lambda r: r.level, kind=kinds.NUMBER, width=62, edit=level))
        return columns

    def _notes(self) -> list[Column]:
        from partnerdesk.ops.joint.reviews import change_item as op

        return [
            Column("kind", "Noted as", lambda r: NOTED[r.kind], width=134, kind=kinds.MUTED),
            Column("text", "What was said", lambda r: r.text, kind=kinds.NAME, width=420, edit=self._edit(op, "text")),
            Column("owner", "Owner", lambda r: r.owner, width=150, edit=self._person(op)),
            Column("due", "Due", lambda r: r.due, self._formats.day, kinds.DAY, 98, edit=self._day(op, "due")),
            Column("became", "Became", became, kind=kinds.STATUS, width=130),
        ]

    def _people(self) -> list[Column]:
        from partnerdesk.ops.joint.reviews import change_attendee as op

        return [
            Column("name", "Name", lambda r: r.name, kind=kinds.NAME, width=240, edit=self._edit(op, "name")),
            Column("side", "Side", side, width=90, edit=self._one_of(op, "side", SIDES)),
            Column("role", "Role", lambda r: r.role, width=260, edit=self._edit(op, "role")),
        ]

    def _commitments(self) -> list[Column]:
        from partnerdesk.ops.joint.actions import change_action as op

        def owner(row: Any) -> tuple[str, str]:
            return ("", row.owner) if row.owner else ("warn", "assign owner")

        def due(row: Any) -> tuple[str, str]:
            return ("", self._formats.day(row.due)) if row.due else ("warn", "set a day")

        return [
            Column("text", "Commitment", lambda r: r.text, kind=kinds.NAME, width=340, edit=self._edit(op, "text")),
            Column("side", "Side", side, kind=kinds.MUTED, width=62, edit=self._one_of(op, "side", SIDES)),
            Column("owner", "Owner", owner, kind=kinds.STATUS, width=150, edit=self._person(op)),
            Column("due", "Due", due, kind=kinds.STATUS, width=120, sort=lambda r: r.due, edit=self._day(op, "due")),
            Column("measure", "Measure", lambda r: r.measure, width=200, edit=self._edit(op, "measure")),
            Column("state", "Status", lambda r: STATES[r.state], kind=kinds.STATUS, width=90),
        ]

    def _promised(self) -> list[Column]:
        def state(row: Any) -> tuple[str, str]:
            kind, word = STATES.get(row.state, ("", row.state))
            moved = f", now {self._formats.short_day(row.carried_due)}" if row.carried_due else ""
            return kind, word + moved

        def who(row: Any) -> str:
            return f"{side(row)}, {row.owner}" if row.owner else side(row)

        return [
            Column("text", "Promised", lambda r: r.text, kind=kinds.NAME, width=300),
            Column("owner", "Whose", who, width=190),
            Column("due", "Due", lambda r: r.due, self._formats.day, kinds.DAY, 98),
            Column("state", "Status", state, kind=kinds.STATUS, width=170),
            Column("outcome", "Reason or result", lambda r: r.came_of_it, kind=kinds.MUTED, width=200),
        ]

    def _heard(self) -> list[Column]:
        from partnerdesk.ops.joint.feedback import change_feedback as op

        return [
            Column("text", "What was said", lambda r: r.text, kind=kinds.NAME, width=380, edit=self._edit(op, "text")),
            Column("voice", "Voice", lambda r: r.voice, width=92, edit=self._one_of(op, "voice", same(VOICES))),
            Column("said_by", "Said by", lambda r: r.said_by, width=140, edit=self._edit(op, "said_by")),
            Column("day", "Day", lambda r: r.day, self._formats.day, kinds.DAY, 96, edit=self._day(op, "day")),
            Column("metric", "About", self._metric, width=150, edit=self._metric_edit(op)),
            Column(
                "shareable",
                "Quotable",
                lambda r: ("info", "Yes") if r.shareable else ("", "No"),
                kind=kinds.STATUS,
                width=90,
                edit=self._one_of(op, "shareable", {"No": False, "Yes": True}),
            ),
        ]

    def _metric(self, row: Any) -> str:
        desk = self._opened.desk_view
        return (desk.metric_name(row.metric) if desk is not None else row.metric) or "all of it"

    def _metric_edit(self, op: Callable[..., Any]) -> Edit:
        """The program's metrics by name; the list is made when the cell is opened."""

        def known() -> dict[str, str]:
            desk = self._opened.desk_view
            return {"all of it": ""} | ({name: key for key, name in desk.metrics} if desk is not None else {})

        def parse(text: str) -> str:
            wanted = {word.casefold(): key for word, key in known().items()}
            if text.strip().casefold() not in wanted:
                raise Refused(f"“{text}” is no metric of the program.", "Leave it empty for all of it.")
            return wanted[text.strip().casefold()]

        edit = self._edit(op, "metric", lambda text: parse(text) if text.strip() else "")
        return Edit(self._metric, edit.parse, edit.commit)


TITLES = {"win": "Win", "ask": "Ask", "decision": "Decision", "issue": "Issue"}


def side(row: Any) -> str:
    """Whose it is, as we say it."""
    return "ours" if row.side == "vendor" else "theirs"


def became(row: Any) -> tuple[str, str]:
    """What a line was turned into."""
    kind = row.became.partition(" ")[0]
    return {"action": ("good", "Commitment"), "plan": ("good", "Plan change")}.get(kind, ("", ""))


def same(words: Sequence[str]) -> dict[str, Any]:
    """Words that stand for themselves."""
    return {word: word for word in words}


def whole(text: str) -> int | None:
    """A whole number of minutes or a level; nothing for an empty text."""
    if not text.strip():
        return None
    if not text.strip().isdecimal():
        raise Refused("This is a whole number.", "Write for example 15.")
    return int(text)
