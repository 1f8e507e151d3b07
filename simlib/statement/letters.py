"""Characters that look like the usual ones and are others: what PDF files hold in their place.

A font draws 民 and its radical ⺠ alike, and a browser that prints a page writes down the radical.
Unicode's compatibility forms (NFKC) undo most of the Kangxi radicals; here stand the others, and
three that NFKC would turn into another form than the mainland's (⼾ into 戶).
"""

from __future__ import annotations

import re

_RADICALS = (
    "⺄乙⺅亻⺆冂⺈刀⺉刂⺊卜⺌小⺍小⺎兀⺑尢⺒巳⺓幺⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歹⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫"
    "⺦丬⺧牛⺨犭⺩王⺬示⺭礻⺮竹⺯糸⺰纟⺱罓⺲罒⺶羊⺷羊⺸羊⺹耂⺺肀⺻聿⺼月⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角"
    "⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏邑⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟饣⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟"
    "⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龟⻲亀⻳龟⼾户⾭青⿈黄"
)
_USUAL = str.maketrans(dict(zip(_RADICALS[::2], _RADICALS[1::2], strict=True)))
_MET = re.compile(r"[\u2e80-\u2fdf]")


def usual(text: str) -> str:
    """Return a text with the usual characters in place of radicals.

    Examples
    --------
    >>> usual("⼾名：⻢⻰，人⺠币"), usual("戶名")
    ('户名：马龙，人民币', '戶名')
    """
    return text.translate(_USUAL) if _MET.search(text) else text
