"""What each command does: ask the library, then print words or JSON."""

from __future__ import annotations

import json
from argparse import Namespace

from simlib.case import check_case, load_case, shipped_cases
from simlib.case.guard import Refused, parse
from simlib.case.model import Case
from simlib.chain import accounts_of, trace_case
from simlib.chain.written import keyed
from simlib.cli import exercise, money, report
from simlib.cli.bar import bar
from simlib.errors import OutOfScope, ServeError, SimlibError, UnknownName, problem_line
from simlib.liability import compare as compare_modes
from simlib.liability import decide as decide_case
from simlib.text import topic_words, words

UNKNOWN, NONE = "unknown", "none"
MOST_SETS = 200  # more is a slip of the keyboard


def cases(asked: Namespace) -> int:
    """List the cases that travel with the package."""
    found = [load_case(name) for name in shipped_cases()]
    if asked.json:
        _print_json({"schema": "simlib.cases/1", "cases": [_summary(case) for case in found]})
    else:
        print(report.of_cases(found, asked.lang))
    return 0


def check(asked: Namespace) -> int:
    """Say everything that is wrong with each file; 1 if anything is."""
    reasons = topic_words("problems", asked.lang)
    wrong = False
    for path in asked.paths:
        _, problems = check_case(path, bar(path, asked.lang))
        for problem in problems:
            print(problem_line(path, problem, reasons))
        if not problems:
            print(words("cli", "no_problem", asked.lang, file=path))
        wrong = wrong or bool(problems)
    return 1 if wrong else 0


def decide(asked: Namespace) -> int:
    """Decide a case under one mode."""
    case = _case(asked)
    rules = dict(_pair(text, "bad-rule", "rule") for text in asked.rule)
    outcome = decide_case(case, asked.mode, rules=rules, regime=asked.regime)
    if asked.json:
        _print_json(outcome.to_json())
    else:
        print(report.of_outcome(outcome, case, asked.lang))
    return 0


def compare(asked: Namespace) -> int:
    """Decide a case under several modes."""
    case = _case(asked)
    modes = [mode.strip() for mode in asked.modes.split(",")] if asked.modes else None
    outcomes = compare_modes(case, modes)
    if asked.json:
        _print_json({mode: outcome.to_json() for mode, outcome in outcomes.items()})
    else:
        print(report.of_outcomes(outcomes, case, asked.lang))
    return 0


def trace(asked: Namespace) -> int:
    """Follow the money of a case under one method."""
    case, only = _case(asked), getattr(asked, "from")
    if only is not None:
        known = [*(p.id for p in case.parties), *(a.id for a in case.accounts)]
        if only not in known:
            raise UnknownName.among("party", only, known)
    found = trace_case(case, asked.method)
    if not asked.json:
        print(money.of_tracing(found, case, only, asked.lang))
    elif only is None or only in found.origins:
        _print_json(found.to_json(only))
    else:
        back = keyed(found.into(accounts_of(case, only)), found.origins)
        _print_json(found.to_json() | {"from": only, "back": back})
    return 0


def victims(asked: Namespace) -> int:
    """Decide all victims of a case together."""
    from simlib.cli.victims import of_together
    from simlib.restitution import RULES, decide_all, give_back

    case = _case(asked)
    if asked.give_back not in (*RULES, NONE):
        raise UnknownName.among("rule", asked.give_back, (*RULES, NONE))
    rules = dict(_pair(text, "bad-rule", "rule") for text in asked.rule)
    returns = None if asked.give_back == NONE else give_back(case, asked.give_back)
    found = decide_all(case, asked.mode, rules=rules, regime=asked.regime, returns=returns)
    if asked.json:
        _print_json(found.to_json())
    else:
        print(of_together(found, case, asked.give_back, asked.lang))
    return 0


def generate(asked: Namespace) -> int:
    """Make a hypothetical chain, tell its statistics, and write it if asked to."""
    from simlib.cli import synthetic

    chain = synthetic.make(asked, dict(_pair(t, "bad-setting", "setting") for t in asked.setting))
    if asked.json:
        _print_json(synthetic.as_json(chain, asked))
    else:
        print(synthetic.as_text(chain, asked.out, asked.lang))
    return 0


def exercises(asked: Namespace) -> int:
    """Print sets of exercises, with their keys if asked for."""
    from simlib.exercise import draw, names  # numpy is for who draws

    if not 1 <= asked.count <= MOST_SETS:
        raise OutOfScope("count-out-of-range", count=asked.count, high=MOST_SETS)
    seeds = range(asked.seed, asked.seed + asked.count)
    found = [draw(asked.topic, name, seed) for seed in seeds for name in names(asked.topic)]
    if asked.json:
        _print_json(exercise.as_json(asked.topic, found, asked.key, asked.lang))
    else:
        print(exercise.as_text(found, asked.key, asked.lang))
    return 0


def import_statements(asked: Namespace) -> int:
    """Bank statements into a case, or a preview of it."""
    from simlib.cli import statements  # only who imports pays for it

    return statements.run(asked)


def serve(asked: Namespace) -> int:
    """Serve the course until it is stopped."""
    from simlib.server import serve as serve_course  # only who serves pays for importing Voilà

    try:
        return serve_course(asked.port, asked.host, asked.lang, places=asked.places)
    except ServeError as error:
        if asked.from_make and error.code == "port-in-use":
            raise ServeError("make-port-in-use", port=asked.port, next=asked.port + 1) from error
        raise


def _case(asked: Namespace) -> Case:
    case = load_case(asked.case, bar(asked.case, asked.lang))
    if asked.position:
        case = case.at(asked.position)
    settings = dict(_pair(text, "bad-setting", "setting") for text in asked.set)
    return case.set({path: _value(text) for path, text in settings.items()})


def _pair(text: str, code: str, name: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals or not key.strip() or not value.strip():
        raise SimlibError(code, **{name: text})
    return key.strip(), value.strip()


def _value(text: str) -> object:
    """A value as a case file would write it; what is not TOML is a text; `unknown` unsets."""
    if text == UNKNOWN:
        return None
    try:
        data = parse(f"value = {text}")
    except Refused:
        return text
    return data["value"] if data.keys() == {"value"} else text


def _summary(case: Case) -> dict:
    return {
        "id": case.id,
        "basis": case.basis,
        "title": case.title.model_dump(),
        "acted_on": case.acted_on.isoformat(),
        "loss_fen": case.loss_fen,
        "positions": [position.id for position in case.positions],
    }


def _print_json(data: object) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=1))
