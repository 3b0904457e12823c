"""The style sheet: how controls look in a theme. Knows colours and distances, no widgets."""

from collections.abc import Callable
from string import Template

from gcp2_app.paths import data_folder
from gcp2_app.ui.colours import HIGH_CONTRAST, Colours

_SHEET = Template(
    """
    QFrame[role="card"], QFrame[role="note"] { background: $panel; border: 1px solid $line; border-radius: ${small}px; }
    QFrame[role="note"] { border-left: ${small}px solid $accent; border-radius: 2px; }
    QFrame[role="warning"] { background: $warn_ground; border: 1px solid $warn; border-left: ${small}px solid $warn;
        border-radius: 2px; }
    QFrame[role="practice"] { background: $text; }
    QFrame[role="practice"] QLabel { color: $page; }
    QScrollArea[role="reading"] { border: 2px solid transparent; }
    QScrollArea[role="reading"]:focus { border: 2px solid $accent; }
    QFrame[role="bar"] { background: $panel; border: none; border-bottom: 1px solid $line; }
    QFrame[role="foot"] { background: $panel; border: none; border-top: 1px solid $line; }

    QLabel[role="quiet"] { color: $quiet; }
    QLabel[role="error"] { color: $warn; font-weight: 600; }
    QLabel[role="good"] { color: $good; font-weight: 600; }
    QLabel[role="badge"] { background: $text; color: $page; font-weight: 700; border-radius: 2px;
        padding: 1px ${small}px; }
    QLabel[role="code"] { background: $page; color: $text; border: 1px solid $line; border-radius: 3px;
        padding: ${small}px ${medium}px; }

    QPushButton { padding: ${small}px ${medium}px; border: 1px solid $quiet; border-radius: ${small}px;
        background: $panel; color: $text; min-height: ${line_height}px; }
    QPushButton:hover { border-color: $accent; color: $accent; }
    QPushButton:pressed { background: $page; }
    QPushButton:checked { background: $page; border-bottom: 3px solid $text; }
    QPushButton:focus, QToolButton:focus { border: 2px solid $accent; }
    QPushButton:disabled { color: $faint; background: $page; border: 1px $off_line $off_edge; }
    QPushButton::menu-indicator { image: url($icons/down-$theme.png); width: ${arrow}px; height: ${arrow}px;
        subcontrol-origin: padding; subcontrol-position: center right; right: ${small}px; }
    QPushButton[role="primary"] { background: $accent; color: $on_accent; border-color: $accent; font-weight: 600; }
    QPushButton[role="primary"]:hover { border-color: $text; color: $on_accent; }
    QPushButton[role="primary"]:focus { border: 2px solid $text; }
    QPushButton[role="primary"]:disabled { background: $off_ground; color: $off_text; border: 1px $off_line $off_edge; }
    QPushButton[role="link"] { border: 2px solid transparent; background: transparent; color: $accent; padding: 2px;
        text-align: left; text-decoration: underline; }
    QPushButton[role="link"]:hover { color: $text; }
    QPushButton[role="link"]:focus { border: 2px solid $accent; }
    QPushButton[role="link"]:disabled { color: $faint; border: 2px solid transparent; background: transparent; }
    QPushButton[role="nav"] { border: 2px solid transparent; border-bottom: 3px solid transparent; border-radius: 0;
        background: transparent; color: $quiet; padding: ${small}px; }
    QPushButton[role="nav"]:hover { color: $text; border-bottom-color: $line; }
    QPushButton[role="nav"]:checked { color: $text; border-bottom-color: $accent; }
    QPushButton[role="nav"]:focus { border: 2px solid $accent; border-bottom-width: 3px; }
    QPushButton[role="nav"]:disabled { color: $off_edge; border: 2px solid transparent; background: transparent; }

    QCheckBox, QRadioButton { spacing: ${small}px; min-height: ${line_height}px; padding: 1px; border-radius: 3px;
        border: 2px solid transparent; }
    QCheckBox:focus, QRadioButton:focus { border: 2px solid $accent; }
    QCheckBox::indicator, QRadioButton::indicator, QTableView::indicator { width: ${box}px; height: ${box}px;
        border: 1px solid $quiet; background: $panel; }
    QCheckBox::indicator, QTableView::indicator { border-radius: 3px; }
    QRadioButton::indicator { border-radius: ${half_box}px; }
    QCheckBox::indicator:checked, QTableView::indicator:checked { background: $accent; border-color: $accent;
        image: url($icons/check-$theme.png); }
    /* Seen on a chosen row, too, which has the ground of a ticked box. */
    QTableView::indicator:checked { border-color: $on_accent; }
    QRadioButton::indicator:checked { background: $accent; border-color: $accent; image: url($icons/dot-$theme.png); }
    QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { background: $page; border-color: $line; }

    QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox, QListView, QTableView, QTreeView {
        background: $panel; color: $text; border: 1px solid $quiet; border-radius: 3px;
        selection-background-color: $accent; selection-color: $on_accent; placeholder-text-color: $quiet; }
    QLineEdit, QComboBox, QAbstractSpinBox { padding: ${tiny}px ${small}px; min-height: ${line_height}px; }
    QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus, QListView:focus,
    QTableView:focus, QTreeView:focus { border: 2px solid $accent; }
    /* The wider edge of the focus takes its room from inside, so that nothing around moves. */
    QLineEdit:focus, QComboBox:focus { padding: ${tiny_less}px ${small_less}px; }
    QLineEdit[invalid="true"], QPlainTextEdit[invalid="true"], QComboBox[invalid="true"],
    QAbstractSpinBox[invalid="true"] { border: 2px solid $warn; }
    QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled {
        background: $page; color: $faint; border: 1px $off_line $off_edge; }
    QLineEdit:read-only, QPlainTextEdit:read-only { background: $page; }
    QComboBox QLineEdit, QAbstractSpinBox QLineEdit { border: none; padding: 0; min-height: 0;
        background: transparent; }
    QComboBox QLineEdit:focus, QAbstractSpinBox QLineEdit:focus { padding: 0; }
    QComboBox::drop-down { subcontrol-origin: padding; subcontrol-position: center right; border: none;
        width: ${button}px; }
    QComboBox::down-arrow { image: url($icons/down-$theme.png); width: ${arrow}px; height: ${arrow}px; }
    QComboBox QAbstractItemView { border: 1px solid $quiet; border-radius: 0; padding: 0; }
    QComboBox QAbstractItemView::item { min-height: ${row_height}px; padding: 0 ${small}px; }
    QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus { padding-left: ${small}px; }
    QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; width: ${button}px;
        subcontrol-origin: border; }
    QAbstractSpinBox::up-button { subcontrol-position: top right; }
    QAbstractSpinBox::down-button { subcontrol-position: bottom right; }
    QAbstractSpinBox::up-arrow { image: url($icons/up-$theme.png); width: ${arrow}px; height: ${arrow}px; }
    QAbstractSpinBox::down-arrow { image: url($icons/down-$theme.png); width: ${arrow}px; height: ${arrow}px; }

    QTableView { gridline-color: transparent; alternate-background-color: $page; }
    QHeaderView::section { background: $page; color: $quiet; border: none; font-weight: 600;
        border-bottom: 1px solid $line; padding: ${small}px; }
    QListView[role="sections"] { background: transparent; border: 2px solid transparent; outline: none; }
    QListView[role="sections"]:focus { border: 2px solid $accent; }
    QListView[role="sections"]::item { padding: ${small}px; border-radius: 3px; color: $text; }
    QListView[role="sections"]::item:hover { background: $panel; }
    QListView[role="sections"]::item:selected { background: $accent; color: $on_accent; }
    QListView[role="choices"] { outline: none; }
    QListView[role="choices"]::item { padding: ${small}px; color: $text; }
    QListView[role="choices"]::item:selected { background: $accent; color: $on_accent; }
    QTabBar::tab { padding: ${small}px ${medium}px; color: $quiet; border: 2px solid transparent;
        border-bottom: 3px solid transparent; background: transparent; }
    QTabBar::tab:selected { color: $text; border-bottom: 3px solid $accent; font-weight: 600; }
    QTabBar::tab:focus { border: 2px solid $accent; border-bottom: 3px solid $accent; border-radius: 3px; }
    QTabWidget::pane { border: none; border-top: 1px solid $line; }
    QScrollArea { border: none; background: transparent; }
    QScrollArea[role="reading"] { border: 2px solid transparent; }
    QScrollArea[role="reading"]:focus { border: 2px solid $accent; }
    QScrollArea > #qt_scrollarea_viewport, QScrollArea > #qt_scrollarea_viewport > QWidget {
        background: transparent; }
    QStatusBar { background: $panel; color: $quiet; border-top: 1px solid $line; }
    QStatusBar::item { border: none; }
    QToolTip { background: $panel; color: $text; border: 1px solid $line; padding: ${small}px; }
    """
)

#: The platform's own can hardly be seen on a dark ground.
_SCROLL_BARS = Template(
    """
    QScrollBar { background: $page; border: 1px solid $edge; margin: 0; }
    QScrollBar:vertical { width: ${bar}px; }
    QScrollBar:horizontal { height: ${bar}px; }
    QScrollBar::handle { background: $handle; border: ${around}px solid $page; }
    QScrollBar::handle:hover { background: $accent; }
    QScrollBar::handle:vertical { min-height: ${least}px; }
    QScrollBar::handle:horizontal { min-width: ${least}px; }
    QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; background: none; }
    QScrollBar::add-page, QScrollBar::sub-page { background: none; }
    """
)


def make_sheet(tone: Colours, space: Callable[[float], int]) -> str:
    """Return the style sheet of a theme.

    Args:
        space: gives pixels for steps of a third of the text height, so that everything grows with the text.
    """
    box = space(3)
    stark = tone is HIGH_CONTRAST
    bars = _SCROLL_BARS.substitute(
        page=tone.page,
        edge=tone.line if stark else tone.page,
        handle=tone.text if stark else tone.quiet,
        around=3 if stark else 4,
        accent=tone.accent,
        bar=space(3),
        least=space(5),
    )
    return bars + _SHEET.substitute(
        faint=tone.faint,
        # Where every edge is as bright as the text, what cannot be used is dashed.
        off_line="dashed" if stark else "solid",
        off_edge=tone.faint if stark else tone.line,
        off_ground=tone.page if stark else tone.line,
        off_text=tone.faint if stark else tone.text,
        tiny_less=max(2, space(1) // 2) - 1,
        small_less=max(1, space(1) - 1),
        theme=tone.name,
        icons=(data_folder("resources") / "icons").as_posix(),
        page=tone.page,
        panel=tone.panel,
        text=tone.text,
        quiet=tone.quiet,
        line=tone.line,
        accent=tone.accent,
        on_accent=tone.on_accent,
        warn=tone.warn,
        warn_ground=tone.warn_ground,
        good=tone.good,
        tiny=max(2, space(1) // 2),
        small=space(1),
        medium=space(2),
        line_height=space(4),
        row_height=space(5),
        box=box,
        half_box=box // 2 + 1,
        button=space(4.5),
        arrow=space(2),
    )
