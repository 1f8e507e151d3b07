"""Reading what a lesson declares: every problem at once, with its place and its cure.

A declaration may not fit the schema, or point at a knob, row or state that it has not. `python -m
simlib.lessons.reader` checks every lesson, its functions and its words in both languages as well.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from pydantic import ValidationError

from simlib.case import load_case, shipped_cases
from simlib.errors import LessonError, Problem, nearest
from simlib.lessons import FILE, head, topics
from simlib.lessons.declaration import (
    CHOSEN,
    NUMBERS,
    OF_EACH,
    Clash,
    Column,
    Knob,
    Lesson,
    Open,
    Question,
    Row,
    Scene,
    Task,
)
from simlib.lessons.outcome import LARGE, Say, options_of, rules_of
from simlib.resources import LANGS

if TYPE_CHECKING:
    from collections.abc import Collection

    from simlib.case.fields import Record
    from simlib.lessons.declaration import Named
    from simlib.resources import Table


def lesson_of(topic: str) -> Lesson:
    """Return a lesson of the course; raise `LessonError` with every problem if it cannot be read.

    Examples
    --------
    >>> lesson_of("procedure").scenes[0].knobs
    ('sue', 'caught', 'proof')
    """
    return _shipped(topic)


@cache
def _shipped(topic: str) -> Lesson:
    return read(head(topic), f"{topic}/{FILE}")


def read(raw: Table, file: str) -> Lesson:
    """Read a declaration; raise `LessonError` with all that is wrong in it."""
    try:
        found = Lesson.model_validate(raw)
    except ValidationError as error:
        raise LessonError(file, list(_problems(error))) from None
    if problems := list(dangling(found)):
        raise LessonError(file, problems)
    return found


def _problems(error: ValidationError) -> Iterator[Problem]:
    """Yield what does not fit the schema, each place once."""
    seen = set()
    for entry in error.errors(include_url=False):
        loc = [part for part in entry["loc"] if part not in KINDS]
        path = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in loc).lstrip(".")
        if path in seen:  # the kinds a value may have are tried one by one
            continue
        seen.add(path)
        if entry["type"] == "missing":
            yield Problem(path, "missing-key", {"key": loc[-1]})
        elif entry["type"] == "extra_forbidden":
            near = nearest(loc[-1], RECORDS.get(str(loc[0]), Lesson).model_fields)
            yield Problem(path, "unknown-key", {"key": loc[-1], "near": near or "-"})
        elif entry["type"] == "too_long":
            yield Problem(path, "too-many", {"most": entry["ctx"]["max_length"]})
        else:
            wants = entry["msg"][0].lower() + entry["msg"][1:]
            yield Problem(path, "wrong-value", {"value": repr(entry["input"])[:60], "wants": wants})


# what pydantic writes into a place beside keys and numbers: the kind of value it tried
KINDS = ("tuple[str, ...]", "str", "bool", "int", "float", "Open", "list[str]")
RECORDS: Mapping[str, type[Record]] = MappingProxyType({
    "bet": Question, "clash": Clash, "rows": Row, "columns": Column, "knobs": Knob, "below": Knob,
    "scenes": Scene, "tasks": Task,
})  # fmt: skip


# ---------------------------------------------------------------- names within a declaration


def dangling(lesson: Lesson) -> Iterator[Problem]:
    """Yield every name in a declaration that stands for nothing in it."""
    yield from _bet(lesson)
    for id, inner in lesson.groups.items():
        yield from _unknown(f"groups.{id}", "knob", inner, lesson.knobs)
    known = [scene.id for scene in lesson.scenes]
    for id, knob in lesson.knobs.items():
        yield from _unknown(f"knobs.{id}.scenes", "scene", knob.scenes, known)
    yield from _rows("more", lesson.more, lesson)
    yield from _unknown("board", "column", lesson.board, lesson.columns)
    for id, rows in lesson.sets.items():
        yield from _unknown(f"sets.{id}", "row", rows, lesson.rows)
    for id, state in lesson.states.items():
        yield from _state(f"states.{id}", state, lesson)
    for scene in lesson.scenes:
        yield from _scene(f"scenes.{scene.id}", scene, lesson)
    for task in lesson.tasks:
        yield from _task(f"tasks.{task.id}", task, lesson)


def _unknown(
    path: str, kind: str, names: Iterable[str], known: Collection[str]
) -> Iterator[Problem]:
    for name in names:
        if name not in known:
            near = nearest(name, known) or "-"
            yield Problem(path, "unknown-name", {"kind": kind, "name": name, "near": near})


def _rows(path: str, rows: Named, lesson: Lesson, more: Iterable[str] = ()) -> Iterator[Problem]:
    """Yield what is wrong with rows, or with the name of a set of them."""
    if isinstance(rows, str):
        yield from _unknown(path, "set of rows", [rows], lesson.sets)
    else:
        yield from _unknown(path, "row", rows, [*lesson.rows, *more])


def _bet(lesson: Lesson) -> Iterator[Problem]:
    for id, question in lesson.bet.items():
        if question.options and question.right:
            yield from _unknown(f"bet.{id}.right", "option", [question.right], question.options)
        if question.options and question.measure:
            yield Problem(f"bet.{id}.measure", "unknown-key", {"key": "measure", "near": "options"})
        if not (question.options or question.measure):
            yield Problem(f"bet.{id}", "missing-key", {"key": "options"})
        yield from _unknown(f"bet.{id}.minority", "option", question.minority, question.options)
        for kind, name in (("column", question.column), ("row", question.row)):
            yield from _unknown(f"bet.{id}.{kind}", kind, [name] if name else [],
                                getattr(lesson, f"{kind}s"))  # fmt: skip
    for n, clash in enumerate(lesson.clash):
        path = f"clash[{n}].when"
        yield from _unknown(path, "question", clash.when, lesson.bet)
        for id, options in clash.when.items():
            if id in lesson.bet:
                known = lesson.bet[id].options or NUMBERS
                yield from _unknown(f"{path}.{id}", "option", options, known)


def _state(path: str, state: Mapping[str, object], lesson: Lesson) -> Iterator[Problem]:
    """Yield what a state sets that no knob of the lesson takes.

    A key that says `chosen.` itself is a choice at a knob that `knobs.py` makes of the case.
    """
    knobs = lesson.known(state)
    for key, value in state.items():
        name = lesson.path(key)
        if key.startswith(CHOSEN) or not name.startswith(CHOSEN):
            continue
        yield from _unknown(path, "knob", [name.removeprefix(CHOSEN)], knobs)
        knob = knobs.get(name.removeprefix(CHOSEN))
        given = [value] if isinstance(value, str) else []  # what a case gives, no declaration knows
        if knob and not knob.takes(None if isinstance(value, Open) else value, given):
            yield Problem(f"{path}.{key}", "not-taken", {"value": value, "takes": _takes(knob)})


def _takes(knob: Knob) -> str:
    if knob.kind == "range":
        return f"0…{knob.most}" + (", { open = true }" if knob.open else "")
    return ", ".join(knob.options) or "true, false"


def _scene(path: str, scene: Scene, lesson: Lesson) -> Iterator[Problem]:
    named = (id for id in scene.knobs if not _is_of_each(id, lesson))
    shown = [id for id, knob in lesson.knobs.items() if knob.is_shown(scene.id)]
    yield from _unknown(f"{path}.knobs", "knob shown with it", named, shown)
    yield from _rows(f"{path}.rows", scene.rows, lesson)
    yield from _rows(f"{path}.covered", scene.covered, lesson)
    columns = [*scene.columns, *([scene.column] if scene.column else [])]
    yield from _unknown(f"{path}.columns", "column", columns, lesson.columns)
    states = [*scene.begins, *([scene.turn] if scene.turn else [])]
    yield from _unknown(path, "state", states, lesson.states)
    speaks = scene.speaks or lesson.speaks
    yield from _unknown(f"{path}.speaks", "row", [speaks] if speaks else [], lesson.rows)


def _is_of_each(id: str, lesson: Lesson) -> bool:
    """Whether a knob is one of several that `knobs.py` makes of the case."""
    kind, _, what = id.partition(OF_EACH)
    return bool(what) and kind in lesson.knobs and lesson.knobs[kind].fact == "case"


def _task(path: str, task: Task, lesson: Lesson) -> Iterator[Problem]:
    scenes = {scene.id: scene for scene in lesson.scenes}
    yield from _unknown(f"{path}.scene", "scene", [task.scene], scenes)
    knobs = scenes[task.scene].knobs if task.scene in scenes else tuple(lesson.knobs)
    yield from _unknown(f"{path}.knob", "main knob of its scene", [task.knob], knobs)
    yield from _unknown(path, "state", [*(task.begins or ()), task.turn], lesson.states)
    yield from _rows(f"{path}.rows", task.rows, lesson, [LARGE])
    columns = [*task.columns, *([task.column] if task.column else [])]
    yield from _unknown(f"{path}.columns", "column", columns, lesson.columns)
    if task.goal:
        yield from _unknown(f"{path}.goal", "option", [task.goal], task.options)
    if isinstance(task.options, dict):
        for id, rows in task.options.items():
            yield from _rows(f"{path}.options.{id}", rows, lesson)


# ---------------------------------------------------------------- functions and words


def missing(topic: str, lesson: Lesson) -> Iterator[Problem]:
    """Yield functions that `outcomes.py` has not, and words that a language has not."""
    rules = rules_of(topic)
    if lesson.of_case:
        yield from _unknown("of_case", "function of outcomes", ["rows"], vars(rules))
    yield from (
        Problem(f"tasks.{task.id}.ask", "unknown-name",
                {"kind": "question in outcomes.ASKS", "name": task.ask,
                 "near": nearest(task.ask, rules.ASKS) or "-"})
        for task in lesson.tasks if task.ask not in rules.ASKS
    )  # fmt: skip
    for path, name in _readings(lesson):
        yield from _unknown(path, "reading in outcomes.READS", [name], rules.READS)
    given = {name for name, knob in lesson.choices if knob.given}
    known = options_of(topic, load_case(lesson.cases[0]), LANGS[0]) if given else {}
    yield from _unknown("again", "shipped case", [lesson.again][: bool(lesson.again)],
                        shipped_cases())  # fmt: skip
    yield from _unknown("given", "choice in knobs.options", sorted(given), known)
    for lang in LANGS:
        say = Say(topic, lang)
        for path, key in dict.fromkeys(_words(lesson)):
            if not say.has(key):
                file = f"texts/{lang}/{say.file}.toml"
                yield Problem(path, "no-words", {"key": key, "file": file})


def _readings(lesson: Lesson) -> Iterator[tuple[str, str]]:
    """Yield where a lesson names what is read off its case, and the name."""
    yield from (
        (f"knobs.{id}.reads", knob.reads) for id, knob in lesson.knobs.items() if knob.reads
    )
    for id, question in lesson.bet.items():
        if not question.options:
            names = {key: getattr(question, key) for key in ("most", "hands", "right")}
            yield from ((f"bet.{id}.{key}", name) for key, name in names.items() if name)


def _words(lesson: Lesson) -> Iterator[tuple[str, str]]:
    """Yield where a lesson is declared, and the words that it needs: `topic:key` of another."""
    yield from (("-", f"lesson.{key}") for key in ("title", "asked", "question", "cost"))
    for id, question in lesson.bet.items():
        yield f"bet.{id}", f"bet.{id}"
        keys = (option_key(id, question, each, "bet") for each in question.options)
        yield from ((f"bet.{id}.options", key) for key in keys)
    yield from ((f"clash[{n}].say", f"bet.said.{each.say}") for n, each in enumerate(lesson.clash))
    named = {} if lesson.of_case else lesson.rows
    yield from ((f"rows.{id}", row.words or f"rows.{id}.name") for id, row in named.items())
    shown = {id for scene in lesson.scenes for id in scene.columns} | {*lesson.board}
    labels = {id: lesson.columns[id].words or f"board.column.{id}" for id in sorted(shown)}
    yield from ((f"columns.{id}", key) for id, key in labels.items())
    for knobs, stem in ((lesson.knobs, "knob"), (lesson.below, "choose")):
        for id, knob in knobs.items():
            if knob.fact != "case":
                yield from ((f"{stem}.{id}", key) for key in _of_knob(id, knob, stem))
    yield from ((f"groups.{id}", f"groups.{id}") for id in lesson.groups)
    for scene in lesson.scenes:
        yield from ((f"scenes.{scene.id}", f"scenes.{scene.id}.{key}")
                    for key in ("question", "answer"))  # fmt: skip
    for task in lesson.tasks:
        stem = f"tasks.{task.id}"
        yield from (
            (stem, f"{stem}.{k}") for k in ("question", "do", "sum", "told", "misconception")
        )
        yield from ((f"{stem}.options", f"{stem}.options.{option}") for option in task.options)


def _of_knob(id: str, knob: Knob, stem: str) -> Iterator[str]:
    yield f"{stem}.{id}"
    if knob.unit.isalpha():
        yield f"knob.unit.{knob.unit}"
    if knob.open:
        yield f"knob.{id}_open"
    if not knob.given:
        yield from (option_key(id, knob, option, stem) for option in knob.options)


def option_key(id: str, asked: Knob | Question, option: str, stem: str = "knob") -> str:
    """Return where an option of a knob or a question has its words, as `words` has it."""
    return (asked.words or f"{stem}.{id}_is.{{}}").format(option)


def main() -> int:
    """Print every problem of every lesson; 1 if there is one."""
    found: list[LessonError] = []
    for topic in topics():
        try:
            lesson = lesson_of(topic)
            if problems := list(missing(topic, lesson)):
                raise LessonError(f"{topic}/{FILE}", problems)
        except LessonError as error:
            found.append(error)
            print(error)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
