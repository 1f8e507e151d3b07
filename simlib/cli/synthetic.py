"""A generated chain on the command line: its statistics beside what was published."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from simlib.cli.report import table
from simlib.errors import SimlibError, SyntheticError
from simlib.synthetic import Statistic, generate, settings, statistics
from simlib.synthetic.case_export import check_length
from simlib.text import topic_words, words

if TYPE_CHECKING:
    from simlib.synthetic import Chain

SCHEMA = "simlib.synthetic/1"
COLUMNS = ("statistic", "value", "published", "compared")


def make(arguments: Namespace, texts: Mapping[str, str]) -> Chain:
    """Make the chain; with a folder, check its length first, so that a refusal comes at once."""
    import numpy as np

    if arguments.seed < 0:
        raise SyntheticError("bad-seed", value=arguments.seed)
    if arguments.out:
        check_length(arguments.size, Path(arguments.out))
    chain = generate(
        arguments.size,
        rng=np.random.default_rng(arguments.seed),
        victims=arguments.victims,
        layers=arguments.layers,
        settings={key: _number(key, text) for key, text in texts.items()},
    )
    if arguments.out:
        chain.write(arguments.out, _command(arguments))
    return chain


def as_text(chain: Chain, out: str | None, lang: str) -> str:
    """Report label, table, sources, notes, and where it was written."""
    numbers = statistics(chain)
    heading = _say("report.heading", lang, label=words("synthetic", "label.long", lang),
                   transfers=len(chain), layers=chain.layers)  # fmt: skip
    head = [_say(f"report.columns.{key}", lang) for key in COLUMNS]
    rows = [[_name(s, lang), _amount(s.value, s.unit, lang), *_beside(s, lang)] for s in numbers]
    parts = [heading, table([head, *rows], right={1}), *_lists(chain, numbers, lang)]
    if out:
        parts.append(_say("report.written", lang, folder=out))
    return "\n\n".join(parts)


def as_json(chain: Chain, arguments: Namespace) -> dict[str, object]:
    """Return the report as plain data."""
    return {
        "schema": SCHEMA,
        "basis": "hypothetical",
        "label": words("synthetic", "label.long", arguments.lang),
        "size": len(chain),
        "seed": arguments.seed,
        "layers": chain.layers,
        "settings": dict(chain.settings),
        "statistics": [s.to_json() for s in statistics(chain)],
        "written": arguments.out,
    }


def _command(arguments: Namespace) -> str:
    """Return the command that makes this chain again."""
    line = f"simlib generate --size {arguments.size} --seed {arguments.seed}"
    line += f" --layers {arguments.layers}"
    if arguments.victims is not None:
        line += f" --victims {arguments.victims}"
    return line + "".join(f" --setting {text}" for text in arguments.setting)


def _number(key: str, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise SimlibError("bad-setting", setting=f"{key}={text}") from None


def _lists(chain: Chain, numbers: tuple[Statistic, ...], lang: str) -> Iterator[str]:
    """List published sources, notes, and settings that differ from the defaults."""
    known = {s.key: s for s in numbers if s.sources}
    between = _say("report.between", lang)
    sources = [
        _say("report.source", lang, name=_say(f"statistics.{key}", lang),
             sources=between.join(_say(f"sources.{name}", lang) for name in s.sources))
        for key, s in known.items()
    ]  # fmt: skip
    yield _list("sources", sources, lang)
    notes = _flat(topic_words("synthetic", lang)["notes"])
    noted = [_say("report.source", lang, name=_say(f"statistics.{key}", lang), sources=text)
            for key, text in notes.items() if key in known]  # fmt: skip
    yield _list("notes", noted, lang)
    changed = [f"{key} = {chain.settings[key]:g}" for key, setting in settings().items()
               if chain.settings[key] != setting.value]  # fmt: skip
    if changed:
        yield _list("settings", changed, lang)


def _flat(node: Mapping[str, object], stem: str = "") -> dict[str, str]:
    """Map dotted keys to every text of a table."""
    texts: dict[str, str] = {}
    for key, value in node.items():
        if isinstance(value, dict):
            texts |= _flat(value, f"{stem}{key}.")
        else:
            texts[stem + key] = str(value)
    return texts


def _list(key: str, lines: list[str], lang: str) -> str:
    return "\n".join([_say(f"report.{key}", lang), *(f"- {line}" for line in lines)])


def _name(s: Statistic, lang: str) -> str:
    name = _say(f"statistics.{s.key}", lang)
    return _say("report.layer", lang, name=name, layer=s.layer) if s.layer else name


def _beside(s: Statistic, lang: str) -> list[str]:
    """Return the published range, and whether the value lies in it."""
    if not s.sources:
        return [_say("report.none", lang), ""]
    low, high = (_amount(end, s.unit, lang) for end in (s.low, s.high))
    compared = {None: "unknown", True: "inside", False: "outside"}[s.inside]
    range_ = low if low == high else _say("report.range", lang, low=low, high=high)
    return [range_, _say(f"report.{compared}", lang)]


def _amount(value: float | None, unit: str, lang: str) -> str:
    """Write a value with its unit."""
    if value is None:
        return _say("report.unknown", lang)
    if unit == "share":
        return f"{value * 100:.2f}%"
    number = f"{value:,.0f}" if unit in ("count", "yuan") else f"{value:.2f}"
    return _say(f"report.units.{unit}", lang, number=number)


def _say(key: str, lang: str, **values: object) -> str:
    return words("synthetic", key, lang, **values)
