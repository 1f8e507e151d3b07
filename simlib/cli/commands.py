"""What each command does: ask the library, then print words or JSON."""

from __future__ import annotations

import datetime
import json
from argparse import Namespace

from simlib.case import check_case, load_case, shipped_cases
from simlib.case.guard import Refused, parse
from simlib.case.model import Case
from simlib.chain import accounts_of, trace_case
from simlib.chain.tracing import keyed
from simlib.cli import exercise, money, report
from simlib.cli.bar import bar
from simlib.errors import OutOfScope, ServeError, SimlibError, UnknownName, problem_line
from simlib.liability import compare as compare_modes
from simlib.liability import decide as decide_case
from simlib.text import topic_words, words

UNKNOWN, NONE = "unknown", "none"
MOST_SETS = 200  # more is a slip of the keyboard


def cases(arguments: Namespace) -> int:
    """List the cases that travel with the package."""
    loaded = [load_case(name) for name in shipped_cases()]
    if arguments.json:
        _print_json({"schema": "simlib.cases/1", "cases": [_summary(case) for case in loaded]})
    else:
        print(report.of_cases(loaded, arguments.lang))
    return 0


def check(arguments: Namespace) -> int:
    """Report every problem of each file; return 1 if there is any."""
    reasons = topic_words("problems", arguments.lang)
    wrong = False
    for path in arguments.paths:
        _, problems = check_case(path, bar(path, arguments.lang))
        for problem in problems:
            print(problem_line(path, problem, reasons))
        if not problems:
            print(words("cli", "no_problem", arguments.lang, file=path))
        wrong = wrong or bool(problems)
    return 1 if wrong else 0


def decide(arguments: Namespace) -> int:
    """Decide a case under one mode."""
    case = _case(arguments)
    rules = dict(_pair(text, "bad-rule", "rule") for text in arguments.rule)
    outcome = decide_case(case, arguments.mode, rules=rules, regime=arguments.regime)
    if arguments.json:
        _print_json(outcome.to_json())
    else:
        print(report.of_outcome(outcome, case, arguments.lang))
    return 0


def compare(arguments: Namespace) -> int:
    """Decide a case under several modes."""
    case = _case(arguments)
    modes = [mode.strip() for mode in arguments.modes.split(",")] if arguments.modes else None
    outcomes = compare_modes(case, modes)
    if arguments.json:
        _print_json({mode: outcome.to_json() for mode, outcome in outcomes.items()})
    else:
        print(report.of_outcomes(outcomes, case, arguments.lang))
    return 0


def trace(arguments: Namespace) -> int:
    """Follow the money of a case under one method."""
    case, only = _case(arguments), getattr(arguments, "from")
    if only is not None:
        known = [*(p.id for p in case.parties), *(a.id for a in case.accounts)]
        if only not in known:
            raise UnknownName.among("party", only, known)
    tracing = trace_case(case, arguments.method)
    if not arguments.json:
        print(money.of_tracing(tracing, case, only, arguments.lang))
    elif only is None or only in tracing.origins:
        _print_json(tracing.to_json(only))
    else:
        back = keyed(tracing.into(accounts_of(case, only)), tracing.origins)
        _print_json(tracing.to_json() | {"from": only, "back": back})
    return 0


def victims(arguments: Namespace) -> int:
    """Decide all victims of a case together."""
    from simlib.cli.victims import of_together
    from simlib.restitution import RULES, decide_all, give_back

    case = _case(arguments)
    if arguments.give_back not in (*RULES, NONE):
        raise UnknownName.among("rule", arguments.give_back, (*RULES, NONE))
    rules = dict(_pair(text, "bad-rule", "rule") for text in arguments.rule)
    returns = None if arguments.give_back == NONE else give_back(case, arguments.give_back)
    together = decide_all(
        case, arguments.mode, rules=rules, regime=arguments.regime, returns=returns
    )
    if arguments.json:
        _print_json(together.to_json())
    else:
        print(of_together(together, case, arguments.give_back, arguments.lang))
    return 0


def schedule(arguments: Namespace) -> int:
    """Print the time lines of a case under one regime."""
    from simlib.cli.schedule import of_schedule
    from simlib.procedure import schedule as schedule_case

    case = _case(arguments)
    found = schedule_case(
        case,
        arguments.regime,
        switches=dict(_pair(text, "bad-switch", "switch") for text in arguments.switch),
        sue_on=_day(arguments.sue_on),
        preserve_on=_day(arguments.preserve_on),
    )
    if arguments.json:
        _print_json(found.to_json())
    else:
        print(of_schedule(found, case, arguments.lang))
    return 0


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
        switches=dict(_pair(text, "bad-switch", "switch") for text in arguments.switch),
        sue_on=_day(arguments.sue_on),
    )
    if arguments.json:
        _print_json(found.to_json())
    else:
        print(of_trail(found, case, arguments.lang))
    return 0


def deposit(arguments: Namespace) -> int:
    """Write a receipt for files."""
    from simlib.cli.deposit import run_deposit

    return run_deposit(arguments)


def verify(arguments: Namespace) -> int:
    """Compare files with a receipt."""
    from simlib.cli.deposit import run_verify

    return run_verify(arguments)


def generate(arguments: Namespace) -> int:
    """Make a hypothetical chain, print its statistics, and write it if a folder is given."""
    from simlib.cli import synthetic

    chain = synthetic.make(
        arguments, dict(_pair(t, "bad-setting", "setting") for t in arguments.setting)
    )
    if arguments.json:
        _print_json(synthetic.as_json(chain, arguments))
    else:
        print(synthetic.as_text(chain, arguments.out, arguments.lang))
    return 0


def exercises(arguments: Namespace) -> int:
    """Print sets of exercises, with their keys on request."""
    from simlib.exercise import names, series  # numpy is for who draws

    if not 1 <= arguments.count <= MOST_SETS:
        raise OutOfScope("count-out-of-range", count=arguments.count, high=MOST_SETS)
    topic = arguments.topic
    drawn = series(topic, arguments.seed, arguments.count * len(names(topic)))
    if arguments.json:
        _print_json(exercise.as_json(arguments.topic, drawn, arguments.key, arguments.lang))
    else:
        print(exercise.as_text(drawn, arguments.key, arguments.lang))
    return 0


def import_statements(arguments: Namespace) -> int:
    """Import bank statements into a case, or print a preview."""
    from simlib.cli import statements  # only who imports pays for it

    return statements.run(arguments)


def serve(arguments: Namespace) -> int:
    """Serve the course until it is stopped."""
    from simlib.server import serve as serve_course  # only who serves pays for importing Voilà

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


def _case(arguments: Namespace) -> Case:
    case = load_case(arguments.case, bar(arguments.case, arguments.lang))
    if arguments.position:
        case = case.at(arguments.position)
    settings = dict(_pair(text, "bad-setting", "setting") for text in arguments.set)
    return case.set({path: _value(text) for path, text in settings.items()})


def _pair(text: str, code: str, name: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals or not key.strip() or not value.strip():
        raise SimlibError(code, **{name: text})
    return key.strip(), value.strip()


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


def _print_json(data: object) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=1))
