"""Plans & actions: what both sides promised, over all partners, and the joint plans it came from.

What a segment shows and does is in a module of `action_pages`.
"""

from typing import ClassVar

from partnerdesk.ui.screens.segmented_screen import Part, SegmentedScreen

SEGMENTS = (
    Part("Actions", "actions", "action_pages.promised:ActionsSegment"),
    Part("Plans", "plans", "action_pages.plans:PlansSegment"),
    Part("Playbooks", "playbooks", "action_pages.playbooks:PlaybooksSegment"),
)


class ActionsScreen(SegmentedScreen):
    ID: ClassVar[str] = "actions"
    TITLE: ClassVar[str] = "Plans & actions"
    SEGMENTS: ClassVar[tuple[Part, ...]] = SEGMENTS
