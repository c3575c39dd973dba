"""Write down TensorFlow 1.15's public names: run this with a Python that has TensorFlow 1.15.5.

    python3.7 tf1compat_wd/names/record.py > tf1compat_wd/names/tf1_15.txt

One line per name, sorted, signatures as TF 1.15 shows them; `tf1compat_wd.names` reads the file. Nothing else
imports this module. It keeps to Python 3.7 syntax, the newest that TensorFlow 1.15 runs on.

Left out are the members of `tf.keras` (which is TensorFlow 2's own Keras here), of `tf.raw_ops` (generated, and passed
on as they are) and of `tf.pywrap_tensorflow` (generated, and private) except the one in use, and what modules merely
imported for their own use, except in `tf.contrib.slim`, which never hid its imports, so that programs came to use them.
"""

import enum
import inspect
import sys

NOT_ENTERED = (
    "tf.keras",
    "tf.raw_ops",
    "tf.pywrap_tensorflow",
    "tf.compat.v1",
    "tf.compat.v2",
    "tf.test.mock",
    "tf.flags.tf_decorator",
    "tf.contrib.keras",
)
# Packages of tf.contrib which never hid what they import: their members are noise, so only the package is named.
UNHIDDEN = ("grid_rnn", "labeled_tensor", "quantization", "specs", "tensor_forest")
# Modules inside the packages of tf.contrib that programs enter.
ENTERED = (
    "tf.contrib.compiler.xla",
    "tf.contrib.distributions.bijectors",
    "tf.contrib.eager.metrics",
    "tf.contrib.framework.nest",
    "tf.contrib.losses.metric_learning",
    "tf.contrib.summary",
)
# Modules in which slim kept what it shows itself; programs enter these, too. What they import is left out.
SLIMS = tuple(
    "tf.contrib.slim." + name
    for name in "contrib_variables encoders initializers layers normalization optimizers regularizers utils".split()
)
# Folders that programs enter and that never hid what they import, nor the files in them.
FOLDERS = ("tf.contrib.learn.datasets", "tf.contrib.learn.preprocessing")
# `tools` is there only because importing tf.contrib puts it there.
NEVER_NAMES = ("absolute_import", "division", "print_function", "unicode_literals", "tools")


def show_value(value):
    """Text for a default value that is the same in every process and on every machine."""
    type_name = type(value).__name__
    if isinstance(value, enum.Enum):
        return f"<{type_name}>"
    if type_name == "DType":
        return f"<tf.{value.name}>"
    if value is None or isinstance(value, (bool, int, float, str, bytes)):
        return repr(value)
    if type(value) in (list, tuple):
        items = ", ".join(show_value(item) for item in value)
        return f"[{items}]"
    if inspect.isroutine(value) or inspect.isclass(value):
        return f"<{value.__name__}>"
    return f"<{type_name}>"


def show_signature(thing):
    """What a caller writes between the parentheses, or None if Python can't tell.

    For a class, what its own `__init__` takes or, where it has none (named tuples), its `__new__`: a metaclass or
    `typing.Generic` would show only ``*args, **kwargs``. For an enumeration it depends on the version of Python.
    """
    skipped = 0
    if inspect.isclass(thing):
        if issubclass(thing, enum.Enum):
            return None
        makers = [
            getattr(thing, name)
            for name in ("__init__", "__new__")
            if getattr(thing, name) is not getattr(object, name)
        ]
        if not makers:
            return ""
        thing, skipped = makers[0], 1
    try:
        parameters = list(inspect.signature(thing).parameters.values())[skipped:]
    except (TypeError, ValueError):
        return None
    shown = []
    for parameter in parameters:
        text = {parameter.VAR_POSITIONAL: "*", parameter.VAR_KEYWORD: "**"}.get(parameter.kind, "") + parameter.name
        if parameter.default is not parameter.empty:
            text += "=" + show_value(parameter.default)
        if parameter.kind == parameter.KEYWORD_ONLY and not any(item.startswith("*") for item in shown):
            shown.append("*")
        shown.append(text)
    return ", ".join(shown)


def is_entered(full_name, module):
    """Whether the members of `module` are public names too."""
    if full_name in NOT_ENTERED:
        return False
    parts = full_name.split(".")
    if parts[1] != "contrib":
        return True
    if len(parts) == 2 or full_name in ENTERED or full_name in SLIMS + FOLDERS:
        return True
    if parts[2] == "slim":
        return "contrib.slim" in module.__name__
    return len(parts) == 3 and parts[2] not in UNHIDDEN


def is_leaked(prefix, thing):
    """Whether a member of a package of tf.contrib is only what that package itself imports."""
    if not prefix.startswith("tf.contrib."):
        return False
    if prefix in FOLDERS:
        home = getattr(thing, "__module__", "").replace("learn.python.learn", "learn")
        return inspect.ismodule(thing) or prefix[len("tf.") :] not in home
    if inspect.ismodule(thing):
        return "tensorflow" not in thing.__name__ or prefix in SLIMS
    return prefix.count(".") > 2 and prefix not in ENTERED and "contrib." not in str(getattr(thing, "__module__", ""))


def record(tensorflow):
    """Lines for all public names, as a dict from full name to line."""
    lines = {}
    first_name_of = {}

    def line_for(full_name, thing):
        if inspect.ismodule(thing):
            if id(thing) in first_name_of:
                return f"module {full_name} is {first_name_of[id(thing)]}"
            first_name_of[id(thing)] = full_name
            return "module " + full_name
        # Only looking at the flags parses the command line.
        if full_name == "tf.flags.FLAGS" or (not inspect.isclass(thing) and not callable(thing)):
            return f"{full_name} = {show_value(thing)}"
        kind = "class " if inspect.isclass(thing) else ""
        if id(thing) in first_name_of:
            return f"{kind}{full_name} is {first_name_of[id(thing)]}"
        first_name_of[id(thing)] = full_name
        signature = show_signature(thing)
        shown = "?" if signature is None else signature
        return f"{kind}{full_name}({shown})"

    # Breadth first, so that an alias points to the shorter name; what TensorFlow 2 lost comes last, so that an alias
    # points to what it kept.
    pending, lost = [("tf", tensorflow)], []
    while pending or lost:
        prefix, module = pending.pop(0) if pending else lost.pop(0)
        for name in sorted(dir(module)):
            if name.startswith("_") or name in NEVER_NAMES:
                continue
            try:
                thing = getattr(module, name)
            except Exception:  # a lazy member whose own import fails
                continue
            full_name = prefix + "." + name
            if is_leaked(prefix, thing):
                continue
            known = id(thing) in first_name_of
            lines[full_name] = line_for(full_name, thing)
            if inspect.ismodule(thing) and not known and is_entered(full_name, thing):
                is_lost = full_name.split(".")[1] in ("contrib", "estimator")
                (lost if is_lost else pending).append((full_name, thing))
    for name in dir(tensorflow.GraphKeys):
        if not name.startswith("_"):
            lines["tf.GraphKeys." + name] = f"tf.GraphKeys.{name} = {getattr(tensorflow.GraphKeys, name)!r}"
    lines["tf.pywrap_tensorflow.NewCheckpointReader"] = (
        "tf.pywrap_tensorflow.NewCheckpointReader is tf.train.NewCheckpointReader"
    )
    return lines


if __name__ == "__main__":
    import tensorflow
    import tensorflow.contrib.slim.nets

    print(f"# TensorFlow {tensorflow.__version__}'s public names, written by names/record.py. Don't edit.")
    for _, line in sorted(record(tensorflow).items()):
        print(line)
    sys.stdout.flush()
