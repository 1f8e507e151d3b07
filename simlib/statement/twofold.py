"""Headers that stand in two lines, 借方 above 金额: joined before anything else looks at them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import zip_longest

from simlib.statement.dates import day_of
from simlib.statement.detection import LONGEST_HEADER, LOOKED_AT, header_key, known_roles
from simlib.statement.layout import layouts
from simlib.statement.mapping import headers
from simlib.statement.model import Refusal, Row, Table, plain

FEWEST = 3  # known headers of the joined line


def with_joined_header(table: Table) -> Table:
    """Return the table with each of two header lines holding both, if together they name more
    columns; one of them is the header then, the other says it again."""
    best, most = None, FEWEST - 1
    alone = [_known(cells) for cells in table.rows[:LOOKED_AT]]
    for place in range(1, len(alone)):
        upper, lower = table.rows[place - 1], table.rows[place]
        if not (_named(upper) and _named(lower)):
            continue
        joined = _joined(upper, lower)
        count, upper_best = _known(joined), alone[place - 1] == max(alone)
        if count > most and count >= max(alone) + (not upper_best) and _spans(upper, lower):
            best, most = (place, joined), count
    if best is None:
        return table
    rows = [*table.rows]
    rows[best[0] - 1] = rows[best[0]] = best[1]
    return replace(table, rows=rows)


@cache
def known_headers() -> frozenset[str]:
    """Return every header we know, those of layouts too, as headers are compared."""
    of_layouts = {header_key(cell) for each in layouts().values() for cell in each.header}
    return frozenset(of_layouts | set(known_roles()) - {""})


def _known(cells: Sequence[object]) -> int:
    """Count the known headers, each once."""
    return len({key for cell in cells if (key := header_key(cell)) in known_headers()})


def _named(cells: Row) -> bool:
    """Tell whether a line may be one of headers: short words, no day and no digits alone."""
    texts = [text for cell in cells if (text := plain(cell))]
    if len(texts) < 2 or any(len(t) > LONGEST_HEADER or not _words(t) for t in texts):
        return False
    return not any(_is_day(text) for text in texts)


def _words(text: str) -> bool:
    return any(letter.isalpha() for letter in text)


def _is_day(text: str) -> bool:
    try:
        return day_of(text).day is not None
    except Refusal as refusal:
        return refusal.code != "not-a-date"


def _spans(upper: Row, lower: Row) -> bool:
    """Tell whether the header of a day stands in one of the lines alone, as across both."""
    days = {*headers()["columns"]["date"]}
    return any(
        {header_key(one), header_key(other)} & days and not (plain(one) and plain(other))
        for one, other in zip_longest(upper, lower)
    )


def _joined(upper: Row, lower: Row) -> Row:
    """Return one line of both: of each column what is known of it, else all of it.

    What stands above several columns stands above the empty cells to its right, too.
    """
    cells, last = [], ""
    for over, under in zip_longest(map(plain, upper), map(plain, lower), fillvalue=""):
        last = over or (last if under else "")
        cells.append(_one(last, under))
    return tuple(cells)


def _one(above: str, beneath: str) -> str:
    for text in (above + beneath, beneath + above, beneath, above):
        if header_key(text) in known_headers():
            return text
    return above + beneath
