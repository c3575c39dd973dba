"""Ends in the way its argument says. Needs no TensorFlow."""
import atexit
import os
import signal
import sys
import time


def fail():
    raise ValueError("on purpose")


def hook(kind, error, traceback):
    import traceback as t
    print("hook:", [os.path.basename(frame.filename) for frame in t.extract_tb(traceback)], error)


atexit.register(lambda: print("atexit ran"))
ending = sys.argv[1]
if ending == "nothing":
    pass
elif ending == "exit":
    sys.exit()
elif ending == "code":
    sys.exit(7)
elif ending == "text":
    sys.exit("these are the last words")
elif ending == "error":
    fail()
elif ending == "cause":
    try:
        fail()
    except ValueError as error:
        raise KeyError("afterwards") from error
elif ending == "import":
    import broken_module
elif ending == "python2":
    import python2_module
elif ending == "missing":
    import no_such_module
elif ending == "hook":
    sys.excepthook = hook
    fail()
elif ending == "interrupt":
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(10)
elif ending == "terminate":
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(10)
