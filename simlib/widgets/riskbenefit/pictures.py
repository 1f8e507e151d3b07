"""The pictures below the stage: what moves the share, its map, and the courts beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simlib.case import load_case
from simlib.figures.riskbenefit import Place, draw_courts, draw_plane, draw_tornado
from simlib.liability import decide
from simlib.riskbenefit import model_keys
from simlib.uncertainty import decision_map, flips, tornado
from simlib.widgets.riskbenefit.forms import Setup, facts_of, path_of
from simlib.widgets.riskbenefit.joined import MODE

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.case.tables import Position
    from simlib.figures.drawing import Drawing
    from simlib.interval import ShareRange

REAL = {"2024-lu-0302-5690": "zhang", "hengnan-hengyang": "long"}  # the paper's case, and its twin
FINE, COARSE = 200, 41  # values an input: lines are found on the fine grid; areas are carried whole


def tornado_of(
    case: Case, party: str, view: dict[str, Any], setup: Setup, share: ShareRange, lang: str
) -> Drawing:
    """What moves a helper's share: his facts, and every value the model reads."""
    spread = int(view["spread"]) / 100
    facts = [f"{party}.{name}" for name in facts_of(case.party(party))]
    keys = model_keys(setup.regime)
    output = f"{party}.share"
    bars = tornado(case, output, MODE, setup.rules, setup.regime, facts, keys, spread)
    return draw_tornado(case, bars, share, spread, lang)


def plane_of(case: Case, party: str, view: dict[str, Any], setup: Setup, lang: str) -> Drawing:
    """The share under the model, or mode and grade under the law in force, over two inputs.

    Raises
    ------
    SimlibError
        where the engine refuses an input's range
    """
    x, y = (path_of(view[side], party) for side in ("x", "y"))
    what, output = view["map"], f"{party}.{view['map']}"
    if what == "share":
        # without a kind of act the model is reckoned point by point: fewer of them
        open_act = any(p.act is None for p in case.parties if p.role in ("platform", "operator"))
        points = COARSE if open_act else FINE
        found = decision_map(
            case, x, y, MODE, output, points, setup.rules, setup.regime, view["end"]
        )
        return draw_plane(case, found, lang)
    found = decision_map(case, x, y, "auto", output, COARSE)
    return draw_plane(case, found, lang, flips(case, x, y, party, "auto", what), what)


def courts_of(setup: Setup, lang: str) -> Drawing:
    """The two real cases: the model at each position, and what was ordered."""
    found = []
    for name, party in REAL.items():
        case = load_case(name)
        places = []
        for position in _of_party(case, party):
            at = decide(case.at(position.id), MODE, setup.rules, setup.regime).parties[party]
            places.append(Place(position.id, at.share, at.exposure_fen))
        found.append((case, places))
    return draw_courts(found, lang)


def _of_party(case: Case, party: str) -> list[Position]:
    """List the case as told, and the positions that set facts of this party."""
    first, *others = case.positions
    return [first, *(p for p in others if any(key.startswith(f"{party}.") for key in p.set))]
