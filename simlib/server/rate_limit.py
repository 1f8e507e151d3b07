"""How often one address may ask: generous for a class behind one address, closed to a flood."""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict
from dataclasses import dataclass

OPENINGS = (240, 4.0)  # lessons at once, and more a second: a class of 60 may open four each
SHEETS = (120, 2.0)  # worksheets: drawing one takes a processor up to half a second
FAILURES = (600, 20.0)  # answers that are our 4xx
FRAMES = (1000, 200.0)  # of one socket; a dragged slider sends 60 a second
MOST_ADDRESSES = 10_000  # remembered; the one that asked longest ago is forgotten first


@dataclass(slots=True)
class Bucket:
    """A token bucket: holds `most` tokens, gains `rate` a second by a clock that nobody sets."""

    most: float
    rate: float
    tokens: float = 0
    since: float = 0

    def __post_init__(self) -> None:
        self.tokens, self.since = self.most, _now()

    def take(self) -> float:
        """Take a token; return the seconds [s] until it is there, 0 if now."""
        self._fill()
        self.tokens -= 1
        return max(0.0, -self.tokens / self.rate)

    def try_take(self) -> bool:
        """Take a token if there is one, and return whether there was."""
        self._fill()
        enough = self.tokens >= 1
        self.tokens -= enough
        return enough

    def _fill(self) -> None:
        now = _now()
        self.tokens = min(self.most, self.tokens + (now - self.since) * self.rate)
        self.since = now


class Rates:
    """A bucket for each address."""

    def __init__(self, most: float, rate: float) -> None:
        self._size = most, rate
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    def allows(self, address: str) -> bool:
        """Count a request of this address, and return whether it may ask."""
        return self._bucket(address).try_take()

    def _bucket(self, address: str) -> Bucket:
        key = site(address)
        bucket = self._buckets.pop(key, None) or Bucket(*self._size)
        self._buckets[key] = bucket
        if len(self._buckets) > MOST_ADDRESSES:
            self._buckets.popitem(last=False)
        return bucket


def site(address: str) -> str:
    """Return an address, or its /64 network for IPv6, which belongs to one visitor."""
    try:
        known = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if known.version == 4 or known.ipv4_mapped:
        return str(getattr(known, "ipv4_mapped", None) or known)
    return str(ipaddress.ip_network((known, 64), strict=False))


def _now() -> float:
    return time.monotonic()
