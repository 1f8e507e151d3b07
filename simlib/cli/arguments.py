"""The words of a command line, in the reader's language."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, NoReturn

from simlib.cli import commands
from simlib.errors import legible
from simlib.text import LANGS, words

DEFAULT_LANG, DEFAULT_PORT, DEFAULT_HOST = "zh", 8866, "127.0.0.1"
say = partial(words, "cli")


class Parser(argparse.ArgumentParser):
    """argparse, with its headings and its complaints in the reader's language."""

    def __init__(self, *, lang: str, **options: Any) -> None:  # argparse's own options
        super().__init__(
            **options, add_help=False, allow_abbrev=False, formatter_class=_formatter(lang)
        )
        self.lang = lang
        self.arguments = self.add_argument_group(say("groups.arguments", lang))
        self.choices = self.add_argument_group(say("groups.options", lang))
        self.choices.add_argument("-h", "--help", action="help", help=say("options.help", lang))
        self.choices.add_argument(
            "--lang", choices=LANGS, default=lang, action=_Lang, help=say("options.lang", lang)
        )

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line, and stop with code 2."""
        complaint = say("wrong_usage", self.lang, detail=legible(message))
        self.exit(2, f"{self.format_usage()}{complaint}\n")

    def option(self, name: str, **settings: Any) -> None:  # of `add_argument`
        """Add an option, described in the table of words."""
        key = name.lstrip("-").replace("-", "_")
        self.choices.add_argument(name, help=say(f"options.{key}", self.lang), **settings)

    def json_option(self) -> None:
        """Add `--json`."""
        self.option("--json", action="store_true")


class _Lang(argparse.Action):
    """Keep the language, and that it was asked for: `serve` then asks no browser."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, *_: Any
    ) -> None:
        namespace.lang = values
        namespace.lang_asked = True


def _formatter(lang: str) -> type[argparse.HelpFormatter]:
    class Formatter(argparse.HelpFormatter):
        def add_usage(
            self,
            usage: str | None,
            actions: Iterable[argparse.Action],
            groups: Iterable[argparse._MutuallyExclusiveGroup],
            prefix: str | None = None,
        ) -> None:
            prefix = say("usage", lang) + " " if prefix is None else prefix
            super().add_usage(usage, actions, groups, prefix)

    return Formatter


def language(argv: Sequence[str]) -> str:
    """Return the language requested anywhere in the arguments; argparse refuses others later."""
    wanted = [word.removeprefix("--lang=") for word in argv if word.startswith("--lang=")]
    wanted += [after for word, after in zip(argv, argv[1:], strict=False) if word == "--lang"]
    return wanted[-1] if wanted and wanted[-1] in LANGS else DEFAULT_LANG


def parser(lang: str) -> Parser:
    """Return the parser of the whole command line; `run` of its result is the command."""

    class Command(Parser):
        def __init__(self, **options: Any) -> None:
            super().__init__(lang=lang, **options)

    top = Parser(prog="simlib", description=say("about", lang), lang=lang)
    title = say("groups.commands", lang)
    subparsers = top.add_subparsers(
        title=title, metavar=say("metavars.command", lang), required=True, dest="command",
        parser_class=Command,
    )  # fmt: skip
    for name, fill in _COMMANDS.items():
        about = say(f"commands.{name}", lang)
        command = subparsers.add_parser(name, help=about, description=about)
        fill(command)
        command.set_defaults(run=_RUN.get(name) or getattr(commands, name))
    return top


def _cases(command: Parser) -> None:
    command.json_option()


def _check(command: Parser) -> None:
    command.arguments.add_argument(
        "paths", nargs="+", metavar="PATH", help=say("arguments.path", command.lang)
    )


def _decide(command: Parser) -> None:
    _facts(command)
    command.option("--mode", default="auto", metavar="MODE")
    command.option("--rule", action="append", default=[], metavar="RULE=VALUE")
    command.option("--regime", metavar="NAME")
    command.json_option()


def _compare(command: Parser) -> None:
    _facts(command)
    command.option("--modes", metavar="MODE,MODE,…")
    command.json_option()


def _trace(command: Parser) -> None:
    _facts(command)
    command.option("--method", default="timestamp", metavar="METHOD")
    command.option("--from", metavar="PARTY")
    command.json_option()


def _victims(command: Parser) -> None:
    _facts(command)
    command.option("--mode", default="auto", metavar="MODE")
    command.option("--give-back", default="timestamp", metavar="RULE")
    command.option("--rule", action="append", default=[], metavar="RULE=VALUE")
    command.option("--regime", metavar="NAME")
    command.json_option()


def _schedule(command: Parser) -> None:
    _facts(command)
    about = say("schedule.regime", command.lang)
    command.choices.add_argument(
        "--regime", default="stay_if_prejudicial", metavar="NAME", help=about
    )
    command.option("--switch", action="append", default=[], metavar="SWITCH=VALUE")
    command.option("--sue-on", metavar="DAY")
    command.option("--preserve-on", metavar="DAY")
    command.json_option()


def _evidence(command: Parser) -> None:
    _facts(command)
    for name, default, metavar in (
        ("regime", "stay_if_prejudicial", "NAME"), ("reply", "today", "NAME"),
        ("place", "local", "NAME"), ("police", "ignore", "NAME"), ("preserve-on", None, "DAY"),
    ):  # fmt: skip
        about = say(f"evidence.{name.replace('-', '_')}", command.lang)
        command.choices.add_argument(f"--{name}", default=default, metavar=metavar, help=about)
    for name in ("refuses", "mandatory"):
        about = say(f"evidence.{name}", command.lang)
        command.choices.add_argument(f"--{name}", action="store_true", help=about)
    command.option("--switch", action="append", default=[], metavar="SWITCH=VALUE")
    command.option("--sue-on", metavar="DAY")
    command.json_option()


def _deposit(command: Parser) -> None:
    def option(name: str, **settings: Any) -> None:  # of `add_argument`
        about = words("evidence_deposit", f"options.{name}", command.lang)
        command.choices.add_argument(f"--{name}", help=about, **settings)

    _files(command)
    option("out", required=True, metavar="R.json")
    option("at", metavar="INSTANT")
    option("note", default="", metavar="TEXT")
    option("algorithm", choices=("sha256", "sm3"), default="sha256")
    command.json_option()


def _verify(command: Parser) -> None:
    about = words("evidence_deposit", "options.receipt", command.lang)
    command.arguments.add_argument("receipt", metavar="R.json", help=about)
    _files(command)
    command.json_option()


def _files(command: Parser) -> None:
    about = words("evidence_deposit", "options.files", command.lang)
    command.arguments.add_argument("files", nargs="+", metavar="FILE", help=about)


def _generate(command: Parser) -> None:
    command.option("--size", type=int, required=True, metavar="N")
    command.option("--seed", type=int, default=1, metavar="S")
    command.option("--out", metavar="DIR")
    command.option("--victims", type=int, metavar="V")
    command.option("--layers", type=int, default=3, metavar="L")
    command.option("--setting", action="append", default=[], metavar="KEY=VALUE")
    command.json_option()


def _exercises(command: Parser) -> None:
    command.arguments.add_argument(
        "topic", metavar="TOPIC", help=say("arguments.topic", command.lang)
    )
    command.option("--seed", type=int, default=1, metavar="N")
    command.option("--count", type=int, default=1, metavar="K")
    command.option("--key", action="store_true")
    command.json_option()


def _import(command: Parser) -> None:
    def option(name: str, **settings: Any) -> None:  # of `add_argument`
        key = name.lstrip("-").replace("-", "_")
        about = words("statement", f"options.{key}", command.lang)
        command.choices.add_argument(name, help=about, **settings)

    about = words("statement", "options.files", command.lang)
    command.arguments.add_argument("files", nargs="+", metavar="FILE", help=about)
    place = command.choices.add_mutually_exclusive_group()
    for name, metavar in (("out", "DIR"), ("into", "CASE")):
        about = words("statement", f"options.{name}", command.lang)
        place.add_argument(f"--{name}", metavar=metavar, help=about)
    option("--key", metavar="KEYFILE")
    for name, metavar in (
        ("mapping", "M.toml"), ("own", "FILE=NUMBER"), ("turn", "FILE"), ("owed", "FILE"),
        ("gaps", "FILE"),
        ("same", "WHO=WHO"), ("apart", "ACCOUNT"), ("victim", "WHO"), ("role", "WHO=ROLE"),
        ("holder", "WHO=PARTY"),
    ):  # fmt: skip
        option(f"--{name}", action="append", default=[], metavar=metavar)
    option("--sheet", metavar="NAME")
    option("--save-mapping", metavar="M.toml")
    option("--password-file", metavar="FILE")
    option("--year", type=int, metavar="YYYY")
    option("--days", choices=("dmy", "mdy", "ymd"))
    for name in ("unknown-principal", "keep-names", "keep-remarks"):
        option(f"--{name}", action="store_true")
    command.json_option()


def _serve(command: Parser) -> None:
    command.option("--port", type=int, default=DEFAULT_PORT)
    command.option("--host", default=DEFAULT_HOST)
    command.option("--places", type=int, metavar="N")
    command.option("--base", default="/", metavar="PATH")
    command.option("--name", action="append", default=[], metavar="HOST")
    # how the Makefile calls it: a message then names make's own variable
    command.choices.add_argument("--from-make", action="store_true", help=argparse.SUPPRESS)


def _facts(command: Parser) -> None:
    """Add the case, and the options that change its facts."""
    command.arguments.add_argument("case", metavar="CASE", help=say("arguments.case", command.lang))
    command.option("--position", metavar="ID")
    command.option("--set", action="append", default=[], metavar="PATH=VALUE")


_RUN = {"import": commands.import_statements}  # a word of Python itself
_COMMANDS = {
    "cases": _cases,
    "check": _check,
    "decide": _decide,
    "compare": _compare,
    "trace": _trace,
    "victims": _victims,
    "schedule": _schedule,
    "evidence": _evidence,
    "deposit": _deposit,
    "verify": _verify,
    "exercises": _exercises,
    "import": _import,
    "generate": _generate,
    "serve": _serve,
}
