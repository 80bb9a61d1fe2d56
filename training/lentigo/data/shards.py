"""Shards: the images of a data set, small enough to carry to another machine, in a few tar files.

They are WebDataset shards (https://github.com/webdataset/webdataset): `<image_id>.jpg`, and where there is a
mask `<image_id>.mask.png` after it, so that any reader of that form reads them, too. Decoded they are the
uint8 images that training holds in memory. An image that is small enough already keeps its original bytes, so
that nothing is lost.
"""

from __future__ import annotations

import io
import shutil
import tarfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from lentigo.data.pixels import ReadImage, open_rgb
from lentigo.data.tables import FOLDERS, image_path, mask_path, read_folder

JPEG_QUALITY = 92
SHARDS = "shard-*.tar"
IMAGE, MASK = "jpg", "mask.png"  # what a shard calls them, after the first dot


@dataclass(frozen=True)
class _File:
    """A file of a shard."""

    image_id: str
    ending: str
    content: bytes


def write_shards(
    data: Path, name: str, out: Path, size: int, megabytes: float, report: Callable[[str], None] = print
) -> list[Path]:
    """Writes `metadata.csv` and `shard-000000.tar`... into `<out>/<folder>` for each folder of the data set.

    The long side of an image is at most `size` pixels, a shard at most `megabytes` MB. Returns the shards.
    Raises ValueError for an image id with a dot: in a shard, what follows the first dot is the kind of file.
    """
    return [
        shard
        for folder in FOLDERS[name]
        for shard in _write_folder(data, name, folder, out / folder, size, int(megabytes * 1e6), report)
    ]


def _write_folder(
    data: Path, name: str, source: str, folder: Path, size: int, limit: int, report: Callable[[str], None]
) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(data / source / "metadata.csv", folder / "metadata.csv")
    for old in folder.glob(SHARDS):
        old.unlink()
    shards: list[Path] = []
    batch: list[_File] = []
    used = tarfile.RECORDSIZE  # a tar ends with up to so many zeros
    for files in _encoded(data, name, source, size):
        # Image and mask stand together. Each file has a header, and is filled up to whole blocks.
        cost = sum(2 * tarfile.BLOCKSIZE + len(file.content) for file in files)
        if batch and used + cost > limit:
            shards.append(_write_shard(folder, len(shards), batch, report))
            batch, used = [], tarfile.RECORDSIZE
        batch += files
        used += cost
    if batch:
        shards.append(_write_shard(folder, len(shards), batch, report))
    return shards


class Shards:
    """The shards of a data set, read back: `image(id)` and `mask(id)` give the encoded bytes."""

    def __init__(self, folders: Sequence[Path]):
        self._bytes: dict[str, bytes] = {}
        for path in sorted(shard for folder in folders for shard in folder.glob(SHARDS)):
            with tarfile.open(path) as tar:
                for member in tar:
                    if (content := tar.extractfile(member)) is not None:
                        self._bytes[member.name] = content.read()

    def image(self, image_id: str) -> bytes:
        return self._bytes[f"{image_id}.{IMAGE}"]

    def mask(self, image_id: str) -> bytes:
        return self._bytes[f"{image_id}.{MASK}"]


def readers(data: Path, name: str) -> tuple[ReadImage, ReadImage]:
    """Two functions from image id to encoded bytes, of the image and of its mask.

    They read shards if there are any, otherwise files. A missing mask raises KeyError or FileNotFoundError.
    """
    folders = [data / folder for folder in FOLDERS[name]]
    if any(shard for folder in folders for shard in folder.glob(SHARDS)):
        shards = Shards(folders)
        return shards.image, shards.mask
    return (
        lambda image_id: image_path(data, name, image_id).read_bytes(),
        lambda image_id: mask_path(data, name, image_id).read_bytes(),
    )


def _encoded(data: Path, name: str, folder: str, size: int) -> Iterator[list[_File]]:
    """The files of each image: its pixels, and its mask where there is one."""
    for row in read_folder(data, name, folder):
        if "." in row.image_id:
            raise ValueError(f"{name}: the image id {row.image_id!r} has a dot, which a shard cannot hold")
        pixels = _reduced(image_path(data, name, row.image_id).read_bytes(), size)
        files = [_File(row.image_id, IMAGE, pixels)]
        mask = mask_path(data, name, row.image_id)
        if mask.is_file():
            files.append(_File(row.image_id, MASK, _reduced_mask(mask.read_bytes(), size)))
        yield files


def _reduced(content: bytes, size: int) -> bytes:
    if max(Image.open(io.BytesIO(content)).size) <= size:
        return content
    image = open_rgb(content)
    image.thumbnail((size, size), Image.Resampling.BILINEAR)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=JPEG_QUALITY, subsampling=0)
    return out.getvalue()


def _reduced_mask(content: bytes, size: int) -> bytes:
    image: Image.Image = Image.open(io.BytesIO(content))
    if max(image.size) <= size:
        return content
    image = image.convert("L")
    image.thumbnail((size, size), Image.Resampling.BILINEAR)
    out = io.BytesIO()
    image.point(lambda value: 255 * (value >= 128)).convert("1").save(out, "PNG", optimize=True)
    return out.getvalue()


def _write_shard(folder: Path, number: int, files: list[_File], report: Callable[[str], None]) -> Path:
    """Writes a tar that depends on nothing but the files: no time, no owner."""
    path = folder / f"shard-{number:06d}.tar"
    with tarfile.open(path, "w", format=tarfile.USTAR_FORMAT) as tar:
        for file in files:
            info = tarfile.TarInfo(f"{file.image_id}.{file.ending}")
            info.size = len(file.content)
            tar.addfile(info, io.BytesIO(file.content))
    report(f"{folder.name}/{path.name}: {len(files)} files, {path.stat().st_size / 1e6:.1f} MB")
    return path
