"""What is remembered lies in one file, which is closed whoever finds that it is no longer needed."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from threading import Thread

import pytest

from builder.cache import Store


@pytest.mark.filterwarnings("error")
def test_another_thread_may_close_it(tmp_path: Path) -> None:
    """Garbage is collected by whichever thread is at work, and says nothing where it closes a file."""
    left = [Store(tmp_path / "results")]
    left[0].put("shelf", [(b"key", b"value")])
    left[0].commit()
    failed: list[BaseException] = []

    def let_go() -> None:
        connection = left[0]._connection  # noqa: SLF001  # what a finalizer closes
        assert connection
        try:
            connection.close()
        except sqlite3.ProgrammingError as error:
            failed.append(error)
        left.clear()

    thread = Thread(target=let_go)
    thread.start()
    thread.join()
    assert not failed
    assert Store(tmp_path / "results").one("shelf", b"key") == b"value"
