"""The stage: one page, one person, one bet. A lesson fills it with data and a few functions."""

from simlib.widgets.stage.bet import Clash, Question
from simlib.widgets.stage.lab import StageLab
from simlib.widgets.stage.lesson import Group, StageLesson
from simlib.widgets.stage.scene import StageScene
from simlib.widgets.stage.task import Task
from simlib.widgets.stage.view import StageView

__all__ = [
    "Clash",
    "Group",
    "Question",
    "StageLab",
    "StageLesson",
    "StageScene",
    "StageView",
    "Task",
]
