"""The register of documents: where each stands, what each party did to it, and how late it came.

Source: ``domain.md`` 0 (finding 7), 2.3 and 2.10.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import get_args

from attrs import frozen

from partnership.errors import InvalidValue
from partnership.model.value_text import value_in_words
from partnership.subjects.documents import Act, Document, Done, Form
from partnership.subjects.plans import Plan
from partnership.values.display import Displayable, VisibleText
from partnership.values.when import When

__all__ = ["Days", "PartyActs", "RegisterRow", "register"]

_CONSENTS: tuple[Done, ...] = ("signed", "ratified", "notified", "acceded")


@frozen
class Days(VisibleText):
    """How many days from one day to a later one, as vague as these; negative where the other came first.

    Attributes:
        least: the fewest.
        most: the most; None where nothing bounds them, as of what has not come yet.
    """

    least: int
    most: int | None

    def _text(self) -> str:
        if self.most is None:
            return f"at least {self.least} days after"
        least, most, side = (self.least, self.most, "after") if self.most >= 0 else (-self.most, -self.least, "before")
        return f"{least} days {side}" if least == most else f"{least} to {most} days {side}"


@frozen
class PartyActs(VisibleText):
    """What one party is known to have done to a document. What is not known is not denied.

    Attributes:
        party: which.
        signed, ratified, notified, acceded: its own act, or that of all together; None where none is known.
    """

    party: str
    signed: Act | None
    ratified: Act | None
    notified: Act | None
    acceded: Act | None

    @property
    def acts(self) -> tuple[Act, ...]:
        """All of them that are known."""
        return tuple(one for one in (self.signed, self.ratified, self.notified, self.acceded) if one)

    def _text(self) -> str:
        told = [f"{one.done} {one.on or 'on an unknown day'}{' (disputed)' * one.is_disputed}" for one in self.acts]
        return f"{self.party}: {', '.join(told) or 'nothing known'}"


@frozen(repr=False)
class RegisterRow(Displayable):
    """One document in the register.

    Attributes:
        document: all that is known of it.
        parties: what each party did, in the order of their codes.
        period: for which time it is made, as it says itself or the plan whose text it is.
        late: from the first day of its period to its adoption or signature; while it has neither, to the day of the
            view.
        after_predecessor: from the end of the document whose place it takes to its adoption or signature; negative
            where it came before.
    """

    document: Document
    parties: tuple[PartyActs, ...]
    period: When | None
    late: Days | None
    after_predecessor: Days | None

    def _text(self) -> str:
        one = self.document
        title = f" ({value_in_words(one.title)})" if one.title else ""
        on = _made_on(one)
        made = f", {'' if one.status in ('adopted', 'signed') else 'made on '}{on}" if on else ""
        is_consented = any(each.acts for each in self.parties)  # else none of them has done anything for itself
        lines = [f"{one.subject}{title}: {one.status or 'nothing known of its course'}{made}"]
        lines += [f"  {each}" for each in self.parties if is_consented]
        lines += [f"  {self.late} the beginning of its period {self.period}"] if self.late else []
        lines += [f"  {self.after_predecessor} the end of document:{one.supersedes}"] if self.after_predecessor else []
        return "\n".join(lines)


def register(
    documents: Mapping[str, Document], plans: Iterable[Plan], today: date, form: Form | None, party: str | None
) -> tuple[RegisterRow, ...]:
    """Return the register of documents, in the order of their slugs.

    Args:
        documents: by slug.
        plans: whose texts some of them are.
        today: the day of the view.
        form: only texts of this kind.
        party: only those between which this party stands, or which it signed, ratified, acceded to.
    """
    if form is not None and form not in get_args(Form):
        raise InvalidValue(form, "is no form of a document", f"write one of {', '.join(map(repr, get_args(Form)))}")
    periods = {one.document: one.period for one in plans if one.document and one.period}
    rows = [_registered(slug, documents, periods, today) for slug in sorted(documents)]
    of_form = [one for one in rows if form in (None, one.document.form)]
    return tuple(one for one in of_form if party is None or party in {each.party for each in one.parties})


def _registered(slug: str, documents: Mapping[str, Document], periods: Mapping[str, When], today: date) -> RegisterRow:
    document = documents[slug]
    period = document.period or periods.get(slug)
    made = _made_on(document)
    before = documents.get(document.supersedes or "")
    return RegisterRow(
        document=document,
        parties=tuple(_standing(party, document) for party in _parties(document)),
        period=period,
        late=_late(period, made, today),
        after_predecessor=_days(_end(before, periods), made) if before else None,
    )


def _made_on(document: Document) -> When | None:
    return document.adopted_on or document.signed_on


def _parties(document: Document) -> list[str]:
    acting = {one.party for one in document.acts if one.party is not None}
    return sorted({*document.parties, *acting})


def _standing(party: str, document: Document) -> PartyActs:
    own = {one.done: one for one in document.acts if one.party is None and party in document.parties}
    own |= {one.done: one for one in document.acts if one.party == party}
    return PartyActs(party, *(own.get(done) for done in _CONSENTS))


def _late(period: When | None, made: When | None, today: date) -> Days | None:
    begins = period.earliest if period else None
    if made is None and begins:
        return Days((today - begins).days, None) if begins < today else None
    return _days(begins, made)


def _end(document: Document, periods: Mapping[str, When]) -> date | None:
    period = document.period or periods.get(document.subject.removeprefix("document:"))
    ended = document.terminated_on or document.expired_on or period
    return ended.latest if ended else None


def _days(since: date | None, until: When | None) -> Days | None:
    if since is None or until is None or until.earliest is None:
        return None
    return Days((until.earliest - since).days, (until.latest - since).days if until.latest else None)
