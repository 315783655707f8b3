"""Buttons that stand in a menu while a low window has no room for them beside a list."""

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QPushButton, QWidget

from casemgr.i18n import N_
from ui.parts.menu_button import MenuButton
from ui.words import tr

LOW = 520
"""Pixels: a page that is lower has no room for more than a line of buttons above its list."""
MORE = N_("More")


class Gathered(MenuButton):
    """Offers what its buttons do, in their place; hidden while they stand there themselves."""

    def __init__(
        self, label: str, buttons: Iterable[QPushButton], about: str, parent: QWidget, *,
        stays: Callable[[QPushButton], object] = lambda _: False,
    ) -> None:  # fmt: skip
        """Label and about are shown as they are. buttons: in a layout already; stays: which of them stay there."""
        super().__init__(label, (), about, parent)
        self._buttons, self._stays = tuple(buttons), stays
        self._away: list[QPushButton] = []  # those that are shown but for the lack of room
        self.hide()

    def gather(self, *, is_low: bool) -> None:
        """Take the buttons into the menu, or put them back."""
        if is_low:
            self._away += [each for each in self._buttons if not each.isHidden() and not self._stays(each)]
            for button in self._away:
                button.hide()
        else:
            for button in self._away:
                button.show()
            self._away.clear()
        self.setVisible(bool(self._away))

    def open_menu(self) -> None:
        """Offer what can be done now."""
        self.offers = tuple((button.text(), button.click) for button in self._away if button.isEnabled())
        if self.offers:
            super().open_menu()

    def focus(self, button: QPushButton) -> None:
        """Put the keyboard on one of the buttons, or where it is offered."""
        (self if button in self._away else button).setFocus()


def more_of(buttons: Iterable[QPushButton], about: str, parent: QWidget) -> Gathered:
    """Return the menu of what is seldom done with a list."""
    return Gathered(tr(MORE), buttons, about, parent)
