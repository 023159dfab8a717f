"""Modules: terms by type, segment, region or single partner, laid over one version."""

from datetime import date
from decimal import Decimal

import pytest

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Deal, Partner
from partnerdesk.engine.outcome.record import plain
from partnerdesk.engine.whole import Outcome
from partnerdesk.program.words import rule_words, words_of
from tests.engine.cases import facts, problems, program, worked

PROGRAM = """
program = "p"
version = "1"
effective_from = 2026-01-01

[metric.revenue]
says = "Revenue"
of = "deal"
where = { status = "won" }

[metric.base]
says = "Base"
of = "deal"
where = { status = "won" }

[earning.upfront]
says = "Upfront"
type = "UPFRONT"
reference = "U-1"
on = "deal won"
base = "amount"
rate = 0.10

[earning.bonus]
says = "Bonus"
type = "BONUS"
on = "period end"
every = "quarter"
base = { metric = "base" }
rate = 0.01

[cap.both]
says = "Cap"
of = ["upfront", "bonus"]
every = "quarter"
at_most = 150

[holdback.quality]
says = "Quality"
of = ["upfront"]
share = 0.10
release_after = 1
"""
REFERRAL = """
[module.referral]
says = "Referral partners"
reference = "R"
partner = { type = "referral" }
drops = ["earning.bonus", "holdback.quality"]

[module.referral.earning.upfront]
rate = 0.20

[module.referral.earning.thanks]
says = "Thanks"
type = "THANKS"
on = "deal won"
amount = 7
"""
AS_OF = date(2026, 3, 31)
WON = Deal(id="D", partner="A", status="won", closed=date(2026, 2, 1), amount=Decimal(1000))


def outcome(text: str, **partner: str) -> Outcome:
    return worked(text, [Partner(id="A", name="Alder", **partner), WON], AS_OF)


def lines(text: str, **partner: str) -> dict[str, Decimal]:
    return {line.type: line.amount for line in outcome(text, **partner).lines}


def test_a_partner_that_no_module_fits_has_the_versions_terms() -> None:
    found = outcome(PROGRAM + REFERRAL, type="reseller")
    assert {line.type: line.amount for line in found.lines} == {"UPFRONT": 100, "BONUS": 10}
    assert [e.amount for e in found.entries if e.kind == "holdback" and e.bucket == "held"] == [10]


def test_a_module_replaces_adds_and_drops() -> None:
    found = outcome(PROGRAM + REFERRAL, type="referral")
    # 20 % in place of 10 %, cut by the version's own cap of 150, which does not cover what is new
    assert {line.type: line.amount for line in found.lines} == {"UPFRONT": 150, "THANKS": 7}
    assert not [e for e in found.entries if e.kind == "holdback"]


def test_a_rule_keeps_what_the_module_does_not_say() -> None:
    found = outcome(PROGRAM + REFERRAL, type="referral").lines[0]
    assert (found.rule.reference, found.says, found.base) == ("U-1", "Upfront", 1000)


def test_a_line_names_its_rule_and_the_module() -> None:
    upfront, thanks = outcome(PROGRAM + REFERRAL, type="referral").lines
    assert (upfront.rule.key, upfront.rule.module) == ("earning.upfront", "referral")
    assert thanks.rule.reference == "module.referral.earning.thanks"
    assert plain(upfront.rule)["module"] == "referral"
    assert "module" not in plain(outcome(PROGRAM, type="referral").lines[0].rule)


@pytest.mark.parametrize(
    ("module", "expected"),
    [
        ("[module.m.metric.base]\nof = 'deal'\ntake = 'count'\nunit = 'deals'\nsays = 'Base'", {"BONUS": "0.01"}),
        ("[module.m.cap.both]\nat_most = 60", {"UPFRONT": "60", "BONUS": "0"}),
        ('[module.m.cap.small]\nsays = "Small"\nof = ["upfront"]\nevery = "quarter"\nat_most = 20', {"UPFRONT": "20"}),
        (
            '[module.m.safety_net.floor]\nsays = "Floor"\nof = ["upfront"]\nevery = "quarter"\nat_least = 130',
            {"TOPUP": "30"},
        ),
    ],
)
def test_every_kind_of_rule_may_be_in_a_module(module: str, expected: dict[str, str]) -> None:
    text = f'{PROGRAM}\n[module.m]\nsays = "M"\npartner = {{ type = "msp" }}\n{module}\n'
    found = lines(text, type="msp")
    assert {k: found[k] for k in expected} == {k: Decimal(v) for k, v in expected.items()}
    assert lines(text, type="var") == lines(PROGRAM, type="var")


def test_a_holdback_of_a_module() -> None:
    text = (
        f'{PROGRAM}\n[module.m]\nsays = "M"\npartner = {{ region = "EU" }}\n[module.m.holdback.quality]\nshare = 0.5\n'
    )
    held = [e.amount for e in outcome(text, region="EU").entries if e.kind == "holdback" and e.bucket == "held"]
    assert held == [50]


@pytest.mark.parametrize(
    ("where", "fits"),
    [
        ('{ id = "A" }', True),
        ('{ id = "B" }', False),
        ('{ region = ["EU", "UK"], segment = "smb" }', True),
        ('{ region = "EU", segment = "enterprise" }', False),
        ("{ joined = { at_least = 2026-01-01 } }", False),
        ("{}", True),
    ],
)
def test_whom_a_module_fits(where: str, fits: bool) -> None:
    text = f'{PROGRAM}\n[module.m]\nsays = "M"\npartner = {where}\ndrops = ["earning.bonus"]\n'
    assert ("BONUS" in lines(text, region="EU", segment="smb")) is not fits


def test_of_several_modules_the_last_one_lies_on_top() -> None:
    text = PROGRAM + REFERRAL + '\n[module.mine]\nsays = "X"\npartner = { id = "A" }\nearning.upfront.rate = 0.05\n'
    found = lines(text, type="referral")
    assert found == {"UPFRONT": 50, "THANKS": 7}
    assert outcome(text, type="referral").lines[0].rule.module == "mine"


def test_each_partner_of_a_book_has_its_own_terms() -> None:
    rows = [Partner(id=i, name=i, type=t) for i, t in (("A", "referral"), ("B", "var"), ("C", "referral"))]
    deals = [Deal(id=f"D{i}", partner=i, status="won", closed=date(2026, 2, 1), amount=Decimal(100)) for i in "ABC"]
    found = evaluate([program(PROGRAM + REFERRAL)], facts([*rows, *deals]), AS_OF).partners
    assert {i: found[i].lines[0].amount for i in "ABC"} == {"A": 20, "B": 10, "C": 20}


def test_a_module_comes_and_goes_with_the_version() -> None:
    later = PROGRAM.replace('"1"', '"2"').replace("2026-01-01", "2026-03-01")
    rows = [
        Partner(id="A", name="A", type="referral"),
        WON,
        Deal(id="E", partner="A", status="won", closed=date(2026, 3, 2), amount=Decimal(100)),
    ]
    found = worked([PROGRAM + REFERRAL, later], rows, date(2026, 3, 2))
    assert [(line.type, line.amount) for line in found.lines] == [("UPFRONT", 150), ("THANKS", 7), ("UPFRONT", 0)]


@pytest.mark.parametrize(
    ("module", "words"),
    [
        ('drops = ["earning.bonos"]', "rule earning.bonos is not defined. Did you mean earning.bonus?"),
        ('drops = ["earning.bonus"]\nearning.bonus.rate = 0.2', "earning.bonus is dropped and changed"),
        ('drops = ["metric.base"]', "rule metric.base is not defined"),
        ("", "module.m: the module changes nothing"),
        ('earning.upfront.base = "amounts"', "module.m.earning.upfront.base: deal has no attribute amounts"),
        ("earning.upfront.rat = 1", "rat is not a known key"),
    ],
)
def test_a_module_that_means_nothing_is_refused(module: str, words: str) -> None:
    text = f'{PROGRAM}\n[module.m]\nsays = "M"\npartner = {{ type = "msp" }}\n{module}\n'
    assert any(words in str(p) for p in problems(text)), [str(p) for p in problems(text)]


def test_an_unknown_attribute_of_the_partner_is_refused() -> None:
    text = f'{PROGRAM}\n[module.m]\nsays = "M"\npartner = {{ kind = "msp" }}\ndrops = ["cap.both"]\n'
    assert any("partner has no attribute kind" in str(p) for p in problems(text))


@pytest.mark.parametrize(
    ("where", "warned"),
    [('{ region = "EU" }', True), ('{ type = "msp" }', False), ('{ type = ["msp", "referral"] }', True)],
)
def test_modules_that_may_meet_in_one_rule_are_warned_of(where: str, warned: bool) -> None:
    text = f'{PROGRAM}{REFERRAL}\n[module.m]\nsays = "M"\npartner = {where}\nearning.upfront.rate = 0.3\n'
    found = [p for p in problems(text) if "which stands last" in str(p)]
    assert bool(found) is warned
    assert all(p.warning for p in found)


def test_what_a_module_says_in_words() -> None:
    version = program(PROGRAM + REFERRAL)
    said = {w.key: w.sentence for w in rule_words(version)}
    assert said["module.referral"] == (
        "A partner whose type is referral has its own terms for upfront and thanks and does not have bonus and quality."
    )
    assert said["earning.upfront"].endswith("you earn 10\N{NO-BREAK SPACE}% of the amount.")
    assert said["module.referral.earning.upfront"].endswith("you earn 20\N{NO-BREAK SPACE}% of the amount.")


def test_a_module_for_partners_of_a_status_says_so_in_words() -> None:
    own = 'partner = { status = "active", region = "north" }'
    version = program(f'{PROGRAM}\n[module.active]\nsays = "Active"\n{own}\nearning.upfront.rate = 0.3\n')
    (said,) = [w for w in rule_words(version) if w.key == "module.active"]
    assert said.sentence.startswith("A partner that is active and whose region is north has its own terms for")
    assert said.parameters == "that is active and whose region is north"


def test_a_partner_reads_its_own_rules() -> None:
    version = program(PROGRAM + REFERRAL)
    own = {w.key: w.sentence for w in rule_words(version, Partner(id="A", name="A", type="referral"))}
    assert own["earning.upfront"].endswith("you earn 20\N{NO-BREAK SPACE}% of the amount.")
    assert "earning.thanks" in own
    assert "earning.bonus" not in own
    assert not any(key.startswith("module.") for key in own)
    line = outcome(PROGRAM + REFERRAL, type="referral").lines[0]
    words = words_of(version, line.rule)
    assert words is not None
    assert words.sentence == own["earning.upfront"]
