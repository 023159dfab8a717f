"""Who takes part and on which terms, in words: transitions, eligibility, modules, clauses, stages."""

from collections.abc import Iterator

from partnerdesk.engine.figures.reasons import day_words
from partnerdesk.engine.rules import Clause, Gate, Program, Stage
from partnerdesk.engine.terms.asking import need_words
from partnerdesk.engine.terms.modules import KINDS, laid_over
from partnerdesk.program.words.facts import where_words
from partnerdesk.program.words.fiscal import fiscal
from partnerdesk.program.words.metrics import metric_sentence
from partnerdesk.program.words.naming import earning_says, inside, listed, period_noun
from partnerdesk.program.words.phrases import Said


def governance(program: Program) -> Iterator[Said]:
    """The rules about the program itself, those that differ from the defaults."""
    yield from fiscal(program)
    if program.transition.applies_to != "events":
        yield _transition(program)
    rule = program.eligibility
    if rule.join is not None:
        sentence = f"The program is for partners for whom this holds: {need_words(program, rule.join)}."
        yield "eligibility.join", "", "Who takes part", sentence, "", ""
    if rule.earn is not None:
        yield _gate(program, "earn", rule.earn)
    if rule.pay is not None:
        yield _gate(program, "pay", rule.pay)
    if program.stage:
        yield _stages(program)
    if program.benchmark.metrics or program.benchmark.score:
        yield _benchmark(program)
    for name, clause in program.clause.items():
        yield f"clause.{name}", clause.reference, clause.says, _clause(clause), "", ""


# What a gate opens: its title, what happens, and what is done while it is shut.
_GATES = {
    "earn": ("Condition to earn", "earned", "is held until it is met again", "nothing is earned"),
    "pay": ("Condition to be paid", "paid", "is carried over until it is met again", "what is due is lost"),
}


def _gate(program: Program, name: str, gate: Gate) -> Said:
    title, done, held, lost = _GATES[name]
    condition = need_words(program, gate.when)
    other = f"what is due {held}" if gate.otherwise == "suspend" else lost
    said = gate.says[:1].lower() + gate.says[1:] if gate.says else condition
    sentence = (
        f"Commission is {done} only on this condition, in the {period_noun(gate.every)}: {said}; otherwise {other}."
    )
    return f"eligibility.{name}", gate.reference, title, sentence, "", condition


def _benchmark(program: Program) -> Said:
    """What a partner sees of the others, and when it does not."""
    rule = program.benchmark
    told = [inside(program.metric[name].says) for name in rule.metrics]
    compared = listed([*(["score"] if rule.score else []), *told])
    others = "the other partners of its type" if rule.among == "type" else "all other partners"
    sentence = (
        f"A partner may see its {compared} beside the median and the quartiles of {others}, rounded and without names, "
        f"where at least {rule.least} others have a figure. Its own figures count in what others see in the same way."
    )
    return "benchmark", rule.reference, "Comparison with other partners", sentence, "", f"at least {rule.least} others"


def dispute_words(program: Program) -> str:
    """How a line of a statement is disputed, what happens meanwhile, and what becomes of it."""
    rule = program.disputes
    held = (
        "what of the line is not paid yet is held until then" if rule.meanwhile == "hold" else "the line stays payable"
    )
    return (
        f"A line of a statement may be disputed within {rule.within_days} days from the day on which the statement is "
        f"issued; an answer is given within {rule.answer_days} days, and {held}. A closed statement stays as it is: "
        "what a dispute changes is posted in a later one, with its reason."
    )


def _clause(clause: Clause) -> str:
    """The clause as it is written, for whom it is, and the days on which it holds."""
    who = f"For partners{where_words(clause.partner)}: " if clause.partner else ""
    first = f" from {day_words(clause.since)}" if clause.since else ""
    last = f" until {day_words(clause.until)}" if clause.until else ""
    return f"{who}{clause.text.strip()}{f' It holds{first}{last}.' if first or last else ''}"


def _stages(program: Program) -> Said:
    """The stages in order, what completes each, and what is paid for it."""
    parts = [stage_words(program, stage) for stage in program.stage]
    names = ", ".join(stage.name for stage in program.stage)
    return "stage", "", "Stages", " ".join(parts), "the first stage that is not done", names


def stage_words(program: Program, stage: Stage) -> str:
    """One stage: what it is for, what completes it, its milestones and what is paid for it."""
    says = f": {stage.says}" if stage.says else ""
    done = f"; done when {need_words(program, stage.done_when)}" if stage.done_when else "; it goes on"
    reached = f"; milestones: {', '.join(stage.milestones)}" if stage.milestones else ""
    paid = [earning_says(program, name) for name in stage.incentive if name in program.earning]
    return f"{stage.name}{says}{done}{reached}{f'; rewarded with {listed(paid)}' if paid else ''}."


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
    fits = where_words(module.partner, one=True)
    kinds = [getattr(module, kind) for kind in KINDS[1:]]
    told = [inside(rule.says) for rules in kinds for rule in rules.values()]
    gone = [inside(getattr(program, key.split(".")[0])[key.split(".")[1]].says) for key in module.drops]
    parts = [f"has its own terms for {listed(told)}"] if told else []
    parts += [f"does not have {listed(gone)}"] if gone else []
    told_of = listed(parts) if parts else "has measures of its own" if module.metric else "has the same terms as others"
    changed = laid_over(program, [name])
    measured = [f" For it: {metric_sentence(changed, metric)}" for metric in module.metric]
    whose = fits
    if module.enrolled:
        whose += f"{' and' if fits else ''} that is enrolled in it"
        told_of += ", from the day of its enrolment until one without it"
    sentence = f"A partner{whose} {told_of}.{''.join(measured)}"
    return f"module.{name}", module.reference, module.says, sentence, "", fits.strip().removeprefix("whose ")
