"""The figure of lesson 05: gain, risk and cause as three corners, each as far out as its score.

What is certain is filled, what is open striped. A corner is taken hold of by the fact that moves it
farthest; a fact that nobody stated has an empty way.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin
from typing import TYPE_CHECKING

from simlib.causation import causal_force
from simlib.figures.opening.shapes import fitted
from simlib.figures.picture import Area, Grip, Line, Look, Thing, words
from simlib.figures.style import BASIS, GRID, PAPER
from simlib.interval import high_end, low_end
from simlib.lessons.knob import to_fen
from simlib.lessons.riskbenefit.knobs import gain_bounds
from simlib.lessons.riskbenefit.model import DIMENSIONS, points
from simlib.riskbenefit import gain_score, risk_score

if TYPE_CHECKING:
    from simlib.case.model import Party
    from simlib.figures.picture import Side, Size
    from simlib.lessons.outcome import Say
    from simlib.lessons.riskbenefit.model import Model

TURNS = {"gain": -90.0, "cause": 30.0, "risk": 150.0}  # where a corner lies [degrees]
STOPS = 8  # places of a way at which it is known what its fact says there
SLOT, EDGE = 13.0, 1.5  # how wide a way is, how thick its edge [px]
COLOR = BASIS["reform proposal"]


@dataclass(frozen=True, slots=True)
class Corners:
    """Where the figure stands in a drawing [px].

    Attributes
    ----------
    x, y, r
        its middle, and how far a corner with a whole score lies from it
    said
        corner → where its words stand, and on which side
    room
        how wide they may be
    stacked
        whether the score stands below the name
    """

    x: float
    y: float
    r: float
    said: dict[str, tuple[float, float, Side]]
    room: float
    stacked: bool


def triangle(found: Model, at: Corners, size: Size, say: Say) -> list[Thing]:
    """Draw the three corners, and what takes hold of each."""
    return _Triangle(found, at, size, say).things()


class _Triangle:
    """The figure of one outcome."""

    def __init__(self, found: Model, at: Corners, size: Size, say: Say) -> None:
        self.found, self.at, self.size, self.say = found, at, size, say
        scores = found.assessment
        self.scores = {corner: getattr(scores, corner) for corner in TURNS}
        self.counts = scores.limit not in ("gate", "exempt")

    def things(self) -> list[Thing]:
        """Draw what there is room for, what may be, what is; then ways, words and hands."""
        low = {corner: float(low_end(score)) for corner, score in self.scores.items()}
        high = {corner: float(high_end(score)) for corner, score in self.scores.items()}
        sure: Look = "full" if self.counts else "pale"
        drawn = [self._area("room", dict.fromkeys(TURNS, 1.0), "frame", GRID)]
        if low != high:
            drawn.append(self._area("open", high, "striped", COLOR))
        drawn.append(self._area("sure", low, sure, COLOR))
        drawn += [line for corner in TURNS for line in self._way(corner)]
        drawn += [each for corner in TURNS for each in self._said(corner)]
        return drawn + [grip for corner in TURNS for grip in self._grip(corner)]

    # ------------------------------------------------------------ places

    def _place(self, corner: str, score: float) -> tuple[float, float]:
        turn, far = radians(TURNS[corner]), self.at.r * score
        return round(self.at.x + far * cos(turn), 1), round(self.at.y + far * sin(turn), 1)

    def _along(self, corner: str, score: float) -> float:
        """Return how far along its way a score lies, as a grip counts it."""
        turn, (x, y) = radians(TURNS[corner]), self._place(corner, score)
        return x * cos(turn) + y * sin(turn)

    # ------------------------------------------------------------ what is drawn

    def _area(self, id: str, scores: dict[str, float], look: Look, color: str) -> Thing:
        first, *others = (self._place(corner, score) for corner, score in scores.items())
        by = tuple(each for point in others for each in point)
        return Area(id=f"figure:{id}", x=first[0], y=first[1], by=by, look=look, color=color)

    def _way(self, corner: str) -> list[Thing]:
        """The way of a corner: a slot from the middle to a whole score."""
        (x, y), to = self._place(corner, 0), self._place(corner, 1)
        beyond = self._place(corner, 1 + EDGE / self.at.r)
        edge = Line(id=f"edge:{corner}", x=x, y=y, by=beyond, wide=SLOT, color=GRID)
        return [edge, Line(id=f"way:{corner}", x=x, y=y, by=to, wide=SLOT - 2 * EDGE, color=PAPER)]

    def _said(self, corner: str) -> list[Thing]:
        """Its name and score, or that nothing of it is stated."""
        (x, y, side), size, say = self.at.said[corner], self.size, self.say
        name = say(f"corridor.{corner}")
        known = any(self.found.kind_of(fact) != "unknown" for fact in self.found.facts_of(corner))
        score = say("corridor.points", score=points(self.scores[corner]))
        score = score if known else say("corridor.not_stated")
        if self.at.stacked:
            score = fitted(score, self.at.room, size.small)
            below = words(f"score:{corner}", score, x, y + 1.3 * size.small, size.small, side=side)
            return [words(f"corner:{corner}", name, x, y, size.text, side=side, bold=True), below]
        score = fitted(say("corridor.corner", name=name, score=score), self.at.room, size.small)
        return [words(f"corner:{corner}", score, x, y, size.small, side=side, bold=True)]

    # ------------------------------------------------------------ what the hand takes

    def _grip(self, corner: str) -> list[Thing]:
        """The corner, on the way that its fact can move it; none where no fact moves it."""
        found, knob = self.found, self._knob(corner)
        stops = self._stops(corner, knob)
        if len(stops) < 2:
            return []
        held = getattr(found.person, knob)
        x, y = self._place(corner, float(high_end(self.scores[corner])))
        ends = tuple(round(self._along(corner, score), 1) for score, _ in stops)
        return [Grip(id=f"grip:{corner}", x=x, y=y, knob=knob, ends=ends,
                     values=tuple(value for _, value in stops), turn=TURNS[corner],
                     open=held is None)]  # fmt: skip

    def _knob(self, corner: str) -> str:
        """Name the fact that its hand moves: the last that it rests on, of risk foresight."""
        facts = self.found.facts_of(corner)
        return facts[0] if corner == "risk" else facts[-1]

    def _stops(self, corner: str, knob: str) -> list[tuple[float, float]]:
        """How far out the corner lies for some values of its fact: those that move it on."""
        gain = knob in DIMENSIONS["gain"]
        most = float(gain_bounds(self.found.case, self.found.party, self.say.lang)["max"])
        stops: list[tuple[float, float]] = []
        for n in range(STOPS + 1):
            value = round(most * (n / STOPS) ** 2) if gain else round(n / STOPS, 4)
            held = to_fen(value) if gain else value
            score = _score(self.found, corner, self.found.person.model_copy(update={knob: held}))
            if not stops or score > stops[-1][0] + 1e-6:
                stops.append((score, value))
        return stops


def _score(found: Model, corner: str, person: Party) -> float:
    """The highest score of a corner for somebody like him."""
    if corner == "gain":
        return float(high_end(gain_score(person, found.case, found.regime).value))
    if corner == "risk":
        return float(high_end(risk_score(person, found.regime).value))
    return float(high_end(causal_force(person, found.regime).value))
