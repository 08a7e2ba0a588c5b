"""Settings come from the person's own file and from nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.errors import GoujiError
from gouji.live import settings
from gouji.live.settings import Settings


def test_without_a_file_everything_is_as_it_comes(tmp_path: Path) -> None:
    assert settings.load(tmp_path / "none.toml") == Settings()


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    chosen = Settings("mof-2020", "info", True, "en", "json", tmp_path / "报告")
    assert settings.load(settings.save(chosen, tmp_path / "gouji" / "live.toml")) == chosen


def test_choosing_a_pack_keeps_the_rest(tmp_path: Path) -> None:
    file = settings.save(Settings(notes="info"), tmp_path / "live.toml")
    assert settings.choose_pack("mof-2022", file) == Settings("mof-2022", "info")
    assert settings.choose_pack("", file) == settings.load(file) == Settings(None, "info")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('notes = "all"', "notes = 'all' 不对，可用：error、warning、info"),
        ("highlight = 1", "highlight = 1 不对"),
        ('interpreter = "x"', "interpreter = 'x' 不对，可用：pack、notes"),
        ("pack =", "读不懂设置文件"),
    ],
)
def test_a_setting_that_cannot_be_understood_is_named(text: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "live.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(GoujiError, match=r"live\.toml") as raised:
        settings.load(file)
    assert said in raised.value.chinese


def test_the_file_lies_in_the_persons_own_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert settings.settings_file() == tmp_path / "gouji" / "live.toml"
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("APPDATA", str(tmp_path / "Roaming"))
    assert settings.settings_file() == tmp_path / "Roaming" / "gouji" / "live.toml"
