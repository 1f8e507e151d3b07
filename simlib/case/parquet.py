"""A Parquet file of transfers, read with pyarrow where that is installed (the extra `parquet`).

Its columns are those of the CSV file. What is wrong with a column as a whole (its type, an instant
without a zone) is reported once; what is wrong with single rows, row by row.
"""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np

from simlib.case.columns import UNDATED, BoolArray, IntArray, instant
from simlib.case.csv_transfers import ids_of, instant_of, instants, names_of
from simlib.case.fields import MOST_FEN, Raw
from simlib.case.model import MOST_TRANSFERS
from simlib.case.problem_places import Finding, shown_key
from simlib.case.row_chunks import Chunk, Gathering
from simlib.case.toml_guard import Refused
from simlib.case.transfer_files import MOST_BYTES, SPOT, BadFile, Progress, wrong_head
from simlib.case.unchecked_transfers import Unchecked

if TYPE_CHECKING:
    from pyarrow import Array, DataType, Scalar
    from pyarrow.parquet import ParquetFile

TEXTS, AMOUNTS = ("id", "payer", "payee"), ("amount_fen", "fee_fen")
AT_ONCE = 16_384  # rows
LONGEST = 200  # letters: three times the longest id
FEWEST = 16  # rows that fit the memory even where each is as long as the file
PER_SECOND = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}
_OFFSET = re.compile(r"([+-])(\d{2}):(\d{2})")
# the days Python can write, in microseconds, with a day's room for zones
EARLIEST, LATEST = -62_135_510_400_000_000, 253_402_214_400_000_000


def gathered(
    data: bytes, listed: list[object], progress: Progress
) -> tuple[Unchecked | None, list[Finding]]:
    """Return the transfers a Parquet file adds to those listed, and what is wrong beside its rows.

    Raises
    ------
    BadFile, Refused
        if pyarrow is missing, if this is not Parquet, or lacks a column or has one of a wrong type
    """
    try:
        import pyarrow.parquet
    except ImportError:
        raise BadFile(Finding(SPOT, "no-pyarrow")) from None
    try:
        return _read(data, listed, progress)
    except (pyarrow.ArrowException, OSError, ValueError, OverflowError, MemoryError):
        raise BadFile(Finding(SPOT, "not-parquet")) from None


def _read(
    data: bytes, listed: list[object], progress: Progress
) -> tuple[Unchecked | None, list[Finding]]:
    import pyarrow
    from pyarrow import parquet

    file = parquet.ParquetFile(pyarrow.BufferReader(data))
    head = [column.strip() for column in file.schema_arrow.names]
    kinds = dict(zip(head, file.schema_arrow.types, strict=True))
    if wrong := wrong_head(head, "parquet-no-column") or _wrong_kinds(kinds):
        raise BadFile(*wrong)
    about = file.metadata
    if about.num_rows > MOST_TRANSFERS:
        return None, [Finding(("transfers",), "too-many-transfers", {"most": MOST_TRANSFERS})]
    groups = range(about.num_row_groups)
    if sum(about.row_group(n).total_byte_size for n in groups) > MOST_BYTES:
        raise Refused("too-big", most=MOST_BYTES)
    rows = Gathering(listed, tuple(head), "row")
    texts = [name for name in file.schema_arrow.names if _is_text(kinds[name.strip()])]
    careful = parquet.ParquetFile(pyarrow.BufferReader(data), read_dictionary=texts)
    for n in groups:
        way = careful if any(_by_words(file, careful, n, t) for t in texts) else file
        for batch in way.iter_batches(AT_ONCE, row_groups=[n], use_threads=False):
            rows.places.extend(range(len(rows.places) + 1, len(rows.places) + len(batch) + 1))
            rows.add(_chunk(dict(zip(head, batch.columns, strict=True)), len(batch), rows))
            progress(len(rows.places), about.num_rows)
    pyarrow.default_memory_pool().release_unused()
    return rows.table(), []


def _by_words(file: ParquetFile, careful: ParquetFile, group: int, column: str) -> bool:
    """Tell whether a column must be read word by word: one that stands once in the file, for
    many rows, is too long to write out each time, and a small file would fill the memory.

    Raises
    ------
    Refused
        if it is too long and is not kept as a word at all
    """
    import pyarrow

    try:
        first = next(careful.iter_batches(1, row_groups=[group], columns=[column]), None)
        words = [] if first is None else first.column(0).dictionary.to_pylist()
        return any(len(word or "") > LONGEST for word in words)
    except (pyarrow.ArrowException, OSError):
        # Its words stand row by row, perhaps each as what differs from the one before it. What the
        # file says of its columns is not read: damaged, it ends the process.
        size = max(1, file.metadata.row_group(group).total_byte_size)
        some = min(AT_ONCE, max(FEWEST, MOST_BYTES // size))
        for batch in file.iter_batches(some, row_groups=[group], columns=[column]):
            if any(len(word or "") > LONGEST for word in batch.column(0).to_pylist()):
                raise Refused("too-big", most=MOST_BYTES) from None
    return False


# ---------------------------------------------------------------- columns


def _wrong_kinds(kinds: dict[str, DataType]) -> list[Finding]:
    """Return the columns whose type cannot be what they are to hold."""
    from pyarrow import types

    wrong = []
    for name, kind in kinds.items():
        if types.is_null(kind):  # nothing in it: each row says what it lacks
            continue
        if name in TEXTS and not _is_text(kind):
            code = "parquet-not-text"
        elif name in AMOUNTS and not types.is_integer(kind):
            code = "parquet-not-whole"
        elif name == "at" and not (_is_text(kind) or types.is_timestamp(kind)):
            code = "parquet-not-instant"
        elif name == "at" and types.is_timestamp(kind) and not kind.tz:
            code = "parquet-no-zone"
        else:
            continue
        wrong.append(Finding(SPOT, code, {"column": name, "type": shown_key(str(kind))}))
    return wrong


def _is_text(kind: DataType) -> bool:
    from pyarrow import types

    if types.is_dictionary(kind):
        kind = kind.value_type
    kinds = (types.is_string, types.is_large_string, types.is_string_view)
    return any(is_kind(kind) for is_kind in kinds)


# ---------------------------------------------------------------- rows


def _chunk(arrays: dict[str, Array], count: int, into: Gathering) -> Chunk:
    texts = {
        name: _texts(array)
        for name, array in arrays.items()
        if name in TEXTS or _is_text(array.type)
    }
    ids, strange = ids_of(texts["id"])
    odd = set(strange)
    ends = {}
    for end in ("payer", "payee"):
        ends[end], strange = names_of(texts[end], into)
        odd.update(strange)
    amounts, strange = _amounts(arrays["amount_fen"], count)
    odd.update(strange, _nulls(arrays["amount_fen"]))
    fees: IntArray = np.zeros(count, np.int64)
    if "fee_fen" in arrays:
        fees, strange = _amounts(arrays["fee_fen"], count)
        odd.update(strange)
    if "at" in texts:
        at_us, zone, strange = instants(texts["at"], count, into)
    else:
        at_us, zone, strange = _at(arrays.get("at"), count, into)
    odd.update(strange)

    def raw(n: int) -> Raw:
        values = {
            name: _text(name, texts[name][n]) if name in texts else _value(name, array[n])
            for name, array in arrays.items()
        }
        return {name: value for name, value in values.items() if value is not None}

    return Chunk(ids, ends["payer"], ends["payee"], amounts, fees, at_us, zone, odd, raw)


def _text(column: str, text: str) -> object:
    """Return what TOML would have given for a text; nothing where it is empty."""
    if not text:
        return None
    return instant_of(text.strip()) if column == "at" else text.strip()


def _value(column: str, scalar: Scalar) -> object:
    """Return what TOML would have given for another value; what cannot be that is text, so that the
    schema reports it."""
    if column != "at" or not scalar.is_valid:
        return scalar.as_py()
    at_us, kept = _microseconds(np.array([scalar.value]), scalar.type.unit)
    return instant(int(at_us[0]), _zone(scalar.type.tz)) if kept[0] else str(scalar.value)


def _nulls(array: Array) -> list[int]:
    if not array.null_count:
        return []
    return np.flatnonzero(array.is_null().to_numpy(zero_copy_only=False)).tolist()


def _texts(array: Array) -> list[str]:
    """Return the texts of a column, "" where there is none; a word for many rows is one object."""
    from pyarrow import types

    if types.is_null(array.type):
        return [""] * len(array)
    if not types.is_dictionary(array.type):
        texts = array.to_pylist()
        return [text or "" for text in texts] if array.null_count else texts
    words = [*((word or "").strip() for word in array.dictionary.to_pylist()), ""]
    places = array.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    found: list[str] = np.array(words, object)[places].tolist()
    return found


def _amounts(array: Array, count: int) -> tuple[IntArray, list[int]]:
    """Return amounts, 0 where there is none, and the numbers of those that no case can have."""
    from pyarrow import types

    if types.is_null(array.type):
        return np.zeros(count, np.int64), []
    values = array.fill_null(0).to_numpy(zero_copy_only=False)
    wrong = (values < 0) | (values > MOST_FEN)
    return np.where(wrong, 0, values).astype(np.int64), np.flatnonzero(wrong).tolist()


def _at(array: Array | None, count: int, into: Gathering) -> tuple[IntArray, IntArray, list[int]]:
    from pyarrow import types

    if array is None or types.is_null(array.type):
        return np.full(count, UNDATED), np.zeros(count, np.int32), []
    zone = np.full(count, into.zones[_zone(array.type.tz)], np.int32)
    counted = array.cast("int64").fill_null(0).to_numpy(zero_copy_only=False)
    at_us, kept = _microseconds(counted, array.type.unit)
    there = np.ones(count, bool)
    there[_nulls(array)] = False
    return np.where(kept & there, at_us, UNDATED), zone, np.flatnonzero(there & ~kept).tolist()


def _microseconds(counted: IntArray, unit: str) -> tuple[IntArray, BoolArray]:
    """Return instants in microseconds, and whether each is one a calendar can show."""
    per = PER_SECOND[unit]
    seconds = counted // per
    kept = (seconds >= EARLIEST // 10**6) & (seconds < LATEST // 10**6)
    rest = counted % per * 10**6 // per
    return np.where(kept, seconds, 0) * 10**6 + rest, kept


def _zone(name: str) -> datetime.tzinfo:
    """Return the zone a column of instants is written in; UTC where it is not known here."""
    if offset := _OFFSET.fullmatch(name):
        minutes = int(offset[2]) * 60 + int(offset[3])
        if minutes < 24 * 60:
            return datetime.timezone(datetime.timedelta(minutes=int(offset[1] + str(minutes))))
    try:
        return datetime.UTC if name.upper() == "UTC" else ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # ZoneInfoNotFoundError is a KeyError
        return datetime.UTC
