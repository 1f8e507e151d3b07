"""Will the proof still exist: how long it is kept, who is asked for it, and when they answer.

`answers` runs a queue of requests that few people answer, `staff_for` says how many it needs, and
`survivals` what is still there when the answer comes.
"""

from simlib.evidence.queue import Answered, Queue, answers, staff_for, survivals

__all__ = ["Answered", "Queue", "answers", "staff_for", "survivals"]
