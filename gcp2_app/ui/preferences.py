"""Settings of this computer, with typed keys: how the window looks, when it locks, which store was open last.

Never holds anything about a case. Everything about a case is in the store.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QSettings, Signal

from gcp2_app.ui.colours import Theme

if TYPE_CHECKING:
    from datetime import date

LEAST_SCALE, MOST_SCALE = 1.0, 2.0


class Preferences(QObject):
    """Typed access to the platform's own settings.

    A value that cannot be read (edited by hand, written by another version) counts as not set.

    Attributes:
        idle_changed: emitted with the new number of minutes.
        look_changed: emitted after theme or text size changed.
    """

    idle_changed = Signal(int)
    look_changed = Signal()

    def __init__(self, settings: QSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings

    @property
    def theme(self) -> Theme:
        """Which colours the window uses."""
        text = self._text("look/theme")
        return Theme(text) if text in {theme.value for theme in Theme} else Theme.SYSTEM

    @theme.setter
    def theme(self, theme: Theme) -> None:
        if theme is not self.theme:
            self._settings.setValue("look/theme", theme.value)
            self.look_changed.emit()

    @property
    def text_scale(self) -> float:
        """Text size as a multiple of the platform's own, 1.0 to 2.0."""
        try:
            scale = float(self._text("look/text_scale"))
        except ValueError:
            return LEAST_SCALE
        return scale if LEAST_SCALE <= scale <= MOST_SCALE else LEAST_SCALE

    @text_scale.setter
    def text_scale(self, scale: float) -> None:
        if scale != self.text_scale:
            self._settings.setValue("look/text_scale", f"{min(MOST_SCALE, max(LEAST_SCALE, scale)):.2f}")
            self.look_changed.emit()

    @property
    def geometry(self) -> QByteArray:
        """Where the window was, as Qt saves it; empty at first."""
        value = self._settings.value("window/geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._settings.setValue("window/geometry", geometry)

    @property
    def last_store(self) -> Path | None:
        """Folder of the store opened last, or None."""
        text = self._text("store/last")
        return Path(text) if text else None

    @last_store.setter
    def last_store(self, folder: Path) -> None:
        self._settings.setValue("store/last", str(folder))

    @property
    def last_sign_in_name(self) -> str:
        """Who signed in last on this computer, or empty."""
        return self._text("store/sign_in_name")

    @last_sign_in_name.setter
    def last_sign_in_name(self, name: str) -> None:
        self._settings.setValue("store/sign_in_name", name)

    @property
    def idle_minutes(self) -> int:
        """Minutes without a key or mouse movement until the store locks, 1 or more; at first the policy's."""
        from gcp2_app.forms.policy import shipped_policy  # not before a store is open

        text = self._text("lock/idle_minutes")
        return max(1, int(text)) if text.isdecimal() else shipped_policy().lock.idle_minutes

    @idle_minutes.setter
    def idle_minutes(self, minutes: int) -> None:
        if minutes != self.idle_minutes:
            self._settings.setValue("lock/idle_minutes", str(minutes))
            self.idle_changed.emit(minutes)

    @property
    def danger_confirmed_on(self) -> "date | None":
        """When a user of this computer confirmed the danger numbers, or None."""
        from datetime import date

        try:
            return date.fromisoformat(self._text("danger/confirmed_on"))
        except ValueError:
            return None

    @danger_confirmed_on.setter
    def danger_confirmed_on(self, day: "date") -> None:
        self._settings.setValue("danger/confirmed_on", day.isoformat())

    def danger_number(self, key: str) -> str | None:
        """Return the number a user put in place of the policy's, or None.

        Args:
            key: ``daytime`` or ``out_of_hours``.
        """
        return self._text(f"danger/{key}") or None

    def set_danger_number(self, key: str, number: str) -> None:
        """Put a number in place of the policy's; an empty one goes back to it."""
        if number:
            self._settings.setValue(f"danger/{key}", number)
        else:
            self._settings.remove(f"danger/{key}")

    def kit_kept(self, store: Path) -> bool:
        """Whether the recovery kit of a store made on this computer was confirmed; True where nothing is known."""
        return str(store) != self._text("store/kit_pending")

    def set_kit_kept(self, store: Path, *, kept: bool) -> None:
        """Remember that a kit still has to be kept, or that it was."""
        if not kept:
            self._settings.setValue("store/kit_pending", str(store))
        elif not self.kit_kept(store):
            self._settings.remove("store/kit_pending")

    def _text(self, key: str) -> str:
        value = self._settings.value(key)
        return value if isinstance(value, str) else ""
