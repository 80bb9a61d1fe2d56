"""Cross attention from one query to the tokens of an image."""

import math

from torch import Tensor, nn


class CrossAttention(nn.Module):
    """Multi-head attention (Vaswani et al. 2017) of a single query over t tokens, softmax(Q K^T / sqrt(d)) V.

    It is written out because the app shows its weights and because the exporter knows plain products.
    """

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        if width % heads:
            raise ValueError(f"{heads} heads do not divide a width of {width}")
        self.heads, self.head_width = heads, width // heads
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(width, width)
        self.value = nn.Linear(width, width)
        self.output = nn.Linear(width, width)

    def forward(self, query: Tensor, tokens: Tensor) -> tuple[Tensor, Tensor]:
        """Query [n, width], tokens [n, t, width] -> [n, width], and the attention [n, heads, 1, t]."""
        q = self.split(self.query(query).unsqueeze(1))
        k, v = self.split(self.key(tokens)), self.split(self.value(tokens))
        attention = (q @ k.transpose(2, 3) / math.sqrt(self.head_width)).softmax(-1)
        joined = (attention @ v).transpose(1, 2).reshape(-1, self.heads * self.head_width)
        return self.output(joined), attention

    def split(self, x: Tensor) -> Tensor:
        """[n, t, width] -> [n, heads, t, width / heads]."""
        return x.reshape(-1, x.shape[1], self.heads, self.head_width).transpose(1, 2)
