"""The clock of a meeting: which topic is on, what it took, what is left, and that coming back adds up."""

from partnerdesk.queries.joint.reviews import ItemRow
from partnerdesk.ui.screens.review.clock import AgendaClock


def topic(id: int, text: str, minutes: int | None, page: str) -> ItemRow:
    rest = {"kind": "agenda", "position": id, "detail": "", "owner": "", "due": None, "level": None, "became": ""}
    return ItemRow(id=id, review=1, text=text, minutes=minutes, page=page, **rest)  # type: ignore[arg-type]


def test_a_topic_is_on_while_its_page_is_in_view_and_adds_up() -> None:
    clock = AgendaClock()
    clock.set_items([topic(1, "Score", 20, "3"), topic(2, "Renewals", 10, "renewals")], 40)
    assert clock.at(30).topic == ""
    clock.show_page("score", 60)
    assert clock.at(60).words == "20 of 20 min left"
    clock.show_page("appendix", 120)  # a page that no topic speaks to leaves the topic on
    assert (clock.at(120).topic, clock.at(120).words) == ("Score", "19 of 20 min left")
    clock.show_page("renewals", 360)
    clock.show_page("score", 420)
    assert (clock.taken(1, 480), clock.taken(2, 480)) == (360, 60)
    assert clock.at(480).whole == "8 of 40 min"


def test_the_meeting_opens_with_the_first_topic_where_no_page_speaks_of_it() -> None:
    clock = AgendaClock()
    clock.set_items([topic(1, "What each side expects", 15, ""), topic(2, "Score", 20, "3")], 40)
    clock.show_page("summary", 0)
    assert clock.at(60).topic == "What each side expects"
    clock.show_page("score", 120)
    clock.show_page("summary", 180)  # back at a page without a topic: the one before goes on
    assert (clock.at(240).topic, clock.taken(1, 240)) == ("Score", 120)


def test_a_topic_that_takes_longer_says_by_how_much() -> None:
    clock = AgendaClock()
    clock.set_items([topic(1, "Score", 5, "3"), topic(2, "Free talk", None, "")], None)
    clock.show_page("score", 0)
    assert clock.at(5 * 60).words == "0 of 5 min left"
    assert (clock.at(7 * 60).kind, clock.at(7 * 60).words) == ("late", "2 min over")
    assert clock.at(0).whole == "0 of 5 min"
