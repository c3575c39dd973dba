"""Rotate, translate and warp images by projective transformations.

A transformation is a vector of eight numbers ``a0 a1 a2 b0 b1 b2 c0 c1``: the point (x, y) of the output is taken from
``((a0 x + a1 y + a2) / k, (b0 x + b1 y + b2) / k)`` of the input, where ``k = c0 x + c1 y + 1``.

Letters: B images, H rows, W columns, C channels, K transformations, 1 or as many as images.
"""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.name_scope import name_scope

Tensor = Any

_DTYPES = (tf.uint8, tf.int32, tf.int64, tf.float16, tf.float32, tf.float64)


def transform(
    images: Tensor,
    transforms: Tensor,
    interpolation: str = "NEAREST",
    output_shape: Any = None,
    name: str | None = None,
) -> Tensor:
    """Warp images (``tf.contrib.image.transform``).

    Args:
        images: tensor [B, H, W, C], [H, W, C] or [H, W].
        transforms: float32 [K, 8] or [8].
        interpolation: "NEAREST" or "BILINEAR".
        output_shape: the height and width of the result; default: those of `images`.
        name: of the operation.

    Returns:
        Tensor of the rank and dtype of `images`; 0 where there is nothing to take.

    Raises:
        TypeError: images have a dtype that isn't warped, or a rank that isn't known.

    Source: facts of the topic contrib_image.

    >>> shifted = tf.contrib.image.transform(tf.constant([[1.0, 2.0, 3.0]]), [1, 0, -1, 0, 1, 0, 0, 0])
    >>> shifted.numpy().tolist()
    [[0.0, 1.0, 2.0]]
    """
    with name_scope(name, "transform", [images]):
        images = tf.convert_to_tensor(images, name="images")
        transforms = tf.convert_to_tensor(transforms, name="transforms", dtype=tf.float32)
        if images.dtype not in _DTYPES:
            raise TypeError(f"Invalid dtype {images.dtype}.")
        rank = images.shape.rank
        if rank is None:
            raise TypeError("image rank must be statically known")
        if rank not in (2, 3, 4):
            raise TypeError("Images should have rank between 2 and 4.")
        if transforms.shape.rank not in (1, 2):
            raise TypeError("Transforms should have rank 1 or 2.")
        batch = images if rank == 4 else images[tf.newaxis] if rank == 3 else images[tf.newaxis, :, :, tf.newaxis]
        size = tf.shape(batch)[1:3] if output_shape is None else tf.convert_to_tensor(output_shape, dtype=tf.int32)
        warped = tf.raw_ops.ImageProjectiveTransformV3(
            images=batch,
            transforms=transforms if transforms.shape.rank == 2 else transforms[tf.newaxis],
            output_shape=size,
            fill_value=0.0,
            interpolation=interpolation.upper(),
        )
        known = batch.shape[1:3] if output_shape is None else tf.get_static_value(size)
        warped.set_shape([batch.shape[0], *(known if known is not None else (None, None)), batch.shape[3]])
        return warped if rank == 4 else warped[0] if rank == 3 else warped[0, :, :, 0]


def angles_to_projective_transforms(
    angles: Tensor, image_height: Tensor, image_width: Tensor, name: str | None = None
) -> Tensor:
    """Transformations that rotate images about their centers.

    Args:
        angles: counterclockwise, in radians, [K] or [].
        image_height, image_width: numbers or scalar tensors.
        name: of the operation.

    Returns:
        float32 [K, 8].

    Raises:
        TypeError: angles have another rank.

    Source: facts of the topic contrib_image.
    """
    with name_scope(name, "angles_to_projective_transforms"):
        angles = tf.convert_to_tensor(angles, name="angles", dtype=tf.float32)
        if angles.shape.rank not in (0, 1):
            raise TypeError("Angles should have rank 0 or 1.")
        angles = tf.reshape(angles, [-1])
        right, bottom = tf.cast(image_width, tf.float32) - 1, tf.cast(image_height, tf.float32) - 1
        cos, sin, zeros = tf.cos(angles), tf.sin(angles), tf.zeros_like(angles)
        x = (right - (cos * right - sin * bottom)) / 2.0
        y = (bottom - (sin * right + cos * bottom)) / 2.0
        return tf.stack([cos, -sin, x, sin, cos, y, zeros, zeros], 1)


def translations_to_projective_transforms(translations: Tensor, name: str | None = None) -> Tensor:
    """Transformations that move images.

    Args:
        translations: by how much to the right and down, [K, 2] or [2].
        name: of the operation.

    Returns:
        float32 [K, 8].

    Raises:
        TypeError: translations have another rank.

    Source: facts of the topic contrib_image.
    """
    with name_scope(name, "translations_to_projective_transforms"):
        translations = tf.convert_to_tensor(translations, name="translations", dtype=tf.float32)
        if translations.shape.rank not in (1, 2):
            raise TypeError("Translations should have rank 1 or 2.")
        translations = tf.reshape(translations, [-1, 2])
        right, down = translations[:, 0], translations[:, 1]
        zeros, ones = tf.zeros_like(right), tf.ones_like(right)
        return tf.stack([ones, zeros, -right, zeros, ones, -down, zeros, zeros], 1)


def rotate(images: Tensor, angles: Tensor, interpolation: str = "NEAREST", name: str | None = None) -> Tensor:
    """Rotate images about their centers (``tf.contrib.image.rotate``).

    Args:
        images: as for `transform`.
        angles: counterclockwise, in radians: a scalar, or one for each image.
        interpolation, name: as for `transform`.

    Source: facts of the topic contrib_image.

    >>> tf.contrib.image.rotate(tf.constant([[1.0, 2.0], [3.0, 4.0]]), 3.14159265 / 2).numpy().tolist()
    [[2.0, 4.0], [1.0, 3.0]]
    """
    with name_scope(name, "rotate"):
        images = tf.convert_to_tensor(images)
        if images.shape.rank is None:
            raise TypeError("image rank must be statically known")
        shape = tf.shape(images)
        first = 1 if images.shape.rank == 4 else 0
        by = angles_to_projective_transforms(angles, shape[first], shape[first + 1])
        return transform(images, by, interpolation=interpolation)


def translate(images: Tensor, translations: Tensor, interpolation: str = "NEAREST", name: str | None = None) -> Tensor:
    """Move images (``tf.contrib.image.translate``).

    Args:
        images: as for `transform`.
        translations: by how much to the right and down, [2], or [B, 2].
        interpolation, name: as for `transform`.

    Source: facts of the topic contrib_image.
    """
    with name_scope(name, "translate"):
        return transform(images, translations_to_projective_transforms(translations), interpolation=interpolation)


def flat_transforms_to_matrices(transforms: Tensor) -> Tensor:
    """Transformations [K, 8] or [8] as matrices [K, 3, 3]."""
    with name_scope("flat_transforms_to_matrices"):
        transforms = tf.convert_to_tensor(transforms, name="transforms")
        if transforms.shape.rank not in (1, 2):
            raise ValueError(f"Transforms should be 1D or 2D, got: {transforms}")
        flat = tf.reshape(transforms, [-1, 8])
        return tf.reshape(tf.concat([flat, tf.ones([tf.shape(flat)[0], 1], flat.dtype)], 1), [-1, 3, 3])


def matrices_to_flat_transforms(transform_matrices: Tensor) -> Tensor:
    """Matrices [K, 3, 3] or [3, 3] as transformations [K, 8]."""
    with name_scope("matrices_to_flat_transforms"):
        matrices = tf.convert_to_tensor(transform_matrices, name="matrices")
        if matrices.shape.rank not in (2, 3):
            raise ValueError(f"Matrices should be 2D or 3D, got: {matrices}")
        flat = tf.reshape(matrices, [-1, 9])
        return (flat / flat[:, 8:9])[:, :8]


def compose_transforms(*transforms: Tensor) -> Tensor:
    """One transformation that does what all of them do, one after another.

    Args:
        *transforms: each [K, 8] or [8].

    Returns:
        [K, 8].

    Source: facts of the topic contrib_image.
    """
    assert transforms, "transforms cannot be empty"
    with name_scope("compose_transforms"):
        composed = flat_transforms_to_matrices(transforms[0])
        for each in transforms[1:]:
            composed = tf.matmul(composed, flat_transforms_to_matrices(each))
        return matrices_to_flat_transforms(composed)


hooks.keep_from_autograph(__name__)
