"""``slim.utils``: end points by name, and the arguments of layers brought into one form."""

from tf1compat_wd import _namespace
from tf1compat_wd.contrib.layers._dimensions import (
    channel_dimension,
    constant_value,
    last_dimension,
    n_positive_integers,
    smart_cond,
    static_cond,
    two_element_tuple,
)
from tf1compat_wd.contrib.layers._outputs import (
    NamedOutputs,
    append_tensor_alias,
    collect_named_outputs,
    convert_collection_to_dict,
    gather_tensors_aliases,
    get_tensor_aliases,
    get_variable_collections,
)

__all__ = [
    "NamedOutputs",
    "append_tensor_alias",
    "channel_dimension",
    "collect_named_outputs",
    "constant_value",
    "convert_collection_to_dict",
    "gather_tensors_aliases",
    "get_tensor_aliases",
    "get_variable_collections",
    "last_dimension",
    "n_positive_integers",
    "smart_cond",
    "static_cond",
    "two_element_tuple",
]

__getattr__, __dir__ = _namespace.names_of(__name__)
