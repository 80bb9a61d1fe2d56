"""Portable shards: the images of a data set, small enough to carry to another machine in a few parts.

A part is a plain `.npz` (no pickles): `ids` [n], `kinds` [n] ("image" or "mask"), `ends` [n] and `bytes`, the
encoded images one after the other. Decoded they are the uint8 images that training holds in memory; packed
raw they would be twenty times as large. An image that is small enough already keeps its original bytes, so
that nothing is lost.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from lentigo.data.pixels import ReadImage, open_rgb
from lentigo.data.tables import FOLDERS, image_path, mask_path, read_folder

JPEG_QUALITY = 92


def write_pack(
    data: Path, name: str, out: Path, size: int, part_megabytes: float, report: Callable[[str], None] = print
) -> list[Path]:
    """Writes `metadata.csv` and `part-000.npz`... into `<out>/<folder>` for each folder of the data set.

    The long side of an image is at most `size` pixels, a part at most `part_megabytes` MB. Returns the parts.
    """
    parts = []
    for folder in FOLDERS[name]:
        parts += _write_folder(data, name, folder, out / folder, size, int(part_megabytes * 1e6), report)
    return parts


def _write_folder(
    data: Path, name: str, source: str, folder: Path, size: int, limit: int, report: Callable[[str], None]
) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(data / source / "metadata.csv", folder / "metadata.csv")
    for old in folder.glob("part-*.npz"):
        old.unlink()
    parts: list[Path] = []
    batch: list[tuple[str, str, bytes]] = []
    used = 0
    for item in _encoded(data, name, source, size):
        # An .npz spends some bytes on ids and offsets: 200 an image covers them.
        cost = len(item[2]) + 200
        if batch and used + cost > limit:
            parts.append(_write_part(folder, len(parts), batch))
            report(f"{parts[-1].name}: {len(batch)} images, {used / 1e6:.1f} MB")
            batch, used = [], 0
        batch.append(item)
        used += cost
    if batch:
        parts.append(_write_part(folder, len(parts), batch))
        report(f"{parts[-1].name}: {len(batch)} images, {used / 1e6:.1f} MB")
    return parts


class Pack:
    """The shards of a data set, read back: `image(id)` and `mask(id)` give the encoded bytes."""

    def __init__(self, folders: Sequence[Path]):
        self._bytes: dict[tuple[str, str], bytes] = {}
        for path in sorted(part for folder in folders for part in folder.glob("part-*.npz")):
            with np.load(path) as part:
                blob, start = part["bytes"].tobytes(), 0
                for kind, image_id, end in zip(part["kinds"], part["ids"], part["ends"], strict=True):
                    self._bytes[str(kind), str(image_id)] = blob[start:end]
                    start = int(end)

    def image(self, image_id: str) -> bytes:
        return self._bytes["image", image_id]

    def mask(self, image_id: str) -> bytes:
        return self._bytes["mask", image_id]


def readers(data: Path, name: str) -> tuple[ReadImage, ReadImage]:
    """Two functions from image id to encoded bytes, of the image and of its mask.

    They read shards if there are any, otherwise files. A missing mask raises KeyError or FileNotFoundError.
    """
    folders = [data / folder for folder in FOLDERS[name]]
    if any(part for folder in folders for part in folder.glob("part-*.npz")):
        pack = Pack(folders)
        return pack.image, pack.mask
    return (
        lambda image_id: image_path(data, name, image_id).read_bytes(),
        lambda image_id: mask_path(data, name, image_id).read_bytes(),
    )


def _encoded(data: Path, name: str, folder: str, size: int) -> Iterator[tuple[str, str, bytes]]:
    for row in read_folder(data, name, folder):
        yield "image", row.image_id, _reduced(image_path(data, name, row.image_id).read_bytes(), size)
        mask = mask_path(data, name, row.image_id)
        if mask.is_file():
            yield "mask", row.image_id, _reduced_mask(mask.read_bytes(), size)


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


def _write_part(folder: Path, number: int, batch: list[tuple[str, str, bytes]]) -> Path:
    path = folder / f"part-{number:03d}.npz"
    kinds, ids, contents = zip(*batch, strict=True)
    np.savez(
        path,
        kinds=np.array(kinds),
        ids=np.array(ids),
        ends=np.cumsum([len(content) for content in contents]),
        bytes=np.frombuffer(b"".join(contents), np.uint8),
    )
    return path
