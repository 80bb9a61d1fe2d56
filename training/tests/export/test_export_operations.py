"""Every operation of the exporter: PyTorch against TensorFlow.js (CPU and WASM), batches of 1 and 3."""

from collections.abc import Callable

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from lentigo.export.lower import export_graph
from lentigo.export.registry import LOWERINGS
from lentigo.export.trace import UnsupportedOperation


class Small(nn.Module):
    """A network of one step: `step(x)` of an image, tokens or a vector, under the name of the input."""

    def __init__(self, step: Callable[[Tensor], Tensor]) -> None:
        super().__init__()
        self.step = step


class OnImage(Small):
    def forward(self, image: Tensor) -> dict[str, Tensor]:
        return {"result": self.step(image)}


class OnTokens(Small):
    def forward(self, tokens: Tensor) -> dict[str, Tensor]:
        return {"result": self.step(tokens)}


class OnVector(Small):
    def forward(self, metadata: Tensor) -> dict[str, Tensor]:
        return {"result": self.step(metadata)}


def conv(*arguments: int, **options: object) -> nn.Module:
    return nn.Conv2d(*arguments, **options)


def warmed(norm: nn.Module) -> nn.Module:
    """A batch norm with statistics and weights as after training."""
    norm.running_mean.uniform_(-0.5, 0.5)
    norm.running_var.uniform_(0.3, 2)
    nn.init.uniform_(norm.weight, 0.5, 1.5)
    nn.init.uniform_(norm.bias, -0.5, 0.5)
    return norm


CONVOLUTIONS = {
    "3x3": lambda: conv(8, 6, 3, padding=1),
    "no bias, relu": lambda: nn.Sequential(conv(8, 6, 3, bias=False), nn.ReLU()),
    "1x1": lambda: conv(8, 6, 1),
    "stride 2, 7x7": lambda: conv(8, 6, 7, stride=2, padding=3),
    "rectangular": lambda: conv(8, 6, (1, 3), stride=(2, 1), padding=(0, 2)),
    "dilated": lambda: conv(8, 6, 3, padding=2, dilation=2),
    "same": lambda: conv(8, 6, 4, padding="same"),
    "valid": lambda: conv(8, 6, 4, padding="valid"),
    "depthwise": lambda: conv(8, 8, 3, padding=1, groups=8),
    "depthwise, stride 2": lambda: conv(8, 8, 5, stride=2, padding=2, groups=8, bias=False),
    "depthwise, multiplier 3": lambda: conv(8, 24, 3, padding=1, groups=8),
    "tensorflow same": lambda: nn.Sequential(nn.ZeroPad2d((0, 1, 0, 1)), conv(8, 6, 3, stride=2)),
    "tensorflow same, depthwise": lambda: nn.Sequential(
        nn.ZeroPad2d((1, 2, 1, 2)), conv(8, 8, 5, stride=2, groups=8)
    ),
    "padding with ones": lambda: nn.Sequential(nn.ConstantPad2d(1, 1.0), conv(8, 6, 3)),
    "relu6": lambda: nn.Sequential(conv(8, 6, 3), nn.ReLU6(inplace=True)),
    "sigmoid": lambda: nn.Sequential(conv(8, 6, 1), nn.Sigmoid()),
    "silu": lambda: nn.Sequential(conv(8, 6, 3), nn.SiLU(inplace=True)),
    "batch norm after": lambda: nn.Sequential(
        conv(8, 6, 3, bias=False), warmed(nn.BatchNorm2d(6)), nn.ReLU()
    ),
    "batch norm after bias": lambda: nn.Sequential(conv(8, 6, 3), warmed(nn.BatchNorm2d(6, eps=1e-3))),
    "batch norm after depthwise": lambda: nn.Sequential(
        conv(8, 16, 3, groups=8, bias=False), warmed(nn.BatchNorm2d(16)), nn.ReLU6()
    ),
    "batch norm before": lambda: nn.Sequential(
        warmed(nn.BatchNorm2d(8)), nn.ReLU(), conv(8, 6, 3, bias=False)
    ),
    "batch norm without weights": lambda: nn.BatchNorm2d(8, affine=False),
    "upsample, nearest": lambda: nn.Upsample(scale_factor=2, mode="nearest"),
    "upsample, nearest exact": lambda: nn.Upsample(scale_factor=3, mode="nearest-exact"),
    "upsample, bilinear": lambda: nn.Upsample(scale_factor=2, mode="bilinear", align_corners=False),
    "upsample, bilinear, corners": lambda: nn.Upsample(size=(21, 17), mode="bilinear", align_corners=True),
    "max pooling": lambda: nn.MaxPool2d(2),
    "max pooling, overlapping": lambda: nn.MaxPool2d(3, 2, 1),
    "max pooling, ceiling": lambda: nn.MaxPool2d(3, 2, ceil_mode=True),
    "average pooling": lambda: nn.AvgPool2d(2),
    "average pooling, padded": lambda: nn.AvgPool2d(3, 1, 1),
    "global average": lambda: nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8, 3)),
    "global maximum": lambda: nn.AdaptiveMaxPool2d(1),
    "average of quarters": lambda: nn.AdaptiveAvgPool2d((4, 5)),
    "layer norm over all": lambda: nn.LayerNorm([8, 12, 10]),
    "dropout": lambda: nn.Sequential(nn.Dropout(0.5), nn.Dropout2d(0.5), nn.Flatten(), nn.Linear(960, 3)),
}


@pytest.mark.parametrize("name", CONVOLUTIONS)
def test_image_layers(name: str, parity: Callable) -> None:
    layer = CONVOLUTIONS[name]()
    # An odd and an even side, and values on both sides of zero and beyond six.
    parity(OnImage(layer), {"image": 4 * torch.randn(2, 8, 12, 10)})


ON_IMAGES = {
    "one-channel sum": lambda x: x.sum(1, keepdim=True),
    "mean over the map": lambda x: x.mean((2, 3)),
    "mean over the map, dimensions kept": lambda x: x.mean((-2, -1), keepdim=True) * x,
    "mean over channels": lambda x: x.mean(1),
    "gate of a vector": lambda x: x * torch.sigmoid(x.mean((2, 3))).view(-1, 8, 1, 1),
    "gate of a vector, unsqueezed": lambda x: x * x.amax((2, 3))[:, :, None, None],
    "constant for each channel": (
        lambda x: x * torch.arange(8.0).view(1, 8, 1, 1) - torch.arange(8.0).view(8, 1, 1)
    ),
    "constant for each column": lambda x: x + torch.arange(10.0),
    "constant for each row": lambda x: (x - torch.arange(12.0)[:, None]) / 3,
    "broadcast rank": lambda x: x.permute(0, 2, 3, 1) * x.mean((2, 3))[:, None, None],
    "join channels": lambda x: torch.cat([x, x * 2, F.relu(x)], 1),
    "join rows": lambda x: torch.cat([x, x.neg()], dim=-2),
    "stack": lambda x: torch.stack([x, x + 1], 1),
    "chunk": lambda x: x.chunk(2, 1)[0] * x.chunk(2, 1)[1],
    "split": lambda x: torch.cat(list(reversed(x.split([2, 3, 3], 1))), 1),
    "unbind": lambda x: torch.maximum(*x[:, :2].unbind(1)),
    "slice": lambda x: x[:, 1:-2, 2:, :5],
    "slice with steps": lambda x: x[:, ::2, 1::3],
    "select": lambda x: x[:, 3],
    "map to tokens": lambda x: x.flatten(2).transpose(1, 2),
    "map to tokens and back": (
        lambda x: F.relu(x.flatten(2).transpose(1, 2)).transpose(1, 2).reshape(-1, 8, 12, 10)
    ),
    "flatten in PyTorch's order": lambda x: x.flatten(1),
    "channels apart": lambda x: x.view(-1, 2, 4, 12, 10).transpose(1, 2).reshape(-1, 8, 12, 10),
    "permute": lambda x: x.permute(0, 3, 1, 2) + 0,
    "pad": lambda x: F.pad(x, (1, 0, 2, 3), value=-1.5),
    "softmax over channels": lambda x: x.softmax(1),
    "softmax over columns": lambda x: x.softmax(-1),
    "minimum and maximum": lambda x: torch.minimum(torch.maximum(x, -x / 2), torch.tensor(1.5)),
    "clamp": lambda x: x.clamp(-1, 2) + x.clamp(min=0.5) + x.clamp_max(0.25) + x.clamp_min(1) + F.hardtanh(x),
    "smallest and largest": lambda x: x.amax(1, keepdim=True) - x.amin((1, 2), keepdim=True),
    "max of a dimension": lambda x: x.max(1).values + x.min(1).values,
    "expand": lambda x: x.mean(1, keepdim=True).expand(-1, 8, -1, -1) + 0,
    "squeeze": lambda x: x.mean(1, keepdim=True).squeeze(1),
}  # fmt: skip


@pytest.mark.parametrize("name", ON_IMAGES)
def test_image_functions(name: str, parity: Callable) -> None:
    parity(OnImage(ON_IMAGES[name]), {"image": 2 * torch.randn(2, 8, 12, 10)})


def test_one_channel_image(parity: Callable) -> None:
    layers = nn.Sequential(conv(1, 4, 3, padding=1, stride=2), nn.ReLU(), conv(4, 1, 1))
    parity(OnImage(layers), {"image": torch.randn(2, 1, 12, 10)})


ELEMENTWISE = {
    "relu": F.relu, "relu6": F.relu6, "sigmoid": torch.sigmoid, "tanh": torch.tanh, "silu": F.silu,
    "gelu": F.gelu,
    "gelu, tanh": lambda x: F.gelu(x, approximate="tanh"),
    "hardswish": F.hardswish, "hardsigmoid": F.hardsigmoid,
    "elu": F.elu, "leaky relu": F.leaky_relu, "exp": torch.exp, "log": lambda x: torch.log(x.abs() + 0.1),
    "sqrt": lambda x: x.abs().sqrt(), "rsqrt": lambda x: (x * x + 0.5).rsqrt(),
    "reciprocal": lambda x: (x.abs() + 1).reciprocal(),
    "square": torch.square,
    "powers": lambda x: x**2 + x.abs() ** 0.5 + (x.abs() + 1) ** -0.5 + x.abs() ** 1.7,
    "erf": torch.erf, "abs and neg": lambda x: -x.abs(), "scalars": lambda x: 3 - (2 * x + 1) / 4 - x,
    "alpha": lambda x: torch.add(x, x, alpha=3) + torch.sub(x, 1, alpha=2),
    "divide": lambda x: 1 / (x.abs() + 1),
    "to": lambda x: x.to(torch.float32).contiguous().clone().detach(),
    "norm": lambda x: torch.linalg.vector_norm(x, dim=-1), "log softmax": lambda x: x.log_softmax(-1),
    "softmax": lambda x: x.softmax(1),
    "sum": lambda x: x.sum(-1) + x.mean(1) + x.sum((1,), keepdim=True)[:, 0],
    "in place": lambda x: x.clone().mul_(2).add_(1).relu_(),
}  # fmt: skip


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_elementwise(name: str, parity: Callable) -> None:
    parity(OnVector(ELEMENTWISE[name]), {"metadata": 3 * torch.randn(2, 11)})


def heads(x: Tensor) -> Tensor:
    return x.reshape(x.shape[0], -1, 4, 4).transpose(1, 2)


ON_TOKENS = {
    "linear": lambda: nn.Linear(16, 5),
    "linear, relu": lambda: nn.Sequential(nn.Linear(16, 5), nn.ReLU(), nn.Linear(5, 3, bias=False)),
    "layer norm": lambda: nn.LayerNorm(16),
    "matmul": lambda: lambda x: x @ x.transpose(1, 2),
    "matmul, both swapped": lambda: lambda x: (x * 2).transpose(1, 2) @ x,
    "bmm": lambda: lambda x: torch.bmm(x, torch.bmm(x.mT, x)),
    "product with a constant": lambda: lambda x: x @ torch.linspace(-1, 1, 48).view(16, 3),
    "attention": lambda: lambda x: F.scaled_dot_product_attention(heads(x), heads(x + 1), heads(x * 2)),
    "attention by hand": lambda: lambda x: (
        ((heads(x) @ heads(x).transpose(-1, -2)) / 2).softmax(-1) @ heads(x)
    ).transpose(1, 2).flatten(2),
    "multi-head attention layer": lambda: Attention(),
    "mean of tokens": lambda: lambda x: x.mean(1),
}  # fmt: skip


class Attention(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.attention = nn.MultiheadAttention(16, 4, batch_first=True)

    def forward(self, x: Tensor) -> Tensor:
        return self.attention(x, x, x, need_weights=False)[0]


@pytest.mark.parametrize("name", ON_TOKENS)
def test_tokens(name: str, parity: Callable) -> None:
    parity(OnTokens(ON_TOKENS[name]()), {"tokens": torch.randn(2, 7, 16)})


ON_VECTORS = {
    "linear": lambda: nn.Linear(11, 5),
    "metadata encoder": lambda: nn.Sequential(
        nn.Linear(11, 8), warmed(nn.BatchNorm1d(8)), nn.ReLU(), nn.Dropout(0.2), nn.Linear(8, 4)
    ),
    "mm and addmm": lambda: (
        lambda x: torch.addmm(torch.arange(4.0), x.mm(torch.ones(11, 3)), torch.ones(3, 4))
    ),
    "batch norm first": lambda: nn.Sequential(warmed(nn.BatchNorm1d(11)), nn.Linear(11, 4), nn.Sigmoid()),
}


@pytest.mark.parametrize("name", ON_VECTORS)
def test_vectors(name: str, parity: Callable) -> None:
    layers = ON_VECTORS[name]()
    parity(OnVector(layers), {"metadata": torch.randn(2, 11)})


REFUSED = {
    "grouped convolution": (conv(8, 8, 3, groups=2), "conv2d.*grouped"),
    "transposed convolution": (nn.ConvTranspose2d(8, 4, 2, 2), r"does not know aten\.conv_transpose2d"),
    "unknown operation": (lambda x: torch.cumsum(x, 1), r"does not know aten\.cumsum"),
    "sort": (lambda x: x.sort(1).values, r"does not know aten\.sort"),
    "uneven windows": (nn.AdaptiveAvgPool2d(5), "adaptive_avg_pool2d.*uneven"),
    "batch mixed": (lambda x: x - x.mean(0), "mean.*over the batch"),
    "nearest by 1.5": (nn.Upsample(scale_factor=1.5, mode="nearest"), "not whole"),
    "where the maximum is": (lambda x: x.max(1).indices.float(), "reads max_1:1, which no lowering gives"),
    "double precision": (lambda x: x.double(), "cast to torch.float64"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refuses_by_name(name: str) -> None:
    step, message = REFUSED[name]
    with pytest.raises(UnsupportedOperation, match=message):
        export_graph(OnImage(step), {"image": torch.randn(2, 8, 12, 10)})


def test_refusal_says_where() -> None:
    layers = nn.Sequential(conv(8, 8, 3), nn.Sequential(nn.ReLU(), conv(8, 8, 3, groups=2)))
    with pytest.raises(UnsupportedOperation, match=r'in "step\.1\.1" \(.*conv\.py'):
        export_graph(OnImage(layers), {"image": torch.randn(2, 8, 12, 10)})


def test_every_lowering_has_a_case(request: pytest.FixtureRequest, called: set[str]) -> None:
    """A lowering without a parity case would be a promise without a proof. Runs last."""
    cases = len(CONVOLUTIONS) + len(ON_IMAGES) + len(ELEMENTWISE) + len(ON_TOKENS) + len(ON_VECTORS)
    ran = [
        item for item in request.session.items if item.path == request.path and "parity" in item.fixturenames
    ]
    if len(ran) < cases:
        pytest.skip("only some of the cases were selected")
    assert not (LOWERINGS.keys() - called), " ".join(sorted(LOWERINGS.keys() - called))
