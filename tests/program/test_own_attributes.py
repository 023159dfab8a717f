"""Which free attributes of the facts a text's rules read."""

from partnerdesk.program.own_attributes import own_attributes
from partnerdesk.program.reader import read_program
from partnerdesk.program.reference import EXAMPLE


def test_every_rule_that_reads_one_names_it() -> None:
    text = EXAMPLE.replace('where = { status = "won" }', 'where = { customer.attributes.region = "EMEA" }')
    text = text.replace('value = "person"', 'value = "attributes.badge"').replace(
        'base = "amount"', 'base = "attributes.net"'
    )
    program = read_program(text, "harbour.toml").program
    assert program is not None
    assert own_attributes(program) == {"region", "badge", "net"}


def test_the_days_from_one_to_another_name_two() -> None:
    asked = "where.days.attributes.sold.attributes.claimed = { at_most = 30 }"
    program = read_program(EXAMPLE.replace('where = { status = "won" }', asked), "harbour.toml").program
    assert program is not None
    assert own_attributes(program) == {"sold", "claimed"}
