"""The tables below the stage with their charts: rules, debtors, pool, steps, streams."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from simlib.chain import METHODS, accounts_of, method_law
from simlib.explain import form_name
from simlib.figures.drawing import NO_FIGURE, Cell, Cells, Drawing
from simlib.figures.names_of_people import helpers_of
from simlib.figures.panels import FILLED, HOLLOW, Bar, Panel, Row, bars_of, panels_figure
from simlib.figures.style import BASIS, ENDS, GRID, Spec, layout, tint
from simlib.interval import added, high_end
from simlib.lessons.chain.accounts import (
    FEE,
    MOST_STEPS,
    Names,
    coins,
    depths,
    end_kind,
    engine,
    is_long,
    left_as,
    moment,
    phrase,
)
from simlib.restitution.victim_account import loss_of
from simlib.text import amount, percent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simlib.case.model import Case
    from simlib.chain import Tracing
    from simlib.interval import FenRange
    from simlib.liability import Outcome
    from simlib.restitution import Return, Together

AFTER = ("route.after-loss", "misfit.after-loss")
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
KIND = {
    "conference minutes": "document", "foreign law": "foreign", "teaching assumption": "tool",
}  # fmt: skip
EXTENDED = {"pro_rata": "extension"}  # the documents know it for the return, not for each payment
ROWS = {"came": "came", "held": "frozen"}
# an account in its words, by its id, and what is looked at: `came` or `held`
Account: TypeAlias = tuple[str, str, str]
MOST_CARDS = 12  # of more, the first layer and what is frozen
MOST_ROWS = 40
ROW_PX, HEIGHT_PX = 62, 440
HERS, OTHERS = 0.85, 0.22  # how strongly a stream is coloured
REST = "rest:"  # a node for what stays in accounts
LEDGER = ("loss", "returned", "restituted", "paid", "open", "alone")


def nothing(lang: str) -> Drawing:
    """What is shown of a case without transfers: what would be needed."""
    return Drawing(NO_FIGURE, (phrase("money.account", lang),), (), phrase("none", lang))


# ---------------------------------------------------------------- six rules side by side


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
    rows = _accounts(case, names)
    edge = _edge(traced, rows, victim) / 100
    marks = [_marks(n, key, traced[key], rows, victim, edge, lang) for n, key in enumerate(ORDER)]
    columns = (phrase("rules.account", lang), *(titled(key, lang) for key in ORDER))
    table = tuple(_row(row, traced, victim, names) for row in rows)
    figure: Spec = {"data": marks, "layout": _plane([text for text, *_ in rows], edge, lang)}
    return Drawing(figure, columns, table, _differ(case, traced, victim, names))


def titled(method: str, lang: str) -> str:
    """Return a tracing rule's name with its kind of authority."""
    kind = EXTENDED.get(method) or KIND[method_law(method).basis]
    name, basis = engine(f"methods.{method}.name", lang), phrase(f"rules.kind.{kind}", lang)
    return phrase("rules.titled", lang, name=name, basis=basis)


def _accounts(case: Case, names: Names) -> list[Account]:
    """List each helper's account by what came into it, then the frozen ones by what is there."""
    at = depths(case)
    listed = [
        a for a in sorted(case.accounts, key=lambda a: at.get(a.id, 0))
        if a.id in at and case.party(a.holder).role not in ("victim", "principal")
    ]  # fmt: skip
    if len(listed) > MOST_CARDS:
        listed = [a for a in listed if a.frozen_fen or at[a.id] == 1][:MOST_CARDS]
    seen = [(a.id, "came") for a in listed] + [(a.id, "held") for a in listed if a.frozen_fen]
    return [(phrase(f"rules.{ROWS[key]}", names.lang, who=names.of(id)), id, key)
            for id, key in seen]  # fmt: skip


def value(tracing: Tracing, victim: str, account: str, key: str) -> int:
    """Return what came into an account of her money, or lies there at the end [fen]."""
    if key == "held":
        return tracing.balance(account).get(victim, 0)
    return tracing.came((account,), victim)


def _edge(traced: Mapping[str, Tracing], rows: Sequence[Account], victim: str) -> int:
    """Return the axis's upper end [fen], ignoring poison, which counts money more than once."""
    rules = [method for method in ORDER if method != "poison"]
    values = [value(traced[m], victim, account, key) for _, account, key in rows for m in rules]
    return max([*values, 100])


def _plane(texts: Sequence[str], edge: float, lang: str) -> Spec:
    """Lay out the rows with a line between them; more room above them on a phone."""
    across = {"x0": 0, "x1": 1, "xref": "paper"}
    tall = ROW_PX * len(texts)
    phone = {"height": tall + 130, "margin": {"l": 4, "r": 10, "t": 98, "b": 30}}
    return layout(
        tall + 70,
        margin={"l": 8, "r": 14, "t": 38, "b": 30},
        meta={"phone": phone},
        shapes=[
            {"type": "line", **across, "y0": n - 0.5, "y1": n - 0.5,
             "line": {"color": GRID, "width": 1}}
            for n in range(1, len(texts))
        ],
        xaxis={
            "range": [-0.01 * edge, 1.04 * edge], "gridcolor": GRID, "fixedrange": True,
            "zeroline": True, "zerolinecolor": GRID, "nticks": 5,
            "tickformat": ",d" if lang == "en" else "d",
        },
        yaxis={
            "range": [len(texts) - 0.5, -0.5], "tickvals": list(range(len(texts))),
            "ticktext": list(texts), "showgrid": False,
            "zeroline": False, "fixedrange": True, "automargin": True,
        },
    )  # fmt: skip


def _marks(
    n: int, method: str, tracing: Tracing, rows: Sequence[Account], victim: str, edge: float,
    lang: str,
) -> Spec:  # fmt: skip
    """Draw one rule's marks; one beyond the axis stands at its end and is labelled."""
    fens = [value(tracing, victim, account, key) for _, account, key in rows]
    said = [amount(fen, lang) for fen in fens]
    beyond = [phrase("rules.beyond", lang, amount=text) for text in said]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": engine(f"methods.{method}.name", lang),
        "x": [min(fen / 100, edge) for fen in fens],
        "y": [row + (n - 2.5) * 0.13 for row in range(len(rows))],
        "text": [text if fen / 100 > edge else "" for fen, text in zip(fens, beyond, strict=True)],
        "textposition": "middle left",
        "marker": {"symbol": SHAPES[method], "size": 11, "color": BASIS[method_law(method).basis]},
        "cliponaxis": False,
        "customdata": said,
        "hovertemplate": "%{fullData.name} %{customdata}<extra></extra>",
    }


def _row(row: Account, traced: Mapping[str, Tracing], victim: str, names: Names) -> Cells:
    _, id, key = row
    first = phrase(f"rules.{ROWS[key]}_row", names.lang, who=names.of(id))
    cells = (
        Cell.of_money(value(traced[m], victim, id, key), names.lang, f"{id}|{key}|{m}")
        for m in ORDER
    )
    return (Cell(first, f"{id}||"), *cells)


def _differ(case: Case, traced: Mapping[str, Tracing], victim: str, names: Names) -> str:
    """Say how far the rules differ on the frozen money, and which have no authority here."""
    lang = names.lang
    frozen = [a.id for a in case.accounts if a.frozen_fen]
    if not frozen:
        return phrase("rules.sentence_none", lang, who=names.money(victim))
    counted = {
        m: sum(value(traced[m], victim, id, "held") for id in frozen)
        for m in METHODS if m != "poison"
    }  # fmt: skip
    ends = {"low": min(counted, key=lambda m: counted[m]),
            "high": max(counted, key=lambda m: counted[m])}  # fmt: skip
    said = {end: amount(counted[rule], lang) for end, rule in ends.items()}
    said |= {f"{end}_rule": engine(f"methods.{rule}.name", lang) for end, rule in ends.items()}
    return phrase("rules.sentence", lang, who=names.money(victim), **said)


# ---------------------------------------------------------------- who owes, up to how much


def draw_liable(
    case: Case,
    tracing: Tracing,
    law: Outcome,
    gain: Outcome,
    lang: str = "zh",
    enriched: Mapping[str, Mapping[str, FenRange]] | None = None,
) -> Drawing:
    """Everybody but victims and fraudsters, for the claimant of `case`.

    Parameters
    ----------
    law, gain
        the outcome under the law in force, and the one that caps by what each gained
    enriched
        later holder → what he has to return as unjustly enriched, by reading
    """
    names, ids, hers = Names(case, lang), helpers_of(case), case.claimant
    fens: dict[str, dict[str, FenRange]] = {
        "came": {id: tracing.came(accounts_of(case, id), hers) for id in ids},
        "exposure": {id: law.parties[id].exposure_fen for id in ids},
        "gain": {id: gain.parties[id].exposure_fen for id in ids},
    }
    late = {a["party"] for a in law.assumptions if a["key"] in AFTER}  # acted after the loss
    for id in late:  # a chance of recovery that is lost is no part of a gain
        fens["gain"].pop(str(id), None)
    panels = [_owed(key, each, late if key == "exposure" else set(), names)
              for key, each in fens.items()]  # fmt: skip
    top = max([case.loss_fen, *(high_end(fen) for each in fens.values() for fen in each.values())])
    heads = ("who", "layer", "came", "form", "exposure", "enriched", "gain")
    modes = {"exposure": law.mode, "gain": gain.mode}
    rows = []
    for id in ids:
        came = Cell.of_money(fens["came"][id], lang, f"{id}|came|{tracing.method}")
        owed, gained = (
            Cell.of_money(fens[key][id], lang, f"{mode}|exposure|{id}") if id in fens[key]
            else Cell("—") for key, mode in modes.items()
        )  # fmt: skip
        first = Cell(names.people[id], f"{id}||"), _layer(id, tracing, names)
        back = {key: amount(fen, lang) for key, fen in (enriched or {}).get(id, {}).items()}
        returns = Cell(phrase("liable.both", lang, **back) if back else "—")
        rows.append((*first, came, Cell(form_name(law, id, lang)), owed, returns, gained))
    return Drawing(
        panels_figure(panels, top, lang),
        tuple(phrase(f"liable.{name}", lang) for name in heads),
        tuple(rows),
        phrase("liable.sentence", lang, who=names.money(hers)),
    )


def _owed(key: str, fens: Mapping[str, FenRange], late: set[object], names: Names) -> Panel:
    """Draw one of the three columns."""
    kind = HOLLOW if key == "exposure" else FILLED
    rows = []
    for id, fen in fens.items():
        said = {"who": names.people[id], "amount": amount(fen, names.lang)}
        text = phrase("liable.bar_late" if id in late else "liable.bar", names.lang, **said)
        rows.append(Row(text, bars_of(fen, names.color(id), kind)))
    return _panel(f"liable.{key}_title", f"liable.{key}_note", rows, names.lang)


def _layer(id: str, tracing: Tracing, names: Names) -> Cell:
    """Name the first layer of a party's cards, not of what he was paid himself."""
    cards = accounts_of(names.case, id) & names.holders.keys() & tracing.layers.keys()
    depth = min((tracing.layers[card] for card in cards), default=None)
    return Cell("—" if depth is None else phrase("money.depth", names.lang, n=depth))


def _panel(title: str, note: str, rows: Sequence[Row], lang: str) -> Panel:
    return Panel(phrase(title, lang), phrase(note, lang), tuple(rows))


# ---------------------------------------------------------------- the frozen money, the ledgers


def draw_pool(case: Case, returns: Mapping[str, Return], lang: str = "zh") -> Drawing:
    """Draw what each victim gets back of the frozen money, a panel and a column a rule.

    Parameters
    ----------
    returns
        rule → what it gives
    """
    names = Names(case, lang)
    ids = dict.fromkeys(id for one in returns.values() for id in one.returned)
    losses = {id: loss_of(case, id).value for id in ids}
    panels = [
        _panel(f"pool.rule.{rule}", f"pool.note.{rule}",
               [_got(id, one.returned[id], loss, names) for id, loss in losses.items()], lang)
        for rule, one in returns.items()
    ]  # fmt: skip
    heads = ("pool.who", "pool.loss", *(f"pool.rule.{rule}" for rule in returns))
    rows = []
    for id, loss in losses.items():
        cells = [Cell(names.people[id], f"{id}||"), Cell(amount(loss, lang))]
        for rule, one in returns.items():
            text = phrase("pool.cell", lang, amount=amount(one.returned[id], lang),
                          share=percent(one.percent[id], lang))  # fmt: skip
            cells.append(Cell(text, f"{id}|returned|{rule}"))
        rows.append(tuple(cells))
    return Drawing(
        panels_figure(panels, max([*losses.values(), 1]), lang),
        tuple(phrase(head, lang) for head in heads),
        tuple(rows),
        _pooled(returns, sum(losses.values()), names),
    )


def _got(id: str, fen: int, loss: int, names: Names) -> Row:
    """Draw what of her loss comes back to a victim."""
    text = phrase("pool.bar", names.lang, who=names.people[id], amount=amount(fen, names.lang))
    color = names.color(id)
    hollow = Bar(fen, loss, color, HOLLOW)
    return Row(text, (Bar(0, fen, color, FILLED), hollow) if fen else (hollow,))


def _pooled(returns: Mapping[str, Return], loss: int, names: Names) -> str:
    """Say how much is frozen, and what of it by each rule is no victim's."""
    lang = names.lang
    frozen = sum(pot.frozen_fen for pot in next(iter(returns.values())).accounts)
    if not frozen:
        return phrase("pool.sentence_none", lang)
    left = {rule: sum(pot.left_fen for pot in one.accounts) for rule, one in returns.items()}
    rest = [
        phrase("pool.left", lang, rule=phrase(f"pool.rule.{rule}", lang), amount=amount(fen, lang))
        for rule, fen in left.items()
    ]
    key = "pool.sentence" if any(left.values()) else "pool.sentence_all"
    return phrase(key, lang, frozen=amount(frozen, lang), loss=amount(loss, lang),
                  left=names.between(rest))  # fmt: skip


def draw_ledgers(case: Case, together: Together, rule: str, lang: str = "zh") -> Drawing:
    """Show each victim's account when all sue together; last, what she gets suing alone."""
    names, rows = Names(case, lang), []
    for id in together.victims:
        ledger, alone = together.ledgers[id], together.alone_ledgers[id]
        amounts = (ledger.loss_fen, ledger.returned_fen, added(ledger.restituted.values()),
                   ledger.judgment_fen, ledger.open_fen, alone.judgment_fen)  # fmt: skip
        cells = [
            Cell(amount(fen, lang), f"{id}|{key}|ledger")
            for key, fen in zip(LEDGER, amounts, strict=True)
        ]
        rows.append((Cell(names.people[id], f"{id}||"), *cells))
    columns = tuple(phrase(f"ledger.{key}", lang) for key in ("who", *LEDGER))
    sentence = phrase("ledger.sentence", lang, rule=phrase(f"pool.rule.{rule}", lang))
    return Drawing(NO_FIGURE, columns, tuple(rows), sentence)


# ---------------------------------------------------------------- every step


def draw_steps(case: Case, tracing: Tracing, lang: str = "zh") -> Drawing:
    """Show the steps as a table: when, from whom, to whom, how much, whose money."""
    names, whose = Names(case, lang), coins(tracing.origins)
    heads = [phrase(f"steps.{name}", lang) for name in ("n", "when", "payer", "payee", "amount")]
    heads += [phrase("steps.of", lang, who=names.money(origin)) for origin in whose]
    rows = []
    for number, index in enumerate(tracing.order[:MOST_STEPS], 1):
        transfer = case.transfers[index]
        of = tracing.of(transfer.id)
        cells = [str(number), moment(transfer.at, lang), names.of(transfer.payer)]
        cells += [names.of(transfer.payee), amount(transfer.amount_fen, lang)]
        cells += [amount(of.get(origin, 0), lang) for origin in whose]
        rows.append(tuple(Cell(text) for text in cells))
    key = "steps.sentence_long" if is_long(case) else "steps.sentence"
    sentence = phrase(key, lang, n=len(case.transfers), most=MOST_STEPS)
    return Drawing(NO_FIGURE, tuple(heads), tuple(rows), sentence)


# ---------------------------------------------------------------- all streams of money


def draw_money(case: Case, tracing: Tracing, victim: str, lang: str = "zh") -> Drawing:
    """Draw the streams of all victims' money, hers in full colour.

    Parameters
    ----------
    tracing
        what the rule chosen says of the case
    victim
        whose money the table and the sentence speak of

    Returns
    -------
    Drawing
        a Sankey; the table has a row for each account her money came into, and for fees
    """
    if not case.transfers:
        return nothing(lang)
    names = Names(case, lang)
    columns = ("account", "layer", "came", "still", "end")
    return Drawing(
        NO_FIGURE if is_long(case) else _sankey(case, tracing, victim, names),
        tuple(phrase(f"money.{name}", lang, who=names.money(victim)) for name in columns),
        tuple(_places_of_hers(case, tracing, victim, names)),
        _ends(case, tracing, victim, names),
    )


def _streams(case: Case, tracing: Tracing) -> dict[tuple[str, str, str], int]:
    """(from, to, whose) → money [fen]: the transfers, then what stays and what banks took."""
    streams: dict[tuple[str, str, str], int] = {}

    def add(payer: str, payee: str, of: Mapping[str | None, int]) -> None:
        for origin, fen in of.items():
            if origin is not None and fen:
                key = (payer, payee, origin)
                streams[key] = streams.get(key, 0) + fen

    for transfer in case.transfers:
        if transfer.payer != transfer.payee:
            add(transfer.payer, transfer.payee, tracing.of(transfer.id))
        if transfer.fee_fen:
            add(transfer.payer, REST + FEE, tracing.fee_of(transfer.id))
    for origin in tracing.origins:
        for place, fen in tracing.ends(origin).items():
            if place != FEE and end_kind(case, place) in ("frozen", "there"):
                add(place, REST + end_kind(case, place), {origin: fen})
    return streams


def _sankey(case: Case, tracing: Tracing, victim: str, names: Names) -> Spec:
    streams, lang, shades = _streams(case, tracing), names.lang, coins(tracing.origins)
    ids = list(dict.fromkeys(end for payer, payee, _ in streams for end in (payer, payee)))
    xs, ys = _positions(case, ids)
    node = {
        "label": [_label(id, names) for id in ids],
        "color": [
            ENDS[id.removeprefix(REST)] if id.startswith(REST) else names.color(id) for id in ids
        ],
        "x": xs,
        "y": ys,
        "pad": 18,
        "thickness": 12,
        "hoverinfo": "skip",
    }
    link = {
        "source": [ids.index(payer) for payer, _, _ in streams],
        "target": [ids.index(payee) for _, payee, _ in streams],
        "value": [fen / 100 for fen in streams.values()],
        "color": [
            tint(shades[origin][0], HERS if origin == victim else OTHERS) for *_, origin in streams
        ],
        "customdata": [
            phrase("money.stream", lang, who=names.money(origin), amount=amount(fen, lang))
            for (*_, origin), fen in streams.items()
        ],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    sankey = {"type": "sankey", "arrangement": "fixed", "node": node, "link": link,
              "textfont": {"shadow": "none"}}  # fmt: skip
    margin = {"l": 2, "r": 2, "t": 14, "b": 14}
    plane = layout(HEIGHT_PX, margin=margin)
    return {"data": [sankey], "layout": plane}


def _positions(case: Case, ids: list[str]) -> tuple[list[float], list[float]]:
    """Layers from left to right; where money stays stands at the right.

    Plotly places a node afresh at 0 and 1, hence the small distances from the edge.
    """
    at = depths(case)
    last = max(at.values()) + (not any(left_as(case, id) for id in ids))
    column = {id: last if id.startswith(REST) else at[id] for id in ids}
    rows = {id: [n for n in ids if column[n] == column[id]] for id in ids}
    xs = [round(0.001 + 0.998 * column[id] / max(1, last), 4) for id in ids]
    ys = [round((rows[id].index(id) + 0.5) / len(rows[id]), 4) for id in ids]
    return xs, ys


def _label(id: str, names: Names) -> str:
    if id.startswith(REST):
        return phrase(f"end.{id.removeprefix(REST)}", names.lang)
    return names.of(id)


def _places_of_hers(case: Case, tracing: Tracing, victim: str, names: Names) -> list[Cells]:
    """List the accounts by layer: what came into each, what is still there, and as what."""
    at, method, lang = depths(case), tracing.method, names.lang
    rows: list[Cells] = []
    for id in sorted(at, key=lambda id: at[id]):
        came = tracing.came((id,), victim)
        if names.holder(id) in tracing.origins or (is_long(case) and not came):
            continue
        if len(rows) == MOST_ROWS:
            break
        still = tracing.balance(id).get(victim, 0)
        card = id in names.holders and not left_as(names.case, id) and at[id]
        rows.append((
            Cell(names.of(id), f"{id}||"),
            Cell(phrase("money.depth", lang, n=at[id]) if card else "—"),
            Cell.of_money(came, lang, f"{id}|came|{method}"),
            Cell.of_money(still, lang, f"{id}|held|{method}"),
            Cell(phrase(f"end.{end_kind(case, id)}", lang) if still else "—"),
        ))  # fmt: skip
    return rows


def _ends(case: Case, tracing: Tracing, victim: str, names: Names) -> str:
    """Say by which rule her money lies where in the end."""
    lang, ends = names.lang, dict[str, int]()
    for place, fen in tracing.ends(victim).items():
        kind = end_kind(case, place)
        ends[kind] = ends.get(kind, 0) + fen
    parts = [
        phrase("money.place", lang, where=phrase(f"end.{kind}", lang), amount=amount(fen, lang))
        for kind, fen in ends.items()
    ]
    method = engine(f"methods.{tracing.method}.name", lang)
    text = phrase("money.sentence", lang, method=method, who=names.money(victim),
                  paid=amount(tracing.paid(victim), lang), ends=names.between(parts))  # fmt: skip
    if is_long(case):
        text += phrase("money.long", lang, n=len(case.transfers), most=MOST_STEPS)
    return text + (phrase("money.poison", lang) if tracing.method == "poison" else "")
