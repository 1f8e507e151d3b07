"""What the bet opens: the answer beside the court and the law in force, compared; the rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from simlib import fault
from simlib.figures.board import rounded
from simlib.figures.people import short_names
from simlib.figures.row_premises import by_scale, lacking
from simlib.interval import high_end, low_end
from simlib.law.regime import regime_for
from simlib.text import amount, cite_for, date, topic_words, words
from simlib.widgets.case.panes import cited, referred

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

    `theirs` is the sentence for an answer that came with somebody else's link, `folded` (with
    `folded_theirs` and its head `more`) what explains it; `right` says whether document and
    amount are those of the court.

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
        "folded": said.folded("you"),
        "folded_theirs": said.folded("link"),
        "more": _say("more" if said.answered and not said.is_right() else "more_court", lang),
        "rule": _say("rule", lang),
        "right": said.is_right() if said.answered else None,
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
        """Compare the answer with the court and the law in force, in a line; else say why."""
        if not self.answered:
            return self._why()
        named = self._named(whose)
        if self._all_differ():
            return self._joined(
                self.say("all", amount=self._its_amount(), **named), self._because()
            )
        parts = self.say("between").join((self._on_order(named), self._on_norm(named)))
        text = self.say("sentence", parts=parts)
        return self._joined(text, self._because()) if self._other_document() else text

    def folded(self, whose: str) -> list[str]:
        """What explains the line: the norm if it is not in it, the order, what is left open."""
        said = []
        if self.answered and self._all_differ():
            said.append(self.say("sentence", parts=self._on_norm(self._named(whose))))
        if self.answered and self.answer["document"] == "ruling":
            said.append(self.say("ruled"))
        return said + self._unexplained()

    def _named(self, whose: str) -> dict[str, str]:
        return {
            "who": short_names(self.case, self.lang)[self.party],
            "chose": self.say(f"chose.{whose}"),
            "other": self.say(f"beside.{'court' if self.ruling else 'law'}"),
        }

    def _joined(self, first: str, then: str) -> str:
        return self.say("joined", first=first, then=then)

    def _other_document(self) -> bool:
        return bool(self.answer["document"] != self._its())

    def _all_differ(self) -> bool:
        """Whether document and amount are not the court's, and the norm nobody's."""
        if not self.ruling:
            return False
        norm, law = self.answer["norm"], BY_FORM.get(self.key, "")
        shared = any(cite.partition("(")[0] == norm for cite in (*self.ruling.cites, law))
        return self._other_document() and self._more_fen() != 0 and not shared

    def _because(self) -> str:
        """Why the document is another: the suit was heard, or what the law in force gives."""
        heard = self.answer["document"] == "ruling" and self._its() == "judgment"
        return self.say("merits") if heard else self._why()

    def _unexplained(self) -> list[str]:
        """Why court and law in force cite different articles, and what the source leaves open."""
        if not self.ruling or self.ruling.form != "full":
            return []
        said = {"court": self._cited(), "law": self._cites([BY_FORM["knowing"]])}
        return [
            *([self.say("differs", **said)] if self._differs() else []),
            *self._early(),
            self.say("unexplained"),
        ]

    def _early(self) -> list[str]:
        """That the act was before a law was in force that the court cited and that refers on."""
        since = referred(self.case, self.ruling) if self.ruling else None
        if since is None:
            return []
        acted = date(self.case.acted_on, self.lang)
        return [self.say("early", acted=acted, since=date(since, self.lang))]

    def _differs(self) -> bool:
        """Whether joint liability follows from an article the court that gave all did not cite."""
        ruling, law = self.ruling, BY_FORM["knowing"]
        if ruling is None or ruling.form != "full":
            return False
        return self.key == "knowing" and law not in ruling.cites

    def _its(self) -> str:
        """The document of the court, else of the law in force."""
        if self.ruling:
            return "judgment" if self.ruling.amount_fen else "dismissal"
        return "dismissal" if self.key in DISMISSED else "judgment"

    def _its_amount(self) -> str:
        """What the court ordered, else what the law in force gives."""
        if self.ruling and self.ruling.amount_fen is not None:
            return amount(rounded(self.ruling.amount_fen), self.lang)
        return amount(rounded(self.mine.exposure_fen), self.lang)

    def _more_fen(self) -> int:
        """How much more the answer gives: nothing within what the law in force leaves open."""
        given = self.answer["amount_fen"]
        its = self.ruling.amount_fen if self.ruling else self.mine.exposure_fen
        return int(given - min(max(given, low_end(its)), high_end(its)))

    def _on_order(self, named: Mapping[str, str]) -> str:
        """Compare the document, and where it is the same the amount."""
        mine, more = self.answer["document"], self._more_fen()
        if self._other_document():
            documents = {"document": self._document(mine), "its": self._document(self._its())}
            key = "on.both" if more else "on.document"
            return self.say(key, amount=self._its_amount(), **documents, **named)
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
            other = law and not law.startswith(norm) and not self._differs()
            key = "court_law" if other else "court"
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
