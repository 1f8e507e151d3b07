"""Eleven demands of fairness on a rule for shares, and which form of the model meets which.

Nothing here is written down as known: each demand is tried on drawn facts, through the model
itself, and a form that fails is shown the facts it fails on. A form may meet a demand only thanks
to a part of the model (the gate, the floor γ, the step for the group …): then `way` names the
part, and the facts shown are those on which the form fails once the part is taken away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from random import Random
from typing import TYPE_CHECKING

from simlib.case.model import Account, Case, Party, Transfer
from simlib.interval import ShareRange, low_end
from simlib.money import exact, half_up
from simlib.riskbenefit.acts import ACTS, ORDER
from simlib.riskbenefit.model import AGGREGATORS, assess
from simlib.riskbenefit.model_formulas import group_step
from simlib.riskbenefit.reforms import REFORMS, proposal

if TYPE_CHECKING:
    from simlib.law.regime import Regime
    from simlib.money import Fen, Share
    from simlib.riskbenefit.model import Assessment

AXIOMS = tuple(f"A{n}" for n in range(1, 12))
TINY = 1e-9
SCALES = (0.01, 1, 100)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether one form of the model meets one demand.

    Attributes
    ----------
    axiom, aggregator
        `A1` … `A11`, and the form
    holds
        whether no drawn facts break it
    way
        the part of the model it takes, or for A11 how far a weak cause can be made up for: a key
        of `way` in `texts/*/riskbenefit.toml`; None if nothing need be said
    counterexample
        facts that break it; if it holds, facts that break it without the part named; None if
        there are none
    tried
        how many draws
    """

    axiom: str
    aggregator: str
    holds: bool
    way: str | None
    counterexample: dict[str, object] | None
    tried: int


@dataclass(frozen=True, slots=True)
class Draw:
    """One helper's facts, all known. Amounts in fen, the rest in [0, 1]."""

    act: str
    gain: int
    loss: int
    foresight: float
    control: float
    cause: float
    fault: float = 0.8

    def party(self, id: str = "helper") -> Party:
        """Return the helper as a party of a case."""
        return Party.model_construct(
            id=id,
            role="helper",
            act=self.act,
            fault=self.fault,
            causal_force=self.cause,
            gain_direct_fen=self.gain,
            foresight=self.foresight,
            control=self.control,
        )

    def facts(self, **more: object) -> dict[str, object]:
        """Return the facts as plain data, with what came of them."""
        names = ("act", "gain", "loss", "foresight", "control", "cause", "fault")
        return {name: getattr(self, name) for name in names} | more


def known(value: ShareRange) -> float:
    """Return a number the model makes of a draw, whose facts are all known."""
    return float(low_end(value))


@dataclass(frozen=True, slots=True)
class World:
    """What a demand is tried in: the form, the parameters, and the drawn facts."""

    aggregator: str
    regime: Regime
    draws: tuple[Draw, ...]
    seed: int

    def share(self, draw: Draw, id: str = "helper", regime: Regime | None = None) -> float:
        """Return a helper's share, before the group step."""
        return known(self.scored(draw, id, regime).share)

    def scored(self, draw: Draw, id: str = "helper", regime: Regime | None = None) -> Assessment:
        """Return what the model makes of a helper whose money ran through no listed account."""
        party = draw.party(id)
        return self.on_case(party, case_of(draw.loss, party), regime)

    def on_case(self, party: Party, case: Case, regime: Regime | None = None) -> Assessment:
        """Return what the model makes of a party of a case."""
        return assess(party, case, self.aggregator, regime or self.regime, REFORMS)

    def groups(self) -> Iterator[tuple[Draw, ...]]:
        """Yield the draws, four at a time, as helpers of one case."""
        for n in range(0, len(self.draws) - 3, 4):
            group = self.draws[n : n + 4]
            yield tuple(replace(d, loss=group[0].loss) for d in group)


def helper(random: Random) -> Draw:
    """Return one helper's facts."""
    loss = random.randrange(10_000, 100_000_001, 100)
    gain = random.randrange(100, max(200, loss // 5), 100)
    scores = [round(random.uniform(0.05, 1), 2) for _ in range(3)]
    return Draw(random.choice(ACTS), gain, loss, *scores)


def case_of(loss: int, party: Party, cards: tuple[tuple[int, int], ...] = ()) -> Case:
    """A case of one helper; `cards` are (what the claimant paid in, all that came in) [fen]."""
    accounts = tuple(
        Account.model_construct(id=f"card-{n}", holder=party.id, inflow_fen=inflow)
        for n, (_, inflow) in enumerate(cards)
    )
    transfers = tuple(
        Transfer.model_construct(id=f"t{n}", payer="victim", payee=f"card-{n}", amount_fen=paid)
        for n, (paid, _) in enumerate(cards)
    )
    return Case.model_construct(
        id="drawn",
        claimant="victim",
        loss_fen=loss,
        parties=(party,),
        accounts=accounts,
        transfers=transfers,
    )


Found = tuple[bool, str | None, dict[str, object] | None]  # holds, way, counterexample


def axioms(seed: int = 1, sample: int = 20, regime: Regime | None = None) -> tuple[Verdict, ...]:
    """Return each demand on each form of the model, tried on drawn facts: 33 verdicts.

    A demand is refuted by one draw and never proved by any number; the tests of this project look
    further for what is said to hold.

    Parameters
    ----------
    seed, sample
        of the draws: which, and how many
    regime
        whose parameters count; the paper's proposal if not given

    Examples
    --------
    >>> [(v.aggregator, v.holds, v.way) for v in axioms() if v.axiom == "A11"]
    [('geometric', True, 'limited'), ('additive', False, 'full'), ('multiplicative', True, 'none')]
    """
    return _axioms(seed, sample, regime or proposal())


@cache
def _axioms(seed: int, sample: int, regime: Regime) -> tuple[Verdict, ...]:
    random = Random(seed)
    draws = tuple(helper(random) for _ in range(sample))
    return tuple(
        Verdict(axiom, form, *TESTS[axiom](World(form, regime, draws, seed)), sample)
        for axiom in AXIOMS
        for form in AGGREGATORS
    )


def _gate(world: World) -> Found:
    """A1: no fault or no causal force, no share."""
    lacking = None
    for draw in world.draws:
        for name in ("fault", "cause"):
            changed = replace(draw, fault=0.0) if name == "fault" else replace(draw, cause=0.0)
            scores = world.scored(changed)
            if scores.share:
                return False, None, changed.facts(share=scores.share)
            if name == "cause" and scores.score and not lacking:
                lacking = changed.facts(score=scores.score)
    return True, "gate" if lacking else "gate-fault", lacking


def _monotone(world: World) -> Found:
    """A2: more gain, foresight, control or causal force never lowers a share."""
    random = Random(world.seed)
    for draw in world.draws:
        before = world.share(draw)
        for name in ("gain", "foresight", "control", "cause"):
            now = getattr(draw, name)
            more = now * 2 if name == "gain" else now + (1 - now) * random.random()
            after = world.share(replace(draw, **{name: more}))
            if after < before - TINY:
                return False, None, draw.facts(raised=name, to=more, share=before, after=after)
    return True, None, None


def _scale(world: World) -> Found:
    """A3: all amounts times the same number, the same shares."""
    for draw in world.draws:
        before = world.share(draw)
        for times in SCALES:
            scaled = replace(draw, gain=round(draw.gain * times), loss=round(draw.loss * times))
            after = world.share(scaled)
            if abs(after - before) > TINY:
                return False, None, draw.facts(times=times, share=before, after=after)
    return True, None, None


def _unprofited(world: World) -> Found:
    """A4: whoever gained nothing is liable all the same."""
    bare, lacking = world.regime.variant({"gamma": 0}), None
    for draw in world.draws:
        poor = replace(draw, gain=0)
        if not world.share(poor):
            return False, None, poor.facts(share=0.0)
        if not world.share(poor, regime=bare):
            lacking = lacking or poor.facts(gamma=0, share=0.0)
    return True, "gamma" if lacking else None, lacking


def _bounded(world: World) -> Found:
    """A5: never below 0, nor above the cap, nor above the whole."""
    lacking = None
    for draw in world.draws:
        scores = world.scored(draw)
        share, score = known(scores.share), known(scores.score)
        if not 0 <= share <= world.regime.value(f"cap.{draw.act}") <= 1:
            return False, None, draw.facts(share=share)
        if score > 1 and not lacking:
            lacking = draw.facts(score=score)
    return True, "clamp" if lacking else None, lacking


def _act_order(world: World) -> Found:
    """A6: with the same facts the act that the paper holds riskier has no smaller share."""
    for draw in world.draws:
        for higher, lower in ORDER:
            more, less = (world.share(replace(draw, act=act)) for act in (higher, lower))
            if more < less - TINY:
                values = {"higher": higher, "lower": lower, "share": more, "after": less}
                return False, None, draw.facts(**values)
    return True, None, None


def _group(world: World) -> Found:
    """A7: the principals keep their least share, and no helper bears more than they."""
    minimum, lacking = world.regime.value("p_min"), None
    for group in world.groups():
        before = [world.share(draw) for draw in group]
        after = group_step(before, [False] * len(group), minimum)
        if not _fits(after, minimum):
            return False, None, _shown(group, before, after)
        if not _fits(before, minimum):
            lacking = lacking or _shown(group, before, before)
    return True, "group" if lacking else None, lacking


def _fits(shares: Sequence[Share], minimum: float) -> bool:
    left = 1 - sum(shares)
    return left >= minimum - TINY and all(s <= left + TINY for s in shares)


def _shown(
    group: tuple[Draw, ...], before: Sequence[Share], after: Sequence[Share]
) -> dict[str, object]:
    return {"helpers": [d.act for d in group], "shares": before, "after": after}


def _whole(world: World) -> Found:
    """A8: all together never pay more than the damages."""
    minimum, lacking = world.regime.value("p_min"), None
    for group in world.groups():
        shares = [world.share(replace(draw, cause=1.0)) for draw in group] * 2
        scaled = group_step(shares, [False] * len(shares), minimum)
        if _paid(group[0].loss, scaled) > group[0].loss:
            return False, None, _shown(group * 2, shares, scaled)
        if _paid(group[0].loss, shares) > group[0].loss and not lacking:
            lacking = _shown(group * 2, shares, shares)
    return True, "group" if lacking else None, lacking


def _paid(damages: Fen, shares: Sequence[Share]) -> int:
    """Return what helpers pay together who all pay their shares [fen]."""
    return sum(half_up(damages * exact(share)) for share in shares)


def _alike(world: World) -> Found:
    """A9: the same facts, the same share, whoever it is and wherever he stands."""
    minimum = world.regime.value("p_min")
    for draw in world.draws:
        first, second = world.share(draw, "first"), world.share(draw, "second")
        if first != second:
            return False, None, draw.facts(share=first, after=second)
    for group in world.groups():
        shares = [world.share(draw) for draw in group]
        there = group_step(shares, [False] * 4, minimum)
        back = group_step(shares[::-1], [False] * 4, minimum)[::-1]
        if any(abs(float(a) - float(b)) > TINY for a, b in zip(there, back, strict=True)):
            return False, None, _shown(group, there, back)
    return True, None, None


def _merged(world: World) -> Found:
    """A10: one helper's two cards, or two helpers' one each, come to what one card would."""
    lacking = None
    for one, other in zip(world.draws[::2], world.draws[1::2], strict=False):
        facts = replace(one, act="payment")
        rate = facts.gain / facts.loss
        flows = (facts.loss, 3 * facts.loss), (other.loss, 2 * other.loss)
        both = (sum(f[0] for f in flows), sum(f[1] for f in flows))
        shares = [_through(world, facts, rate, cards) for cards in (flows, (both,))]
        if abs(shares[0] - shares[1]) > TINY:
            return False, None, facts.facts(share=shares[0], after=shares[1])
        if not lacking:
            lacking = _unapportioned(world, facts, other)
    return True, "apportioned" if lacking else None, lacking


def _through(world: World, facts: Draw, rate: float, cards: tuple[tuple[int, int], ...]) -> float:
    """Return the share of a helper who earned so much of every fen that came over his cards."""
    gain = round(rate * sum(inflow for _, inflow in cards))
    party = replace(facts, gain=gain).party()
    case = case_of(sum(paid for paid, _ in cards), party, cards)
    return known(world.on_case(party, case).share)


def _unapportioned(world: World, facts: Draw, other: Draw) -> dict[str, object] | None:
    """Two helpers' gains held against the whole loss of both, where flows are not told apart."""
    whole, gain = facts.loss + other.loss, round(facts.gain * (1 + other.loss / facts.loss))
    apart = world.share(replace(facts, loss=whole))
    merged = world.share(replace(facts, loss=whole, gain=gain))
    return facts.facts(share=apart, after=merged) if abs(apart - merged) > TINY else None


def _compensation(world: World) -> Found:
    """A11: a cause too weak cannot be bought back by the other dimensions."""
    half = Draw("payment", 50_000, 1_000_000, 0.5, 0.5, 0.5)
    best = replace(half, act="tech", gain=10**15, foresight=1.0, control=1.0)
    middle = known(world.scored(half).score)
    bought = known(world.scored(replace(best, cause=0.01)).score)
    if bought >= middle:
        return False, "full", best.facts(cause=0.01, score=bought, after=middle)
    fifth = known(world.scored(replace(half, cause=0.1)).score) / middle
    return True, "none" if fifth <= 0.2 + TINY else "limited", None


TESTS: dict[str, Callable[[World], Found]] = dict(
    zip(
        AXIOMS,
        (
            _gate,
            _monotone,
            _scale,
            _unprofited,
            _bounded,
            _act_order,
            _group,
            _whole,
            _alike,
            _merged,
            _compensation,
        ),
        strict=True,
    )
)
