"""One entry of what an outcome assumes: a key, a value, on what basis, and whose it is."""

from __future__ import annotations

Assumption = dict[str, object]  # `{"key", "value", "basis"}`, `party` where one's

TEACHING, IN_FORCE, REFORM = "teaching assumption", "law in force", "reform proposal"
DOCTRINE = "doctrine"


def teaching(key: str, value: object, party: str | None = None) -> Assumption:
    """Return an assumption made for teaching."""
    return entry(key, value, TEACHING, party)


def entry(key: str, value: object, basis: str, party: str | None = None) -> Assumption:
    """Return an assumption on some other basis (one of `simlib.law.citation.BASES`)."""
    assumption: Assumption = {"key": key, "value": value, "basis": basis}
    return assumption | ({"party": party} if party else {})
