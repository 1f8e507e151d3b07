"""One office at a time, as SimPy processes: requests queue for a resource of finite capacity."""

from __future__ import annotations

import numpy as np
import simpy


def desk(gaps, services, staff):
    """Days from each request to its answer, and the day each is answered; first come, first served.

    Parameters
    ----------
    gaps
        days since the request before
    services
        days an answer takes
    """
    env = simpy.Environment()
    people = simpy.Resource(env, capacity=staff)
    delays, ends = [0.0] * len(gaps), [0.0] * len(gaps)

    def request(number, service):
        asked = env.now
        with people.request() as turn:
            yield turn
            begun = env.now
            yield env.timeout(service)
        delays[number], ends[number] = (begun - asked) + service, env.now

    def come():
        for number, (gap, service) in enumerate(zip(gaps, services, strict=True)):
            yield env.timeout(gap)
            env.process(request(number, service))

    env.process(come())
    env.run()
    return delays, ends


def lucky(queue, count, runs, seed):
    """Gaps and services of the runs of one tile, each a list of `runs` lists of `count` numbers.

    Written from the docstring of `answers`: sixteen bits a number, four from one word, a row of
    words for the request of every run.
    """
    half = (np.arange(65536) + 0.5) / 65536
    values = {
        0: -np.log1p(-half) / queue.per_day,
        1: queue.service_median_days * np.exp(queue.service_sigma * normal(half)),
    }
    words = -(-runs // 4)
    drawn = []
    for place, table in values.items():
        raw = np.random.SFC64(np.random.SeedSequence([seed, 0, place])).random_raw(words * count)
        numbers = [[(w >> (16 * part)) & 0xFFFF for part in range(4)] for w in raw.tolist()]
        rows = np.array(numbers).reshape(count, 4 * words)[:, :runs]
        drawn.append(table[rows].T.tolist())
    return drawn


def normal(shares):
    """Standard normal quantiles."""
    from statistics import NormalDist

    return np.array([NormalDist().inv_cdf(share) for share in shares])
