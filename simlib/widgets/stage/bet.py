"""The bet: what the reader answers before anything is shown; HTML, and what contradicts itself.

The same HTML stands in the first bytes of a page, before any kernel lives, and in JupyterLab.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from html import escape

from simlib.money import Fen
from simlib.text import amount, words
from simlib.widgets.markup import tag
from simlib.widgets.page_messages import Nonsense

TOPIC = "stage"
STEPS = 250  # of the slider, about
HEARD = ("missing", "between", "empty", "kept", "preparing")  # words that the page itself says
OPENED = {"opened": True}  # the answer of who opened the lesson without one
BESIDE = 9  # letters of a question that have room beside its answers; a longer one stands above
NARROW = 0.5  # how wide a letter is that is no Chinese character


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a bet.

    Attributes
    ----------
    id, label
        its name, and what is asked
    options
        value and label of each choice; empty: a number is asked for
    most_fen
        the largest amount that makes sense [fen]; 0: a percentage is asked for, not an amount
    hands_fen
        the amounts a class votes on [fen]; empty: nothing, a part, or all
    was
        the `key` of the question it replaced; empty: of none
    """

    id: str
    label: str
    options: tuple[tuple[str, str], ...] = ()
    most_fen: Fen = 0
    hands_fen: tuple[Fen, ...] = ()
    was: str = ""

    @property
    def key(self) -> str:
        """Under which name the state keeps the answer: amounts in fen, percentages whole."""
        return f"{self.id}_fen" if self.most_fen else self.id

    @property
    def most(self) -> int:
        """The largest number that makes sense, in yuan or percent."""
        return self.most_fen // 100 or 100


@dataclass(frozen=True, slots=True)
class Clash:
    """A choice that does not go together with an amount, or with none.

    Attributes
    ----------
    id, value
        the question and its option
    amount
        the question that asks for the amount
    pays
        whether it is an amount above 0 that the option does not go with, or 0
    said
        why, and what to do
    """

    id: str
    value: str
    amount: str
    pays: bool
    said: str

    def holds(self, answer: Mapping[str, object]) -> bool:
        """Whether an answer, as the state keeps it, contradicts itself so."""
        given = answer.get(f"{self.amount}_fen", answer.get(self.amount))
        pays = isinstance(given, int | float) and given > 0
        return answer.get(self.id) == self.value and given is not None and pays == self.pays


def bet_html(questions: Sequence[Question], lang: str, clashes: Sequence[Clash] = ()) -> str:
    """The form; nothing in it is chosen beforehand."""
    above = any(_is_long(q.label) for q in questions)  # one pattern for all of them
    asked = "".join(_choice(q, above) if q.options else _amount(q, lang, above) for q in questions)
    said = tag("p", class_="bet-said", role="alert")
    left = tag("small", escape(_say("left", lang, n=len(questions))),
               data_left=_say("left", lang, n="{n}"))  # fmt: skip
    send = tag("button", escape(_say("send", lang)) + left, type="submit", data_id="commit",
               aria_disabled="true")  # fmt: skip
    open_ = tag("button", escape(_say("open", lang)), type="button", data_id="open",
                class_="is-quiet")  # fmt: skip
    wait = tag("span", class_="bet-wait", role="status")
    buttons = tag("p", send + open_ + wait, class_="bet-buttons")
    told = {f"data_{key}": _say(key, lang, list="{list}") for key in HEARD}
    if clashes:
        told["data_clashes"] = json.dumps([asdict(each) for each in clashes], ensure_ascii=False)
    label = _say("label", lang)
    return tag("form", asked + said + buttons, class_="bet", data_bet="", novalidate="",
               aria_label=label, **told)  # fmt: skip


def _choice(question: Question, above: bool) -> str:
    labels = "".join(
        tag(
            "label",
            tag("input", type="radio", name=question.id, value=value)
            + " "
            + tag("span", escape(text)),
        )
        for value, text in question.options
    )
    legend = tag("legend", escape(question.label))
    name = "is-long" if above else None
    return tag("fieldset", legend + labels, data_id=question.id, class_=name)


def _is_long(label: str) -> bool:
    """Whether a question has no room beside its answers."""
    return sum(1 if ord(letter) > 0x2E80 else NARROW for letter in label) > BESIDE


def _amount(question: Question, lang: str, above: bool) -> str:
    most = question.most
    bounds = {"min": 0, "max": most}
    id = f"bet-{question.id}"
    label = tag("label", escape(question.label), for_=id)
    step = max(1, round(most / STEPS))
    slider = tag("input", type="range", **bounds, step=step, aria_label=question.label,
                 aria_valuetext=_say("empty", lang))  # fmt: skip
    number = tag("input", type="number", **bounds, step="any", inputmode="decimal", id=id)
    none, whole = ("0", "100%") if not question.most_fen else _ends(question, lang)
    said = _say("beyond", lang, most=whole) if question.most_fen else _say("percent", lang)
    ends = "".join(tag("span", escape(end)) for end in (none, whole))
    track = tag("div", slider + tag("div", ends, class_="bet-ends"), class_="bet-track")
    names = "bet-amount is-empty is-long" if above else "bet-amount is-empty"
    hands = [amount(fen, lang) for fen in question.hands_fen]
    voted = json.dumps(hands, ensure_ascii=False) if hands else None
    return tag("div", label + track + number, data_id=question.id, data_beyond=said,
               data_hands=voted, class_=names)  # fmt: skip


def _ends(question: Question, lang: str) -> tuple[str, str]:
    """What stands under the ends of an amount's slider."""
    return amount(0, lang), amount(question.most_fen, lang)


@dataclass(frozen=True, slots=True)
class Read:
    """What a page's bet comes to: the answer as the state keeps it, or why it is asked back."""

    answer: dict[str, object] = field(default_factory=dict)
    said: str = ""


def read_bet(values: Mapping[str, object], questions: Sequence[Question], lang: str) -> Read:
    """Read what the page sent: complete, each in its bounds, or asked back.

    Raises
    ------
    Nonsense
        for what no form of ours sends
    """
    if not set(values) <= {q.id for q in questions}:
        raise Nonsense("answers to nothing that was asked")
    answer: dict[str, object] = {}
    for question in questions:
        value = values.get(question.id)
        if value is None or value == "":
            return Read(said=_say("incomplete", lang))
        if question.options:
            if value not in [each for each, _ in question.options]:
                raise Nonsense("no choice of this question")
            answer[question.id] = value
            continue
        number = whole_fen(value)
        if said := _wrong(number, question, lang):
            return Read(said=said)
        answer[question.key] = number if question.most_fen else (number or 0) // 100
    return Read(answer)


def _wrong(number: int | None, question: Question, lang: str) -> str:
    """Why a number is asked back; `number` in hundredths, None: it is none."""
    beyond = number is None or not 0 <= number <= 100 * question.most
    if not question.most_fen:
        whole = number is not None and number % 100 == 0
        return "" if whole and not beyond else _say("percent", lang)
    if number is None:
        return _say("number", lang)
    return _say("beyond", lang, most=amount(question.most_fen, lang)) if beyond else ""


def whole_fen(yuan: object) -> Fen | None:
    """An amount as a page sends it, in fen; None: no number, or finer than a fen.

    Examples
    --------
    >>> whole_fen(579.05), whole_fen(0.001), whole_fen("12"), whole_fen(True)
    (57905, None, None, None)
    """
    if type(yuan) not in (int, float) or not math.isfinite(float(yuan)):  # type: ignore[arg-type]
        return None
    hundredfold = float(yuan) * 100  # type: ignore[arg-type]
    fen = round(hundredfold)
    return fen if abs(hundredfold - fen) < 1e-4 else None


def shown(answer: Mapping[str, object]) -> dict[str, object]:
    """An answer as the form's controls say it; amounts in yuan."""
    if answer in ({}, OPENED):
        return {}
    return {
        key.removesuffix("_fen"): value / 100
        if isinstance(value, int) and key.endswith("_fen")
        else value
        for key, value in answer.items()
    }


def is_bet(answer: Mapping[str, object], questions: Sequence[Question]) -> bool:
    """Whether a form, of this frame or of the one before, can have sent this."""
    if answer in ({}, OPENED):
        return True
    if set(answer) != {q.key for q in questions}:
        return False
    for question in questions:
        if question.options:
            if answer[question.id] not in [each for each, _ in question.options]:
                return False
        elif type(found := answer[question.key]) is not int or not 0 <= found <= 10**15:
            return False
    return True


def of_now(answer: Mapping[str, object], questions: Sequence[Question]) -> dict[str, object]:
    """The answer of an older link; to a question that was replaced: opened without one."""
    replaced = any(q.was in answer for q in questions if q.was)
    return dict(OPENED if replaced else answer)


def _say(key: str, lang: str, **values: object) -> str:
    return words(TOPIC, f"bet.{key}", lang, **values)
