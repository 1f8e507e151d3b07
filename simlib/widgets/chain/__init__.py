"""The lab of lesson 06: the chain played step by step, six tracing rules, returns and liability."""

from simlib.widgets.chain.lab import ChainLab

__all__ = ["ChainLab"]
