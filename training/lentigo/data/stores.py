"""Copies shards from wherever they lie: an object store, a web server, another disk."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import fsspec

from lentigo.data.shards import SHARDS


def copy_shards(url: str, folder: Path, report: Callable[[str], None] = print) -> list[Path]:
    """Copies `<set>/metadata.csv` and `<set>/shard-*.tar` of every set under `url` into `folder`.

    url: any address that fsspec opens: `s3://`, `gs://`, `az://`, `https://` with a listing, a folder. A file
    that is there with the same size is not copied again, so that a copy that was cut off goes on. Returns the
    files. Raises ValueError where the address cannot be opened, FileNotFoundError where it has no shards.
    """
    try:
        store, base = fsspec.url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise ValueError(
            f"{url} cannot be opened: {error}. `pip install s3fs` or `gcsfs` adds a store"
        ) from error
    found = [str(path) for kind in ("metadata.csv", SHARDS) for path in store.glob(f"{base}/*/{kind}")]
    if not any(PurePosixPath(path).match(SHARDS) for path in found):
        raise FileNotFoundError(f"{url} has no <set>/{SHARDS}: `lentigo prepare --pack FOLDER` writes them")
    copied = []
    for path in sorted(found):
        *_, name, file = PurePosixPath(path).parts
        target = folder / name / file
        copied.append(target)
        if target.is_file() and target.stat().st_size == store.size(path):
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(f"{file}.draft")
        with store.open(path, "rb") as source, draft.open("wb") as sink:
            shutil.copyfileobj(source, sink)
        draft.replace(target)
        report(f"{name}/{file}: {target.stat().st_size / 1e6:.1f} MB")
    return copied
