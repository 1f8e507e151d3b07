"""Reports in text: tables and lists of words, and those on cases and decisions."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from simlib.case.model import Case
from simlib.explain import assumption_words, face, faced, form_name, pending
from simlib.figures.answered_part import rate_said, share_said
from simlib.interval import FenRange
from simlib.liability import Outcome
from simlib.liability.assumption import Assumption
from simlib.text import amount, cite_for, words

GAP = "  "
AMOUNTS = ("exposure_fen", "paid_fen", "burden_fen", "carried_fen", "short_fen")


class Report:
    """The words of a report on a case: of one topic, in the reader's language.

    Parameters
    ----------
    topic
        the file of words
    at
        the table in it, ending in a dot; empty: the file's own keys
    headings
        the table of headings, in the former
    """

    def __init__(
        self, topic: str, case: Case, lang: str, at: str = "", headings: str = "heading"
    ) -> None:
        self.topic, self.case, self.lang, self.at = topic, case, lang, at
        self._headings = headings

    @property
    def title(self) -> str:
        """Return the case's title."""
        return str(getattr(self.case.title, self.lang))

    def say(self, key: str, **values: object) -> str:
        """Return words of the report's own table."""
        return words(self.topic, self.at + key, self.lang, **values)

    def named(self, key: str, topic: str = "") -> str:
        """Return words of the whole file, or of another topic's."""
        return words(topic or self.topic, key, self.lang)

    def name(self, party: str) -> str:
        """Return a party's name."""
        return str(getattr(self.case.party(party).name, self.lang))

    def sued_name(self, party: str) -> str:
        """Return a party's name, with a remark if it is not sued."""
        name = self.name(party)
        return (
            name if self.case.party(party).sued else words("cli", "not_sued", self.lang, who=name)
        )

    def amount(self, fen: FenRange) -> str:
        """Write an amount of money."""
        return amount(fen, self.lang)

    def head(self, *keys: str) -> list[str]:
        """Return the titles of columns."""
        return [self.say(f"column.{key}") for key in keys]

    def part(self, key: str, body: str) -> str:
        """Put a heading over a part; return nothing if there is nothing in it."""
        return f"{self.say(f'{self._headings}.{key}')}\n{body}" if body else ""

    def listed(self, key: str, lines: Iterable[str]) -> str:
        """Return a part that is a list."""
        return self.part(key, bullets(lines))

    def citations(self, ids: Iterable[str]) -> str:
        """Return the part that cites articles by their number on the case's day."""
        return self.listed("citations", (cite_for(id, self.case, self.lang) for id in ids))

    def assumptions(self, entries: Iterable[Assumption]) -> str:
        """Return the part that says what was assumed."""
        said = (assumption_words(entry, self.case, self.lang) for entry in entries)
        return self.listed("assumptions", said)

    def decided(self, mode: str, basis: str, faces: Iterable[str | None]) -> list[str]:
        """Return the lines that say what was decided: title, form and basis, remarks."""
        basis = self.named(f"bases.{basis}", "terms")
        noted = [words("cli", "face", self.lang, face=said) for said in faces if said]
        return [self.title, words("cli", "decided", self.lang, mode=mode, basis=basis), *noted]


def joined(parts: Iterable[str]) -> str:
    """Join the parts that hold anything by blank lines."""
    return "\n\n".join(part for part in parts if part)


def bullets(lines: Iterable[str]) -> str:
    """Return a list, one line each."""
    return "\n".join(f"- {line}" for line in lines)


def table(rows: Sequence[Sequence[str]], right: Iterable[int] = ()) -> str:
    """Align rows in columns, a Chinese character counting two; the first row is the head."""
    lines = aligned(rows, set(right))
    widths = [max(width(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join([lines[0], GAP.join("-" * wide for wide in widths), *lines[1:]])


def aligned(rows: Sequence[Sequence[str]], right: set[int]) -> list[str]:
    """Return rows as lines with their columns below each other."""
    widths = [max(width(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        GAP.join(_pad(text, widths[n], n in right) for n, text in enumerate(row)).rstrip()
        for row in rows
    ]


def width(text: str) -> int:
    """Count the terminal columns a text takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _pad(text: str, wide: int, right: bool) -> str:
    space = " " * (wide - width(text))
    return space + text if right else text + space


# ---------------------------------------------------------------- cases and decisions


def of_cases(cases: Sequence[Case], lang: str) -> str:
    """List cases, one a line: name, basis, loss, title."""
    head = [words("cli", f"columns.{key}", lang) for key in ("case", "basis", "loss", "title")]
    rows = [
        [
            case.id,
            words("terms", f"case_bases.{case.basis}", lang),
            amount(case.loss_fen, lang),
            getattr(case.title, lang),
        ]
        for case in cases
    ]
    return table([head, *rows], right={2})


def of_outcome(outcome: Outcome, case: Case, lang: str) -> str:
    """Report a decision: what the claimant gets, who pays, on what, and what was assumed."""
    report = Report("cli", case, lang, headings="headings")
    heading = report.decided(_mode(outcome, lang), outcome.basis, [face(outcome, case, lang)])
    return joined([
        "\n".join([*heading, *pending(outcome, case, lang)]),
        _sums(report, outcome),
        _parties(report, outcome),
        report.listed("recourse", _recourse(report, outcome)),
        report.citations(outcome.citations),
        report.assumptions(outcome.assumptions),
    ])  # fmt: skip


def of_outcomes(outcomes: Mapping[str, Outcome], case: Case, lang: str) -> str:
    """Compare modes: what the claimant gets, and what each sued party pays."""
    report = Report("cli", case, lang)
    sued = [p.id for p in case.parties if p.role != "victim" and p.sued]
    head = [report.say("columns.mode"), report.say("columns.basis")]
    head += [report.named(f"results.{key}_fen", "terms") for key in ("received", "unrecovered")]
    head += [report.say("columns.pays", who=report.name(id)) for id in sued]
    rows = [
        [
            faced(report.named(f"forms.{mode}", "terms"), face(outcome, case, lang), lang),
            report.named(f"bases.{outcome.basis}", "terms"),
            report.amount(outcome.received_fen),
            report.amount(outcome.unrecovered_fen),
            *(report.amount(outcome.parties[id].paid_fen) for id in sued),
        ]
        for mode, outcome in outcomes.items()
    ]
    return joined([report.title, table([head, *rows], right=range(2, len(head)))])


def _mode(outcome: Outcome, lang: str) -> str:
    """Name the mode; of `auto` under a view or a proposal, whose it is."""
    if outcome.mode == "auto" and outcome.basis != "law in force":
        return words("parameters", f"regimes.{outcome.regime.removesuffix('*')}.name", lang)
    return words("terms", f"forms.{outcome.mode}", lang)


def _sums(report: Report, outcome: Outcome) -> str:
    keys = ("claim_fen", "received_fen", "unrecovered_fen")
    rows = [
        [report.named(f"results.{key}", "terms"), report.amount(getattr(outcome, key))]
        for key in keys
    ]
    return "\n".join(aligned(rows, right={1}))


def _parties(report: Report, outcome: Outcome) -> str:
    head = [report.say(f"columns.{key}") for key in ("party", "mode")]
    head += [report.named(f"results.{key}", "terms") for key in ("share", *AMOUNTS)]
    rows = [
        [
            report.sued_name(id),
            form_name(outcome, id, report.lang),
            share_said(outcome, id, report.lang, partial(rate_said, lang=report.lang)),
            *(report.amount(getattr(party, key)) for key in AMOUNTS),
        ]
        for id, party in outcome.parties.items()
    ]
    return table([head, *rows], right=range(2, len(head)))


def _recourse(report: Report, outcome: Outcome) -> list[str]:
    return [
        report.say(
            "recourse_behind" if claim.subordinate else "recourse",
            who=report.name(id),
            against=report.name(claim.against),
            amount=report.amount(claim.fen),
            kind=report.named(f"recourse_kinds.{claim.kind}", "terms"),
        )
        for id, party in outcome.parties.items()
        for claim in party.recourse
    ]
