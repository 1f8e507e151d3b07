"""Digests in the page: what one character changes, and a receipt for a file of one's own."""

from simlib.widgets.deposit.lab import DepositView, deposit_lab

__all__ = ["DepositView", "deposit_lab"]
