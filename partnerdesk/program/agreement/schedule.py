"""The schedule of an agreement: exactly the terms that apply to one partner on a day, in sections.

A pure derivation from the program's versions, the partner's own row and enrolments: nothing is typed, and no rule,
module or clause of others is in it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from partnerdesk.engine.facts import Enrolment, Facts, Partner
from partnerdesk.engine.figures.reasons import day_words
from partnerdesk.engine.rules import Program, TierRule
from partnerdesk.engine.terms.modules import KINDS
from partnerdesk.engine.terms.versions import Terms, Version
from partnerdesk.engine.world.index import Index
from partnerdesk.engine.world.where_words import tests_words
from partnerdesk.engine.world.world import World
from partnerdesk.errors import Refused
from partnerdesk.program.agreement.asked import NAMING, Asked
from partnerdesk.program.agreement.content import Section, Term
from partnerdesk.program.agreement.own import LeftOut, Own, own_version
from partnerdesk.program.words import RuleWords, metric_sentence, need_words, rule_words
from partnerdesk.program.words.fiscal import FISCAL
from partnerdesk.program.words.governance import dispute_words
from partnerdesk.program.words.naming import benefits_say
from partnerdesk.program.words.settlement import paid_words

_KEYS = {
    "part": ("eligibility", "stage"),
    "standing": ("score", "tiers", "benchmark"),
    "earning": ("earning",),
    "limits": ("cap", "safety_net", "holdback"),
    "funds": ("fund", "benefit"),
    "money": ("rounding", "exchange"),
}
_SAID = ("tiers", "stage")  # their numbers stand in their sentences, or in terms of their own
_CLAUSES = {
    "regional": ("regional",),
    "rights": ("audit", "review", "data"),
    "remedies": ("remedy", "ending"),
    "changes": ("amendment",),
    "further": ("term",),
}


@dataclass(frozen=True, slots=True)
class Derived:
    """A partner's schedule, the version in force, and for the account manager alone what does not apply and why."""

    version: Program
    sections: tuple[Section, ...]
    left_out: tuple[LeftOut, ...]


def derived(programs: Sequence[Program], partner: Partner, facts: Facts, day: date) -> Derived:
    """The schedule of a partner on a day. `facts` holds partners and enrolments; programs stand oldest first.

    Raises Refused before the program begins, and where it is not for this partner.
    """
    terms = Terms(programs, day)
    if day < terms.versions[0].start:
        begins = day_words(terms.versions[0].start)
        raise Refused(f"The program begins on {begins}; nothing applies before.", "Let the agreement hold from then.")
    index = Index(facts)
    owns = [own_version(program, World(index, partner, terms)) for program in programs]
    current = terms.at(day)
    own = owns[current.number]
    if not own.takes_part:
        raise Refused(f"The program is not for {partner.name}.", "See who takes part in the program's rules.")
    enrolments = [row for row in index.rows("enrolment", partner.id) if _is_of(row, own.program, day)]
    maker = _Maker(terms, owns, current, Asked(World(index, partner, terms)))
    return Derived(own.program, tuple(s for s in maker.sections(enrolments) if s.terms), own.left_out)


def _is_of(row: Enrolment, program: Program, day: date) -> bool:
    return row.program in (program.program, program.name) and (row.day is None or row.day <= day)


class _Maker:
    """Makes the sections of one schedule."""

    def __init__(self, terms: Terms, owns: Sequence[Own], current: Version, asked: Asked) -> None:
        self._terms, self._owns, self._current, self._asked = terms, owns, current, asked
        self._own = owns[current.number]
        self._program, self._text = self._own.program, current.program
        self._said = rule_words(self._program)
        self._origins = {key: self._text.module[name].says for key, name in self._program.from_module}

    def sections(self, enrolments: Sequence[Enrolment]) -> Iterator[Section]:
        """All sections in the order of the document."""
        yield Section("own", "Terms made for you", (*self._modules(), *_enrolled(enrolments)))
        yield self._section("part", "Taking part")
        yield Section("standing", "Tiers and score", (*self._words("standing"), *self._tiers()), self._tier_note())
        yield self._section("earning", "What you earn", self._owner_note())
        yield self._section("limits", "Limits and what is held back")
        yield self._section("funds", "Funds and benefits")
        yield Section("money", "Statements and payment", (*self._payment(), *self._words("money")))
        yield Section("disputes", "Disputes", tuple(self._disputes()))
        for key, title in _TITLES.items():
            yield Section(key, title, tuple(self._clauses(key)))
        yield Section("validity", "Versions and transition", tuple(self._validity()))
        yield Section("before", "What goes on for what began earlier", tuple(self._before()))
        yield Section("measures", "How figures are measured", tuple(self._measures()))

    # Rules in words

    def _section(self, key: str, title: str, note: str = "") -> Section:
        return Section(key, title, self._words(key), note)

    def _words(self, key: str) -> tuple[Term, ...]:
        rules = (rule for rule in self._said if rule.key.split(".")[0] in _KEYS[key])
        return tuple(self._term(rule) for rule in rules if not self._is_unpromised(rule.key))

    def _is_unpromised(self, key: str) -> bool:
        """Whether a rule is a benefit that no tier brings: nothing of it is agreed with anybody."""
        kind, _, name = key.partition(".")
        return kind == "benefit" and all(name not in tier.benefits for tier in self._program.tier)

    def _term(self, rule: RuleWords) -> Term:
        origin = self._origins.get(".".join(rule.key.split(".")[:2]), "")
        numbers = rule.parameters if rule.parameters not in rule.sentence and rule.key not in _SAID else ""
        clause = rule.reference if rule.reference != rule.key else ""
        return Term(rule.key, rule.title, _capital(rule.sentence), numbers, clause, origin, self._since(rule))

    def _since(self, rule: RuleWords) -> str:
        """The first of the versions without a break in which the rule says the same to this partner."""
        since = self._text
        for own, version in zip(self._owns[: self._current.number][::-1], self._earlier(), strict=True):
            words = next((found for found in rule_words(own.program) if found.key == rule.key), None)
            if words is None or (words.sentence, words.parameters) != (rule.sentence, rule.parameters):
                break
            since = version
        return f"version {since.version}, {day_words(since.effective_from)}"

    def _earlier(self) -> list[Program]:
        return [version.program for version in self._terms.versions[: self._current.number]][::-1]

    # The partner's own

    def _modules(self) -> Iterator[Term]:
        for name in self._own.modules:
            module = self._text.module[name]
            says = {key: self._rule_says(key) for key in (f"{k}.{r}" for k in KINDS for r in getattr(module, k))}
            parts = [f"own terms for {_listed(says.values())}"] if says else []
            gone = [_title(self._text, key) for key in module.drops]
            parts += [f"without {_listed(gone)}"] if gone else []
            sentence = f"{self._because(name)}: {' and '.join(parts)}." if parts else f"{self._because(name)}."
            yield Term(f"module.{name}", module.says, sentence, reference=module.reference)

    def _rule_says(self, key: str) -> str:
        """A rule by its name for people; one that a later module dropped again by that of its module."""
        kind, _, name = key.partition(".")
        rule = getattr(self._program, kind).get(name)
        if rule is None:
            rule = next(getattr(m, kind)[name] for m in self._text.module.values() if name in getattr(m, kind))
        return str(rule.says)

    def _because(self, name: str) -> str:
        """Why a module is the partner's, by its own values and its enrolment."""
        module = self._text.module[name]
        tests = self._asked.where(module.partner, "partner") or ()
        if any(test.attribute.partition(".")[0] in NAMING for test in module.partner):
            return "Agreed with you"
        whys = [f"your {tests_words(tests)}"] if tests else []
        whys += ["you are enrolled in it"] if module.enrolled else []
        return f"Yours because {' and '.join(whys)}" if whys else "For every partner"

    # Tiers and measures

    def _tiers(self) -> Iterator[Term]:
        for tier in self._program.tier:
            asked = need_words(self._program, tier.requires) if tier.requires else "open to every partner"
            yield Term(f"tier.{tier.name}", tier.name, _capital(asked), _brings(self._program, tier), tier.reference)

    def _tier_note(self) -> str:
        return "All conditions of a tier must hold." if self._program.tier else ""

    def _owner_note(self) -> str:
        if not self._own.by_owner:
            return ""
        names = [self._program.earning[name].says for name in self._program.earning if name in self._own.by_owner]
        return (
            f"{_capital(_listed(names))}: for deals that are yours; one that another partner leads may earn otherwise."
        )

    def _measures(self) -> Iterator[Term]:
        for name, metric in self._program.metric.items():
            said = metric_sentence(self._program, name).removeprefix(f"{metric.says}: ")
            origin = self._origins.get(f"metric.{name}", "")
            yield Term(f"metric.{name}", metric.says, _capital(said), "", metric.reference, origin)

    # Money, disputes, clauses

    def _payment(self) -> Iterator[Term]:
        program = self._program
        months = f"A statement closes at the end of each {program.statements}; amounts are in {program.currency}."
        yield Term("statements", "Statements", months)
        yield Term("settlement", "Payment", paid_words(program), "", program.settlement.reference)

    def _disputes(self) -> Iterator[Term]:
        reference = self._program.disputes.reference
        yield Term("disputes", "Dispute and answer", dispute_words(self._program), "", reference)

    def _clauses(self, section: str) -> Iterator[Term]:
        kinds = _CLAUSES[section]
        for rule in self._said:
            kind, _, name = rule.key.partition(".")
            if kind == "clause" and self._program.clause[name].kind in kinds:
                yield self._term(rule)

    # Versions

    def _validity(self) -> Iterator[Term]:
        text = self._text
        first = day_words(text.effective_from)
        named = f"{text.name or text.program}, version {text.version}"
        yield Term(
            "version", "Version in force", f"These terms are those of {named}, in force from {first}.", text.sha256
        )
        for rule in self._said:
            if rule.key in ("transition", *FISCAL):
                yield self._term(rule)
        later = self._terms.versions[self._current.number + 1 :]
        for version in later:
            day = day_words(version.program.effective_from)
            sentence = f"From {day} version {version.program.version} takes its place; its terms are told separately."
            yield Term(f"coming.{version.program.version}", "Next version", sentence)

    def _before(self) -> Iterator[Term]:
        """The earnings of earlier versions that streams begun under them keep, where they differ from today's."""
        now = {rule.key: rule.sentence + rule.parameters for rule in self._said}
        shares = self._current.only_new
        for number in range(self._current.number - 1, -1, -1):
            version, own = self._terms.versions[number].program, self._owns[number]
            for rule in rule_words(own.program):
                if (
                    self._goes_on(own.program, rule.key, shares)
                    and now.get(rule.key) != rule.sentence + rule.parameters
                ):
                    title = f"{rule.title} (version {version.version})"
                    key = f"before.{version.version}.{rule.key}"
                    since = f"version {version.version}, {day_words(version.effective_from)}"
                    clause = rule.reference if rule.reference != rule.key else ""
                    yield Term(key, title, _capital(rule.sentence), rule.parameters, clause, "", since)
            shares = shares and self._terms.versions[number].only_new

    @staticmethod
    def _goes_on(program: Program, key: str, shares: bool) -> bool:
        """Whether a rule of an earlier version still rules what began under it."""
        kind, _, rest = key.partition(".")
        if kind != "earning":
            return shares and kind in _KEYS["limits"]
        return shares or program.earning[rest.partition(".")[0]].rules_as_of != "event"


_TITLES = {
    "regional": "Your region",
    "rights": "Audit, reviews and data",
    "remedies": "Remedies and ending",
    "changes": "Amendments",
    "further": "Further terms",
}


def _enrolled(rows: Sequence[Enrolment]) -> Iterator[Term]:
    for row in rows:
        told = [
            f"{word} {value}"
            for word, value in (("track", row.track), ("group", row.group), ("module", row.module))
            if value
        ]
        first = f"From {day_words(row.day)}" if row.day else "From the beginning"
        yield Term(f"enrolment.{row.id}", "Enrolment", f"{first}: {', '.join(told) or 'enrolled in the program'}.")


def _title(program: Program, key: str) -> str:
    kind, _, name = key.partition(".")
    return str(getattr(program, kind)[name].says)


def _brings(program: Program, tier: TierRule) -> str:
    return "; ".join(benefits_say(program, tier))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _listed(names: Iterable[str]) -> str:
    said = [name[:1].lower() + name[1:] if not name[:2].isupper() else name for name in names]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
