"""A new training: the art, the data, the recipe, and what the data holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from seqgen.config import Progress
from seqgen.reports import RecipeEntry, Recipes
from seqgen_gui.link.requests import Handle
from seqgen_gui.shell.context import Context
from seqgen_gui.shell.controls import heading, muted
from seqgen_gui.train.data_list import DataList
from seqgen_gui.train.data_report import DataView
from seqgen_gui.train.recipe_form import RecipeForm
from seqgen_gui.train.run import Asked

ARTS = (("music", "&Music"), ("handwriting", "Han&dwriting"))
TYPES = {"float": "a number", "int": "a whole number", "str": "a text", "bool": "true or false"}
STARTERS = {
    "music": ("starter", "The bundled starter pieces"),
    "handwriting": ("starter-hand", "The bundled starter hands"),
}

DROP = (
    "Drop folders, archives or files here: MIDI for music, InkML with its text for handwriting. "
    "A part is set aside to validate on."
)
NARROW = 125
"""Of so many letters' width there is no room for what the data hold beside the form."""
CHECK_AFTER = 300  # milliseconds between a change of the recipe and its check
GOES_ON = "It goes on when the window is closed, and gives way to other programs."


class NewTraining(QWidget):
    """Asks for everything that a training needs; ``wanted`` tells it when the recipe is good."""

    wanted = Signal(str, object)
    """A title and an Asked."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._recipes: list[RecipeEntry] = []
        self._own_title = False
        self.arts = QButtonGroup(self)
        for number, (_, name) in enumerate(ARTS):
            self.arts.addButton(QRadioButton(name), number)
        self.arts.button(0).setChecked(True)
        self.title = QLineEdit(maxLength=60)
        self.title.setAcceptDrops(False)  # files are for the page
        self.data = DataList(context.settings)
        self.recipe = RecipeForm()
        self.view = DataView(context.requests)
        self.start_button = QPushButton("Start training")
        self.start_button.setProperty("primary", True)
        self.words = muted(GOES_ON)
        self._trouble = ""
        self._checking: Handle | None = None
        self._check_soon = QTimer(self, interval=CHECK_AFTER, singleShot=True)
        self._check_soon.timeout.connect(self._check)
        self._lay_out()
        self.arts.idToggled.connect(self._art_changed)
        self.title.textEdited.connect(self._title_edited)
        self.data.asked.connect(self.view.look)
        self.data.changed.connect(self._changed)
        self.view.told.connect(self._compare)
        self.recipe.changed.connect(self._changed)
        self.recipe.changed.connect(self._check_soon.start)
        self.start_button.clicked.connect(self.start)
        self._looked = False
        self._take_starter()
        context.requests.send("recipes", {}, _ignore, self._offer, self._fail)

    @property
    def art(self) -> str:
        """Music or handwriting."""
        return ARTS[self.arts.checkedId()][0]

    @property
    def asked(self) -> Asked:
        """What the form says."""
        return Asked(
            art=self.art,
            data=self.data.sources,
            recipe=self.recipe.recipe,
            overrides=self.recipe.overrides,
            minutes=self.recipe.limit,
        )

    def start(self) -> None:
        """Have the recipe checked, and want the training if it is good."""
        asked, title = self.asked, self.title.text().strip()
        self.start_button.setEnabled(False)
        self._check(lambda: self.wanted.emit(title or "Training", asked))

    def _check(self, then: Callable[[], object] | None = None) -> None:
        """Have the recipe checked; say in a line what is wrong with it."""
        asked = self.asked
        if self._checking is not None:
            self._checking.cancel()
        if not asked.recipe:
            return

        def good(_: Any) -> None:
            self._found("")
            if then is not None:
                then()

        request = {"frontend": asked.art, "name": asked.recipe, "overrides": asked.overrides}
        self._checking = self._context.requests.send("recipe", request, _ignore, good, self._found)

    def _found(self, trouble: str) -> None:
        self._checking, self._trouble = None, _plain(trouble)
        self.words.setText(self._trouble or GOES_ON)
        self.words.setProperty("danger", bool(trouble))
        self.words.style().polish(self.words)
        self._changed()

    def _lay_out(self) -> None:
        splitter = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        splitter.addWidget(self._questions())
        splitter.addWidget(self._beside())
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        splitter.setSizes([560, 400])
        self._context.settings.keep_splitter(splitter, "train/form")
        self._splitter = splitter
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(splitter)

    def _questions(self) -> QWidget:
        """The form, which scrolls, over the button that starts."""
        row = QHBoxLayout()
        for button in self.arts.buttons():
            row.addWidget(button)
        row.addStretch(1)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow("Learn", row)
        form.addRow("&Name", self.title)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 16, 16, 16)
        column.setSpacing(10)
        column.addWidget(heading("New training"))
        column.addLayout(form)
        column.addWidget(heading("Data", 1.1))
        column.addWidget(muted(DROP))
        column.addWidget(self.data)
        column.addWidget(heading("Recipe", 1.1))
        column.addWidget(self.recipe)
        column.addStretch(1)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        self.recipe.expert.toggled.connect(
            lambda: QTimer.singleShot(0, self, lambda: scroll.ensureWidgetVisible(self.recipe))
        )
        bottom = QHBoxLayout()
        bottom.setContentsMargins(20, 8, 16, 12)
        bottom.addWidget(self.words, 1)
        bottom.addWidget(self.start_button)
        whole = QWidget()
        both = QVBoxLayout(whole)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(0)
        both.addWidget(scroll, 1)
        both.addLayout(bottom)
        return whole

    def _beside(self) -> QWidget:
        """What the data holds."""
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(16, 16, 12, 12)
        column.addWidget(heading("What the data holds", 1.1))
        column.addWidget(self.view, 1)
        return whole

    def _offer(self, told: dict[str, Any]) -> None:
        self._recipes = msgspec.convert(told, Recipes).recipes
        self._offer_those_of_the_art()

    def _offer_those_of_the_art(self) -> None:
        self.recipe.offer([recipe for recipe in self._recipes if recipe.frontend == self.art])

    def _fail(self, message: str) -> None:
        self._context.notices.error(message)

    def _art_changed(self, _: int, checked: bool) -> None:
        if checked:
            self._take_starter()
            self._offer_those_of_the_art()

    def _take_starter(self) -> None:
        self.data.set_known(*STARTERS[self.art])
        if self._looked:
            self.view.look(self.data.current)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put below each other what has no room side by side."""
        narrow = event.size().width() < NARROW * self.fontMetrics().averageCharWidth()
        self._splitter.setOrientation(
            Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        )

    def showEvent(self, event: QShowEvent) -> None:
        """Look at the data at hand when the form is first seen."""
        if not self._looked:
            self._looked = True
            self.view.look(self.data.current)

    def _compare(self, name: str, art: str) -> None:
        """Say so where data are of the other art than that which is to be learned."""
        if art == self.art:
            return
        number = [known for known, _ in ARTS].index(art)
        learn = (f"Learn {art} from it", lambda: self._learn(number))
        self._context.notices.warn(f"what was added as {name} is {art}, not {self.art}", [learn])

    def _learn(self, number: int) -> None:
        """Learn the other art, from the data that were chosen last."""
        source = self.data.current
        self.arts.button(number).setChecked(True)
        self.data.add_paths([Path(source)])

    def _title_edited(self, text: str) -> None:
        self._own_title = bool(text.strip())

    def _changed(self) -> None:
        asked = self.asked
        self.start_button.setEnabled(bool(asked.data and asked.recipe) and not self._trouble)
        if not self._own_title:
            first = Path(asked.data[0]).stem if asked.data else ""
            self.title.setText(f"{first}, {asked.recipe}" if first and asked.recipe else first)


def _ignore(_: Progress) -> None:
    """These requests are answered at once."""


def _plain(trouble: str) -> str:
    """What is wrong with a recipe, without what only a command line or JSON calls so."""
    words = trouble.removeprefix("--set ").partition(" - at `$")[0].replace("`", "")
    for name, plain in TYPES.items():
        words = words.replace(f"expected {name}", f"expected {plain}")
    return words
