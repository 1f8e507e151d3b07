"""What a screen reader is told after a change: which rows moved, from what to what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simlib.figures.board import spoken
from simlib.interval import FenRange, Interval
from simlib.text import words

TOPIC = "stage"
MOST = 3  # rows named; of the others it is said how many
NAMED = ("exposure", "received", "burden")  # columns of amounts with a sentence of their own

Json = Mapping[str, Any]


def moved(before: Json, now: Json, lang: str, brief: bool = False) -> str:
    """What differs between two boards, of the rows in sight first; brief: one sentence at most."""
    then = {row["id"]: row for row in before.get("rows", [])}
    seen, hidden = [], 0
    for row in now["rows"]:
        said = _row(then[row["id"]], row, now, lang) if row["id"] in then else ""
        if said and row["more"]:
            hidden += 1
        elif said:
            seen.append(said)
    return _listed(seen[:1] if brief else seen, hidden if not (brief and seen) else 0, lang)


def _listed(seen: Sequence[str], hidden: int, lang: str) -> str:
    if not seen:
        return _say("hidden", lang, count=hidden) if hidden else _say("same", lang)
    others = len(seen[MOST:]) + hidden
    parts = [*seen[:MOST], *([_say("others", lang, count=others)] if others else [])]
    return joined(parts, lang)


def joined(parts: Sequence[str], lang: str) -> str:
    """Sentences one after the other, as the language writes them."""
    return ("" if lang == "zh" else " ").join(part for part in parts if part)


def _row(before: Json, now: Json, board: Json, lang: str) -> str:
    """How a row moved: in the column in sight, else in another; or what stands beside it now."""
    parts = []
    columns = sorted(board["columns"], key=lambda column: column["id"] != board["column"])
    for column in columns:
        cells = [row["cells"].get(column["id"]) for row in (before, now)]
        if None in cells:
            continue
        then, after = (_said(cell, board, lang) for cell in cells)
        if then != after:
            key = column["id"] if column["id"] in NAMED else "moved"
            what = column["label"] if key == "moved" else column["note"]
            values = {"row": now["name"], "what": what, "before": then, "after": after}
            parts.append(_say(key, lang, **values))
            break
    if before["ghost"] != now["ghost"]:
        key = "ghost" if now["ghost"] else "fits"
        parts.append(_say(key, lang, row=now["name"], said=now["ghost"]))
    return joined(parts, lang)


def revealed(reveal: Json, lang: str) -> str:
    """The answer beside the court and the law, and what follows."""
    voices = [_say("voice", lang, **column) for column in reveal.get("columns", [])]
    said = _say("reveal", lang, voices=_say("between", lang).join(voices)) if voices else ""
    return joined([said, reveal.get("sentence", "")], lang)


def _said(cell: Json, board: Json, lang: str) -> str:
    """What stands in a cell, as it is read aloud."""
    if cell["low"] is None:
        return str(cell["text"])
    return spoken(_fen(cell), lang, board["measure"])


def _fen(cell: Json) -> FenRange:
    low, high = cell["low"], cell["high"]
    return low if low == high else Interval(low, high)


def _say(key: str, lang: str, **values: object) -> str:
    return words(TOPIC, f"told.{key}", lang, **values)
