"""The command line: arguments in, one use-case called, an exit status out.

Nothing heavy is imported here: each command imports the use-case it calls when it runs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from seqgen.cli.output import fail, forget_stdout
from seqgen.cli.parser import build_parser
from seqgen.errors import SeqgenError

INTERRUPTED = 130
CANNOT_WRITE = 5


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; a failure is one line on standard error."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    _spare_busy_cores()
    try:
        return _run(arguments)
    except SeqgenError as error:
        return fail(str(error), error.exit_code)
    except KeyboardInterrupt as stop:
        return fail(str(stop) or "interrupted", INTERRUPTED)
    except BrokenPipeError:  # the reader has gone, as in `seqgen datasets | head -1`
        forget_stdout()
        return CANNOT_WRITE
    except MemoryError:
        return fail("out of memory")
    except Exception as error:
        if "--verbose" in arguments:
            raise
        kind = type(error).__name__
        return fail(f"unexpected {kind}: {error} (--verbose shows where; please report it)")


def _spare_busy_cores() -> None:
    """Keep numpy's BLAS to one thread where the machine is busy, before numpy is imported.

    Its threads spin while they wait: two of them made a step 2 to 19 times slower on busy cores,
    and twice as fast on idle ones. The results are the same bit for bit.
    """
    if hasattr(os, "getloadavg") and os.getloadavg()[0] > (os.cpu_count() or 1) / 2:
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def _run(arguments: list[str]) -> int:
    if hasattr(sys.stdout, "reconfigure"):  # a name no terminal can show must not end the run
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        args = build_parser().parse_args(arguments)
        status: int = args.run(args)
    except SystemExit as done:  # argparse ends --help and --version this way
        status = int(done.code or 0)
    return status
