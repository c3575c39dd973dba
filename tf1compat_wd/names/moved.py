"""Where to find what TensorFlow moved, lost or changed since TF1, as far as we have it.

Paths are full names without ``tf.``; an empty path is the root. What TF 1.15 itself offered under two names needs no
row unless TensorFlow still has the one and we replace the other: the aliases are in `tf1_15.txt`.
"""

RESTORED: dict[str, str] = {
    "angle": "angle",
    "bincount": "bincount",
    "config.experimental.set_virtual_device_configuration": "set_virtual_device_configuration",
    "contrib.data.batch_and_drop_remainder": "batch_and_drop_remainder",
    "contrib.data.padded_batch_and_drop_remainder": "padded_batch_and_drop_remainder",
    "contrib.data.sloppy_interleave": "sloppy_interleave",
    "constant": "constant",
    "image.adjust_jpeg_quality": "adjust_jpeg_quality",
    "image.per_image_standardization": "per_image_standardization",
    "manip.scatter_nd": "scatter_nd",
    "math.angle": "angle",
    "math.bincount": "bincount",
    "math.top_k": "top_k",
    "nn.top_k": "top_k",
    "numpy_function": "numpy_function",
    "parallel_stack": "parallel_stack",
    "py_func": "py_func",
    "random.uniform": "random_uniform",
    "random_uniform": "random_uniform",
    "scatter_nd": "scatter_nd",
    "tensor_scatter_add": "tensor_scatter_add",
    "tensor_scatter_nd_add": "tensor_scatter_add",
    "tensor_scatter_nd_sub": "tensor_scatter_sub",
    "tensor_scatter_sub": "tensor_scatter_sub",
}
"""TF1's path, and the function in `_restored_names`."""


def _moved(old_module: str, new_module: str, names: str) -> dict[str, str]:
    return {f"{old_module}.{name}": f"{new_module}.{name}" for name in names.split()}


MOVED: dict[str, str] = {
    "app.flags": "flags",
    # What tf_upgrade_v2 made of a TF1 program says tf.compat.v1 everywhere.
    "compat.v1": "",
    "contrib.eager.defun": "function",
    "contrib.metrics.confusion_matrix": "confusion_matrix",
    # TensorFlow has the same function there, but what TF1 called one thing must stay one: these are ours.
    "initializers.global_variables": "global_variables_initializer",
    "initializers.local_variables": "local_variables_initializer",
    "initializers.variables": "variables_initializer",
    "math.add_n": "add_n",
    "sparse.placeholder": "sparse_placeholder",
    **_moved(
        "contrib.data",
        "data.experimental",
        "AUTOTUNE Counter CsvDataset RandomDataset Reducer SqlDataset TFRecordWriter bucket_by_sequence_length "
        "choose_from_datasets copy_to_device dense_to_sparse_batch enumerate_dataset get_single_element "
        "group_by_reducer group_by_window ignore_errors make_batched_features_dataset make_csv_dataset "
        "make_saveable_from_iterator map_and_batch parallel_interleave parse_example_dataset prefetch_to_device "
        "rejection_resample sample_from_datasets scan shuffle_and_repeat unbatch unique",
    ),
    **_moved(
        "contrib.feature_column",
        "feature_column",
        "sequence_categorical_column_with_hash_bucket sequence_categorical_column_with_identity "
        "sequence_categorical_column_with_vocabulary_file sequence_categorical_column_with_vocabulary_list "
        "sequence_numeric_column",
    ),
}
"""TF1's path, and the path where the same thing is now."""
