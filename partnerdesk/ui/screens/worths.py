"""The worth of an open deal, renewal, go-live or certificate in the Why panel: what it brings, what losing it costs.

It is worked out in a process of its own; each part opens down to the lines and rows behind it.
"""

from functools import partial
from typing import TYPE_CHECKING

from partnerdesk.forecast import worth_words as words
from partnerdesk.forecast.effects import PARTS, TITLES
from partnerdesk.ui.explanation import Explanation, inputs_of
from partnerdesk.ui.exporting import export_away, worth_why_from
from partnerdesk.ui.formula import FormulaRow

if TYPE_CHECKING:
    from partnerdesk.engine.figures.figure import Figure
    from partnerdesk.forecast.worth import Worth
    from partnerdesk.queries.worth import WorthWhy
    from partnerdesk.reports.format import Formats
    from partnerdesk.ui.screens.base import Screen

KINDS = ("deal", "contract", "deployment", "certification")  # what has a worth


def worth_figure(kind: str, id: str) -> str:
    """The id under which a number asks for the worth of an open item; empty for what has none."""
    return f"worth|{kind}|{id}" if kind in KINDS else ""


def explain_worth(screen: "Screen", kind: str, id: str, partner: str) -> None:
    """Work out what an open item is worth to a partner and open the panel on it."""
    done = partial(_show, screen)
    label = "Working out its worth"
    export_away(screen, label, worth_why_from, kind, id, screen.desk.today(), partner, done=done, slot="worth")


def _show(screen: "Screen", found: "WorthWhy") -> None:
    screen.shell.show_why(worth_explanation(found, screen.desk.formats))


def worth_explanation(found: "WorthWhy", formats: "Formats") -> Explanation:
    """The panel's words: the sentence, at once, later and through the tier, and what it were otherwise."""
    one = found.view.worth
    money = formats.accounting
    ways = [way for way in (one.well, one.ill) if way is not None]
    sentences = [words.sentence(one, way, money, formats.day) for way in ways]
    sentences += [told for way in ways if (told := words.follows(one, way, money, formats.day))]
    sentences += _decided(found.view.likely, formats)
    rests = f"{one.rests_on}; few cases" if one.is_thin else one.rests_on
    sentences.append(f"Its chance rests on: {rests}.")
    rows = tuple(_row(TITLES[part], found.well.part(part), formats) for part in PARTS)
    return Explanation(
        figure=worth_figure(one.kind, one.id),
        title=money(one.well.effect.total),
        unit=one.currency,
        about=f"Worth of {words.title(one)} · {found.view.partner_name}",
        sentence=" ".join(sentences),
        note="against things as they stand",
        rows=rows,
        total=FormulaRow("Worth", "", money(one.well.effect.total)),
        inputs=inputs_of(found.well.total, formats, found.assumed),
        assumed=found.assumed,
        otherwise=tuple(_otherwise(found, formats)),
    )


def _decided(likely: "Worth", formats: "Formats") -> list[str]:
    """What each way does to the tier where every other open item goes its likeliest way."""
    found = []
    for way in (likely.well, likely.ill):
        notes = list(words.notes(likely, way, formats.accounting, formats.label)) if way is not None else []
        if way is not None and notes:
            found += [f"All else at its likeliest, if it is {_PAST.get(way.name, way.name)}:", *notes]
    return found


def _row(title: str, figure: "Figure", formats: "Formats") -> FormulaRow:
    opens = figure if any(part.parts for part in figure.parts) else None
    return FormulaRow(title[:1].upper() + title[1:], "", formats.accounting(figure.value), opens)


def _otherwise(found: "WorthWhy", formats: "Formats") -> list[FormulaRow]:
    """Losing it, part by part, all else at its likeliest, and how likely it is to go well."""
    one, likely, money = found.view.worth, found.view.likely, formats.accounting
    rows = []
    if one.ill is not None and found.ill is not None:
        rows.append(_row(f"if it is {_PAST.get(one.ill.name, one.ill.name)}", found.ill.total, formats))
        rows.append(FormulaRow("At stake between both", "", money(one.at_stake)))
    rows.append(FormulaRow("All else at its likeliest", "", money(likely.well.effect.total)))
    rows.append(FormulaRow("Of that through the tier", "", money(likely.well.effect.tier)))
    rows.append(FormulaRow("Chance that it goes well", "", formats.percent(one.chance, 0)))
    return rows


_PAST = {"churned": "not renewed", "lapses": "not earned again"}
