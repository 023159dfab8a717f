"""The fields of a form: read off the text, written back in its manner, with words a person knows."""

from datetime import date
from decimal import Decimal as D

import pytest

from partnerdesk.engine.problem import errors
from partnerdesk.errors import Refused
from partnerdesk.paths import resource
from partnerdesk.program.form import Cell, Value, changed, form
from partnerdesk.program.help import in_words, meaning, path_at
from partnerdesk.program.reader import read_program

PROGRAMS = sorted(str(p.relative_to(resource("programs"))) for p in resource("programs").rglob("*.toml"))
TEXT = resource("programs/fennmark/2026.2.toml").read_text(encoding="utf-8")


def cell(text: str, *path: str) -> Cell:
    return next(c for group in form(text) for row in group.rows for c in row.cells if c.path == path)


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_field_that_is_left_as_it_is_changes_nothing(name: str) -> None:
    text = resource(f"programs/{name}").read_text(encoding="utf-8")
    for group in form(text):
        for row in group.rows:
            for each in row.cells:
                assert changed(text, each, each.value) == text, each


@pytest.mark.parametrize(
    ("path", "value", "line"),
    [
        (("earning", "anchor", "rate", "by_tier", "Gold"), D("12.5"), "Gold = 0.125,"),
        (("earning", "anchor", "rate", "by_tier", "Gold"), D(13), "Gold = 0.13,"),
        (("cap", "0", "at_most"), D(50000), "at_most = 50_000.00\n"),
        (("tier", "2", "requires", "all", "2", "any", "0", "at_least"), D(300000), "at_least = 300_000 }"),
        (("earning", "anchor", "vests", "1", "within_months"), D(8), "within_months = 8 }"),
        (("score", "parts", "0", "weight"), D("34.5"), "weight = 34.5\n"),
        (("effective_from",), date(2027, 1, 1), "effective_from = 2027-01-01\n"),
        (("note",), 'a "b" \\', 'note = "a \\"b\\" \\\\"\n'),
    ],
)
def test_a_value_is_written_in_the_manner_of_the_one_before(path: tuple[str, ...], value: Value, line: str) -> None:
    made = changed(TEXT, cell(TEXT, *path), value)
    assert line in made
    different = [a for a, b in zip(TEXT.splitlines(), made.splitlines(), strict=True) if a != b]
    assert len(different) == 1
    wrong = [problem.message for problem in errors(read_program(made, "x").problems)]
    assert wrong == (["the weights do not sum to 100, but to 99.5."] if path[-1] == "weight" else [])


def test_fields_are_called_as_people_call_them() -> None:
    found = {group.title: {row.label: row.cells for row in group.rows} for group in form(TEXT)}
    titles = ["This version", "What this version applies to", "Rounding", "Exchange", "A fiscal year of weeks", "Score"]
    assert list(found)[:6] == titles
    assert [c.caption for c in found["Anchor commission"]["Rate, by tier"]] == "Registered Silver Gold Platinum".split()
    assert "Gold, Joint revenue, 12 months" in found["Tiers"]
    band = found["Expansion commission"]["Rate, band 2"]
    assert [(c.caption, c.value, c.unit) for c in band] == [("from", D(40000), ""), ("rate", D(5), "%")]
    (most,) = found["Quarterly cap"]["At most"]
    assert (most.caption, most.unit) == ("", "EUR")


def test_a_note_that_is_missing_has_an_empty_field_and_is_added() -> None:
    text = "\n".join(line for line in TEXT.splitlines() if not line.startswith("note =")) + "\n"
    made = changed(text, cell(text, "note"), "New")
    read = read_program(made, "x").program
    assert read is not None and read.note == "New"


def test_a_text_that_is_no_toml_has_no_form() -> None:
    with pytest.raises(ValueError, match=r"."):
        form("a = ")


@pytest.mark.parametrize(
    ("before", "path", "key"),
    [
        ("at_most = 45", ("cap", "0", "at_most"), "at_most"),
        ("Registered = 0.08", ("earning", "anchor", "rate", "Registered"), "rate"),
        ("within_months = 9", ("earning", "anchor", "vests", "within_months"), "within_months"),
        ("[earning.milestone]", ("earning", "milestone"), "earning"),
        ("effective_from", ("effective_from",), "effective_from"),
    ],
)
def test_the_key_at_the_cursor_is_known_and_explained(before: str, path: tuple[str, ...], key: str) -> None:
    found = path_at(TEXT, TEXT.index(before) + 2)
    assert found == path
    entry = meaning(found)
    assert entry is not None and entry.name == key and entry.says


def test_help_survives_a_text_that_is_being_typed() -> None:
    for end in range(0, len(TEXT), 97):
        meaning(path_at(TEXT[:end], end))
    assert meaning(("nothing", "like", "it")) is None
    assert path_at("", 0) == ()


def test_entries_of_a_table_are_told_apart() -> None:
    entries = """[earning.x]
says = "X"
rate = { entries = [
  { rate = 0.1, says = "below quota" },
  { where = { attributes.term = 24, product.category = ["pro", "max"] }, amount = 50 },
  { tier = ["Gold"], where = { amount = { at_least = 3 } }, rate = 0.2 },
] }
"""
    labels = [row.label for group in form(entries) for row in group.rows if group.part == "Earnings"]
    assert labels == ["Rate, entry 1 (below quota)", "Rate, entry 2 (24, pro, max)", "Rate, entry 3 (Gold)"]


# Terms that every program has


MOST = """program = "p"
version = "1"
effective_from = 2026-01-01

[settlement]  # as agreed
minimum = 100  # of the schedule

[tiers]
up = { every = "quarter" }

# Cases

[[example]]
says = "X"
as_of = 2026-01-31
"""


def test_terms_that_the_text_leaves_out_have_a_field_at_what_the_format_takes() -> None:
    payday = cell(MOST, "settlement", "pays_on_day")
    assert (payday.value, payday.raw, payday.says) == (
        15,
        "",
        "Day of that month; the last one where the month is shorter",
    )
    assert cell(MOST, "settlement", "minimum").unit == "EUR"
    assert cell(MOST, "disputes", "answer_days").unit == "days"
    up = cell(MOST, "tiers", "up", "every")
    assert (up.value, up.choices) == ("quarter", ("", "month", "quarter", "half", "year"))
    assert cell(MOST, "tiers", "down", "every").value == ""
    assert not cell(MOST, "settlement", "business_days").unit


@pytest.mark.parametrize(
    ("path", "value", "before", "after"),
    [
        (
            ("settlement", "pays_on_day"),
            D(20),
            "minimum = 100  #",
            "minimum = 100  # of the schedule\npays_on_day = 20\n",
        ),
        (("settlement", "business_days"), True, "", "business_days = true\n"),
        (("settlement", "minimum"), None, "minimum = 100  # of the schedule\n", "[settlement]  # as agreed\n\n[tiers]"),
        (("tiers", "up", "lag_months"), D(3), "", 'up = { every = "quarter", lag_months = 3 }\n'),
        (("tiers", "up", "every"), None, '{ every = "quarter" }', "up = {"),
        (("tiers", "moves"), "confirmed", "", '[tiers]\nmoves = "confirmed"\nup ='),
        (("tiers", "down", "notice_periods"), D(2), "", "notice_periods = 2"),
        (("disputes", "meanwhile"), "hold", "", '\n[disputes]\nmeanwhile = "hold"\n\n# Cases\n'),
        (("fiscal_weeks", "ends_on"), "Saturday", "", '\n[fiscal_weeks]\nends_on = "Saturday"\n\n# Cases\n'),
        (("fiscal_year_starts",), "04-06", "", 'effective_from = 2026-01-01\nfiscal_year_starts = "04-06"\n'),
        (("statements",), "quarter", "", 'effective_from = 2026-01-01\nstatements = "quarter"\n'),
    ],
)
def test_a_term_is_added_and_taken_out_and_nothing_else_changes(
    path: tuple[str, ...], value: Value | None, before: str, after: str
) -> None:
    made = changed(MOST, cell(MOST, *path), value)
    assert before in MOST and after in made
    kept = [line for line in MOST.splitlines() if line not in made.splitlines()]
    assert len(kept) <= 1, "every other line is as it was"
    assert "# of the schedule" in made or path[-1] == "minimum"
    found = cell(made, *path)
    assert (found.raw != "") == (value is not None)
    assert value is None or found.value == value


@pytest.mark.parametrize("braces", ["{}", "{ }"])
def test_a_term_is_added_to_a_table_that_is_empty(braces: str) -> None:
    """A key was refused there, for the table was added once more."""
    text = f"rounding = {braces}\n{MOST}"
    made = changed(text, cell(text, "rounding", "decimals"), D(3))
    assert made == text.replace(f"rounding = {braces}", "rounding = { decimals = 3 }")


def test_a_term_without_a_place_is_refused_with_what_to_write() -> None:
    text = '"rounding" = { }\n' + MOST
    with pytest.raises(Refused, match=r"Change it under Text: rounding\.decimals = 3"):
        changed(text, cell(text, "rounding", "decimals"), D(3))


MODULED = """program = "p"
version = "1"
effective_from = 2026-01-01
currency = "EUR"

[metric.sold]
says = "Sold"
of = "deal"
window = "trailing 12 months"
minimum_rows = 3
not_below = 0.5

[earning.fee]
says = "Fee"
on = "deal won"
base = "amount"
rate = 0.05

[module.small]
says = "Small resellers"
reference = "M-1"
partner = { type = "reseller", joined = { at_least = 2026-01-01 } }

[module.small.earning.fee]
rate = { by_tier = { Silver = 0.07 } }
most = 500
clawback = [{ if = "churned", within_months = 6 }]
"""


def test_modules_have_fields_called_after_what_they_change() -> None:
    group = next(g for g in form(MODULED) if g.part == "Modules")
    assert (group.title, group.note, group.path) == (
        "Small resellers: Fee",
        "M-1",
        ("module", "small", "earning", "fee"),
    )
    found = {row.label: [(c.caption, c.value, c.unit) for c in row.cells] for row in group.rows}
    assert found == {
        "Rate, by tier": [("Silver", 7, "%")],
        "Most": [("", 500, "EUR")],
        "Clawback": [("if", "churned", ""), ("within", 6, "months")],
    }
    made = changed(MODULED, cell(MODULED, *group.path, "rate", "by_tier", "Silver"), D(9))
    assert made == MODULED.replace("Silver = 0.07", "Silver = 0.09")


def test_metrics_have_their_window_and_bounds() -> None:
    (group,) = (g for g in form(MODULED) if g.part == "Metrics")
    assert [(row.label, row.cells[0].value) for row in group.rows] == [
        ("Window", "trailing 12 months"),
        ("Minimum rows", 3),
        ("Not below", D("0.5")),
    ]
    made = changed(MODULED, cell(MODULED, "metric", "sold", "window"), "trailing 6 months")
    assert made == MODULED.replace("trailing 12", "trailing 6")


def test_what_a_field_says_is_words_and_no_text_of_a_program() -> None:
    texts = [resource(name).read_text(encoding="utf-8") for name in (f"programs/{p}" for p in PROGRAMS)]
    said = {c.says for text in texts for group in form(text) for row in group.rows for c in row.cells}
    assert len(said) > 20 and not [words for words in said if set("`{}") & set(words)]
    assert in_words("First day; written `from`; none for the beginning") == "First day; none for the beginning"
    assert in_words("With `with_others`: a sum ({ metric = ..., times = ... }).") == "With “with others”: a sum."
