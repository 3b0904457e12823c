"""Colours and text size of this computer's window."""

from PySide6.QtWidgets import QButtonGroup, QComboBox, QRadioButton, QVBoxLayout, QWidget

from gcp2_app.ui import style
from gcp2_app.ui.colours import Theme
from gcp2_app.ui.column import Column
from gcp2_app.ui.field import Field
from gcp2_app.ui.preferences import Preferences

SCALES = (1.0, 1.25, 1.5, 1.75, 2.0)


class AppearanceSection(Column):
    """Every choice shows at once."""

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(104, parent, centred=False)
        self._preferences = preferences
        self.body.addWidget(style.heading(self.tr("Appearance")))
        frame, layout = style.card()
        layout.setSpacing(style.space(2))
        layout.addWidget(Field(self.tr("Colours"), self._make_themes()))
        self.scale = QComboBox()
        for scale in SCALES:
            self.scale.addItem(f"{round(scale * 100)} %", scale)
        nearest = min(SCALES, key=lambda scale: abs(scale - preferences.text_scale))
        self.scale.setCurrentIndex(SCALES.index(nearest))
        self.scale.setMaximumWidth(style.space(30))
        self.scale.activated.connect(self._keep_scale)
        layout.addWidget(Field(self.tr("Text size"), self.scale, self.tr("On top of the size your system uses.")))
        self.body.addWidget(frame)
        self.body.addStretch(1)

    def _make_themes(self) -> QWidget:
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        group = QButtonGroup(box)
        self.themes: dict[Theme, QRadioButton] = {}
        for theme, text in (
            (Theme.SYSTEM, self.tr("As the system has them")),
            (Theme.LIGHT, self.tr("Light")),
            (Theme.DARK, self.tr("Dark")),
            (Theme.HIGH_CONTRAST, self.tr("High contrast")),
        ):
            button = QRadioButton(text)
            button.setChecked(theme is self._preferences.theme)
            button.clicked.connect(lambda _=False, theme=theme: self._keep_theme(theme))
            group.addButton(button)
            layout.addWidget(button)
            self.themes[theme] = button
        return box

    def _keep_theme(self, theme: Theme) -> None:
        self._preferences.theme = theme

    def _keep_scale(self, row: int) -> None:
        self._preferences.text_scale = SCALES[row]
