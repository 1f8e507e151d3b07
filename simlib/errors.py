"""What can go wrong, as one tree. An error carries a code and values; words are data.

    SimlibError
    ├── FileError        a file cannot be read: all problems at once
    │   ├── CaseError    a case file, or a change to a case
    │   └── LessonError  the declaration of a lesson
    ├── UnknownName      a case, party, mode, rule, output, position or article we do not have
    ├── LawError
    │   ├── OutOfScope   the law chosen does not reach these facts (a day outside its dates, …)
    │   ├── NoRule       the law fixes no rule here and we do not invent one
    │   └── Conflict     two rules claim the same case
    ├── SweepError       arrays to sweep over do not fit, or leave a number needed open
    ├── GameError        a game of causes, or a number it is to share, makes no sense
    ├── TraceError       money cannot be followed: an account pays what it does not hold, …
    ├── StatementError   a bank statement, its mapping or its key cannot be read or written
    ├── SyntheticError   a chain cannot be generated as asked, or not be written where asked
    ├── DepositError     a file, a receipt or an instant of a deposit cannot be read or written
    └── ServeError       the course cannot be served (a port in use, a package missing)

`str(error)` is English, from `texts/en/errors.toml`; `simlib.text.message(error, lang)` is the
same in the reader's language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from simlib.resources import table

LONGEST = 300  # characters of a value that a message shows


class SimlibError(Exception):
    """An error with a stable `code` (a key of `texts/*/errors.toml`) and the `values` it names."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values

    def __str__(self) -> str:
        words = table("texts", "en", "errors.toml")[self.code]
        values = {name: legible(value) for name, value in self.values.items()}
        if "steps" in values:
            values["steps"] = table("texts", "en", "statement_steps.toml")[str(values["steps"])]
        return f"{words['what']}; {words['remedy']}".format(**values)


def legible(value: object) -> object:
    """Return a text as messages show it: cut short, with a mark for what has no shape of its own.

    Examples
    --------
    >>> legible("a\\0b"), legible("x" * 5_000) == "x" * 299 + "…", legible(5)
    ('a\ufffdb', True, 5)
    """
    if not isinstance(value, str):
        return value
    text = value if len(value) <= LONGEST else value[: LONGEST - 1] + "…"
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a file: where (`path`), what (`code`) and the values its words name."""

    path: str
    code: str
    values: Mapping[str, object] = field(default_factory=dict)


class FileError(SimlibError):
    """A file that cannot be read; `problems` holds every problem found, in file order.

    `CODE` is that of the error, `TOPIC` the file of words for its problems.
    """

    CODE, TOPIC = "", ""

    def __init__(self, file: str, problems: Sequence[Problem]) -> None:
        super().__init__(self.CODE, file=file, count=len(problems))
        self.file = file
        self.problems = tuple(problems)

    def __str__(self) -> str:
        words = table("texts", "en", f"{self.TOPIC}.toml")
        return "\n".join(problem_line(self.file, p, words) for p in self.problems)


class CaseError(FileError):
    """A case that cannot be read; `file` is the name the reader gave, or the case's id for a
    change made in memory."""

    CODE, TOPIC = "bad-case", "problems"


class LessonError(FileError):
    """The declaration of a lesson that cannot be read, or points at what is not there."""

    CODE, TOPIC = "bad-lesson", "lesson_problems"


def problem_line(file: str, problem: Problem, words: Mapping[str, Mapping[str, str]]) -> str:
    """Return `FILE:PATH: CODE: reason; remedy`, in the language of the table `words`."""
    reason, remedy = problem_words(problem, words)
    return f"{legible(file)}:{problem.path}: {problem.code}: {reason}; {remedy}"


def problem_words(problem: Problem, words: Mapping[str, Mapping[str, str]]) -> tuple[str, str]:
    """Return reason and remedy; an amount `sum` in fen is `{sum_yuan}` to words that want yuan.

    Examples
    --------
    >>> words = {"x": {"reason": "{sum_yuan} yuan", "remedy": "sum_fen = {sum}"}}
    >>> problem_words(Problem("p", "x", {"sum": 4_102_623}), words)
    ('41026.23 yuan', 'sum_fen = 4102623')
    """
    fen = {name: value for name, value in problem.values.items() if type(value) is int}
    yuan = {f"{name}_yuan": f"{value // 100}.{value % 100:02d}" for name, value in fen.items()}
    entry, values = words[problem.code], {**problem.values, **yuan}
    return entry["reason"].format(**values), entry["remedy"].format(**values)


class UnknownName(SimlibError):
    """A name that stands for nothing here; `values` has `kind`, `name` and `near` (or None)."""

    @classmethod
    def among(
        cls, kind: str, name: object, names: Iterable[object], shown: str | None = None
    ) -> UnknownName:
        """Return the error for `name`, with the one of `names` that is most like it, if one is.

        `shown` is how the name is written where that is more than the name.
        """
        near = nearest(name, names)
        code = "unknown-name" if near else "unknown-name-none"
        return cls(code, kind=kind, name=str(name) if shown is None else shown, near=near)


def nearest(name: object, names: Iterable[object]) -> str | None:
    """Return the one of `names` most like `name`, or None if none is like it.

    Examples
    --------
    >>> nearest("falt", ["fault", "grade"])
    'fault'
    """
    known = [str(n) for n in names]
    matches = get_close_matches(str(name)[:200], known, n=1, cutoff=0.6) if known else []
    return matches[0] if matches else None


class LawError(SimlibError):
    """The law, as modelled, gives no answer to this question."""


class OutOfScope(LawError):
    """The rules chosen do not reach these facts."""


class NoRule(LawError):
    """No rule in force fixes this, and none is invented."""


class Conflict(LawError):
    """Two rules claim the same facts."""


class SweepError(SimlibError):
    """Arrays over facts that do not fit together, or leave a number that is needed open."""


class GameError(SimlibError):
    """A game of causes that cannot be read: its players, values, weights or tree."""


class TraceError(SimlibError):
    """Transfers along which money cannot be followed as asked."""


class StatementError(SimlibError):
    """A bank statement, the mapping of its columns or its key cannot be read or written."""


class SyntheticError(SimlibError):
    """A generated chain that cannot be: its size, its settings, or the folder it is to go to."""


class DepositError(SimlibError):
    """A file to deposit, or a receipt, cannot be read, written or believed."""


class ServeError(SimlibError):
    """The course cannot be served."""
