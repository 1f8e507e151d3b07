"""Lesson 07: when she may sue, in four ways to treat a suit beside a criminal case."""
