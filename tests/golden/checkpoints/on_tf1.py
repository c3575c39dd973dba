"""Write the checkpoints of this folder, or look at one: runs under TF 1.15.5 (Python 3.7, see ../README.md).

python3.7 on_tf1.py write                     all of them, `values.json` and `saver.json`
python3.7 on_tf1.py show PROGRAM PATH         restore PATH into PROGRAM's graph and print all values as JSON
python3.7 on_tf1.py go_on PROGRAM PATH        the same, then take `STEPS_AFTER` steps, and print losses and values
"""

import json
import os
import shutil
import sys
import tempfile

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import checkpoint_programs as programs
import numpy as np
import tensorflow as tf

HERE = os.path.dirname(os.path.abspath(__file__))


def main():
    if not tf.__version__.startswith("1.15."):
        sys.exit(f"this runs on TensorFlow 1.15, not on {tf.__version__}")
    tf.compat.v1.logging.set_verbosity(tf.compat.v1.logging.FATAL)
    command = sys.argv[1]
    if command == "write":
        write()
    elif command == "show":
        print(json.dumps(restored(sys.argv[2], sys.argv[3], 0)["values"]))
    elif command == "go_on":
        print(json.dumps(restored(sys.argv[2], sys.argv[3], programs.STEPS_AFTER)))
    else:
        sys.exit(__doc__)


def write():
    everything = {}
    for name, program, steps, options in programs.CHECKPOINTS:
        with tf.Graph().as_default(), tf.Session() as session:
            step, _ = programs.PROGRAMS[program](tf)
            session.run([tf.global_variables_initializer(), tf.local_variables_initializer()])
            for _ in range(steps):
                session.run(step)
            path = os.path.join(HERE, name)
            tf.train.Saver(**options).save(session, path, write_meta_graph=False, write_state=False)
            everything[name] = {"program": program, "names": tf.train.list_variables(path), "values": values(session)}
        if steps:
            everything[name]["after"] = restored(program, path, programs.STEPS_AFTER)
    write_json("values.json", everything)
    folder = tempfile.mkdtemp()
    try:
        with tf.Graph().as_default(), tf.Session() as session:
            variable = tf.get_variable("v", initializer=tf.constant([1.0, 2.0]))
            session.run(tf.global_variables_initializer())
            write_json("saver.json", programs.saver_story(tf, session, variable, folder))
    finally:
        shutil.rmtree(folder)


def restored(program, path, steps):
    with tf.Graph().as_default(), tf.Session() as session:
        step, loss = programs.PROGRAMS[program](tf)
        session.run(tf.local_variables_initializer())
        tf.train.Saver().restore(session, path)
        losses = []
        for _ in range(steps):
            losses.append(float(session.run(loss)))
            session.run(step)
        return {"losses": losses, "values": values(session)}


def values(session):
    """Every global variable, bit by bit: name to dtype, shape and hexadecimal bytes (or texts)."""
    return {variable.name: as_data(session.run(variable)) for variable in tf.global_variables()}


def as_data(value):
    value = np.asarray(value)
    if value.dtype == object:
        return ["string", list(value.shape), [item.decode("utf-8") for item in value.ravel()]]
    return [str(value.dtype), list(value.shape), value.tobytes().hex()]


def write_json(name, data):
    with open(os.path.join(HERE, name), "w") as file:
        json.dump(data, file, indent=1, sort_keys=True)
        file.write("\n")


if __name__ == "__main__":
    main()
