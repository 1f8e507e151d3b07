"""Lesson 00: what is in dispute, and what a number of suits dismissed can tell."""
