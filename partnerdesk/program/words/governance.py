"""Who takes part and on which terms, in words: transitions, modules."""

from collections.abc import Iterator

from partnerdesk.engine.modules import KINDS
from partnerdesk.engine.reasons import day_words
from partnerdesk.engine.rules import Program
from partnerdesk.program.words.phrases import Said, where_words


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


def module_words(program: Program, name: str) -> Said:
    """Whom a module is for, and what it changes."""
    module = program.module[name]
    who = where_words(module.partner).removeprefix(" whose ")
    kinds = [getattr(module, kind) for kind in KINDS[1:]]
    told = [rule.says for rules in kinds for rule in rules.values()]
    gone = [getattr(program, key.split(".")[0])[key.split(".")[1]].says for key in module.drops]
    parts = [f"has its own terms for {_listed(told)}"] if told else []
    parts += [f"does not have {_listed(gone)}"] if gone else []
    sentence = f"A partner{f' whose {who}' if who else ''} {' and '.join(parts) or 'has its own measures'}."
    return f"module.{name}", module.reference, module.says, sentence, "", who


def _listed(names: list[str]) -> str:
    said = [name[:1].lower() + name[1:] for name in names]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
