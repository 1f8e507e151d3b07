"""What follows payment, and its reasons: burdens, what is carried and short, and recourse."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from math import lcm
from typing import TYPE_CHECKING, cast

from simlib.interval import FenRange, Quantity, added, high_end, hull, low_end
from simlib.law.authority import ANY, authority
from simlib.liability.facts import own_fault_against
from simlib.money import exact, pay_together, split_units
from simlib.trace import Trace, grouped

if TYPE_CHECKING:
    from simlib.liability.records import Setting, Writer
    from simlib.liability.solve import WholePoint
    from simlib.money import Fen


Claims = list[list[int]]  # [creditor][debtor] [fen]
KINDS = ("share", "insolvent", "whole")


# ---------------------------------------------------------------- burdens


def jointly_liable(here: WholePoint, i: int) -> bool:
    """Return whether a debtor owes the same money as others, be it up to a limit."""
    setting = here.setting
    has_share = i in setting.sharing and not setting.debtors[i].released
    return has_share and setting.forms[i].jointly(here, i)


def burdens(here: WholePoint, outer: Sequence[Fen]) -> list[Fen]:
    """Return what each bears by himself: his part of the damages, never above his outer limit.

    One who answers in second line bears nothing (1198(2)), nor does anybody where suit or claim is
    dismissed; one who answers for another damage than the loss bears that. A released debtor bears
    of that or of his part what he has paid; the claimant bears the rest (520(2)).
    """
    own = []
    for i, (form, debtor) in enumerate(zip(here.setting.forms, here.setting.debtors, strict=True)):
        if form.dismisses or form.second_line:
            own.append(0)
        elif debtor.released:
            whole = here.measured[i] if form.outside else here.dues[i]
            own.append(min(whole, here.before[i]))
        else:
            own.append(outer[i] if form.outside else min(here.dues[i], outer[i]))
    return own


def taken_over(here: WholePoint, own: Sequence[Fen], outer: Sequence[Fen]) -> list[Fen]:
    """Return what the principals take over: what outer limits cut off from others' parts.

    By their shares; nobody takes it over where they answer by share themselves.
    """
    setting = here.setting
    cut = sum(cut_off(here, own, i) for i in setting.sharing)
    heads = heirs(setting)
    room = [outer[i] - own[i] for i in heads]
    taken = [0] * len(own)
    for i, amount in zip(
        heads, pay_together(cut, room, [here.units[i] for i in heads]), strict=True
    ):
        taken[i] = amount
    return taken


def cut_off(here: WholePoint, own: Sequence[Fen], i: int) -> Fen:
    """Return what of his part a debtor does not bear; the claimant bears what she released."""
    return here.parts[i] - (here.dues if i in here.setting.given_up else own)[i]


def heirs(setting: Setting) -> list[int]:
    """Return those on whom falls what others do not bear: principals who do not go by share.

    Where guardians of minors alone answer in their place, also who helped and owes the whole (a
    platform: all since it knew): he bears what the tortfeasor would, the guardian as far as he
    failed (解释(一) 12).
    """
    open_ = [i for i in setting.sharing if not setting.debtors[i].released]
    forms = setting.forms
    heads = [i for i in open_ if i in setting.heads and not forms[i].by_share(setting.rules)]
    if heads and all(forms[i].in_place for i in heads):
        heads += [i for i in open_ if i not in heads and forms[i].joint and forms[i].stands_in]
    return sorted(heads)


def kept_shares(setting: Setting) -> list[int]:
    """Return what own fault leaves of each one's share, in proportion and exactly."""
    own = setting.claim.own_fault
    fractions = [1 - exact(own_fault_against(d, setting.facts, own)) for d in setting.debtors]
    if setting.rules["victim_fault"] != "negligent":
        return [1] * len(fractions)
    least = lcm(*(f.denominator for f in fractions))
    return [int(f * least) for f in fractions]


def carry(
    nobody: WholePoint,
    joint: Sequence[bool],
    burden: Sequence[Fen],
    taken: Sequence[Fen],
    most: Sequence[Fen],
) -> list[Fen]:
    """Return what each would pay if all who are jointly liable paid their burdens together.

    Each up to the `most` he is able to, at a point where `nobody` has paid anything; one's
    inability is carried by the others in proportion (519(3)). With everybody able it is the burden.

    1. what each owes alone he carries himself
    2. principals first carry what they take over from others, as far as they are able
    3. the rest of all burdens is paid together by share
    """
    group = [i for i, flag in enumerate(joint) if flag]
    alone = nobody.setting.leading.alone(nobody)
    own = [min(burden[i], alone[i]) for i in group]
    able = [most[i] - mine for i, mine in zip(group, own, strict=True)]
    owed = [burden[i] - mine for i, mine in zip(group, own, strict=True)]
    carried = list(burden)
    if all(top >= fen for fen, top in zip(owed, able, strict=True)):
        return carried
    first = [max(0, min(taken[i], top)) for i, top in zip(group, able, strict=True)]
    room = [max(0, top - mine) for top, mine in zip(able, first, strict=True)]
    kept = kept_shares(nobody.setting)
    units = [nobody.units[i] * kept[i] for i in group]
    rest = pay_together(sum(owed) - sum(first), room, units)
    for i, mine, ahead, more in zip(group, own, first, rest, strict=True):
        carried[i] = mine + ahead + more
    return carried


# ---------------------------------------------------------------- recourse


def claims(
    here: WholePoint, burden: Sequence[Fen], carried: Sequence[Fen], done: Sequence[Fen]
) -> dict[str, Claims]:
    """Return who may recover what from whom, by kind [fen].

    `share`: what one paid above what he carries, of those who paid less than that. `insolvent`:
    what he carries above his burden, of those who carry less than theirs. `whole`: all that one
    paid in second line, of the principals. Nobody outside the loss takes part; a principal has
    recourse against principals only, unless the rule says otherwise.

    Parameters
    ----------
    done
        what each paid, now and before [fen]
    """
    over = _of_group(here, [d - c for d, c in zip(done, carried, strict=True)])
    short = _of_group(here, [c - d for d, c in zip(done, carried, strict=True)])
    more = _of_group(here, [min(d, c) - b for d, c, b in zip(done, carried, burden, strict=True)])
    less = _of_group(here, [b - c for c, b in zip(carried, burden, strict=True)])
    return {
        "share": _by_standing(here, over, short, _together),
        "insolvent": _by_standing(here, more, less, recover),
        "whole": _second_line(here, done),
    }


def _of_group(here: WholePoint, amounts: Sequence[Fen]) -> list[Fen]:
    """Amounts above 0 of those who bear the loss together; 0 for all others."""
    forms = here.setting.forms
    return [
        max(0, amount) if i in here.setting.sharing and not forms[i].second_line else 0
        for i, amount in enumerate(amounts)
    ]


def _by_standing(
    here: WholePoint,
    creditors: Sequence[Fen],
    debtors: Sequence[Fen],
    way: Callable[[Sequence[Fen], Sequence[Fen]], Claims],
) -> Claims:
    """Let all recover from all; or first the helpers, and then principals from principals."""
    if not any(creditors) or not any(debtors):
        return _none(len(creditors))
    heads = [d.principal for d in here.setting.debtors]
    if here.setting.rules["principal_recourse"] == "by_share":
        return way(creditors, debtors)
    first = way([0 if h else c for h, c in zip(heads, creditors, strict=True)], debtors)
    left = [d - sum(column) for d, column in zip(debtors, zip(*first, strict=True), strict=True)]
    second = way(
        [c if h else 0 for h, c in zip(heads, creditors, strict=True)],
        [d if h else 0 for h, d in zip(heads, left, strict=True)],
    )
    return [
        [a + b for a, b in zip(one, other, strict=True)]
        for one, other in zip(first, second, strict=True)
    ]


def _together(over: Sequence[Fen], short: Sequence[Fen]) -> Claims:
    """Divide what can be recovered by what each paid too much; then each in turn recovers it."""
    total = min(sum(over), sum(short))
    return recover(split_units(total, over) if total else [0] * len(over), short)


def recover(amounts: Sequence[Fen], short: Sequence[Fen]) -> Claims:
    """Return what each recovers, one after another, from the others by what they are short.

    No debtor owes more than he is short, no creditor gets more than his amount.
    """
    left = list(short)
    rows = []
    for amount in amounts:
        amount = min(amount, sum(left))
        parts = split_units(amount, left) if amount else [0] * len(left)
        left = [rest - part for rest, part in zip(left, parts, strict=True)]
        rows.append(parts)
    return rows


def _none(count: int) -> Claims:
    return [[0] * count for _ in range(count)]


def _second_line(here: WholePoint, done: Sequence[Fen]) -> Claims:
    """Let those who answer in second line recover all they paid from the principals, by share."""
    setting, count = here.setting, len(done)
    heads = setting.heads
    rows = _none(count)
    for i in setting.sharing:
        if heads and setting.forms[i].second_line:
            parts = split_units(done[i], [here.units[k] for k in heads])
            for k, part in zip(heads, parts, strict=True):
                rows[i][k] = part
    return rows


# ---------------------------------------------------------------- reasons


class After:
    """Burden, carried, short and recourse nodes of one solution."""

    def __init__(self, reasons: Writer) -> None:
        self.reasons, self.setting = reasons, reasons.setting
        self.solution = reasons.solution
        self.limits = [self._limit(i) for i in range(len(reasons.ids))]
        self.own_values = [self._own_value(i) for i in range(len(reasons.ids))]
        self.own = [self._own(i) for i in range(len(reasons.ids))]
        self.burdens = [self._burden(i) for i in range(len(reasons.ids))]

    def _law(self, asked: str, whom: str = ANY) -> tuple[str, ...]:
        return authority(asked, self.setting.case, whom)

    def steps(self, i: int) -> list[Trace]:
        """Return his burden, what he carries, what he is short, and each claim he has."""
        solution = self.solution
        burden, carried = self.burdens[i], self._carried(i)
        done = (self.reasons.paid(i), *self.reasons.before(i))
        short = self._short(i, (burden, *done))
        steps = [burden, carried, short]
        for kind, rows in solution.recourse.items():
            for j, amount in enumerate(rows[i]):
                if high_end(amount):
                    steps.append(self._claim(kind, amount, i, j, (burden, carried, *done)))
        return steps

    def _short(self, i: int, rests: tuple[Trace, ...]) -> Trace:
        """Write what he is short of his burden; nothing that nobody may claim of him."""
        value, rule = self.solution.short[i], "short"
        done = high_end(self.solution.paid[i]) + high_end(self.solution.before[i])
        if not high_end(value) and high_end(self.solution.burden[i]) > done:
            rule = "short.nobody-claims"
        return self.reasons.amount("short", value, rule, rests, i)

    def _claim(
        self, kind: str, amount: FenRange, i: int, j: int, rests: tuple[Trace, ...]
    ) -> Trace:
        key, party = f"recourse_{kind}_{self.reasons.ids[j]}", self.reasons.ids[i]
        rule, cites = f"recourse.{kind}", self._law("recourse", kind)
        if kind != "whole" and self.solution.joint[i] is False:  # 178(2) and 519 are of joint debts
            rule, cites = "recourse.several", ()
        return Trace(key, amount, "fen", rule, rests, party=party, cites=cites)

    # ------------------------------------------------------------ burdens

    def _limit(self, i: int) -> Trace | None:
        """Write what he could be held to outward had nobody paid; None for one who was released."""
        reasons, setting = self.reasons, self.setting
        if setting.debtors[i].released:
            return None
        form, cap = setting.forms[i], setting.debtors[i].own_part
        rests = [reasons.forms[i], *form.limit_rests(reasons, i), *self._less_released]
        if cap is not None:
            rests.append(reasons.own_part(i, cap))
        value = self.solution.outer[i]
        return reasons.amount("outer_limit", value, f"outer_limit.{form.measure}", rests, i)

    @cached_property
    def _less_released(self) -> tuple[Trace, ...]:
        """Write what releases leave of the damages, if there are any."""
        reasons, setting = self.reasons, self.setting
        gone = [reasons.dues[i] for i in setting.given_up]
        if not gone:
            return ()
        damages = setting.claim.damages_fen
        ends = [
            max(0, damages - sum(end(self.solution.due[i]) for i in setting.given_up))
            for end in (low_end, high_end)
        ]  # fmt: skip
        rests = (reasons.damages, *gone)
        rule, cites = "owed.less-released", self._law("release")
        return (Trace("damages_less_released", hull(ends), "fen", rule, rests, cites=cites),)

    def _own_value(self, i: int) -> FenRange:
        """Return what he bears by himself, before principals take over what others do not bear."""
        solution, form = self.solution, self.setting.forms[i]
        if form.dismisses:
            return 0
        if form.second_line:
            return 0
        if self.setting.debtors[i].released:
            whole = self.setting.amount(i) if form.outside else solution.due[i]
            return _least(whole, solution.before[i])
        if form.outside:
            return solution.outer[i]
        return _least(solution.due[i], solution.outer[i])

    def _own(self, i: int) -> Trace:
        """Write why he bears that by himself."""
        reasons, form = self.reasons, self.setting.forms[i]
        part, limit = reasons.dues[i], self.limits[i]
        if form.dismisses:
            return self._bears(i, "burden.not-held", (reasons.forms[i],))
        if form.second_line:
            return self._bears(
                i, "burden.second-line", (reasons.forms[i],), self._law("second_line")
            )
        if limit is None:
            measure = self.setting.measures[i]
            whole = measure.step if form.outside and measure else part
            rests = (reasons.release_of(i), whole, *reasons.before(i))
            return self._bears(i, "burden.released", rests, self._law("release"))
        if form.outside:
            return self._bears(i, "burden.outside", (limit,))
        if i not in self.setting.sharing:
            return self._bears(i, "burden.not-held", (limit,))
        if low_end(self.solution.outer[i]) >= high_end(self.solution.due[i]):
            return self._bears(i, "burden.part", (part,), self._shared(i))
        return self._bears(i, "burden.limited", (part, limit), self._shared(i))

    def _shared(self, i: int) -> tuple[str, ...]:
        """Return the article on shares among joint debtors, if he has others beside him."""
        with_others = self.solution.joint[i] is not False and self._joint_debtors > 1
        return self._law("inside") if with_others else ()

    @cached_property
    def _joint_debtors(self) -> int:
        """How many are jointly liable, or may be."""
        return sum(flag is not False for flag in self.solution.joint)

    def _bears(
        self, i: int, rule: str, rests: tuple[Trace, ...], cites: tuple[str, ...] = ()
    ) -> Trace:
        key, party = self._own_key(i), self.reasons.ids[i]
        return Trace(key, self.own_values[i], "fen", rule, rests, party=party, cites=cites)

    def _own_key(self, i: int) -> str:
        return "own_burden" if self._takes_over(i) else "burden"

    def _takes_over(self, i: int) -> bool:
        return i in self._heirs and bool(self._falls) and not self.setting.forms[i].dismisses

    @cached_property
    def _heirs(self) -> list[int]:
        return heirs(self.setting)

    @cached_property
    def _falls(self) -> list[int]:
        """Return those whose parts an outer limit or the second line cuts."""
        solution, setting = self.solution, self.setting
        return [
            i
            for i in setting.sharing
            if (setting.forms[i].second_line and i not in setting.given_up)
            or low_end(self._kept[i]) < high_end(solution.part[i])
            if high_end(solution.part[i])
        ]

    @cached_property
    def _kept(self) -> list[FenRange]:
        """Return what of his part each does not leave to others; she bears what she released."""
        solution, gone = self.solution, self.setting.given_up
        return [
            due if i in gone else _least(due, outer)
            for i, (due, outer) in enumerate(zip(solution.due, solution.outer, strict=True))
        ]

    @cached_property
    def _cut(self) -> Trace:
        """Write what the cut parts lose together: it falls on the principals."""
        nodes, values = [], []
        for i in self._falls:
            gone = i in self.setting.given_up
            kept = self.solution.due[i] if gone else self.own_values[i]
            value = _between(self.solution.part[i], kept)
            rests = (self.reasons.parts[i], self.reasons.dues[i] if gone else self.own[i])
            values.append(value)
            nodes.append(self.reasons.amount("cut_off", value, "cut_off", rests, i))
        return Trace("cut_off_all", added(values), "fen", "cut_off_all", tuple(nodes))

    def _burden(self, i: int) -> Trace:
        """Write his burden: his own, and what principals take over from others."""
        own = self.own[i]
        if not self._takes_over(i):
            return own
        reasons, value = self.reasons, self.solution.burden[i]
        among = grouped("weights", tuple(reasons.own[k] for k in self._heirs))
        more = _between(value, self.own_values[i])
        taken = reasons.amount("taken_over", more, self._way(), (self._cut, among), i)
        return reasons.amount("burden", value, "burden.taken-over", (own, taken), i)

    def _way(self) -> str:
        """Tell a plain split from one that a principal's own limit shapes."""
        limited = any(
            low_end(self.solution.outer[k]) < self.setting.claim.damages_fen for k in self._heirs
        )
        return "taken_over.up-to-limit" if limited else "split"

    # ------------------------------------------------------------ what is carried

    def _carried(self, i: int) -> Trace:
        """Write what he carries: his burden, or, where one is unable, what all pay together."""
        reasons, value = self.reasons, self.solution.carried[i]
        burden = self.burdens[i]
        if self.solution.joint[i] is False or value == burden.value:
            return reasons.amount("carried", value, "carried.burden", (burden,), i)
        others = self._joint_debtors > 1
        rule = "carried.together" if others else "carried.alone"
        cites = self._law("carried") if others else ()
        return Trace(
            "carried", value, "fen", rule, self._together, party=reasons.ids[i], cites=cites
        )

    @cached_property
    def _together(self) -> tuple[Trace, ...]:
        """Write the burdens of all who are jointly liable, their shares and what each can pay."""
        reasons = self.reasons
        group = [i for i, flag in enumerate(self.solution.joint) if flag is not False]
        value = added(self.solution.burden[i] for i in group)
        whole = Trace(
            "burdens_together", value, "fen", "burdens_together",
            tuple(self.burdens[i] for i in group),
        )  # fmt: skip
        among = grouped("weights", tuple(self._due_weight(i) for i in group))
        able = Trace("able", len(group), "", "able", tuple(self._able(i) for i in group))
        leading = self.setting.leading
        alone = [step for i in group if (step := leading.alone_step(reasons, i)) is not None]
        return whole, among, able, *alone

    def _due_weight(self, i: int) -> Trace[Quantity]:
        """Write his weight, less own fault where that lets off the negligent alone."""
        weight, kept = self.reasons.own[i], kept_shares(self.setting)
        if kept[i] == max(kept):
            return weight
        left = 1 - self.setting.claim.own_fault
        value = hull([exact(end(weight.value)) * left for end in (low_end, high_end)])
        rests = (weight, self.setting.claim.fault.step)
        return replace(weight, value=value, rule="weight.less-own-fault", children=rests)

    def _able(self, i: int) -> Trace:
        """Write what he could pay at most: what he has and paid before, up to his outer limit."""
        reasons, limit, debtor = self.reasons, self.limits[i], self.setting.debtors[i]
        before, outer = self.solution.before[i], self.solution.outer[i]
        means = left = reasons.to_carry(i)
        if debtor.purses and limit:
            still = _between(outer, before)
            asked = _least(still, self.solution.owed)
            means = reasons.means_to_carry(i, asked, self._still(i, limit, still))
            steps = (left, means)
            most, part = (cast("FenRange", each.value) for each in steps)  # both are amounts
            means = left if high_end(most) > high_end(part) else means
        rests = (*((limit,) if limit else ()), means, *reasons.before(i))
        value = reasons.able_to(i, before, outer, self.solution.owed)
        return reasons.amount("able_to", value, "able_to", rests, i)

    def _still(self, i: int, limit: Trace, still: FenRange) -> Trace:
        """Write what can still be asked of his outer limit: what he has not paid, what is open."""
        before, owed = self.reasons.before(i), self.solution.owed
        if before:
            limit = Trace("owed_still", still, "fen", "owed.less-before", (limit, *before))
        if high_end(still) <= low_end(owed):
            return limit
        rests = (limit, self.reasons.owed)
        return Trace("owed_still", _least(still, owed), "fen", "owed.at-most-open", rests)


def _least(one: FenRange, other: FenRange) -> FenRange:
    """Return the smaller of two amounts, end by end."""
    return hull([min(low_end(one), low_end(other)), min(high_end(one), high_end(other))])


def _between(whole: FenRange, part: FenRange) -> FenRange:
    """Return what is left of an amount after a part of it; intervals where open."""
    return hull([max(0, low_end(whole) - high_end(part)), max(0, high_end(whole) - low_end(part))])
