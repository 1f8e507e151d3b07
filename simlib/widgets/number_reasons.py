"""Why a number is what it is: a few steps, its reasons, the articles, the mode it belongs to."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from simlib.explain import assumption_words, explain, face, minority, open_ends, pending
from simlib.figures.asked_number import Asked
from simlib.figures.board import is_court
from simlib.figures.names_of_people import short_names
from simlib.figures.number_steps import steps
from simlib.figures.rulings import ruling_of, told
from simlib.law.modes import mode_law_for
from simlib.text import amount, words
from simlib.widgets.markup import articles, paragraphs, range_ends, reasons, tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from simlib.case.model import Case
    from simlib.liability import Outcome
    from simlib.trace import Assumption, Trace


COLUMNS = ("exposure", "received", "burden")


def reason_in(
    case: Case, outcomes: Mapping[str, Outcome], helper: str, selected: Sequence[str], lang: str
) -> tuple[str, str]:
    """Title and HTML of why a number of a form, or of a decision, is what it is; or both empty.

    First the steps with their sum, then, folded, every step down to fact and article.
    """
    row, key, party = selected
    if is_court(row):
        return _ordered(case, row, lang)
    if row not in outcomes:
        return "", ""
    party = party if party in outcomes[row].parties else helper
    asked = Asked(case, outcomes, row, key if key in COLUMNS else "exposure", party, lang)
    column = words("case_lesson", f"board.column.{asked.key}_name", lang)
    mode = words("modes", f"{row}.name", lang)
    title = asked.say("title", mode=mode, column=column, amount=asked.money(asked.fen))
    listed = "".join(tag("li", escape(step)) for step in steps(asked))
    of = [row, key, "" if key == "received" else party]
    folded = tag("summary", escape(asked.say("whole"))) + why(case, outcomes, of, lang)
    written = tag("ol", listed, class_="stage-steps") + tag("details", folded)
    return title, ends(case, outcomes, of, lang) + written


def _ordered(case: Case, row: str, lang: str) -> tuple[str, str]:
    """What a court ordered, cited and said; a row of another case is none."""
    ruling = ruling_of(case, row)
    if ruling is None:
        return "", ""
    said = amount(ruling.amount_fen, lang)
    title = words("case_lesson", "reasons.ruling", lang, amount=said)
    return title, "".join(paragraphs(line) for line in told(case, ruling, lang))


def why(case: Case, outcomes: Mapping[str, Outcome], selected: Sequence[str], lang: str) -> str:
    """The reasons for one number, then the mode it belongs to."""
    mode, key, party = selected
    outcome = outcomes[mode]
    html = ""
    if key:
        try:
            step = explain(outcome.reason(key, party or None), case, lang)
        except KeyError:  # the number of an earlier setting: the mode itself is still explained
            return _mode(case, outcome, lang)
        html = tag("ul", reasons(step, lang), class_="simlib-reasons")
        cited = articles(_cited(outcome, key, party), case, lang)
        html += heading("why.articles", lang, "h3") + cited
    return html + _mode(case, outcome, lang)


def ends(case: Case, outcomes: Mapping[str, Outcome], selected: Sequence[str], lang: str) -> str:
    """Where the two ends of a range come from, before its steps; empty for a number."""
    mode, key, party = selected
    try:
        node = outcomes[mode].reason(key, party or None)
    except KeyError:  # of an earlier setting, or of a mode as a whole
        return ""
    return node_ends(node, case, lang) or _ends_of_others(outcomes[mode], node, case, lang)


def node_ends(node: Trace, case: Case, lang: str) -> str:
    """Where the two ends of a step's range come from; empty for a number."""
    return range_ends(open_ends(node, case, short_names(case, lang), lang))


def _ends_of_others(outcome: Outcome, paid: Trace, case: Case, lang: str) -> str:
    """Of one who pays what others leave: the ends are those of what the others owe."""
    if paid.rule != "paid.open":
        return ""
    owed = tuple(node for node in outcome.reason("received").walk() if node.key == "exposure")
    return node_ends(replace(paid, children=owed), case, lang)


def _cited(outcome: Outcome, key: str, party: str) -> list[str]:
    node = outcome.reason(key, party or None)
    return [c for n in node.walk() for c in n.cites] or list(outcome.citations)


def heading(key: str, lang: str, level: str = "h4") -> str:
    return tag(level, escape(words("lab", key, lang)))


def _mode(case: Case, outcome: Outcome, lang: str) -> str:
    """What a mode is, on what authority, its strongest objection, and what was assumed."""
    law = mode_law_for(outcome.mode, case)
    name = words("modes", f"{outcome.mode}.name", lang)
    basis, said = outcome.basis, words("terms", f"bases.{outcome.basis}", lang)
    if outcome.mode == "several" and minority(outcome):
        said = words("board", "supposed.minority", lang)
        basis, said = "doctrine", words("board", "supposed.marked", lang, authority=said)
    basis = tag("span", escape(said), class_="simlib-tag", data_kind=basis)
    parts = [tag("h3", f"{escape(name)} {basis}")]
    parts += [
        paragraphs(sentence, class_="simlib-warn")
        for sentence in (face(outcome, case, lang), *pending(outcome, case, lang))
        if sentence
    ]
    for part in ("definition", "why", "objection"):
        label = tag("b", escape(words("lab", f"why.{part}", lang)))
        parts.append(
            tag(
                "p",
                label + escape(words("modes", f"{outcome.mode}.{part}", lang)),
                class_=f"simlib-{part}",
            )
        )
    parts.append(articles([*law.cites, *law.objection_cites], case, lang))
    parts.append(heading("why.assumptions", lang))
    parts.append(
        assumed(outcome.assumptions, case, lang)
        or paragraphs(words("lab", "why.nothing_assumed", lang))
    )
    return tag("section", "".join(parts), class_="simlib-mode")


def assumed(entries: Iterable[Assumption], case: Case, lang: str) -> str:
    """What was assumed, each with its basis, as a list; empty if nothing was."""
    rows = "".join(
        tag(
            "li",
            escape(assumption_words(entry, case, lang))
            + " "
            + tag(
                "span",
                escape(words("terms", f"bases.{entry['basis']}", lang)),
                class_="simlib-tag",
                data_kind=entry["basis"],
            ),
        )
        for entry in entries
    )
    return tag("ul", rows) if rows else ""
