"""Photos of a line or a parcel: chosen as files, kept in the folder of the house, looked at."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QImageReader, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ets_desktop.domain.errors import EtsError
from ets_desktop.domain.photos import with_photos
from ets_desktop.paths import paths
from ets_desktop.reports.photos import PhotoFolder
from ets_desktop.ui.context import UiContext
from ets_desktop.ui.labels import error_text
from ets_desktop.ui.screens.returned_parcels.columns import photo_count
from ets_desktop.ui.widgets.fields import ReadOnlyField, label_for
from ets_desktop.ui.widgets.file_chooser import file_chooser

LABEL = "사진"
#: A photo is read as large as a screen shows it.
_LARGEST = QSize(1600, 1200)
_PHOTO = "photo"

#: Asks for image files; none if the person changed their mind.
Choose = Callable[[QWidget], tuple[Path, ...]]


def choose_photos(parent: QWidget) -> tuple[Path, ...]:
    title, kinds = parent.tr("사진 추가"), parent.tr("사진 (*.jpg *.jpeg *.png *.webp)")
    chooser = file_chooser(parent, title, kinds)
    chooser.setFileMode(QFileDialog.FileMode.ExistingFiles)
    names = chooser.selectedFiles() if chooser.exec() else []
    chooser.deleteLater()
    return tuple(Path(name) for name in names)


def photo_folder(context: UiContext) -> PhotoFolder:
    """That of the house; without a setting one of this PC."""
    chosen = context.settings.photo_folder
    return PhotoFolder(chosen if chosen is not None else paths().data_dir / "photos")


class PhotoLine(QWidget):
    """How many there are, 사진 추가 and 사진 보기."""

    #: what they are of, and the references of all of them
    added = Signal(object, object)

    def __init__(self, context: UiContext, choose: Choose = choose_photos) -> None:
        super().__init__()
        self._context = context
        self._choose = choose
        self._folder = photo_folder(context)
        self._about: object = None
        self._possible = True
        self._photos: tuple[str, ...] = ()
        self._count = ReadOnlyField(LABEL, characters=6)
        self.add_button = QPushButton(self.tr("사진 추가"))
        self.show_button = QPushButton(self.tr("사진 보기"))
        self.jobs = context.jobs(self)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(label_for(LABEL, self._count))
        line.addWidget(self._count)
        for button in (self.add_button, self.show_button):
            button.setAutoDefault(False)
            line.addWidget(button)
        self.add_button.clicked.connect(self._on_add_clicked)
        self.jobs.writing_changed.connect(self._show_what_is_possible)
        self.show_button.clicked.connect(self._on_show_clicked)

    @property
    def photos(self) -> tuple[str, ...]:
        return self._photos

    def show_photos(
        self, photos: tuple[str, ...], about: object = None, *, possible: bool = True
    ) -> None:
        """Those of `about`, which comes back with `added`; `possible`: may more be added."""
        self._about = about
        self._possible = possible
        self._photos = photos
        self._count.show_value(photo_count(photos))
        self._show_what_is_possible()
        self.show_button.setEnabled(bool(photos))

    @Slot()
    def _show_what_is_possible(self) -> None:
        self.add_button.setEnabled(self._possible and not self.jobs.is_writing)

    @Slot()
    def _on_add_clicked(self) -> None:
        about, photos = self._about, self._photos
        files = self._choose(self)
        if files:
            self.jobs.write(
                partial(_keep, self._folder, files, photos),
                on_done=partial(self.added.emit, about),
                on_error=self._context.desk.tell,
            )

    @Slot()
    def _on_show_clicked(self) -> None:
        self.look_at(self._photos)

    def look_at(self, photos: tuple[str, ...]) -> None:
        dialog = PhotoDialog(self._context, self._folder, photos, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


class PhotoDialog(QDialog):
    """One photo at a time, as large as there is room."""

    def __init__(
        self, context: UiContext, folder: PhotoFolder, photos: tuple[str, ...], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("반품 사진"))
        self._folder = folder
        self._photos = photos
        self._number = 0
        self._pixmap = QPixmap()
        self._picture = QLabel()
        self._place = ReadOnlyField(LABEL, characters=9)
        self._previous = QPushButton(self.tr("이전"))
        self._next = QPushButton(self.tr("다음"))
        self._close = QPushButton(self.tr("닫기"))
        self.jobs = context.jobs(self)
        self._lay_out()
        self._previous.clicked.connect(self._on_previous_clicked)
        self._next.clicked.connect(self._on_next_clicked)
        self._close.clicked.connect(self.reject)
        self._show_photo(0)

    def _lay_out(self) -> None:
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setMinimumSize(320, 240)
        self._picture.setTextFormat(Qt.TextFormat.PlainText)
        line = QHBoxLayout()
        line.addWidget(self._place)
        line.addStretch()
        for button in (self._previous, self._next, self._close):
            button.setAutoDefault(False)
            line.addWidget(button)
        column = QVBoxLayout(self)
        column.addWidget(self._picture, 1)
        column.addLayout(line)
        self.resize(760, 600)

    def _show_photo(self, number: int) -> None:
        self._number = number
        self._pixmap = QPixmap()
        self._picture.setText(self.tr("조회 중…"))
        self._place.show_value(f"{number + 1} / {len(self._photos)}")
        self._previous.setEnabled(number > 0)
        self._next.setEnabled(number + 1 < len(self._photos))
        self.jobs.read(
            partial(_picture_of, self._folder, self._photos[number]),
            on_done=self._on_read,
            on_error=self._on_unread,
            lane=_PHOTO,
        )

    def _on_read(self, image: QImage) -> None:
        self._pixmap = QPixmap.fromImage(image)
        self._fit()

    def _on_unread(self, error: EtsError) -> None:
        self._picture.setText(error_text(error))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if not self._pixmap.isNull():
            kept = Qt.AspectRatioMode.KeepAspectRatio
            smooth = Qt.TransformationMode.SmoothTransformation
            self._picture.setPixmap(self._pixmap.scaled(self._picture.size(), kept, smooth))

    @Slot()
    def _on_previous_clicked(self) -> None:
        self._show_photo(self._number - 1)

    @Slot()
    def _on_next_clicked(self) -> None:
        self._show_photo(self._number + 1)


def _keep(folder: PhotoFolder, files: tuple[Path, ...], had: tuple[str, ...]) -> tuple[str, ...]:
    """On a worker. None is taken when there would be too many."""
    return with_photos(had, tuple(folder.keep(file) for file in files))


def _picture_of(folder: PhotoFolder, reference: str) -> QImage:
    """On a worker. Read no larger than it is shown, turned as the camera was held."""
    content = QBuffer()
    content.setData(QByteArray(folder.read(reference)))
    content.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(content)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and (size.width() > _LARGEST.width() or size.height() > _LARGEST.height()):
        reader.setScaledSize(size.scaled(_LARGEST, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        raise EtsError("photo_unreadable", name=reference)
    return image
