"""Why a suit gets this document and this day: the steps of lesson 07's drawer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from simlib.figures.board import COURT, spoken
from simlib.figures.suit_words import (
    absent_cites,
    absent_words,
    document_name,
    engine,
    part_words,
    step_name,
)
from simlib.interval import Interval
from simlib.law.regime import regime_for
from simlib.lessons.outcome import Reason
from simlib.lessons.procedure.money_reasons import money
from simlib.lessons.procedure.outcomes import (
    AGAIN,
    DISMISSED,
    DOCUMENT,
    FINAL,
    LAW,
    LOST,
    MONEY,
    MONTHS,
    ORDINARY,
    WON,
    capped,
    document_of,
)
from simlib.procedure import VARIANTS
from simlib.procedure.admissibility import BARS, review
from simlib.procedure.criminal import criminal_line, criminal_lines
from simlib.procedure.proof import SOME, grade_of, may_find
from simlib.procedure.tracks import ENDED, OPEN
from simlib.text import date, words

if TYPE_CHECKING:
    import datetime

    from simlib.lessons.outcome import Say
    from simlib.lessons.procedure.outcomes import Suit
    from simlib.procedure import Ground, Line, Step
    from simlib.procedure.proof import Part

# conditions of a suit, and what speaks for trying it apart: no reason against it
NEUTRAL = (
    "direct_interest", "definite_defendant", "definite_claim", "civil_matter",
    "others_than_suspect",
)  # fmt: skip
OPENING = "procedure.opening_days"
YUAN = 100  # fen
NOT_ACCEPTED = "not_accepted"
DISMISSED_BY = "civil-procedure-interpretation:208"
AGAIN_CITES = {
    "reading": ("civil-procedure-interpretation:212",),
    "after_change": ("civil-procedure-interpretation:212",),
    "barred": ("civil-procedure-interpretation:247",),
    "resumes": ("civil-procedure-law:153",),
}


def reason(found: Mapping[str, Suit], row: str, column: str, say: Say) -> Reason:
    """The steps behind a cell, with their articles."""
    if row == COURT:
        said = spoken(found[LAW].problem.awarded_fen or 0, say.lang)
        return Reason(say("reasons.court", amount=said).split("\n"))
    suit = found[row]
    say_of = {DOCUMENT: _document, AGAIN: _again, MONTHS: _months, MONEY: money}
    return replace(say_of[column](suit, say), case=suit.problem.case)


# ---------------------------------------------------------------- the document


def _document(suit: Suit, say: Say) -> Reason:
    """From the stage of the criminal case to the grounds, then the document, in all three lines."""
    lang, regime = say.lang, suit.schedule.regime
    answered = next(s.ends for s in suit.line.steps if s.state == "filing")
    stage = _stage_on(suit, answered)
    about = engine(f"regimes.{regime}.about", lang)
    lines = [say("reasons.regime", row=say(f"rows.{regime}.name"), about=about)]
    if answered:
        lines.append(say("reasons.stage", day=date(answered, lang), stage=_stage(stage, lang)))
    deciding, aside = weighed(suit)
    lines += _dismissed_later(suit, say) if suit.is_dismissed else ()
    lines += [_ground(ground, suit, say) for ground in deciding] or [say("reasons.no_ground")]
    lines += [*_later_stay(suit, say), *_barred(suit, say)]
    if aside:
        names = [engine(f"grounds.{ground.key}.name", lang) for ground in aside]
        lines.append(say("reasons.aside", list=say("board.comma").join(names)))
    about = engine(f"documents.{suit.document}.about", lang)
    lines.append(say("reasons.document", name=document_name(suit.document, lang), about=about))
    lines += [*_appeal(suit, say), *_parts(suit, say), _three(suit, say)]
    cites = [c for ground in deciding for c in ground.cites]
    cites += (DISMISSED_BY,) if suit.is_dismissed else ()
    cites += suit.heard.cites if suit.heard else ()
    return Reason(lines, (*cites, *suit.schedule.citations[:3]))


def _dismissed_later(suit: Suit, say: Say) -> Iterator[str]:
    """That the suit was taken first, and stayed, for another reason; then the day that ends it."""
    stays = any(step.state == "stayed" for step in suit.line.steps)
    ground = engine("grounds.prejudicial.name", say.lang)
    yield say("reasons.taken_stayed", ground=ground) if stays else say("reasons.taken_tried")
    on = next((s.ends for s in suit.line.steps if s.document == DISMISSED), None)
    if on:
        stage = _stage(_stage_on(suit, on), say.lang)
        yield say("reasons.dismissed_on", day=date(on, say.lang), stage=stage)


def _later_stay(suit: Suit, say: Say) -> Iterator[str]:
    """A stay in mid-trial, with its days: the ground for it was not there on registration."""
    stay = next((s for s in suit.line.steps if s.state == "stayed"), None)
    if suit.stayed_later and stay and stay.begins:
        until = date(stay.ends, say.lang) if stay.ends else say("board.no_day")
        yield say("reasons.later_stay", day=date(stay.begins, say.lang), until=until)


def _barred(suit: Suit, say: Say) -> Iterator[str]:
    """Against whom the suit is not taken where it is tried against others."""
    for who in suit.line.admissions[-1].barred:
        name = getattr(suit.problem.case.party(who).name, say.lang)
        yield engine("proved.barred", say.lang, who=name)


def _appeal(suit: Suit, say: Say) -> Iterator[str]:
    """The appeal against a ruling that sent her away: days, end and why; or that she may."""
    heard, lang = suit.heard, say.lang
    if heard is None:
        refused = suit.line.admissions[0].document in (NOT_ACCEPTED, DISMISSED)
        yield from [say("reasons.may_appeal")] if refused else []
        return
    period = next(step for step in suit.line.steps if step.state == "ruling_period")
    days = {"lost": period.begins, "by": period.ends, "day": heard.ends}
    yield say("reasons.appeal", **{key: date(day, lang) for key, day in days.items() if day})
    if heard.document == WON:
        yield say("reasons.appeal_won")
        yield from [say("reasons.appeal_stays")] if suit.admitted.stays else []
        return
    found = review(suit.problem.case, heard.ends or suit.problem.sue_on,
                   _stage_on(suit, heard.ends), suit.problem.switches)  # fmt: skip
    name = engine(f"grounds.{found.grounds[0].key}.name", lang)
    yield say("reasons.appeal_lost", grounds=name)


def _parts(suit: Suit, say: Say) -> Iterator[str]:
    """What is proved of each defendant, on what that rests, and what is left for later."""
    if suit.line.judged_on is None or suit.document != suit.line.document:
        return  # a refusal or a stay: what comes later is another document
    case = suit.problem.case
    for part in suit.line.parts:
        yield from part_words(part, case, say.lang)
        yield from _capped(suit, part, say)
        if part.proved == SOME:
            who, why = getattr(case.party(part.party).name, say.lang), _not_left(suit, part)
            yield (
                say("reasons.part", who=who)
                if part.left
                else say("reasons.share", who=who, why=say(f"reasons.not_left.{why}"))
            )


def _capped(suit: Suit, part: Part, say: Say) -> Iterator[str]:
    """Of whom the file says less than the knob would let her prove: that it is so."""
    if part.by in ("own", None) and not part.left and part.party in capped(suit.problem):
        party = suit.problem.case.party(part.party)
        grade, who = grade_of(suit.problem.case, party), getattr(party.name, say.lang)
        grades = {"grade": words("terms", f"grades.{grade}", say.lang)} if grade else {}
        yield say("reasons.capped" if grade else "reasons.capped_unknown", who=who, **grades)


def _not_left(suit: Suit, part: Part) -> str:
    """Why a court that finds a defendant careless leaves nothing of the claim for later.

    No criminal case of his could find that he knew; or it is over; or the court waits for none.
    """
    problem, on = suit.problem, suit.line.judged_on
    own = criminal_lines(problem.case, ORDINARY, problem.switches).get(part.party)
    stage = own.stage(on) if own and on else None
    if not may_find(problem.case, part.party, OPEN[0]):
        return "alone"
    return "over" if stage in ("effective", *ENDED) else "reading"


def weighed(suit: Suit) -> tuple[list[Ground], list[Ground]]:
    """The grounds that decide under this regime, and those that hold and count for nothing here.

    On the day of the answer; of a suit dismissed later, on that day: what stayed it does not count.
    """
    said = suit.line.admissions[-1 if suit.is_dismissed else 0]
    bars = BARS[suit.schedule.regime]
    holding = [g for g in said.grounds if (g.holds or g.against) and g.key not in NEUTRAL]
    deciding = [g for g in holding if g.key in bars or (said.waits and g.key == "prejudicial")]
    return deciding, [g for g in holding if g not in deciding]


def _stage_on(suit: Suit, on: datetime.date | None) -> str:
    """The stage of the criminal case on a day of the ordinary line."""
    problem = suit.problem
    line = criminal_line(problem.case, ORDINARY, problem.switches)
    return line.stage(on or problem.sue_on)


def _stage(stage: str, lang: str) -> str:
    return engine("stages.none", lang) if stage == "none" else engine(f"states.{stage}", lang)


def _ground(ground: Ground, suit: Suit, say: Say) -> str:
    basis = words("terms", f"bases.{ground.basis}", say.lang)
    name, about = (engine(f"grounds.{ground.key}.{part}", say.lang) for part in ("name", "about"))
    if ground.key == "restitution_whole" and not ground.holds:
        people = [getattr(suit.problem.case.party(who).name, say.lang) for who in ground.against]
        name = say("reasons.restitution_some", who=say("tables.comma").join(people))
    key = "ground_contested" if ground.contested else "ground"
    return say(f"reasons.{key}", name=name, basis=basis, about=about)


def _three(suit: Suit, say: Say) -> str:
    """What the suit gets in each of the three lines."""
    lines = suit.schedule.lines
    documents = {name: document_name(document_of(lines[name]), say.lang) for name in VARIANTS}
    named = [say("reasons.variant", variant=engine(f"variants.{name}", say.lang), said=said)
             for name, said in documents.items()]  # fmt: skip
    return say("reasons.three", list=say("board.comma").join(named))


def _again(suit: Suit, say: Say) -> Reason:
    resumes = suit.again == "resumes"
    said = say("reasons.resumes") if resumes else engine(f"refile.{suit.again}", say.lang)
    lines = [say("reasons.was", name=document_name(suit.document, say.lang))]
    lines += [*_refused_again(suit, say), said]
    if suit.document == LOST:
        lines.append(say("reasons.later_judgment"))
    return Reason(lines, AGAIN_CITES[suit.again])


def _refused_again(suit: Suit, say: Say) -> Iterator[str]:
    """That a second suit, after the criminal case, was sent away too."""
    answers = [s for s in suit.line.steps if s.state == "filing" and s.document]
    if len(answers) > 1 and answers[-1].document == NOT_ACCEPTED and answers[-1].ends:
        yield say("reasons.refused_again", day=date(answers[-1].ends, say.lang))


# ---------------------------------------------------------------- the day


def _months(suit: Suit, say: Say) -> Reason:
    """The civil track of the ordinary line, step by step, then the other two."""
    lang = say.lang
    steps = [s for s in suit.line.steps if s.track == "civil" and s.state != "enforcement"]
    lines = [say("reasons.from", day=date(suit.acted_on, lang))]
    lines += [_step(step, suit.line, say) for step in steps]
    lines += [say("reasons.retrial")] if steps[-1].state == "retrial_period" else []
    lines += absent_words(suit.line, lang)
    for name in VARIANTS:
        line = suit.schedule.lines[name]
        lines.append(say(
            "reasons.ends",
            variant=engine(f"variants.{name}", lang),
            day=date(on, lang) if (on := line.judged_on) else say("board.no_day"),
            about=engine(f"variants_about.{name}", lang),
            document=_ended(suit, line, lang),
        ))  # fmt: skip
    lines += [*_without_limit(suit, say), say("reasons.bounds")]
    cites = (*absent_cites(suit.line), *suit.line.used_on)
    return Reason(lines, cites, suit.line.used_on, ends=_month_ends(suit, say))


def _month_ends(suit: Suit, say: Say) -> str:
    """On which time line a range of months has each of its ends."""
    months = suit.months
    if not isinstance(months, Interval):
        return ""
    on = {name: suit.month_of(line) for name, line in suit.schedule.lines.items()}
    said = {}
    for end, month in (("low", months.low), ("high", months.high)):
        names = [engine(f"variants.{name}", say.lang) for name in on if on[name] == month]
        said[end] = spoken(month, say.lang, "months")
        said[f"{end}_line"] = say("trace:ends.between").join(names)
    return say("reasons.range_months", **said)


def _ended(suit: Suit, line: Line, lang: str) -> str:
    """Name what a line ends in; of a final judgment, its day and the first one too."""
    if line.document != FINAL or line.final_on is None:
        return engine(f"documents.{line.document}.name", lang)
    return words("procedure_lesson", "board.sentence.dated", lang, said=suit.ends_in(line, lang),
                  day=date(line.final_on, lang))  # fmt: skip


def _without_limit(suit: Suit, say: Say) -> list[str]:
    """The days of the step for which the law names no limit, if this line has it."""
    if all(entry["key"] != OPENING for entry in suit.schedule.assumptions):
        return []
    days = regime_for(suit.problem.case).parameter(OPENING)
    ends = {"low": days.low, "usual": days.value, "high": days.high}
    return [say("reasons.opening", **{name: f"{value:g}" for name, value in ends.items()})]


def _step(step: Step, line: Line, say: Say) -> str:
    source = engine(f"sources.{step.rests_on}", say.lang)
    state = step_name(step, line.steps, say.lang)
    if step.ends is None:
        return say("reasons.no_end", state=state, source=source)
    key = "reasons.ruled" if step.begins == step.ends else "reasons.step"
    return say(key, state=state, day=date(step.ends, say.lang), source=source)
