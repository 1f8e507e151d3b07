"""What each command does: ask the library, then print words or JSON.

What only one command needs is imported in it: who runs another does not pay for it.
"""

from __future__ import annotations

import datetime
import json
from argparse import Namespace
from collections.abc import Callable, Iterable
from importlib import import_module

from simlib.case import check_case, load_case, shipped_cases
from simlib.case.model import Case
from simlib.case.toml_guard import Refused, parse
from simlib.cli.terminal import bar
from simlib.errors import OutOfScope, ServeError, SimlibError, UnknownName, problem_line
from simlib.text import topic_words, words

UNKNOWN, NONE = "unknown", "none"
MOST_SETS = 200  # more is a slip of the keyboard
ELSEWHERE = {  # command → its module and function, if it is not here
    "deposit": ("hash_deposit", "run_deposit"),
    "verify": ("hash_deposit", "run_verify"),
    "import": ("statements", "run"),
}


def run(arguments: Namespace) -> int:
    """Run the command that the words name; return its exit code."""
    where, name = ELSEWHERE.get(arguments.command, ("commands", arguments.command))
    command: Callable[[Namespace], int] = getattr(import_module(f"simlib.cli.{where}"), name)
    return command(arguments)


def cases(arguments: Namespace) -> int:
    """List the cases that travel with the package."""
    from simlib.cli.report import of_cases

    loaded = [load_case(name) for name in shipped_cases()]
    return _answer(
        arguments,
        lambda: {"schema": "simlib.cases/1", "cases": [_summary(case) for case in loaded]},
        lambda: of_cases(loaded, arguments.lang),
    )


def check(arguments: Namespace) -> int:
    """Report every problem of each file; return 1 if there is any."""
    reasons = topic_words("problems", arguments.lang)
    wrong = False
    for path in arguments.path:
        _, problems = check_case(path, bar(path, arguments.lang))
        for problem in problems:
            print(problem_line(path, problem, reasons))
        if not problems:
            print(words("cli", "no_problem", arguments.lang, file=path))
        wrong = wrong or bool(problems)
    return 1 if wrong else 0


def decide(arguments: Namespace) -> int:
    """Decide a case under one mode."""
    from simlib.cli.report import of_outcome
    from simlib.liability import decide as decide_case

    case = _case(arguments)
    rules = _pairs(arguments.rule, "rule")
    outcome = decide_case(case, arguments.mode, rules=rules, regime=arguments.regime)
    return _answer(arguments, outcome.to_json, lambda: of_outcome(outcome, case, arguments.lang))


def compare(arguments: Namespace) -> int:
    """Decide a case under several modes."""
    from simlib.cli.report import of_outcomes
    from simlib.liability import compare as compare_modes

    case = _case(arguments)
    modes = [mode.strip() for mode in arguments.modes.split(",")] if arguments.modes else None
    outcomes = compare_modes(case, modes)
    return _answer(
        arguments,
        lambda: {mode: outcome.to_json() for mode, outcome in outcomes.items()},
        lambda: of_outcomes(outcomes, case, arguments.lang),
    )


def trace(arguments: Namespace) -> int:
    """Follow the money of a case under one method."""
    from simlib.chain import accounts_of, trace_case
    from simlib.chain.tracing_result import keyed
    from simlib.cli.tracing import of_tracing

    case, only = _case(arguments), getattr(arguments, "from")
    if only is not None:
        known = [*(p.id for p in case.parties), *(a.id for a in case.accounts)]
        if only not in known:
            raise UnknownName.among("party", only, known)
    tracing = trace_case(case, arguments.method)

    def data() -> object:
        if only is None or only in tracing.origins:
            return tracing.to_json(only)
        back = keyed(tracing.into(accounts_of(case, only)), tracing.origins)
        return tracing.to_json() | {"from": only, "back": back}

    return _answer(arguments, data, lambda: of_tracing(tracing, case, only, arguments.lang))


def victims(arguments: Namespace) -> int:
    """Decide all victims of a case together."""
    from simlib.cli.victims import of_together
    from simlib.restitution import RULES, decide_all, give_back

    case, rule = _case(arguments), arguments.give_back
    rules = _pairs(arguments.rule, "rule")
    if rule not in (*RULES, NONE):
        raise UnknownName.among("rule", rule, (*RULES, NONE))
    together = decide_all(
        case, arguments.mode, rules=rules, regime=arguments.regime,
        returns=None if rule == NONE else give_back(case, rule, rules.get("frozen_share")),
    )  # fmt: skip
    return _answer(
        arguments, together.to_json, lambda: of_together(together, case, rule, arguments.lang)
    )


def schedule(arguments: Namespace) -> int:
    """Print the time lines of a case under one regime."""
    from simlib.cli.suit_timeline import of_schedule
    from simlib.procedure import schedule as schedule_case

    case = _case(arguments)
    found = schedule_case(
        case,
        arguments.regime,
        switches=_pairs(arguments.switch, "switch"),
        sue_on=_day(arguments.sue_on),
        preserve_on=_day(arguments.preserve_on),
    )
    return _answer(arguments, found.to_json, lambda: of_schedule(found, case, arguments.lang))


def evidence(arguments: Namespace) -> int:
    """Print which proof of a case is there at the trial, and what that brings."""
    from simlib.cli.evidence import of_trail
    from simlib.evidence import levers_of, trail

    case = _case(arguments)
    found = trail(
        case,
        arguments.regime,
        reply=arguments.reply,
        place=arguments.place,
        preserve_on=_day(arguments.preserve_on),
        refuses=arguments.refuses,
        police=arguments.police,
        levers=levers_of(case) if arguments.mandatory else None,
        switches=_pairs(arguments.switch, "switch"),
        sue_on=_day(arguments.sue_on),
    )
    return _answer(arguments, found.to_json, lambda: of_trail(found, case, arguments.lang))


def generate(arguments: Namespace) -> int:
    """Make a hypothetical chain, print its statistics, and write it if a folder is given."""
    from simlib.cli import synthetic

    chain = synthetic.make(arguments, _pairs(arguments.setting, "setting"))
    return _answer(
        arguments,
        lambda: synthetic.as_json(chain, arguments),
        lambda: synthetic.as_text(chain, arguments.out, arguments.lang),
    )


def exercises(arguments: Namespace) -> int:
    """Print sets of exercises, with their keys on request."""
    from simlib.cli import exercise
    from simlib.exercise import names, series

    if not 1 <= arguments.count <= MOST_SETS:
        raise OutOfScope("count-out-of-range", count=arguments.count, high=MOST_SETS)
    topic, key, lang = arguments.topic, arguments.key, arguments.lang
    drawn = series(topic, arguments.seed, arguments.count * len(names(topic)))
    return _answer(
        arguments,
        lambda: exercise.as_json(topic, drawn, key, lang),
        lambda: exercise.as_text(drawn, key, lang),
    )


def serve(arguments: Namespace) -> int:
    """Serve the course until it is stopped."""
    from simlib.server import serve as serve_course

    lang = arguments.lang if "lang_asked" in arguments else None
    try:
        return serve_course(
            arguments.port,
            arguments.host,
            lang,
            places=arguments.places,
            base=arguments.base,
            names=arguments.name,
        )
    except ServeError as error:
        if arguments.from_make and error.code == "port-in-use":
            raise ServeError(
                "make-port-in-use", port=arguments.port, next=arguments.port + 1
            ) from error
        raise


def _answer(arguments: Namespace, data: Callable[[], object], text: Callable[[], str]) -> int:
    """Print the data with `--json`, else the text."""
    if arguments.json:
        print(json.dumps(data(), ensure_ascii=False, indent=1))
    else:
        print(text())
    return 0


def _case(arguments: Namespace) -> Case:
    case = load_case(arguments.case, bar(arguments.case, arguments.lang))
    if arguments.position:
        case = case.at(arguments.position)
    settings = _pairs(arguments.set, "setting")
    return case.set({path: _value(text) for path, text in settings.items()})


def _pairs(texts: Iterable[str], what: str) -> dict[str, str]:
    """Take `key=value` apart, for a setting, a rule or a switch."""
    pairs = {}
    for text in texts:
        key, equals, value = text.partition("=")
        if not equals or not key.strip() or not value.strip():
            raise SimlibError(f"bad-{what}", **{what: text})
        pairs[key.strip()] = value.strip()
    return pairs


def _day(text: str | None) -> datetime.date | None:
    """Return the day of an ISO date; None stays None."""
    try:
        return None if text is None else datetime.date.fromisoformat(text)
    except ValueError:
        raise SimlibError("bad-day", value=text) from None


def _value(text: str) -> object:
    """Parse a value as TOML, else take it as text; `unknown` unsets."""
    if text == UNKNOWN:
        return None
    try:
        data = parse(f"value = {text}")
    except Refused:
        return text
    return data["value"] if data.keys() == {"value"} else text


def _summary(case: Case) -> dict[str, object]:
    return {
        "id": case.id,
        "basis": case.basis,
        "title": case.title.model_dump(),
        "acted_on": case.acted_on.isoformat(),
        "loss_fen": case.loss_fen,
        "positions": [position.id for position in case.positions],
    }
