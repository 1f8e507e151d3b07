"""What the bet opens: the answer beside the court and the law in force, compared; the rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from simlib import fault
from simlib.figures.board import rounded
from simlib.figures.row_premises import by_scale, lacking
from simlib.figures.rulings import cited, ordered, referred
from simlib.interval import high_end, low_end
from simlib.law.regime import regime_for
from simlib.lessons.case.outcomes import EXPOSURE, LAW, Decided
from simlib.text import amount, cite_for, date

if TYPE_CHECKING:
    from simlib.case.model import Ruling
    from simlib.interval import FenRange
    from simlib.lessons.outcome import Say

ENRICHMENT = "civil-code:987"
CITED = {ENRICHMENT: ("civil-code:985", ENRICHMENT)}  # the basis of a claim, and how far it reaches
BY_FORM = {
    "concert": "civil-code:1168",
    "knowing": "civil-code:1169(1)",
    "careless": "civil-code:1172",
}  # where the law in force gives something: its article on the form of liability
DISMISSED = ("unproved", "nothing_fault", "nothing_cause")


def reveal(found: Decided, answer: Mapping[str, Any], say: Say) -> dict[str, Any]:
    """Return the answer, the last court's order and the law in force; a sentence; the rule.

    `theirs` is the sentence for an answer that came with somebody else's link, `folded` (with
    `folded_theirs` and its head `more`) what explains it; `right` says whether document and
    amount are those of the court.

    Parameters
    ----------
    found
        the case as the bet was made on it
    answer
        `norm`, `document`, `amount` in fen; empty: the lesson was opened without an answer
    """
    said = Compared(found, answer, say)
    columns = [said.yours()] if answer else []
    columns += [said.court()] if said.ruling else []
    wrong = answer and not said.is_right
    return {
        "columns": [*columns, said.law()],
        "sentence": said.sentence("you"),
        "theirs": said.sentence("link"),
        "folded": said.folded("you"),
        "folded_theirs": said.folded("link"),
        "more": say("reveal.more" if wrong else "reveal.more_court"),
        "rule": say("reveal.rule"),
        "right": said.is_right if answer else None,
    }


@dataclass(frozen=True)
class Compared:
    """An answer beside the last court, or, where none ordered anything, the law in force."""

    found: Decided
    answer: Mapping[str, Any]
    words: Say

    def say(self, key: str, **values: object) -> str:
        """Words of the reveal."""
        return self.words(f"reveal.{key}", **values)

    @cached_property
    def ruling(self) -> Ruling | None:
        """The last decision that orders an amount."""
        return next(reversed(ordered(self.found.case)), None)

    @cached_property
    def key(self) -> str:
        """Why the law in force gives what it gives."""
        case, party = self.found.case, self.found.party
        if self.found.law.parties[party].mode == "dismiss_claim":
            return "unproved"
        if not high_end(self.law_fen):
            return "nothing_cause" if lacking(case, party) == "cause" else "nothing_fault"
        grade = fault.grade(case.party(party), regime_for(case)).value
        return grade if grade in BY_FORM else "careless"

    @property
    def law_fen(self) -> FenRange:
        """What the law in force gives [fen]."""
        return self.found.fen(LAW, EXPOSURE)

    @property
    def its_fen(self) -> FenRange:
        """What the court ordered, else what the law in force gives [fen]."""
        fen = self.ruling.amount_fen if self.ruling else None
        return self.law_fen if fen is None else fen

    @property
    def its(self) -> str:
        """The document of the court, else of the law in force."""
        if self.ruling:
            return "judgment" if self.ruling.amount_fen else "dismissal"
        return "dismissal" if self.key in DISMISSED else "judgment"

    @property
    def more_fen(self) -> int:
        """How much more the answer gives: nothing within what the law in force leaves open."""
        given, its = self.answer["amount"], self.its_fen
        return int(given - min(max(given, low_end(its)), high_end(its)))

    @property
    def other_document(self) -> bool:
        """Whether the answer names another document."""
        return bool(self.answer["document"] != self.its)

    @property
    def is_right(self) -> bool:
        """Whether the answer orders what the court (else the law in force) orders."""
        return not self.other_document and self.more_fen == 0

    # ------------------------------------------------------------ the columns

    def yours(self) -> dict[str, str]:
        """What was answered."""
        note = self.say("note", norm=self._norm(), document=self._document(self.answer["document"]))
        return self._column("you", self.answer["amount"], note)

    def court(self) -> dict[str, str]:
        """What the last court ordered."""
        document, cites = self._document(self.its), self._cited()
        note = self.say("court_note", cites=cites, document=document) if cites else document
        return self._column("court", self.its_fen, note)

    def law(self) -> dict[str, str]:
        """What the law in force gives."""
        note = self.say(f"law_note.{self.key}")
        if by_scale(self.found.law, self.found.party):
            parts = note, self.words("board.note.scale")
            note = self.words("board.note.between").join(parts)
        return self._column("law", rounded(self.law_fen), note)

    def _column(self, id: str, fen: FenRange, note: str) -> dict[str, str]:
        value = amount(fen, self.words.lang)
        return {"id": id, "label": self.say(f"label.{id}"), "value": value, "note": note}

    def _document(self, id: str) -> str:
        return self.say(f"document.{id}")

    def _norm(self) -> str:
        norm = self.answer["norm"]
        return self._cites(CITED.get(norm, (norm,)))

    def _cites(self, ids: Sequence[str]) -> str:
        listed = [cite_for(id, self.found.case, self.words.lang) for id in ids]
        return self._short(self.words("board.between").join(listed))

    def _cited(self) -> str:
        ruling = self.ruling
        return self._short(cited(self.found.case, ruling, self.words.lang)) if ruling else ""

    def _short(self, cites: str) -> str:
        """Leave out the code that all articles here are of, and shorten the other law."""
        for name in ("code", "law"):
            cites = cites.replace(self.say(f"short.{name}"), self.say(f"short.{name}_short"))
        return cites

    # ------------------------------------------------------------ the sentence

    def sentence(self, whose: str) -> str:
        """Compare the answer with the court and the law in force, in a line; else say why."""
        if not self.answer:
            return self._why()
        named = self._named(whose)
        if self._all_differ():
            its = amount(rounded(self.its_fen), self.words.lang)
            return self._joined(self.say("all", amount=its, **named))
        parts = self.say("between").join((self._on_order(named), self._on_norm(named)))
        text = self.say("sentence", parts=parts)
        return self._joined(text) if self.other_document else text

    def folded(self, whose: str) -> list[str]:
        """What explains the line: the norm if it is not in it, the order, what is left open."""
        said = []
        if self.answer and self._all_differ():
            said.append(self.say("sentence", parts=self._on_norm(self._named(whose))))
        if self.answer and self.answer["document"] == "ruling":
            said.append(self.say("ruled"))
        return said + self._unexplained()

    def _named(self, whose: str) -> dict[str, str]:
        return {
            "who": self.found.names(self.words.lang)["who"],
            "chose": self.say(f"chose.{whose}"),
            "other": self.say(f"beside.{'court' if self.ruling else 'law'}"),
        }

    def _joined(self, first: str) -> str:
        """Add why the document is another: the suit was heard, or what the law gives."""
        heard = self.answer["document"] == "ruling" and self.its == "judgment"
        return self.say("joined", first=first, then=self.say("merits") if heard else self._why())

    def _all_differ(self) -> bool:
        """Whether document and amount are not the court's, and the norm nobody's."""
        if not self.ruling:
            return False
        norm, law = self.answer["norm"], BY_FORM.get(self.key, "")
        shared = any(cite.partition("(")[0] == norm for cite in (*self.ruling.cites, law))
        return self.other_document and self.more_fen != 0 and not shared

    def _unexplained(self) -> list[str]:
        """Why court and law in force cite different articles, and what the source leaves open."""
        if not self.ruling or self.ruling.form != "full":
            return []
        said = []
        if self._differs():
            law = self._cites([BY_FORM["knowing"]])
            said.append(self.say("differs", court=self._cited(), law=law))
        case, lang = self.found.case, self.words.lang
        if since := referred(case, self.ruling):
            said.append(self.say("early", acted=date(case.acted_on, lang), since=date(since, lang)))
        return [*said, self.say("unexplained")]

    def _differs(self) -> bool:
        """Whether joint liability follows from an article the court that gave all did not cite."""
        if self.ruling is None or self.ruling.form != "full":
            return False
        return self.key == "knowing" and BY_FORM["knowing"] not in self.ruling.cites

    def _on_order(self, named: Mapping[str, str]) -> str:
        """Compare the document, and where it is the same the amount."""
        lang, more = self.words.lang, self.more_fen
        if self.other_document:
            mine, its = self._document(self.answer["document"]), self._document(self.its)
            fen = amount(rounded(self.its_fen), lang)
            key = "on.both" if more else "on.document"
            return self.say(key, amount=fen, document=mine, its=its, **named)
        if not more:
            return self.say("on.same", **named)
        difference = amount(abs(more), lang)
        return self.say("on.more" if more > 0 else "on.less", difference=difference, **named)

    def _on_norm(self, named: Mapping[str, str]) -> str:
        """Compare the norm with that of the court and that of the law in force."""
        norm, law = self.answer["norm"], BY_FORM.get(self.key, "")
        cites = self.ruling.cites if self.ruling else ()
        court = self._cites([c for c in cites if c.startswith("civil-code:")])
        if norm == ENRICHMENT:
            key = "enrichment"
        elif norm in [cite.partition("(")[0] for cite in cites]:
            other = law and not law.startswith(norm) and not self._differs()
            key = "court_law" if other else "court"
        elif law.startswith(norm):
            key = "law_court" if court else "law"
        else:
            key = f"other_{norm.partition(':')[2]}"
        said = self._cites([law]) if law else ""
        return self.say(f"norm.{key}", norm=self._norm(), court=court, law=said, **named)

    def _why(self) -> str:
        """Say why the law in force gives what it gives."""
        key = "careless_scale" if by_scale(self.found.law, self.found.party) else self.key
        value = amount(rounded(self.law_fen), self.words.lang)
        return self.say(f"why.{key}", amount=value, **self.found.names(self.words.lang))
