"""Statements to write: one that ties by hand, and random ones that tie by construction."""

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from partnerdesk.engine.outcome import CheckResult, EarningLine, Entry, Held, Row, RuleRef, Statement
from partnerdesk.engine.period import Period, period_at, previous_period
from partnerdesk.reports.statement.document import (
    FINAL,
    CorrectionDetail,
    HistoryRow,
    LineDetail,
    NotCounted,
    RuleRow,
    StatementDocument,
)

D = Decimal
CENT, ZERO = D("0.01"), D(0)
SEPTEMBER = period_at(date(2026, 9, 1), "month")
CHECKS = (
    "Movements equal the closing balance",
    "Transfers net to zero",
    "Detail equals summary",
    "Paid equals remittances",
    "Opening equals the last closing",
)
HOSTILE = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    " =1+1",
    "＝1+1",
    "=",
    "#REF!",
    "#N/A",
    "AT&T",
    "R&D &P Acme",
    "R&D <Labs> partner",
    "CON.txt",
    "../../x",
    "_x0041_ literal",
    "\x00NUL",
    "\x0b\x1f controls",
    "quote \" and ' and ,;",
    "line\nbreak",
    "<img src=file:///dev/zero>",
    "$5k to $10k",
    "Delta",
    "http://example.com/x",
    "mailto:a@b.c",
    "file:///etc/passwd",
    "0123",
    "1e5",
    "TRUE",
    "2026-09-01",
    "𝔘nicode 👩‍👩‍👧 Łużyca 日本 \u202eRTL",
)
Line = EarningLine[Decimal]


def rule(reference: str, key: str) -> RuleRef:
    return RuleRef(key, reference, "2026.2", date(2026, 7, 1))


def line(id: str, type_: str, base: str, rate: str | None, amount: str, **more: Any) -> Line:
    """An earning line of September with its parts as texts."""
    values: dict[str, Any] = {
        "rule": rule("UP-02", "earning.upfront"),
        "says": type_.capitalize(),
        "partner": "NWD-0007",
        "event": date(2026, 9, 3),
        "process": date(2026, 9, 4),
        "period": SEPTEMBER,
        "factor": None,
        "share": None,
        "computed": D(amount),
        "effect": ZERO,
        "amount": D(amount),
        "currency": "EUR",
        "base_currency": "EUR",
        "exchange": None,
        "because": "Silver partners earn",
    }
    rates = None if rate is None else D(rate)
    return EarningLine(id=id, type=type_, base=D(base), rate=rates, **(values | more))


def entry(kind: str, bucket: str, amount: str | Decimal, id: str, **more: Any) -> Entry[Decimal]:
    values: dict[str, Any] = {"day": date(2026, 9, 30), "period": SEPTEMBER, "partner": "NWD-0007"} | more
    return Entry(id=f"{id}:{kind}:{bucket}", kind=kind, bucket=bucket, amount=D(amount), **values)


def transfer(kind: str, held: str, id: str, **more: Any) -> list[Entry[Decimal]]:
    return [entry(kind, "held", held, id, **more), entry(kind, "payable", -D(held), id, **more)]


def lines() -> tuple[Line, ...]:
    recurring = (
        ("0907-02", "48000", "3840", 8, "D-0911", "Helios", "Core"),
        ("0907-03", "42000", "3360", 10, "D-0876", "Borealis", "Core"),
        ("0907-04", "22500", "1800", 14, "D-0934", "Lumen Freight", "Hub"),
        ("0907-05", "18750", "1500", 17, "D-0958", "Tessera Health", "Analytics"),
        ("0907-06", "9375", "750", 22, "D-0897", "Orrin Foods", "Support"),
    )
    found = [line("0907-01", "UPFRONT", "200000", "0.15", "30000", deal="D-1042", customer="Marlow Energy")]
    for id_, base, amount, day, deal, customer, product in recurring:
        event = date(2026, 9, day)
        more: dict[str, Any] = {"deal": deal, "customer": customer, "product": product}
        found.append(
            line(
                id_,
                "RECURRING",
                base,
                "0.08",
                amount,
                event=event,
                process=event + timedelta(1),
                rule=rule("RC-01", "earning.recurring"),
                **more,
            )
        )
    milestone = {"rule": rule("MS-03", "earning.milestone"), "because": "live within 90 days"}
    spiff = {"rule": rule("SP-07", "earning.spiff"), "because": "first customer in utilities"}
    found.append(line("0907-07", "MILESTONE", "2000", None, "2000", deal="D-0958", **milestone))
    found.append(line("0907-08", "SPIFF", "1250", None, "1250", deal="D-1042", **spiff))
    return tuple(found)


def entries() -> tuple[Entry[Decimal], ...]:
    made = [entry("accrual", "payable", x.amount, x.id, line=x.id, type=x.type) for x in lines()]
    clawback = rule("CB-01", "earning.upfront.clawback")
    for n in range(6):
        due = "vests with the customer's instalments"
        made += transfer("deferral", "2500", f"0907-01:v{n + 2}", line="0907-01", type="UPFRONT", note=due)
    made += transfer("holdback", "4125", "0907-01:h1", line="0907-01", note="10 % of upfront and recurring held back")
    for n, (amount, origin) in enumerate((("-3900", "0807-01"), ("-2500", "0707-01"), ("-1000", "0607-03"))):
        made += transfer("release", amount, f"{origin}:v{n + 1}", line=origin, note="customer paid the instalment")
    because = "Quillon Media left after 5 of 12 months"
    made.append(entry("clawback", "held", "-900", "0307-04:c1", line="0307-04", rule=clawback, note=because))
    made.append(entry("clawback", "payable", "-1800", "0307-04:c2", line="0307-04", rule=clawback, note=because))
    made.append(
        entry("adjustment", "payable", "325", "ADJ-0031", note="training refund agreed in August", reference="ADJ-0031")
    )
    made.append(entry("payment", "payable", "-31300", "REM-2026-0917", reference="REM-2026-0917"))
    return tuple(made)


def row(key: str, label: str, held: str, payable: str, reference: str = "", *, moves: bool = False) -> Row[Decimal]:
    return Row(key, label, D(held), D(payable), D(held) + D(payable), reference, moves)


def rows() -> tuple[Row[Decimal], ...]:
    return (
        row("opening", "Opening balance", "18400", "0"),
        row("earned.UPFRONT", "Upfront commission", "0", "30000", "2 Earnings, UPFRONT"),
        row("earned.RECURRING", "Recurring commission", "0", "11250", "2 Earnings, RECURRING"),
        row("earned.MILESTONE", "Milestones", "0", "2000", "2 Earnings, MILESTONE"),
        row("earned.SPIFF", "SPIFFs", "0", "1250", "2 Earnings, SPIFF"),
        row("deferred", "Transfer: deferred to vesting", "15000", "-15000", "3 Held and releases", moves=True),
        row("holdback", "Transfer: holdback withheld", "4125", "-4125", "3 Held and releases", moves=True),
        row("released", "Transfer: released", "-7400", "7400", "3 Held and releases", moves=True),
        row("clawback", "Clawed back", "-900", "-1800", "unvested first, then payable"),
        row("forfeited", "Forfeited", "0", "0", "3 Held and releases"),
        row("topup", "Safety-net top-up", "0", "0", "2 Earnings, TOPUP"),
        row("adjusted", "Manual adjustments", "0", "325", "ADJ-0031"),
        row("trueup", "Corrections to closed periods", "0", "0", "4 Clawbacks and adjustments"),
        row("paid", "Paid", "0", "-31300", "REM-2026-0917"),
        row("closing", "Closing balance", "29225", "0", "opening of the next statement"),
    )


def holds() -> tuple[Held[Decimal], ...]:
    def hold(id_: str, kind: str, amount: str, due: date, condition: str) -> Held[Decimal]:
        value = D(amount)
        return Held(id_, "0907-01", kind, value, ZERO, value, due, condition, ((due, value),))

    vests = "when the customer pays the instalment"
    return (
        hold("0907-01:v2", "vesting", "2500", date(2026, 10, 31), vests),
        hold("0907-01:v3", "vesting", "2500", date(2026, 11, 30), vests),
        hold("0907-01:v4", "vesting", "2500", date(2026, 12, 31), vests),
        hold("0907-01:v5", "vesting", "2500", date(2027, 1, 31), vests),
        hold("0907-01:v6", "vesting", "2500", date(2027, 2, 28), vests),
        hold("0907-01:v7", "vesting", "2500", date(2027, 3, 31), vests),
        hold("0807-01:h1", "holdback", "1400", date(2026, 10, 31), "after a quarter without a refund"),
        hold("0807-02:h1", "holdback", "1400", date(2026, 11, 30), "after a quarter without a refund"),
        hold("0907-01:h1", "holdback", "4925", date(2026, 12, 31), "after a quarter without a refund"),
        hold("0907-02:h1", "holdback", "6500", date(2027, 3, 31), "after two quarters without a refund"),
    )


def history() -> tuple[HistoryRow, ...]:
    past = (
        ("18200", "0", "-17100", "10900"),
        ("22450", "0", "-20250", "13100"),
        ("31800", "-1200", "-29400", "14300"),
        ("16900", "0", "-18000", "13200"),
        ("19350", "0", "-18850", "13700"),
        ("28700", "-900", "-26600", "14900"),
        ("17250", "0", "-18350", "13800"),
        ("20900", "150", "-20150", "14700"),
        ("29600", "-1450", "-27900", "14950"),
        ("21600", "0", "-19850", "16700"),
        ("24300", "-600", "-22000", "18400"),
        ("44500", "-2375", "-31300", "29225"),
    )
    periods: list[Period] = [SEPTEMBER]
    for _ in past[1:]:
        periods.insert(0, previous_period(periods[0]))
    return tuple(HistoryRow(p, *map(D, values)) for p, values in zip(periods, past, strict=True))


def northwind(**changes: Any) -> StatementDocument:
    """The statement that the documents' design works through: 18,400.00 + 44,500.00 … = 29,225.00."""
    statement = Statement(
        partner="NWD-0007",
        period=SEPTEMBER,
        currency="EUR",
        rows=rows(),
        lines=lines(),
        entries=entries(),
        held=holds(),
        uncounted=(),
        checks=tuple(CheckResult(name, ZERO) for name in CHECKS),
        tier="Silver",
        score=D("71.4"),
    )
    names = {x.id: LineDetail(x.deal or "", x.customer or "", x.product or "Core", "12 m", "B-0412") for x in lines()}
    document = StatementDocument(
        statement=statement,
        number="ST-2026-09",
        status=FINAL,
        partner_name="Northwind",
        legal_name="Northwind Systems GmbH",
        tax_id="DE 299 310 442",
        issued=date(2026, 10, 7),
        program="Halden Alliance",
        rules_version="2026.2",
        rules_from=date(2026, 7, 1),
        agreement="AGR-2024-118",
        contact="Rosa Silva",
        payer="Halden Software B.V.",
        dispute_until=date(2026, 11, 6),
        answer_days=20,
        data_as_of=date(2026, 10, 6),
        run="R-0193",
        facts_hash="6b1f0c" * 10 + "abcd",
        program_hash="d41d8c" * 10 + "98f0",
        engine="PartnerDesk 1.0",
        previous="ST-2026-08",
        following="ST-2026-10",
        history=history(),
        rules=register(),
        details=names,
        corrections={
            "0307-04:c1:clawback:held": CorrectionDetail("ST-2026-03", D(5400), D(2250)),
            "ADJ-0031:adjustment:payable": CorrectionDetail(approver="H. Cho"),
        },
        uncounted=(
            NotCounted(
                "D-1051",
                "D-1051",
                "Ferro Print",
                D("18500"),
                "EUR",
                "registered after the close",
                "UP-02",
                "register a deal before it closes",
                date(2026, 10, 31),
            ),
            NotCounted(
                "DEP-77", "", "Orrin Foods", None, "", "no go-live recorded", "MS-03", "send the acceptance", None
            ),
        ),
    )
    return replace(document, **changes)


def register() -> tuple[RuleRow, ...]:
    since = date(2026, 7, 1)
    return (
        RuleRow(
            "UP-02",
            "2026.2",
            "A new customer's first-year value earns a share by the partner's tier on the day of the close; half of "
            "it vests with the customer's instalments.",
            "first-year value × rate of the tier",
            "Registered 10 %, Silver 15 %, Gold 18 %",
            since,
        ),
        RuleRow("RC-01", "2026.2", "Every invoice that is paid earns 8 %.", "invoice × 8 %", "8 %", since),
        RuleRow(
            "MS-03", "2026.2", "A deployment that goes live within 90 days earns 2,000.00.", "flat", "90 days", since
        ),
        RuleRow("SP-07", "2026.2", "The first customer in utilities earns 1,250.00.", "flat", "utilities", since),
        RuleRow("CB-01", "2026.2", "What did not vest is taken back.", "original × months missing ÷ 12", "12", since),
    )


def with_lines(document: StatementDocument, made: tuple[Line, ...], **changes: Any) -> StatementDocument:
    """The document with other lines; rows, accruals, payment and checks follow so that it still ties."""
    types = list(dict.fromkeys(x.type for x in made if x.type != "TOPUP"))
    says = {x.type: x.says for x in made}
    kept = [e for e in document.statement.entries if e.kind not in ("accrual", "payment")]
    accruals = [entry("accrual", "payable", x.amount, x.id, line=x.id, type=x.type) for x in made]
    opening, *others, closing = document.statement.rows
    earned = [
        row(f"earned.{t}", says[t], "0", str(sum((x.amount for x in made if x.type == t), ZERO)), f"2 Earnings, {t}")
        for t in types
    ]
    moved = [r for r in others if not r.key.startswith("earned.") and r.key not in ("topup", "paid")]
    topup = sum((x.amount for x in made if x.type == "TOPUP"), ZERO)
    moved.append(row("topup", "Safety-net top-up", "0", str(topup)))
    due = opening.payable + sum((r.payable for r in (*earned, *moved)), ZERO)
    held = opening.held + sum((r.held for r in (*earned, *moved)), ZERO)
    paid = max(due, ZERO)
    moved.append(row("paid", "Paid", "0", str(-paid), "REM-1"))
    if paid:
        kept.append(entry("payment", "payable", -paid, "REM-1", reference="REM-1"))
    end = Row("closing", closing.label, held, due - paid, held + due - paid, closing.reference)
    statement = replace(
        document.statement, lines=made, entries=(*accruals, *kept), rows=(opening, *earned, *moved, end)
    )
    return replace(document, statement=statement, **changes)


def random_lines(count: int, seed: int, text: Any = None) -> tuple[Line, ...]:
    """Lines of every shape: rates, bands, factors, shares, caps, flat amounts and top-ups, in cents that tie."""
    rng = random.Random(seed)
    words = text or (lambda: f"Customer {rng.randint(1, 90)}")
    return tuple(random_line(rng, f"L-{n:04}", words) for n in range(count))


def random_line(rng: random.Random, id_: str, words: Any) -> Line:
    base = D(rng.randint(-500_000, 50_000_000)).scaleb(-2)
    kind = rng.choice(("rate", "rate", "bands", "flat", "topup"))
    factor = rng.choice((None, D("1.05"), D("1.1"), D("0.875")))
    share = rng.choice((None, D("0.5"), D("0.3333"), D("0.125")))
    rate, steps = None, ()
    if kind == "rate":
        rate = rng.choice((D("0.08"), D("0.15"), D("0.0225"), D("0.125")))
    if kind == "bands":
        steps = bands(abs(base))
        base = abs(base)
    gross = sum((a * r for a, r in steps), ZERO) if steps else base * (rate if rate is not None else 1)
    if kind == "topup":
        factor = share = None
        gross = base - 100
    computed = (gross * (factor or 1) * (share or 1)).quantize(CENT, ROUND_HALF_UP)
    effect = -(abs(computed) / 3).quantize(CENT) if rng.random() < 0.2 else ZERO
    foreign = rng.random() < 0.3
    return line(
        id_,
        "TOPUP" if kind == "topup" else rng.choice(("UPFRONT", "RECURRING", "MILESTONE")),
        "0",
        None,
        "0",
        event=date(2026, 9, rng.randint(1, 30)),
        deal=words(),
        customer=words(),
        product=words(),
        because=words(),
        effect_note="cap reached" if effect else "",
        base_currency="USD" if foreign else "EUR",
        exchange=D("0.921345") if foreign else None,
        factor=factor,
        share=share,
        computed=computed,
        effect=effect,
        steps=steps,
    )._replace(base=base, rate=rate, amount=computed + effect)


def bands(base: Decimal) -> tuple[tuple[Decimal, Decimal], ...]:
    """Marginal slices of a base: 2 % to 10,000, 3 % to 50,000, 4 % above."""
    found = []
    for floor, top, rate in ((0, 10_000, "0.02"), (10_000, 50_000, "0.03"), (50_000, None, "0.04")):
        part = min(base, D(top)) - floor if top else base - floor
        if part > 0:
            found.append((part, D(rate)))
    return tuple(found)
