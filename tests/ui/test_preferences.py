"""Settings of this computer: typed, bounded, and forgiving of what was written by hand."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QSettings

from gcp2_app.ui.colours import Theme
from gcp2_app.ui.preferences import Preferences


def at(path: Path) -> Preferences:
    return Preferences(QSettings(str(path / "gcp2.ini"), QSettings.Format.IniFormat))


def test_nothing_set_means_the_defaults(tmp_path: Path) -> None:
    preferences = at(tmp_path)
    assert preferences.theme is Theme.SYSTEM
    assert preferences.text_scale == 1.0
    assert preferences.idle_minutes == 5
    assert preferences.last_store is None
    assert preferences.last_sign_in_name == ""
    assert preferences.danger_confirmed_on is None
    assert preferences.danger_number("daytime") is None
    assert preferences.geometry.isEmpty()
    assert preferences.kit_kept(tmp_path)


def test_what_is_set_is_there_the_next_time(tmp_path: Path) -> None:
    first = at(tmp_path)
    first.theme = Theme.DARK
    first.text_scale = 1.75
    first.idle_minutes = 12
    first.last_store = tmp_path / "störe"
    first.last_sign_in_name = "sam"
    first.danger_confirmed_on = date(2027, 3, 31)
    first.set_danger_number("daytime", "01384 000000")
    first.geometry = QByteArray(b"\x00\x01")
    del first

    again = at(tmp_path)
    assert again.theme is Theme.DARK
    assert again.text_scale == 1.75
    assert again.idle_minutes == 12
    assert again.last_store == tmp_path / "störe"
    assert again.last_sign_in_name == "sam"
    assert again.danger_confirmed_on == date(2027, 3, 31)
    assert again.danger_number("daytime") == "01384 000000"
    assert again.geometry == QByteArray(b"\x00\x01")
    again.set_danger_number("daytime", "")
    assert again.danger_number("daytime") is None


@pytest.mark.parametrize(
    ("key", "name", "default"),
    [
        ("look/theme", "theme", Theme.SYSTEM),
        ("look/text_scale", "text_scale", 1.0),
        ("lock/idle_minutes", "idle_minutes", 5),
        ("danger/confirmed_on", "danger_confirmed_on", None),
    ],
)
@pytest.mark.parametrize("nonsense", ["", "purple", "-3", "99.5"])
def test_a_value_that_cannot_be_read_counts_as_not_set(
    tmp_path: Path, key: str, name: str, default: object, nonsense: str
) -> None:
    settings = QSettings(str(tmp_path / "gcp2.ini"), QSettings.Format.IniFormat)
    settings.setValue(key, nonsense)
    assert getattr(Preferences(settings), name) == default


def test_a_change_is_told_once(tmp_path: Path) -> None:
    preferences = at(tmp_path)
    looks: list[bool] = []
    minutes: list[int] = []
    preferences.look_changed.connect(lambda: looks.append(True))
    preferences.idle_changed.connect(minutes.append)
    preferences.theme = Theme.DARK
    preferences.theme = Theme.DARK
    preferences.text_scale = 3.0
    assert preferences.text_scale == 2.0
    preferences.idle_minutes = 7
    preferences.idle_minutes = 7
    assert len(looks) == 2
    assert minutes == [7]


def test_the_kit_of_one_store_says_nothing_of_another(tmp_path: Path) -> None:
    preferences = at(tmp_path)
    preferences.set_kit_kept(tmp_path / "a", kept=False)
    assert not preferences.kit_kept(tmp_path / "a")
    assert preferences.kit_kept(tmp_path / "b")
    preferences.set_kit_kept(tmp_path / "b", kept=True)
    assert not preferences.kit_kept(tmp_path / "a")
    preferences.set_kit_kept(tmp_path / "a", kept=True)
    assert preferences.kit_kept(tmp_path / "a")
