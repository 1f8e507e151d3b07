"""A step of the reasoning on a piece of evidence: what it comes to, on what facts and authority."""

from __future__ import annotations

from dataclasses import dataclass

from simlib.law.citation import article


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of the reasoning.

    Attributes
    ----------
    key
        its words (`reasons` of `texts/*/evidence_deposit.toml`)
    about
        `after` or `before` the deposit, `truth` as a whole, or whether it can stand `alone`
    result
        what it comes to for that question
    cites, basis
        on what authority
    facts
        names of the stated facts it rests on
    """

    key: str
    about: str
    result: str
    cites: tuple[str, ...]
    facts: tuple[str, ...] = ()

    @property
    def basis(self) -> str:
        """Of what kind its first authority is."""
        return article(self.cites[0]).basis

    def to_json(self) -> dict[str, object]:
        """Return the step as plain JSON data."""
        return {
            "key": self.key, "about": self.about, "result": self.result,
            "cites": list(self.cites), "basis": self.basis, "facts": list(self.facts),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """Make reasons about one question, from the same authority and facts unless others are said."""

    about: str
    cites: tuple[str, ...]
    facts: tuple[str, ...]

    def __call__(
        self,
        key: str,
        result: str,
        cites: tuple[str, ...] | None = None,
        facts: tuple[str, ...] | None = None,
    ) -> Reason:
        return Reason(key, self.about, result, cites or self.cites, facts or self.facts)
