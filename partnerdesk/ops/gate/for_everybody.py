"""Texts that are written for every partner alike: pathways, playbooks and templates of plans.

What a partner took from them stands in its own rows as well; without this its words would count as its alone,
and no other document could hold them.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.orm import Session

from partnerdesk.ops.joint.plan_templates import templates
from partnerdesk.queries.enablement.pathways import pathways
from partnerdesk.queries.enablement.playbook import Playbook
from partnerdesk.queries.enablement.playbooks import playbooks


def texts_for_everybody(session: Session) -> Iterator[str]:
    """All of them; one that names a partner is among them, and is the caller's to leave out."""
    for way in pathways(session):
        yield from way.texts
    for playbook in playbooks(session):
        yield from _texts_of(playbook)
    yield from _texts_in(templates())


def _texts_of(playbook: Playbook) -> Iterator[str]:
    yield from (playbook.key, playbook.title, playbook.says, playbook.goal)
    for step in playbook.steps:
        yield from (step.text, step.team, step.role, step.measure)


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts_in(part)
