"""The queue in front of a SQLite file: bounded for everybody, and no turn is lost when somebody gave up."""

import fcntl
import threading
import time

import pytest

from core.turns import Queue, TurnNeverCame


@pytest.fixture
def held(tmp_path):
    """A lock file that another holds until told otherwise."""
    file = (tmp_path / "turn").open("a")
    fcntl.flock(file, fcntl.LOCK_EX)
    yield file
    file.close()


@pytest.fixture
def queue(tmp_path):
    return Queue(tmp_path / "turn")


def take(queue, seconds):
    with queue.turn(seconds):
        return True


def test_a_turn_that_never_comes_is_given_up_in_time(queue, held):
    began = time.monotonic()
    with pytest.raises(TurnNeverCame):
        take(queue, 0.3)
    assert 0.25 < time.monotonic() - began < 2


def test_threads_behind_the_first_are_not_kept_longer_either(queue, held):
    ended, began = [], time.monotonic()

    def wait():
        with pytest.raises(TurnNeverCame):
            take(queue, 0.5)
        ended.append(time.monotonic() - began)

    threads = [threading.Thread(target=wait) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(ended) == 6
    assert max(ended) < 3


def test_a_turn_that_comes_when_nobody_wants_it_any_more_is_passed_on(queue, held, tmp_path):
    with pytest.raises(TurnNeverCame):
        take(queue, 0.1)
    held.close()  # now it comes to the one who gave up
    assert take(Queue(tmp_path / "turn"), 5), "another process gets it"
    assert take(queue, 5), "and so does this one again"


def test_a_place_that_was_given_up_is_taken_over(queue, held):
    for _ in range(3):
        with pytest.raises(TurnNeverCame):
            take(queue, 0.1)
    assert sum(thread.name == "turn" and thread is queue.stander for thread in threading.enumerate()) == 1
    threading.Timer(0.2, held.close).start()
    assert take(queue, 5)
    assert take(queue, 5)


def test_giving_up_and_coming_at_the_same_moment_lose_no_turn(queue, tmp_path):
    other, served, gave_up = Queue(tmp_path / "turn"), [], []

    def keep_taking(which, seconds):
        for _ in range(150):
            try:
                with which.turn(seconds):
                    served.append(which)
                    time.sleep(0.001)
            except TurnNeverCame:
                gave_up.append(which)

    threads = [threading.Thread(target=keep_taking, args=(q, s)) for q in (queue, other) for s in (0.001, 0.002, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    assert len(served) + len(gave_up) == 900
    assert gave_up
    assert take(queue, 5)
    assert take(other, 5)
