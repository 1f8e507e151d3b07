"""Lesson 08: is the proof still there: clocks of data, requests, preservation, deposits."""
