"""Trains a fusion head on a frozen encoder, whose features are computed once for a few views of each image.

An epoch then takes seconds, and the ablations of an encoder share a file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from lentigo.data.batches import Batch, BatchLoader, augmented_metadata
from lentigo.networks.fusion import Fusion, as_photo
from lentigo.seeds import torch_generator

BATCH = 32
Autocast = Callable[[], AbstractContextManager[object]]


class FusionOnFeatures(nn.Module):
    """A fusion network that reads cached features: (tokens, mask vector, metadata) -> as Fusion.forward."""

    def __init__(self, network: nn.Module) -> None:
        """Raises TypeError for another network than a Fusion."""
        super().__init__()
        self.network = _fusion(network)

    def forward(
        self, tokens: Tensor, mask_vector: Tensor, metadata: Tensor | None = None
    ) -> dict[str, Tensor]:
        return self.network.fuse(tokens, mask_vector, metadata)


class CachedFeatures:
    """As a BatchLoader, but of cached features.

    `image` of a Batch holds the tokens [n, t, c], and `mask` the mask vector [n, c].
    """

    def __init__(self, loader: BatchLoader, tokens: np.ndarray, masks: np.ndarray) -> None:
        """tokens float16 [views, images, t, c], masks float16 [views, images, c], in the split's order."""
        self.loader, self.split, self.tokens, self.masks = loader, loader.split, tokens, masks

    def plain(self, batch: int) -> Iterator[Batch]:
        """Every image once, in order, by its first view."""
        for start in range(0, len(self.split), batch):
            indices = torch.arange(start, min(start + batch, len(self.split)))
            metadata = self.loader.metadata[indices] if self.loader.metadata is not None else None
            yield self._batch(torch.zeros_like(indices), indices, metadata)

    def augmented(self, indices: Tensor, generator: torch.Generator) -> Batch:
        """A random view of each image, with some fields of its metadata set to "unknown"."""
        views = torch.randint(self.tokens.shape[0], indices.shape, generator=generator)
        return self._batch(views, indices, augmented_metadata(self.loader, indices, generator))

    def _batch(self, views: Tensor, indices: Tensor, metadata: Tensor | None) -> Batch:
        device = self.loader.device
        tokens, masks = (
            torch.from_numpy(cache[views.numpy(), indices.numpy()]).float().to(device)
            for cache in (self.tokens, self.masks)
        )
        metadata = metadata.to(device) if metadata is not None else None
        return Batch(tokens, masks, metadata, self.split.labels[indices].to(device))


def cached_features(
    network: nn.Module,
    loader: BatchLoader,
    augmented_views: int,
    folder: Path,
    autocast: Autocast,
    report: Callable[[str], None],
) -> CachedFeatures:
    """The shared encoder's features of `augmented_views` views of each image; 0: of the plain image.

    They are computed once and kept in `folder` for every network with the same encoder, images and views.
    Raises TypeError for another network than a Fusion, and ValueError where image and mask have separate
    encoders: the file would depend on which of them there are.
    """
    network = _fusion(network)
    if network.has_mask and not network.shared:
        raise ValueError("cached features are for a fusion network whose encoder is shared by image and mask")
    name = _fingerprint(network, loader, augmented_views)
    paths = [folder / f"{name}-{part}.npy" for part in ("tokens", "masks")]
    if not all(path.is_file() for path in paths):
        folder.mkdir(parents=True, exist_ok=True)
        _encode(network.image_encoder, loader, augmented_views, paths, autocast, report)
    tokens, masks = (np.load(path, mmap_mode="r") for path in paths)
    return CachedFeatures(loader, tokens, masks)


def _fusion(network: nn.Module) -> Fusion:
    if not isinstance(network, Fusion):
        raise TypeError(f"only a fusion network has cached features, not {type(network).__name__}")
    return network


@torch.no_grad()
def _encode(
    encoder: nn.Module,
    loader: BatchLoader,
    augmented_views: int,
    paths: list[Path],
    autocast: Autocast,
    report: Callable[[str], None],
) -> None:
    encoder.eval()
    count, views = len(loader.split), max(1, augmented_views)
    drafts = [path.with_suffix(".draft") for path in paths]
    caches: list[np.memmap] = []
    generator = torch_generator(loader.recipe.seed)
    for view in range(views):
        plain = loader.plain(BATCH)
        for start in range(0, count, BATCH):
            indices = torch.arange(start, min(start + BATCH, count))
            batch = loader.augmented(indices, generator) if augmented_views else next(plain)
            parts = [part.float().cpu().half().numpy() for part in _features(encoder, batch, autocast)]
            if not caches:
                caches = [
                    np.lib.format.open_memmap(
                        draft, mode="w+", dtype=np.float16, shape=(views, count, *part.shape[1:])
                    )
                    for draft, part in zip(drafts, parts, strict=True)
                ]
            for cache, part in zip(caches, parts, strict=True):
                cache[view, indices.numpy()] = part
            if start // BATCH % 40 == 0:
                report(f"  {loader.recipe.id}: encoded {view * count + start} of {views * count} views")
    for cache, draft, path in zip(caches, drafts, paths, strict=True):
        cache.flush()
        draft.replace(path)


def _features(encoder: nn.Module, batch: Batch, autocast: Autocast) -> tuple[Tensor, Tensor]:
    """Tokens [n, t, c] of the images and vectors [n, c] of their masks."""
    if batch.mask is None:
        raise ValueError("cached features need masks")
    with autocast():
        tokens = encoder(batch.image).flatten(2).transpose(1, 2)
        masks = as_photo(batch.mask, batch.image.shape[1])
        vectors = encoder(masks.contiguous(memory_format=torch.channels_last)).mean((2, 3))
    return tokens, vectors


def _fingerprint(network: Fusion, loader: BatchLoader, augmented_views: int) -> str:
    """A file name for everything that the features depend on.

    That is the encoder's weights (in float16, as runs save them), the images and how they are augmented.
    """
    digest = hashlib.sha256()
    for name, tensor in network.image_encoder.state_dict().items():
        digest.update(name.encode() + tensor.cpu().half().contiguous().numpy().tobytes())
    recipe = loader.recipe
    augmentation: tuple[object, ...] = ()
    if augmented_views:
        augmentation = (recipe.augment, recipe.data.mask_noise, recipe.mean, recipe.std, recipe.seed)
    digest.update(
        repr((loader.split.ids(), loader.size, recipe.data.fit, augmented_views, augmentation)).encode()
    )
    return f"views-{digest.hexdigest()[:16]}"
