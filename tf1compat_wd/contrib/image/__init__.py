"""``tf.contrib.image``: projective transformations of images, and matching."""

from tf1compat_wd import _namespace
from tf1compat_wd.contrib import _internal_paths
from tf1compat_wd.contrib.image._bipartite_match import bipartite_match
from tf1compat_wd.contrib.image._transform import (
    angles_to_projective_transforms,
    compose_transforms,
    flat_transforms_to_matrices,
    matrices_to_flat_transforms,
    rotate,
    transform,
    translate,
    translations_to_projective_transforms,
)

__all__ = [
    "angles_to_projective_transforms",
    "bipartite_match",
    "compose_transforms",
    "flat_transforms_to_matrices",
    "matrices_to_flat_transforms",
    "rotate",
    "transform",
    "translate",
    "translations_to_projective_transforms",
]

python = _internal_paths.python_of("image")

__getattr__, __dir__ = _namespace.names_of(__name__)
