"""What the three Inception networks consist of.

The numbers of channels are those of the papers' tables; the names, mistaken ones too, are those of published
checkpoints.
"""

from __future__ import annotations

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd.contrib.slim.nets._inception_parts import Conv, Fork, Mixed, Pool, SeparableConv

# --------------------------------------- version 1: Szegedy et al., arXiv 1409.4842, table 1 (GoogLeNet)


def _conv_1(name: str, depth: int, stride: int = 1) -> Conv:
    return Conv(name, depth, stride, stddev=0.01)


def _mixed_1(
    name: str, one: int, three: tuple[int, int], five: tuple[int, int], pool: int, last: str = "Conv2d_0b_3x3"
) -> Mixed:
    """The table's columns 1x1; 3x3 reduce, 3x3; 5x5 reduce, 5x5 (made as 3x3); pool projection."""
    return Mixed(
        name,
        (
            (_conv_1("Conv2d_0a_1x1", one),),
            (_conv_1("Conv2d_0a_1x1", three[0]), _conv_1("Conv2d_0b_3x3", three[1])),
            (_conv_1("Conv2d_0a_1x1", five[0]), _conv_1(last, five[1])),
            (Pool("MaxPool_0a_3x3"), _conv_1("Conv2d_0b_1x1", pool)),
        ),
    )


V1 = (
    _conv_1("Conv2d_1a_7x7", 64, stride=2),
    Pool("MaxPool_2a_3x3", stride=2),
    _conv_1("Conv2d_2b_1x1", 64),
    _conv_1("Conv2d_2c_3x3", 192),
    Pool("MaxPool_3a_3x3", stride=2),
    _mixed_1("Mixed_3b", 64, (96, 128), (16, 32), 32),
    _mixed_1("Mixed_3c", 128, (128, 192), (32, 96), 64),
    Pool("MaxPool_4a_3x3", stride=2),
    _mixed_1("Mixed_4b", 192, (96, 208), (16, 48), 64),
    _mixed_1("Mixed_4c", 160, (112, 224), (24, 64), 64),
    _mixed_1("Mixed_4d", 128, (128, 256), (24, 64), 64),
    _mixed_1("Mixed_4e", 112, (144, 288), (32, 64), 64),
    _mixed_1("Mixed_4f", 256, (160, 320), (32, 128), 128),
    Pool("MaxPool_5a_2x2", stride=2),
    _mixed_1("Mixed_5b", 256, (160, 320), (32, 128), 128, last="Conv2d_0a_3x3"),
    _mixed_1("Mixed_5c", 384, (192, 384), (48, 128), 128),
)

# ------------------------------------ version 2: Ioffe and Szegedy, arXiv 1502.03167, figure 5 (BN-Inception)


def _reduce_2(depth: int) -> Conv:
    return Conv("Conv2d_0a_1x1", depth, stddev=0.09)


def _mixed_2(
    name: str, one: int, three: tuple[int, int], double: tuple[int, int], pool: int, pooling: str = "AvgPool_0a_3x3"
) -> Mixed:
    """The table's columns 1x1; 3x3 reduce, 3x3; double 3x3 reduce, double 3x3; pool projection."""
    return Mixed(
        name,
        (
            (Conv("Conv2d_0a_1x1", one),),
            (_reduce_2(three[0]), Conv("Conv2d_0b_3x3", three[1])),
            (_reduce_2(double[0]), Conv("Conv2d_0b_3x3", double[1]), Conv("Conv2d_0c_3x3", double[1])),
            (Pool(pooling), Conv("Conv2d_0b_1x1", pool, stddev=0.1)),
        ),
    )


def _smaller_2(name: str, three: tuple[int, int], double: tuple[int, int]) -> Mixed:
    """The same with a stride of 2: without 1x1 and projection."""
    return Mixed(
        name,
        (
            (_reduce_2(three[0]), Conv("Conv2d_1a_3x3", three[1], stride=2)),
            (_reduce_2(double[0]), Conv("Conv2d_0b_3x3", double[1]), Conv("Conv2d_1a_3x3", double[1], stride=2)),
            (Pool("MaxPool_1a_3x3", stride=2),),
        ),
    )


V2 = (
    SeparableConv("Conv2d_1a_7x7", 64, stride=2),
    Pool("MaxPool_2a_3x3", stride=2),
    Conv("Conv2d_2b_1x1", 64, stddev=0.1),
    Conv("Conv2d_2c_3x3", 192),
    Pool("MaxPool_3a_3x3", stride=2),
    _mixed_2("Mixed_3b", 64, (64, 64), (64, 96), 32),
    _mixed_2("Mixed_3c", 64, (64, 96), (64, 96), 64),
    _smaller_2("Mixed_4a", (128, 160), (64, 96)),
    _mixed_2("Mixed_4b", 224, (64, 96), (96, 128), 128),
    _mixed_2("Mixed_4c", 192, (96, 128), (96, 128), 128),
    _mixed_2("Mixed_4d", 160, (128, 160), (128, 160), 96),
    _mixed_2("Mixed_4e", 96, (128, 192), (160, 192), 96),
    _smaller_2("Mixed_5a", (128, 192), (192, 256)),
    _mixed_2("Mixed_5b", 352, (192, 320), (160, 224), 128),
    _mixed_2("Mixed_5c", 352, (192, 320), (192, 224), 128, pooling="MaxPool_0a_3x3"),
)

# ------------------------------- version 3: Szegedy et al., arXiv 1512.00567, table 1 and figures 5, 6, 7 and 10


def _valid(name: str, depth: int, stride: int = 1, kernel: list[int] | None = None) -> Conv:
    return Conv(name, depth, stride, "VALID", kernel=kernel)


def _pooled(depth: int) -> tuple[Pool, Conv]:
    return Pool("AvgPool_0a_3x3"), Conv("Conv2d_0b_1x1", depth)


def _mixed_35(name: str, pool: int, five: tuple[str, str] = ("Conv2d_0a_1x1", "Conv2d_0b_5x5")) -> Mixed:
    """Figure 5, on 35 x 35."""
    return Mixed(
        name,
        (
            (Conv("Conv2d_0a_1x1", 64),),
            (Conv(five[0], 48), Conv(five[1], 64)),
            (Conv("Conv2d_0a_1x1", 64), Conv("Conv2d_0b_3x3", 96), Conv("Conv2d_0c_3x3", 96)),
            _pooled(pool),
        ),
    )


def _mixed_17(name: str, depth: int) -> Mixed:
    """Figure 6, on 17 x 17: 7x7 as 1x7 and 7x1."""
    return Mixed(
        name,
        (
            (Conv("Conv2d_0a_1x1", 192),),
            (Conv("Conv2d_0a_1x1", depth), Conv("Conv2d_0b_1x7", depth), Conv("Conv2d_0c_7x1", 192)),
            (
                Conv("Conv2d_0a_1x1", depth),
                Conv("Conv2d_0b_7x1", depth),
                Conv("Conv2d_0c_1x7", depth),
                Conv("Conv2d_0d_7x1", depth),
                Conv("Conv2d_0e_1x7", 192),
            ),
            _pooled(192),
        ),
    )


def _mixed_8(name: str, tall: str) -> Mixed:
    """Figure 7, on 8 x 8: 1x3 and 3x1 side by side."""
    return Mixed(
        name,
        (
            (Conv("Conv2d_0a_1x1", 320),),
            (Conv("Conv2d_0a_1x1", 384), Fork((Conv("Conv2d_0b_1x3", 384), Conv(tall, 384)))),
            (
                Conv("Conv2d_0a_1x1", 448),
                Conv("Conv2d_0b_3x3", 384),
                Fork((Conv("Conv2d_0c_1x3", 384), Conv("Conv2d_0d_3x1", 384))),
            ),
            _pooled(192),
        ),
    )


V3 = (
    _valid("Conv2d_1a_3x3", 32, stride=2),
    _valid("Conv2d_2a_3x3", 32),
    Conv("Conv2d_2b_3x3", 64),
    Pool("MaxPool_3a_3x3", 2, "VALID"),
    _valid("Conv2d_3b_1x1", 80),
    _valid("Conv2d_4a_3x3", 192),
    Pool("MaxPool_5a_3x3", 2, "VALID"),
    _mixed_35("Mixed_5b", 32),
    _mixed_35("Mixed_5c", 64, five=("Conv2d_0b_1x1", "Conv_1_0c_5x5")),
    _mixed_35("Mixed_5d", 64),
    Mixed(
        "Mixed_6a",
        (
            (_valid("Conv2d_1a_1x1", 384, stride=2, kernel=[3, 3]),),
            (
                Conv("Conv2d_0a_1x1", 64),
                Conv("Conv2d_0b_3x3", 96),
                _valid("Conv2d_1a_1x1", 96, stride=2, kernel=[3, 3]),
            ),
            (Pool("MaxPool_1a_3x3", 2, "VALID"),),
        ),
    ),
    _mixed_17("Mixed_6b", 128),
    _mixed_17("Mixed_6c", 160),
    _mixed_17("Mixed_6d", 160),
    _mixed_17("Mixed_6e", 192),
    Mixed(
        "Mixed_7a",
        (
            (Conv("Conv2d_0a_1x1", 192), _valid("Conv2d_1a_3x3", 320, stride=2)),
            (
                Conv("Conv2d_0a_1x1", 192),
                Conv("Conv2d_0b_1x7", 192),
                Conv("Conv2d_0c_7x1", 192),
                _valid("Conv2d_1a_3x3", 192, stride=2),
            ),
            (Pool("MaxPool_1a_3x3", 2, "VALID"),),
        ),
    ),
    _mixed_8("Mixed_7b", tall="Conv2d_0b_3x1"),
    _mixed_8("Mixed_7c", tall="Conv2d_0c_3x1"),
)

hooks.keep_from_autograph(__name__)
