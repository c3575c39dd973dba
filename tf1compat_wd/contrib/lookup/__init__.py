"""``tf.contrib.lookup``: tables from words to numbers and back."""

from tf1compat_wd import _namespace
from tf1compat_wd.contrib.lookup._tables import (
    FastHashSpec,
    HasherSpec,
    HashTable,
    StrongHashSpec,
    TextFileIdTableInitializer,
    TextFileStringTableInitializer,
    index_table_from_file,
    index_table_from_tensor,
    index_to_string,
    index_to_string_table_from_file,
    index_to_string_table_from_tensor,
    string_to_index,
    string_to_index_table_from_file,
    string_to_index_table_from_tensor,
)

__all__ = [
    "FastHashSpec",
    "HashTable",
    "HasherSpec",
    "StrongHashSpec",
    "TextFileIdTableInitializer",
    "TextFileStringTableInitializer",
    "index_table_from_file",
    "index_table_from_tensor",
    "index_to_string",
    "index_to_string_table_from_file",
    "index_to_string_table_from_tensor",
    "string_to_index",
    "string_to_index_table_from_file",
    "string_to_index_table_from_tensor",
]

__getattr__, __dir__ = _namespace.names_of(__name__)
