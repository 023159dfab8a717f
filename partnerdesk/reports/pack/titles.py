"""The title of each page, drafted from its figures: it says the finding and claims only what the figures prove.

Each drafted title can be overridden by what a person wrote (`PackData.texts`). A title is one sentence with its
number; the line under it, the deck, names a cause or says nothing.
"""

from decimal import ROUND_CEILING, Decimal

from partnerdesk.reports.format import HARD_SPACE, MINUS, Formats
from partnerdesk.reports.pack import pipeline_words, renewal_words, words
from partnerdesk.reports.pack.data import Commitment, KeyFigure, PackData, ScoreView, StatementLine
from partnerdesk.reports.pack.outlook_fan import fan_title
from partnerdesk.reports.pack.renewing import DAYS, due

ZERO, _TENTH = Decimal(0), Decimal("0.1")


def title(page: str, data: PackData, formats: Formats) -> str:
    """The title a page carries: the person's, else the drafted one."""
    return data.text(page).title or _DRAFTS[page](data, formats)


def deck(page: str, data: PackData, formats: Formats) -> str:
    """The line under the title: the person's, else the drafted one, often empty."""
    drafted = _DECKS.get(page)
    return data.text(page).deck or (drafted(data, formats) if drafted else "")


def draft(page: str, data: PackData, formats: Formats) -> str:
    """The title drafted from the figures, whatever a person wrote."""
    return _DRAFTS[page](data, formats)


def summary_title(data: PackData, formats: Formats) -> str:
    parts = [_first_figure(data, formats), _tier_clause(data.score, formats), _renewal_clause(data)]
    said = [part for part in parts if part]
    period = f"{words.short_period(data.period)}{' so far' if data.is_open else ''}"
    return f"{period}: {', '.join(said)}" if said else f"{period}: nothing is measured yet"


def _first_figure(data: PackData, formats: Formats) -> str:
    figure = next((f for f in data.figures if f.value is not None and (f.value or f.previous)), None)
    if figure is None or figure.value is None:
        return ""
    name = words.small(figure.label).removesuffix(f" of the {data.period.unit}")  # the title begins with it
    if words.is_money(figure.unit) and not figure.value:
        return f"no {name}"
    if not words.is_money(figure.unit) or figure.previous is None or figure.previous <= 0:
        shown = words.quantity(formats, figure.value, figure.unit)
        return f"{name} {shown} {figure.unit}" if words.is_money(figure.unit) else f"{name} {shown}"
    return f"{name} {_moved(formats, figure, figure.value, figure.previous)}"


def _moved(formats: Formats, figure: KeyFigure, value: Decimal, before: Decimal) -> str:
    if value == before:
        return "unchanged"
    delta = words.change(formats, value, before, figure.unit)
    if not any(digit in delta for digit in "123456789"):
        least = formats.percent(_TENTH / 100) if words.is_money(figure.unit) else f"{formats.number(_TENTH, 1)} points"
        delta = f"less than {least}"
    return f"{'up' if value > before else 'down'} {delta.lstrip('+' + MINUS)}"


def _tier_clause(score: ScoreView | None, formats: Formats) -> str:
    if score is None or score.total is None:
        return ""
    ranks = {tier.name: n for n, tier in enumerate(score.tiers)}
    if ranks.get(score.reached, 0) > ranks.get(score.tier, 0):
        return f"figures reach{HARD_SPACE}{score.reached}"
    if ranks.get(score.reached, 0) < ranks.get(score.tier, 0):
        return f"figures reach{HARD_SPACE}{score.reached}, not {score.tier}"
    if score.next_tier is None:
        return f"{score.tier} kept"
    if score.points_short:
        whole = int(score.points_short.to_integral_value(ROUND_CEILING))
        points = f"one{HARD_SPACE}point" if whole == 1 else f"{whole}{HARD_SPACE}points"
        return f"{score.next_tier} within{HARD_SPACE}{points}"
    left = sum(not g.met for g in score.gates if not g.depth)
    return f"{score.next_tier} has {words.counted(left, 'gate')} open" if left else f"{score.next_tier} in reach"


def _renewal_clause(data: PackData) -> str:
    found = due(data)
    if found.flagged:
        count = words.counted(len(found.flagged), "renewal")
        return f"{count} past {'its' if len(found.flagged) == 1 else 'their'} notice date"
    return f"{words.counted(len(found.open), 'renewal')} due in {DAYS}{HARD_SPACE}days" if found.open else ""


def commitments_title(data: PackData, formats: Formats) -> str:
    states = [c.status for c in data.commitments]
    kept, whole = states.count("done"), len(states)
    if not whole:
        return "There are no earlier commitments to look back on"
    rest = [
        f"{states.count(state)} {'is' if states.count(state) == 1 else 'are'} {word}"
        for state, word in (("late", "late"), ("open", "not due yet"))
        if state in states
    ]
    dropped = states.count("dropped")
    rest += [f"{dropped} {'was' if dropped == 1 else 'were'} dropped"] if dropped else []
    if kept == whole:
        return f"We kept all {words.number_word(whole)} commitments" if whole > 1 else "We kept our commitment"
    return f"We kept {kept} of {whole} commitments; {', '.join(rest)}"


def commitments_deck(data: PackData, formats: Formats) -> str:
    late = [c for c in data.commitments if c.status == "late"]
    carried = [c for c in late if c.carried and c.carried_to]
    if not late:
        return ""
    if len(carried) == len(late):
        several = "Both late items are" if len(late) == 2 else f"All {words.number_word(len(late))} late items are"
        what = "The late item is" if len(late) == 1 else several
        return f"{what} carried over with a new date. Each side is held to the same list."
    if not carried:
        return ""
    count, verb = words.capital(words.number_word(len(carried))), "is" if len(carried) == 1 else "are"
    return f"{count} of {words.number_word(len(late))} late items {verb} carried over with a new date."


def score_title(data: PackData, formats: Formats) -> str:
    score, period = data.score, words.short_period(data.period)
    if score is None or score.total is None:
        return f"The score of {period} is not evaluated"
    shown = formats.number(score.total, 1)
    if score.next_tier is None:
        return f"Score {shown}: {score.reached}, the highest tier"
    left = [g for g in score.gates if not g.depth and not g.met]
    if score.points_short:
        return f"Score {shown}: {_short(score, formats)} short of {score.next_tier}{_help(score, len(left), formats)}"
    if left:
        gates = words.counted(len(left), "gate")
        return f"Score {shown} is enough for {score.next_tier}; {gates} {'is' if len(left) == 1 else 'are'} still open"
    return f"Score {shown}: all that {score.next_tier} asks for is met"


def _short(score: ScoreView, formats: Formats) -> str:
    gap = score.points_short or ZERO
    return f"{formats.number(gap, 1)}{HARD_SPACE}{'point' if gap == 1 else 'points'}"


def _help(score: ScoreView, left: int, formats: Formats) -> str:
    """What the largest lever is worth, and how many gates are open."""
    best = max((lever.gain for lever in score.levers), default=ZERO)
    gates = f"{words.counted(left, 'gate')} {'is' if left == 1 else 'are'} open" if left else ""
    if best > 0:
        return f"; the largest lever adds {formats.number(best, 1)}{f', and {gates}' if gates else ''}"
    return f", and {gates}" if gates else ""


def earnings_title(data: PackData, formats: Formats) -> str:
    earnings = data.earnings
    if earnings is None or not earnings.statements:
        return f"No statement of {words.short_period(data.period)} yet"
    last = earnings.statements[-1]
    month = words.month_of(formats, last.period)
    earned = f"{month} earned {formats.number(last.earned)}"
    if last.closing < 0:
        return f"{earned}; {formats.number(last.closing)} is carried forward and nothing is paid"
    if last.held <= 0:
        return f"{earned}, and nothing is held {_at_end(data, last, formats)}"
    return f"{earned}; {_held(data, last, formats)}"


def _held(data: PackData, last: StatementLine, formats: Formats) -> str:
    earnings = data.earnings
    held = formats.number(last.held)
    end = _at_end(data, last, formats)
    dated = [r for r in earnings.releases if r.total] if earnings else []
    if not dated:
        return f"{held} is held {end}"
    until = words.month_name(formats, max(r.month for r in dated))
    if earnings and earnings.undated == 0 and sum((r.total for r in dated), ZERO) == last.held:
        return f"the {held} held {end} is released by {until}"
    return f"of {held} held {end}, {formats.number(sum((r.total for r in dated), ZERO))} is released by {until}"


def _at_end(data: PackData, last: StatementLine, formats: Formats) -> str:
    """A quarter that goes on has no end yet: its last statement names its day."""
    if data.period.unit == "quarter" and last.period.end == data.period.end and not data.is_open:
        return "at quarter end"
    return f"at{HARD_SPACE}{formats.short_day(last.period.end)}"


def earnings_deck(data: PackData, formats: Formats) -> str:
    if data.earnings is None or not data.earnings.statements:
        return ""
    taken = sum((s.clawed_back for s in data.earnings.statements), ZERO)
    if not taken:
        return f"Nothing was clawed back in the {words.span(data.period)}."
    where = f"in the {words.span(data.period)}; the statements name each line"
    return f"{formats.amount(abs(taken))} was clawed back {where}."


def outlook_title(data: PackData, formats: Formats) -> str:
    view = data.outlook
    if view is not None and view.fan is not None:
        return fan_title(view.fan, formats)
    ahead = [m for m in view.months if not m.closed] if view else []
    if not ahead:
        return "Nothing is scheduled yet"
    first, last = (words.month_name(formats, m.month) for m in (ahead[0], ahead[-1]))
    scheduled = formats.compact(sum((m.earned for m in ahead), ZERO))
    everything = formats.compact(sum((m.earned_if_all for m in ahead), ZERO))
    if scheduled == everything:
        return f"{first} to {last}: {scheduled} earned as scheduled; no dated deal or renewal would change it"
    return f"{first} to {last}: {scheduled} earned as scheduled, {everything} if every dated deal and renewal closes"


def next_title(data: PackData, formats: Formats) -> str:
    sides = [[c for c in data.next.commitments if c.side == side] for side in ("vendor", "partner")]
    promised = _promised(sides[0], sides[1], data)
    if data.next.next_review is None:
        return f"{promised}; the next review has no date yet"
    return f"{promised}; we review them together on {words.long_day(formats, data.next.next_review, data.as_of)}"


def _promised(ours: list[Commitment], theirs: list[Commitment], data: PackData) -> str:
    if not ours and not theirs:
        return "No new commitment yet"
    if len(ours) == len(theirs):
        return f"{words.capital(words.counted(len(ours), 'commitment'))} each"
    mine = f"{words.capital(words.counted(len(ours), 'commitment'))} by {data.vendor.short}"
    return f"{mine}, {words.number_word(len(theirs)) if theirs else 'none'} by {data.partner.short}"


def appendix_title(data: PackData, formats: Formats) -> str:
    parts = ["definitions"] if data.appendix.definitions else []
    parts += ["what did not count"] if data.appendix.uncounted else []
    parts += ["where the data came from"]
    return words.capital(words.listed(parts))


_DRAFTS = {
    "pipeline": pipeline_words.title,
    "summary": summary_title,
    "commitments": commitments_title,
    "score": score_title,
    "earnings": earnings_title,
    "renewals": renewal_words.title,
    "outlook": outlook_title,
    "next": next_title,
    "appendix": appendix_title,
}
_DECKS = {
    "pipeline": pipeline_words.deck,
    "commitments": commitments_deck,
    "earnings": earnings_deck,
    "renewals": renewal_words.deck,
}
