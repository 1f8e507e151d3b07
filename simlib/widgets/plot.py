"""A chart: a plain figure drawn in place by plotly.js, which the page loads once and keeps."""

from __future__ import annotations

import anywidget
import traitlets

from simlib.widgets.controls import loader
from simlib.widgets.page_messages import Door

EMPTY: dict[str, object] = {"data": [], "layout": {}}


class PlotView(Door, anywidget.AnyWidget):
    """A plotly.js figure; a new `figure` moves what is drawn, it does not draw anew.

    Attributes
    ----------
    figure
        `{"data": […], "layout": {…}}`
    description
        what the chart shows now, in a sentence
    """

    _esm = loader("plot")
    figure: traitlets.Dict[str, object] = traitlets.Dict(EMPTY).tag(sync=True)
    description = traitlets.Unicode("").tag(sync=True)
