"""Outcomes by mode, each decided when it is first asked for and never twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from simlib.errors import SimlibError
from simlib.liability import Outcome, Prepared, decide

if TYPE_CHECKING:
    from simlib.case.model import Case


class Decided(Mapping[str, Outcome]):
    """mode → outcome of one case; a mode the engine refuses here is not in it.

    Attributes
    ----------
    case, modes, rules
        what is decided, under which modes in the order of the reader, by which rules
    refused
        mode → the error, for those refused so far
    """

    def __init__(self, case: Case, modes: tuple[str, ...], rules: dict[str, Any]) -> None:
        self.case, self.modes, self.rules = case, modes, rules
        self.refused: dict[str, SimlibError] = {}
        self._found: dict[str, Outcome] = {}
        self._prepared = Prepared(case)

    def __getitem__(self, mode: str) -> Outcome:
        """The outcome; raises KeyError for a mode that is not ours or is refused."""
        if mode not in self._found:
            if mode not in self.modes or mode in self.refused:
                raise KeyError(mode)
            try:
                self._found[mode] = decide(self.case, mode, self.rules, prepared=self._prepared)
            except SimlibError as error:
                self.refused[mode] = error
                raise KeyError(mode) from error
        return self._found[mode]

    def __iter__(self) -> Iterator[str]:
        """The modes that give an answer, in order; decides them all."""
        return (mode for mode in self.modes if mode in self)

    def __contains__(self, mode: object) -> bool:
        """Whether the mode gives an answer here."""
        try:
            self[mode]  # type: ignore[index]  # whatever else is asked for is not ours
        except KeyError:
            return False
        return True

    def __len__(self) -> int:
        """How many modes give an answer."""
        return sum(1 for _ in self)

    def ask(self, mode: str) -> Outcome:
        """The outcome of a mode the reader chose; raises the engine's own error if refused."""
        if mode in self:
            return self[mode]
        raise self.refused[mode]
