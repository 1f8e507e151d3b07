"""The drawer of lesson 04: why a number is what it is, in a few steps, then all of it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from simlib.explain import form_name
from simlib.figures.carried_amounts import alike, carried, carries_more, supposed
from simlib.figures.liability import by_analogy
from simlib.figures.people import short_names
from simlib.figures.row_premises import ghost
from simlib.interval import FenRange, Interval, high_end
from simlib.law.modes import mode_law
from simlib.liability.forms import form_of
from simlib.text import amount, percent, topic_words, words
from simlib.widgets.liability.reasons_victim import GIVEN, OF_VICTIM, amount_of, given_less
from simlib.widgets.liability.settings import mode_name
from simlib.widgets.liability.sums import carried_sum, part_sum, recourse_sum
from simlib.widgets.markup import articles, tag
from simlib.widgets.number_reasons import why

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simlib.case.model import Case
    from simlib.law.rule import Rules
    from simlib.liability import Outcome
    from simlib.liability.forms import Form
    from simlib.liability.outcome import Claimed, PartyOutcome

TOPIC = "liability_lesson"
OF_PARTY = ("exposure", "burden", "paid")
BEHIND = {"unrecovered": "received", "own_part": "claim"}  # the engine's number behind another
JOINT = {"burden": ("civil-code:519",), "paid": ("civil-code:519", "civil-code:520")}
EXACT = 1e-7  # of a hundredth: nearer than that is binary arithmetic


def reason(
    case: Case,
    outcomes: Mapping[str, Outcome],
    selected: Sequence[str],
    lang: str,
    rules: Rules | None = None,
) -> tuple[str, str]:
    """Title and HTML of why a number is what it is; both empty where there is no such number.

    First the steps with their sum, then, folded, every step down to fact and article.

    Parameters
    ----------
    rules
        by which the outcomes were decided, if not by the regime's
    """
    mode, key, party = selected
    if mode not in outcomes:
        return "", ""
    whole = why(case, outcomes, [mode, BEHIND.get(key, key), party], lang)
    told = _told(case, outcomes, selected, lang, rules)
    if told is None:
        return _say("title_mode", lang, mode=mode_name(mode, lang)), whole
    title, steps = told
    listed = "".join(tag("li", escape(step)) for step in steps)
    folded = tag("summary", escape(_say("whole", lang))) + whole
    held = outcomes[mode].parties.get(party)
    cited = JOINT.get(key, ()) if held and held.mode == "joint" else ()
    html = tag("ol", listed, class_="stage-steps") + articles(cited, case, lang)
    return title, html + tag("details", folded)


def _told(
    case: Case,
    outcomes: Mapping[str, Outcome],
    selected: Sequence[str],
    lang: str,
    rules: Rules | None,
) -> tuple[str, list[str]] | None:
    """Title and steps of a number of the board; None: of another number, or of none."""
    mode, key, party = selected
    outcome = outcomes[mode]
    if key in OF_PARTY and party in outcome.parties:
        asked = Asked(case, outcomes, mode, party, lang)
        return asked.titled(key), asked.steps(key)
    if key in OF_VICTIM:
        fen = amount(amount_of(case, outcome, key), lang)
        values = {"victim": short_names(case, lang)[case.claimant], "amount": fen}
        title = _say(f"title_{key}", lang, mode=mode_name(mode, lang), **values)
        less = given_less(case, outcome, lang, rules) if key in GIVEN else []
        return title, OF_VICTIM[key](case, outcome, lang) + less
    return None


@dataclass(frozen=True, slots=True)
class Asked:
    """A number of one debtor."""

    case: Case
    outcomes: Mapping[str, Outcome]
    mode: str
    party: str
    lang: str

    @property
    def outcome(self) -> Outcome:
        return self.outcomes[self.mode]

    @property
    def mine(self) -> PartyOutcome:
        return self.outcome.parties[self.party]

    @property
    def form(self) -> Form | None:
        """The form he answers in; None for one who is not liable."""
        return form_of(self.mine.mode)

    def say(self, key: str, **values: object) -> str:
        called = short_names(self.case, self.lang)
        named = {"who": called[self.party], "victim": called[self.case.claimant]}
        return _say(key, self.lang, **named, **values)

    def money(self, fen: FenRange) -> str:
        return amount(fen, self.lang)

    def titled(self, key: str) -> str:
        """What is asked, with the amount."""
        fen: FenRange = getattr(self.mine, f"{key}_fen")
        mode = mode_name(self.mode, self.lang)
        return self.say(f"title.{key}", amount=self.money(fen), mode=mode)

    def rate(self) -> str:
        """His share as a percentage, with two decimals unless it is whole."""
        share = self.mine.share
        ends = (share.low, share.high) if isinstance(share, Interval) else (share,)
        whole = all(abs(100 * float(end) - round(100 * float(end))) < EXACT for end in ends)
        return percent(share, self.lang, digits=0 if whole else 2)

    def steps(self, key: str) -> list[str]:
        """Premise, rule, facts, sum."""
        head = self.case.party(self.party).role == "principal"
        said = "" if head else ghost(self.outcome, self.outcomes, self.party, self.lang)
        first = [self.say("premise", ghost=said)] if said else []
        return first + {"exposure": self.exposure, "burden": self.burden, "paid": self.paid}[key]()

    # ------------------------------------------------------------ outward, inward, collected

    def exposure(self) -> list[str]:
        """How he answers towards the victim, and up to how much."""
        one, fen = self.case.party(self.party), self.money(self.mine.exposure_fen)
        whole = self._owes_whole()
        said = [self._rule()]
        if one.released:
            said.append(self.say("released_one"))
        elif not whole and self.mine.mode == "several":
            said.append(self.say("share", share=self.rate(), amount=fen))
        elif not whole and self.form and self.form.fact == "limit":
            known = "limit" if one.limit is not None else "limit_open"
            said.append(self.say(known, limit=percent(one.limit or 0, self.lang)))
        elif self.mine.mode == "joint" and any(p.released for p in self.case.parties):
            said.append(self.say("released_other"))
        return [*said, self.say("exposure", amount=fen)]

    def _owes_whole(self) -> bool:
        """Whether he is the fraudster and owes the whole, not his share only."""
        by_share = self.mine.mode == "several" and self.mine.exposure_fen == self.mine.burden_fen
        head = self.case.party(self.party).role == "principal"
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
        rules = topic_words(TOPIC, self.lang)["reasons"]["rule"]
        key = self.mine.mode if self.mine.mode in rules else "other"
        return self.say(f"rule.{key}", form=form_name(self.outcome, self.party, self.lang))

    def burden(self) -> list[str]:
        """What he bears in the end, whoever can pay."""
        form, last = self.form, self.say("burden", amount=self.money(self.mine.burden_fen))
        if form and form.second_line:
            return [self.say("burden_none"), last]
        if form and form.dismisses:
            return [self._rule(), last]
        if self.case.party(self.party).released:
            return [self.say("released_one"), last]
        first = self._rule_of_form() if form and form.finds_share else self.say("inside")
        said = [first, self._share_inside()]
        limited = form and form.capped and mode_law(form.key).inside == "supposed"
        capped = [self.say("capped")] if limited else []
        sum = part_sum(self.outcome, self.party, self.rate(), self.lang)
        return [*said, *([sum] if sum else []), *capped, last, *self._carried()]

    def _share_inside(self) -> str:
        """His share, and whether the case sets it or the form finds it."""
        share, given = self.mine.share, self.case.party(self.party).share
        if isinstance(share, Interval):
            return self.say("share_open", share=self.rate())
        own = given is not None and abs(float(share) - float(given)) < EXACT
        return self.say("share_inside" if own else "share_reckoned", share=self.rate())

    def _carried(self) -> list[str]:
        key = carried(self.outcome, self.party)
        if key == "carried_passed" and alike(self.outcome):
            key = "carried_passed_alike"
        now, own = self.mine.carried_fen, self.mine.burden_fen
        said = [self.say(key, amount=self.money(now), burden=self.money(own))] if key else []
        return said + self._carried_sum()

    def _carried_sum(self) -> list[str]:
        who = short_names(self.case, self.lang)[self.party]
        said = carried_sum(self.outcome, self.party, who, self.lang)
        return [said] if said and not supposed(self.outcome) else []

    def paid(self) -> list[str]:
        """What is collected of him now, what he may recover, and what he still owes."""
        mine, one = self.mine, self.case.party(self.party)
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
        called = short_names(self.case, self.lang)
        behind = "recourse_behind" if self.mine.mode == "joint" else "recourse_behind_alike"
        said = [
            self.say(
                behind if claim.subordinate else "recourse",
                against=called[claim.against],
                amount=self.money(claim.fen),
                kind=words("terms", f"recourse_kinds.{claim.kind}", self.lang),
            )
            + self._sum_of(claim)
            for claim in self.mine.recourse
        ]
        kinds = [claim.kind for claim in self.mine.recourse]
        if len(kinds) > len(set(kinds)):
            said.append(self.say("recourse_split"))
        return [*said, self.say("recourse_empty")] if said else []

    def _sum_of(self, claim: Claimed) -> str:
        said = recourse_sum(self.outcome, self.party, claim, self.lang)
        return self.say("reckoned", sum=said) if said else ""

    def _short(self) -> list[str]:
        short = self.mine.short_fen
        open_ = isinstance(short, Interval)
        some = high_end(short) > 1
        return [self.say("short", amount=self.money(short))] if some and not open_ else []


def _say(key: str, lang: str, **values: object) -> str:
    return words(TOPIC, f"reasons.{key}", lang, **values)
