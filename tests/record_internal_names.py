"""Write down which public names TensorFlow 1.15's own files held: run this with a Python that has TensorFlow 1.15.5.

    python3.7 tests/record_internal_names.py > tf1compat_wd/python/tf1_15.txt

One line per file and public module: ``framework.ops tf: Graph Tensor=Tensor ...``; a line without names for a file
that holds none. `tf1compat_wd.python` reads it. Nothing else imports this module. It keeps to Python 3.7 syntax.
"""

import importlib
import inspect
import os
import pkgutil
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
PREFIX = "tensorflow.python."
NOT_ENTERED = ("_test", ".debug.", "keras", ".gen_", "pywrap_tensorflow_internal", "_pb2", ".benchmarks", "tools.api")


def public_objects():
    """Public functions and classes by identity, with their name: the shortest, of several."""
    import tensorflow as tf

    found = {}
    with open(os.path.join(os.path.dirname(HERE), "tf1compat_wd", "names", "tf1_15.txt")) as file:
        names = re.findall(r"^(?:class )?(tf[.\w]+)(?=[( ]|$)", file.read(), re.MULTILINE)
    for name in sorted(names, key=lambda name: (name.count("."), len(name), name)):
        if name.startswith(("tf.contrib.", "tf.compat.", "tf.GraphKeys.")):
            continue
        value = tf
        try:
            for part in name.split(".")[1:]:
                value = getattr(value, part)
        except AttributeError:
            continue
        if inspect.isclass(value) or inspect.isroutine(value):
            found.setdefault(id(value), name)
    return found


def record(out):
    folders = importlib.import_module(PREFIX[:-1]).__path__
    public_names = public_objects()
    out.write("# TensorFlow 1.15.5's own files and their public names, by tests/record_internal_names.py.\n")
    packages = pkgutil.walk_packages(folders, PREFIX, onerror=lambda name: None)
    for found in sorted(packages, key=lambda found: found.name):
        if any(part in found.name for part in NOT_ENTERED):
            continue
        try:
            module = importlib.import_module(found.name)
        except ImportError:
            continue
        path = found.name[len(PREFIX) :]
        groups = {}
        for name, value in sorted(vars(module).items()):
            public = public_names.get(id(value))
            if public is None or inspect.ismodule(value):
                continue
            parent, _, leaf = public.rpartition(".")
            groups.setdefault(parent, []).append(name if name == leaf else name + "=" + leaf)
        if not groups:
            out.write(path + "\n")
        for parent, names in sorted(groups.items()):
            out.write(f"{path} {parent}: {' '.join(names)}\n")


if __name__ == "__main__":
    record(sys.stdout)
