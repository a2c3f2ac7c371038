"""Protocols: which signal a model of handwriting is measured on, and what is averaged."""

from __future__ import annotations

from dataclasses import dataclass

from seqgen.errors import UsageError, did_you_mean
from seqgen.frontends.handwriting.codec.sequences import RAW_MEAN, RAW_STD
from seqgen.frontends.handwriting.codec.state import InkState


@dataclass(frozen=True)
class Protocol:
    """A way to measure models of ``codecs``; ``about`` says in a sentence what is averaged."""

    name: str
    codecs: tuple[str, ...]
    about: str


_ALL = (
    "log-likelihood in nats, higher is better, with the pen's lifts: of a line the sum over its "
    "points but the first, each as the offset from the point before and whether the pen lifts "
    "after it; mean over all lines of the split, teacher forced, LSTM state from zero at the "
    "start of each line; "
)
_VRNN = Protocol(
    name="vrnn",
    codecs=("raw",),
    about=_ALL + "the ink as stored, all of it, nothing repaired, levelled or thinned; density of "
    f"v = (d - {RAW_MEAN}) / {RAW_STD} on both axes, y down; the published protocol (Chung et al. "
    f"2015) turns y up first, its value on the y axis is -v - 2 * {RAW_MEAN} / {RAW_STD}, a "
    "reflection and a shift of ours, and as their determinant has size 1, every density and so "
    "this number is the same",
)
_POINTS = Protocol(
    name="points",
    codecs=("hand", "raw"),
    about=_ALL + "the model's own signal: {signal}",
)
_SIGNALS = {
    "raw": f"the ink as stored, offsets (d - {RAW_MEAN}) / {RAW_STD} on both axes",
    "hand": "the line levelled by a shear, repeated points and tracker spikes taken out, one "
    "point of {thin:g}, offsets in spreads of the hand (the median of the vertical standard "
    "deviation of its lines in the split)",
}
_UNITS = (
    "; raw units are those of the ink as stored, by the change of variables (a shear and a shift "
    "have determinant 1)"
)
_KNOWN = (_VRNN, _POINTS)
_DEFAULTS = {"raw": "vrnn", "hand": "points"}


def find_protocol(state: InkState, name: str | None) -> Protocol:
    """The protocol ``name`` for the model of ``state``, or its default.

    Raises UsageError where it is unknown, or not defined for models of that codec.
    """
    known = {one.name: one for one in _KNOWN}
    name = _DEFAULTS[state.codec] if name is None else name
    if name not in known:
        hint = did_you_mean(name, known)
        raise UsageError(f"no protocol for models of handwriting is called {name!r}, {hint}")
    if state.codec not in known[name].codecs:
        fitting = ", ".join(one.name for one in _KNOWN if state.codec in one.codecs)
        raise UsageError(
            f"protocol {name} is not defined for models of codec {state.codec}, to which repaired "
            f"and thinned ink is another signal, allowed: {fitting}"
        )
    return known[name]


def explain(protocol: Protocol, state: InkState, text: bool) -> str:
    """The whole sentence about a measurement: what is averaged, and what the model is told."""
    signal = _SIGNALS[state.codec].format(thin=state.thin)
    told = "its text" if text else "no text"
    if state.styles:
        told += " and the style vector of its hand where the model has one, else that of no hand"
    return f"{protocol.about.format(signal=signal)}{_UNITS}; known of a line: {told}"
