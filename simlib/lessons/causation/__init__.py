"""Lesson 03, what his card did to the loss: declaration, values, knobs, drawings and charts."""
