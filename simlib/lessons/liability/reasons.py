"""Why a number of lesson 04 is what it is: a few steps, with the sum that gives it.

Every sum is read off the trace and worked out again before it is shown; one that does not come to
the engine's amount is left out: where a limit, an open fact or what somebody takes over shapes it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simlib.explain import form_name
from simlib.figures import asked_number, number_steps, number_sums
from simlib.figures.answered_part import rate_said
from simlib.figures.carried_amounts import carried, carries_more, out_of_reach, supposed
from simlib.figures.collected_parts import collected
from simlib.figures.joint_ground import GROUNDS, joint_ground
from simlib.figures.names_of_people import short_names
from simlib.figures.row_premises import counted, outside, unreached, what_if
from simlib.figures.shares_beside import less_received, shrinking
from simlib.interval import FenRange, Interval, high_end
from simlib.law.modes import mode_law
from simlib.lessons.liability.outcomes import (
    JOINT,
    SEVERAL,
    back_first,
    borne_by_others,
    given_up,
    is_head,
    may_be_sued,
    mode_name,
    no_way_back,
    of,
    own_part,
    paid_in_full,
    why_supposed,
)
from simlib.liability import decide
from simlib.liability.forms import form_of
from simlib.text import amount, percent

if TYPE_CHECKING:
    from simlib.case.model import Party
    from simlib.lessons.liability.outcomes import Found
    from simlib.lessons.outcome import Say
    from simlib.liability import Outcome
    from simlib.liability.forms import Form
    from simlib.liability.outcome import Claimed, PartyOutcome
    from simlib.money import Fen
    from simlib.trace import Trace

GIVEN = ("received", "unrecovered")  # what a release makes less, or more
JOINT_CITES = {"burden": ("civil-code:519",), "paid": ("civil-code:519", "civil-code:520")}
WHOLE = ("claim", "proof")  # measures that ask for all that is due
NEAR = 1  # a fen: largest remainders round
EXACT = 1e-7  # of a hundredth, or of a fen: nearer than that is binary arithmetic
# what of carrying presupposes that somebody paid and asks for recourse (519(3): 被追偿)
ONCE_PAID = ("carried", "carried_alike", "carried_head", "carried_passed", "carried_passed_alike")
# kind of recourse → what was too much, less what was his; what each of the others lacks
ENDS = {"share": ("paid", "carried"), "insolvent": ("carried", "burden")}


def told(found: Found, key: str, party: str, say: Say) -> tuple[str, list[str]] | None:
    """Return title and steps of a number of the board; None: of another number, or of none."""
    mode = mode_name(found.mode, say.lang)
    if key in OF_PARTY and party in found.now.parties:
        asked = Debtor(found, party, say)
        title = asked.say(f"title.{key}", amount=of(asked.mine, key), mode=mode)
        return title, [*asked.premise(), *OF_PARTY[key](asked)]
    if key in OF_VICTIM:
        asks = Victim(found, found.case.claimant, say)
        fen = own_part(found) if key == "own_part" else getattr(found.now, f"{key}_fen")
        title = asks.say(f"title_{key}", amount=fen, mode=mode)
        more = asks.given_less() if key in GIVEN else []
        return title, [*asks.premise(), *OF_VICTIM[key](asks), *more]
    return None


def cites(found: Found, key: str, party: str) -> Sequence[str]:
    """List the articles that the steps of a joint debtor's number name."""
    mine = found.now.parties.get(party)
    return JOINT_CITES.get(key, ()) if mine and mine.mode == "joint" else ()


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose number is asked about, and under which form."""

    found: Found
    party: str
    words: Say

    @property
    def outcome(self) -> Outcome:
        return self.found.now

    @property
    def person(self) -> Party:
        return self.found.case.party(self.party)

    def called(self, id: str) -> str:
        return short_names(self.found.case, self.words.lang)[id]

    def say(self, key: str, **values: FenRange | str) -> str:
        """Say something of the party; numbers are amounts [fen]."""
        lang = self.words.lang
        shown = {k: v if isinstance(v, str) else amount(v, lang) for k, v in values.items()}
        named = {"who": self.called(self.party), "victim": self.called(self.found.case.claimant)}
        return self.words(f"reasons.{key}", **{**named, **shown})


class Debtor(Asked):
    """A number of one debtor: outward, inward, collected."""

    @property
    def mine(self) -> PartyOutcome:
        return self.outcome.parties[self.party]

    @property
    def form(self) -> Form | None:
        """The form he answers in; None for one who is not liable."""
        return form_of(self.mine.mode)

    @property
    def rate(self) -> str:
        """His share as a percentage, with two decimals unless it is whole."""
        return rate_said(self.mine.share, self.words.lang)

    def premise(self) -> list[str]:
        """Why the form is only supposed for him."""
        said = why_supposed(self.found, self.party, self.words.lang)
        return [self.say("premise", ghost=said)] if said else []

    # ------------------------------------------------------------ outward

    def exposure(self) -> list[str]:
        """How he answers towards the victim, and up to how much."""
        said = [self._rule()]
        if self.person.released:
            said.append(self.say("released_one"))
        elif unreached(self.outcome, self.found.case, self.party):
            said.append(self.say("unreached"))
        elif outside(self.outcome, self.party):
            said += number_sums.chance(self.asked("exposure"))
        elif self._owes_whole():
            said += number_sums.left_to_claim(self.asked("exposure"))
        else:
            said += self._measured()
        if self.mine.mode == JOINT and self._others_released():
            said.append(self.say("released_other"))
        return [*said, self.say("exposure", amount=self.mine.exposure_fen)]

    def asked(self, key: str) -> asked_number.Asked:
        """His number, as what writes its sums asks for it."""
        found, lang = self.found, self.words.lang
        return asked_number.Asked(found.case, found, found.mode, key, self.party, lang)

    def _others_released(self) -> bool:
        return any(p.released for p in self.found.case.parties) and not self.person.released

    def _measured(self) -> list[str]:
        """What his form measures, with the sums that come to the amount."""
        asked, limit = self.asked("exposure"), self.person.limit
        if self.mine.mode == SEVERAL:
            said = number_sums.reckoned(asked, self.mine.exposure_fen)
            return said + shrinking(self.outcome, self.found.case, self.party, self.words.lang)
        said = number_sums.of_part(asked) + number_sums.reduced(asked)
        if asked.measure == "score":
            return said + number_steps.scored(asked)
        if self.form and self.form.fact == "limit":
            known = "limit_open" if limit is None else "limit"
            said.append(self.say(known, limit=percent(limit or 0, self.words.lang)))
            said += number_sums.limited(asked)
        if asked.measure in WHOLE:
            said += number_sums.left_to_claim(asked)
        return said + number_sums.by_form(asked)

    def _owes_whole(self) -> bool:
        """Whether he is the fraudster and owes the whole, not his share only."""
        by_share = self.mine.mode == SEVERAL and self.mine.exposure_fen == self.mine.burden_fen
        head = is_head(self.found, self.party)
        return head and not by_share and mode_law(self.mine.mode).whole != "nobody"

    def _rule(self) -> str:
        if self._owes_whole():
            others = {id: p for id, p in self.outcome.parties.items() if id != self.party}
            joint = [id for id, mine in others.items() if mine.joint is not False]
            if self.mine.mode == JOINT and joint:
                return self._head_joint(joint)
            beside = any(high_end(p.exposure_fen) for p in others.values())
            return self.say("rule.head" if beside else "rule.head_alone")
        return self._rule_of_form()

    def _head_joint(self, others: Sequence[str]) -> str:
        """With whom the fraudster is joint, and on what that rests."""
        found = (joint_ground(self.outcome, self.found.case, id) for id in others)
        grounds = sorted({ground for ground in found if ground}, key=GROUNDS.index)
        between = self.words("board.sentence.between")
        listed = between.join(self.called(id) for id in others)
        articles = [self.words(f"case_lesson:reasons.joint_on.{ground}") for ground in grounds]
        articles = articles or [mode_name(self.found.mode, self.words.lang)]
        return self.say("rule.head_joint", others=listed, articles=between.join(articles))

    def _rule_of_form(self) -> str:
        """The sentence on his form, or its name where it has none."""
        if said := number_steps.rule_of_ground(self.asked("exposure")):
            return said
        own = self.words.has(f"reasons.rule.{self.mine.mode}")
        key = self.mine.mode if own else "other"
        return self.say(f"rule.{key}", form=form_name(self.outcome, self.party, self.words.lang))

    # ------------------------------------------------------------ inward

    def burden(self) -> list[str]:
        """What he bears in the end, whoever can pay."""
        form, last = self.form, self.say("burden", amount=self.mine.burden_fen)
        if form and form.second_line:
            return [self.say("burden_none"), last]
        if form and form.dismisses:
            return [self._rule(), last]
        if self.person.released:
            return [self.say("released_one"), last]
        if outside(self.outcome, self.party):
            return [self._rule_of_form(), *number_sums.chance(self.asked("exposure")), last]
        first = self._rule_of_form() if form and form.finds_share else self.say("inside")
        limited = form and form.capped and mode_law(form.key).inside == "supposed"
        capped = [self.say("capped")] if limited else []
        first_paid = [self.say("who_first")] if self._one_sided() else []
        back = number_sums.before_back(self.asked("burden"))
        return [first, *self._part(), *capped, last, *back, *self._carried(), *first_paid]

    def _part(self) -> list[str]:
        """His share and what it comes to; where the loss is cut, in each part he answers for."""
        if unreached(self.outcome, self.found.case, self.party):
            return [self.say("unreached")]
        cut, fen = bool(self.outcome.pieces), self.mine.burden_fen
        said = [] if cut else [self._share_inside()]
        if cut or not isinstance(fen, Interval):
            said += number_sums.reckoned(self.asked("burden"), fen)
        return said

    def _one_sided(self) -> bool:
        """Tell whether who finally bears depends on who is executed first.

        Helpers recover from a fraudster, and he not from them: the rule `principal_recourse`.
        """
        heads = [p.id for p in self.found.case.parties if p.role == "principal"]
        joint = [id for id, mine in self.outcome.parties.items() if mine.joint is not False]
        both = any(id in heads for id in joint) and any(id not in heads for id in joint)
        return both and self.found.rules.get("principal_recourse", "none") == "none"

    def _share_inside(self) -> str:
        """His share, and whether the case sets it or the form finds it."""
        share, given = self.mine.share, self.person.share
        if isinstance(share, Interval):
            return self.say("share_open", share=self.rate)
        own = given is not None and abs(float(share) - float(given)) < EXACT
        return self.say("share_inside" if own else "share_reckoned", share=self.rate)

    def _carried(self) -> list[str]:
        """What he carries in the place of others, or others in his, and the sum of it."""
        key, mine = carried(self.outcome, self.party, self.found.case), self.mine
        if key in ("carried", "carried_alike") and no_way_back(self.found, self.party):
            key = "carried_head"
        if key in ONCE_PAID and not high_end(mine.paid_fen):
            key += "_due"
        fens = {"amount": mine.carried_fen, "burden": mine.burden_fen}
        said = [self.say(key, **fens)] if key else []
        if supposed(self.outcome) or key == "carried_none":
            return said
        return said + carried_sum(self.outcome, self.party, self.called(self.party), self.words)

    # ------------------------------------------------------------ collected

    def paid(self) -> list[str]:
        """What is collected of him now, what he may recover, and what he still owes."""
        mine, assets = self.mine, self.person.assets_fen
        said = [self.say("ceiling", amount=mine.exposure_fen)]
        if not self.person.sued:
            said.append(self.say("unsued"))
        else:
            said.append(self.say("able") if assets is None else self.say("assets", amount=assets))
        said.append(self.say("once" if mine.mode == JOINT else "once_apart"))
        if carries_more(mine) or out_of_reach(self.outcome, self.party, self.found.case):
            said += self._carried()
        said += collected(self.outcome, self.found.case, self.party, self.words.lang)
        said.append(self.say(self._way(), amount=mine.paid_fen))
        some = high_end(mine.short_fen) > 1 and not isinstance(mine.short_fen, Interval)
        some = some and not out_of_reach(self.outcome, self.party, self.found.case)
        short = [self.say("short", amount=mine.short_fen)] if some else []
        done = outside(self.outcome, self.party) and paid_in_full(self.found, self.party)
        return [*said, *([self.say("outside_paid")] if done else []), *self._recourse(), *short]

    def _way(self) -> str:
        """Which words tell what he pays: that it is what he carries, where it is not his burden."""
        mine, rule = self.mine, self.outcome.reason("paid", self.party).rule
        shared = rule == "paid.split" and mine.mode == JOINT and carries_more(mine)
        return "paid_carried" if shared and mine.paid_fen == mine.carried_fen else "paid"

    def _recourse(self) -> list[str]:
        behind = "recourse_behind" if self.mine.mode == JOINT else "recourse_behind_alike"
        said = []
        for claim in self.mine.recourse:
            kind = self.words(f"terms:recourse_kinds.{claim.kind}")
            key = behind if claim.subordinate else "recourse"
            told = self.say(key, against=self.called(claim.against), amount=claim.fen, kind=kind)
            for each in recourse_sum(self.outcome, self.party, claim, self.words):
                told += self.say("reckoned", sum=each)
            said.append(told)
        kinds = [claim.kind for claim in self.mine.recourse]
        if len(kinds) > len(set(kinds)):
            said.append(self.say("recourse_split"))
        return [*said, self.say("recourse_empty")] if said else []


class Victim(Asked):
    """A number of the victim: what is claimed, received, not recovered, borne by own fault."""

    def premise(self) -> list[str]:
        """Which rule that was turned makes the amounts of some a mere supposition."""
        lang = self.words.lang
        said = (what_if(self.outcome, id, lang) for id in self.outcome.parties)
        return [self.say("premise", ghost=each) for each in dict.fromkeys(said) if each]

    def received(self) -> list[str]:
        """Who pays what now; what nobody pays."""
        rest, said = self.outcome.unrecovered_fen, self._paid()
        if high_end(rest):
            key = "rest_unsued" if may_be_sued(self.found) else "rest"
            said.append(self.say(key, amount=rest))
        said += less_received(self.outcome, self.found.case, self.words.lang)
        return said + self._given()

    def _paid(self) -> list[str]:
        """Who pays what now, and what that comes to."""
        said = [
            self.say("payer", who=self.called(id), amount=mine.paid_fen)
            for id, mine in self.outcome.parties.items()
            if high_end(mine.paid_fen)
        ]
        return [*said, self.say("received", amount=self.outcome.received_fen)]

    def _given(self) -> list[str]:
        """How much of what is not paid the victim gave up."""
        fen = given_up(self.found)
        return [self.say("given_up", amount=fen)] if fen else []

    def given_less(self) -> list[str]:
        """What of it would have been lacking anyway, and so what the release itself costs."""
        if not given_up(self.found):
            return []
        released = [p.id for p in self.found.case.parties if p.released]
        kept = self.found.case.set({f"{id}.released": False for id in released})
        lost = decide(kept, self.found.mode, self.found.rules).unrecovered_fen
        rest = self.outcome.unrecovered_fen
        if isinstance(lost, Interval) or isinstance(rest, Interval):
            return []
        return [self.say("given_less", lost=lost, rest=rest, less=rest - lost)]

    def claim(self) -> list[str]:
        """From the loss to what may be claimed: own fault, what came back, who was let off."""
        fault = [self._fault()] if self.person.fault else []
        said = [self.say("loss", amount=self.found.case.loss_fen), *fault, *self._let_off()]
        return [*said, self.say("claim", amount=self.outcome.claim_fen)]

    def _fault(self) -> str:
        """Say for whom own fault counts, by the rule `victim_fault`."""
        apart = {"negligent": "own_fault_apart", "off": "own_fault_off"}
        key = apart.get(str(counted(self.outcome)), "own_fault")
        return self.say(key, fault=percent(self.person.fault or 0, self.words.lang))

    def _let_off(self) -> list[str]:
        """What a release takes off what others owe: by analogy where nobody is jointly liable."""
        if not any(party.released for party in self.found.case.parties):
            return []
        joint = any(mine.mode == JOINT for mine in self.outcome.parties.values())
        return [self.say("released" if joint else "released_apart")]

    def unrecovered(self) -> list[str]:
        """From what may be claimed, less what is received, to what nobody pays."""
        claim, received = self.outcome.claim_fen, self.outcome.received_fen
        rest = self.outcome.unrecovered_fen
        said = [self.say("claim_all", claim=claim), *self._let_off(), *self._paid()]
        is_open = any(isinstance(fen, Interval) for fen in (claim, received, rest))
        short = "unrecovered_unsued" if may_be_sued(self.found) else "unrecovered"
        key = "unrecovered_open" if is_open else short if rest else "recovered"
        last = self.say(key, claim=claim, received=received, amount=rest)
        return [*said, last, *self._given()]

    def own_part(self) -> list[str]:
        """What own fault takes off what others owe, and the sum of it."""
        said, fen = (
            [self._fault() if self.person.fault else self.say("no_own_fault")],
            own_part(self.found),
        )
        back, borne = back_first(self.found), borne_by_others(self.found)
        if back:
            said.append(self.say("back_first", loss=self.found.case.loss_fen, back=back,
                                 amount=self.found.case.loss_fen - back))  # fmt: skip
        if fen and not isinstance(borne, Interval):
            loss = self.found.case.loss_fen - back
            fault = float(self.person.fault or 0)
            key = "own_part" if abs(fault * loss - high_end(fen)) <= NEAR else "own_part_left"
            said.append(_sum(key, self.words, loss=loss, fault=percent(fault, self.words.lang),
                             borne=borne, amount=fen))  # fmt: skip
        return [*said, self.say("own_part", amount=fen)]


OF_PARTY: Mapping[str, Callable[[Debtor], list[str]]] = {
    "exposure": Debtor.exposure, "burden": Debtor.burden, "paid": Debtor.paid,
}  # fmt: skip
OF_VICTIM: Mapping[str, Callable[[Victim], list[str]]] = {
    "received": Victim.received, "claim": Victim.claim, "unrecovered": Victim.unrecovered,
    "own_part": Victim.own_part,
}  # fmt: skip


# ---------------------------------------------------------------- sums


def carried_sum(outcome: Outcome, party: str, who: str, say: Say) -> list[str]:
    """Say how what others cannot pay comes to what he carries beyond his burden (519(3))."""
    node = outcome.reason("carried", party)
    if node.rule != "carried.together" or _open([node, *node.walk()]):
        return []
    burden, weight, most = (_by_party(group) for group in node.children[:3])
    extra: dict[str, Any] = {id: outcome.parties[id].carried_fen - burden[id] for id in burden}
    if any(isinstance(fen, Interval) for fen in extra.values()) or extra[party] <= 0:
        return []
    short = -sum(fen for fen in extra.values() if fen < 0)
    full = [id for id, fen in extra.items() if fen > 0 and burden[id] + fen == most[id]]
    said = {"who": who, "burden": burden[party], "more": extra[party], "amount": _number(node),
            "able": most[party], "short": short}  # fmt: skip
    if extra[party] == short or party in full:
        key = "carried_alone" if extra[party] == short else "carried_most"
        return [_sum(key, say, **said)]
    shares = {id: weight[id] for id, fen in extra.items() if fen > 0 and id not in full}
    rest = short - sum(extra[id] for id in full)
    reckoned = rest * weight[party] / (sum(shares.values()) or 1)
    if abs(reckoned - extra[party]) > NEAR:
        return []
    rates = {id: rate_said(share, say.lang) for id, share in shares.items()}
    said |= {"short": rest, "share": rates[party], "shares": _listed(rates.values(), say)}
    return [_sum("carried", say, equals=_equals(reckoned, extra[party], say), **said)]


def recourse_sum(outcome: Outcome, party: str, claim: Claimed, say: Say) -> list[str]:
    """Say how what he may recover of one comes about: what he paid or carries too much."""
    node, fen = outcome.reason(f"recourse_{claim.kind}_{claim.against}", party), claim.fen
    steps = {child.key: _number(child) for child in node.children}
    if claim.kind not in ENDS or len(steps) != len(node.children) or "before" in steps:
        return []
    if not set(ENDS[claim.kind]) <= set(steps):  # a sum over the pieces of a loss that is cut
        return []
    if isinstance(fen, Interval) or _open(node.children):
        return []
    more, less = (steps[key] for key in ENDS[claim.kind])
    over = say("reasons.sum.minus").join(amount(each, say.lang) for each in (more, less))
    if more - less == fen:
        return [_sum("recourse", say, over=over, amount=fen)]
    lacks = _lacks(outcome, party, claim.kind)
    reckoned = (more - less) * lacks.get(claim.against, 0) / (sum(lacks.values()) or 1)
    if len(lacks) < 2 or abs(reckoned - fen) > NEAR:
        return []
    listed = _listed((amount(each, say.lang) for each in lacks.values()), say)
    return [_sum("recourse_split", say, over=over, equals=_equals(reckoned, fen, say), amount=fen,
                 own=lacks[claim.against], all=listed)]  # fmt: skip


def _lacks(outcome: Outcome, party: str, kind: str) -> dict[str, Fen]:
    """Map those of whom he recovers to what each paid, or carries, too little."""
    less, more = (f"{end}_fen" for end in ENDS[kind])
    owing = [claim.against for claim in outcome.parties[party].recourse if claim.kind == kind]
    parties = {id: outcome.parties[id] for id in owing}
    return {id: getattr(mine, more) - getattr(mine, less) for id, mine in parties.items()}


def _by_party(group: Trace) -> Mapping[str, Any]:
    """Map each party to his value among what a step rests on."""
    return {n.party: n.value for n in group.children if n.party}


def _number(node: Trace) -> Any:
    """What a step reached, where `_open` has seen that it is a number."""
    return node.value


def _open(nodes: Sequence[Trace]) -> bool:
    """Whether a value is a range, so that no single sum gives it."""
    return any(isinstance(node.value, Interval) for node in nodes)


def _equals(reckoned: float, fen: Fen, say: Say) -> str:
    """The sign between a sum and its amount: equal, or nearly where something is rounded."""
    return say(f"reasons.sum.{'equals' if abs(reckoned - fen) < EXACT else 'about'}")


def _listed(terms: Any, say: Say) -> str:
    return say("reasons.sum.plus").join(terms)


def _sum(key: str, say: Say, **values: Any) -> str:
    """Write a sum; its numbers are amounts [fen]."""
    shown = {k: v if isinstance(v, str) else amount(v, say.lang) for k, v in values.items()}
    return say(f"reasons.sum.{key}", **shown)
