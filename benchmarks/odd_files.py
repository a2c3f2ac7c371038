"""How long broken and odd MIDI files take: to read, and to continue by a bar.

    python -m benchmarks.odd_files [--model pop]

The files are those of the tests. Printed are the slowest, in seconds of CPU, and how many take
more than two.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from seqgen.api.sample import sample_music
from seqgen.config import SampleMusic
from seqgen.errors import InputFileError
from seqgen.frontends.music.midi.score import read_score
from tests.frontends.music.midi import odd_containers, odd_events  # noqa: F401 (they fill ODD_FILES)
from tests.frontends.music.midi.odd_files import ODD_FILES

LIMIT = 2.0
SLOWEST = 5


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of a piece of work, which may refuse its file."""
    start = time.process_time()
    with suppress(InputFileError):
        work()
    return time.process_time() - start


def main() -> None:
    """Print the slowest files for both kinds of work."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--model", default="pop")
    args = parser.parse_args()
    read, continued = {}, {}
    with tempfile.TemporaryDirectory() as folder:
        primer = Path(folder) / "odd.mid"
        request = SampleMusic(
            primer=str(primer), output=f"{folder}/out.mid", model=args.model, bars=1, force=True
        )
        for odd in ODD_FILES:
            data = odd.build()
            primer.write_bytes(data)
            read[odd.name] = seconds(lambda data=data: read_score(data))
            continued[odd.name] = seconds(lambda: list(sample_music(request)))
    for title, times in (("read", read), ("continued", continued)):
        slow = sorted(times.items(), key=lambda item: -item[1])[:SLOWEST]
        over = sum(took > LIMIT for took in times.values())
        print(f"{title}: {len(times)} files, {over} over {LIMIT:g} s")
        for name, took in slow:
            print(f"  {took:6.2f} s  {name}")


if __name__ == "__main__":
    main()
