"""What a lesson gives its stage: bet, scenes, tasks, knobs, engine, board and reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.text import words
from simlib.widgets.lesson import Basis, View

if TYPE_CHECKING:
    from simlib.figures.board import Board
    from simlib.widgets.stage.bet import Clash, Question
    from simlib.widgets.stage.scene import StageScene
    from simlib.widgets.stage.task import Task


@dataclass(frozen=True, slots=True)
class Group:
    """Knobs that lie folded together: a name, a title, the ids of the knobs in order."""

    id: str
    label: str
    knobs: tuple[str, ...]


class StageLesson(Basis):
    """The methods a lesson gives; those that raise it must give. `StageLab` calls them.

    Its words stand in `texts/*/<topic>_lesson.toml`: `lesson.title`, `lesson.question`, and
    `lesson.row`, `.more`, `.stage` if its rows are no forms of liability; `lesson.ending`, what
    the tasks come to, `.further`, what no task asks, and `.teaser`, an open question, if it has
    them; `.cost`, what it cost whom the first screen speaks of;
    `scenes.<id>.question`, `.answer`, and `.point` if a class is shown a shorter one;
    `tasks.<id>.question`, `.do`, `.set` (how the stage stands when it begins), `.sum` (one
    sentence), `.told` (one line a row), `.misconception`, `.options.<value>`.

    Attributes
    ----------
    topic, no, minutes
        its room, its number in the course, how long it takes
    choices
        what of the state's `chosen` no scene sets: choices of a module below the stage
    teaser_fold
        the id of the fold that answers the question of `lesson.teaser`
    replay
        the case with which it is gone through again at its end; empty: its exercises are
    """

    topic: str
    no: str
    minutes: int
    choices: tuple[str, ...] = ()
    teaser_fold: str = ""
    replay: str = ""

    def say(self, key: str, **values: object) -> str:
        """Words of the lesson."""
        return words(f"{self.topic}_lesson", key, self.lang, **values)

    # ------------------------------------------------------------ the bet

    def questions(self) -> Sequence[Question]:
        """What the reader answers before anything is shown, about the lesson's own case."""
        raise NotImplementedError

    def clashes(self) -> Sequence[Clash]:
        """What contradicts itself in an answer by a rule that the page can check by itself."""
        return ()

    def contradiction(self, answer: Mapping[str, object]) -> str:
        """Why a whole answer is asked back: it contradicts itself; empty: it does not."""
        return next((each.said for each in self.clashes() if each.holds(answer)), "")

    def reveal(self, view: View, answer: Mapping[str, object]) -> dict[str, object]:
        """The answer beside the court and the law in force; `view` is the first scene."""
        raise NotImplementedError

    # ------------------------------------------------------------ the stage

    def scenes(self) -> Sequence[StageScene]:
        """The scenes in order; the first is what the bet opens."""
        raise NotImplementedError

    def tasks(self) -> Sequence[Task]:
        """The tasks in order."""
        raise NotImplementedError

    def groups(self) -> Sequence[Group]:
        """In which groups the knobs lie folded that are not the scene's main ones."""
        raise NotImplementedError

    def shows(self, knob: str) -> bool:
        """Whether a knob stands on the stage with the scene that is shown."""
        return True

    def board(self, view: View, kept: View | None, scene: StageScene, before: View | None) -> Board:
        """What the stage shows of a view.

        Parameters
        ----------
        kept
            A, to be marked in each row
        before
            the view before the last change, of the same case: rows that differ are marked
        """
        raise NotImplementedError

    def names(self) -> dict[str, str]:
        """What the people of the lesson's own case are called in its words."""
        raise NotImplementedError

    def numbers(self, before: View, now: View) -> dict[str, str]:
        """The amounts that the words of scenes and tasks speak of, by placeholder."""
        raise NotImplementedError

    def reason(self, view: View, selected: list[str]) -> tuple[str, str]:
        """Title and HTML of why the number asked about is what it is; empty: nothing to say."""
        raise NotImplementedError

    # ------------------------------------------------------------ what lies below

    def modules(self) -> None:
        """Make the widgets that the notebook shows below the stage."""

    def place(self) -> None:
        """Fill what hangs on case and position alone; called when one of them is another."""

    def show(self) -> None:
        """Fill what else the lesson shows; called after every change."""
