"""Bytes of a visit as they are on the wire: files by name, websocket apart, other hosts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

from tests.bench.serving import peers
from tests.bench.serving.peers import Site, tried
from tests.bench.serving.table import Row, at_most
from tests.bench.serving.visit import DESKTOP, Sites, load, watched

FIRST_MB, REPEAT_MB, SOCKET_MB = 2.5, 0.05, 0.1
QUIET_MS = 3_000  # after the chart: what comes later belongs to the visit as well
LARGEST = 10


class Traffic:
    """What one page receives from now on: encoded bytes of each file, headers included."""

    def __init__(self, page, host: str) -> None:
        self.files: Counter[str] = Counter()
        self.socket = 0
        self.foreign: list[str] = []
        self._names: dict[str, str] = {}
        self._host = host
        wire = page.context.new_cdp_session(page)
        wire.on("Network.requestWillBeSent", self._asked)
        wire.on("Network.loadingFinished", self._finished)
        wire.on("Network.webSocketFrameReceived", self._frame)
        wire.send("Network.enable")

    @property
    def megabytes(self) -> float:
        """All files [MB]."""
        return sum(self.files.values()) / 1e6

    def _asked(self, event: dict) -> None:
        where = urlsplit(event["request"]["url"])
        if where.scheme not in ("http", "https"):
            return
        self._names[event["requestId"]] = where.path
        if where.hostname != self._host:
            self.foreign.append(event["request"]["url"])

    def _finished(self, event: dict) -> None:
        name = self._names.get(event["requestId"])
        if name:
            self.files[name] += int(event["encodedDataLength"])

    def _frame(self, event: dict) -> None:
        """Payloads are text, or base64 of what is binary."""
        frame = event["response"]
        size = len(frame["payloadData"])
        self.socket += size if frame["opcode"] == 1 else size * 3 // 4


def rows(browser, sites: Sites, names: dict) -> Iterator[Row]:
    """First and repeat visit over plain http from an address that is not loopback."""
    host = peers.own_address()
    if host == peers.HERE:
        print("this machine has only its loopback address: traffic is counted there")
    seen = {name: tried(name, _visits, browser, sites[name], host)
            for name in ("stock", "dash", "ours") if name in sites}  # fmt: skip
    for which, place in (("first", 0), ("repeat", 1)):
        if seen.get("ours"):
            names[which] = seen["ours"][place].files.most_common(LARGEST)
        limit = (FIRST_MB, REPEAT_MB)[place]
        sizes = _each(seen, place, lambda t: t.megabytes)
        yield _row(f"e files on the wire, {which} visit, MB", sizes, limit)
    sockets = _each(seen, 0, lambda t: t.socket / 1e6)
    yield _row("e websocket at opening, MB", sockets, SOCKET_MB)
    yield Row("e files of the first visit", *_each(seen, 0, lambda t: len(t.files)))
    yield _row("e requests to another host", _each(seen, 0, lambda t: len(t.foreign)), 0)


def _visits(browser, site: Site, host: str) -> tuple[Traffic, Traffic]:
    """A first visit, and another with what the browser has kept."""
    context, counted = browser.new_context(viewport=DESKTOP, locale="zh-CN"), []
    for _ in range(2):
        page = watched(context, chart=site.drawn)
        counted.append(Traffic(page, host))
        load(page, site.url(host))
        page.wait_for_timeout(QUIET_MS)
        page.close()
    context.close()
    return counted[0], counted[1]


def _each(seen: dict[str, tuple[Traffic, Traffic]], place: int, measure) -> list:
    found = (seen.get(name) for name in ("stock", "dash", "ours"))
    return [measure(each[place]) if each else None for each in found]


def _row(what: str, numbers: list, limit: float) -> Row:
    return Row(what, *numbers, f"≤ {limit}" if limit else "0", at_most(numbers[2], limit))


def show(names: dict[str, list[tuple[str, int]]]) -> None:
    """The largest files of ours."""
    for which, files in names.items():
        print(f"\nthe largest of ours, {which} visit, kB:")
        for name, size in files:
            print(f"{size / 1e3:10.1f}  {name}")
