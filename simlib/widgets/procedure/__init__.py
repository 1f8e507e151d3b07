"""The lab of lesson 07: when she may sue, in four ways to treat a suit beside a criminal case."""

from simlib.widgets.procedure.lab import ProcedureLab, procedure_lab

__all__ = ["ProcedureLab", "procedure_lab"]
