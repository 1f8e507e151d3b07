"""The engine's door: one case under one mode, or under several side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from simlib.errors import UnknownName
from simlib.interval import high_end, hull, low_end
from simlib.law.modes import compared_modes, mode_law_for
from simlib.law.regime import Regime, checked_rules, regime_for
from simlib.liability.forms import ALL_MODES
from simlib.liability.outcome import Claimed, Outcome, PartyOutcome, PieceOutcome
from simlib.liability.piece_reasons import reasons_of
from simlib.liability.records import Setting, Solution
from simlib.liability.setting import Prepared, prepare
from simlib.liability.unknowns import solve

if TYPE_CHECKING:
    import numpy as np

    from simlib.case.model import Case
    from simlib.interval import FenRange
    from simlib.law.rule import Rules
    from simlib.liability.piece_reasons import Written
    from simlib.money import Fen

COMPARED = compared_modes()


def decide(
    case: Case,
    mode: str = "auto",
    rules: Rules | None = None,
    regime: str | Regime | None = None,
    *,
    prepared: Prepared | None = None,
) -> Outcome:
    """Decide a case under one mode of liability.

    1. read who is liable, the claim and the unknown facts for this mode
    2. solve exposures, collection, burdens and recourse; intervals where facts are unknown
    3. write the reasons, the citations and the assumptions

    Parameters
    ----------
    mode
        `auto` (the law in force: each party's mode by his grade) or an explicit mode, which is a
        what-if and is never refused because a grade or a day does not fit
    rules
        choices such as `{"partial_payment": "outer"}`; the regime's defaults otherwise
    regime
        a regime, or the name of one, looked up on the days of the case; the mode's own if not given
    prepared
        what other decisions about the same case have computed already

    Raises
    ------
    UnknownName
        for a mode, rule or regime we do not have
    OutOfScope, NoRule
        `auto` outside its dates; for a minor whose guardian the file does not name, or for one who
        would have to answer twice

    Examples
    --------
    >>> from simlib import load_case
    >>> decide(load_case("2024-lu-0302-5690"), "joint").received_fen
    2500000
    """
    return outcome(mode, made_ready(case, mode, rules, regime, prepared))


def made_ready(
    case: Case,
    mode: str,
    rules: Rules | None,
    regime: str | Regime | None,
    prepared: Prepared | None = None,
) -> Setting:
    """Make a case ready to be decided under a mode we have, its rules and regime checked."""
    if mode not in ALL_MODES:
        raise UnknownName.among("mode", mode, ALL_MODES)
    regime = regime_for(case, regime or mode_law_for(mode, case).regime)
    return prepare(case, mode, checked_rules(rules or {}, regime), regime, prepared)


def outcome(mode: str, setting: Setting) -> Outcome:
    """Return what a setting comes to; its reasons are written when asked for."""
    solution, law = solve(setting), mode_law_for(mode, setting.case)
    return outcome_of(mode, setting, solution, lambda: reasons_of(setting, solution, law))


def outcome_of(
    mode: str, setting: Setting, solution: Solution, explain: Callable[[], Written]
) -> Outcome:
    """Return the outcome that a solution comes to."""
    return Outcome(
        case=setting.case.id,
        mode=mode,
        law=mode_law_for(mode, setting.case),
        regime=setting.regime.name,
        basis=_basis(setting),
        claim_fen=setting.claim.fen,
        received_fen=solution.received,
        unrecovered_fen=_rest(setting.claim.fen, solution.received),
        parties=_parties(setting, solution),
        explain=explain,
        pieces=tuple(_pieces(setting, solution)),
    )


def _basis(setting: Setting) -> str:
    """Return the kind of authority: a school's route is doctrine, whatever it routes to."""
    if setting.mode == "auto":
        return setting.regime.basis
    return mode_law_for(setting.mode, setting.case).basis


def compare(
    case: Case,
    modes: Sequence[str] | None = None,
    rules: Rules | None = None,
    regime: str | Regime | None = None,
) -> dict[str, Outcome]:
    """Decide the same case under several modes: mode → outcome, in the order asked for."""
    prepared = Prepared(case)
    return {
        mode: decide(case, mode, rules, regime, prepared=prepared) for mode in modes or COMPARED
    }


def _rest(owed: Fen, received: FenRange) -> FenRange:
    return hull([owed - high_end(received), owed - low_end(received)])


def _pieces(setting: Setting, solution: Solution) -> Iterator[PieceOutcome]:
    """Yield what each piece of the loss comes to; none where it is one, or the cut is open."""
    if setting.pieces is None or not solution.pieces:
        return
    ids = [d.id for d in setting.debtors]
    open_ = _unsatisfied(solution)
    for of, own in zip(setting.pieces.low(setting), solution.pieces, strict=True):
        yield PieceOutcome(
            of.piece.fen,
            of.claim.damages_fen,
            of.claim.fen,
            tuple(ids[i] for i in of.piece.members),
            of.piece.money,
            {} if of.setting is None else _liable(of.setting, own, open_),
        )


def _unsatisfied(solution: Solution) -> bool:
    return high_end(solution.owed) > low_end(solution.received)


def _parties(setting: Setting, solution: Solution) -> dict[str, PartyOutcome]:
    liable = _liable(setting, solution, _unsatisfied(solution))
    replaced = {d.party.id for d in setting.debtors if d.payer is not d.party}
    liable |= {id: PartyOutcome("answered_for", 0.0, 0, 0, 0, 0, 0) for id in replaced}
    others = PartyOutcome("not_liable", 0.0, 0, 0, 0, 0, 0)
    return {p.id: liable.get(p.id, others) for p in setting.case.parties if p.role != "victim"}


def _shown(setting: Setting, solution: Solution, i: int) -> str:
    """Return the key of the form one is shown to answer in; joint, if so in any piece."""
    form, pieces = setting.forms[i], setting.pieces
    if pieces is None or form.outside or not solution.pieces:
        return form.shown(setting, solution, i)
    keys = set()
    for of, own in zip(pieces.low(setting), solution.pieces, strict=True):
        if of.setting is not None and i in of.piece.members:
            n = of.piece.members.index(i)
            keys.add(of.setting.forms[n].shown(of.setting, own, n))
    return "joint" if "joint" in keys else next(iter(keys), form.shown(setting, solution, i))


def _liable(setting: Setting, solution: Solution, unsatisfied: bool) -> dict[str, PartyOutcome]:
    """Return what everybody who is liable owes, pays and bears, by id."""
    ids = [d.id for d in setting.debtors]
    return {
        party: PartyOutcome(
            _shown(setting, solution, i),
            solution.share[i],
            solution.exposure[i],
            solution.paid[i],
            solution.burden[i],
            solution.carried[i],
            solution.short[i],
            tuple(
                Claimed(ids[j], fen, unsatisfied, kind)
                for kind, rows in solution.recourse.items()
                for j, fen in enumerate(rows[i])
                if high_end(fen)
            ),
            solution.joint[i],
        )
        for i, party in enumerate(ids)
    }


def sweep(
    case: Case,
    values: Mapping[str, object],
    mode: str = "auto",
    output: str = "received_fen",
    rules: Rules | None = None,
    regime: str | Regime | None = None,
) -> np.ndarray:
    """One result at every combination of values: what a slider shows, at all its places at once.

    Parameters
    ----------
    values
        path → values to try, as for `case.set`; any field of the schema
    mode, rules, regime
        as for `decide`
    output
        `received_fen`, `unrecovered_fen`, `"<id>.paid_fen"`, `"<id>.exposure_fen"` [fen] or
        `"<id>.share"`, in [0, 1]

    Returns
    -------
    numpy.ndarray
        one axis a path, in order; int64 fen, float64 shares: what `decide` gives, to the fen

    Raises
    ------
    UnknownName
        for a path, output, mode, rule or regime we do not have
    CaseError
        if the facts at some point are not a case
    SweepError
        if an array is empty or has not one axis, or the output hangs on facts nobody knows
    OutOfScope, NoRule
        as `decide`

    Examples
    --------
    >>> from simlib import load_case
    >>> sweep(load_case("fix-1"), {"A.assets_fen": [0, 300_000], "C.assets_fen": [0, 100]}, "joint")
    array([[     0,    100],
           [300000, 300100]])
    """
    from simlib.liability.batch import decide_axes  # numpy is loaded where it is used

    axes = [{path: tried} for path, tried in values.items()]
    return decide_axes(case, axes, mode, (output,), rules, regime)[output]
