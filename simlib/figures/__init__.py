"""Figures as plain data that plotly.js draws, each with its table and a description."""
