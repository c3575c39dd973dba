"""``tf.contrib.staging``: input that waits on the device where it is used."""

from tf1compat_wd import _namespace
from tf1compat_wd.contrib.staging._staging_area import StagingArea

__all__ = ["StagingArea"]

__getattr__, __dir__ = _namespace.names_of(__name__)
