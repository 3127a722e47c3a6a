"""The register of documents: status, what each party did, and how late each document came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import get_args

from attrs import frozen

from partnership.errors import InvalidValue
from partnership.model.value_text import name_in_words, value_in_words
from partnership.subjects.documents import Act, Document, Done, Form
from partnership.subjects.plans import Plan
from partnership.values.display import Displayable, VisibleText
from partnership.values.when import When

_CONSENTS: tuple[Done, ...] = ("signed", "ratified", "notified", "acceded", "initialled", "withdrawn")


@frozen
class Days(VisibleText):
    """The number of days from one date to another, as a range because dates may be vague; negative if it is before.

    Attributes:
        least: the smallest possible number.
        most: the largest possible number; None if there is no limit, as for what has not happened yet.
    """

    least: int
    most: int | None

    def _text(self) -> str:
        if self.most is None:
            return f"at least {self.least} days after"
        least, most, side = (self.least, self.most, "after") if self.most >= 0 else (-self.most, -self.least, "before")
        return f"{least} days {side}" if least == most else f"{least} to {most} days {side}"


_STANDING = ("adopted", "partly-signed", "signed", "provisional", "in-force", "suspended")
"""Statuses of a document that was made, and of which no source reports that it ended."""


@frozen
class PartyActs(VisibleText):
    """What a party is known to have done to a document.

    None does not mean that the party did not do it, only that no source reports it.

    Attributes:
        party: the party.
        signed, ratified, notified, acceded, initialled, withdrawn: the party's own act, or else that of all parties
            together.
        in_force: its entry into force for this party, where a source names the parties for which it did.
        approved: what its institutions approved, in order.
        not_done: what a source says that it did not do, or not yet, and no source that it did.
        reservations: its reservations, declarations and objections, in order.
    """

    party: str
    signed: Act | None
    ratified: Act | None
    notified: Act | None
    acceded: Act | None
    initialled: Act | None = None
    in_force: Act | None = None
    withdrawn: Act | None = None
    approved: tuple[Act, ...] = ()
    not_done: tuple[Done, ...] = ()
    reservations: tuple[Act, ...] = ()

    @property
    def acts(self) -> tuple[Act, ...]:
        """All acts that are known."""
        before, after = (self.initialled, *self.approved), (self.ratified, self.notified, self.acceded)
        signed = (self.signed, *self.reservations)
        return tuple(act for act in (*before, *signed, *after, self.in_force, self.withdrawn) if act)

    def _text(self) -> str:
        acts = [f"{_in_words(act)}{' (disputed)' * act.is_disputed}" for act in self.acts]
        acts += [f"has not {name_in_words(done)}" for done in self.not_done]
        members = " with its members" if self.signed and self.signed.with_members else ""
        return f"{self.party}{members}: {', '.join(acts) or 'nothing known'}"


def _in_words(act: Act) -> str:
    detail = act.part if act.done == "reserved" else act.institution
    words = "with a reservation" if act.done == "reserved" else name_in_words(act.done)
    return f"{words}{f' ({detail})' if detail else ''} {value_in_words(act.on) or 'on an unknown day'}"


@frozen(repr=False)
class RegisterRow(Displayable):
    """A document in the register.

    Attributes:
        document: its state.
        parties: what each party did, by the codes of the parties.
        period: the period that it covers: its own, or that of the plan whose text it is.
        late: from the first day of its period to its adoption or signature, or to the day of the view before these.
        after_predecessor: from the end of the document that it replaces to its adoption or signature.
        replaced_by: the documents that replace it, as sources say, whatever has become of them so far.
        is_period_past: whether its period is surely past, and no source reports that it ended or was extended.
    """

    document: Document
    parties: tuple[PartyActs, ...]
    period: When | None
    late: Days | None
    after_predecessor: Days | None
    is_period_past: bool = False
    replaced_by: tuple[Document, ...] = ()

    def _text(self) -> str:
        document = self.document
        title = f" ({value_in_words(document.title)})" if document.title else ""
        day = _made_on(document)
        made = f", {'' if document.status in ('adopted', 'signed') else 'made on '}{value_in_words(day)}" if day else ""
        lines = [f"{document.subject}{title}: {_status_in_words(document)}{made}"]
        if any(party.acts for party in self.parties):  # otherwise the parties do not act one by one
            lines += [f"  {party}" for party in self.parties]
        if self.late:
            lines.append(f"  {self.late} the beginning of its period {value_in_words(self.period)}")
        if self.is_period_past:
            period = value_in_words(self.period)
            lines.append(f"  its period {period} is past, and no source reports that it ended or was extended")
        lines += [f"  replaced by {other.subject} ({_status_in_words(other)})" for other in self.replaced_by]
        if self.after_predecessor:
            lines.append(f"  {self.after_predecessor} the end of document:{document.supersedes}")
        return "\n".join(lines)


def _status_in_words(document: Document) -> str:
    return document.status or "nothing known of its course"


def register_rows(
    documents: Mapping[str, Document], plans: Iterable[Plan], today: date, form: Form | None, party: str | None
) -> tuple[RegisterRow, ...]:
    """Return the rows of the register, by the slugs of the documents.

    Args:
        documents: states of documents, by slug.
        plans: states of plans; some documents are their texts.
        today: the day of the view.
        form: only documents of this form.
        party: only documents between this party and others, or on which it acted.

    Raises:
        InvalidValue: there is no such form.
    """
    if form is not None and form not in get_args(Form):
        raise InvalidValue(form, "is not a form of a document", f"write one of {', '.join(map(repr, get_args(Form)))}")
    periods = {plan.document: plan.period for plan in plans if plan.document and plan.period}
    successors: dict[str, list[Document]] = defaultdict(list)
    for slug in sorted(documents):
        if replaced := documents[slug].supersedes:
            successors[replaced].append(documents[slug])
    rows = [
        _row(slug, documents, periods, successors[slug], today)
        for slug in sorted(documents)
        if form in (None, documents[slug].form)
    ]
    return tuple(row for row in rows if party is None or party in {acts.party for acts in row.parties})


def _row(
    slug: str,
    documents: Mapping[str, Document],
    periods: Mapping[str, When],
    successors: Sequence[Document],
    today: date,
) -> RegisterRow:
    document = documents[slug]
    period = document.period or periods.get(slug)
    made_on = _made_on(document)
    predecessor = documents.get(document.supersedes or "")
    return RegisterRow(
        document=document,
        parties=tuple(_party_acts(party, document) for party in _parties(document)),
        period=period,
        late=_late(period, made_on, today),
        after_predecessor=_days(_end(predecessor, periods), made_on) if predecessor else None,
        is_period_past=bool(period and period.latest and period.latest < today and document.status in _STANDING),
        replaced_by=tuple(successors),
    )


def _made_on(document: Document) -> When | None:
    return document.adopted_on or document.signed_on


def _parties(document: Document) -> list[str]:
    acting = {act.party for act in document.acts if act.party is not None}
    named = {party for act in document.acts for party in (*act.not_by, *(act.by if act.done == "in-force" else ()))}
    return sorted({*document.parties, *acting, *named})


def _party_acts(party: str, document: Document) -> PartyActs:
    consents = [act for act in document.acts if act.matter in (None, "completion") and party not in act.not_by]
    acts = {act.done: act for act in consents if act.party is None and party in document.parties}
    acts |= {act.done: act for act in consents if act.party == party}
    without: list[Done] = [act.done for act in document.acts if party in act.not_by and act.done not in acts]
    return PartyActs(
        party,
        **{done: acts.get(done) for done in _CONSENTS},
        in_force=next((act for act in document.acts if act.done == "in-force" and party in act.by), None),
        approved=tuple(act for act in consents if act.done == "approved" and act.party == party),
        not_done=tuple(dict.fromkeys(without)),
        reservations=tuple(act for act in consents if act.done == "reserved" and act.party in (None, party)),
    )


def _late(period: When | None, made_on: When | None, today: date) -> Days | None:
    begins = period.earliest if period else None
    if made_on is None and begins:
        return Days((today - begins).days, None) if begins < today else None
    return _days(begins, made_on)


def _end(document: Document, periods: Mapping[str, When]) -> date | None:
    period = document.period or periods.get(document.subject.removeprefix("document:"))
    ended = document.terminated_on or document.expired_on or period
    return ended.latest if ended else None


def _days(since: date | None, until: When | None) -> Days | None:
    if since is None or until is None or until.earliest is None:
        return None
    return Days((until.earliest - since).days, (until.latest - since).days if until.latest else None)
