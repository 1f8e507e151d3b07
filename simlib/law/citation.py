"""Articles of law as dated records under ids like `civil-code:1169` or `civil-code:1169(1)`.

An id names an article by its law and the number under which the article first stands in
`statutes/<law>.toml`; it never changes. An amended wording is a further entry with a later `from`.
A renumbering is one too, with `printed`, the number the article bears from that day.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from simlib.errors import UnknownName
from simlib.law.dated import ACTED, DECIDED, DatedCase, Row, begun, grouped, law_day, ordered, today
from simlib.resources import PACKAGE, table

BASES = (
    "law in force",
    "judicial interpretation",
    "conference minutes",
    "doctrine",
    "reform proposal",
    "foreign law",
    "teaching assumption",
)
BINDING = ("law in force", "judicial interpretation")
OPINIONS = ("judicial interpretation", "conference minutes")  # how a court reads the law it applies
_ID = re.compile(r"([a-z0-9-]+):([a-z0-9-]+)(?:\((\d+)\))?(?:\((\d+)\))?")


@dataclass(frozen=True, slots=True)
class Article:
    """One article in one version.

    Attributes
    ----------
    id, law, number
        `civil-code:1169`, `civil-code`, and the number printed on the days of this version
    since, until
        first and last day of this wording under this number; None where there is none (a
        proposal, a view, foreign law) or no end is known
    dated_by
        the day of a case on which the law is looked up: `acted_on` or `decided_on`
    zh, en
        the text, a paragraph a line. With `quoted` the Chinese is as enacted and the English
        our translation; without it both are our own statement of a rule or view
    title_zh, title_en, short_zh, short_en
        the law's full name and its short one
    basis
        one of `BASES`, or `claim`: what the paper says of the facts
    source, checked
        where the text was read (a key of `sources` in `texts/*/laws.toml`), and the day it was
        last compared with it
    issued_as, issued
        the document number, e.g. 法释〔2024〕12号, and the day the law or document was issued as it
        now stands; None if it has none
    quoted
        whether `zh` is enacted text
    complete
        whether `zh` is the whole article; otherwise only the paragraphs in use
    verified, since_verified
        whether text and first day were read in a source (False: general knowledge, never
        shown as verified)
    """

    id: str
    law: str
    number: str
    since: datetime.date | None
    until: datetime.date | None
    zh: str
    en: str
    title_zh: str
    title_en: str
    short_zh: str
    short_en: str
    basis: str
    source: str
    checked: datetime.date
    dated_by: str = ACTED
    issued_as: str | None = None
    issued: datetime.date | None = None
    quoted: bool = True
    complete: bool = True
    verified: bool = True
    since_verified: bool = True

    def holds_on(self, on: datetime.date) -> bool:
        """Whether this version has a place in time and `on` lies in it."""
        if self.since is None:
            return False
        return self.since <= on and (self.until is None or on <= self.until)


@cache
def laws() -> tuple[str, ...]:
    """List the ids of every law, interpretation, paper and collection of views we hold, sorted."""
    return tuple(sorted(file.stem for file in (PACKAGE / "law" / "statutes").glob("*.toml")))


def article_ids() -> tuple[str, ...]:
    """List the id of every article we hold, law by law, each once."""
    return tuple(f"{law}:{number}" for law in laws() for number in _articles(law))


def parse(citation: str) -> tuple[str, str, tuple[int, ...]]:
    """Split a citation id into law, number, and the paragraph and item named, if any.

    Examples
    --------
    >>> parse("civil-code:1169(1)")
    ('civil-code', '1169', (1,))
    >>> parse("criminal-law:287-2")
    ('criminal-law', '287-2', ())
    """
    match = _ID.fullmatch(citation)
    if match is None:
        raise UnknownName("unknown-name", kind="article", name=citation, near=_near(citation))
    law, number, *parts = match.groups()
    return law, number, tuple(int(part) for part in parts if part)


def article(id: str, on: datetime.date | None = None) -> Article:
    """Return the article an id names, in the version of a day.

    Parameters
    ----------
    id
        a citation id; a paragraph or item in brackets is allowed and does not change the answer
    on
        the day, today if not given. On a day before the first version the first is given: ask
        `in_force` whether it held

    Raises
    ------
    UnknownName
        if we hold no such article

    Examples
    --------
    >>> article("civil-code:1169(1)").since
    datetime.date(2021, 1, 1)
    """
    return begun(_versions(id), on or today())


def article_day(id: str, case: DatedCase) -> datetime.date:
    """Return the day of a case on which an article is looked up.

    Raises
    ------
    UnknownName
        if we hold no such article
    """
    return law_day(_versions(id)[0].dated_by, case)


def article_for(id: str, case: DatedCase) -> Article:
    """Return the article an id names, as it stands on its day of a case.

    Raises
    ------
    UnknownName
        if we hold no such article
    """
    return article(id, article_day(id, case))


def paragraphs(id: str, on: datetime.date | None = None) -> tuple[str, str]:
    """Return the Chinese and English text of what an id names, as on a day (default today).

    That is the paragraph whose number the id gives, if it is one of enacted text that is not a
    list of items (the items of an enumeration stand on lines of their own); else the whole
    article.
    """
    version, parts = article(id, on), parse(id)[2]
    zh, en = version.zh.split("\n"), version.en.split("\n")
    enumerated = any(line.startswith(("（", "(")) for line in zh)
    if not parts or not version.quoted or enumerated or parts[0] > len(zh):
        return version.zh, version.en
    return zh[parts[0] - 1], en[parts[0] - 1]


def in_force(id: str, on: datetime.date) -> bool:
    """Whether the article named bound a court here on the day `on`.

    Minutes, doctrine, proposals and foreign law never did.
    """
    return any(v.basis in BINDING and v.holds_on(on) for v in _versions(id))


def first_day(id: str) -> datetime.date | None:
    """Return the first day the article is known to have held; None if it has no place in time."""
    return _versions(id)[0].since


def _versions(id: str) -> tuple[Article, ...]:
    law, number, _ = parse(id)
    if law in laws() and number in _articles(law):
        return _articles(law)[number]
    raise UnknownName("unknown-name", kind="article", name=id, near=_near(id))


def _near(name: str) -> str:
    close = get_close_matches(name, article_ids(), n=1, cutoff=0.5)
    return close[0] if close else "civil-code:1169"


@cache
def _articles(law: str) -> dict[str, tuple[Article, ...]]:
    """Map the number in each id of a law to the article's versions, oldest first."""
    head = table("law", "statutes", f"{law}.toml")
    return {
        number: tuple(_read(head, row) for row in ordered(listed, f"{law}:{number}"))
        for number, listed in grouped(head["articles"], "number").items()
    }


def _read(head: Row, entry: Row) -> Article:
    shared = {name: head[name] for name in ("source", "checked", "basis")}
    row = shared | {"printed": entry["number"]} | entry
    return Article(
        id=f"{head['id']}:{entry['number']}",
        law=head["id"],
        number=row["printed"],
        since=entry.get("from"),
        until=entry.get("until"),
        zh=entry["zh"],
        en=entry["en"],
        title_zh=head["title"]["zh"],
        title_en=head["title"]["en"],
        short_zh=head["short"]["zh"],
        short_en=head["short"]["en"],
        basis=row["basis"],
        source=row["source"],
        checked=row["checked"],
        dated_by=head.get("dated_by", DECIDED if row["basis"] in OPINIONS else ACTED),
        issued_as=head.get("number"),
        issued=head.get("issued"),
        quoted=entry.get("quoted", True),
        complete=entry.get("complete", True),
        verified=entry.get("verified", True),
        since_verified=entry.get("from_verified", True),
    )
