"""A task: predict, do, see. What was done is seen in the state; what is right, the engine says.

Of a task with a goal nothing is predicted in words: the hand tries, and its first try is the guess.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.widgets.page_messages import record

if TYPE_CHECKING:
    from simlib.widgets.lesson import View

OPEN, GUESSED, DONE, SKIPPED = "open", "guessed", "done", "skipped"
NEW = "new"  # not in the state: it has not been begun
STATES = (OPEN, GUESSED, DONE, SKIPPED)
NOW = "now"
LARGE = "large"  # the large number, where rows are named


@dataclass(frozen=True, slots=True)
class Task:
    """One task; its words stand under its id among the lesson's.

    Attributes
    ----------
    id, scene
        its name, and the scene that it sets
    knob
        the knob that is to be turned
    options
        what can be guessed, in order
    turn
        what is to be done: path → value
    answer
        the option that is right, from the stage before and after it is done
    rows
        what it asks about: rows, or `LARGE`; empty: it asks which rows move
    columns
        in which columns; empty: in the large number alone
    column
        whose bars are drawn while it runs, if not those of the scene's
    changes
        what it starts with, if not with the scene's own changes
    former
        options of a question that it asked before: a link with such a guess opens all the same
    was
        the id of a task that it replaced: what a link holds of that one counts for it
    goal
        the option that the hand is to reach, where a try is the guess; empty: it is asked in words
    """

    id: str
    scene: str
    knob: str
    options: tuple[str, ...]
    turn: Mapping[str, object]
    answer: Callable[[View, View], str]
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    column: str = ""
    changes: Mapping[str, object] | None = None
    former: tuple[str, ...] = ()
    goal: str = ""
    was: str = ""

    @property
    def asked(self) -> tuple[str, ...]:
        """The rows it asks about, or the words of its options, some of which are rows."""
        named = (name for each in self.options for name in each.split("-"))
        return self.rows or tuple(dict.fromkeys(named))


Begun = dict[str, object]  # the state's `tasks`


def state_of(begun: Mapping[str, object], id: str) -> str:
    """How far a task has come."""
    return str(record(begun[id])["state"]) if id in begun else NEW


def guess_of(begun: Mapping[str, object], id: str) -> str | None:
    """What was guessed, if anything was."""
    guess = record(begun.get(id, {})).get("guess")
    return None if guess is None else str(guess)


def at_hand(begun: Mapping[str, object], tasks: tuple[Task, ...]) -> str:
    """Which task is shown: the one named, or else the first."""
    return str(begun.get(NOW, tasks[0].id if tasks else ""))


def after(
    begun: Mapping[str, object], tasks: tuple[Task, ...], id: str, deed: str, value: str
) -> Begun:
    """The state's `tasks` after the reader did something with one.

    Parameters
    ----------
    deed, value
        `start`, `again`, `skip`, `guess` with the option guessed, `done`, or `end`: back to what
        a task ended with, or would end
    """
    found: Begun = {**begun, NOW: id}
    guess = guess_of(begun, id)
    if deed == "end":
        return found
    if deed in ("start", "again"):
        found[id] = {"state": OPEN}
    elif deed == "guess":
        found[id] = {"state": GUESSED, "guess": value}
    elif deed == "done":
        found[id] = {"state": DONE, "guess": guess}
    else:
        found[id] = {"state": SKIPPED}
        left = [task.id for task in tasks if task.id not in found]
        found[NOW] = left[0] if left else id
    return found


def unbegun(begun: Mapping[str, object], tasks: tuple[Task, ...], id: str) -> Begun:
    """The state's `tasks` without one, and at hand the last before it that was begun."""
    found: Begun = {each: held for each, held in begun.items() if each != id}
    order = [task.id for task in tasks]
    before = [each for each in order[: order.index(id)] if each in found]
    return {**found, NOW: before[-1] if before else id}


def renamed(begun: Mapping[str, object], tasks: tuple[Task, ...]) -> Begun:
    """The state's `tasks` of an older link, under the names that its tasks have now."""
    names = {task.was: task.id for task in tasks if task.was and task.id not in begun}
    found: Begun = {names.get(id, id): held for id, held in begun.items()}
    if NOW in found:
        found[NOW] = names.get(str(found[NOW]), found[NOW])
    return found


def is_begun(begun: Mapping[str, object], tasks: tuple[Task, ...]) -> bool:
    """Whether a page of ours can have left the state's `tasks` like this."""
    known = {task.id: task for task in tasks}
    if not begun:
        return True
    if begun.get(NOW) not in known or not set(begun) <= {NOW, *known}:
        return False
    return all(_can_be(begun[id], task) for id, task in known.items() if id in begun)


def _can_be(held: object, task: Task) -> bool:
    if not isinstance(held, dict) or held.get("state") not in STATES:
        return False
    if held["state"] in (GUESSED, DONE):
        known = (*task.options, *task.former)
        return set(held) == {"state", "guess"} and held["guess"] in known
    return set(held) == {"state"}
