"""Prints how the world looks to a script. Needs no TensorFlow."""
import os
import pickle
import sys

import __main__


class Point:
    def __init__(self, x):
        self.x = x


print(repr((
    __name__, __file__, __doc__, __package__, sys.argv, sys.path[0], os.getcwd(),
    __main__ is sys.modules[__name__], pickle.loads(pickle.dumps(Point(3))).x, Point.__module__, "tensorflow" in sys.modules,
)))
