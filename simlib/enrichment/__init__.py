"""Unjust enrichment (不当得利): a claim of its own beside the claim in tort, never added to it.

Civil Code articles 985 to 988 ask for other elements than tort does: did he obtain the money, at
her expense, without legal ground; and did he know or ought he to have known it. What obtaining
means where money only passed through his card is contested, so each reading gives an amount.
"""

from simlib.enrichment.assess import assess
from simlib.enrichment.model import ELEMENTS, READINGS, Element, Enrichment, Reading, either

__all__ = ["ELEMENTS", "READINGS", "Element", "Enrichment", "Reading", "assess", "either"]
