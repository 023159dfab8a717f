"""Who takes part and on which terms, in words: transitions."""

from collections.abc import Iterator

from partnerdesk.engine.reasons import day_words
from partnerdesk.engine.rules import Program
from partnerdesk.program.words.phrases import Said


def governance(program: Program) -> Iterator[Said]:
    """The rules about the program itself, those that differ from the defaults."""
    if program.transition.applies_to != "events":
        yield _transition(program)


def _transition(program: Program) -> Said:
    transition, first = program.transition, day_words(program.effective_from)
    if transition.applies_to == "new streams":
        sentence = (
            f"This version applies to deals and contracts that begin on {first} or later; what began before goes on "
            "under the version before."
        )
        return "transition", transition.reference, "Transition", sentence, "by the day of beginning", first
    since = day_words(transition.since) if transition.since else first
    sentence = (
        f"From {first} on this version applies to every event since {since}: earlier events are run again, and what "
        "closed statements posted differently is corrected in the next one."
    )
    return "transition", transition.reference, "Transition", sentence, "run again − posted", f"since {since}"
