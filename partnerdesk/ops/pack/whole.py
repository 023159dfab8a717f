"""The pack's data as a whole, each part from what was gathered; our own notes have a type apart."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from partnerdesk import __version__
from partnerdesk.engine.evaluate import counts_groups, versions_hash
from partnerdesk.engine.outcome.record import digest
from partnerdesk.engine.period import Calendar, previous_period
from partnerdesk.errors import Refused
from partnerdesk.ops.pack.appendix import appendix
from partnerdesk.ops.pack.gathered import Gathered, gather, is_sample, party_of, vendor_of
from partnerdesk.ops.pack.meeting import agenda, commitments, meeting, next_steps, points, texts, wins
from partnerdesk.ops.pack.money import earnings, outlook_view, renewals
from partnerdesk.ops.pack.pipeline import pipeline
from partnerdesk.ops.pack.standing import key_figures, score_view
from partnerdesk.ops.statements.chunks import Chunks, facts_hash
from partnerdesk.queries.joint.notes import notes
from partnerdesk.queries.joint.review_periods import short
from partnerdesk.queries.joint.reviews import ReviewView, review_view
from partnerdesk.reports.pack.data import InternalNote, InternalPack, PackData, ProgramRef


def pack_for_review(
    session: Session, review_id: int, as_of: date, *, internal: bool = False
) -> PackData | InternalPack:
    """The pack of a review. Raises Refused for a review that is not there."""
    view = review_view(session, review_id, as_of)
    if view is None:
        raise Refused("That review is not in this book.", "Open Reviews and choose one.")
    return pack_data(session, view.review.partner, view.review.quarter, as_of, review=view, internal=internal)


def pack_data(
    session: Session,
    partner: str,
    quarter: str,
    as_of: date,
    *,
    review: ReviewView | None = None,
    internal: bool = False,
) -> PackData | InternalPack:
    """The pack of a partner and quarter such as FY2027Q2 or 2026Q3, with its review where there is one.

    Raises Refused for an unknown partner or a quarter that is not over and has no figures.
    """
    gathered = gather(session, partner, quarter, as_of, review)
    data = _pack(gathered)
    return InternalPack(data, tuple(_internal(gathered))) if internal else data


def _pack(g: Gathered) -> PackData:
    versions = [p for p in g.programs if p.effective_from <= min(g.period.end, g.as_of)] or [g.programs[0]]
    chunk_hash = facts_hash(Chunks(g.world, groups=counts_groups(g.programs)).of(g.partner.id))
    run = digest("|".join([chunk_hash, versions_hash(versions), __version__, g.as_of.isoformat()]).encode())[:12]
    return PackData(
        partner=party_of(g.partner),
        vendor=vendor_of(g),
        period=g.period,
        previous=short(previous_period(g.period, g.year).label),
        as_of=g.as_of,
        currency=g.program.currency,
        program=ProgramRef(g.program.name or g.program.program, g.program.version, versions_hash(versions)),
        run=run,
        facts_sha256=chunk_hash,
        sample=is_sample(g),
        meeting=meeting(g.review),
        figures=tuple(key_figures(g)),
        wins=wins(g),
        asks=points(g.review, "ask"),
        agenda=agenda(g.review),
        commitments=commitments(g.review.previous if g.review else ()),
        score=score_view(g),
        earnings=earnings(g),
        renewals=tuple(renewals(g)),
        pipeline=pipeline(g),
        outlook=outlook_view(g),
        next=next_steps(g),
        appendix=appendix(g),
        texts=texts(g.review),
        order=g.review.order if g.review else (),
    )


def _internal(g: Gathered) -> Iterator[InternalNote]:
    """Our own notes since the quarter before began, for the variant that stays in the house."""
    since = Calendar(g.year).stepped(g.period.start, -g.year.steps_in("quarter"))
    for note in notes(g.session, g.partner.id):
        if note.internal and note.day >= since:
            yield InternalNote(note.day, note.kind, note.text, note.author)
    if g.review and g.review.review.internal_notes:
        yield InternalNote(g.review.review.created, "review", g.review.review.internal_notes)
