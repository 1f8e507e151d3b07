"""Why a number of lesson 04 is what it is: a few steps, with the sum that gives it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.explain import form_name
from simlib.figures.carried_amounts import alike, carried, carries_more, supposed
from simlib.figures.people import short_names
from simlib.figures.row_premises import ghost
from simlib.interval import FenRange, Interval, high_end
from simlib.law.modes import mode_law
from simlib.lessons.liability import sums
from simlib.lessons.liability.outcomes import (
    SEVERAL,
    by_analogy,
    given_up,
    is_head,
    may_be_sued,
    mode_name,
    of,
    own_part,
)
from simlib.liability import decide
from simlib.liability.forms import form_of
from simlib.text import amount, percent

if TYPE_CHECKING:
    from simlib.lessons.liability.outcomes import Found
    from simlib.lessons.outcome import Say
    from simlib.liability import Outcome
    from simlib.liability.forms import Form
    from simlib.liability.outcome import PartyOutcome

GIVEN = ("received", "unrecovered")  # what a release makes less, or more
JOINT_CITES = {"burden": ("civil-code:519",), "paid": ("civil-code:519", "civil-code:520")}


def told(found: Found, key: str, party: str, say: Say) -> tuple[str, list[str]] | None:
    """Return title and steps of a number of the board; None: of another number, or of none."""
    called = short_names(found.case, say.lang)
    named = {"mode": mode_name(found.mode, say.lang), "victim": called[found.case.claimant]}
    if key in OF_PARTY and party in found.now.parties:
        asked = Debtor(found, party, say)
        fen = amount(of(asked.mine, key), say.lang)
        title = say(f"reasons.title.{key}", who=called[party], amount=fen, **named)
        return title, [*asked.premise(), *OF_PARTY[key](asked)]
    if key in OF_VICTIM:
        fens = own_part(found) if key == "own_part" else getattr(found.now, f"{key}_fen")
        title = say(f"reasons.title_{key}", amount=amount(fens, say.lang), **named)
        asks = Victim(found, say)
        return title, OF_VICTIM[key](asks) + (asks.given_less() if key in GIVEN else [])
    return None


def cites(found: Found, key: str, party: str) -> Sequence[str]:
    """List the articles that the steps of a joint debtor's number name."""
    mine = found.now.parties.get(party)
    return JOINT_CITES.get(key, ()) if mine and mine.mode == "joint" else ()


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose number is asked about."""

    found: Found

    @property
    def outcome(self) -> Outcome:
        return self.found.now


@dataclass(frozen=True, slots=True)
class Debtor(Asked):
    """A number of one debtor: outward, inward, collected."""

    party: str
    words: Say

    @property
    def mine(self) -> PartyOutcome:
        return self.outcome.parties[self.party]

    @property
    def form(self) -> Form | None:
        """The form he answers in; None for one who is not liable."""
        return form_of(self.mine.mode)

    def say(self, key: str, **values: object) -> str:
        case, lang = self.found.case, self.words.lang
        called = short_names(case, lang)
        named = {"who": called[self.party], "victim": called[case.claimant]}
        return self.words(f"reasons.{key}", **named, **values)

    def money(self, fen: FenRange) -> str:
        return amount(fen, self.words.lang)

    def rate(self) -> str:
        """His share as a percentage, with two decimals unless it is whole."""
        return sums.rate(self.mine.share, self.words.lang)

    def premise(self) -> list[str]:
        """Why the form is only supposed for him."""
        head = is_head(self.found, self.party)
        said = "" if head else ghost(self.outcome, self.found, self.party, self.words.lang)
        return [self.say("premise", ghost=said)] if said else []

    # ------------------------------------------------------------ outward

    def exposure(self) -> list[str]:
        """How he answers towards the victim, and up to how much."""
        one, fen = self.found.case.party(self.party), self.money(self.mine.exposure_fen)
        whole = self._owes_whole()
        said = [self._rule()]
        if one.released:
            said.append(self.say("released_one"))
        elif not whole and self.mine.mode == SEVERAL:
            said.append(self.say("share", share=self.rate(), amount=fen))
        elif not whole and self.form and self.form.fact == "limit":
            known = "limit" if one.limit is not None else "limit_open"
            said.append(self.say(known, limit=percent(one.limit or 0, self.words.lang)))
        elif self.mine.mode == "joint" and any(p.released for p in self.found.case.parties):
            said.append(self.say("released_other"))
        return [*said, self.say("exposure", amount=fen)]

    def _owes_whole(self) -> bool:
        """Whether he is the fraudster and owes the whole, not his share only."""
        by_share = self.mine.mode == SEVERAL and self.mine.exposure_fen == self.mine.burden_fen
        head = is_head(self.found, self.party)
        return head and not by_share and mode_law(self.mine.mode).whole != "nobody"

    def _rule(self) -> str:
        if self._owes_whole():
            others = [p for id, p in self.outcome.parties.items() if id != self.party]
            shared = self.mine.mode == "joint" and any(p.joint is not False for p in others)
            alone = not any(high_end(p.exposure_fen) for p in others)
            return self.say(
                "rule.head_joint" if shared else "rule.head_alone" if alone else "rule.head"
            )
        if by_analogy(self.outcome, self.party):
            return self.say("rule.gross_joint")
        return self._rule_of_form()

    def _rule_of_form(self) -> str:
        """The sentence on his form, or its name where it has none."""
        own = self.words.has(f"reasons.rule.{self.mine.mode}")
        key = self.mine.mode if own else "other"
        return self.say(f"rule.{key}", form=form_name(self.outcome, self.party, self.words.lang))

    # ------------------------------------------------------------ inward

    def burden(self) -> list[str]:
        """What he bears in the end, whoever can pay."""
        form, last = self.form, self.say("burden", amount=self.money(self.mine.burden_fen))
        if form and form.second_line:
            return [self.say("burden_none"), last]
        if form and form.dismisses:
            return [self._rule(), last]
        if self.found.case.party(self.party).released:
            return [self.say("released_one"), last]
        first = self._rule_of_form() if form and form.finds_share else self.say("inside")
        limited = form and form.capped and mode_law(form.key).inside == "supposed"
        capped = [self.say("capped")] if limited else []
        sum = sums.part(self.outcome, self.party, self.rate(), self.words)
        return [first, self._share_inside(), *sum, *capped, last, *self._carried()]

    def _share_inside(self) -> str:
        """His share, and whether the case sets it or the form finds it."""
        share, given = self.mine.share, self.found.case.party(self.party).share
        if isinstance(share, Interval):
            return self.say("share_open", share=self.rate())
        own = given is not None and abs(float(share) - float(given)) < sums.EXACT
        return self.say("share_inside" if own else "share_reckoned", share=self.rate())

    def _carried(self) -> list[str]:
        key = carried(self.outcome, self.party)
        if key == "carried_passed" and alike(self.outcome):
            key = "carried_passed_alike"
        now, own = self.mine.carried_fen, self.mine.burden_fen
        said = [self.say(key, amount=self.money(now), burden=self.money(own))] if key else []
        who = short_names(self.found.case, self.words.lang)[self.party]
        sum = sums.carried(self.outcome, self.party, who, self.words)
        return said if supposed(self.outcome) else said + sum

    # ------------------------------------------------------------ collected

    def paid(self) -> list[str]:
        """What is collected of him now, what he may recover, and what he still owes."""
        mine, one = self.mine, self.found.case.party(self.party)
        said = [self.say("ceiling", amount=self.money(mine.exposure_fen))]
        if not one.sued:
            said.append(self.say("unsued"))
        elif one.assets_fen is None:
            said.append(self.say("able"))
        else:
            said.append(self.say("assets", amount=self.money(one.assets_fen)))
        said.append(self.say("once" if mine.mode == "joint" else "once_apart"))
        if carries_more(mine):
            said += self._carried()
        said.append(self.say(self._way(), amount=self.money(mine.paid_fen)))
        return said + self._recourse() + self._short()

    def _way(self) -> str:
        """Which words tell what he pays: that it is what he carries, where it is not his burden."""
        mine, rule = self.mine, self.outcome.reason("paid", self.party).rule
        shared = rule == "paid.split" and mine.mode == "joint" and carries_more(mine)
        return "paid_carried" if shared and mine.paid_fen == mine.carried_fen else "paid"

    def _recourse(self) -> list[str]:
        called = short_names(self.found.case, self.words.lang)
        behind = "recourse_behind" if self.mine.mode == "joint" else "recourse_behind_alike"
        said = []
        for claim in self.mine.recourse:
            claimed = self.say(
                behind if claim.subordinate else "recourse",
                against=called[claim.against],
                amount=self.money(claim.fen),
                kind=self.words(f"terms:recourse_kinds.{claim.kind}"),
            )
            sum = sums.recourse(self.outcome, self.party, claim, self.words)
            said.append("".join([claimed, *(self.say("reckoned", sum=each) for each in sum)]))
        kinds = [claim.kind for claim in self.mine.recourse]
        if len(kinds) > len(set(kinds)):
            said.append(self.say("recourse_split"))
        return [*said, self.say("recourse_empty")] if said else []

    def _short(self) -> list[str]:
        short = self.mine.short_fen
        some = high_end(short) > 1 and not isinstance(short, Interval)
        return [self.say("short", amount=self.money(short))] if some else []


@dataclass(frozen=True, slots=True)
class Victim(Asked):
    """A number of the victim: what is claimed, received, not recovered, borne by own fault."""

    words: Say

    def say(self, key: str, **values: object) -> str:
        victim = short_names(self.found.case, self.words.lang)[self.found.case.claimant]
        fens = {name: v for name, v in values.items() if isinstance(v, int | Interval)}
        shown = {name: amount(fen, self.words.lang) for name, fen in fens.items()}
        return self.words(f"reasons.{key}", victim=victim, **{**values, **shown})

    def received(self) -> list[str]:
        """Who pays what now; what nobody pays."""
        rest, said = self.outcome.unrecovered_fen, self._paid()
        if high_end(rest):
            key = "rest_unsued" if may_be_sued(self.found) else "rest"
            said.append(self.say(key, amount=rest))
        return said + self._given()

    def _paid(self) -> list[str]:
        """Who pays what now, and what that comes to."""
        called = short_names(self.found.case, self.words.lang)
        paid = {id: mine.paid_fen for id, mine in self.outcome.parties.items()}
        said = [
            self.say("payer", who=called[id], amount=f) for id, f in paid.items() if high_end(f)
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
        case = self.found.case
        own_fault = case.party(case.claimant).fault
        said = [self.say("loss", amount=case.loss_fen)]
        if own_fault:
            said.append(self.say("own_fault", fault=percent(own_fault, self.words.lang)))
        return [*said, *self._let_off(), self.say("claim", amount=self.outcome.claim_fen)]

    def _let_off(self) -> list[str]:
        """What a release takes off what others owe: by analogy where nobody is jointly liable."""
        if not any(party.released for party in self.found.case.parties):
            return []
        joint = any(mine.mode == "joint" for mine in self.outcome.parties.values())
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
        """What own fault takes off what others owe."""
        fault = self.found.case.party(self.found.case.claimant).fault
        key = "own_fault" if fault else "no_own_fault"
        said = [self.say(key, fault=percent(fault or 0, self.words.lang))]
        return [*said, self.say("own_part", amount=own_part(self.found))]


OF_PARTY: Mapping[str, Callable[[Debtor], list[str]]] = {
    "exposure": Debtor.exposure, "burden": Debtor.burden, "paid": Debtor.paid,
}  # fmt: skip
OF_VICTIM: Mapping[str, Callable[[Victim], list[str]]] = {
    "received": Victim.received, "claim": Victim.claim, "unrecovered": Victim.unrecovered,
    "own_part": Victim.own_part,
}  # fmt: skip
