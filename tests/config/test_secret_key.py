"""The secret key is made once."""

import stat
from concurrent.futures import ThreadPoolExecutor

from config import secret_key


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    path = tmp_path / "secret_key"
    made = secret_key.read_or_make(path)
    assert len(made) >= 50
    assert mode(path) == 0o600
    assert secret_key.read_or_make(path) == made
    assert list(tmp_path.iterdir()) == [path]


def test_two_that_start_at_once_get_the_same_key(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(secret_key.read_or_make, [tmp_path / "secret_key"] * 8))
    assert len(keys) == 1


def test_a_replaced_key_is_as_private_as_the_one_before(tmp_path):
    path = tmp_path / "secret_key"
    secret_key.read_or_make(path)
    secret_key.replace(path, "another")
    assert (path.read_text(), mode(path)) == ("another", 0o600)
