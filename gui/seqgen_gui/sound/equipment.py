"""What the machine has to make sound with. It is looked for in the sound process."""

from __future__ import annotations

from seqgen_gui.live.ports import port_names
from seqgen_gui.sound import fluid
from seqgen_gui.sound.device import SoundError
from seqgen_gui.sound.devices import output_names
from seqgen_gui.sound.fonts import found_fonts
from seqgen_gui.sound.score import Equipment


def equipment() -> Equipment:
    """Look for everything; may take long, for PortAudio looks at all hardware."""
    try:
        synth, trouble = f"FluidSynth {fluid.version()}", ""
    except SoundError as error:
        synth, trouble = "", str(error)
    try:
        (giving, taking), no_ports = port_names(), ""
    except SoundError as error:
        giving, taking, no_ports = [], [], str(error)
    return Equipment(
        devices=tuple(output_names()),
        fonts=tuple(found_fonts()),
        font_synth=synth,
        no_font_synth=trouble,
        keyboards=tuple(giving),
        synths=tuple(taking),
        no_ports=no_ports,
    )
