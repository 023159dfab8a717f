"""What a playbook is: a template of actions in days from a start, and the day that such a number of days means."""

from dataclasses import dataclass
from datetime import date, timedelta

VENDOR, PARTNER = "vendor", "partner"
TEAMS = ("partner management", "sales engineering", "marketing", "customer success", "product", "partner")
_WEEKEND = 5  # the weekday from which on nobody works


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybookStep:
    """An action to come, `days` after the start (before it below zero); `id` is None in a shipped playbook."""

    id: int | None
    position: int
    text: str
    side: str
    team: str
    role: str
    days: int
    measure: str
    internal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Playbook:
    """`key` is that of its file, or own-3; `metrics` are keys of programs, of which the first known one counts."""

    key: str
    id: int | None
    title: str
    says: str
    stages: tuple[str, ...]
    types: tuple[str, ...]
    goal: str
    metrics: tuple[str, ...]
    workdays: bool
    steps: tuple[PlaybookStep, ...] = ()

    @property
    def is_own(self) -> bool:
        return self.id is not None

    @property
    def teams(self) -> tuple[str, ...]:
        """The teams that it asks, each once."""
        return tuple(dict.fromkeys(step.team for step in self.steps if step.team))

    @property
    def length(self) -> int:
        """Days from the first to the last step."""
        days = [step.days for step in self.steps]
        return max(days) - min(0, *days) if days else 0

    def fits_stage(self, stage: str) -> bool:
        """Whether it is made for a stage of this name."""
        return any(word.casefold() in stage.casefold() for word in self.stages)

    def fits_type(self, type: str) -> bool:
        """Whether it is made for a type of partner; one that names none is for all."""
        return not self.types or type.casefold() in {t.casefold() for t in self.types}


def due_day(start: date, days: int, workdays: bool) -> date:
    """The day so many days after the start; where working days are meant, Saturdays and Sundays are none."""
    if not workdays:
        return start + timedelta(days=days)
    step, day = timedelta(days=1 if days >= 0 else -1), start
    while day.weekday() >= _WEEKEND:  # a start on a weekend is the next working day, or the one before
        day += step
    for _ in range(abs(days)):
        day += step
        while day.weekday() >= _WEEKEND:
            day += step
    return day


def words_of(text: str) -> tuple[str, ...]:
    """The words of a list as a person types it: divided by commas."""
    return tuple(word.strip() for word in text.split(",") if word.strip())
