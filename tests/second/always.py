"""What always holds, on any program: both modes agree, figures replay, lines and buckets add up, order and clock are
nothing to it, a fact that is taken back leaves nothing behind, limits only do what their names say.

Each check raises AssertionError with the place where it fails.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from partnerdesk.engine.evaluate import evaluate, explain
from partnerdesk.engine.facts import Facts
from partnerdesk.engine.figures.replay import replay
from partnerdesk.engine.outcome import HELD, TOPUP
from partnerdesk.engine.outcome.record import canonical
from partnerdesk.engine.whole import Evaluation
from tests.engine.cases import views
from tests.second.closed import (
    a_correction_comes_once,
    an_edited_program_touches_no_closed_line,
    facts_taken_back_are_made_good_once,
    late_facts_are_made_good_once,
    what_is_corrected_is_made_good_once,
    what_was_lost_is_made_good_once,
)
from tests.second.maker.draw import Draw
from tests.second.maker.facts import one_more
from tests.second.maker.pair import Pair
from tests.second.splitting import marginal_bands_are_indifferent_to_splitting_and_monotone
from tests.second.waived import a_waived_debt_stood_below_zero

ZERO, FLOOR = Decimal(0), Decimal(250)


def text(found: Evaluation[Decimal]) -> bytes:
    """Everything of an evaluation as one text."""
    return canonical(
        {
            id: (o.lines, o.entries, o.scores, o.standings, o.statements, o.payouts, o.stages)
            for id, o in found.partners.items()
        }
    )


def modes_agree_and_figures_replay(pair: Pair) -> None:
    plain = evaluate(pair.programs, pair.facts, pair.as_of).partners
    traced = explain(pair.programs, pair.facts, pair.as_of).partners
    for partner, outcome in traced.items():
        assert plain[partner].metrics.keys() == outcome.metrics.keys(), partner
        for where, value, figure in views(plain[partner], outcome):
            assert figure.value == value, f"{partner} {where}: {figure.value} in figures, {value} in values"
            assert replay(figure) == value, f"{partner} {where}: replay gives {replay(figure)}, not {value}"


def statements_tie(pair: Pair) -> None:
    for partner, outcome in evaluate(pair.programs, pair.facts, pair.as_of).partners.items():
        held = payable = ZERO
        for statement in outcome.statements.values():
            where = f"{partner} {statement.period}"
            opening, closing = statement.row("opening"), statement.row("closing")
            assert (opening.held, opening.payable) == (held, payable), where
            moved = [row for row in statement.rows if row.key not in ("opening", "closing")]
            assert opening.total + sum((row.total for row in moved), ZERO) == closing.total, where
            assert all(row.held + row.payable == row.total for row in statement.rows), where
            assert all(row.total == 0 for row in moved if row.transfer), where
            assert closing.held == sum((part.remaining for part in statement.held), ZERO), where
            assert [check.name for check in statement.checks if not check.is_ok] == [], where
            held, payable = closing.held, closing.payable


def nothing_is_taken_beyond_what_was_earned(pair: Pair) -> None:
    for outcome in evaluate(pair.programs, pair.facts, pair.as_of).partners.values():
        sums: dict[str, Decimal] = defaultdict(lambda: ZERO)
        for entry in outcome.entries:
            if entry.line and entry.kind != "adjustment":
                sums[entry.line] += entry.amount
        for line in outcome.lines:
            low, high = min(line.amount, ZERO), max(line.amount, ZERO)
            assert low <= sums[line.id] <= high, f"{line.id}: {sums[line.id]} is left of {line.amount}"


def slices_sum_to_the_principal(pair: Pair) -> None:
    """What is posted of a line is the line; what is put aside of it and released again is nothing in sum."""
    for partner, outcome in evaluate(pair.programs, pair.facts, pair.as_of).partners.items():
        posted: dict[str, Decimal] = defaultdict(lambda: ZERO)
        moved: dict[str, Decimal] = defaultdict(lambda: ZERO)
        held: dict[str, Decimal] = defaultdict(lambda: ZERO)
        for entry in outcome.entries:
            posted[entry.line] += entry.amount if entry.kind in ("accrual", "topup") else ZERO
            moved[entry.line] += entry.amount if entry.kind in ("deferral", "holdback", "release") else ZERO
            held[entry.line] += entry.amount if entry.kind == "deferral" and entry.bucket == HELD else ZERO
        for line in outcome.lines:
            assert posted[line.id] == line.amount, f"{partner} {line.id}: {posted[line.id]} posted of {line.amount}"
            assert moved[line.id] == 0, f"{partner} {line.id}: transfers come to {moved[line.id]}"
            assert abs(held[line.id]) <= abs(line.amount), f"{partner} {line.id}: {held[line.id]} of it is deferred"


def no_two_lines_have_one_id(pair: Pair) -> None:
    for partner, outcome in evaluate(pair.programs, pair.facts, pair.as_of).partners.items():
        times = Counter(line.id for line in outcome.lines)
        assert [id for id, number in times.items() if number > 1] == [], partner


def a_line_keeps_its_id(pair: Pair) -> None:
    """What earned on a day is called the same months later, where the same version still pays for it.

    A retroactive version that came meanwhile takes days of a period from the one before, whose line has another name.
    """
    before, ids = pair.as_of - timedelta(days=150), dict[Any, set[str]]()
    is_changed = (p.transition.applies_to == "retroactive" and p.effective_from > before for p in pair.programs)
    if any(is_changed):
        return
    for partner, outcome in evaluate(pair.programs, pair.facts, pair.as_of).partners.items():
        for line in outcome.lines:
            ids.setdefault((partner, _origin(line)), set()).add(line.id)
    for partner, outcome in evaluate(pair.programs, pair.facts, before).partners.items():
        for line in outcome.lines:
            now = ids.get((partner, _origin(line)), {line.id})
            assert line.id in now, f"{partner}: {line.id} is called {now} later"


def _origin(line: Any) -> tuple[Any, ...]:
    """What a line is about, whatever its id: a tier that is reached, too. One on a line is about that line, which has
    an id of its own.
    """
    fact = (line.fact_kind, line.fact_id) if line.fact_id else ("", line.tier)
    return line.rule.key, line.rule.version, line.event, line.period.label, fact


def order_never_matters(pair: Pair) -> None:
    before = text(evaluate(pair.programs, pair.facts, pair.as_of))
    draw = random.Random(pair.number)
    turned = Facts({kind: tuple(draw.sample(rows, len(rows))) for kind, rows in pair.facts.rows.items()})
    assert text(evaluate(pair.programs[::-1], turned, pair.as_of)) == before


def explanations_keep_their_order(pair: Pair) -> None:
    """What did not count is told in one order, however the rows stand in their files."""
    draw = random.Random(pair.number)
    turned = Facts({kind: tuple(draw.sample(rows, len(rows))) for kind, rows in pair.facts.rows.items()})
    before, after = (explain(pair.programs, facts, pair.as_of).partners for facts in (pair.facts, turned))
    for partner, outcome in before.items():
        for key, found in outcome.metrics.items():
            others = after[partner].metrics[key]
            assert _left_out(found) == _left_out(others), f"{partner} {key}"


def _left_out(found: Any) -> list[tuple[Any, str]]:
    excluded = found.value.excluded if found.value is not None else found.excluded
    return [(one.fact.id, one.reason) for one in excluded]


def reversing_a_fact_restores_every_number(pair: Pair) -> None:
    before = text(evaluate(pair.programs, pair.facts, pair.as_of))
    more = one_more(Draw(pair.number), pair.facts)
    evaluate(pair.programs, more, pair.as_of)
    less = Facts({kind: tuple(r for r in rows if r.id != "ZZ") for kind, rows in more.rows.items()})
    assert text(evaluate(pair.programs, less, pair.as_of)) == before


def limits_do_what_their_names_say(pair: Pair) -> None:
    """Without caps no line is smaller; a safety net's line is above zero. Where nothing is measured of what is paid."""
    if any(m.of == "earning" for p in pair.programs for m in p.metric.values()):
        return
    if any(rule.on == "earning" for p in pair.programs for rule in p.earning.values()):
        return
    bare = [replace(p, cap={}, safety_net={}, module=_without_limits(p.module)) for p in pair.programs]
    limited = evaluate(pair.programs, pair.facts, pair.as_of).partners
    for partner, outcome in evaluate(bare, pair.facts, pair.as_of).partners.items():
        free = {line.id: line.amount for line in outcome.lines}
        for line in limited[partner].lines:
            where = f"{partner} {line.id}"
            if line.type == TOPUP:
                assert line.amount > 0, where
            else:
                assert abs(line.amount) <= abs(free[line.id]), (
                    f"{where}: {line.amount} with caps, {free[line.id]} without"
                )


def floors_never_lower(pair: Pair) -> None:
    """With a least for every line no line is smaller. Where no rule rests on lines, or on what earlier ones paid."""
    if any(m.of == "earning" for p in pair.programs for m in p.metric.values()):
        return
    if any("paid_with" in text or 'floors_of = "paid"' in text for text in pair.texts):
        return
    texts = [text for p in pair.programs for text in (p, *p.module.values())]
    if any(rule.on == "earning" or rule.increment_over for text in texts for rule in text.earning.values()):
        return
    free, floored = (evaluate(_with_least(pair, least), pair.facts, pair.as_of).partners for least in (None, FLOOR))
    for partner, outcome in floored.items():
        before = {line.id: line.amount for line in free[partner].lines}
        for line in outcome.lines:
            assert abs(line.amount) >= abs(before.get(line.id, ZERO)), f"{partner} {line.id}: {line.amount} of less"


def _with_least(pair: Pair, least: Decimal | None) -> list[Any]:
    """The programs without limits on sums, with a least for every line, each rounded by itself: the cents of a total
    stand on any of its lines.
    """
    by_line = [replace(p, rounding=replace(p.rounding, point="line")) for p in pair.programs]
    bare = [replace(p, cap={}, safety_net={}, module=_without_limits(p.module)) for p in by_line]
    return [replace(p, earning=_lined(p, least), module=_modules_lined(p, least)) for p in bare]


def _modules_lined(program: Any, least: Decimal | None) -> Any:
    return {name: replace(module, earning=_lined(module, least)) for name, module in program.module.items()}


def _lined(text: Any, least: Decimal | None) -> Any:
    return {name: replace(rule, least=least) for name, rule in text.earning.items()}


def _without_limits(modules: Any) -> Any:
    return {name: replace(module, cap={}, safety_net={}) for name, module in modules.items()}


ALWAYS: tuple[Callable[[Pair], None], ...] = (
    modes_agree_and_figures_replay,
    statements_tie,
    nothing_is_taken_beyond_what_was_earned,
    order_never_matters,
    explanations_keep_their_order,
    reversing_a_fact_restores_every_number,
    limits_do_what_their_names_say,
    floors_never_lower,
    slices_sum_to_the_principal,
    no_two_lines_have_one_id,
    a_line_keeps_its_id,
    marginal_bands_are_indifferent_to_splitting_and_monotone,
    late_facts_are_made_good_once,
    facts_taken_back_are_made_good_once,
    what_is_corrected_is_made_good_once,
    a_correction_comes_once,
    an_edited_program_touches_no_closed_line,
    what_was_lost_is_made_good_once,
    a_waived_debt_stood_below_zero,
)


def broken(pair: Pair) -> list[str]:
    """What does not hold for a pair."""
    found = []
    for check in ALWAYS:
        try:
            check(pair)
        except AssertionError as failed:
            found.append(f"{check.__name__}: {str(failed).partition(chr(10))[0]}")
    return found
