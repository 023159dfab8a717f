"""The logo of documents: chosen from a PNG or JPEG file, decoded with limits, kept as a small PNG in the book."""

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from partnerdesk.errors import Refused
from partnerdesk.ui.theme import theme
from partnerdesk.ui.widgets.button import Button, link

LARGEST = QSize(900, 300)
MOST_PIXELS = 40_000_000


def read_logo(path: str) -> bytes:
    """The picture as PNG, at most 900 x 300. Raises Refused for anything that is not a PNG or JPEG of sane size."""
    reader = QImageReader(path)
    reader.setDecideFormatFromContent(True)
    kind, size = bytes(reader.format().data()).decode("ascii", "replace"), reader.size()
    if kind not in ("png", "jpeg") or not size.isValid():
        raise Refused("This file is not a PNG or JPEG picture.", "Choose another one.")
    if size.width() * size.height() > MOST_PIXELS:
        raise Refused("This picture is too large.", "Choose one below 40 million pixels.")
    if size.width() > LARGEST.width() or size.height() > LARGEST.height():
        reader.setScaledSize(size.scaled(LARGEST, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        raise Refused("This picture cannot be read.", "Open it in a picture program and save it as PNG.")
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.convertToFormat(QImage.Format.Format_ARGB32).save(buffer, b"PNG")
    return bytes(buffer.data().data())


class LogoField(QWidget):
    """Shows the logo and changes it."""

    def __init__(self, save: Callable[[bytes], object], refused: Callable[[Exception], object]) -> None:
        super().__init__()
        self._save, self._refused = save, refused
        self._picture = _Picture()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(12))
        self._remove = link("Remove", lambda: save(b""))
        row.addWidget(self._picture)
        row.addWidget(Button("Choose…", self._choose, inner=True))
        row.addWidget(self._remove)
        row.addStretch(1)
        self.show_logo(b"")

    def show_logo(self, png: bytes) -> None:
        """Show the saved logo, or that there is none."""
        image = QImage()
        if png:
            image.loadFromData(png, "PNG")
        self._picture.show_image(image)
        self._picture.setVisible(not image.isNull())
        self._remove.setVisible(not image.isNull())

    def _choose(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, "Choose a logo", "", "Pictures (*.png *.jpg *.jpeg)")
        if name:
            self.take(name)

    def take(self, path: str) -> None:
        """Use the picture in a file."""
        try:
            self._save(read_logo(path))
        except Refused as error:
            self._refused(error)


class _Picture(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self.setFixedHeight(theme().px(36))
        self.setAccessibleName("No logo")

    def show_image(self, image: QImage) -> None:
        """Another picture; an empty one takes no room."""
        self._image = image
        wide = image.width() * self.height() // max(1, image.height()) if not image.isNull() else 0
        self.setFixedWidth(min(wide, theme().px(140)))
        self.setAccessibleName("No logo" if image.isNull() else "The logo")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._image.isNull():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            painter.fillRect(0, 0, size.width(), size.height(), Qt.GlobalColor.white)  # as on paper
            painter.drawImage(self.rect().adjusted(0, 0, size.width() - self.width(), 0), self._image)
