"""Beginning, comparing, publishing and adding: how texts become versions of the book."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from partnerdesk.ui.actions import NEEDS, WRITABLE
from partnerdesk.ui.screens.program_pages import shelf as shelves
from partnerdesk.ui.screens.program_pages.drafting import now

if TYPE_CHECKING:
    from partnerdesk.ops.programs.trials import Money, Trial
    from partnerdesk.ui.screens.program import ProgramScreen


class Publishing:
    """Keeps the comparison of the text it was made for."""

    def __init__(self, screen: "ProgramScreen") -> None:
        self._screen = screen
        self._text = ""
        self.money: Money | None = None
        self.begun = ""  # the draft that was just begun, until it is shown

    def is_of(self, text: str) -> bool:
        """Whether the comparison at hand is that of a text."""
        return self.money is not None and self._text == text

    def forget(self) -> None:
        """The comparison at hand is not that of the text any more."""
        self.money = None
        self._screen.changes.show_money(None)

    # Why not

    def why_not_compare(self) -> str:
        """Why the draft cannot be compared now, in words."""
        study = self._screen.drafting.study
        if not self._screen.is_draft:
            return "Choose a draft first"
        if study is None:
            return "The text is being read"
        if study.stops:
            return f"Waits for {study.stops} problem{'s' if study.stops > 1 else ''} to be corrected"
        shelf = self._screen.shelf
        return "" if shelf is not None and shelf.versions else "There is no version to compare with yet"

    def why_not(self) -> str:
        """Why the draft cannot be published now, in words."""
        screen, study = self._screen, self._screen.drafting.study
        if not screen.is_draft:
            return "Choose a draft first"
        if not screen.is_writable:
            return NEEDS[WRITABLE]
        if study is None:
            return "The text is being read"
        if study.stops:
            return f"Publishing waits for {study.stops} problem{'s' if study.stops > 1 else ''} to be corrected"
        return self._clash() or self._differs()

    def _differs(self) -> str:
        cases = self._screen.drafting.cases
        if cases is None:
            return "Publishing waits for the cases"
        differs = sum(not case.is_met for case in cases)
        if not differs:
            return ""
        return "Publishing waits for the case that differs" if differs == 1 else f"{differs} cases differ"

    def _clash(self) -> str:
        study, shelf = self._screen.drafting.study, self._screen.shelf
        if study is None or study.program is None or shelf is None:
            return ""
        program, formats = study.program, self._screen.desk.formats
        if shelf.closed_until is not None and program.effective_from <= shelf.closed_until:
            return f"Its first day must come after {formats.day(shelf.closed_until)}, which is closed"
        if shelf.closed_until is not None and any(change.key == "currency" for change in study.changes):
            return f"What is closed in another currency would be counted in {program.currency}: begin a new book for it"
        if any(v.effective_from == program.effective_from for v in shelf.versions):
            return f"A version takes effect on {formats.day(program.effective_from)} already"
        if any(v.version == program.version for v in shelf.versions):
            return f"A version {program.version} is published already"
        return ""

    # Comparing

    def compare(self) -> None:
        """Show what the draft would have paid, under Changes."""
        if not self.why_not_compare():
            self._screen.tabs.show_tab("changes")
            self._compute(self._compared)

    def _compared(self, money: "Money | None") -> None:
        if money is None:
            self._screen.messages.say("info", "No period is over yet.", "There is nothing to compare.")
        else:
            self._screen.changes.show_money(money)

    def _compute(self, then: Any) -> None:
        from partnerdesk.ops.programs.trials import trial

        screen, text = self._screen, self._screen.drafting.text
        screen.drafting.save()
        if self.is_of(text):
            then(self.money)
            return
        screen.read(
            trial, screen.desk.today(), text, done=lambda given: self._evaluate(given, text, then), slot="trial"
        )

    def _evaluate(self, given: "Trial | None", text: str, then: Any) -> None:
        from partnerdesk.ops.programs.trials import money_moved

        screen = self._screen
        if given is None:
            then(None)
            return

        def done(money: "Money") -> None:
            self._text, self.money = text, money
            then(money)

        name = screen.drafting.item.name if screen.drafting.item else "draft"
        screen.desk.compute(
            money_moved,
            given,
            (name, text),
            label=f"Comparing with {given.instead_of}",
            done=done,
            failed=screen.show_error,
            slot="program.money",
        )

    # Drafts

    def new_draft(self) -> None:
        """A draft of the version that is shown; of the newest where a draft is shown; of the template without one."""
        from partnerdesk.ops.programs.drafts import create_draft

        screen = self._screen
        screen.drafting.save()
        base = screen.chosen.removeprefix("version ") if screen.chosen.startswith("version ") else ""
        if not base and screen.shelf is not None and screen.shelf.versions:
            base = screen.shelf.versions[-1].version
        label = f"New draft from {base}" if base else "New draft"
        screen.run(label, create_draft, today=screen.desk.today(), at=now(), based_on=base, done=self._begun)

    def _begun(self, id: int) -> None:
        self.begun = shelves.draft_key(id)
        self._screen.against = ""
        self._screen.tabs.show_tab("form")

    def discard(self) -> None:
        """Throw the draft away; Undo brings it back."""
        from partnerdesk.ops.programs.drafts import discard_draft

        screen, item = self._screen, self._screen.drafting.item
        if item is not None and item.draft is not None:
            screen.drafting.save()
            words = f"Draft {item.name} was discarded"
            screen.run(f"Discard draft {item.name}", discard_draft, item.draft, toast=words)

    # Publishing

    def ask(self) -> None:
        """Show the money that would have moved, then ask."""
        if not self.why_not():
            self._compute(self._confirm)

    def _confirm(self, money: "Money | None") -> None:
        from partnerdesk.ui.dialogs.publish import PublishDialog

        screen, study, item = self._screen, self._screen.drafting.study, self._screen.drafting.item
        if study is None or study.program is None or item is None or self.why_not():
            return
        text, formats = study.text, screen.desk.formats
        PublishDialog(
            screen.window(),
            study.program.version,
            formats.day(study.program.effective_from),
            money,
            study.changes,
            study.against,
            formats,
            screen.shell.state,
            lambda: self._publish(item.draft, text),
        ).open()

    def _publish(self, draft: "int | None", text: str) -> None:
        from partnerdesk.ops.programs.drafts import publish_draft

        self._screen.drafting.save()
        self._screen.run("Publish program version", publish_draft, draft, text, done=self._published)

    def _published(self, version: str) -> None:
        screen = self._screen
        screen.chosen = shelves.version_key(version)
        screen.tabs.show_tab("rules")
        screen.messages.say(
            "good", f"Version {version} is published.", "It never changes; write the next one as a draft."
        )

    # Adding

    def add_file(self, path: Path) -> None:
        """Add a version from a file; problems name their line, key and remedy."""
        from partnerdesk.ops.programs.versions import add_version
        from partnerdesk.program.reader import read_file

        screen, read = self._screen, read_file(path)
        if read.program is None:
            stops = [p for p in read.problems if not p.warning]
            more = f" And {len(stops) - 1} more." if len(stops) > 1 else ""
            screen.messages.say("bad", f"{path.name} was not added.", f"{stops[0]}{more}", keep=True)
            return
        closed = screen.shelf is not None and screen.shelf.closed_until is not None
        toast = "" if closed else f"Version {read.program.version} was added"  # closed statements keep it for good
        screen.run("Add program version", add_version, read.text, path.name, done=self._added(read), toast=toast)

    def _added(self, read: Any) -> Any:
        warnings = [p for p in read.problems if p.warning]

        def say(version: str) -> None:
            self._screen.chosen = shelves.version_key(version)
            self._screen.messages.say("good", f"Version {version} was added.")
            if warnings:
                self._screen.messages.say("warn", "Worth a look:", str(warnings[0]), keep=True)

        return say
