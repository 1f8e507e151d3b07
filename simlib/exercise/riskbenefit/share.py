"""From three scores to a share of the loss, with base, cap, direct floor and the group step."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from simlib.exercise import usual_slips
from simlib.exercise.model import Phrase, Step
from simlib.exercise.usual_slips import certain
from simlib.exercise.variants import (
    THOUSAND,
    Draft,
    amount,
    case,
    helper,
    pick,
    principal,
    turn,
)
from simlib.interval import Interval, ShareRange
from simlib.liability import decide
from simlib.money import exact, half_up, times
from simlib.riskbenefit import assess
from simlib.riskbenefit.reforms import proposal

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import numpy

    from simlib.case.model import Case
    from simlib.law.regime import Regime
    from simlib.money import Fen

LOSSES = tuple(n * THOUSAND for n in (20, 40, 60, 80, 100))
# gain over loss: G is .2, .6, .8 for a half point of .05; causal force
SETTINGS = {
    "slack": ((0.0125, 0.075), (0.3, 0.4, 0.5)),
    "cap": ((0.2,), (0.9, 1.0)),
    "equal": ((0.04375,), (0.6,)),  # G = 7/15, so that the lifted gain is .6 like R and C
}
AGGREGATORS = {"slack": "additive", "cap": "additive", "equal": "geometric"}
EVEN = 0.6  # rho of payment: foresight and control the same, so that R is that number
TIMES = (2, 4, 5)  # how much more than hers came into the card
MODEL = ("paper:risk-benefit",)
WEIGHTS = ("gain", "risk", "cause")


def score(rng: numpy.random.Generator, seed: int) -> Draft:
    """Ask for the gain apportioned, the score as a share, then with base and with cap."""
    kind, loss = turn(seed, tuple(SETTINGS)), turn(seed, LOSSES, 2)
    ratios, forces = SETTINGS[kind]
    many, ratio, force = pick(rng, TIMES), pick(rng, ratios), pick(rng, forces)
    facts = case(
        "score",
        loss,
        principal(sued=False),
        helper(gain_direct_fen=times(loss, ratio) * many, foresight=EVEN, control=EVEN,
               causal_force=force),
        accounts=[{"id": "card", "holder": "A", "inflow_fen": loss * many}],
        transfers=[{"id": "t1", "payer": "victim", "payee": "card", "amount_fen": loss}],
    )  # fmt: skip
    way = AGGREGATORS[kind]
    steps, amounts = _score_steps(facts, way, times(loss, ratio))
    values = amounts | _shown_values(_scores(facts, way), facts)
    shown = ("score.facts", "score.money", f"score.way.{way}", "score.numbers")
    return Draft(facts, tuple(Phrase(key, values) for key in shown), steps, values, kind)


def _scores(
    facts: Case, way: str, law: Regime | None = None, reforms: Collection[str] | None = None,
    party: str = "A",
) -> dict[str, float]:  # fmt: skip
    """The model's numbers for one helper, in [0, 1]; `lifted` is the gain above its floor."""
    law = law or proposal(facts)
    scored = assess(party, facts, way, law, reforms)
    found = {name: _one(getattr(scored, name)) for name in (*WEIGHTS, "score", "share")}
    floor = law.value("gamma")
    return found | {"lifted": floor + (1 - floor) * found["gain"]}


def _one(number: ShareRange) -> float:
    if isinstance(number, Interval):
        raise TypeError(f"an exercise asks for one number, not for {number!r}")
    return float(number)


def _shown_values(scores: Mapping[str, float], facts: Case) -> dict[str, object]:
    law = proposal(facts)
    values: dict[str, object] = {
        "loss_fen": facts.loss_fen,
        "pay_fen": facts.party("A").gain_direct_fen,
        "inflow_fen": facts.accounts[0].inflow_fen,
        "floor_number": _short(law.value("gamma")),
        "base_share": law.value("base.payment"),
        "cap_share": law.value("cap.payment"),
        "cap_fen": times(facts.loss_fen, law.value("cap.payment")),
    }
    values |= {f"{name}_number": _short(n) for name, n in scores.items() if name != "share"}
    return values | {f"w{name}_number": _short(law.value(f"weight.{name}")) for name in WEIGHTS}


def _short(number: float) -> str:
    """Format a number to six digits, without float noise; 7/15 as a fraction."""
    plain = Fraction(number).limit_denominator(100_000)
    short = f"{number:.6g}"
    return short if Fraction(short) == plain else f"{plain.numerator}/{plain.denominator}"


def _part(facts: Case, way: str, reforms: tuple[str, ...] = ()) -> Fen:
    """Return the loss times the model's share, with some reforms on [fen]."""
    return times(facts.loss_fen, _clean(_scores(facts, way, reforms=reforms)["share"]))


def _clean(share: float) -> float:
    """Round a share to nine decimals, as shares are stored."""
    return round(share, 9)


def _score_steps(facts: Case, way: str, own: Fen) -> tuple[tuple[Step, ...], dict[str, object]]:
    loss, law = facts.loss_fen, proposal(facts)
    plain, based = _part(facts, way), _part(facts, way, ("base",))
    owed = usual_slips.exposure(facts, "risk_benefit", aggregator=way)
    base = exact(law.value("base.payment"))
    scores = _scores(facts, way)
    mean = half_up(
        loss * sum((exact(scores[name]) for name in ("lifted", "risk", "cause")), Fraction(0)) / 3
    )
    unlifted = times(loss, _clean(_unlifted(facts, way)))
    half = half_up(plain * base)
    wrong_plain = {"gain_not_lifted": unlifted, "mean_of_three": mean,
                   "scores_multiplied": _part(facts, "multiplicative")}  # fmt: skip
    wrong_based = {"score_as_share": plain, "half_forgotten": half, "base_alone": times(loss, base)}
    wrong_owed = {"cap_ignored": based, "cap_alone": times(loss, law.value("cap.payment")),
                  "score_as_share": plain, "half_forgotten": half}  # fmt: skip
    steps = (
        amount("gain", "model", own, {"whole_gain": certain(facts.party("A").gain_direct_fen),
               "money_as_gain": loss}, "paper:benefit"),
        amount("plain", "model", plain, wrong_plain, *MODEL),
        amount("based", "model", based, wrong_based, *MODEL),
        amount("owed", "model", owed, wrong_owed, *MODEL, "paper:cap-payment"),
    )  # fmt: skip
    return steps, {"own_fen": own, "plain_fen": plain, "based_fen": based, "owed_fen": owed}


def _unlifted(facts: Case, way: str) -> float:
    """Return the share when the gain has no floor."""
    return _scores(facts, way, proposal(facts).variant({"gamma": 0.0}), ())["share"]


# who helped how, A first; whether A caused the loss directly
TEAMS = {
    "three": (("payment", "payment", "promotion"), False),
    "tech": (("tech", "tech"), False),
    "cards": (("payment", "payment", "payment"), False),
    "fits": (("payment", "promotion"), False),
    "direct": (("payment", "payment"), True),
}
IDS = ("A", "B", "D")
ROUND = tuple(n * THOUSAND for n in (20, 30, 40, 50, 60, 80, 100))
STRONG, WEAK = 0.9, 0.3


def group(_: numpy.random.Generator, seed: int) -> Draft:
    """Ask for several helpers' shares, scaled to leave the fraudster's least share."""
    team, loss = turn(seed, tuple(TEAMS)), turn(seed, ROUND, 3)
    acts, direct = TEAMS[team]
    ids = IDS[: len(acts)]
    caused = {id: direct and id == "A" for id in ids}
    # weak for one who caused the loss directly, so that the floor decides, not the score
    degree = {id: WEAK if caused[id] else STRONG for id in ids}
    people = [
        helper(id, act, gain_direct_fen=loss // 2, direct=caused[id], foresight=degree[id],
               control=degree[id], causal_force=degree[id])
        for id, act in zip(ids, acts, strict=True)
    ]  # fmt: skip
    facts = case("group", loss, principal(), *people)
    shares = {id: _clean(_scores(facts, "geometric", party=id)["share"]) for id in ids}
    parties = decide(facts, "risk_benefit").parties
    owed, rest = certain(parties["A"].exposure_fen), certain(parties["P"].burden_fen)
    whole = sum((exact(s) for s in shares.values()), Fraction(0))
    least = exact(proposal(facts).value("p_min"))
    parts = {"whole": whole, "least": least, "most": 1 - least, "after": Fraction(owed, loss),
             "rest": Fraction(rest, loss)}  # fmt: skip
    parts |= {id.lower(): exact(share) for id, share in shares.items()}
    values: dict[str, object] = {"loss_fen": loss, "owed_fen": owed, "p_fen": rest}
    values |= {f"{name}_number": f"{float(100 * part):g}%" for name, part in parts.items()}
    steps = _group_steps(facts, shares, owed, rest)
    shown = (Phrase("group.facts", values), Phrase(f"group.team.{team}", values))
    return Draft(facts, shown, steps, values, team)


def _group_steps(
    facts: Case, shares: dict[str, float], owed: Fen, rest: Fen
) -> tuple[Step, ...]:  # fmt: skip
    loss, least = facts.loss_fen, exact(proposal(facts).value("p_min"))
    parts = [exact(share) for share in shares.values()]
    whole = sum(parts, Fraction(0))
    others = whole - parts[0]
    wrong = {
        "not_scaled": half_up(loss * parts[0]),
        "scaled_to_whole": half_up(loss * parts[0] / whole),
        "cut_alone": half_up(loss * max(Fraction(0), 1 - least - others)),
    }
    wrong_rest = {
        "not_scaled": half_up(loss * max(Fraction(0), 1 - whole)),
        "scaled_to_whole": 0,
        "least_as_share": half_up(loss * least),
    }
    return (
        amount("A", "model", owed, wrong, *MODEL),
        amount("P", "model", rest, wrong_rest, *MODEL, "paper:direct"),
    )
