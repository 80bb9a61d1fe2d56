"""Shards hold the same images and masks, are read by others, and come from anywhere."""

import io
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import fsspec
import pytest
import webdataset
from PIL import Image

from lentigo.data.pixels import load_images, load_masks
from lentigo.data.shards import Shards, readers, write_shards
from lentigo.data.stores import copy_shards


def test_small_images_are_kept_bit_for_bit_and_shards_are_small(made_up, tmp_path) -> None:
    shards = write_shards(made_up, "derm", tmp_path, size=64, megabytes=0.1, report=lambda _: None)
    assert len(shards) > 1 and max(shard.stat().st_size for shard in shards) <= 100_000
    ids = ["M000", "M095"]
    packed, loose = readers(tmp_path, "derm"), readers(made_up, "derm")
    assert isinstance(packed[0].__self__, Shards)
    for image_id in ids:
        assert packed[0](image_id) == loose[0](image_id)
        assert packed[1](image_id) == loose[1](image_id)
    assert load_images(ids, packed[0], 32).shape == (2, 3, 32, 32)
    assert set(load_masks(ids, packed[1], 64).unique().tolist()) == {0, 255}


def test_large_images_are_reduced(made_up, tmp_path) -> None:
    write_shards(made_up, "derm", tmp_path, size=32, megabytes=5, report=lambda _: None)
    image = Image.open(io.BytesIO(readers(tmp_path, "derm")[0]("M000")))
    assert image.size == (32, 32)


def test_the_same_images_give_the_same_bytes(made_up, tmp_path) -> None:
    first, second = (
        write_shards(made_up, "derm", tmp_path / name, size=64, megabytes=5, report=lambda _: None)
        for name in ("first", "second")
    )
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_webdataset_reads_them(made_up, tmp_path) -> None:
    shards = write_shards(made_up, "derm", tmp_path, size=64, megabytes=0.1, report=lambda _: None)
    samples = list(
        webdataset.WebDataset([str(path) for path in shards], shardshuffle=False, empty_check=False)
    )
    assert [sample["__key__"] for sample in samples] == [f"M{number:03d}" for number in range(96)]
    image, mask = readers(made_up, "derm")
    assert all(sample["jpg"] == image(sample["__key__"]) for sample in samples)
    assert all(sample["mask.png"] == mask(sample["__key__"]) for sample in samples)


def test_an_id_with_a_dot_is_refused(made_up, tmp_path) -> None:
    data = shutil.copytree(made_up, tmp_path / "data")
    table = data / "derm" / "metadata.csv"
    table.write_text(table.read_text().replace("M007", "M0.7"))
    with pytest.raises(ValueError, match=r"the image id 'M0.7' has a dot"):
        write_shards(data, "derm", tmp_path / "out", size=64, megabytes=5, report=lambda _: None)


def test_shards_are_copied_from_a_store_and_a_copy_goes_on(made_up, tmp_path) -> None:
    packed, here = tmp_path / "packed", tmp_path / "here"
    write_shards(made_up, "derm", packed, size=64, megabytes=0.1, report=lambda _: None)
    store = fsspec.filesystem("memory")
    store.put(f"{packed}/derm", "/bucket/lentigo/derm", recursive=True)
    said: list[str] = []
    copied = copy_shards("memory://bucket/lentigo", here, said.append)
    assert len(said) == len(copied) > 2
    assert readers(here, "derm")[0]("M042") == readers(made_up, "derm")[0]("M042")
    # Cut off: one file is missing, one is half there.
    copied[0].unlink()
    copied[1].write_bytes(copied[1].read_bytes()[:100])
    said.clear()
    copy_shards("memory://bucket/lentigo", here, said.append)
    assert len(said) == 2
    assert readers(here, "derm")[0]("M000") == readers(made_up, "derm")[0]("M000")


def test_a_store_without_shards_and_an_unknown_one_are_named(tmp_path) -> None:
    with pytest.raises(FileNotFoundError, match="memory://nothing has no"):
        copy_shards("memory://nothing", tmp_path)
    with pytest.raises(ValueError, match="cannot be opened"):
        copy_shards("nosuchstore://bucket", tmp_path)


@pytest.mark.skipif(shutil.which("curl") is None, reason="WebDataset reads addresses through curl")
def test_webdataset_streams_them_from_a_web_server(made_up, tmp_path) -> None:
    shards = write_shards(made_up, "derm", tmp_path, size=64, megabytes=0.1, report=lambda _: None)
    with served(tmp_path) as address:
        urls = [f"{address}/derm/{shard.name}" for shard in shards]
        samples = list(webdataset.WebDataset(urls, shardshuffle=False, empty_check=False))
    assert [sample["__key__"] for sample in samples] == [f"M{number:03d}" for number in range(96)]
    image, _ = readers(made_up, "derm")
    assert all(sample["jpg"] == image(sample["__key__"]) for sample in samples)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a server of this machine that gives out the folder."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
