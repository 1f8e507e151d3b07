"""The words of a command line, in the reader's language; it loads nothing that a command runs."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any, NoReturn, TypeAlias

import simlib
from simlib.errors import legible
from simlib.resources import LANGS
from simlib.text import topic_words, words

DEFAULT_LANG, DEFAULT_PORT, DEFAULT_HOST = "zh", 8866, "127.0.0.1"
say = partial(words, "cli")

Settings: TypeAlias = dict[str, Any]  # of argparse's `add_argument`
Declared: TypeAlias = Mapping[str, Settings]  # argument or option → its settings, in order

FLAG: Settings = {"action": "store_true"}
REPEATED: Settings = {"action": "append", "default": []}
DAY, NAME = {"metavar": "DAY"}, {"metavar": "NAME"}
JSON: Declared = {"--json": FLAG}
FACTS: Declared = {  # a case, and what changes its facts
    "case": {"metavar": "CASE"},
    "--position": {"metavar": "ID"},
    "--set": {**REPEATED, "metavar": "PATH=VALUE"},
}
MODE: Declared = {"--mode": {"default": "auto", "metavar": "MODE"}}
LAW: Declared = {"--rule": {**REPEATED, "metavar": "RULE=VALUE"}, "--regime": NAME}
PROCEDURE: Declared = {"--regime": {"default": "stay_if_prejudicial", **NAME}}
SWITCHED: Declared = {"--switch": {**REPEATED, "metavar": "SWITCH=VALUE"}, "--sue-on": DAY}
FILES: Declared = {"files": {"nargs": "+", "metavar": "FILE"}}
SEED: Settings = {"type": int, "default": 1}
FILE: Settings = {**REPEATED, "metavar": "FILE"}
EITHER = "either"  # of these options one alone can be given
COMMANDS: dict[str, Mapping[str, Any]] = {
    "cases": JSON,
    "check": {"path": {"nargs": "+", "metavar": "PATH"}},
    "decide": {**FACTS, **MODE, **LAW, **JSON},
    "compare": {**FACTS, "--modes": {"metavar": "MODE,MODE,…"}, **JSON},
    "trace": {
        **FACTS,
        "--method": {"default": "timestamp", "metavar": "METHOD"},
        "--from": {"metavar": "PARTY"},
        **JSON,
    },
    "victims": {
        **FACTS,
        **MODE,
        "--give-back": {"default": "timestamp", "metavar": "RULE"},
        **LAW,
        **JSON,
    },
    "schedule": {**FACTS, **PROCEDURE, **SWITCHED, "--preserve-on": DAY, **JSON},
    "evidence": {
        **FACTS,
        **PROCEDURE,
        "--reply": {"default": "today", **NAME},
        "--place": {"default": "local", **NAME},
        "--police": {"default": "ignore", **NAME},
        "--preserve-on": DAY,
        "--refuses": FLAG,
        "--mandatory": FLAG,
        **SWITCHED,
        **JSON,
    },
    "deposit": {
        **FILES,
        "--out": {"required": True, "metavar": "R.json"},
        "--at": {"metavar": "INSTANT"},
        "--note": {"default": "", "metavar": "TEXT"},
        "--algorithm": {"choices": ("sha256", "sm3"), "default": "sha256"},
        **JSON,
    },
    "verify": {"receipt": {"metavar": "R.json"}, **FILES, "--root": {"metavar": "HEX"}, **JSON},
    "exercises": {
        "topic": {"metavar": "TOPIC"},
        "--seed": {**SEED, "metavar": "N"},
        "--count": {"type": int, "default": 1, "metavar": "K"},
        "--key": FLAG,
        **JSON,
    },
    "import": {
        **FILES,
        EITHER: {"--out": {"metavar": "DIR"}, "--into": {"metavar": "CASE"}},
        "--key": {"metavar": "KEYFILE"},
        "--mapping": {**REPEATED, "metavar": "M.toml"},
        "--own": {**REPEATED, "metavar": "FILE=NUMBER"},
        "--turn": FILE,
        "--owed": FILE,
        "--gaps": FILE,
        "--same": {**REPEATED, "metavar": "WHO=WHO"},
        "--apart": {**REPEATED, "metavar": "ACCOUNT"},
        "--victim": {**REPEATED, "metavar": "WHO"},
        "--role": {**REPEATED, "metavar": "WHO=ROLE"},
        "--holder": {**REPEATED, "metavar": "WHO=PARTY"},
        "--sheet": NAME,
        "--save-mapping": {"metavar": "M.toml"},
        "--password-file": {"metavar": "FILE"},
        "--year": {"type": int, "metavar": "YYYY"},
        "--days": {"choices": ("dmy", "mdy", "ymd")},
        "--unknown-principal": FLAG,
        "--keep-names": FLAG,
        "--keep-remarks": FLAG,
        **JSON,
    },
    "generate": {
        "--size": {"type": int, "required": True, "metavar": "N"},
        "--seed": {**SEED, "metavar": "S"},
        "--out": {"metavar": "DIR"},
        "--victims": {"type": int, "metavar": "V"},
        "--layers": {"type": int, "default": 3, "metavar": "L"},
        "--setting": {**REPEATED, "metavar": "KEY=VALUE"},
        **JSON,
    },
    "serve": {
        "--port": {"type": int, "default": DEFAULT_PORT},
        "--host": {"default": DEFAULT_HOST},
        "--places": {"type": int, "metavar": "N"},
        "--base": {"default": "/", "metavar": "PATH"},
        "--name": {**REPEATED, "metavar": "HOST"},
        # how the Makefile calls it: a message then names make's own variable
        "--from-make": {**FLAG, "help": argparse.SUPPRESS},
    },
}
# Whose options are described with what they are about, not with the other commands'.
TOPICS = {"deposit": "evidence_deposit", "verify": "evidence_deposit", "import": "statement"}


class Parser(argparse.ArgumentParser):
    """argparse, with its headings and its complaints in the reader's language."""

    def __init__(self, *, lang: str, **options: Any) -> None:  # argparse's own options
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

        super().__init__(**options, add_help=False, allow_abbrev=False, formatter_class=Formatter)
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

    def declare(self, command: str, declared: Mapping[str, Any]) -> None:
        """Add arguments and options, each described in the table of words."""
        for name, settings in declared.items():
            place: argparse._ActionsContainer = self.arguments
            if name == EITHER:
                place = self.choices.add_mutually_exclusive_group()
            elif name.startswith("-"):
                place = self.choices
            for key, each in (settings if name == EITHER else {name: settings}).items():
                about: Settings = {"help": each.get("help") or _about(command, key, self.lang)}
                added = place.add_argument(key, **each | about)
                if key == "case":
                    vars(added)["completer"] = _cases  # argcomplete looks for it


class _Lang(argparse.Action):
    """Keep the language, and that it was asked for: `serve` then asks no browser."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, *_: Any
    ) -> None:  # whatever argparse parsed
        namespace.lang = values
        namespace.lang_asked = True


def language(argv: Sequence[str]) -> str:
    """Return the language requested anywhere in the arguments; argparse refuses others later."""
    wanted = [word.removeprefix("--lang=") for word in argv if word.startswith("--lang=")]
    wanted += [after for word, after in zip(argv, argv[1:], strict=False) if word == "--lang"]
    return wanted[-1] if wanted and wanted[-1] in LANGS else DEFAULT_LANG


def parser(lang: str) -> Parser:
    """Return the parser of the whole command line; `command` of its result names the command."""

    class Command(Parser):
        def __init__(self, **options: Any) -> None:  # argparse's own
            super().__init__(lang=lang, **options)

    top = Parser(prog="simlib", description=say("about", lang), lang=lang)
    version = f"simlib {simlib.__version__}"
    top.choices.add_argument(
        "--version", action="version", version=version, help=say("options.version", lang)
    )
    subparsers = top.add_subparsers(
        title=say("groups.commands", lang), metavar=say("metavars.command", lang), required=True,
        dest="command", parser_class=Command,
    )  # fmt: skip
    for name, declared in COMMANDS.items():
        about = say(f"commands.{name}", lang)
        subparsers.add_parser(name, help=about, description=about).declare(name, declared)
    return top


def _about(command: str, name: str, lang: str) -> str:
    """Describe an argument: in the command's own words, else in those of its topic, else of all."""
    key = name.lstrip("-").replace("-", "_")
    places = ("cli", command), (TOPICS.get(command, "cli"), "options")
    for topic, table in (*places, ("cli", "options"), ("cli", "arguments")):
        if key in topic_words(topic, lang).get(table, ()):
            return words(topic, f"{table}.{key}", lang)
    raise KeyError(f"no words for {name!r} of {command!r}")


def _cases(**_: object) -> list[str]:
    """List what can stand for CASE, for a shell that completes it."""
    from simlib.case import shipped_cases

    return shipped_cases()
