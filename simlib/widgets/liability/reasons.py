"""The drawer of lesson 04: why a number is what it is, in a few steps, then all of it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from simlib.explain import form_name
from simlib.figures.carried import carried
from simlib.figures.ghost import ghost
from simlib.figures.people import short_names
from simlib.interval import FenRange, Interval, high_end
from simlib.text import amount, percent, topic_words, words
from simlib.widgets.liability.settings import mode_name
from simlib.widgets.markup import articles, tag
from simlib.widgets.why import why

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simlib.case.model import Case
    from simlib.liability import Outcome
    from simlib.liability.outcome import PartyOutcome

TOPIC = "liability_lesson"
OF_PARTY = ("exposure", "burden", "paid")
OF_VICTIM = ("received", "claim")
JOINT = {"burden": ("civil-code:519",), "paid": ("civil-code:519", "civil-code:520")}
EXACT = 1e-7  # of a hundredth: nearer than that is binary arithmetic


def reason(
    case: Case, outcomes: Mapping[str, Outcome], selected: Sequence[str], lang: str
) -> tuple[str, str]:
    """Title and HTML of why a number is what it is; both empty where there is no such number.

    First the steps with their sum, then, folded, every step down to fact and article.
    """
    mode, key, party = selected
    if mode not in outcomes:
        return "", ""
    whole = why(case, outcomes, list(selected), lang)
    told = _told(case, outcomes, selected, lang)
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
    case: Case, outcomes: Mapping[str, Outcome], selected: Sequence[str], lang: str
) -> tuple[str, list[str]] | None:
    """Title and steps of a number of the board; None: of another number, or of none."""
    mode, key, party = selected
    outcome = outcomes[mode]
    if key in OF_PARTY and party in outcome.parties:
        asked = Asked(case, outcomes, mode, party, lang)
        return asked.titled(key), asked.steps(key)
    if key in OF_VICTIM:
        fen = outcome.received_fen if key == "received" else outcome.claim_fen
        title = _say(f"title_{key}", lang, mode=mode_name(mode, lang), amount=amount(fen, lang))
        steps = _received(case, outcome, lang) if key == "received" else _claim(case, outcome, lang)
        return title, steps
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
        form = form_name(self.outcome, self.party, self.lang)
        fen = self.money(self.mine.exposure_fen)
        head = self.case.party(self.party).role == "principal"
        said = [self._rule(form, head)]
        if not head and self.mine.mode == "several":
            said.append(self.say("share", share=self.rate(), amount=fen))
        elif not head and self.mine.mode in ("partial_joint", "supplementary"):
            limit = self.case.party(self.party).limit
            known = "limit" if limit is not None else "limit_open"
            said.append(self.say(known, limit=percent(limit or 0, self.lang)))
        return [*said, self.say("exposure", amount=fen)]

    def _rule(self, form: str, head: bool) -> str:
        rules = topic_words(TOPIC, self.lang)["reasons"]["rule"]
        key = "head_joint" if head and self.mine.mode == "joint" else "head" if head else (
            self.mine.mode if self.mine.mode in rules else "other"
        )  # fmt: skip
        return self.say(f"rule.{key}", form=form)

    def burden(self) -> list[str]:
        """What he bears in the end, whoever can pay."""
        if self.mine.mode == "supplementary":
            return [self.say("burden_none"), self.say("burden", amount=self.money(0))]
        said = [self.say("inside"), self.say("share_inside", share=self.rate())]
        said.append(self.say("burden", amount=self.money(self.mine.burden_fen)))
        return said + self._carried()

    def _carried(self) -> list[str]:
        key = carried(self.outcome, self.party)
        now, own = self.mine.carried_fen, self.mine.burden_fen
        return [self.say(key, amount=self.money(now), burden=self.money(own))] if key else []

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
        said.append(self.say("once"))
        said.append(self.say("paid", amount=self.money(mine.paid_fen)))
        return said + self._recourse() + self._short()

    def _recourse(self) -> list[str]:
        called = short_names(self.case, self.lang)
        said = [
            self.say(
                "recourse_behind" if claim.subordinate else "recourse",
                against=called[claim.against],
                amount=self.money(claim.fen),
                kind=words("terms", f"recourse_kinds.{claim.kind}", self.lang),
            )
            for claim in self.mine.recourse
        ]
        return [*said, self.say("recourse_empty")] if said else []

    def _short(self) -> list[str]:
        short = self.mine.short_fen
        open_ = isinstance(short, Interval)
        some = high_end(short) > 1
        return [self.say("short", amount=self.money(short))] if some and not open_ else []


def _received(case: Case, outcome: Outcome, lang: str) -> list[str]:
    """Who pays what now; what nobody pays."""
    called = short_names(case, lang)
    who = called[case.claimant]
    said = [
        _say("payer", lang, who=called[id], amount=amount(mine.paid_fen, lang))
        for id, mine in outcome.parties.items()
        if high_end(mine.paid_fen)
    ]
    said.append(_say("received", lang, victim=who, amount=amount(outcome.received_fen, lang)))
    if high_end(outcome.unrecovered_fen):
        rest = amount(outcome.unrecovered_fen, lang)
        said.append(_say("rest", lang, victim=who, amount=rest))
    return said


def _claim(case: Case, outcome: Outcome, lang: str) -> list[str]:
    """From the loss to what may be claimed: own fault, what came back, who was let off."""
    loss, claim = amount(case.loss_fen, lang), amount(outcome.claim_fen, lang)
    own_fault = case.party(case.claimant).fault
    said = [_say("loss", lang, amount=loss)]
    if own_fault:
        said.append(_say("own_fault", lang, fault=percent(own_fault, lang)))
    if any(party.released for party in case.parties):
        said.append(_say("released", lang))
    return [*said, _say("claim", lang, amount=claim)]


def _say(key: str, lang: str, **values: object) -> str:
    return words(TOPIC, f"reasons.{key}", lang, **values)
