"""Lesson 04: one loss, several debtors; who owes outward, who bears, who pays now."""
