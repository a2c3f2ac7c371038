from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from seqgen_gui.sound import fluid
from seqgen_gui.sound.device import SoundError
from seqgen_gui.sound.font import Font
from seqgen_gui.sound.instruments import BUILT_IN, Instruments
from seqgen_gui.sound.score import Instrument, Playing, Score
from seqgen_gui.sound.synth import BLOCK, Synth
from seqgen_gui.sound.voices import RATE, Wave
from tests.gui.sound.tiny_font import write_font
from tests.gui.sound.tunes import scale

ONE = Score(((0.5, 1.0, 69, 100, 0),), (Instrument(),))
REAL = Path("/usr/share/sounds/sf2/TimGM6mb.sf2")


def has_fluidsynth() -> bool:
    try:
        return bool(fluid.version())
    except SoundError:
        return False


needs_fluidsynth = pytest.mark.skipif(not has_fluidsynth(), reason="FluidSynth is not installed")


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(write_font(tmp_path / "tiny sine ü.sf2"))


def rendered(font: Font, score: Score, playing: Playing, seconds: float) -> Wave:
    player = font.player(score, playing, 0.0)
    blocks = [player.block(BLOCK) for _ in range(round(seconds * RATE / BLOCK))]
    player.close()
    return np.concatenate(blocks)


def loud(sound: Wave, begin: float, end: float) -> float:
    return float(np.abs(sound[round(begin * RATE) : round(end * RATE)]).max())


@needs_fluidsynth
def test_a_soundfont_sounds_from_note_on_to_note_off(path: str) -> None:
    sound = rendered(Font(path), ONE, Playing(), 2.0)
    assert loud(sound, 0.0, 0.49) < 1e-4
    assert loud(sound, 0.52, 1.0) > 0.05
    assert loud(sound, 1.3, 1.9) < 0.02
    spectrum = np.abs(np.fft.rfft(sound[round(0.55 * RATE) : round(0.95 * RATE), 0]))
    assert np.argmax(spectrum) / 0.4 == pytest.approx(440, abs=5)


@needs_fluidsynth
def test_tempo_mute_and_loop_count_for_a_soundfont_too(path: str) -> None:
    font = Font(path)
    assert loud(rendered(font, ONE, Playing(tempo=0.5), 1.5), 0.0, 0.98) < 1e-4
    assert loud(rendered(font, ONE, Playing(muted=frozenset({0})), 1.5), 0.0, 1.5) < 1e-4
    looped = rendered(font, ONE, Playing(loop=(0.4, 0.7)), 8.0)
    assert loud(looped, 7.4, 7.8) > 0.05


@needs_fluidsynth
def test_a_synth_that_is_used_again_holds_nothing_of_the_last_piece(path: str) -> None:
    font = Font(path)
    held = Score(((0.0, 60.0, 69, 127, 0),), (Instrument(),))
    first = font.player(held, Playing(), 0.0)
    assert loud(first.block(BLOCK), 0.0, 1.0) > 0.01
    other = font.player(ONE, Playing(), 0.0)  # both at a time, as when the tempo is changed
    first.close()
    other.close()
    for _ in range(2):
        assert loud(rendered(font, ONE, Playing(), 0.4), 0.0, 0.4) < 1e-4


@needs_fluidsynth
def test_it_ends_after_the_last_voice(path: str) -> None:
    player = Font(path).player(scale(), Playing(), 0.0)
    seconds = 0.0
    while not player.ended:
        player.block(BLOCK)
        seconds += BLOCK / RATE
        assert seconds < 12
    assert seconds > scale().end
    player.close()


@needs_fluidsynth
def test_more_tracks_than_channels_play(path: str) -> None:
    notes = tuple((0.0, 0.2, 60, 90, track) for track in range(300))
    assert loud(rendered(Font(path), Score(notes, (Instrument(),) * 300), Playing(), 0.5), 0, 1)


@pytest.mark.skipif(not (has_fluidsynth() and REAL.exists()), reason=f"there is no {REAL}")
def test_a_real_soundfont_is_about_as_loud_as_our_own_synth() -> None:
    ours, theirs = Synth(scale(40), Playing()), Font(str(REAL)).player(scale(40), Playing(), 0.0)
    levels = [
        np.concatenate([synth.block(BLOCK) for _ in range(100)]).std() for synth in (ours, theirs)
    ]
    theirs.close()
    assert 0.4 < levels[0] / levels[1] < 2.5


@needs_fluidsynth
def test_instruments_play_the_soundfont_that_is_chosen(path: str) -> None:
    warnings: list[str] = []
    instruments = Instruments(warnings.append)
    assert isinstance(instruments.renderer(ONE, Playing(), 0.0), Synth)
    assert instruments.choose(path)
    assert not instruments.choose(path)
    player = instruments.renderer(ONE, Playing(), 0.0)
    assert not isinstance(player, Synth)
    player.close()
    assert instruments.choose("")
    assert warnings == []


@needs_fluidsynth
def test_synths_of_a_soundfont_that_is_let_go_are_freed(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    freed: list[fluid.Fluid] = []
    free = fluid.Fluid.close

    def close(synth: fluid.Fluid) -> None:
        freed.append(synth)
        free(synth)

    monkeypatch.setattr(fluid.Fluid, "close", close)
    instruments = Instruments(pytest.fail)
    instruments.choose(path)
    playing, done = (instruments.renderer(ONE, Playing(), 0.0) for _ in range(2))
    done.close()
    instruments.choose("")
    assert len(freed) == 1
    assert np.abs(playing.block(BLOCK * 16)).max() > 0.05  # it plays on
    playing.close()
    assert len(freed) == 2


@needs_fluidsynth
def test_a_soundfont_that_goes_while_it_plays_is_told(path: str) -> None:
    warnings: list[str] = []
    instruments = Instruments(warnings.append)
    instruments.choose(path)
    first = instruments.renderer(ONE, Playing(), 0.0)
    Path(path).unlink()
    assert isinstance(instruments.renderer(ONE, Playing(), 0.0), Synth)
    assert warnings == [f"{BUILT_IN}: FluidSynth cannot read {path}"]
    first.close()


def test_a_soundfont_that_is_gone_is_told_each_time_and_our_own_synth_plays(
    tmp_path: Path,
) -> None:
    warnings: list[str] = []
    instruments = Instruments(warnings.append)
    for _ in range(2):
        instruments.choose(f"{tmp_path}/a.sf2")
        assert isinstance(instruments.renderer(ONE, Playing(), 0.0), Synth)
    assert warnings == [f"{BUILT_IN}: the SoundFont {tmp_path}/a.sf2 is gone"] * 2


@pytest.mark.parametrize("data", [b"", b"RIFF", b"not a SoundFont at all", b"RIFF\0\0\0\0WAVE"])
def test_what_is_no_soundfont_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.sf2").write_bytes(data)
    with pytest.raises(SoundError, match=r"a\.sf2 is no SoundFont, allowed: \.sf2, \.sf3"):
        Font(str(tmp_path / "a.sf2"))


@needs_fluidsynth
def test_a_damaged_soundfont_is_refused(path: str) -> None:
    whole = Path(path).read_bytes()
    Path(path).write_bytes(whole[:200])
    with pytest.raises(SoundError, match="FluidSynth cannot read"):
        Font(path)


def test_without_fluidsynth_it_says_so(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fluid, "_opened", lambda name: None)
    fluid._library.cache_clear()
    with pytest.raises(SoundError, match=r"FluidSynth is not installed \(libfluidsynth3\)"):
        Font(path)
    with pytest.raises(SoundError):
        fluid.version()
