import importlib

import recommender

v1 = recommender.tf


def static_size(tensor, axis):
    known = v1.dimension_value(tensor.shape[axis])
    if known is None:
        return v1.shape(tensor)[axis]
    return known


def dynamic():
    return importlib.import_module("tensorflow").shape
