"""What old programs import or call that is gone without being TensorFlow's, and what to say of it."""

from __future__ import annotations

import re
import sys
from types import TracebackType

from tf1compat_wd.cli.messages import shown

_MODELS = (
    "it is in github.com/tensorflow/models (branch r1.13.0), which was never part of TensorFlow; get it, "
    "put its folders research and research/slim on PYTHONPATH, and name what you import from it with --also"
)
_PYTHON_2 = "a Python 2 program; convert it to Python 3 first, for instance with 2to3"

_IN_MODELS = "deployment nets object_detection official preprocessing tensorflow.models"
_PYTHON_2_MODULES = """
cPickle ConfigParser HTMLParser Queue SocketServer StringIO Tkinter __builtin__ anydbm cStringIO commands cookielib
copy_reg httplib md5 sets tkMessageBox urllib2 urlparse xmlrpclib
"""

#: Modules that are gone, by their first name or in full, and what to do.
_MODULES = {
    **dict.fromkeys(_PYTHON_2_MODULES.split(), _PYTHON_2),
    **dict.fromkeys(_IN_MODELS.split(), _MODELS),
    "distutils": "Python 3.12 removed it; install setuptools, which brings it",
    "imp": "Python 3.12 removed it; use importlib",
    "keras.backend.tensorflow_backend": "Keras 3 has no such file; use keras.backend",
    "keras.engine": "Keras 3 has no such file; what it held is in keras and keras.layers",
    "keras.layers.advanced_activations": "Keras 3 has no such file; import from keras.layers",
    "keras.layers.convolutional": "Keras 3 has no such file; import from keras.layers",
    "keras.layers.core": "Keras 3 has no such file; import from keras.layers",
    "keras.layers.merge": "Keras 3 has no such file; import from keras.layers",
    "keras.layers.normalization": "Keras 3 has no such file; import from keras.layers",
    "keras.layers.recurrent": "Keras 3 has no such file; import from keras.layers",
    "keras.utils.np_utils": "Keras 3 has no such file; import from keras.utils",
    "matplotlib.finance": "matplotlib removed it; install mplfinance",
    "scipy.misc": "SciPy removed it; its images are in imageio and Pillow, comb and factorial in scipy.special",
    "sklearn.cross_validation": "scikit-learn moved it to sklearn.model_selection",
    "sklearn.externals": "scikit-learn removed it; import joblib, or six, itself",
    "sklearn.grid_search": "scikit-learn moved it to sklearn.model_selection",
    "tensorflow_core": "it is inside TensorFlow 1.15; import tensorflow",
    "tensorflow_estimator": "estimators left TensorFlow with version 2.16; import tf.estimator from tensorflow",
}

# Names of Python 2, as Python 3 complains of them.
_PYTHON_2_NAMES = re.compile(
    r"name '(?:xrange|unicode|raw_input|unichr|basestring|long|reduce|execfile|reload|file|cmp)' is not defined"
    r"|'dict' object has no attribute '(?:iteritems|itervalues|iterkeys|has_key)'"
    r"|module 'string' has no attribute '(?:letters|maketrans|lowercase|uppercase|join)'"
    r"|module 'itertools' has no attribute '(?:izip|imap|ifilter|izip_longest)'"
    r"|cannot import name '(?:izip|imap|ifilter|izip_longest)' from 'itertools'"
    r"|module 'sys' has no attribute '(?:maxint|setdefaultencoding)'"
    r"|module 'urllib' has no attribute '(?:urlretrieve|urlopen|urlencode|quote)'"
)


def explain(error: BaseException) -> str | None:
    """Return the line that says what `error`, which ended the script, is about; None if it isn't about such a thing.

    >>> explain(ModuleNotFoundError("No module named 'urllib2'", name="urllib2"))
    'there is no urllib2: a Python 2 program; convert it to Python 3 first, for instance with 2to3'
    """
    place = _place(error.__traceback__)
    if isinstance(error, (NameError, AttributeError, ImportError)) and _PYTHON_2_NAMES.search(str(error)):
        return f"{place}{error}: {_PYTHON_2}"
    if not isinstance(error, ImportError) or not error.name:
        return None
    name = error.name.replace("tf1compat_wd.", "tensorflow.", 1)
    for end in range(name.count(".") + 1, 0, -1):
        gone = ".".join(name.split(".")[:end])
        # A library that is there but has lost a name counts, too: `from scipy.misc import imread`.
        if gone in _MODULES and (isinstance(error, ModuleNotFoundError) or gone not in sys.stdlib_module_names):
            return f"{place}there is no {gone}: {_MODULES[gone]}"
    return None


def _place(traceback: TracebackType | None) -> str:
    """Return where the script, not a library that it called, was: ``train.py:3: ``."""
    if traceback is None:
        return ""
    while traceback.tb_next is not None:
        traceback = traceback.tb_next
    return f"{shown(traceback.tb_frame.f_code.co_filename)}:{traceback.tb_lineno}: "
