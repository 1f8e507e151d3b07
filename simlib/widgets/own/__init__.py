"""The page on which a reader writes a case of his own."""

from simlib.widgets.own.editor import OwnEditor, own_lab

__all__ = ["OwnEditor", "own_lab"]
