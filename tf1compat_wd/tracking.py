"""The few public names that are ours and not TF1's: ``tf.tracking``."""

from tf1compat_wd._core.tracking_scope import VariableTrackingScope, default_scope, track
from tf1compat_wd._core.verification import verify

__all__ = ["VariableTrackingScope", "default_scope", "track", "verify"]
