"""A trial with lines of chat, and receipts for files that never leave the reader's device.

All digests are reckoned by the page itself (`static/digest.js`). Python sends words, and hears
nothing: neither what is typed nor a byte or a name of a file comes back.
"""

from __future__ import annotations

import anywidget
import traitlets

from simlib.evidence.receipt import CLOCK, SCHEMA
from simlib.resources import LANGS
from simlib.text import topic_words, words
from simlib.widgets.controls import LAYOUT, loader
from simlib.widgets.page_messages import Door

TOPIC = "deposit_lab"
LIMITS = ("before", "chain", "keep")  # as `simlib deposit` prints them


class DepositView(Door, anywidget.AnyWidget):
    """The trial and the deposit, all of it in the page.

    Attributes
    ----------
    words
        what the page says, in the reader's language; `lines` are the four lines of chat
    receipt
        what every receipt of the page says of itself: schema, by whose clock it is dated, and
        what it does not show, in both languages
    lang
        the reader's language, in which that notice is shown
    """

    _esm = loader("deposit", "deposit.js")
    words = traitlets.Dict().tag(sync=True)
    receipt = traitlets.Dict().tag(sync=True)
    lang = traitlets.Unicode().tag(sync=True)

    def __init__(self, lang: str = "zh") -> None:
        fixed = {
            "schema": SCHEMA,
            "time_from": CLOCK,
            "notice": {one: notice(one) for one in LANGS},
        }
        super().__init__(words=topic_words(TOPIC, lang), receipt=fixed, lang=lang, layout=LAYOUT)


def notice(lang: str) -> list[str]:
    """Say what a receipt dated by the depositor's own computer does not show."""
    keys = (f"time.{CLOCK}", *(f"limit.{key}" for key in LIMITS))
    return [words("evidence_deposit", key, lang) for key in keys]


def deposit_lab(lang: str = "zh") -> DepositView:
    """The trial with a chat, and receipts for the reader's own files.

    Parameters
    ----------
    lang
        `zh` or `en`

    Raises
    ------
    KeyError
        for another language
    """
    return DepositView(lang)
