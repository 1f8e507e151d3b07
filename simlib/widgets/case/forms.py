"""What the lab's forms ask: the reader's answer, the choice of case and position, the knobs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from simlib.case import load_case, shipped_cases
from simlib.text import words

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.widgets.case.knobs import Knob

FIRST, TWIN = "2024-lu-0302-5690", "hengnan-hengyang"
NORMS = ("civil-code:1165", "civil-code:1169", "civil-code:1172", "civil-code:987")
DOCUMENTS = ("judgment", "dismissal", "ruling")
TOOLS = (
    ("reset:", "reset_all"),
    ("copy-link", "copy"),
    ("png", "png"),
    ("csv", "csv"),
    ("json", "json"),
)


def answer_spec(case: Case, lang: str) -> list[dict]:
    """The reader's own answer: norm, document, amount, in this order."""
    norms = [(n, words("terms", f"norms.{n}", lang)) for n in NORMS]
    documents = [(d, words("case", f"commit.document_{d}", lang)) for d in DOCUMENTS]
    most = case.loss_fen / 100
    amount = {
        "kind": "range",
        "id": "amount",
        "label": words("case", "commit.amount", lang),
        "min": 0,
        "max": most,
        "step": max(1, round(most / 250)),
        "unit": words("case", "unit.yuan", lang),
    }
    return [
        _options("choice", "norm", words("case", "commit.norm", lang), norms),
        _options("choice", "document", words("case", "commit.document", lang), documents),
        amount,
        _button("commit", "commit", words("case", "commit.send", lang), strong=True),
        _button("open", "open", words("case", "commit.open", lang)),
    ]


def is_answer(answer: dict) -> bool:
    """Whether the form can have been sent with this: nothing yet, or a whole answer."""
    if answer in ({}, {"opened": True}):
        return True
    fen = answer.get("amount_fen")
    return (
        answer.get("norm") in NORMS
        and answer.get("document") in DOCUMENTS
        and type(fen) is int
        and fen >= 0
    )


def choice_spec(case: Case, helpers: list[str], lang: str) -> list[dict]:
    """Which case, which position, which helper; then the tools."""
    titles = [(name, getattr(load_case(name).title, lang)) for name in _in_order()]
    spec = [_options("select", "case", words("case", "choose.case", lang), titles)]
    positions = [(p.id, getattr(p.title, lang)) for p in case.positions]
    if positions:
        label = words("case", "choose.position", lang)
        spec.append(_options("choice", "position", label, positions))
    if len(helpers) > 1:
        names = [(h, getattr(case.party(h).name, lang)) for h in helpers]
        spec.append(_options("select", "party", words("case", "choose.party", lang), names))
    done = words("case", "tool.copied", lang)
    return spec + [
        _button(name, action, words("case", f"tool.{name}", lang), done=done)
        for action, name in TOOLS
    ]


def knob_spec(knobs: Iterable[Knob], lang: str) -> list[dict]:
    """The knobs in order; the degrees of proof folded away behind them."""
    plain = [k.spec(lang) for k in knobs if k.group != "proof"]
    folded = [k.spec(lang) for k in knobs if k.group == "proof"]
    group = {"kind": "group", "id": "proof", "label": words("case", "knobs.proof", lang)}
    return [*plain, group, *folded]


def _in_order() -> list[str]:
    """The lesson's case and its twin first."""
    return [FIRST, TWIN, *(n for n in shipped_cases() if n not in (FIRST, TWIN))]


def _options(kind: str, id: str, label: str, pairs: list[tuple[str, str]]) -> dict:
    options = [{"value": value, "label": text} for value, text in pairs]
    return {"kind": kind, "id": id, "label": label, "options": options}


def _button(id: str, action: str, label: str, **more: object) -> dict:
    return {"kind": "button", "id": id, "action": action, "label": label, **more}
