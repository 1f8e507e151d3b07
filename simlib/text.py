"""Every word a reader sees, by key in the reader's language; and how numbers are written."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from fractions import Fraction
from functools import cache, lru_cache

from simlib.errors import FileError, SimlibError, legible, problem_line
from simlib.interval import Interval, N, Number, Quantity
from simlib.law.citation import Article, article, article_day, article_ids, parse
from simlib.law.dated import DatedCase
from simlib.money import Fen, Share, exact, half_up
from simlib.resources import LANGS, PACKAGE, Table, table

# Markup in words for a chart. Until the figure is drawn each tag is a character that no text may
# hold, so that a name that looks like a tag is still a name: `simlib.figures.markup`.
TAGS = ("<br>", "<b>", "</b>", "<i>", "</i>", "<sub>", "</sub>")
MARKS = {tag: chr(0xFDD0 + n) for n, tag in enumerate(TAGS)}
CHINESE_DIGITS = "零一二三四五六七八九"


def words(topic: str, key: str, lang: str = "zh", **values: object) -> str:
    """Return the words under a key, with their placeholders filled.

    Parameters
    ----------
    topic
        the file, e.g. `modes` for `texts/zh/modes.toml`
    key
        dotted path in it, e.g. `joint.name`
    lang
        `zh` or `en`
    values
        what the placeholders stand for

    Raises
    ------
    KeyError
        if language, topic, key or a placeholder's value is missing: words are never guessed

    Examples
    --------
    >>> words("modes", "joint.name")
    '连带责任'
    >>> words("modes", "joint.name", "en")
    'joint and several liability'
    """
    entry: object = topic_words(topic, lang)
    for part in key.split("."):
        if not isinstance(entry, dict) or part not in entry:
            raise KeyError(f"no words for {key!r} in texts/{lang}/{topic}.toml")
        entry = entry[part]
    if not isinstance(entry, str):
        raise KeyError(f"{key!r} in texts/{lang}/{topic}.toml is a table, not words")
    return marked(entry).format(**values)


@lru_cache(2048)
def marked(text: str) -> str:
    """Replace each tag in words of ours by its mark; never in words that came from a case."""
    for tag, mark in MARKS.items() if "<" in text else ():
        text = text.replace(tag, mark)
    return text


@cache
def topic_words(topic: str, lang: str = "zh") -> Table:
    """Return the whole table of a topic; raise KeyError if there is no such language or topic.

    A topic may be spread over files: `texts/zh/exercise.toml`, and one a lesson in the folder of
    the same name.
    """
    if lang not in LANGS or not (PACKAGE / "texts" / lang / f"{topic}.toml").is_file():
        raise KeyError(f"no texts/{lang}/{topic}.toml")
    whole = table("texts", lang, f"{topic}.toml")
    for file in sorted((PACKAGE / "texts" / lang / topic).glob("*.toml")):
        whole = merged(whole, table("texts", lang, topic, file.name))
    return whole


def merged(one: Table, other: Table) -> Table:
    """Merge two tables; raise KeyError if both have words under the same key.

    Examples
    --------
    >>> merged({"a": {"b": "x"}}, {"a": {"c": "y"}})
    {'a': {'b': 'x', 'c': 'y'}}
    """
    both = dict(one)
    for key, value in other.items():
        if key in both and not (isinstance(both[key], dict) and isinstance(value, dict)):
            raise KeyError(f"words for {key!r} stand in two files")
        both[key] = merged(both[key], value) if key in both else value
    return both


def message(error: SimlibError, lang: str = "zh") -> str:
    """Write an error in the reader's language: what is wrong and what to do.

    A `FileError` gives one line a problem: `FILE:PATH: CODE: reason; remedy`.
    """
    if isinstance(error, FileError):
        reasons = topic_words(error.TOPIC, lang)
        return "\n".join(problem_line(error.file, problem, reasons) for problem in error.problems)
    entry = topic_words("errors", lang)[error.code]
    values = {name: legible(_shown(name, v, lang)) for name, v in error.values.items()}
    pattern = words("terms", "patterns.error", lang, what=entry["what"], remedy=entry["remedy"])
    return pattern.format(**values)


def amount(fen: Fen | Interval[Number] | None, lang: str = "zh") -> str:
    """Write money as a reader does: fen are dropped when there are none; None is unknown.

    Examples
    --------
    >>> amount(2_500_000), amount(2_500_050), amount(Interval(0, 750_000))
    ('25000元', '25000.50元', '0–7500元')
    >>> amount(2_500_000, "en")
    'CNY 25,000'
    """
    if fen is None:
        return words("terms", "patterns.unknown", lang)
    number = _ends(fen, lambda end: _yuan(end, lang))
    return words("terms", "patterns.amount", lang, number=number)


def percent(share: Quantity | None, lang: str = "zh", digits: int = 0) -> str:
    """Write a share in [0, 1] as a percentage with `digits` decimals, halves up; None is unknown.

    Ends that would look alike have two decimals.

    Examples
    --------
    >>> percent(0.25), percent(0.2131256, digits=2), percent(Interval(0.21, 0.3))
    ('25%', '21.31%', '21%–30%')
    >>> percent(Interval(0.0166, 0.0207))
    '1.66%–2.07%'
    """
    if share is None:
        return words("terms", "patterns.unknown", lang)
    if isinstance(share, Interval) and share.low != share.high:
        alike = _percentage(share.low, digits) == _percentage(share.high, digits)
        digits = max(2, digits) if alike else digits
    return _ends(share, lambda end: _percentage(end, digits))


def date(day: datetime.date, lang: str = "zh") -> str:
    """Write a day in words.

    Examples
    --------
    >>> date(datetime.date(2022, 10, 5)), date(datetime.date(2022, 10, 5), "en")
    ('2022年10月5日', '5 October 2022')
    """
    month = words("terms", f"months.{day.month}", lang)
    return words("terms", "patterns.date", lang, year=day.year, month=month, day=day.day)


def cite(id: str, lang: str = "zh", on: datetime.date | None = None) -> str:
    """Cite what a citation id names as a lawyer does on a day, today if none is given.

    The number is the one the article bears on that day; numbers in brackets are a paragraph and
    then an item.

    Raises
    ------
    UnknownName
        if we hold no such article

    Examples
    --------
    >>> cite("civil-code:1169(1)"), cite("criminal-law:287-2")
    ('《民法典》第1169条第1款', '《刑法》第287条之二')
    >>> cite("civil-code:1169(1)", "en")
    'Civil Code art. 1169(1)'
    """
    version, (law, view, parts) = article(id, on), parse(id)
    if law in topic_words("laws", lang)["views"]:
        return words("laws", f"views.{law}.{view}", lang)
    return _cited(version, version.number, parts, lang)


def cite_for(id: str, case: DatedCase, lang: str = "zh") -> str:
    """Cite what a citation id names, by the number it bears on its day of a case.

    Raises
    ------
    UnknownName
        if we hold no such article
    """
    return cite(id, lang, article_day(id, case))


def name_unheld(id: str, lang: str = "zh") -> str:
    """Cite what a citation id names where we do not hold the article: by law and number.

    The bare id where we do not hold the law either.

    Examples
    --------
    >>> name_unheld("civil-code:1179(1)"), name_unheld("marriage-law:3")
    ('《民法典》第1179条第1款', 'marriage-law:3')
    """
    law, number, parts = parse(id)
    held = next((other for other in article_ids() if other.startswith(f"{law}:")), None)
    if held is None or law in topic_words("laws", lang)["views"]:
        return id
    return _cited(article(held), number, parts, lang)


def article_text(id: str, lang: str = "zh", on: datetime.date | None = None) -> str:
    """Return the whole text of an article as it stands on a day, today if none is given.

    Paragraphs are on lines of their own. Before the first version the first is given.
    """
    version = article(id, on)
    return version.zh if lang == "zh" else version.en


def _cited(of: Article, number: str, parts: tuple[int, ...], lang: str) -> str:
    """Return law, number, paragraph and item as a citation; `of` is an article of that law."""
    name = of.short_zh if lang == "zh" else of.short_en
    numbered = words("laws", "cite.article", lang, number=_article_number(number, lang))
    steps = ("paragraph", "item")[: len(parts)]
    tail = [words("laws", f"cite.{s}", lang, number=n) for s, n in zip(steps, parts, strict=True)]
    return words("laws", f"cite.{_book(of.basis)}", lang, law=name) + "".join([numbered, *tail])


def _book(basis: str) -> str:
    return "foreign" if basis == "foreign law" else "law"


def _article_number(number: str, lang: str) -> str:
    main, _, inserted = number.partition("-")
    if not inserted:
        return words("laws", "cite.number", lang, number=main)
    place = CHINESE_DIGITS[int(inserted)] if lang == "zh" else inserted
    return words("laws", "cite.number_inserted", lang, number=main, place=place)


def _shown(name: str, value: object, lang: str) -> object:
    if name == "kind":
        return topic_words("terms", lang)["named"].get(value, value)
    if name == "steps":
        return words("statement_steps", str(value), lang)
    if isinstance(value, datetime.date):
        return date(value, lang)
    return value


def _ends(quantity: N | Interval[N], write: Callable[[N], str]) -> str:
    if isinstance(quantity, Interval):
        return f"{write(quantity.low)}–{write(quantity.high)}"
    return write(quantity)


def _yuan(fen: Number, lang: str) -> str:
    whole, rest = divmod(abs(int(fen)), 100)
    digits = f"{whole:,}" if lang == "en" else str(whole)
    return ("-" if fen < 0 else "") + digits + (f".{rest:02d}" if rest else "")


def _percentage(share: Share, digits: int) -> str:
    number = share if isinstance(share, int | Fraction) else float(share)
    scaled = half_up(exact(number) * 100 * 10**digits)
    whole, rest = divmod(scaled, 10**digits)
    return f"{whole}.{rest:0{digits}d}%" if digits else f"{whole}%"
