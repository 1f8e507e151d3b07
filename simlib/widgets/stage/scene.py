"""A scene: the rows, knobs and facts with which the stage asks one question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from simlib.lessons.declaration import CHOSEN

MOST_ROWS, MOST_KNOBS = 5, 3


@dataclass(frozen=True, slots=True)
class StageScene:
    """What stands on the stage for one question.

    Attributes
    ----------
    id
        its name, under which its question and answer stand among the lesson's words
    knobs, rows
        the main knobs and the rows in sight, in order; all others are folded
    column
        whose bars are drawn first
    columns
        the columns of amounts that a class is shown; empty: the one whose bars are drawn
    position
        a position of the case
    changes
        facts set after it: path → value; `chosen.<name>` → what is chosen beside the facts
    turn
        what is changed to answer the question, named alike; empty: the answer is in sight
    covered
        rows whose amount would answer the question, and which a class is not shown with it
    case_id, party
        another case than the lesson's first, another helper than its first
    bare
        whether its board is only compared, and so has no drawing
    """

    id: str
    knobs: tuple[str, ...]
    rows: tuple[str, ...]
    column: str = "exposure"
    columns: tuple[str, ...] = ()
    position: str = ""
    changes: Mapping[str, object] = field(default_factory=dict)
    turn: Mapping[str, object] = field(default_factory=dict)
    covered: tuple[str, ...] = ()
    case_id: str = ""
    party: str = ""
    bare: bool = False

    def __post_init__(self) -> None:
        """Refuse a crowded stage."""
        if len(self.rows) > MOST_ROWS or len(self.knobs) > MOST_KNOBS:
            raise ValueError(f"scene {self.id}: at most {MOST_ROWS} rows, {MOST_KNOBS} knobs")

    @property
    def shown(self) -> tuple[str, ...]:
        """The columns of amounts that a class is shown."""
        return self.columns or (self.column,)

    def setting(
        self, case_id: str, party: str, changes: Mapping[str, object] | None = None
    ) -> dict[str, object]:
        """The state's fields that set it up, with `changes` instead of its own if given.

        Parameters
        ----------
        case_id, party
            where the scene names none
        """
        asked = self.changes if changes is None else changes
        return {
            "case_id": self.case_id or case_id,
            "position": self.position,
            "changes": {k: v for k, v in asked.items() if not k.startswith(CHOSEN)},
            "chosen": {k.removeprefix(CHOSEN): v for k, v in asked.items() if k.startswith(CHOSEN)},
            "party": self.party or party,
            "stage": self.id,
            "selected": [],
        }
