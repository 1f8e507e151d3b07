"""Drawing a variant: choices from tidy lists, the case they make, and questions about it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, TypeVar

from simlib.case.load import examine
from simlib.case.problem_places import Places, in_order
from simlib.errors import CaseError
from simlib.exercise.model import Amount, Choice, Exercise, Slip
from simlib.exercise.usual_slips import LAYER_OF

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy

    from simlib.case.model import Case
    from simlib.exercise.model import Phrase, Step
    from simlib.money import Fen

    Template = Callable[[numpy.random.Generator, int], "Draft"]  # from chance and a seed

T = TypeVar("T")
Facts: TypeAlias = dict[str, object]  # a table of a case file, before it is checked

# every article in use holds on these days
ACTED_ON, DECIDED_ON = datetime.date(2023, 5, 10), datetime.date(2024, 12, 2)
THOUSAND = 100_000  # fen: a thousand yuan

# what exercises of several lessons draw from or offer
LOSSES = tuple(n * THOUSAND for n in (10, 12, 15, 16, 20, 24, 25, 30, 36, 40, 50, 60, 80))
SHARES = (10, 15, 20, 25, 30, 35, 40)  # per cent
MODES = ("joint", "several", "partial_joint", "supplementary", "none")
# views that can be argued for instead: 1169(1) for concert comes to the same; gross negligence by
# analogy to the environmental rules comes to joint liability
ALSO = {"concert": {"norm": ("help",)}, "gross": {"norm": ("help",), "mode": ("joint",)}}


class Draft(NamedTuple):
    """What a template returns: an exercise without its name and seed."""

    case: Case
    facts: tuple[Phrase, ...]
    steps: tuple[Step, ...]
    values: Mapping[str, object]
    kind: str = ""

    def under(self, name: str, topic: str, seed: int) -> Exercise:
        """Return the exercise of this template and seed."""
        return Exercise(name, topic, seed, *self)


def pick(rng: numpy.random.Generator, choices: Sequence[T]) -> T:
    """Draw one choice from the raw bits, whose stream never changes between versions."""
    return choices[rng.bit_generator.random_raw() % len(choices)]


def turn(seed: int, choices: Sequence[T], stride: int = 1) -> T:
    """Return the seed's choice in a cycle, so that neighbouring seeds differ.

    `stride`, without a factor in common with the number of choices, hides the order a little.
    """
    return choices[seed * stride % len(choices)]


def shuffled(rng: numpy.random.Generator, choices: Sequence[T]) -> tuple[T, ...]:
    """Return the choices in random order."""
    left = list(choices)
    return tuple(left.pop(rng.bit_generator.random_raw() % len(left)) for _ in choices)


def case(
    name: str, loss_fen: Fen, *parties: Facts, victim_fault: float = 0, **more: object
) -> Case:
    """Make a hypothetical case whose names are its ids; exercises have words of their own.

    `victim_fault` is the plaintiff's own share, `more` anything else of the file.
    """
    victim: Facts = {"id": "victim", "role": "victim", "fault": victim_fault}
    raw = {
        "id": name,
        "basis": "hypothetical",
        "title": {"zh": name, "en": name},
        "acted_on": ACTED_ON,
        "decided_on": DECIDED_ON,
        "claimant": "victim",
        "loss_fen": loss_fen,
        "parties": [_person(party) for party in (victim, *parties)],
        **more,
    }
    checked, problems = examine(raw)
    if checked is None:
        raise CaseError(name, in_order(problems, Places(raw)))
    return checked


def principal(**facts: object) -> Facts:
    """Make the fraudster, P."""
    return {"id": "P", "role": "principal", **facts}


def helper(
    id: str = "A", act: str = "payment", grade: str | None = "knowing", **facts: object
) -> Facts:
    """Make a helper; without a grade if that is None."""
    return {"id": id, "role": "helper", "act": act, "grade": grade, **facts}


def hundredths(percent: int) -> float:
    """Convert a whole percentage to a share."""
    return percent / 100


def choice(
    id: str,
    layer: str,
    key: str,
    options: Sequence[str],
    group: str = "",
    also: tuple[str, ...] = (),
    cites: tuple[str, ...] = (),
) -> Choice:
    """Make a question with options; their words belong to `group`, by default the layer's."""
    return Choice(id, layer, key, group or layer, tuple(options), also, cites)


def amount(id: str, layer: str, key: Fen, slips: Mapping[str, Fen], *cites: str) -> Amount:
    """Make a question for an amount [fen]; drop slips equal to the key or to one another."""
    seen, kept = {key}, []
    for name, fen in slips.items():
        if fen not in seen and fen >= 0:
            seen.add(fen)
            kept.append(Slip(name, LAYER_OF[name], fen))
    return Amount(id, layer, key, tuple(kept), cites)


def _person(facts: Facts) -> Facts:
    known = {key: value for key, value in facts.items() if value is not None}
    return known | {"name": {"zh": facts["id"], "en": facts["id"]}}
