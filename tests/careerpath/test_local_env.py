import stat

from careerpath.local_env import write_env


def test_it_writes_a_key_that_only_its_owner_can_read(tmp_path):
    path = tmp_path / ".env"
    assert write_env(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    key = path.read_text().partition("SECRET_KEY=")[2].splitlines()[0]
    assert len(key) >= 50


def test_it_leaves_an_existing_file_alone(tmp_path):
    path = tmp_path / ".env"
    path.write_text("mine")
    assert not write_env(path)
    assert path.read_text() == "mine"
