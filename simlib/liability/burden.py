"""What each finally bears of the loss, and what he carries while others cannot pay theirs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from simlib.money import pay_together

if TYPE_CHECKING:
    from simlib.liability.setting import Setting
    from simlib.liability.solve import WholePoint
    from simlib.money import Fen


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
            whole = here.measured[i] if form.outside else here.parts[i]
            own.append(min(whole, here.before[i]))
        else:
            own.append(outer[i] if form.outside else min(here.parts[i], outer[i]))
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
    return 0 if i in here.setting.given_up else here.parts[i] - own[i]


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
    rest = pay_together(sum(owed) - sum(first), room, [nobody.units[i] for i in group])
    for i, mine, ahead, more in zip(group, own, first, rest, strict=True):
        carried[i] = mine + ahead + more
    return carried
