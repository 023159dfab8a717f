"""The second page: where both sides stand today, from the book, and what people wrote about the year before."""

from dataclasses import replace

from partnerdesk.reports.page import Column, row
from partnerdesk.reports.page.beside import beside, share
from partnerdesk.reports.page.flow import Part
from partnerdesk.reports.plan import titles
from partnerdesk.reports.plan.data import Missing
from partnerdesk.reports.plan.making import BETWEEN, GAP, Making, Section, headed, items_of, listing, muted
from partnerdesk.reports.plan.opening import words_of_quarter

_SHARES = (0.8, 0.8, 1.4)  # of the width: names of certificates are long
_MOST_KINDS = 3  # of certificates
_MOST = 8  # products of the installed base that are named


def section(making: Making) -> Section:
    found = making.data.standing
    parts = [] if found.is_empty else [_figures(making), *_installed(making), *_words(making)]
    return Section("Where we stand", titles.standing(making.data, making.formats), tuple(parts))


def _figures(making: Making) -> Part:
    makers = (_revenue, _tier, _certified)
    widths = [share(making.width, GAP, _SHARES, n) for n in range(len(_SHARES))]
    columns = zip(_SHARES, makers, widths, strict=True)
    return beside(making.width, GAP, [(each, make(making, width)) for each, make, width in columns])


def _revenue(making: Making, width: float) -> list[Part]:
    found, formats = making.data.standing, making.formats
    if not found.revenue:
        return listing("Revenue of the last four quarters", [], width, "The book has no figures of it.")
    rows = tuple(row(words_of_quarter(q.label), making.quantity(q.value, making.data.currency)) for q in found.revenue)
    known = [q.value for q in found.revenue if q.value is not None]
    total = row("Together", formats.compact(sum(known)) if known else "", above=True)
    columns = (Column("Quarter", grow=1), Column(making.data.currency, right=True))
    says = (found.revenue_says or "Revenue").removesuffix(" of the quarter")
    return headed(f"{says}, last four quarters", columns, (*rows, total), width)


def _tier(making: Making, width: float) -> list[Part]:
    found, formats = making.data.standing, making.formats
    lines = [("Tier", found.tier)]
    if found.score is not None:
        score = formats.number(found.score, 1)
        lines.append((f"Score of {words_of_quarter(found.score_period)}" if found.score_period else "Score", score))
    if found.next_tier and found.points_short is not None:
        lines.append((f"Points short of {found.next_tier}", formats.number(found.points_short, 1)))
    elif found.next_tier:
        lines.append(("Next tier", found.next_tier))
    if found.customers:
        lines.append(("Customers under contract", str(found.customers)))
    rows = tuple(row(muted(name), text) for name, text in lines if text)
    if not rows:
        return listing("Tier and score", [], width, "This program has no tiers.")
    return headed("Tier and score", (Column(grow=1), Column(right=True)), rows, width)


def _certified(making: Making, width: float) -> list[Part]:
    found, formats = making.data.standing, making.formats
    if not found.certified and not found.missing:
        return listing("Certified people", [], width, "No certificate is in force.")
    columns = (Column("Certificate", grow=1, least=24), Column("People", right=True), Column("First expiry"))
    rows = tuple(
        row(c.certificate, str(c.people), formats.day(c.next_expiry) if c.next_expiry else "none")
        for c in found.certified[:_MOST_KINDS]
    )
    left = len(found.certified) - _MOST_KINDS
    sub = f"And {left} more kind{'s' * (left > 1)} of certificates." if left > 0 else ""
    lacks = tuple(row(muted(_lacks(m)), formats.number(m.short, 0), "") for m in found.missing)
    return headed("Certified people", columns, (*rows, *lacks), width, sub=sub)


def _lacks(missing: Missing) -> str:
    """What a tier lacks, with one certificate that counts where one is known."""
    lacks = f"Missing for {missing.tier}: {missing.says[:1].lower()}{missing.says[1:]}"
    return f"{lacks}, such as {missing.how}" if missing.how else lacks


def _installed(making: Making) -> list[Part]:
    """What is in use, and what was won together lately."""
    found, formats = making.data.standing, making.formats
    half = share(making.width, GAP, (1, 1), 0)
    shown = found.installed[:_MOST]
    left = len(found.installed) - len(shown)
    sub = f"The {_MOST} largest; {left} more products are in use." if left > 0 else "Contracts in force, value a year."
    rows = tuple(
        row(
            i.product,
            str(i.customers),
            making.quantity(i.value, making.data.currency),
            formats.day(i.next_end) if i.next_end else "",
        )
        for i in shown
    )
    columns = (
        Column("Product", grow=1, least=34),
        Column("Customers", right=True),
        Column(making.data.currency, right=True),
        Column("Next end"),
    )
    base = headed("Installed base", columns, rows, half, sub=sub)
    if not rows:
        base = listing("Installed base", [], half, "No contract is in force.")
    return [replace(beside(making.width, GAP, [(1.0, base), (1.0, _won(making, half))]), before=BETWEEN)]


def _won(making: Making, width: float) -> list[Part]:
    found, formats = making.data.standing, making.formats
    if not found.won:
        return listing("Won together in the last twelve months", [], width, "Nothing yet.")
    columns = (
        Column("Customer", grow=1, least=30),
        Column("What", grow=1, least=26),
        Column("Won on"),
        Column(making.data.currency, right=True),
    )
    rows = tuple(
        row(w.customer, w.what, formats.day(w.closed), making.quantity(w.amount, making.data.currency))
        for w in found.won
    )
    return headed("Won together in the last twelve months", columns, rows, width, sub="The largest ones.")


def _words(making: Making) -> list[Part]:
    """What people wrote about what went well and where it rubbed."""
    found = making.data.standing
    half = share(making.width, GAP, (1, 1), 0)
    told = (("What went well between us", found.wins), ("Where it rubbed", found.friction))
    columns = [(1.0, listing(title, items_of(text), half) if text else []) for title, text in told]
    if not any(text for _, text in told):
        return []
    return [replace(beside(making.width, GAP, columns), before=BETWEEN)]
