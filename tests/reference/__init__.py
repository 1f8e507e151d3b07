"""A second, slow reading of the liability rules: what the engine is compared with.

Written from the rules' own words alone; it shares no code with the engine. Everything is an
exact fraction, nothing is clever. A case is the plain table of its file (or the dump of a
`Case`); where a fact is unknown and matters, `reference` refuses and `reference_interval`
tries the values it may have.
"""

from __future__ import annotations

from reference.facts import Refused, Unknown, read
from reference.grid import reference_interval
from reference.layers import reference, references
from reference.shares import score

__all__ = [
    "Refused", "Unknown", "read", "reference", "reference_interval", "references", "score",
]  # fmt: skip
