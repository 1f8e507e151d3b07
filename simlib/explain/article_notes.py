"""Articles as a reader sees them: the wording of a day, its dates, and what kind of text it is."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.law.citation import article
from simlib.law.dated import DECIDED, today
from simlib.text import article_text, cite, date, words

if TYPE_CHECKING:
    from simlib.law.citation import Article


@dataclass(frozen=True, slots=True)
class Note:
    """An article as a reader sees it on a day: how it is cited, its text, and what to know of it.

    `basis` is its badge: what kind of text it is, or that its time is over. `in_force` is None
    where the article has no place in time or no day was asked about.
    """

    id: str
    title: str
    text: str
    basis: str
    remarks: tuple[str, ...]
    in_force: bool | None


def note(
    id: str, lang: str = "zh", on: datetime.date | None = None, now: datetime.date | None = None
) -> Note:
    """Describe an article as it stands on a day: text, dates, and whether it was in force.

    Without a day it is described as it stands now, and `in_force` is None.

    Parameters
    ----------
    now
        the day on which it is read, today if not given: a text that ended before it was in force
        then, and is the law in force no more

    Raises
    ------
    UnknownName
        if we hold no such article
    """
    now = now or today()
    version = article(id, on or now)
    in_force = None if version.since is None or on is None else version.holds_on(on)
    return Note(
        id,
        cite(id, lang, on or now),
        article_text(id, lang, on or now),
        _badge(version, now, lang),
        (*_dates(version, on, now, lang), *_standing(version, lang)),
        in_force,
    )


def _badge(version: Article, now: datetime.date, lang: str) -> str:
    """Say what kind of text it is; of one that ended before now that it was in force then."""
    basis = words("terms", f"bases.{version.basis}", lang)
    if version.until is None or now <= version.until:
        return basis
    key = "then" if version.basis == "law in force" else "then_of"
    return words("laws", f"status.{key}", lang, basis=basis)


def _dates(version: Article, on: datetime.date | None, now: datetime.date, lang: str) -> list[str]:
    """Say when a version is in force, and that it was not yet on the day asked about."""
    if version.since is None:
        return []
    since = date(version.since, lang)
    if version.basis == "conference minutes":
        return [_issued(version, version.since, lang)]
    status = "announced" if version.since > now else "in_force"
    if version.until:
        until = date(version.until, lang)
        remarks = [words("laws", f"status.{status}_until", lang, since=since, until=until)]
    else:
        remarks = [words("laws", f"status.{status}", lang, since=since)]
    if on and on < version.since:
        remarks.append(words("laws", f"status.{_too_early(version)}", lang, day=date(on, lang)))
    return remarks


def _issued(version: Article, since: datetime.date, lang: str) -> str:
    """Say when minutes or a policy document were issued, and from when they hold if later."""
    if version.issued is None or version.issued == since:
        return words("laws", "status.minutes", lang, since=date(since, lang))
    days = {"issued": date(version.issued, lang), "since": date(since, lang)}
    return words("laws", "status.minutes_from", lang, **days)


def _too_early(version: Article) -> str:
    """Return the key of what is said of a version that began after the day asked about."""
    return "not_yet_decided" if version.dated_by == DECIDED else "not_yet_retroactive"


def _standing(version: Article, lang: str) -> list[str]:
    """Say what kind of text it is, and how far it was verified."""
    if version.quoted:
        remarks = [words("laws", "text.quoted" if lang == "zh" else "text.translation", lang)]
    else:
        remarks = [words("laws", "text.restated", lang)]
    if not version.complete:
        remarks.append(words("laws", "text.excerpt", lang))
    if not version.verified:
        remarks.append(words("laws", "text.unverified", lang))
    elif not version.since_verified and version.since:
        remarks.append(words("laws", "text.since_unverified", lang))
    source = words("laws", f"sources.{version.source}", lang)
    return [
        *remarks,
        words("laws", "text.source", lang, source=source),
        words("laws", "text.checked", lang, day=date(version.checked, lang)),
    ]


def announced(since: datetime.date | None, lang: str) -> str:
    """Say in brackets that what begins on this day is not yet in force; else nothing."""
    if since is None or since <= today():
        return ""
    status = words("laws", "status.announced", lang, since=date(since, lang))
    return words("laws", "status.bracket", lang, status=status)
