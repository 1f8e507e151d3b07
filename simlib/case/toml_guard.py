"""From a path to TOML data: everything that could hurt is refused before the parser sees it."""

from __future__ import annotations

import errno
import os
import re
import stat
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from simlib.case.problem_places import Finding, shown_key

MOST_BYTES = 16_000_000
DEEPEST = 32  # brackets within brackets; a case needs four
MOST_PARTS = 16  # parts of a dotted key; a case needs three
LONGEST_WORD = 400  # a bare key or number; Python refuses numbers of more than 4,300 digits
MOST_EMPTY = 1_000  # tables with nothing in them
MOST_LISTED = 300_000  # values in arrays; a case's rows are tables

# Strings and comments, so that what stands inside them is not taken for structure. The order
# matters: three quotes before one.
_QUIET = re.compile(
    r'"""(?:[^\\"]|\\.|"{1,2}(?!"))*+"{3,5}'
    r"|'''(?:[^']|'{1,2}(?!'))*+'{3,5}"
    r'|"(?:[^\\"\n]|\\[^\n])*+"'
    r"|'[^'\n]*+'"
    r"|\#[^\n]*+",
    re.DOTALL,
)
_DOTTED = re.compile(rf"(?<![\w.-])(?:[\w-]++[ \t]*+\.[ \t]*+){{{MOST_PARTS}}}")
_LONG = re.compile(rf"(?<![\w.+-])[\w.+-]{{{LONGEST_WORD + 1}}}")
_EMPTY = re.compile(r"\]\]\s*+(?=\[|\Z)|\{\s*+\}")
_LINE = re.compile(r"line (\d+), column (\d+)")


class Refused(Exception):
    """The file cannot be read as TOML; `finding` says why."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.finding = Finding((), code, values)


def read_toml(path: Path) -> dict[str, object]:
    """Return the data of a TOML file.

    Raises
    ------
    Refused
        if it is missing, not a plain file, larger than 16 MB, not UTF-8, nested or dotted or
        crowded beyond any use, or not TOML
    """
    return parse(decode(read_bytes(path, MOST_BYTES)))


def read_bytes(path: Path, most: int) -> bytes:
    """Return the bytes of a plain file of at most `most` bytes; raises `Refused`."""
    with plain_file(path) as (file, size):
        data = b"" if size > most else file.read(most + 1)
    if size > most or len(data) > most:
        raise Refused("too-big", most=most)
    return data


@contextmanager
def plain_file(path: Path) -> Iterator[tuple[BinaryIO, int]]:
    """Open a plain file, with its size in bytes; raises `Refused`, also while it is read."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would make us wait for ever
            raise Refused("not-a-file")
        with open(path, "rb", opener=_at_once) as file:  # Path.open takes no opener
            facts = os.fstat(file.fileno())
            if not stat.S_ISREG(facts.st_mode):  # changed in between
                raise Refused("not-a-file")
            yield file, facts.st_size
    except OSError as error:
        gone = (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG)
        codes: dict[int | None, str] = dict.fromkeys(gone, "missing-file")
        codes |= {errno.ELOOP: "link-loop", errno.EISDIR: "not-a-file"}
        raise Refused(codes.get(error.errno, "not-readable")) from None
    except ValueError:  # a NUL in the name
        raise Refused("missing-file") from None


def _at_once(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def decode(data: bytes) -> str:
    """Return bytes as text: UTF-8, with the mark Windows Notepad puts first or without."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Refused("not-utf8", line=line) from None


def parse(text: str) -> dict[str, object]:
    """Return TOML text as data; raises `Refused`."""
    _refuse_absurd(text)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(str(error), text) from None
    except (ValueError, RecursionError):  # e.g. 2022-02-30, which the parser leaves to datetime
        raise Refused("not-toml-value") from None


def _refuse_absurd(text: str) -> None:
    """Refuse structure that would cost the parser minutes or gigabytes."""
    bare = _QUIET.sub(_blank, text)
    _refuse_crowded(bare)
    depth = 0
    for bracket in re.finditer(r"[\[\]{}]", bare):
        depth += 1 if bracket[0] in "[{" else -1
        if depth > DEEPEST:
            raise Refused("too-deep", line=_line(bare, bracket.start()), most=DEEPEST)
    if dotted := _DOTTED.search(bare):
        raise Refused("too-many-parts", line=_line(bare, dotted.start()), most=MOST_PARTS)
    if long := _LONG.search(bare):
        raise Refused("long-word", line=_line(bare, long.start()), most=LONGEST_WORD)


def _refuse_crowded(bare: str) -> None:
    """Refuse more empty tables, or values in arrays, than could be looked at in a second."""
    if bare.count(",") > MOST_LISTED:
        raise Refused("too-many-values", most=MOST_LISTED)
    for number, empty in enumerate(_EMPTY.finditer(bare)):
        if number == MOST_EMPTY:
            line = _line(bare, empty.start())
            raise Refused("too-many-empty", line=line, most=MOST_EMPTY)


def _blank(quiet: re.Match[str]) -> str:
    """Return nothing for a comment, one letter for a string; line breaks are kept."""
    text = quiet[0]
    return "" if text.startswith("#") else "q" + "\n" * text.count("\n")


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def _not_toml(message: str, text: str) -> Refused:
    """Return the parser's complaint in our words: which line, and what stands there."""
    place = _LINE.search(message)
    line = int(place[1]) if place else text.count("\n") + 1
    lines = text.split("\n")
    words = shown_key(lines[min(line, len(lines)) - 1].strip())
    if message.startswith(("Cannot overwrite", "Cannot declare", "Cannot mutate", "Duplicate")):
        return Refused("duplicate-key", line=line, words=words)
    return Refused("not-toml", line=line, column=int(place[2]) if place else 1, words=words)
