"""How a judgment on the claim chosen would begin, what it would order, and how it would end."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from simlib.enrichment import READINGS
from simlib.figures.board import rounded
from simlib.figures.row_premises import by_scale
from simlib.interval import Interval, high_end, low_end
from simlib.text import amount
from simlib.widgets.markup import tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simlib.interval import FenRange
    from simlib.widgets.case.claims import Choice


def document(c: Choice, name: str) -> str:
    """The head, the order on each reading, and the closing, by the cause chosen."""
    head = c.say("document.head", cause=name, plaintiff=c.victim, defendant=c.who)
    if c.cause.claim == "enrichment":
        owed = [c.found.readings[key].owed.value for key in READINGS]
        read = zip(READINGS, owed, strict=True)
        lines = [line for key, fen in read for line in _enrichment(c, key, fen)]
    else:
        owed = [c.exposure_fen]
        lines = _tort(c, c.exposure_fen)
    quoted = "".join(tag("p", escape(line)) for line in (head, *lines, *_closing(c, owed)))
    return tag("blockquote", quoted)


def _tort(c: Choice, fen: FenRange) -> list[str]:
    scaled = by_scale(c.outcomes["auto"], c.found.party)
    key = "scale" if scaled else "open" if isinstance(fen, Interval) else ""
    return _order(c, "tort", fen, key, "")


def _enrichment(c: Choice, reading: str, fen: FenRange) -> list[str]:
    key = "open" if isinstance(fen, Interval) else ""
    return _order(c, "enrichment", fen, key, c.say(f"document.{reading}"))


def _order(c: Choice, key: str, fen: FenRange, blank: str, reading: str) -> list[str]:
    """The order, numbered where part of the claim is refused; `blank`: the amount is not stated."""
    names = {"plaintiff": c.victim, "defendant": c.who}
    if high_end(fen) == 0:
        return [c.say("document.dismissed", plaintiff=c.victim)]
    said = amount(rounded(fen), c.lang)
    said = c.say(f"document.{blank}", amount=said) if blank else said
    rest = low_end(fen) < c.case.loss_fen
    marks = {
        "number": c.say("document.first") if rest else "",
        "end": c.say(f"document.{'then' if rest else 'stop'}"),
    }
    values = names | marks | ({"reading": reading} if reading else {})
    lines = [c.say(f"document.{key}", amount=said, **values)]
    if rest:
        last = "rest" if high_end(fen) < c.case.loss_fen else "rest_open"
        lines.append(c.say("document.second") + c.say(f"document.{last}", plaintiff=c.victim))
    return lines


def _closing(c: Choice, owed: Sequence[FenRange]) -> list[str]:
    """Interest for delay where money is ordered, and who bears the court fee."""
    names = {"plaintiff": c.victim, "defendant": c.who}
    if not any(map(high_end, owed)):
        return [c.say("document.fee_none", plaintiff=c.victim)]
    full = all(low_end(fen) >= c.case.loss_fen for fen in owed)
    fee = (
        c.say("document.fee_full", defendant=c.who) if full else c.say("document.fee_part", **names)
    )
    return [c.say("document.interest"), fee]
