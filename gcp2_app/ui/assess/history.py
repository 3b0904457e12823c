"""Undo and redo of one draft: the values it went through. Knows no widgets."""

from typing import Final

from gcp2_app.domain.assessment import Assessment

_MOST_KEPT: Final = 200


class History:
    """The values before and after the present one."""

    def __init__(self) -> None:
        self._before: list[Assessment] = []
        self._after: list[Assessment] = []
        self._key = ""

    @property
    def can_undo(self) -> bool:
        """Whether there is a value before the present one."""
        return bool(self._before)

    @property
    def can_redo(self) -> bool:
        """Whether a change was undone and nothing changed since."""
        return bool(self._after)

    def note(self, before: Assessment, key: str = "") -> None:
        """Remember the value before a change.

        Args:
            before: the value that is being changed.
            key: names a field that is typed into; one change after another of the same field is undone as one.
        """
        self._after.clear()
        if key and key == self._key:
            return
        self._key = key
        self._before.append(before)
        del self._before[:-_MOST_KEPT]

    def undo(self, present: Assessment) -> Assessment:
        """Return the value before the present one."""
        self._key = ""
        self._after.append(present)
        return self._before.pop()

    def redo(self, present: Assessment) -> Assessment:
        """Return the value that was undone last."""
        self._key = ""
        self._before.append(present)
        return self._after.pop()

    def clear(self) -> None:
        """Forget everything: the present value has no way back."""
        self._before.clear()
        self._after.clear()
        self._key = ""
