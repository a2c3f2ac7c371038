"""The worker as a process of its own."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from seqgen import __version__, api
from seqgen.worker import VERBS
from tests.tiny_models import tiny_bundle
from tests.workers import Talk

ENDLESS = """
def check(source, dataset=None):
    try:
        done = 0
        while True:
            time.sleep(0.005)
            done += 1
            yield Progress(stage="reading", done=done)
    finally:
        print("closed", source)
put("datasets", check)
"""
NOISY = """
import os, subprocess
def models():
    print("one")
    os.write(1, b"two\\n")
    subprocess.run([sys.executable, "-c", "print('three')"])
    return {"stdin": sys.stdin.read()}
put("models", models)
"""
FAILING = """
def models():
    raise ValueError("a bug\\nof two lines")
def doctor():
    raise MemoryError
def inspect(path):
    return {"name": path + chr(0xDC80), "number": float("nan")}
put("models", models)
put("doctor", doctor)
put("inspect", inspect)
"""

Talks = Callable[..., Talk]


@pytest.fixture
def talk() -> Iterator[Talks]:
    started: list[Talk] = []

    def start(use_cases: str = "") -> Talk:
        started.append(Talk(use_cases))
        assert started[-1].hear()["ready"]["version"] == __version__
        return started[-1]

    yield start
    for one in started:
        one.process.kill()
        one.process.communicate()


@pytest.fixture(scope="module")
def worker() -> Iterator[Talk]:
    """A worker that one mistake after another must not harm."""
    talk = Talk()
    assert "ready" in talk.hear()
    yield talk
    assert talk.end() == (0, b"")


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tiny_bundle("events", tmp_path_factory.mktemp("models") / "tiny.safetensors"))


def test_every_verb_is_a_use_case_of_the_api() -> None:
    folder = Path(api.__path__[0])
    for name, verb in VERBS.items():
        assert f"def {name}(" in (folder / f"{verb.module}.py").read_text(), name


def test_a_request_is_answered_by_progress_and_last_its_result(
    talk: Talks, tiny: str, tmp_path: Path
) -> None:
    worker = talk()
    output = str(tmp_path / "new.mid")
    worker.ask(7, "sample_music", primer=None, output=output, model=tiny, bars=2, seed=1)
    lines = worker.lines()
    told = [next(lines)]
    while "progress" in told[-1]:
        told.append(next(lines))
    assert all(line["id"] == 7 for line in told)
    assert {line["progress"]["stage"] for line in told[:-1]} == {"listening", "sampling"}
    assert any(line["progress"]["data"].get("notes") for line in told[:-1])
    assert told[-1]["result"]["takes"][0]["path"] == output
    assert Path(output).exists()


def test_requests_are_answered_in_their_order(talk: Talks) -> None:
    worker = talk()
    for job in (3, 1, 2):
        worker.ask(job, "datasets")
    assert [worker.answer()["id"] for _ in range(3)] == [3, 1, 2]


@pytest.mark.parametrize(
    ("do", "request_", "status", "message"),
    [
        ("sample_musik", {}, 2, "nothing is called 'sample_musik', did you mean sample_music"),
        (["x"], {}, 2, "nothing is called ['x'], known: check, datasets, delete_hand"),
        ("inspect", {"path": "none.mid"}, 3, "no such file: none.mid"),
        ("inspect", {"paht": "none.mid"}, 2, "inspect has no 'paht', did you mean path?"),
        ("inspect", {}, 2, "bad request for inspect: object missing required field `path`"),
        ("inspect", 3, 2, "bad request for inspect: expected `object`, got `int`"),
        ("inspect", {"path": "-"}, 2, "path '-' is no file, the worker needs a name"),
        (
            "sample_music",
            {"primer": None, "output": "x.mid", "bars": "3"},
            2,
            "bad request for sample_music: expected `int | null`, got `str` - at `$.bars`",
        ),
        (
            "sample_music",
            {"primer": None, "output": "x.mid", "model": "choral"},
            4,
            "unknown model 'choral', did you mean chorale?",
        ),
        (
            "sample_music",
            {"primer": None, "output": "no/x.mid"},
            5,
            "cannot write no/x.mid: no such directory",
        ),
    ],
)
def test_a_mistake_is_an_error_with_the_status_of_its_kind(
    worker: Talk, do: object, request_: object, status: int, message: str
) -> None:
    worker.say({"id": 5, "do": do, "request": request_})
    told = worker.answer()
    assert told["id"] == 5
    assert told["error"]["status"] == status
    assert told["error"]["message"].startswith(message)
    worker.ask(6, "datasets")
    assert "result" in worker.answer()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"garbage", "no line of JSON"),
        (b"\xff\xfe\x00", "no line of JSON"),
        (b'{"id": 1, "do": "mod', "no line of JSON"),
        (b"[" * 100_000, "no line of JSON"),
        (b"[1, 2]", "a request is an object"),
        (b"null", "a request is an object"),
        (b'{"do": "models"}', "id None is not allowed"),
        (b'{"id": true, "do": "models"}', "id True is not allowed"),
        (b'{"id": -1, "do": "models"}', "id -1 is not allowed"),
        (b'{"id": 1e300, "do": "models"}', "id 1e+300 is not allowed"),
        (b'{"id": 100000000000000000000, "do": "models"}', "id 100000000000000000000 is not"),
        (b'{"id": "\\udc80", "do": "models"}', "id '\\udc80' is not allowed"),
    ],
)
def test_a_line_that_is_no_request_is_an_error_without_an_id(
    worker: Talk, line: bytes, message: str
) -> None:
    worker.say(line, b"", b'{"cancel": [1]}', b'{"cancel": 99}')
    told = worker.hear()
    assert told["id"] is None
    assert told["error"]["status"] == 2
    assert told["error"]["message"].startswith(message)
    worker.ask(1, "datasets")
    assert "result" in worker.answer()


def test_an_id_that_is_taken_is_refused(talk: Talks) -> None:
    worker = talk(ENDLESS)
    worker.ask(1, "check", source="a")
    worker.ask(1, "check", source="b")
    worker.say({"cancel": 1})
    told = [worker.answer(), worker.answer()]
    assert {"id": 1, "cancelled": True} in told
    assert "id 1 is taken" in next(line for line in told if "error" in line)["error"]["message"]


def test_work_that_is_cancelled_is_closed_and_the_worker_goes_on(talk: Talks) -> None:
    worker = talk(ENDLESS)
    for job in (1, 2):
        worker.ask(job, "check", source=f"source {job}")
        assert worker.hear() == {"id": job, "progress": _progress(1)}
        worker.say({"cancel": job})
        assert worker.answer() == {"id": job, "cancelled": True}
    status, told = worker.end()
    assert (status, told) == (0, b"closed source 1\nclosed source 2\n")


def _progress(done: int) -> dict[str, Any]:
    empty: dict[str, Any] = {"note": "", "metrics": {}, "warnings": [], "data": {}}
    return {"stage": "reading", "done": done, "total": None} | empty


def test_sampling_is_cancelled_and_goes_on_with_the_next_request(
    talk: Talks, tiny: str, tmp_path: Path
) -> None:
    worker = talk()
    many, few = (str(tmp_path / name) for name in ("many.mid", "few.mid"))
    worker.ask(1, "sample_music", primer=None, output=many, model=tiny, bars=1000)
    worker.ask(2, "sample_music", primer=None, output=few, model=tiny, bars=1)
    worker.hear()
    worker.say({"cancel": 1})
    assert worker.answer() == {"id": 1, "cancelled": True}
    assert worker.answer()["result"]["takes"][0]["path"] == few
    assert not Path(many).exists()


def test_what_waits_is_cancelled_before_it_begins(talk: Talks) -> None:
    worker = talk(ENDLESS)
    worker.ask(1, "check", source="one")
    worker.hear()
    worker.ask(2, "check", source="two")
    worker.say({"cancel": 2}, {"cancel": 1})
    assert worker.answer() == {"id": 1, "cancelled": True}
    assert worker.answer() == {"id": 2, "cancelled": True}
    assert worker.end() == (0, b"closed one\n")


def test_nothing_that_is_printed_gets_among_the_lines(talk: Talks) -> None:
    worker = talk(NOISY)
    worker.ask(1, "models")
    assert worker.hear() == {"id": 1, "result": {"stdin": ""}}
    status, told = worker.end()
    assert (status, sorted(told.split())) == (0, [b"one", b"three", b"two"])


def test_a_bug_is_an_error_of_one_line_and_told_in_full_on_standard_error(talk: Talks) -> None:
    worker = talk(FAILING)
    worker.ask(1, "models")
    worker.ask(2, "doctor")
    message = "unexpected ValueError: a bug of two lines"
    assert worker.hear() == {"id": 1, "error": {"message": message, "status": 1}}
    assert worker.hear() == {"id": 2, "error": {"message": "out of memory", "status": 1}}
    status, told = worker.end()
    assert status == 0
    assert b"Traceback" in told


def test_a_name_that_is_no_text_and_a_number_that_is_none_can_be_told(talk: Talks) -> None:
    worker = talk(FAILING)
    worker.ask(1, "inspect", path="a")
    assert worker.hear() == {"id": 1, "result": {"name": "a?", "number": None}}


@pytest.mark.parametrize("last", [b"", b'{"quit": true}\n'])
def test_the_end_of_the_input_ends_the_work_and_the_worker(talk: Talks, last: bytes) -> None:
    worker = talk(ENDLESS)
    worker.ask(1, "check", source="it")
    worker.ask(2, "check", source="another")
    worker.hear()
    assert worker.process.stdin
    worker.process.stdin.write(last)
    assert worker.end() == (0, b"closed it\n")


def test_a_worker_whose_work_tells_nothing_ends_all_the_same(talk: Talks) -> None:
    worker = talk(ENDLESS.replace("0.005", "600 * done") + "worker.GRACE = 0.1\n")
    worker.ask(1, "check", source="it")
    worker.hear()
    assert worker.end() == (1, b"")


def test_a_worker_that_nobody_listens_to_ends(talk: Talks) -> None:
    worker = talk(ENDLESS)
    worker.ask(1, "check", source="it")
    worker.hear()
    assert worker.process.stdout
    worker.process.stdout.close()
    assert worker.process.wait(timeout=60) == 0


@pytest.mark.skipif(not hasattr(os, "kill"), reason="no signals here")
def test_ctrl_c_is_left_to_the_window(talk: Talks) -> None:
    worker = talk(ENDLESS)
    worker.process.send_signal(signal.SIGINT)
    worker.ask(1, "check", source="it")
    assert "progress" in worker.hear()
