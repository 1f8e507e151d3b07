"""Where a checker of types is told to look away: `Any`, `cast` and `type: ignore` in simlib.

`python tests/untyped.py` prints how many there are, room by room; `make types` runs it.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

SIMLIB = Path(__file__).resolve().parent.parent / "simlib"
KINDS = ("Any", "cast", "type: ignore")
_IGNORE = re.compile(r"#\s*type:\s*ignore(\[[^\]]*\])?")


class Hole(NamedTuple):
    """One place: its room, file, line, kind, and whether a reason stands on its line."""

    room: str
    file: str
    line: int
    kind: str
    explained: bool


def holes(root: Path = SIMLIB) -> list[Hole]:
    """Return every place in the package, in the order of its files."""
    return [
        Hole(_room(file, root), str(file.relative_to(root)), line, kind, explained)
        for file in sorted(root.rglob("*.py"))
        for line, kind, explained in holes_of(file.read_text("utf-8"))
    ]


def holes_of(source: str) -> Iterator[tuple[int, str, bool]]:
    """Yield line, kind and whether a comment explains it, for each place in a module's text.

    Examples
    --------
    >>> list(holes_of("from typing import Any\\nx: Any = 1  # a parser gives anything\\n"))
    [(2, 'Any', True)]
    """
    comments = dict(_comments(source))
    tree = ast.parse(source)
    names = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "typing"
        for alias in node.names
        if alias.name in KINDS
    }
    for line, name in _names(tree):
        if name in names:
            yield line, names[name], line in comments
    for line, comment in comments.items():
        if found := _IGNORE.search(comment):
            yield line, "type: ignore", "#" in comment[found.end() :]


def _names(tree: ast.AST, line: int | None = None) -> Iterator[tuple[int, str]]:
    """Yield the line of each name, those in types that are written as a text included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield line or node.lineno, node.id
        if isinstance(node, ast.AnnAssign):
            alias = getattr(node.annotation, "id", "") == "TypeAlias"
            texts = [node.annotation, *([node.value] if alias else [])]
        elif isinstance(node, ast.arg | ast.FunctionDef | ast.AsyncFunctionDef):
            texts = [node.annotation if isinstance(node, ast.arg) else node.returns]
        else:
            continue
        for text in texts:
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                yield from _names(ast.parse(text.value, mode="eval"), text.lineno)


def _comments(source: str) -> Iterator[tuple[int, str]]:
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def _room(file: Path, root: Path) -> str:
    return file.relative_to(root).parts[0].removesuffix(".py")


def table(found: list[Hole]) -> str:
    """Return how many of each kind each room has, as lines; rooms without any are left out."""
    counts = Counter((hole.room, hole.kind) for hole in found)
    rooms = sorted({hole.room for hole in found})
    rows = [[room, *(str(counts[room, kind]) for kind in KINDS)] for room in rooms]
    rows.append(["simlib", *(str(sum(hole.kind == kind for hole in found)) for kind in KINDS)])
    return "\n".join("{:<14}{:>6}{:>6}{:>14}".format(*row) for row in [["", *KINDS], *rows])


if __name__ == "__main__":
    print(table(holes()))
