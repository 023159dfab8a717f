"""What a book teaches as it was known on a day, learned once and used for all its partners."""

from datetime import date
from functools import cached_property

from partnerdesk.engine.facts import Facts
from partnerdesk.forecast.business import Habit, habits
from partnerdesk.forecast.chances import Chances
from partnerdesk.forecast.exported import Exported, exported
from partnerdesk.forecast.follows import Follows
from partnerdesk.forecast.record_of_habits import Record


class Learned:
    """Chances, habits and their record. The facts must be those known on the day."""

    def __init__(self, facts: Facts, as_of: date) -> None:
        self.facts, self.as_of = facts, as_of
        self.chances, self.follows = Chances(facts, as_of), Follows(facts)

    def supposing(self, facts: Facts) -> "Learned":
        """The same chances, habits and record for facts of which some are another way."""
        found = Learned(facts, self.as_of)
        found.chances, found.follows = self.chances, self.follows
        found.exported, found.habits, found.records = self.exported, self.habits, self.records
        return found

    @cached_property
    def exported(self) -> Exported:
        """What an export hides of it."""
        return exported(self.facts)

    @cached_property
    def habits(self) -> dict[tuple[str, str], Habit]:
        return habits(self.facts, self.as_of)

    @cached_property
    def records(self) -> dict[str, Record]:
        """The record of each kind of business."""
        return {kind: Record(self.habits, kind, self.as_of) for kind in sorted({kind for _, kind in self.habits})}
