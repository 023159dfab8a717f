"""An invented partner in a good quarter with loose ends: everything a pack can show, with figures that tie."""

from dataclasses import replace
from datetime import date
from decimal import Decimal as D

from partnerdesk.engine.period import Period, period_at
from partnerdesk.reports.format import Formats
from partnerdesk.reports.pack.data import (
    AgendaItem,
    Appendix,
    Attendee,
    Commitment,
    DealLine,
    Decision,
    Definition,
    Earnings,
    Fund,
    Gate,
    InternalNote,
    InternalPack,
    Issue,
    KeyFigure,
    LastSurvey,
    Lever,
    Meeting,
    MonthAhead,
    NextDate,
    NextSteps,
    OutlookView,
    PackData,
    Party,
    Point,
    ProgramRef,
    ReleaseMonth,
    Renewal,
    ScoreComponent,
    ScorePoint,
    ScoreView,
    Skill,
    SourceRow,
    StatementLine,
    TierLine,
    Uncounted,
)
from tests.reports.pack.ahead_world import pipeline

FORMATS = Formats("en_GB", hard_spaces=True)
VENDOR = Party("fennmark", "Fennmark Software", "Fennmark")
PARTNER = Party("p-017", "Halvorsen Data", "Halvorsen")
AS_OF = date(2026, 11, 19)
Q3 = period_at(date(2026, 9, 30), "quarter")


def month(year: int, number: int) -> Period:
    return period_at(date(year, number, 1), "month")


def values(text: str) -> tuple[D, ...]:
    return tuple(D(word) for word in text.split())


def figures() -> tuple[KeyFigure, ...]:
    return (
        KeyFigure("Joint revenue", D(412000), "EUR", D(368000), D(400000), values("301 318 333 350 346 358 368 412")),
        KeyFigure(
            "Renewal rate", D("0.935"), "%", D("0.924"), D("0.92"), values(".88 .89 .902 .908 .916 .92 .924 .935")
        ),
        KeyFigure("Deployment quality", D("62"), "points", D("65"), D("70"), values("61 62 65 69 72 70 65 62")),
        KeyFigure("Joint growth", D("0.121"), "%", D("0.098"), None, values(".05 .06 .08 .07 .09 .1 .098 .121")),
        KeyFigure("Earned", D(90400), "EUR", D(67900), D(83700), values("51 49 54 61 73 65 67.9 90.4"), "73k paid"),
    )


def score() -> ScoreView:
    return ScoreView(
        total=D("71.4"),
        tier="Silver",
        reached="Silver",
        tiers=(TierLine("Registered"), TierLine("Silver", D(50)), TierLine("Gold", D(75)), TierLine("Platinum", D(90))),
        next_tier="Gold",
        points_short=D("3.6"),
        since=date(2025, 1, 1),
        check_day=date(2026, 12, 31),
        projected=D("76.1"),
        projected_on=date(2026, 12, 31),
        components=(
            ScoreComponent(
                label="Renewal rate",
                measures="Recurring value renewed, trailing 12 months",
                unit="%",
                weight=D(40),
                measured=D("0.935"),
                points=D("94.0"),
                adds=D("37.60"),
                previous=D("89.6"),
            ),
            ScoreComponent(
                label="Deployment quality",
                measures="Standards, dates and adoption, 6 deployments",
                unit="points",
                weight=D(35),
                measured=D("62"),
                points=D("62.0"),
                adds=D("21.70"),
                previous=D("65.0"),
                projected=D("74.0"),
            ),
            ScoreComponent(
                label="Joint growth",
                measures="Joint revenue, 12 months on 12 months",
                unit="%",
                weight=D(25),
                measured=D("0.121"),
                points=D("48.4"),
                adds=D("12.10"),
                previous=D("44.5"),
                projected=D("50.4"),
            ),
        ),
        gates=(
            Gate("Joint revenue, at least 250k EUR", True, D(412000), D(250000), "EUR"),
            Gate("Two quarters in a row above 65", True, D(4), D(2), "quarters"),
            Gate("Two certified engineers", False, D(1), D(2), "people", date(2026, 12, 31)),
        ),
        levers=(
            Lever(D("4.2"), "Close three open defects", "4 weeks, both sides"),
            Lever(D("1.9"), "Win one 60k expansion deal", "8 weeks, Halvorsen"),
        ),
        history=tuple(
            ScorePoint(period_at(date(2024 + (9 + 3 * n) // 12, (9 + 3 * n) % 12 + 1, 1), "quarter"), value, version)
            for n, (value, version) in enumerate(
                zip(
                    values("58.2 60.1 61.4 64.8 66.0 68.9 69.7 71.4"),
                    [*["2024.1"] * 7, "2026.2"],
                    strict=True,
                )
            )
        ),
        rule="SC-01",
    )


def earnings() -> Earnings:
    rows = (
        (7, "14950 21600 0 0 -19850 16700", ""),
        (8, "16700 24300 -600 0 -22000 18400", ""),
        (9, "18400 44500 -2700 325 -31300 29225", "REM-2026-0917"),
    )
    lines = []
    for number, amounts, remittance in rows:
        opening, earned, clawed, adjusted, paid, closing = values(amounts)
        lines.append(
            StatementLine(
                period=month(2026, number),
                number=f"ST-2026-{number:02}",
                version=1,
                opening=opening,
                earned=earned,
                clawed_back=clawed,
                adjusted=adjusted,
                paid=paid,
                closing=closing,
                held=closing,
                opening_held=opening,
                deferred=D(15000) if number == 9 else D(0),
                withheld=D(4125) if number == 9 else D(0),
                released=D(7400) if number == 9 else D(0),
                remittance=remittance,
            )
        )
    releases = [(2026, 10, 2500, 1400), (2026, 11, 2500, 1400), (2026, 12, 2500, 4925)]
    releases += [(2027, 1, 2500, 0), (2027, 2, 2500, 0), (2027, 3, 2500, 6500)]
    return Earnings(tuple(lines), tuple(ReleaseMonth(date(y, m, 1), D(v), D(h)) for y, m, v, h in releases))


def renewals() -> tuple[Renewal, ...]:
    def of(customer: str, product: str, day: date, value: int, **more: object) -> Renewal:
        return Renewal(customer=customer, product=product, renews=day, value=D(value), **more)  # type: ignore[arg-type]

    return (
        of(
            "Borealis",
            "Core",
            date(2026, 12, 14),
            84000,
            notice_by=date(2026, 11, 14),
            survey=LastSurvey("csat", D("2.9"), D(5), date(2026, 9, 12)),
            action="Executive call, then a success review",
        ),
        of(
            "Helios",
            "Core",
            date(2027, 3, 2),
            96000,
            notice_by=date(2027, 1, 1),
            survey=LastSurvey("csat", D("4.4"), D(5), date(2026, 10, 2)),
            action="Three-year offer by 15 Jan",
            owner="R. Silva, T. Reyes",
        ),
        of("Marlow Energy", "Hub", date(2027, 6, 20), 58000, notice_by=date(2027, 4, 20), owner="R. Silva"),
        of("Aurel Insurance", "Core", date(2027, 8, 3), 44000, notice_by=date(2027, 6, 3), owner="R. Silva"),
        of("Corvin Logistics", "Core", date(2027, 9, 9), 110000, notice_by=date(2027, 7, 9), owner="R. Silva"),
        of("Lumen Freight", "Core", date(2026, 9, 4), 66000, outcome="renewed", outcome_on=date(2026, 8, 20)),
        of("Sable Retail", "API", date(2026, 9, 22), 52000, outcome="expanded", outcome_on=date(2026, 9, 20)),
        of("Tessera Health", "Hub", date(2026, 10, 9), 41000, outcome="renewed", outcome_on=date(2026, 10, 1)),
        of("Orrin Foods", "Core", date(2026, 10, 30), 46000, outcome="renewed", outcome_on=date(2026, 10, 28)),
    )


def commitments() -> tuple[Commitment, ...]:
    def of(side: str, text: str, owner: str, due: date, status: str, result: str, **more: object) -> Commitment:
        return Commitment(text, side, owner, due, status=status, result=result, **more)  # type: ignore[arg-type]

    jul, aug, sep = date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 30)
    late = {"carried": True}
    return (
        of("vendor", "Solution engineer on site two days a month", "Priya Nair", jul, "done", "Six days delivered"),
        of(
            "vendor", "Fix the Hub import defect for Lumen Freight", "Daniel Brandt", aug, "done", "Release 8.2, 12 Aug"
        ),
        of("vendor", "Fund the Hamburg roundtable, 6,000 EUR", "Karl Voss", jul, "done", "Held 10 Sep, 31 guests"),
        of("vendor", "Deal registration answered within two days", "Rosa Silva", sep, "done", "9 of 9, median 1 day"),
        of(
            "vendor",
            "Adoption dashboard for Tessera and Orrin",
            "Priya Nair",
            aug,
            "late",
            "Tessera live, Orrin waits for data access",
            **late,
            carried_to=date(2026, 12, 11),
        ),
        of("partner", "Close Marlow Energy", "Tom Reyes", sep, "done", "Signed 3 Sep, 200,000 EUR"),
        of(
            "partner",
            "Tessera Health live by 30 September",
            "Mira Okafor",
            sep,
            "done",
            "Live 19 Sep, eleven days early",
        ),
        of("partner", "Two customer references", "Jonas Weber", aug, "done", "Helios, Lumen Freight"),
        of(
            "partner",
            "Second certified engineer",
            "Mira Okafor",
            sep,
            "late",
            "Exam moved by the test center to 9 Dec",
            **late,
            carried_to=date(2026, 12, 31),
        ),
        of(
            "partner",
            "Joint web seminar on analytics",
            "Tom Reyes",
            date(2026, 9, 15),
            "dropped",
            "Replaced by the Hamburg roundtable",
            carried=False,
        ),
    )


def outlook() -> OutlookView:
    rows = [
        (2026, 11, 11200, 9800, 15200, 11800, True),
        (2026, 12, 24000, 27425, 61000, 32400, False),
        (2027, 1, 12000, 13000, 12000, 23000, False),
        (2027, 2, 11800, 12800, 31800, 14800, False),
        (2027, 3, 12500, 19500, 42500, 29500, False),
        (2027, 4, 11800, 10900, 19800, 21900, False),
        (2027, 5, 12100, 11000, 26100, 22700, False),
    ]
    return OutlookView(
        tuple(MonthAhead(date(y, m, 1), D(a), D(b), D(c), D(d), rest=rest) for y, m, a, b, c, d, rest in rows),
        "Silver",
        "Gold",
        ("14 open deals are won on their expected day", "2 open contracts are renewed at their amount"),
        ("3 open deals without a date", "deals and refunds that nobody knows yet"),
        (
            Skill("Certified engineers", 1, 2, date(2026, 12, 31)),
            Skill("Analytics consultants", 0, 1, date(2027, 2, 28)),
            Skill("Architects", 2, 2),
        ),
        Fund(
            name="Co-marketing fund 2026",
            allocated=D(24000),
            paid=D(7400),
            claimed=D(4100),
            approved=D(6500),
            left=D(6000),
            expires=date(2026, 12, 31),
        ),
    )


def next_steps() -> NextSteps:
    def of(side: str, text: str, owner: str, due: date, measure: str) -> Commitment:
        return Commitment(text, side, owner, due, measure)  # type: ignore[arg-type]

    return NextSteps(
        (
            of("vendor", "Orrin adoption dashboard live", "Priya Nair", date(2026, 12, 11), "Weekly use above 40%"),
            of(
                "vendor",
                "Fix three defects: Orrin, Lumen, Tessera",
                "Daniel Brandt",
                date(2026, 12, 11),
                "All closed by customer",
            ),
            of("vendor", "Executive call with Borealis", "Helen Cho", date(2026, 11, 27), "Renewal term agreed"),
            of(
                "vendor", "Price approval for Helios within two days", "Rosa Silva", date(2027, 1, 15), "Written answer"
            ),
            of("vendor", "6,000 EUR for the analytics workshop", "Karl Voss", date(2026, 12, 18), "Fund approved"),
            of("partner", "Second certified engineer", "Mira Okafor", date(2026, 12, 31), "Certificate issued"),
            of(
                "partner",
                "Borealis success review with its sponsor",
                "Jonas Weber",
                date(2026, 12, 4),
                "Signed action list",
            ),
            of("partner", "Orrin Foods expansion, 60k EUR", "Tom Reyes", date(2027, 1, 29), "Order signed"),
            of("partner", "Go-live of Marlow Energy", "Mira Okafor", date(2027, 2, 26), "Live, first invoice run"),
            of(
                "partner",
                "Three analytics proposals from open ground",
                "Tom Reyes",
                date(2027, 1, 31),
                "Three registered deals",
            ),
        ),
        (
            Decision("one owner on each side", "Borealis", "Helen Cho, Ana Lindqvist"),
            Decision("three-year term or one year", "Helios", "Rosa Silva"),
            Decision("use 6,000 EUR before 31 Dec", "Fund", "Karl Voss"),
        ),
        (
            Issue("41 days", "Orrin data access", 2, date(2026, 11, 27)),
            Issue("325.00 EUR", "Dispute on line 0907-08", None, date(2026, 11, 27)),
            Issue("new exam date 9 Dec", "Test center delay", 1),
        ),
        (
            NextDate(date(2026, 12, 11), "operating review, 30 minutes"),
            NextDate(date(2026, 12, 31), "tier check"),
            NextDate(date(2027, 2, 12), "review of the fourth quarter"),
        ),
        date(2027, 2, 12),
        "Ana Lindqvist",
        "Helen Cho",
    )


def appendix() -> Appendix:
    return Appendix(
        (
            Definition(
                "Joint revenue", "Net invoices of deals you sourced or assisted, in the quarter", D(412000), "EUR"
            ),
            Definition(
                "Renewal rate",
                "Recurring value renewed, divided by value due; trailing 12 months; gross",
                D("0.935"),
                "%",
            ),
            Definition(
                "Deployment quality", "Standards 50, on time 30, adoption 20; mean of live deployments", D(62), "points"
            ),
            Definition("Joint growth", "Joint revenue of 12 months against the 12 months before", D("0.121"), "%"),
            Definition("CSAT", "Mean of answers in the quarter", None, "points", "no answer in the quarter"),
        ),
        (
            Uncounted(
                deal="D-0966",
                customer="Orrin Foods",
                amount=D(18400),
                reason="Registered after the order was signed",
                rule="UP-02",
            ),
            Uncounted(
                deal="D-0981",
                customer="Sable Retail",
                amount=D(9600),
                reason="Services, no recurring part",
                rule="RC-01",
            ),
            Uncounted(
                deal="D-0992",
                customer="Lumen Freight",
                amount=D(7250),
                reason="Invoice unpaid after 60 days",
                rule="RC-01",
                remedy="Counts when paid",
                until=date(2026, 12, 31),
            ),
            Uncounted(
                deal="D-1003",
                customer="Tessera Health",
                amount=D(-4100),
                reason="No proof of go-live",
                rule="MS-03",
                remedy="Send the acceptance form",
                until=date(2026, 12, 15),
            ),
        ),
        (
            SourceRow("Partner system, deals and invoices", "B-0412", 318, date(2026, 10, 6)),
            SourceRow("Delivery records", "B-0415", 46, date(2026, 10, 6)),
            SourceRow("Training registry", "B-0431", 12, date(2026, 11, 2)),
            SourceRow("Pipeline and renewals", "B-0447", 71, date(2026, 11, 19)),
        ),
        (
            (
                "Line 0907-08, 325.00 EUR, opened 30 Oct 2026, answer by 27 Nov 2026. Figures in this pack include the "
                "line as stated."
            ),
        ),
        tuple(
            DealLine(
                deal=f"D-{1000 + n}",
                customer=["Corvin Logistics", "Helios", "Aurel Insurance", "Orrin Foods", "Lumen Freight"][n % 5],
                what=["Core, Hub", "Core, 3 years", "Analytics", "Expansion", "API"][n % 5],
                stage=["Proposal", "Negotiation", "Proof", "Qualified", "Won"][n % 5],
                amount=D(120000 - 7000 * n),
                day=date(2026, 12, 18) if n % 4 else None,
            )
            for n in range(14)
        ),
    )


def pack(**changes: object) -> PackData:
    """The whole pack; `changes` replace parts of it."""
    data = PackData(
        partner=PARTNER,
        vendor=VENDOR,
        period=Q3,
        previous="Q2",
        as_of=AS_OF,
        currency="EUR",
        program=ProgramRef("Fennmark Partner Alliance", "2026.2", "5f" * 32),
        run="R-000412",
        facts_sha256="a1" * 32,
        sample=True,
        meeting=Meeting(
            date(2026, 11, 20),
            "14:00",
            "",
            (Attendee("Ana Lindqvist", "sponsor"), Attendee("Jonas Weber"), Attendee("Mira Okafor")),
            (Attendee("Helen Cho", "sponsor"), Attendee("Rosa Silva"), Attendee("Priya Nair")),
        ),
        figures=figures(),
        wins=(
            Point(": 200,000 EUR, the largest joint deal so far", "Marlow Energy signed"),
            Point("closed since August, 205,000 EUR", "Four of four renewals"),
            Point("eleven days early, our first health site", "Tessera Health live"),
        ),
        asks=(
            Point("at Orrin, Lumen and Tessera", "Close three open defects", due=date(2026, 12, 11)),
            Point(": 84,000 EUR renews on 14 Dec", "Name an owner for Borealis", due=date(2026, 11, 27)),
            Point(": the last open gate for Gold", "Certify one more engineer", due=date(2026, 12, 31)),
        ),
        agenda=(
            AgendaItem("Commitments of last quarter", 10, "commitments"),
            AgendaItem("Score, gates and what moves them", 15, "score"),
            AgendaItem("Earnings and held money", 10, "earnings"),
            AgendaItem("Borealis renewal: joint plan", 15, "renewals"),
            AgendaItem("Outlook to May", 10, "outlook"),
            AgendaItem("New commitments and decisions", 15, "next"),
        ),
        commitments=commitments(),
        score=score(),
        earnings=earnings(),
        renewals=renewals(),
        pipeline=pipeline(),
        outlook=outlook(),
        next=next_steps(),
        appendix=appendix(),
    )
    return replace(data, **changes)  # type: ignore[arg-type]


def internal_pack(**changes: object) -> InternalPack:
    notes = (
        InternalNote(date(2026, 11, 12), "call", "Jonas is looking for another job; do not mention it.", "Rosa Silva"),
        InternalNote(date(2026, 10, 2), "visit", "They would accept 12 months for Helios.", "Helen Cho"),
    )
    return InternalPack(pack(**changes), notes)
