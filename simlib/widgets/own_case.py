"""The reader's own case in a lab: from his device or browser into the state, or why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.case import check_text
from simlib.case.toml_guard import Refused, decode
from simlib.errors import CaseError, Problem
from simlib.text import message, words
from simlib.widgets.page_messages import Nonsense
from simlib.widgets.state import OWN, Scene, case_in, digest, fields_of, lacking
from simlib.widgets.supposed_grades import first_of

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.widgets.state_change import Steps

MOST_BYTES = 2_000_000  # what a page may send; the socket takes no more than 10 MB
MOST_SAID = 12  # problems told at once


class Mine:
    """What a lab does with the reader's own case.

    The page sends `{"own": "file"}` with the file's bytes, `{"own": "text", "text"}` with what
    the editor left in the browser, `{"own": "stored", "texts"}` when a link awaits its case, or
    `{"own": "link", "text"}` with the state in the fragment of its address.

    Attributes
    ----------
    awaited
        the link whose settings wait for the case it does not carry; None: none
    """

    def __init__(self, lab: Steps) -> None:
        self._lab = lab
        self.follow(None)

    def follow(self, link: str | None) -> None:
        """Await the case of this link, if the link lacks it."""
        self._link, self.awaited = link, lacking(link)

    def hear(self, content: dict[str, object], buffers: list[memoryview]) -> None:
        """What the page says of the reader's own case."""
        said, text, texts = (content.get(key) for key in (OWN, "text", "texts"))
        if said == "file" and buffers:
            self._read(bytes(buffers[0]))
        elif said == "text" and isinstance(text, str):
            self._read(text.encode())
        elif said == "link" and isinstance(text, str):
            self._lab.hand_over(text)
        elif said == "stored" and isinstance(texts, list):
            held = [each for each in texts if isinstance(each, str)]
            for each in [each for each in held if digest(_clean(each)) == self.awaited][:1]:
                self.open(each)
        else:
            raise Nonsense("nothing about a case")

    def why_not(self) -> str:
        """Why the case of the link is not shown: the lab's reason, or that the link is broken."""
        if self.awaited:
            return self._say("awaited")
        case, _ = check_text(case_in(self._link))
        return (case and self._lab.refuses(case)) or words("lab", "link.broken", self._lab.lang)

    def _read(self, data: bytes) -> None:
        if len(data) > MOST_BYTES:
            self._refuse([Problem("-", "too-big", {"most": MOST_BYTES})])
            return
        try:
            self.open(decode(data))
        except Refused as refusal:
            self._refuse([Problem("-", refusal.finding.code, refusal.finding.values)])

    def open(self, text: str) -> None:
        """Show this case, or say in words why not and stay where we are."""
        lab, text = self._lab, _clean(text)
        case, problems = check_text(text)
        if case is None:
            self._refuse(problems)
        elif reason := lab.refuses(case):
            lab.warn(reason)
        elif self.awaited and digest(text) == self.awaited:
            self._resume(text)
        else:
            self._show(text, case)

    def _resume(self, text: str) -> None:
        """The case that a link awaited: its settings come with it."""
        lab, self.awaited = self._lab, None
        if lab.state.from_text(self._link or "", lab.accept, own=text):
            lab.renew()
            self._opened()
        else:
            lab.warn(self._say("cannot"))

    def _show(self, text: str, case: Case) -> None:
        lab, state = self._lab, self._lab.state
        first = first_of(case)
        fields = fields_of(Scene(OWN, first)) | {OWN: text, "committed": {"opened": True}}
        fields |= {"selected": [], "stage": ""}
        if state.kept and state.kept.case_id == OWN and state.own != text:
            fields["kept"] = None  # A spoke of another case of the same name

        def show() -> None:
            state.put(fields)
            lab.renew(record=True)
            self.awaited = None

        missed = self.awaited
        if lab.attempt(show, self._say("cannot")):
            if missed:
                lab.warn(self._say("other"))
            self._opened()

    def _opened(self) -> None:
        """The page keeps the text for as long as its tab is open."""
        self._lab.send_own({OWN: "opened"})

    def _refuse(self, problems: list[Problem]) -> None:
        lines = message(CaseError(self._say("file"), problems[:MOST_SAID]), self._lab.lang)
        more = len(problems) - MOST_SAID
        said = [self._say("refused"), lines, *([self._say("more", count=more)] if more > 0 else [])]
        self._lab.warn("\n".join(said))

    def spec(self) -> dict[str, object]:
        """The control by which the page offers to open a case."""
        say = {key: self._say(key) for key in ("open", "carried", "left")}
        say |= {"draft": self._say("draft", title="{title}")}
        say |= {"big": self._say("big", most=MOST_BYTES)}
        awaits = self.awaited is not None
        return {"kind": OWN, "id": OWN, "say": say, "awaits": awaits, "most": MOST_BYTES}

    def value(self, link: str) -> str:
        """Whether the link carries the case that is shown: `carried`, `left`, or nothing to say."""
        state = self._lab.state
        if OWN not in (state.case_id, state.kept and state.kept.case_id):
            return ""
        return "left" if lacking(link) else "carried"

    def _say(self, key: str, **values: object) -> str:
        return words("lab", f"own.{key}", self._lab.lang, **values)


def _clean(text: str) -> str:
    """Text as UTF-8 can hold it, without the mark some editors put first."""
    return text.removeprefix("\ufeff").encode("utf-8", "replace").decode()
