"""What lesson 05 asks of its engine: one helper's share, step by step, and what of it is fact."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from simlib.figures.board import Large, is_court, rounded, spoken
from simlib.figures.names_of_people import helpers_of, short_names
from simlib.figures.row_premises import authority, by_scale, note
from simlib.figures.rulings import ruling_of
from simlib.interval import Interval, high_end, low_end
from simlib.lessons.outcome import Line, Value
from simlib.lessons.riskbenefit.knobs import chosen, lever_of
from simlib.lessons.riskbenefit.model import (
    DIMENSIONS,
    LAW,
    SCORES,
    Model,
    against_paper,
    hundredths,
    node_of,
    points,
)
from simlib.text import amount, percent, topic_words, words

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.interval import FenRange, ShareRange
    from simlib.lessons.declaration import Scene
    from simlib.lessons.outcome import Say
    from simlib.trace import Trace

POWERS = ("rho", "foresight", "control")  # what the risk score is the product of
WHENCE = "whence"
PLAIN = {"law": "law", "court": "court", "base": "value", "score": "value"}
MOVED = ("base", "share")  # rows of which it is said why they stand still
NEAR = 0.02  # of a share: nearer than that to a half counts as half


# ---------------------------------------------------------------- the board


def solve(case: Case, chosen: Mapping[str, Any], lang: str = "zh", party: str = "") -> Model:
    """One helper under the model as it is set, the first if none is named."""
    helpers = helpers_of(case)
    return Model(case, party if party in helpers else helpers[0], chosen)


def value(found: Model, row: str, column: str, say: Say) -> Value | None:
    """A score or a share, and where it comes from; words that cannot be asked about."""
    name = called(found, row, say)
    if column == WHENCE:
        return Value(word=_whence(found, row, say), name=say("board.whence.name", row=name),
                     asks=None)  # fmt: skip
    if is_court(row):
        part = found.ordered(row)
        return Value(None if part is None else hundredths(part), name=name,
                     asks=f"{row}|exposure|")  # fmt: skip
    way, key = (LAW, "exposure") if row == "law" else (found.way, row)
    return Value(hundredths(found.steps[row]), name=name, asks=f"{way}|{key}|{found.party}")


def called(found: Model, row: str, say: Say) -> str:
    """What a row is called; of a decision by its instance."""
    if not is_court(row):
        return say(f"rows.{row}.name")
    ruling = ruling_of(found.case, row)
    instance = say(f"case:instance.{(ruling and ruling.instance) or 'court'}")
    several = sum(each.amount_fen is not None for each in found.case.rulings) > 1
    key = "court_instance" if several else "court"
    return say(f"case_lesson:board.{key}", instance=instance)


def _whence(found: Model, row: str, say: Say) -> str:
    """How many facts a number rests on, of each kind; a value, the law, a decision."""
    if key := PLAIN.get(row.partition(":")[0]):
        scaled = row == "law" and by_scale(found.law, found.party)
        return say("board.whence.law_scale" if scaled else f"board.whence.{key}")
    of = (row,) if row in DIMENSIONS else ()
    counted = found.counted(*of)
    shown = {kind: n for kind, n in counted.items() if n or (kind == "found" and not of)}
    if sum(counted.values()) == 1:
        parts = [say(f"board.whence.one_{kind}") for kind in shown]
    else:
        parts = [say(f"board.whence.{kind}", count=n) for kind, n in shown.items()]
    return say("board.between").join(parts)


def line(found: Model, row: str, scene: Scene, say: Say) -> Line | None:
    """What a number rests on; why there is no share; that the values are not the paper's."""
    if is_court(row):
        ruling = ruling_of(found.case, row)
        if ruling is None:
            return None
        said = say("board.note.court", amount=amount(ruling.amount_fen, say.lang))
        return Line(said, name=called(found, row, say))
    if row == "law":
        return Line(law_note(found, say.lang), authority(found.law, found.party))
    said = say(f"board.note.{_note_key(found, row)}", **_told(found, say))
    if row != "share":
        return Line(said)
    kind = found.assessment.limit
    none = "" if high_end(found.share) else kind if kind in ("gate", "exempt") else "none"
    ghost = say("board.ghost") if against_paper(found.regime) else ""
    return Line(said, ghost=ghost, stamp=say(f"board.stamp.{none}") if none else "")


def _note_key(found: Model, row: str) -> str:
    """Under which key a row of the model has its note."""
    if row == "gain":
        return "gain_open" if found.person.gain_direct_fen is None else "gain"
    if row == "base":
        return "base_off" if "base" not in found.on else "base" if found.base else "base_open"
    if row == "share":
        kind = found.assessment.limit
        return "capped_open" if kind == "capped" and found.limit is None else kind
    return row


def _told(found: Model, say: Say) -> dict[str, str]:
    """What the notes speak of."""
    person, lang = found.person, say.lang

    def fact(name: str) -> str:
        value = getattr(person, name)
        return say("lab:open.unknown") if value is None else f"{value:g}"

    cause = [
        say("board.fact", label=say(f"riskbenefit:fact.{name}"), value=fact(name))
        for name in found.facts_of("cause")
    ]
    gain = person.gain_direct_fen
    return {
        "foresight": fact("foresight"),
        "control": fact("control"),
        "cause": say("board.between").join(cause),
        "act": say(f"terms:acts.{person.act}") if person.act else say("board.act_open"),
        "gain": "" if gain is None else amount(gain, lang),
        "way": say(f"riskbenefit_lab:way.{found.way}"),
        "score": points(found.assessment.score),
        "base": "" if found.base is None else percent(found.base, lang),
        "limit": "" if found.limit is None else percent(found.limit, lang),
        "acts": acts_named(say),
    }


def acts_named(say: Say) -> str:
    """Name the four acts of help: any of them may be the one that is not known."""
    return say("board.between").join(
        str(name) for name in topic_words("terms", say.lang)["acts"].values()
    )


def law_note(found: Model, lang: str) -> str:
    """Say on what the law in force rests; of internal burdens nothing is said here."""
    between = words("case_lesson", "board.note.between", lang)
    inside = words("case_lesson", "board.note.scale_inside", lang)
    parts = note(found.case, found.law, found.party, lang).split(between)
    return between.join(part for part in parts if part != inside)


def form_note(found: Model, lang: str) -> str:
    """Say only on which articles the law in force rests, and in which form one is liable."""
    return law_note(found, lang).split(words("case_lesson", "board.note.between", lang))[0]


def large(found: Model, scene: Scene, column: str, say: Say) -> Large:
    """Return the share under the assumptions that are set."""
    label = say("board.large", who=short_names(found.case, say.lang)[found.party])
    read = spoken(hundredths(found.share), say.lang, "percent")
    asks = f"{found.way}|share|{found.party}"
    name = say("board:name.bar", name=label, amount=read)
    return Large(label, percent(found.share, say.lang), asks, name)


def sentence(found: Model, scene: Scene, say: Say) -> str:
    """Say what the share comes to, what the limit does to it, and what is open."""

    def said(key: str, **values: object) -> str:
        return say(f"riskbenefit_lab:sentence.{key}", **values)

    lang = say.lang
    key, part = "share", ""
    if found.part_fen is not None:
        key, part = "share_of_part", amount(found.part_fen, lang)
    who = short_names(found.case, lang)[found.party]
    text = said(key, amount=amount(found.fen, lang), who=who, part=part)
    if effect := found.effect():
        limit = "" if found.limit is None else percent(found.limit, lang)
        text += said(effect, raw=percent(found.raw, lang), limit=limit)
    unsure = [d for d in DIMENSIONS if isinstance(getattr(found.assessment, d), Interval)]
    if unsure and isinstance(found.share, Interval):
        named = [say(f"riskbenefit:dimension.{d}") for d in unsure]
        text += said("open", what=say("riskbenefit_lab:path.listed").join(named))
    return text


def still(knob: str, row: str, states: tuple[Model, Model], scene: Scene, say: Say) -> str:
    """Why the share did not move with a lever that does nothing where the model stands."""
    before, now = states
    if row not in MOVED or before.share != now.share:
        return ""
    name = lever_of(knob, now.person.act)
    lever = next((each for each in now.dead if each.key == name), None)
    return say(f"riskbenefit:reason.{lever.reason}") if lever else ""


# ---------------------------------------------------------------- reveal, scenes and tasks


def revealed(found: Model, say: Say) -> dict[str, str]:
    """The model's share, what the court ordered, what may be claimed; how much of it is fact."""
    lang, counted = say.lang, found.counted()
    who = short_names(found.case, lang)[found.party]
    facts, known = sum(counted.values()), counted["found"]
    fen = next(r.amount_fen for r in found.case.rulings if r.amount_fen is not None)
    return {
        "model": percent(found.share, lang),
        "court": amount(fen, lang),
        "court_share": percent(fen / found.case.loss_fen, lang),
        "law": amount(found.law.parties[found.party].exposure_fen, lang),
        "basis": law_note(found, lang),
        "unknown": str(counted["unknown"]),
        "counted": say(
            "reveal.counted", who=who, facts=facts, found=known, values=found.parameters
        ),
    }


def numbers(before: Model, now: Model, say: Say) -> dict[str, str]:
    """Shares, amounts, scores and counts of facts, before and now."""
    states = (before, "_before"), (now, "")
    return {name + end: said for at, end in states for name, said in _numbers(at, say.lang).items()}


def _numbers(at: Model, lang: str) -> dict[str, str]:
    ordered = [r.amount_fen / at.case.loss_fen for r in at.case.rulings if r.amount_fen]
    return {
        **{kind: str(count) for kind, count in at.counted().items()},
        "share": percent(at.share, lang),
        "fen": amount(at.fen, lang),
        "raw": percent(at.raw, lang),
        "base": "" if at.base is None else percent(at.base, lang),
        "cap": "" if at.limit is None else percent(at.limit, lang),
        "law": amount(rounded(at.law.parties[at.party].exposure_fen), lang),
        "court": percent(ordered[-1], lang) if ordered else "",
        "values": str(at.parameters),
        "loss": amount(at.case.loss_fen, lang),
        **{key: points(getattr(at.assessment, key)) for key in SCORES},
        "risk_sum": risk_sum(at, lang),
        "cause_sum": cause_sum(at, lang),
        **law_weights(at),
    }


def risk_sum(at: Model, lang: str) -> str:
    """The risk score from its three factors; empty where one of them is open.

    Examples
    --------
    ``0.6^0.4×0.9^0.3×0.6^0.3＝0.68``
    """
    person, regime = at.person, at.regime
    if person.act is None or person.foresight is None or person.control is None:
        return ""
    lift = regime.value("pi_professional") if person.professional else 0.0
    factors = (
        regime.value(f"rho.{person.act}"),
        person.foresight,
        1 - (1 - person.control) * (1 - lift),
    )
    powers = (regime.value(f"risk.{name}") for name in POWERS)
    written = "×".join(f"{f:.4g}^{p:.4g}" for f, p in zip(factors, powers, strict=True))
    return _equation(written, at.assessment.risk, lang)


def cause_sum(at: Model, lang: str) -> str:
    """The cause score from its two factors; empty where one is open, or it is stated itself."""
    person = at.person
    known = person.indispensability is not None and person.push is not None
    if not known or person.causal_force is not None:
        return ""
    factors = f"{person.indispensability:.4g}×{person.push:.4g}"
    return _equation(f"√({factors})", at.assessment.cause, lang)


def _equation(written: str, score: ShareRange, lang: str) -> str:
    return f"{written}{'＝' if lang == 'zh' else ' = '}{high_end(score):.2f}"  # one number here


def law_weights(at: Model) -> dict[str, str]:
    """What the law's range rests on, where it is one of weights: of fault, of cause, of both."""
    own = node_of(at.law, "weight", at.party)
    if own is None or own.rule != "weight.product":
        return dict.fromkeys(("law_fault", "law_cause", "law_weight", "law_most"), "")
    found: dict[str, Trace] = {"weight": own, **{node.key: node for node in own.children}}
    ends = {key: _ends_of(node.value) for key, node in found.items()}
    said = {key: low if low == high else f"{low}–{high}" for key, (low, high) in ends.items()}
    return {
        "law_fault": said["fault"],
        "law_cause": said["causal_force"],
        "law_weight": said["weight"],
        "law_most": ends["weight"][1],
    }


def _ends_of(weight: Any) -> tuple[str, str]:
    return f"{low_end(weight):.4g}", f"{high_end(weight):.4g}"


def narrowed(before: Model, now: Model) -> str:
    """What the share did: one number now, or a narrower range, or it stayed."""
    then, after = _ends(before), _ends(now)
    if after == then:
        return "same"
    return "number" if after[0] == after[1] else "range"


def fell(before: Model, now: Model) -> str:
    """What the share did: about halved, or fell a little, or stayed, or vanished."""
    then, after = _ends(before), _ends(now)
    if then == after:
        return "same"
    if not any(after):
        return "none"
    halved = all(abs(new / old - 0.5) < NEAR for old, new in zip(then, after, strict=True) if old)
    return "half" if halved else "less"


def matched(before: Model, now: Model) -> str:
    """Where the share lies beside what the court ordered [whole percent], if no fact changed."""
    if now.person != before.person:
        return "facts"
    ordered = now.ordered("court")
    court = 0 if ordered is None else round(100 * float(high_end(ordered)))
    low, high = (round(100 * end) for end in _ends(now))
    return "exact" if low == high == court else "high" if high > court else "low"


def _ends(at: Model) -> tuple[float, float]:
    return float(low_end(at.share)), float(high_end(at.share))


def share_told(case: Case) -> FenRange:
    """Where the share lies on the facts of a case, in whole percent [hundredths of a percent]."""
    low, high = (round(end, 2) for end in _ends(solve(case, chosen({}, case))))
    return hundredths(Interval(low, high))


READS = {"share": share_told}
ASKS = {
    "how the range narrowed": narrowed,
    "how far the share fell": fell,
    "whether it is what the court ordered": matched,
}
