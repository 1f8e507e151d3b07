"""Lesson 01: one case under nine forms of liability, beside what a court ordered."""
