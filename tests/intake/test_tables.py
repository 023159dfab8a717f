"""Headers anywhere, totals and footers counted, second tables told apart; what several columns mean together."""

import pytest

from partnerdesk.engine.fiscal import Weeks
from partnerdesk.engine.period import CALENDAR_YEAR, FiscalYear, period_at
from partnerdesk.intake import days, numerals, tokens
from partnerdesk.intake.salesforce import long_id
from partnerdesk.intake.shapes.companies import is_partner
from partnerdesk.intake.shapes.periods import period_of
from partnerdesk.reports.csvfile import guarded, unguarded
from tests.hostile.tables import DEALS, GOOD, deals
from tests.intake.conftest import Drafted

MORE = "D-2,Beta,2024-04-01,5,EUR\n"


def test_a_header_below_a_title(drafted: Drafted) -> None:
    draft = drafted(f"Report of deals\nAs of 1 May 2024\n\n{DEALS}{GOOD}{MORE}")
    assert (draft.read, draft.accepted) == (2, 2)
    assert draft.table.place(0, 3) == "q3.csv line 5, column Amount"


def test_a_header_in_the_last_row(drafted: Drafted) -> None:
    draft = drafted(f"{GOOD}{MORE}D-3,Gamma,2024-05-01,7,EUR\n{DEALS}")
    assert (draft.accepted, draft.table.place(0)) == (3, "q3.csv line 1")


def test_no_header_at_all_is_asked_and_columns_can_be_named(drafted: Drafted) -> None:
    content = f"{GOOD}{MORE}"
    draft = drafted(content)
    assert [q.key for q in draft.questions] == ["header", "kind"]
    assert draft.accepted == 0
    named = {f"column:Column {letter}": f"deal.{field}" for letter, field in zip("ABCDE", _FIELDS, strict=True)}
    (part,) = drafted(content, {"header": "none", **named}).parts
    assert part.keys == ["D-1", "D-2"]
    assert part.fields["amount"] == [10000, 500]


_FIELDS = ("key", "partner", "closed", "amount", "currency")


def test_a_header_that_the_user_points_at(drafted: Drafted) -> None:
    assert drafted(f"a,b\nc,d\n{DEALS}{GOOD}", {"header": "3"}).accepted == 1


@pytest.mark.parametrize(
    "footer",
    [
        "Total,,,105.00,",
        "Grand Total,,,105.00,EUR",
        "Grand Totals (2 records),,,105.00,",
        "Summe,,,105.00,EUR",
        ",,Gesamtsumme,105.00,",
        "Subtotal Acme,,,105.00,",
        "Total général,,,105.00,",
    ],
)
def test_totals_are_counted_and_no_deal(drafted: Drafted, footer: str) -> None:
    draft = drafted(f"{DEALS}{GOOD}{MORE}{footer}\n")
    assert (draft.accepted, draft.rejected, dict(draft.ignored)) == (2, 0, {"total": 1})


def test_a_partner_called_total_is_no_total(drafted: Drafted) -> None:
    draft = drafted("Partner,Type,Country\nTotal,Reseller,FR\nDelta,Reseller,DE\nTotal Systems,Reseller,US\n")
    assert draft.parts[0].keys == ["Total", "Delta", "Total Systems"]
    draft = drafted("Partner ID,Partner,Country\nP1,Total,\nP2,Count,\nP3,Acme,FR\n")
    assert draft.accepted == 3


def test_the_footer_of_a_report_is_counted(drafted: Drafted) -> None:
    footer = '\n"Grand Totals (1 records)","","","100",""\n"Confidential Information - Do Not Distribute"\n'
    footer += '"Copyright (c) 2000-2024 salesforce.com, inc. All rights reserved."\n'
    draft = drafted(f"{DEALS}{GOOD}{footer}")
    assert (draft.read, draft.accepted) == (5, 1)
    assert dict(draft.ignored) == {"blank": 1, "total": 1, "footer": 2}


def test_a_header_on_every_page_and_rules_between(drafted: Drafted) -> None:
    draft = drafted(f"{DEALS}-----,-----,-----,-----,-----\n{GOOD}{DEALS}{MORE}")
    assert draft.accepted == 2
    assert dict(draft.ignored) == {"blank": 1, "header repeated": 1}


def test_a_second_table_is_left_out_and_said(drafted: Drafted) -> None:
    draft = drafted(f"{DEALS}{GOOD}\nPartner,Country,City\nAcme,DE,Berlin\n")
    assert (draft.accepted, draft.ignored["second table"]) == (1, 2)
    assert "A second table starts in line 4; it was left out." in draft.notes


def test_blank_columns_between_are_no_columns(drafted: Drafted) -> None:
    draft = drafted("Deal ID,,Partner,,Closed,Amount\nD-1,,Acme,,2024-01-02,5\n")
    assert draft.accepted == 1


def test_survey_tools_write_several_header_rows(drafted: Drafted) -> None:
    qualtrics = (
        "StartDate,Status,Duration (in seconds),Finished,RecordedDate,ResponseId,ExternalReference,Q1\n"
        "Start Date,Response Type,Duration,Finished,Recorded Date,Response ID,External,How satisfied?\n"
        + ",".join('"{""ImportId"":""x""}"' for _ in range(8))
        + "\n2024-01-01 10:00:00,IP Address,300,True,2024-01-01 10:05:01,R_1,Acme,4\n"
        "2024-01-02 10:00:00,Survey Preview,300,True,2024-01-02 10:05:01,R_2,Acme,1\n"
        "2024-01-03 10:00:00,IP Address,20,False,2024-01-03 10:05:01,R_3,Acme,2\n"
    )
    first = drafted(qualtrics)
    assert [q.key for q in first.questions] == ["find:survey.score"]
    draft = drafted(qualtrics, {"find:survey.score": "Q1", "set:survey.scale_max": "5"})
    assert (draft.accepted, dict(draft.ignored)) == (1, {"a preview, not an answer": 1, "not finished": 1})
    monkey = (
        "Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,How was it?,Why?\n"
        ",,,,,,Response,Open-Ended Response\n"
        "118000001,4,2024-01-02 10:00:00,2024-01-02 10:05:00,1.1.1.1,a@x.com,4,nice\n"
        "118000002,4,2024-01-03 10:00:00,2024-01-13 10:05:00,1.1.1.1,b@x.com,5,\n"
    )
    draft = drafted(monkey, {"find:survey.score": "How was it?", "set:survey.scale_max": "5"})
    assert draft.parts[0].keys == ["118000001", "118000002"]
    assert draft.parts[0].fields["scale_min"] == ["1", "1"]


# What columns mean together


@pytest.mark.parametrize(
    ("header", "row", "status", "closed", "expected"),
    [
        ("Deal ID,Amount,Stage,Close date", "D,1,Closed Won,2024-01-02", "won", "2024-01-02", None),
        ("Deal ID,Amount,Stage,Close date", "D,1,Negotiation,2024-01-02", "open", None, "2024-01-02"),
        ("Deal ID,Amount,Stage,Close date", "D,1,Verloren,2024-01-02", "lost", "2024-01-02", None),
        ("Deal ID,Amount,Is Closed,Is Won,Stage,Close date", "D,1,1,0,x,2024-01-02", "lost", "2024-01-02", None),
        ("Deal ID,Amount,Is Closed,Is Won,Stage,Close date", "D,1,,,Closed Won,2024-01-02", "open", None, "2024-01-02"),
        ("Order number,Customer,Order date,Total", "D,Acme,2024-01-02,5", "won", "2024-01-02", None),
    ],
)
def test_how_a_deal_stands(
    drafted: Drafted, header: str, row: str, status: str, closed: str | None, expected: str | None
) -> None:
    flags = "\nE,1,1,1,x,2024-01-02" if "Is Won" in header else ""
    part = drafted(f"{header}\n{row}{flags}\n").parts[0]
    assert part.fields["status"][0] == status
    assert part.fields["closed"][0] == closed
    assert part.fields.get("expected_close", [None])[0] == expected


def test_lines_of_an_order_make_its_deal(drafted: Drafted) -> None:
    rows = "SO1,2024-01-02,P1,Acme,2,10.00\nSO1,2024-01-02,P2,Acme,1,5.50\nSO2,2024-01-03,P1,Beta,1,7\n"
    draft = drafted(f"Order ID,Order Date,Product ID,Reseller,Quantity,Sales\n{rows}")
    lines, made = draft.parts
    assert lines.keys == ["SO1/P1", "SO1/P2", "SO2/P1"]
    assert (made.keys, made.fields["amount"], made.fields["partner"]) == (["SO1", "SO2"], [1550, 700], ["Acme", "Beta"])
    assert made.fields["closed"] == ["2024-01-02", "2024-01-03"]
    assert draft.accepted == 3


def test_a_cancelled_order_is_not_won(drafted: Drafted) -> None:
    rows = "SO1,2024-01-02,P1,Acme,5,Shipped\nSO2,2024-01-02,P1,Acme,5,Cancelled\nSO3,2024-01-02,P1,Acme,5,On Hold\n"
    rows += "SO1,2024-01-02,P2,Acme,5,Shipped\n"
    made = drafted(f"Order ID,Order Date,Product ID,Customer,Sales,Order Status\n{rows}").parts[1]
    assert made.fields["status"] == ["won", "lost", "open"]


@pytest.mark.parametrize(
    ("row", "recurring", "outcome", "end"),
    [
        ("49.00,month,2,active", 117600, "open", "2024-12-31"),
        ("300,quarterly,1,active", 120000, "open", "2024-12-31"),
        ("490,year,1,canceled", 49000, "churned", "2024-12-31"),
    ],
)
def test_what_recurs_in_a_year(drafted: Drafted, row: str, recurring: int, outcome: str, end: str) -> None:
    header = "Subscription ID,Customer,Amount,Interval,Quantity,Status,Start date,End date"
    part = drafted(f"{header}\nS-1,Acme,{row},2024-01-01,{end}\n").parts[0]
    assert (part.fields["recurring"], part.fields["outcome"], part.fields["end"]) == ([recurring], [outcome], [end])


def test_months_in_columns_become_targets(drafted: Drafted) -> None:
    draft = drafted("Partner,Jan 2024,Feb 2024,Mar 2024\nAcme,100,-,300\nBeta,1,2,3\n", name="targets.csv")
    (part,) = draft.parts
    assert part.keys == ["Acme/2024-01", "Acme/2024-03", "Beta/2024-01", "Beta/2024-02", "Beta/2024-03"]
    assert part.fields["amount"] == [10000, 30000, 100, 200, 300]
    assert (draft.read, draft.accepted) == (2, 2)


@pytest.mark.parametrize(
    ("text", "start", "label"),
    [
        ("2026Q3", 1, "2026Q3"),
        ("Q3 2026", 1, "2026Q3"),
        ("Q3/26", 1, "2026Q3"),
        ("FY2026", 7, "FY2026"),
        ("FY26 Q1", 7, "FY2026Q1"),
        ("H2 2026", 1, "2026H2"),
        ("2026-09", 1, "2026-09"),
        ("Sep 2026", 1, "2026-09"),
        ("2026", 1, "2026"),
    ],
)
def test_names_of_periods(text: str, start: int, label: str) -> None:
    found = period_of(text, FiscalYear(start))
    assert found is not None and found.label == label
    assert found == period_at(found.start, found.unit, FiscalYear(start) if label.startswith("FY") else CALENDAR_YEAR)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("FY2026", "2025-07-27", "2026-07-25"),
        ("FY26 Q1", "2025-07-27", "2025-10-25"),
        ("FY2026M08", "2026-02-22", "2026-03-21"),
        ("P12 FY27", "2027-06-20", "2027-07-31"),
        ("2026Q1", "2026-01-01", "2026-03-31"),
    ],
)
def test_names_of_periods_in_a_year_of_weeks(text: str, first: str, last: str) -> None:
    """It ends on the last Saturday of July."""
    found = period_of(text, FiscalYear(8, weeks=Weeks(5)))
    assert found is not None and (found.start.isoformat(), found.end.isoformat()) == (first, last)


@pytest.mark.parametrize("text", ["sometime", "Q5 2026", "H3 2026", "FY2026M13", "FY0000", "26", ""])
def test_no_names_of_periods(text: str) -> None:
    assert period_of(text) is None


@pytest.mark.parametrize(
    "name", ["Partner", "Channel Partner / Reseller", "Technology Partner", "Distributor", "VAR", "MSP"]
)
def test_types_of_partners(name: str) -> None:
    assert is_partner(name)


@pytest.mark.parametrize(
    "name", ["Customer", "Customer - Channel", "Prospect", "Competitor", "", "Old Customer", "Other"]
)
def test_types_of_customers(name: str) -> None:
    assert not is_partner(name)


def test_the_apostrophe_of_our_own_exports_is_taken_off_and_no_other() -> None:
    texts = [
        "=1+1",
        "'=1+1",
        "''=x",
        "'quoted'",
        "'",
        "+49 30",
        "-",
        "@home",
        "＝x",
        " =x",
        "#REF!",
        "O'Neill",
        "'s-Hertogenbosch",
    ]
    for text in texts:
        assert tokens.unguarded(guarded(text)) == text
        assert tokens.unguarded(text) == unguarded(text)


def test_a_name_like_a_formula_comes_back_as_it_was(drafted: Drafted) -> None:
    names = ["=cmd|' /C calc'!A0", "@SUM(1)", "+Plus", "O'Neill", "R&D <Labs>", "<img src=file:///dev/zero>"]
    rows = "".join(f'"{guarded(name)}",DE\n' for name in names)
    assert drafted(f"Partner,Country\n{rows}").parts[0].keys == names


def test_short_and_long_identifiers_of_salesforce_are_one() -> None:
    assert long_id("001f4000003NkdR") == "001f4000003NkdRAAS"
    assert long_id("001f4000003NkdRAAS") == "001f4000003NkdRAAS"
    assert long_id("Acme Systems AG") == "Acme Systems AG"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-01-22T16:14:25.000+0000", "2024-01-22"),
        ("14/Mar/24 2:30 PM", "2024-03-14"),
        ("March 14, 2024", "2024-03-14"),
        ("14. März 2024", "2024-03-14"),
        ("1 de marzo de 2024", "2024-03-01"),
        ("14-MAR-2024", "2024-03-14"),
        ("20240314", "2024-03-14"),
        ("24.12.2024 10:30", "2024-12-24"),
        ("9999-12-31", None),
        ("N/A", None),
    ],
)
def test_days_in_words_and_numbers(text: str, day: str | None) -> None:
    reading = days.read((text,))
    assert reading.days == {text: day}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("$1,234,567", "1234567"),
        ("(1.234,50)", "-1234.50"),
        ("1 234,50 €", "1234.50"),
        ("EUR 12.00", "12.00"),
        ("12.50-", "-12.50"),
        ("1'234.50", "1234.50"),
        ("12,34,567.89", "1234567.89"),
        ("2.9999999999999999E-2", "0.029999999999999999"),
        (".5", "0.5"),
    ],
)
def test_numbers_in_their_clothes(text: str, value: str) -> None:
    assert str(numerals.read((text,)).numbers[text]) == value


def test_float_noise_is_gone_and_said_nowhere(drafted: Drafted) -> None:
    part = drafted(
        deals("D-2,Acme,2024-03-15,1475.3000000000002,EUR", "D-3,Acme,2024-03-15,17309.699999999997,EUR")
    ).parts[0]
    assert part.fields["amount"] == [10000, 147530, 1730970]


def test_since_when_a_row_was_known_is_its_own_latest_day(drafted: Drafted) -> None:
    header = "Deal ID,Stage,Amount,Created,Close date"
    part = drafted(f"{header}\nD-1,Closed Won,5,2024-01-01,2024-03-01\nD-2,Talks,5,2024-01-05,2030-01-01\n").parts[0]
    assert part.fields["known_on"] == ["2024-03-01", "2024-01-05"]


def test_quarters_in_columns_become_targets(drafted: Drafted) -> None:
    (part,) = drafted("Partner,Year,Q1,Q2,Q3,Q4\nAcme,2024,1,2,3,4\n", name="targets.csv").parts
    assert part.fields["start"] == ["2024-01-01", "2024-04-01", "2024-07-01", "2024-10-01"]
    assert part.fields["end"] == ["2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31"]
    (part,) = drafted("Partner,Q1 2024,Q2 2024,2024 Q3\nAcme,1,-,3\n", name="targets.csv").parts
    assert part.keys == ["Acme/2024-01-01..2024-03-31", "Acme/2024-07-01..2024-09-30"]


def test_a_grouped_report_is_filled_down_on_request_only(drafted: Drafted) -> None:
    content = (
        "Partner,Deal ID,Stage,Amount\nAcme,D-1,Talks,5\n,D-2,Talks,6\nSubtotal,,,11\nBeta,D-3,Talks,7\n,D-4,Talks,8\n"
        "Subtotal,,,15\n"
    )
    draft = drafted(content)
    assert [q.key for q in draft.questions] == ["fill:Partner"]
    assert dict(draft.ignored) == {"total": 2}
    (part,) = drafted(content, {"fill:Partner": "repeat"}).parts
    assert part.fields["partner"] == ["Acme", "Acme", "Beta", "Beta"]
    (part,) = drafted(content, {"fill:Partner": "blank"}).parts
    assert part.fields["partner"] == ["Acme", None, "Beta", None]


def test_whole_amounts_of_a_billing_system_may_be_cents(drafted: Drafted) -> None:
    header = "id,Customer ID,Currency,Interval,Amount,Status,Start (UTC),Current Period End (UTC),Canceled At (UTC)"
    content = f"{header}\nsub_1,cus_1,eur,month,4900,active,2024-01-15 10:00,2024-02-15 10:00,\n"
    (question,) = drafted(content).questions
    assert [o.says for o in question.options] == ["4,900.00", "49.00"]
    for answer, recurring in (("units", 5880000), ("hundredths", 58800)):
        (part,) = drafted(content, {question.key: answer}).parts
        assert part.fields["recurring"] == [recurring]


def test_days_of_utc_are_said_to_be(drafted: Drafted) -> None:
    header = "Deal ID,Stage,Amount,Created"
    draft = drafted(f"{header}\nD-1,Talks,5,2024-09-30T23:30:00Z\n")
    assert draft.how[3] == "year first, days of UTC"


def test_rows_without_a_partner_are_said_and_not_refused(drafted: Drafted) -> None:
    draft = drafted(deals("D-2,,2024-03-15,1,EUR", "D-3,NULL,2024-03-15,1,EUR", "D-4,,2024-03-15,tbd,EUR"))
    assert (draft.accepted, draft.rejected) == (3, 1)
    assert "2 rows name no partner, so they count for none; see q3.csv line 3, column Partner." in draft.notes
    assert not any("no partner" in note for note in drafted(deals()).notes)


def test_a_wrong_day_is_one_problem_and_not_two(drafted: Drafted) -> None:
    (problem,) = drafted(deals("D-2,Acme,2024-02-30,1,EUR")).problems
    assert "is not a day of the calendar" in str(problem)


def test_amounts_of_two_currencies_in_one_row_are_not_mixed(drafted: Drafted) -> None:
    text = "Deal ID,Partner,Stage,Amount (USD),Cost (EUR)\nD-1,Acme,Talks,5,4\n"
    draft = drafted(text)
    assert (draft.accepted, draft.rejected) == (0, 1)
    assert "“Amount (USD)” and “Cost (EUR)” are in different currencies." in str(draft.problems[0])
    (part,) = drafted(text, {"column:Cost (EUR)": ""}).parts
    assert part.fields["currency"] == ["USD"]
