"""What reading one page may cost."""

from __future__ import annotations

from attrs import define


class TooMuch(Exception):  # noqa: N818 - a signal between readers, no error of the page
    """The page asks for more than one page is worth."""


@define
class Budget:
    """Steps that are left."""

    left: int

    def spend(self) -> None:
        """Take one step; TooMuch when none is left."""
        self.left -= 1
        if self.left < 0:
            raise TooMuch
