"""Round trip of every file of a source: how exactly notes and primers come back.

    python -m benchmarks.round_trip PATH [--every N] [--no-continuation]

Codec: read -> encode -> decode. Errors are against the file's own notes, in the units of its
clock (12 a beat on a grid, else 100 a second). Stated resolution: pitch and role exact, velocity
+-2, starts within half a unit, where the onset before is over 92 units away within another 4.4 %
of that time (96 units are exact, less what a long gap before may still have to be given back);
durations within half a unit, over 96 units within another 2.5 %, but one unit at least. Notes
beyond it are counted, and those that do not start with their chord.
File: the decoded notes are written, a track a role, and read again: they must be equal in every
tick but where two notes of one pitch overlap on a channel, of which the earlier is cut, or left
out where they start together. Those are counted; whatever else differs is told as a fault.
Primer: a tiny random model continues the file by four notes. Every event of the file must be in
the output, with its tick and bytes, in its order on its track (on its channel for format 0), and
what is added must lie at tick 0 (recipe, tempo, meter) or from the join on.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from seqgen.api.sample import sample_music
from seqgen.config import SampleMusic
from seqgen.errors import SeqgenError
from seqgen.frontends.music.codecs import bins, events
from seqgen.frontends.music.codecs.clock import Clock, choose_clock
from seqgen.frontends.music.corpus.pieces import Piece
from seqgen.frontends.music.corpus.sources import iter_pieces
from seqgen.frontends.music.midi import writer
from seqgen.frontends.music.midi.roles import ROLES
from seqgen.frontends.music.midi.score import NOTE, Score, Track, read_score
from seqgen.frontends.music.midi.smf import META, Smf, read_smf
from seqgen.frontends.music.playing.span import find_join
from tests.tiny_models import tiny_bundle

SLACK = 1e-6
LONG = 0.025
FAR = 92
LONG_GAP = 0.044


@dataclass
class Report:
    """Counts that add up over files, errors of which the largest stays, and faults."""

    counts: Counter[str] = field(default_factory=Counter)
    largest: dict[str, float] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def see(self, name: str, errors: NDArray[np.float64]) -> None:
        """Take in errors of a file."""
        self.largest[name] = max(self.largest.get(name, 0.0), float(errors.max(initial=0)))


def check_codec(score: Score, clock: Clock, report: Report) -> NDArray[np.void]:
    """Encode and decode a score; returns the decoded events."""
    heard = events.events_of(score, clock)
    steps = events.encode(heard, events.timeline_of(score, clock))
    back = events.decode(steps.fields, int(heard["start"][0]))
    start, end = _exact_times(score, clock)
    new = np.diff(heard["start"], prepend=heard["start"][0]) > 0
    onset = np.maximum.accumulate(np.where(new, np.arange(len(heard)), 0))
    gap = np.diff(heard["start"], prepend=heard["start"][0])[onset]
    late = np.abs(back["start"] - start)
    wanted = end - heard["start"]
    off = np.abs(back["duration"] - wanted)
    loud = np.abs(back["velocity"].astype(int) - heard["velocity"])
    near, short, raised = gap <= bins.EXACT, wanted <= bins.EXACT, wanted < 0.5
    report.see("start error, units, gap <= 96", late[near])
    report.see("start error, % of gap > 96", 100 * np.maximum(0, late - 0.5)[~near] / gap[~near])
    report.see("duration error, units, <= 96", off[short & ~raised])
    report.see("duration error, %, > 96", 100 * np.maximum(0, off - 0.5)[~short] / wanted[~short])
    report.see("velocity error", loud.astype(float))
    beyond = late > 0.5 + SLACK + np.where(gap <= FAR, 0, LONG_GAP * gap)
    long = (off > 0.5 + SLACK + np.where(short, 0, LONG * wanted)) & ~raised
    split = np.count_nonzero((np.diff(back["start"]) > 0) & (np.diff(heard["start"]) == 0))
    same = np.array_equal(heard[["role", "pitch"]], back[["role", "pitch"]])
    report.counts.update(
        {
            "notes": len(heard),
            "notes after a gap > 96 units": np.count_nonzero(~near),
            "starts beyond the resolution": np.count_nonzero(beyond),
            "durations beyond the resolution": np.count_nonzero(long),
            "notes parted from their chord": split,
            "shorter notes raised to one unit": np.count_nonzero(raised),
            "files whose pitch or role differs": int(not same),
            "notes with another velocity than +-2": np.count_nonzero(loud > 2),
        }
    )
    return back


def _exact_times(score: Score, clock: Clock) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Starts and ends in units, not rounded, in the order of ``events_of``."""
    notes = score.notes
    start, end = clock.units(notes["start"]), clock.units(notes["end"])
    role = np.array([ROLES.index(track.role) for track in score.tracks])[notes["track"]]
    first = np.rint(start)
    duration = np.maximum(1, np.rint(end - first))
    order = np.lexsort((notes["velocity"], duration, notes["pitch"], role, first))
    return start[order], end[order]


def check_file(score: Score, clock: Clock, back: NDArray[np.void], report: Report) -> None:
    """Write decoded events and read them again."""
    notes = np.zeros(len(back), NOTE)
    notes["start"] = np.maximum(0, clock.ticks(back["start"]))
    notes["end"] = np.maximum(notes["start"] + 1, clock.ticks(back["start"] + back["duration"]))
    notes["pitch"], notes["velocity"] = back["pitch"], back["velocity"]
    channels = np.array([9 if role == "drums" else n for n, role in enumerate(ROLES)])
    notes["track"], notes["channel"] = back["role"], channels[back["role"]]
    tracks = [
        Track(n, role, int(channels[n]), 0, role == "drums", role) for n, role in enumerate(ROLES)
    ]
    data = writer.new_piece(tracks, notes, score.ticks_per_beat, 500_000, (4, 4))
    again = read_score(data).notes
    kept = writer.untangled(notes)
    columns = ["start", "channel", "pitch", "end", "velocity"]
    written, read = np.sort(kept[columns]), np.sort(again[columns])
    if not np.array_equal(written, read):
        report.faults.append(f"{len(read)} notes read, not the {len(written)} that were written")
    longest = {tuple(note) for note in notes[columns].tolist()}
    cut = sum(tuple(note) not in longest for note in kept[columns].tolist())
    report.counts.update({"left out, same start": len(notes) - len(kept), "cut, overlap": cut})
    report.counts["files with overlaps of a pitch"] += bool(cut or len(notes) > len(kept))


def check_primer(score: Score, data: bytes, model: Path, folder: Path, report: Report) -> None:
    """Continue a file by four notes and look for its own events in the output."""
    primer, output = folder / "primer.mid", folder / "output.mid"
    primer.write_bytes(data)
    request = SampleMusic(
        primer=str(primer), output=str(output), model=str(model), notes=4, seed=0, force=True
    )
    for _ in sample_music(request):
        pass
    continued, _ = read_smf(output.read_bytes(), "the output")
    join = find_join(score, None)
    by_channel = score.smf.format == 0
    old, new = _by_place(score.smf, by_channel), _by_place(continued, by_channel)
    for place, wanted in old.items():
        found = iter(new.get(place, []))
        for event in wanted:
            if not any(event == other for other in found):
                report.faults.append(f"event {event} of track {place} is not in the output")
                break
    added = Counter(e for each in new.values() for e in each)
    added -= Counter(e for each in old.values() for e in each)
    stray = [(tick, data) for tick, data in added if not (tick == 0 and data[0] == META)]
    stray = [event for event in stray if event[0] < join]
    if stray:
        report.faults.append(f"{len(stray)} events added before the join, first {stray[0]}")
    report.counts["primer events"] += sum(map(len, old.values()))


def _by_place(smf: Smf, by_channel: bool) -> dict[int, list[tuple[int, bytes]]]:
    """Events as (tick, bytes) in file order, by track, or by channel (-1 for none)."""
    found: dict[int, list[tuple[int, bytes]]] = {}
    columns = (smf.events[name].tolist() for name in smf.events.dtype.names or ())
    for tick, track, payload, status, data1, data2 in zip(*columns, strict=True):
        data = bytes((status, data1, data2)) + (smf.payloads[payload] if payload >= 0 else b"")
        channel = status & 15 if status < 0xF0 else -1
        found.setdefault(channel if by_channel else track, []).append((tick, data))
    return found


def check(piece: Piece, model: Path | None, folder: Path, total: Report) -> None:
    """All checks of one piece; faults are told with its name."""
    report = Report(total.counts, total.largest)
    try:
        score = read_score(piece.data, piece.name)
        if len(score.notes):
            clock = choose_clock(score)
            report.counts[f"files in {clock.kind} time"] += 1
            check_file(score, clock, check_codec(score, clock, report), report)
            if model is not None:
                check_primer(score, piece.data, model, folder, report)
        report.counts["files"] += 1
    except SeqgenError as error:
        report.faults.append(f"refused: {error}")
    total.faults += [f"{piece.name}: {fault}" for fault in report.faults]


def pieces_of(path: Path, every: int) -> Iterator[Piece]:
    """Every n-th piece of a source."""
    pieces = (piece for piece in iter_pieces(path) if isinstance(piece, Piece))
    for number, piece in enumerate(pieces):
        if number % every == 0:
            yield piece


def main() -> int:
    """Print a table; 1 where there is a fault."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("path", type=Path, help="folder, archive or file of MIDI")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only each N-th file")
    parser.add_argument("--no-continuation", action="store_true", help="codec and files only")
    args = parser.parse_args()
    report = Report()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        model = None if args.no_continuation else tiny_bundle("events", folder / "t.safetensors")
        for piece in pieces_of(args.path, args.every):
            check(piece, model, folder, report)
    for label, count in report.counts.items():
        print(f"{label:40} {count:>10}")
    for label, error in report.largest.items():
        print(f"largest {label:32} {error:>10.3f}")
    print(f"{'faults':40} {len(report.faults):>10}")
    for fault in report.faults:
        print(f"  {fault}")
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
