"""One victim under all tracing rules side by side, each with what kind of authority it has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from simlib.chain import METHODS, method_law
from simlib.figures.chain.names import Names, engine, phrase
from simlib.figures.chain.places import depths
from simlib.figures.drawing import Cell, Drawing
from simlib.figures.style import BASIS, FONT, GRID, INK, Spec, layout
from simlib.restitution import RULES
from simlib.text import amount

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.chain import Tracing

# the shape tells the rule, the colour what kind of authority it has
SHAPES = {
    "timestamp": "circle",
    "pro_rata": "square",
    "fifo": "triangle-right",
    "lifo": "triangle-left",
    "lowest_balance": "triangle-down",
    "poison": "x",
}
ORDER = tuple(SHAPES)
BY_LOSS = "by_loss"  # a way to give frozen money back that follows none
GIVEN = ("timestamp", "pro_rata", BY_LOSS, *ORDER[2:])  # every way the stage compares
MOST_CARDS = 12  # of more, the first layer and what is frozen
KIND = {
    "conference minutes": "document", "foreign law": "foreign", "teaching assumption": "tool",
}  # fmt: skip
EXTENDED = {"pro_rata": "extension"}  # the documents know it for the return, not for each payment
OF_RETURN = EXTENDED | {"timestamp": "came", BY_LOSS: "interpretation"}
ROWS = {"came": "came", "held": "frozen"}
# an account in its words, by its id, and what is looked at: `came` or `held`
Account: TypeAlias = tuple[str, str, str]
ROW_PX, LETTER_PX, SMALL_PX = 62, 13, 11


def draw_rules(
    case: Case, traced: Mapping[str, Tracing], victim: str, lang: str = "zh"
) -> Drawing:  # fmt: skip
    """Draw what of her money came into each account and is frozen, rule by rule.

    Parameters
    ----------
    traced
        rule → what it says of the case
    """
    names = Names(case, lang)
    rows = _rows_of(case, names)
    edge = _edge(traced, rows, victim) / 100
    figure: Spec = {
        "data": [
            _marks(n, key, traced[key], rows, victim, edge, lang) for n, key in enumerate(ORDER)
        ],
        "layout": layout(
            ROW_PX * len(rows) + 70,
            margin={"l": 8, "r": 14, "t": 38, "b": 30},
            font={"family": FONT, "size": LETTER_PX, "color": INK},
            meta={
                "phone": {
                    "font": {"family": FONT, "size": SMALL_PX, "color": INK},
                    "height": ROW_PX * len(rows) + 130,
                    "margin": {"l": 4, "r": 10, "t": 98, "b": 30},
                }
            },
            shapes=[_rule(n) for n in range(1, len(rows))],
            xaxis={
                "range": [-0.01 * edge, 1.04 * edge], "gridcolor": GRID, "fixedrange": True,
                "zeroline": True, "zerolinecolor": GRID, "nticks": 5,
                "tickformat": ",d" if lang == "en" else "d",
            },
            yaxis={
                "range": [len(rows) - 0.5, -0.5], "tickvals": list(range(len(rows))),
                "ticktext": [text for text, *_ in rows], "showgrid": False,
                "zeroline": False, "fixedrange": True, "automargin": True,
            },
        ),
    }  # fmt: skip
    columns = (phrase("rules.account", lang), *(titled(key, lang) for key in ORDER))
    table = tuple(_row(row, traced, victim, names) for row in rows)
    return Drawing(figure, columns, table, _sentence(case, traced, victim, names))


def titled(method: str, lang: str) -> str:
    """Return a rule's name with its kind of authority."""
    kind = EXTENDED.get(method) or KIND[method_law(method).basis]
    basis = phrase(f"rules.kind.{kind}", lang)
    name = engine(f"methods.{method}.name", lang)
    return phrase("rules.titled", lang, name=name, basis=basis)


def rule_name(rule: str, lang: str) -> str:
    """Return what one of `GIVEN` is called."""
    return (
        phrase(f"pool.rule.{rule}", lang) if rule in RULES else engine(f"methods.{rule}.name", lang)
    )


def rule_title(rule: str, lang: str) -> str:
    """Return the same with its kind of authority, and what of it is assumed."""
    kind = OF_RETURN.get(rule) or KIND[basis_of(rule)]
    basis = phrase(f"rules.kind.{kind}", lang)
    return phrase("rules.titled", lang, name=rule_name(rule, lang), basis=basis)


def basis_of(rule: str) -> str:
    """Return on what kind of authority one of `GIVEN` rests."""
    return method_law(ORDER[0] if rule == BY_LOSS else rule).basis


def _rows_of(case: Case, names: Names) -> list[tuple[str, str, str]]:
    """List (words, account, came or held): each helper's account, then the frozen ones."""
    at = depths(case)
    listed = [
        a for a in sorted(case.accounts, key=lambda a: at.get(a.id, 0))
        if a.id in at and case.party(a.holder).role not in ("victim", "principal")
    ]  # fmt: skip
    if len(listed) > MOST_CARDS:
        listed = [a for a in listed if a.frozen_fen or at[a.id] == 1][:MOST_CARDS]
    came = [(phrase("rules.came", names.lang, who=names.of(a.id)), a.id, "came") for a in listed]
    frozen = [
        (phrase("rules.frozen", names.lang, who=names.of(a.id)), a.id, "held")
        for a in listed
        if a.frozen_fen
    ]
    return came + frozen


def value(tracing: Tracing, victim: str, account: str, key: str) -> int:
    """Return what came into an account of her money, or lies there at the end [fen]."""
    if key == "held":
        return tracing.balance(account).get(victim, 0)
    return tracing.came((account,), victim)


def _edge(traced: Mapping[str, Tracing], rows: Sequence[Account], victim: str) -> int:
    """Return the axis's upper end [fen], ignoring poison, which counts money more than once."""
    values = [
        value(traced[method], victim, account, key)
        for _, account, key in rows
        for method in ORDER
        if method != "poison"
    ]
    return max([*values, 100])


def _marks(
    n: int, method: str, tracing: Tracing, rows: Sequence[Account], victim: str, edge: float,
    lang: str,
) -> Spec:  # fmt: skip
    """Draw one rule's marks; one beyond the axis stands at its end and is labelled."""
    fens = [value(tracing, victim, account, key) for _, account, key in rows]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": engine(f"methods.{method}.name", lang),
        "x": [min(fen / 100, edge) for fen in fens],
        "y": [row + (n - 2.5) * 0.13 for row in range(len(rows))],
        "text": [
            phrase("rules.beyond", lang, amount=amount(fen, lang)) if fen / 100 > edge else ""
            for fen in fens
        ],
        "textposition": "middle left",
        "marker": {"symbol": SHAPES[method], "size": 11, "color": BASIS[method_law(method).basis]},
        "cliponaxis": False,
        "customdata": [amount(fen, lang) for fen in fens],
        "hovertemplate": "%{fullData.name} %{customdata}<extra></extra>",
    }


def _rule(n: int) -> Spec:
    ends = {"x0": 0, "x1": 1, "xref": "paper", "y0": n - 0.5, "y1": n - 0.5}
    return {"type": "line", **ends, "line": {"color": GRID, "width": 1}}


def _row(
    row: Account, traced: Mapping[str, Tracing], victim: str, names: Names
) -> tuple[Cell, ...]:
    (_, account, key), lang = row, names.lang
    cells = (
        Cell.of_money(value(traced[m], victim, account, key), lang, f"{account}|{key}|{m}")
        for m in ORDER
    )
    return (
        Cell(phrase(f"rules.{ROWS[key]}_row", lang, who=names.of(account)), f"{account}||"),
        *cells,
    )


def _sentence(case: Case, traced: Mapping[str, Tracing], victim: str, names: Names) -> str:
    """Say how far the rules differ on the frozen money, and which have no authority here."""
    lang = names.lang
    frozen = [a.id for a in case.accounts if a.frozen_fen]
    if not frozen:
        return phrase("rules.sentence_none", lang, who=names.money(victim))
    counted = {
        m: sum(value(traced[m], victim, id, "held") for id in frozen)
        for m in METHODS if m != "poison"
    }  # fmt: skip
    low, high = min(counted, key=lambda m: counted[m]), max(counted, key=lambda m: counted[m])
    return phrase(
        "rules.sentence",
        lang,
        who=names.money(victim),
        low=amount(counted[low], lang),
        low_rule=engine(f"methods.{low}.name", lang),
        high=amount(counted[high], lang),
        high_rule=engine(f"methods.{high}.name", lang),
    )
