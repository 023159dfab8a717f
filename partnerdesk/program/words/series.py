"""Which events of an earning count, and under whose terms, in words: a sentence for every key that is set."""

from collections.abc import Iterator

from partnerdesk.engine.rules import Count, Earning, Program
from partnerdesk.engine.rules.earnings import REGISTRATION
from partnerdesk.engine.terms.asking import need_words
from partnerdesk.engine.terms.triggers import LINES, OTHERS, PERIOD_END, trigger_of
from partnerdesk.engine.world.where_words import spoken
from partnerdesk.program.words.facts import where_words
from partnerdesk.program.words.naming import earning_says, many, metric_says, period_noun


def trigger_words(program: Program, rule: Earning) -> str:
    """When it happens: "When a deal is won whose kind is new, if joint revenue is at least 1,000"."""
    if rule.on == PERIOD_END:
        when = f"At the end of each {period_noun(rule.every or 'quarter')}"
    elif rule.on == LINES:
        whose = f"a partner {_how_far(rule)} earns" if rule.of == "sub-partners" else "you earn"
        when = f"When {whose} {earning_says(program, rule.earning)}"
    else:
        trigger = trigger_of(rule)
        when = f"When {trigger.says if trigger else OTHERS[rule.on]}"
    if rule.of == "sub-partners" and rule.on != LINES:
        when += f" at a partner {_how_far(rule)}"
    which = where_words(rule.where, one=True)
    if which and rule.trigger is not None:  # its words need not end with what the filter is about
        noun = rule.trigger.fact.replace("_", " ")
        which = f", for {'an' if noun[0] in 'aeiou' else 'a'} {noun}{which}"
    when += which
    if rule.when is not None:
        when += f", if {need_words(program, rule.when)}"
    return when


def _how_far(rule: Earning) -> str:
    return "directly below you" if rule.level == 1 else f"{rule.level} levels below you"


def group_sentences(program: Program, rule: Earning) -> Iterator[str]:
    """In which metrics' groups an event's own has to count, or must not."""
    for name, which in ((rule.among, "that counts"), (rule.without, "that does not count")):
        groups = program.metric[name].groups if name else None
        if groups is not None:
            yield f"It is earned only of a {spoken(groups.by)} {which} in {metric_says(program, name)}"


_STREAMS = {
    "contract": "its contract",
    "deal": "its deal",
    "customer": "the customer's business",
    "customer and product": "the customer's product line",
}


_WHOSE_TIER = {
    "theirs": "The tier of the partner below counts",
    "difference": "What the same table gives for the tier of the partner below is taken off the rate for your tier; "
    "where nothing is left nothing is earned",
}


def series_sentences(rule: Earning) -> Iterator[str]:
    """What more decides whether an event counts, and which tier and version it counts under."""
    if rule.while_active:
        yield "It is earned only while the customer has a contract in force"
    if rule.for_months is not None:
        yield f"It is earned only within {many(rule.for_months, 'month')} of the start of {_STREAMS[rule.stream]}"
    if rule.once_per:
        yield f"Only the first one per {rule.once_per} counts"
    if rule.count is not None:
        yield _count(rule, rule.count)
    if rule.measured == "event":
        yield "What is measured for it is measured up to its own day"
    if rule.tier_as_of != "event":
        yield f"The tier at the {_of_what(rule, rule.tier_as_of)} counts"
    if rule.tier_of in _WHOSE_TIER:
        yield _WHOSE_TIER[rule.tier_of]
    if rule.rules_as_of != "event":
        yield f"The rule that was in force at the {_of_what(rule, rule.rules_as_of)} stays"
    if rule.credit == "full":
        yield "It is paid in full where several partners are credited"


def _of_what(rule: Earning, as_of: str) -> str:
    """A day in words: the start of its contract, the end of its period, the registration of its deal."""
    if as_of == REGISTRATION:
        return f"{as_of} of its deal"
    word = as_of.rpartition(" ")[2].replace("renewal", "latest renewal (or else the start)")
    return f"{word} of {_STREAMS[rule.stream] if as_of.startswith('stream') else 'its period'}"


def _count(rule: Earning, count: Count) -> str:
    """Which of a series count."""
    per = rule.stream if count.per == "stream" else count.per
    of = f" of each {per}" + (f" in each {period_noun(count.over)}" if count.over else "")
    if count.last is None:
        return f"They count from number {count.first}{of} on"
    if count.first == count.last == 1:
        return f"Only the first{of} counts"
    if count.first == 1:
        return f"Only the first {count.last}{of} count"
    if count.first == count.last:
        return f"Only number {count.first}{of} counts"
    return f"Only numbers {count.first} to {count.last}{of} count"
