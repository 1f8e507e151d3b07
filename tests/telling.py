"""Say something to a widget as a page does: through its comm, whatever it is that is said."""

from simlib.widgets import (
    case_lab,
    causation_lab,
    chain_lab,
    fault_lab,
    liability_lab,
    riskbenefit_lab,
    start_lab,
)

# every lab of the usual frame
MAKERS = (
    start_lab, case_lab, fault_lab, causation_lab, liability_lab, riskbenefit_lab, chain_lab,
)  # fmt: skip


def tell(widget, content, *buffers):
    """A custom message."""
    hand_in(widget, {"method": "custom", "content": content}, *buffers)


def write(widget, **state):
    """An update of traits."""
    hand_in(widget, {"method": "update", "state": state, "buffer_paths": []})


def hand_in(widget, data, *buffers):
    """Any message at all."""
    message = {"content": {"data": data}, "buffers": [memoryview(b) for b in buffers]}
    widget.comm.handle_msg(message)


def chooser(lab):
    """The widget with which a lab's case is chosen, whichever frame shows it."""
    return lab.view if hasattr(lab, "view") else lab.choose


def opens(lab):
    """Open a lab without an answer, as a teacher does."""
    tell(lab.view if hasattr(lab, "view") else lab.answer, {"press": "open"})
    return lab


def knobs_of(lab):
    """The widget that holds a lab's knobs."""
    return lab.view if hasattr(lab, "view") else lab.form


def noticed(lab):
    """What a lab says it has refused, as HTML."""
    return lab.view.notice if hasattr(lab, "view") else lab.notice.html
