"""What a screen reader is told after a change: which rows moved, from what to what.

What a task asks about comes first, moved or not; without one the large number, of which the scene
speaks, then the rows that moved in the column in sight. It is to be heard: two sentences at most,
then how many more rows moved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from simlib.figures.board import spoken
from simlib.interval import FenRange, Interval
from simlib.money import half_up
from simlib.text import words
from simlib.widgets.stage.task import LARGE

TOPIC = "stage"
MOST = 2  # sentences; of the other rows it is said how many
NAMED = ("exposure", "received", "burden")  # columns of amounts with a sentence of their own

Json = Mapping[str, Any]


def moved(
    before: Json,
    now: Json,
    lang: str,
    most: int = MOST,
    rows: Sequence[str] = (),
    columns: Sequence[str] = (),
) -> str:
    """What differs between two boards, of what is asked about first, then of the rows in sight.

    Parameters
    ----------
    most
        how many sentences there are, before it is said how many more rows moved
    rows, columns
        what a task asks about, see `asked`; empty: nothing does, and the large number is first
    """
    then = {row["id"]: row for row in before.get("rows", [])}
    ranked = sorted(now["rows"], key=lambda row: _rank(then.get(row["id"]), row, now))
    held = [row for row in ranked if row["id"] in then]
    said = {row["id"]: _row(then[row["id"]], row, now, lang) for row in held}
    said = {id: sentence for id, sentence in said.items() if sentence}
    seen = {row["id"]: said[row["id"]] for row in held if row["id"] in said and not row["more"]}
    known = [id for id in rows if id == LARGE or any(id == row["id"] for row in held)]
    if known:
        known.sort(key=lambda id: not (_large_moved(before, now) if id == LARGE else id in said))
        first = {id: asked(before, now, [id], columns, lang) for id in known}
    else:
        first = _first(before, now, seen, most, lang) if before else {}
    told = dict([*first.items(), *((id, s) for id, s in seen.items() if id not in first)][:most])
    others = len(said.keys() - told.keys())
    if not told:
        return _say("hidden", lang, count=others) if others else _say("same", lang)
    return joined([*told.values(), _say("others", lang, count=others) if others else ""], lang)


def _first(
    before: Json, now: Json, seen: Mapping[str, str], most: int, lang: str
) -> dict[str, str]:  # fmt: skip
    """The large number, if no row that moved says it; one that stood still, where there is room."""
    own = {r["id"] for r in now["rows"] for c in r["cells"].values() if _is_large(c, now)}
    if own & seen.keys():
        return {}
    is_told = not own if _large_moved(before, now) else bool(seen) and most > 1
    return {LARGE: _large(before, now, lang)} if is_told else {}


def asked(
    before: Json, now: Json, rows: Sequence[str], columns: Sequence[str], lang: str
) -> str:  # fmt: skip
    """What became of what a task asks about: its rows in its columns.

    Parameters
    ----------
    rows
        `LARGE` among them for the large number
    """
    then, after = ({row["id"]: row for row in board["rows"]} for board in (before, now))
    parts = [
        _large(before, now, lang)
        if id == LARGE
        else _cells_of(then[id], after[id], now, columns, lang)
        for id in rows
        if id == LARGE or id in then and id in after
    ]
    return joined(parts, lang)


def one(before: Json, now: Json, rows: Sequence[str], columns: Sequence[str], lang: str) -> str:
    """The first of these rows that moved in these columns, or else the first of them."""
    then, after = ({row["id"]: row for row in board["rows"]} for board in (before, now))

    def stood(id: str) -> bool:
        if id == LARGE:
            return not _large_moved(before, now)
        seen = then[id]["cells"].keys() & after[id]["cells"].keys()  # another scene has others
        return not any(
            _differs(then[id], after[id], column) for column in columns if column in seen
        )

    known = sorted((id for id in rows if id in then or id == LARGE), key=stood)
    return asked(before, now, known[:1], columns, lang)


def _cells_of(before: Json, now: Json, board: Json, columns: Sequence[str], lang: str) -> str:
    """A row in several columns, those that stood still among them; without an amount as `_row`."""
    if not all(id in row["cells"] for id in columns for row in (before, now)):
        return _row(before, now, board, lang)
    said = []
    for column in (each for id in columns for each in board["columns"] if each["id"] == id):
        then, cell = (row["cells"][column["id"]] for row in (before, now))
        values = dict(zip(("before", "after"), _both(then, cell, board, lang), strict=True))
        key = "cell_moved" if _differs(before, now, column["id"]) else "cell_same"
        said.append(_say(key, lang, what=cell.get("what") or column["label"], **values))
    return _say("cells", lang, row=now["name"], list=_say("pause", lang).join(said))


def _differs(before: Json, now: Json, column: str) -> bool:
    cells = [row["cells"][column] for row in (before, now)]
    return len({(cell["low"], cell["high"], cell["text"]) for cell in cells}) > 1


def large_of(board: Json) -> Json:
    """The large number in sight: the column's own, or the board's."""
    found: Json = board["larges"].get(board["column"], board["large"])
    return found


def _large_moved(before: Json, now: Json) -> bool:
    return bool(large_of(before)["text"] != large_of(now)["text"])


def _large(before: Json, now: Json, lang: str) -> str:
    then, large = large_of(before), large_of(now)
    key = "large" if _large_moved(before, now) else "large_same"
    said = {"before": _aloud(then["text"], lang), "after": _aloud(large["text"], lang)}
    return _say(key, lang, what=large["label"], **said)


def _aloud(text: str, lang: str) -> str:
    """A large number as it is read aloud; one that is words, as words."""
    if not any(letter.isdigit() for letter in text):
        return _say("word", lang, text=text)
    return text.replace("–", _say("to", lang))


def _is_large(cell: Json, board: Json) -> bool:
    return bool(cell["say"] == large_of(board)["say"])


def _rank(before: Json | None, now: Json, board: Json) -> int:
    """Where a row is told: that of the large number first, then what moved in sight."""
    if any(_is_large(cell, board) for cell in now["cells"].values()):
        return 0
    column = board["column"]
    shown = before and column in now["cells"] and column in before["cells"]
    return 1 if before and shown and _differs(before, now, column) else 2


def joined(parts: Sequence[str], lang: str) -> str:
    """Sentences one after the other, as the language writes them."""
    return ("" if lang == "zh" else " ").join(part for part in parts if part)


def _row(before: Json, now: Json, board: Json, lang: str) -> str:
    """How a row moved: in the column in sight, else in another, else what its premise says now."""
    columns = sorted(board["columns"], key=lambda column: column["id"] != board["column"])
    for column in columns:
        cells = [row["cells"].get(column["id"]) for row in (before, now)]
        if None in cells:
            continue
        then, after = _both(cells[0], cells[1], board, lang)
        if then != after:
            own = now["cells"][column["id"]].get("what", "")
            key = column["id"] if column["id"] in NAMED and not own else "moved"
            what = own or (column["label"] if key == "moved" else column["note"])
            values = {"row": now["name"], "what": what, "before": then, "after": after}
            return _say(key, lang, **values)
    if before["ghost"] == now["ghost"]:
        return ""
    return _say("ghost" if now["ghost"] else "fits", lang, row=now["name"], said=now["ghost"])


def walled(before: Json, now: Json, columns: Sequence[str], lang: str) -> str:
    """What differs of what a class sees: the rows in sight under the columns of the scene.

    Each row that moved, then those that did not; if none did, why, where the board says so.
    """
    then = {row["id"]: row for row in before.get("rows", [])}
    seen = [row for row in now["rows"] if not row["more"] and row["id"] in then]
    rests = {row["id"]: _rests(then[row["id"]], row, lang) for row in seen}
    shared = _shared(seen, rests, lang)
    own = {id: "" if said in shared else said for id, said in rests.items()}
    said = {r["id"]: _on_wall(then[r["id"]], r, now, columns, lang, own[r["id"]]) for r in seen}
    moved = [part for part in said.values() if part] + list(shared.values())
    if not moved:
        return _stood(seen, lang)
    stood = [row["name"] for row in seen if not said[row["id"]] and not rests[row["id"]]]
    if stood:
        moved.append(_say("unmoved", lang, rows=_say("and", lang).join(stood)))
    return joined(moved, lang)


def _stood(rows: Sequence[Json], lang: str) -> str:
    """That no row moved, or why, where the board knows: each reason once."""
    whys: dict[str, list[str]] = {}
    for row in rows:
        if row["still"]:
            whys.setdefault(row["still"], []).append(row["name"])
    if len(whys) < 2:
        return next(iter(whys), _say("same", lang))
    between = _say("and", lang)
    head = _say("still", lang)  # with which a reason begins; said once for all
    said = [
        _say("why", lang, rows=between.join(names), why=why.removeprefix(head))
        for why, names in whys.items()
    ]
    return joined([_say("same", lang), *said], lang)


def _rests(before: Json, row: Json, lang: str) -> str:
    """That a row's premise holds now, or why it fails; empty: it did so before."""
    if before["ghost"] == row["ghost"] or row["stamp"]:  # nothing rests on it under a stamp
        return ""
    return row["ghost"] or _say("holds", lang)


def _shared(rows: Sequence[Json], rests: Mapping[str, str], lang: str) -> dict[str, str]:
    """What is said of the premise of several rows alike: once, with all their names."""
    names: dict[str, list[str]] = {}
    for row in rows:
        if rests[row["id"]]:
            names.setdefault(rests[row["id"]], []).append(row["name"])
    between = _say("and", lang)
    return {
        said: _say("wall", lang, row=between.join(each), parts=said)
        for said, each in names.items()
        if len(each) > 1
    }


def _on_wall(
    before: Json, row: Json, board: Json, columns: Sequence[str], lang: str, rests: str
) -> str:
    """How a row moved under some columns, and what is to be said of its premise."""
    labels = {column["id"]: column["label"] for column in board["columns"]}
    parts = []
    for column in columns:
        cells = [each["cells"].get(column) for each in (before, row)]
        then, after = _both(cells[0], cells[1], board, lang) if all(cells) else ("", "")
        if then != after:
            what = _say("under", lang, column=labels[column]) if len(columns) > 1 else ""
            parts.append(_say("turned", lang, column=what, before=then, after=after))
    name = _say("formed", lang, row=row["name"], form=row["form"]) if row["form"] else row["name"]
    said = _say("and", lang).join(parts)
    if rests:
        said = _say("rests", lang, parts=said, said=rests) if said else rests
    return _say("wall", lang, row=name, parts=said) if said else ""


def revealed(reveal: Json, lang: str) -> str:
    """The answer beside the court and the law, and the verdict; why stands where the focus is."""
    voices = [_say("voice", lang, **column) for column in reveal.get("columns", [])]
    said = _say("reveal", lang, voices=_say("between", lang).join(voices)) if voices else ""
    return joined([said, reveal.get("verdict", reveal.get("sentence", ""))], lang)


def _both(before: Json, now: Json, board: Json, lang: str) -> tuple[str, str]:
    """Two numbers that are compared: beside a range one is read in whole yuan, as its ends are."""
    cells = [before, now]
    ranges = [cell["low"] != cell["high"] for cell in cells]
    if any(ranges) and board["measure"] == "yuan":
        cells = [
            cell if is_range else _whole(cell) for cell, is_range in zip(cells, ranges, strict=True)
        ]
    return _said(cells[0], board, lang), _said(cells[1], board, lang)


def _whole(cell: Json) -> Json:
    """A cell with its one amount in whole yuan; one of words as it is."""
    if cell["low"] is None:
        return cell
    fen = 100 * half_up(Fraction(cell["low"], 100))
    return {**cell, "low": fen, "high": fen}


def _said(cell: Json, board: Json, lang: str) -> str:
    """What stands in a cell, as it is read aloud."""
    if cell["low"] is None:
        return _say("word", lang, text=cell["text"])
    return spoken(_fen(cell), lang, board["measure"])


def _fen(cell: Json) -> FenRange:
    low, high = cell["low"], cell["high"]
    return low if low == high else Interval(low, high)


def _say(key: str, lang: str, **values: object) -> str:
    return words(TOPIC, f"told.{key}", lang, **values)
