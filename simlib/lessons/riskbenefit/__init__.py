"""Lesson 05: a share from gain, risk and cause, and what it really hangs on."""
