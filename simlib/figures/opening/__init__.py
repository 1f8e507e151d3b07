"""Pictures at the head of a lesson and of the course: people, and their money as width."""

from simlib.figures.opening.course import draw_course
from simlib.figures.opening.picture import draw_case, draw_cast, tell_case

__all__ = ["draw_case", "draw_cast", "draw_course", "tell_case"]
