"""Inputs tried in a process of their own: one that hangs, fails or grows is named, and the rest
goes on."""

from __future__ import annotations

import multiprocessing
import resource
import time
import traceback
from collections.abc import Callable, Iterable
from multiprocessing.connection import Connection

import serving
from hostile import chance, files, links

FEWEST = 36  # inputs of a kind, however slow the machine is
WITHIN_S = 30  # for one input, on a machine that does other things too
MOST_GROWTH = 400  # MB above what the process held when it had warmed up
CEILING = 3_000_000_000  # bytes of address space


def _link(seed: int, number: int) -> None:
    links.restore(*links.states(chance(seed, "link", number)))


def _file(seed: int, number: int) -> None:
    files.feed(*files.file(chance(seed, "file", number)))


TRIALS: dict[str, Callable[[int, int], None]] = {"link": _link, "file": _file}


def _work(pipe: Connection, seed: int, kind: str) -> None:
    """Try the numbers that come; answer each with what was wrong, or nothing."""
    resource.setrlimit(resource.RLIMIT_AS, (CEILING, CEILING))
    while True:
        number = pipe.recv()
        try:
            TRIALS[kind](seed, number)
        except BaseException as error:  # what the input did is what we are here for
            last = traceback.extract_tb(error.__traceback__)[-1]
            wrong = f"{type(error).__name__}: {error!s:.200} ({last.filename}:{last.lineno})"
            pipe.send(wrong)
        else:
            pipe.send("")


def repeat(act: Callable[[int], None], numbers: Iterable[int], seconds: float) -> int:
    """Act on number after number until they are over, or the time is, and on a few dozen at least;
    how many there were."""
    until, done = time.monotonic() + seconds, 0
    for number in numbers:
        if time.monotonic() > until and done >= FEWEST:
            break
        act(number)
        done += 1
    return done


class Worker:
    """A process that tries inputs of one kind, and another when it has to be ended."""

    def __init__(self, seed: int, kind: str) -> None:
        self.seed, self.kind = seed, kind
        self._process = None

    def run(self, numbers: Iterable[int], seconds: float) -> tuple[int, list[str]]:
        """Try inputs until they or the time are over; how many, and what was wrong."""
        wrong = []

        def act(number: int) -> None:
            found = self._try(number)
            if found:
                wrong.append(f"{self.seed}:{self.kind}:{number}: {found}")

        self._begin()
        tried = repeat(act, numbers, seconds)
        self.end()
        return tried, wrong

    def _try(self, number: int) -> str:
        if self._process is None:
            self._begin()
        self._pipe.send(number)
        try:
            answered = self._pipe.poll(WITHIN_S)
            found = self._pipe.recv() if answered else f"no answer within {WITHIN_S} s"
        except EOFError:
            answered, found = False, "the process ended"
        if answered and not found:
            grown = serving.memory_of(self._process.pid) - self._size
            answered = grown < MOST_GROWTH
            found = "" if answered else f"grew by {grown:.0f} MB"
        if not answered:
            self.end()
        return found

    def _begin(self) -> None:
        spawn = multiprocessing.get_context("spawn")
        self._pipe, far = spawn.Pipe()
        self._process = spawn.Process(target=_work, args=(far, self.seed, self.kind), daemon=True)
        self._process.start()
        far.close()
        self._pipe.send(0)  # imports, caches: what it holds after one is what it needs
        self._pipe.poll(120)
        self._pipe.recv()
        self._size = serving.memory_of(self._process.pid)

    def end(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._pipe.close()
            self._process = None
