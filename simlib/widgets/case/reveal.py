"""What the bet opens: the answer beside the court and the law in force, compared; the rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from simlib import fault
from simlib.figures.board import rounded
from simlib.figures.ghost import by_scale, lacking
from simlib.figures.people import short_names
from simlib.interval import high_end, low_end
from simlib.law.regime import regime_for
from simlib.text import amount, cite_for, topic_words, words
from simlib.widgets.case.panes import cited

if TYPE_CHECKING:
    from simlib.case.model import Ruling
    from simlib.widgets.lesson import View

TOPIC = "case_lesson"
ENRICHMENT = "civil-code:987"
CITED = {ENRICHMENT: ("civil-code:985", ENRICHMENT)}  # the basis of a claim, and how far it reaches
BY_FORM = {
    "concert": "civil-code:1168",
    "knowing": "civil-code:1169(1)",
    "careless": "civil-code:1172",
}  # where the law in force gives something: its article on the form of liability
DISMISSED = ("unproved", "nothing_fault", "nothing_cause")


def reveal(view: View, answer: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """The answer, the last court's order and the law in force, in columns; a sentence; the rule.

    `theirs` is the sentence for an answer that came with somebody else's link; `right` says
    whether document and amount are those of the court.

    Parameters
    ----------
    view
        the case as the bet was made on it
    answer
        `norm`, `document`, `amount_fen`; what is missing (opened without an answer) is left out
    """
    said = _Said(view, answer, lang)
    columns = [said.yours()] if said.answered else []
    columns += [said.court()] if said.ruling else []
    columns.append(said.law())
    return {
        "columns": columns,
        "sentence": said.sentence("you"),
        "theirs": said.sentence("link"),
        "rule": _say("rule", lang),
        "right": said.answered and said.is_right(),
    }


class _Said:
    """What there is to say of an answer, beside the court (else the law in force)."""

    def __init__(self, view: View, answer: Mapping[str, Any], lang: str) -> None:
        self.case, self.answer, self.lang = view.case, answer, lang
        self.outcome, self.party = view.outcomes["auto"], view.scene.party
        self.mine = self.outcome.parties[self.party]
        ordered = [r for r in view.case.rulings if r.amount_fen is not None]
        self.ruling: Ruling | None = ordered[-1] if ordered else None
        self.answered = "amount_fen" in answer
        self.key = self._key()

    def say(self, key: str, **values: object) -> str:
        return _say(key, self.lang, **values)

    def _key(self) -> str:
        """Why the law in force gives what it gives."""
        if self.mine.mode == "dismiss_claim":
            return "unproved"
        if not high_end(self.mine.exposure_fen):
            return "nothing_cause" if lacking(self.case, self.party) == "cause" else "nothing_fault"
        grade = fault.grade(self.case.party(self.party), regime_for(self.case)).value
        return grade if grade in BY_FORM else "careless"

    # ------------------------------------------------------------ the columns

    def yours(self) -> dict[str, str]:
        norm, document = self.answer["norm"], self.answer["document"]
        note = self.say(
            "note", norm=self._cites(CITED.get(norm, (norm,))), document=self._document(document)
        )
        return self._column("you", amount(self.answer["amount_fen"], self.lang), note)

    def court(self) -> dict[str, str]:
        assert self.ruling is not None
        document = self._document("judgment" if self.ruling.amount_fen else "dismissal")
        cites = self._cited()
        note = self.say("court_note", cites=cites, document=document) if cites else document
        return self._column("court", amount(self.ruling.amount_fen, self.lang), note)

    def law(self) -> dict[str, str]:
        note = self.say(f"law_note.{self.key}")
        if by_scale(self.outcome, self.party):
            said = words(TOPIC, "board.note.scale", self.lang)
            note = words(TOPIC, "board.note.between", self.lang).join((note, said))
        return self._column("law", amount(rounded(self.mine.exposure_fen), self.lang), note)

    def _column(self, id: str, value: str, note: str) -> dict[str, str]:
        return {"id": id, "label": self.say(f"label.{id}"), "value": value, "note": note}

    def _document(self, id: str) -> str:
        return self.say(f"document.{id}")

    def _cites(self, ids: Sequence[str]) -> str:
        listed = [cite_for(id, self.case, self.lang) for id in ids]
        return self._short(words(TOPIC, "board.between", self.lang).join(listed))

    def _cited(self) -> str:
        return self._short(cited(self.case, self.ruling, self.lang)) if self.ruling else ""

    def _short(self, cites: str) -> str:
        """Leave out the code that all articles here are of, and shorten the other law."""
        said = topic_words(TOPIC, self.lang)["reveal"]["short"]
        for name in ("code", "law"):
            cites = cites.replace(said[name], said[f"{name}_short"])
        return cites

    # ------------------------------------------------------------ the sentence

    def is_right(self) -> bool:
        """Whether the answer orders what the court (else the law in force) orders."""
        return self.answer["document"] == self._its() and self._more_fen() == 0

    def sentence(self, whose: str) -> str:
        """Compare the answer with the court and the law in force; without one, say why."""
        if not self.answered:
            return self._why()
        named = {
            "who": short_names(self.case, self.lang)[self.party],
            "chose": self.say(f"chose.{whose}"),
            "other": self.say(f"beside.{'court' if self.ruling else 'law'}"),
        }
        parts = [self._on_order(named), self._on_norm(named), self._unexplained()]
        text = self.say("sentence", parts=self.say("between").join(filter(None, parts)))
        return text + self.say("ruled") if self.answer["document"] == "ruling" else text

    def _unexplained(self) -> str:
        """What the source leaves open of a full sum: on which form of liability it rests."""
        ruling = self.ruling
        return self.say("unexplained") if ruling and ruling.form == "full" else ""

    def _its(self) -> str:
        """The document of the court, else of the law in force."""
        if self.ruling:
            return "judgment" if self.ruling.amount_fen else "dismissal"
        return "dismissal" if self.key in DISMISSED else "judgment"

    def _more_fen(self) -> int:
        """How much more the answer gives: nothing within what the law in force leaves open."""
        given = self.answer["amount_fen"]
        its = self.ruling.amount_fen if self.ruling else self.mine.exposure_fen
        return int(given - min(max(given, low_end(its)), high_end(its)))

    def _on_order(self, named: Mapping[str, str]) -> str:
        """Compare the document, and where it is the same the amount."""
        mine, more = self.answer["document"], self._more_fen()
        if mine != self._its():
            documents = {"document": self._document(mine), "its": self._document(self._its())}
            return self.say("on.document", **documents, **named)
        if not more:
            return self.say("on.same", **named)
        difference = amount(abs(more), self.lang)
        return self.say("on.more" if more > 0 else "on.less", difference=difference, **named)

    def _on_norm(self, named: Mapping[str, str]) -> str:
        """Compare the norm with that of the court and that of the law in force."""
        norm, law = self.answer["norm"], BY_FORM.get(self.key, "")
        cites = [c.partition("(")[0] for c in self.ruling.cites] if self.ruling else []
        values = {
            "norm": self._cites(CITED.get(norm, (norm,))),
            "court": self._cites([c for c in self.ruling.cites if c.startswith("civil-code:")])
            if self.ruling
            else "",
            "law": self._cites([law]) if law else "",
        }
        if norm == ENRICHMENT:
            key = "enrichment"
        elif norm in cites:
            key = "court_law" if law and not law.startswith(norm) else "court"
        elif law.startswith(norm):
            key = "law_court" if values["court"] else "law"
        else:
            key = f"other_{norm.partition(':')[2]}"
        return self.say(f"norm.{key}", **values, **named)

    def _why(self) -> str:
        """Say why the law in force gives what it gives."""
        names = short_names(self.case, self.lang)
        named = {"who": names[self.party], "victim": names[self.case.claimant]}
        key = "careless_scale" if by_scale(self.outcome, self.party) else self.key
        value = amount(rounded(self.mine.exposure_fen), self.lang)
        return self.say(f"why.{key}", amount=value, **named)


def _say(key: str, lang: str, **values: object) -> str:
    return words(TOPIC, f"reveal.{key}", lang, **values)
