"""Lesson 02: whether he knew, by the same evidence under three burdens and two reviews."""
