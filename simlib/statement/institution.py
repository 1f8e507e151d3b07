"""Which bank or wallet a file comes from, so that a refusal can say what to press there."""

from __future__ import annotations

from simlib.resources import table

UNKNOWN = "general"
LOOKED_AT = 4_000  # letters of a text


def institution_of(*texts: str) -> str:
    """Return a key of `texts/*/statement_steps.toml`, by a file's name or its first words.

    Examples
    --------
    >>> institution_of("微信支付账单.png"), institution_of("scan.pdf", "招商银行交易流水")
    ('wechat', 'cmb')
    >>> institution_of("scan.pdf")
    'general'
    """
    for text in texts:
        lower = text[:LOOKED_AT].lower()
        for key, names in table("statement", "institutions.toml").items():
            if any(name in lower for name in names):
                return str(key)
    return UNKNOWN
