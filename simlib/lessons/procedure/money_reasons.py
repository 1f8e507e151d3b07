"""Why a suit brings this money: shares, means, and what each judgment brings in turn."""

from __future__ import annotations

from collections.abc import Iterator
from math import isclose
from typing import TYPE_CHECKING

from simlib.explain import open_ends
from simlib.fault.grade import band
from simlib.figures.answered_part import rate_said, share_said
from simlib.figures.board import spoken
from simlib.figures.names_of_people import short_names
from simlib.figures.suit_words import absent_cites, absent_words, engine, rest_words
from simlib.interval import Interval, hull
from simlib.law.period import MONTH_DAYS
from simlib.law.regime import regime_for
from simlib.lessons.outcome import Reason
from simlib.lessons.procedure.outcomes import ORDINARY, whole_yuan
from simlib.procedure import VARIANTS
from simlib.procedure.admissibility import defendants
from simlib.procedure.amount import case_then, frozen_on, unheld
from simlib.procedure.civil import enforced_by
from simlib.procedure.day_bounds import history
from simlib.procedure.proof import SOME
from simlib.text import amount, date, percent, words

if TYPE_CHECKING:
    from simlib.interval import FenRange
    from simlib.lessons.outcome import Say
    from simlib.lessons.procedure.outcomes import Suit
    from simlib.liability import Outcome
    from simlib.procedure.amount import Turn

YUAN = 100  # fen


def money(suit: Suit, say: Say) -> Reason:
    """What was proved, what the law gives, what is left of his means, and what is paid."""
    line, lang = suit.line, say.lang
    lines = [say("reasons.ended", document=engine(f"documents.{line.document}.name", lang))]
    lines += [
        *absent_words(suit.line, lang),
        *_shares(suit, say),
        *_first(suit, say),
        *_preserved(suit, say),
    ]
    lines += [_means(suit, say), left_sum(suit, say), *_rests(suit, say)]
    if line.enforced_on and suit.paid:
        lines.append(say("reasons.paid", amount=_paid(suit.paid, say)))
    else:
        lines.append(say("reasons.nothing"))
    lines += [say("reasons.ends_money", variant=engine(f"variants.{name}", lang),
                  paid=_paid(suit.paid_fen[name], say)) for name in VARIANTS]  # fmt: skip
    lines.append(say("reasons.leak"))
    cites = (*absent_cites(line), "civil-procedure-law:104", "civil-procedure-law:247")
    return Reason(lines, cites, line.used_on, ends=_ends(suit, say))


def _ends(suit: Suit, say: Say) -> str:
    """Where the two ends of the money come from: open shares, and means nobody found out."""
    if not isinstance(suit.paid, Interval) or suit.judged is None:
        return ""
    people = short_names(case := suit.problem.case, say.lang)
    then = case_then(case, suit.line, suit.problem.rate)
    told = open_ends(suit.judged.reason("received"), then, people, say.lang)
    poor = [people[p.id] for p in defendants(case) if p.assets_fen is None]
    if poor:
        told += say("reasons.range_means", who=say("trace:ends.between").join(poor))
    return told


def _shares(suit: Suit, say: Say) -> Iterator[str]:
    """The share of each defendant who is found careless, and where an open one comes from."""
    out = suit.judged
    for part in suit.line.parts if out else ():
        if out and part.proved == SOME:
            who = getattr(suit.problem.case.party(part.party).name, say.lang)
            share = share_said(out, part.party, say.lang, lambda held: rate_said(held, say.lang))
            due = whole_yuan(out.parties[part.party].exposure_fen)
            yield say("reasons.share_is", who=who, share=share, amount=spoken(due, say.lang))
            yield from _open_share(suit, out, part.party, say)


def _open_share(suit: Suit, out: Outcome, party: str, say: Say) -> Iterator[str]:
    """The ends of a share beside one fraudster, where force and fault are open; if they are so."""
    case = case_then(suit.problem.case, suit.line, suit.problem.rate)
    held, share = case.party(party), out.parties[party].share
    if held.fault is not None or held.causal_force is not None or held.grade is None:
        return
    low, high = band(held.grade, regime_for(case))
    if isinstance(share, Interval) and share.low == 0 and isclose(share.high, high / (1 + high)):
        grade, who = words("terms", f"grades.{held.grade}", say.lang), getattr(held.name, say.lang)
        yield say("reasons.share_open", who=who, grade=grade, low=f"{low:g}", high=f"{high:g}")


def _first(suit: Suit, say: Say) -> Iterator[str]:
    """The day by which the judgment is enforced; of one in part, what it brings by itself."""
    on, lang = suit.line.enforced_on, say.lang
    if on is None:
        return
    least, most = suit.turns
    if len(least) < 2:
        yield say("reasons.enforced", day=date(on, lang))
        return
    yield say("reasons.turn_first", **_turn(suit, least[0], most[0], say))


def _turn(suit: Suit, least: Turn, most: Turn, say: Say) -> dict[str, str]:
    """The days of a judgment, and what she has by then."""
    done = enforced_by(suit.problem.case, ORDINARY, least.final_on)
    days = {"judged": least.judged_on, "final": least.final_on, "done": done}
    got = whole_yuan(hull([least.received_fen, most.received_fen]))
    said = {key: date(day, say.lang) for key, day in days.items()}
    return said | {"amount": spoken(got, say.lang)}


def _rests(suit: Suit, say: Say) -> Iterator[str]:
    """What each judgment on the rest adds; or that there is none."""
    least, most = suit.turns
    for n in range(1, len(least)):
        yield say("reasons.turn_rest", **_turn(suit, least[n], most[n], say))
        sums = (_rest_sum(suit, each[n - 1], each[n], say) for each in (least, most))
        yield from dict.fromkeys(said for said in sums if said)
    for part in suit.line.parts:
        if part.left and part.rest_final_on is None:
            who = getattr(suit.problem.case.party(part.party).name, say.lang)
            yield say("reasons.rest_of", who=who, said=rest_words(part, say.lang))


def _rest_sum(suit: Suit, then: Turn, now: Turn, say: Say) -> str:
    """Say how what was not collected at first comes to what is left for the rest.

    Worked out again before it is shown; empty where it is not so, or nothing is lost.
    """
    kept, days = 1 - suit.problem.rate, (now.final_on - then.final_on).days
    left = (then.left_fen - then.received_fen) * kept ** (days / MONTH_DAYS)
    means = [p.assets_fen for p in defendants(suit.problem.case)]
    if None in means or kept == 1 or abs(left - now.left_fen) > YUAN:
        return ""
    sums = {"had": then.received_fen, "before": then.left_fen,
            "left": now.left_fen, "all": now.received_fen}  # fmt: skip
    said = {key: amount(fen // YUAN * YUAN, say.lang) for key, fen in sums.items()}
    return say("reasons.turn_sum", kept=f"{kept:g}", days=days, month=MONTH_DAYS, **said)


def _preserved(suit: Suit, say: Say) -> Iterator[str]:
    """Which preservation it is, by the days, with its security and its fee."""
    held, lang = suit.line.preservation, say.lang
    if held is None:
        return
    days = {"asked": date(held.asked_on, lang), "until": held.sue_by and date(held.sue_by, lang)}
    sums = {"security": spoken(held.security_fen, lang), "fee": amount(held.fee_fen, lang)}
    if held.kind == "after_suit":
        won = suit.line.enforced_on is not None
        yield say(f"reasons.after_suit_{'won' if won else 'lost'}", **days)
        return
    yield say("reasons.unruled" if held.failed == "unruled" else f"reasons.{held.kind}",
              **days, **sums)  # fmt: skip


def _paid(fen: FenRange | None, say: Say) -> str:
    return say("board.no_money") if fen is None else spoken(fen, say.lang)


def _means(suit: Suit, say: Say) -> str:
    """What he has left: a share is gone with each month until it is frozen."""
    left = suit.left_fen[ORDINARY]
    if left is None:
        return say("reasons.means_unknown")
    failed = unheld(suit.line)
    key = f"means_{failed}" if failed else "means_frozen" if suit.frozen[ORDINARY] else "means"
    rate = percent(suit.problem.rate, say.lang)
    return say(f"reasons.{key}", rate=rate, left=amount(left, say.lang))


def left_sum(suit: Suit, say: Say) -> str:
    """Say how his means of the first day and the share lost a month come to what is left.

    It is worked out again from the days of the line before it is shown. Empty where nothing is
    lost, where an open fact shapes it, or a rule that no such sum has.
    """
    left, frozen, case = suit.left_fen[ORDINARY], frozen_on(suit.line), suit.problem.case
    until, kept = frozen or suit.line.final_on, 1 - suit.problem.rate
    known = [p.assets_fen for p in defendants(case)]
    if left is None or until is None or None in known or kept == 1:
        return ""
    whole = sum(fen for fen in known if fen is not None)
    start, lang = history(case)["reported"].low, say.lang
    days = (until - start).days
    if not left <= whole * kept ** (days / MONTH_DAYS) < left + YUAN:
        return ""
    return say(f"reasons.{'sum_frozen' if frozen else 'sum'}", whole=amount(whole, lang),
               kept=f"{kept:g}", days=days, month=MONTH_DAYS, left=amount(left, lang),
               start=date(start, lang), until=date(until, lang))  # fmt: skip
