"""The runner of the tests does not pass where something did not run."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests import run


@pytest.fixture
def bare_machine(monkeypatch):
    """No browser anywhere, and no right to install one."""
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(run.shutil, "which", lambda name: None)
    monkeypatch.setattr(run.os, "geteuid", lambda: 1000)


def test_without_a_browser_it_says_how_to_get_one(bare_machine):
    with pytest.raises(run.CannotRun, match=r"apt-get install chromium(.|\n)*make test CHROMIUM="):
        run.find_browser()


def test_a_browser_that_is_named_wrongly_is_not_replaced_by_another(bare_machine, monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    with pytest.raises(run.CannotRun, match="CHROMIUM names /nowhere/chromium, which cannot be run"):
        run.find_browser()


def show(part):
    """Run one part, and return what is said of it."""
    with ThreadPoolExecutor() as pool:
        return run.Part(pool, "A part", part).show()


@pytest.mark.parametrize(
    ("code", "closing", "passed", "said"),
    [
        pytest.param(0, "3 passed in 1.00s", True, "3 passed in 1.00s", id="passed"),
        pytest.param(1, "1 failed, 2 passed in 1.00s", False, "1 failed, 2 passed in 1.00s", id="failed"),
        pytest.param(5, "no tests ran in 0.01s", False, "no tests ran in 0.01s", id="empty"),
        pytest.param(0, "", False, "ran no test", id="silent"),
        pytest.param(
            0, "2 passed, 1 skipped in 1.00s", True,
            "2 passed, 1 skipped in 1.00s (1 SKIPPED, with the reasons above)", id="skipped",
        ),
    ],
)  # fmt: skip
def test_a_part_passes_only_where_tests_ran_and_passed(code, closing, passed, said):
    assert show(lambda say: (code, closing)) == ("A part", passed, said)


def test_a_part_that_cannot_run_fails(capsys):
    def cannot(say):
        raise run.CannotRun("Do this first.")

    assert show(cannot) == ("A part", False, "could not run: see above")
    assert "Do this first." in capsys.readouterr().out
