"""Training a fusion head on an encoder that stays as it is: its answers are computed once, for a few views of each image.

An epoch then costs seconds, and the ablations of one encoder share one file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from lentigo.data import metadata
from lentigo.data.batches import Batch, Feed, forget
from lentigo.networks.fusion import Fusion, as_photo

BATCH = 32


class Head(nn.Module):
    """A fusion network that is given what its encoder said: (tokens, mask vector, metadata) -> as Fusion.forward."""

    def __init__(self, network: Fusion):
        super().__init__()
        self.whole = network

    def forward(self, tokens: Tensor, mask_vector: Tensor, facts: Tensor | None = None) -> dict[str, Tensor]:
        return self.whole.head(tokens, mask_vector, facts)


class TokenFeed:
    """A feed of encoded views: a `Batch` whose image is the tokens [n, t, c] and whose mask is the mask vector [n, c]."""

    def __init__(self, feed: Feed, tokens: np.ndarray, masks: np.ndarray):
        """tokens float16 [views, images, t, c], masks float16 [views, images, c], in the order of the feed's side."""
        self.feed, self.side, self.tokens, self.masks = feed, feed.side, tokens, masks

    def plain(self, batch: int) -> Iterator[Batch]:
        """Every image once, in order, by its first view."""
        for start in range(0, len(self.side), batch):
            indices = torch.arange(start, min(start + batch, len(self.side)))
            facts = self.feed.facts[indices] if self.feed.facts is not None else None
            yield self._batch(torch.zeros_like(indices), indices, facts)

    def augmented(self, indices: Tensor, generator: torch.Generator) -> Batch:
        """A view at random of each image; metadata with some fields set to "unknown"."""
        views = torch.randint(self.tokens.shape[0], indices.shape, generator=generator)
        facts, choice = None, self.feed.recipe.data
        if self.feed.facts is not None:
            schema = metadata.SCHEMAS[choice.metadata]
            facts = forget(self.feed.facts[indices], schema, choice.unknown, generator)
        return self._batch(views, indices, facts)

    def _batch(self, views: Tensor, indices: Tensor, facts: Tensor | None) -> Batch:
        device = self.feed.device
        picked = [
            torch.from_numpy(store[views.numpy(), indices.numpy()]).float().to(device)
            for store in (self.tokens, self.masks)
        ]
        facts = facts.to(device) if facts is not None else None
        return Batch(*picked, facts, self.side.labels[indices].to(device))


def encoded(
    network: Fusion, feed: Feed, views: int, folder: Path, autocast: Callable, say: Callable[[str], None]
) -> TokenFeed:
    """What the network's shared encoder says of `views` augmented views of each image of the feed; 0 views: of each as
    it is. Kept in `folder`, and taken from there by whoever has the same encoder, images and views.

    Raises ValueError where image and mask have encoders of their own: the file would depend on which of them there is.
    """
    if network.has_mask and not network.shared:
        raise ValueError("cached tokens are for a fusion network whose encoder is shared by image and mask")
    name = _fingerprint(network, feed, views)
    paths = [folder / f"{name}-{part}.npy" for part in ("tokens", "masks")]
    if not all(path.is_file() for path in paths):
        folder.mkdir(parents=True, exist_ok=True)
        _encode(network.image_encoder, feed, views, paths, autocast, say)
    return TokenFeed(feed, *(np.load(path, mmap_mode="r") for path in paths))


@torch.no_grad()
def _encode(
    encoder: nn.Module,
    feed: Feed,
    views: int,
    paths: list[Path],
    autocast: Callable,
    say: Callable[[str], None],
) -> None:
    encoder.eval()
    count, device = len(feed.side), feed.device
    drafts = [path.with_suffix(".draft") for path in paths]
    stores: list[np.memmap] | None = None
    generator = torch.Generator().manual_seed(feed.recipe.seed)
    for view in range(max(1, views)):
        plain = feed.plain(BATCH) if views == 0 else None
        for start in range(0, count, BATCH):
            indices = torch.arange(start, min(start + BATCH, count))
            batch = next(plain) if plain else feed.augmented(indices, generator)
            with autocast():
                image = encoder(batch.image.to(device)).flatten(2).transpose(1, 2)
                shown = as_photo(batch.mask, batch.image.shape[1])
                mask = encoder(shown.contiguous(memory_format=torch.channels_last)).mean((2, 3))
            parts = [part.float().cpu().half().numpy() for part in (image, mask)]
            if stores is None:
                shapes = [(max(1, views), count, *part.shape[1:]) for part in parts]
                stores = [
                    np.lib.format.open_memmap(draft, mode="w+", dtype=np.float16, shape=shape)
                    for draft, shape in zip(drafts, shapes, strict=True)
                ]
            for store, part in zip(stores, parts, strict=True):
                store[view, indices.numpy()] = part
            if start // BATCH % 40 == 0:
                say(f"  {feed.recipe.id}: encoded {view * count + start} of {max(1, views) * count} views")
    for store, draft, path in zip(stores or [], drafts, paths, strict=True):
        store.flush()
        draft.replace(path)


def _fingerprint(network: Fusion, feed: Feed, views: int) -> str:
    """A name for what the file depends on: the encoder's weights (as runs keep them, in float16), the images and how they
    are drawn."""
    digest = hashlib.sha256()
    for name, tensor in network.image_encoder.state_dict().items():
        digest.update(name.encode() + tensor.cpu().half().contiguous().numpy().tobytes())
    recipe = feed.recipe
    drawn = (recipe.augment, recipe.data.mask_noise, recipe.mean, recipe.std, recipe.seed) if views else ()
    digest.update(repr((feed.side.ids(), feed.size, recipe.data.fit, views, drawn)).encode())
    return f"views-{digest.hexdigest()[:16]}"
