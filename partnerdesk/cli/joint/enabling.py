"""`partnerdesk enablement` and `partnerdesk playbook`: gaps and certificates; templates, what runs, starting one."""

import argparse
from typing import TYPE_CHECKING, Any

from partnerdesk.cli import books, terminal

if TYPE_CHECKING:
    from partnerdesk.queries.enablement.gaps import EnablementGap
    from partnerdesk.queries.enablement.playbooks import Preview
    from partnerdesk.queries.enablement.runs import GoalMeasure, Progressed


def enablement(arguments: argparse.Namespace) -> int:
    """A partner's gaps, the certificates that end within half a year, and its sessions."""
    from partnerdesk.engine.outcome.record import plain
    from partnerdesk.queries.enablement.view import IN_FORCE, RAN_OUT, enablement

    with books.reading(arguments) as store:
        day = books.day_of(store, arguments)
        found = store.read(enablement, arguments.partner, day)
    if arguments.json:
        parts = ("gaps", "certificates", "sessions")
        told = {name: [plain(row) for row in getattr(found, name)] for name in parts}
        terminal.say_json({"as_of": day.isoformat(), **told})
        return 0
    for gap in found.gaps:
        terminal.say(_gap_words(gap))
    if not found.gaps:
        terminal.say("Nothing is missing, and nothing runs out within 180 days.")
    ending = [row.held for row in found.certificates if row.state not in (IN_FORCE, RAN_OUT)]
    rows = [(h.person, h.title, h.level, str(h.expires)) for h in ending]
    for line in terminal.table(("Person", "Certificate", "Level", "Last day"), rows) if rows else ():
        terminal.say(line)
    taught = [(str(s.day or ""), s.title, s.kind, ", ".join(a.person for a in s.present)) for s in found.sessions]
    for line in terminal.table(("Day", "Session", "Kind", "Who"), taught) if taught else ():
        terminal.say(line)
    return 0


def _gap_words(gap: "EnablementGap") -> str:
    """A gap in one line: Gold: Certified people 3 of 4; Core Engineer, pathway Delivery; Bo Ek takes it."""
    value = "not evaluated" if gap.value is None else f"{gap.value:f}"
    parts = [f"{gap.name}: {gap.requirement} {value} of {gap.needed:f}"]
    parts += [route.words for route in gap.routes]
    parts += [f"{c.person} {'renews' if c.is_renewal else 'takes'} {c.step}" for c in gap.candidates]
    if gap.left_180 is not None and gap.expiring:
        parts.append(f"{gap.left_180:f} in 180 days without renewal")
    return "; ".join(parts)


def list_(arguments: argparse.Namespace) -> int:
    """All playbooks, or those for a partner with the reasons that speak for them."""
    from partnerdesk.engine.outcome.record import plain
    from partnerdesk.queries.enablement.playbooks import offered

    with books.reading(arguments) as store:
        found = store.read(offered, arguments.partner or "", books.day_of(store, arguments))
    if arguments.json:
        terminal.say_json({"playbooks": [plain(offer) for offer in found]})
        return 0
    head = ("Playbook", "Title", "Steps", "Days", "Why now")
    rows = [
        (o.playbook.key, o.playbook.title, str(len(o.playbook.steps)), str(o.playbook.length), "; ".join(o.reasons))
        for o in found
    ]
    for line in terminal.table(head, rows, frozenset({2, 3})):
        terminal.say(line)
    return 0


def preview(arguments: argparse.Namespace) -> int:
    """What starting a playbook would create; nothing is written."""
    with books.reading(arguments) as store:
        found = _previewed(store, arguments)
    return _tell(arguments, found)


def start(arguments: argparse.Namespace) -> int:
    """Start a playbook: its actions are created in one step."""
    from partnerdesk.ops.enablement.runs import start_playbook

    with books.writing(arguments) as store:
        found = _previewed(store, arguments)
        given: dict[str, Any] = {"start": found.start, "on": books.day_of(store, arguments), "actions": found.actions}
        metric = found.metric if arguments.metric is None else arguments.metric
        label = f"Start {found.playbook.title}"
        run = store.transact(
            label, start_playbook, arguments.partner, arguments.playbook, metric=metric, by=books.user(), **given
        ).value
    return _tell(arguments, found, run)


def _previewed(store: Any, arguments: argparse.Namespace) -> "Preview":
    from partnerdesk.queries.enablement.playbooks import preview

    day = books.day_of(store, arguments)
    workdays = False if arguments.all_days else None
    found: Preview = store.read(preview, arguments.partner, arguments.playbook, arguments.start or day, day, workdays)
    return found


def _tell(arguments: argparse.Namespace, found: "Preview", run: int | None = None) -> int:
    from partnerdesk.engine.outcome.record import plain

    if arguments.json:
        told: dict[str, Any] = {"run": run, "metric": found.metric, "actions": [plain(a) for a in found.actions]}
        terminal.say_json(told)
        return 0
    rows = [(str(a.due), a.side, a.team, a.owner or "nobody yet", a.text) for a in found.actions]
    for line in terminal.table(("Due", "Side", "Team", "Owner", "Action"), rows):
        terminal.say(line)
    if run is not None:
        terminal.say(
            f"{found.playbook.title} runs at {found.partner_name}: {terminal.counted(len(rows), 'action')}, run {run}."
        )
    return 0


def runs(arguments: argparse.Namespace) -> int:
    """What runs where, how far it is, and its goal before and after."""
    from partnerdesk.engine.outcome.record import plain
    from partnerdesk.queries.enablement.runs import goal_measures, runs

    with books.reading(arguments) as store:
        day = books.day_of(store, arguments)
        found = store.read(runs, day, arguments.partner)
        goals = {g.run: g for g in store.read(goal_measures, [one.run for one in found], day)}
    if arguments.json:
        told = [plain(one.run) | {"done": one.done, "of": one.total, "late": one.late} for one in found]
        terminal.say_json({"as_of": day.isoformat(), "runs": told, "goals": [plain(g) for g in goals.values()]})
        return 0
    head = ("Run", "Partner", "Playbook", "Start", "Status", "Done", "Late", "Goal")
    rows = [_run_row(one, goals.get(one.run.id)) for one in found]
    for line in terminal.table(head, rows, frozenset({5, 6})) if rows else ("No playbook was started.",):
        terminal.say(line)
    return 0


def _run_row(one: "Progressed", goal: "GoalMeasure | None") -> tuple[str, ...]:
    run = one.run
    said = "" if goal is None else f"{goal.says}: {_number(goal.before)} to {_number(goal.after)}"
    done = f"{one.done} of {one.total}"
    return str(run.id), run.partner_name, run.title, str(run.start), run.status, done, str(one.late), said


def _number(value: Any) -> str:
    return "not evaluated" if value is None else f"{value:.4f}".rstrip("0").rstrip(".")


def stop(arguments: argparse.Namespace) -> int:
    """Stop a playbook for a reason; its open actions are dropped with it."""
    from partnerdesk.ops.enablement.runs import stop_run

    with books.writing(arguments) as store:
        on = books.day_of(store, arguments)
        dropped = store.transact("Stop playbook", stop_run, arguments.run_id, on=on, reason=arguments.reason).value
    if arguments.json:
        terminal.say_json({"run": arguments.run_id, "dropped": dropped})
    else:
        terminal.say(f"Stopped; {terminal.counted(dropped, 'action was', 'actions were')} dropped.")
    return 0


def finish(arguments: argparse.Namespace) -> int:
    """A playbook came to its end: nothing of it is open any more."""
    from partnerdesk.ops.enablement.runs import finish_run

    with books.writing(arguments) as store:
        on = books.day_of(store, arguments)
        store.transact("Finish playbook", finish_run, arguments.run_id, on=on, outcome=arguments.outcome)
    if arguments.json:
        terminal.say_json({"run": arguments.run_id})
    else:
        terminal.say("Finished.")
    return 0
