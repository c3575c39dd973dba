"""Reading checkpoints, and initializing variables from them: the files are those of `golden/checkpoints`."""

import os

from facts.vocabulary import Raised, error_of, names_of, steps

_FOLDER = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "golden", "checkpoints")
_PLAIN = os.path.join(_FOLDER, "plain")
_PARTITIONED = os.path.join(_FOLDER, "partitioned")
_TRAINED = os.path.join(_FOLDER, "trained")


def _message(function, *args, **kwargs):
    """What it raises, less the folder's name, and less the list of all names."""
    raised = error_of(function, *args, **kwargs)
    if not isinstance(raised, Raised):
        return raised
    return Raised(raised.error, says=raised.says.replace(_FOLDER, "FOLDER").split(" {'s")[0])


def _zeros(tf, name, shape, **kwargs):
    return tf.get_variable(name, shape, initializer=tf.zeros_initializer(), **kwargs)


# Reading


def names_and_shapes(tf):
    return [list(pair) for pair in tf.train.list_variables(_PLAIN)]


def names_and_shapes_of_slices_are_those_of_the_whole(tf):
    return [list(pair) for pair in tf.train.list_variables(_PARTITIONED)]


def the_old_format_reads_the_same(tf):
    return tf.train.list_variables(_TRAINED + "_v1") == tf.train.list_variables(_TRAINED)


def a_value(tf):
    return [
        tf.train.load_variable(_PLAIN, "f"),
        tf.train.load_variable(_PLAIN, "nested/deep/l"),
        tf.train.load_variable(_PLAIN, "s"),
        tf.train.load_variable(_PLAIN, "h"),
        tf.train.load_variable(_PLAIN, "empty"),
    ]


def a_value_by_the_name_of_its_tensor(tf):
    return tf.train.load_variable(_PLAIN, "nested/i:0")


def a_value_in_slices(tf):
    return tf.train.load_variable(_PARTITIONED, "a/u").shape


def what_a_reader_tells(tf):
    reader = tf.train.NewCheckpointReader(_PLAIN)
    shapes = reader.get_variable_to_shape_map()
    dtypes = reader.get_variable_to_dtype_map()
    return [
        sorted([name, list(shape)] for name, shape in shapes.items()),
        sorted([name, dtype.name] for name, dtype in dtypes.items()),
        reader.has_tensor("f"),
        reader.has_tensor("g"),
        reader.get_tensor("f"),
        reader.get_tensor("nested/i").dtype.name,
    ]


def a_loaded_checkpoint_is_a_reader(tf):
    return tf.train.load_checkpoint(_PLAIN).get_tensor("d")


def a_name_that_is_not_there_raises(tf):
    return [
        _message(tf.train.load_variable, _PLAIN, "g"),
        _message(tf.train.NewCheckpointReader(_PLAIN).get_tensor, "g"),
    ]


def a_checkpoint_that_is_not_there_raises(tf):
    path = os.path.join(_FOLDER, "nothing")
    return [
        _message(tf.train.NewCheckpointReader, path),
        _message(tf.train.load_checkpoint, path),
        _message(tf.train.list_variables, path),
        _message(tf.train.load_variable, path, "f"),
    ]


def a_folder_without_a_latest_checkpoint_raises(tf):
    return [_message(tf.train.load_checkpoint, _FOLDER), _message(tf.train.list_variables, _FOLDER)]


def a_file_that_is_no_checkpoint_raises(tf):
    raised = _message(tf.train.NewCheckpointReader, os.path.join(_FOLDER, "values.json"))
    return Raised(raised.error, says=raised.says.split(": ")[0])


def which_checkpoints_exist(tf):
    names = ("plain", "trained_v1", "nothing", "plain.index", "partitioned_sharded", "pla")
    return [tf.train.checkpoint_exists(os.path.join(_FOLDER, name)) for name in names]


def the_state_of_a_folder_without_one_is_none(tf):
    return [tf.train.get_checkpoint_state(_FOLDER), tf.train.latest_checkpoint(_FOLDER)]


def what_a_state_says(tf):
    state = tf.train.generate_checkpoint_state_proto("/a", "/a/m-2", ["/a/m-1", "/a/m-2"])
    relative = tf.train.generate_checkpoint_state_proto("a", "a/m-2", ["a/m-1"])
    return [str(state), str(relative)]


# Initializing


def by_name(tf):
    i = _zeros(tf, "mine", [2], dtype=tf.int32)
    tf.train.init_from_checkpoint(_PLAIN, {"nested/i": "mine"})
    return [i, i.name]


def by_variable(tf):
    i = _zeros(tf, "mine", [2], dtype=tf.int32)
    tf.train.init_from_checkpoint(_PLAIN, {"nested/i": i})
    return i


def by_a_variable_of_tf_variable(tf):
    d = tf.Variable(tf.zeros([], tf.float64))
    tf.train.init_from_checkpoint(_PLAIN, {"d": d})
    return d


def a_whole_scope(tf):
    with tf.variable_scope("mine"):
        i = _zeros(tf, "i", [2], dtype=tf.int32)
        with tf.variable_scope("deep"):
            large = _zeros(tf, "l", [], dtype=tf.int64)
    with tf.variable_scope("other"):
        other = _zeros(tf, "i", [2], dtype=tf.int32)
    tf.train.init_from_checkpoint(_PLAIN, {"nested/": "mine/"})
    return [i, large, other]


def the_whole_checkpoint(tf):
    f = _zeros(tf, "f", [2, 3])
    with tf.variable_scope("nested"):
        i = _zeros(tf, "i", [2], dtype=tf.int32)
    tf.train.init_from_checkpoint(_PLAIN, {"/": "/"})
    return [f[0], i]


def the_whole_checkpoint_into_a_scope(tf):
    with tf.variable_scope("mine"):
        f = _zeros(tf, "f", [2, 3])
        with tf.variable_scope("nested"):
            i = _zeros(tf, "i", [2], dtype=tf.int32)
    tf.train.init_from_checkpoint(_PLAIN, {"/": "mine/"})
    return [f[0], i]


def a_scope_into_the_root(tf):
    i = _zeros(tf, "i", [2], dtype=tf.int32)
    tf.train.init_from_checkpoint(_PLAIN, {"nested/": "/"})
    return i


def scopes_and_names_together(tf):
    with tf.variable_scope("mine"):
        i = _zeros(tf, "i", [2], dtype=tf.int32)
    d = _zeros(tf, "d", [], dtype=tf.float64)
    tf.train.init_from_checkpoint(_PLAIN, {"nested/": "mine/", "d": d})
    return [i, d]


def a_name_ends_in_what_the_checkpoint_has(tf):
    i = _zeros(tf, "mine", [2], dtype=tf.int32)
    tf.train.init_from_checkpoint(_PLAIN, {"nested/i": i.name.split(":")[0]})
    return i


def a_partitioned_variable_from_slices(tf):
    u = tf.get_variable("u", [4], initializer=tf.zeros_initializer(), partitioner=tf.fixed_size_partitioner(2))
    tf.train.init_from_checkpoint(_PARTITIONED, {"a/u": "u"})
    return tf.convert_to_tensor(u)


def a_partitioned_variable_by_its_shards(tf):
    u = tf.get_variable("u", [4], initializer=tf.zeros_initializer(), partitioner=tf.fixed_size_partitioner(2))
    tf.train.init_from_checkpoint(_PARTITIONED, {"a/u": list(u)})
    return tf.convert_to_tensor(u)


def partitioned_variables_of_a_scope(tf):
    with tf.variable_scope("mine", partitioner=tf.fixed_size_partitioner(2)):
        u = tf.get_variable("u", [4], initializer=tf.zeros_initializer())
    tf.train.init_from_checkpoint(_PARTITIONED, {"a/": "mine/"})
    return tf.convert_to_tensor(u)


def a_whole_variable_from_slices(tf):
    u = _zeros(tf, "u", [4])
    tf.train.init_from_checkpoint(_PARTITIONED, {"a/u": "u"})
    return u


def from_the_old_format(tf):
    step = _zeros(tf, "step", [], dtype=tf.int64)
    tf.train.init_from_checkpoint(_TRAINED + "_v1", {"global_step": step})
    return step


def the_last_of_two_counts(tf):
    d = _zeros(tf, "d", [2, 3])
    tf.train.init_from_checkpoint(_PARTITIONED, {"whole": _zeros(tf, "whole", [2])})
    tf.train.init_from_checkpoint(_PLAIN, {"f": d})
    return [d[0], names_of(tf.global_variables())]


@steps(3)
def training_goes_on_from_there(tf):
    d = _zeros(tf, "w", [2])
    tf.train.init_from_checkpoint(_PLAIN, {"Variable": d})
    return [tf.train.GradientDescentOptimizer(0.5).minimize(d * 1.0), d]


@steps(2)
def only_first_values_are_set(tf):
    i = _zeros(tf, "i", [2], dtype=tf.int32)
    tf.train.init_from_checkpoint(_PLAIN, {"nested/i": i})
    return tf.assign_add(i, [1, 1]) + 0


def no_assignments_is_no_error(tf):
    _zeros(tf, "i", [2])
    return error_of(tf.train.init_from_checkpoint, _PLAIN, {})


def a_name_missing_in_the_checkpoint_raises(tf):
    i = _zeros(tf, "i", [2])
    return [
        _message(tf.train.init_from_checkpoint, _PLAIN, {"no/i": "i"}),
        _message(tf.train.init_from_checkpoint, _PLAIN, {"no/i": i}),
    ]


def a_name_missing_in_the_graph_raises(tf):
    _zeros(tf, "i", [2])
    return _message(tf.train.init_from_checkpoint, _PLAIN, {"nested/i": "no/i"})


def another_shape_raises(tf):
    _zeros(tf, "i", [3], dtype=tf.int32)
    return _message(tf.train.init_from_checkpoint, _PLAIN, {"nested/i": "i"})


def a_scope_with_a_variable_more_raises(tf):
    with tf.variable_scope("mine"):
        _zeros(tf, "i", [2], dtype=tf.int32)
        _zeros(tf, "more", [2])
    return _message(tf.train.init_from_checkpoint, _PLAIN, {"nested/": "mine/"})


def an_empty_scope_raises(tf):
    _zeros(tf, "i", [2])
    return [
        _message(tf.train.init_from_checkpoint, _PLAIN, {"nested/": "mine/"}),
        _message(tf.train.init_from_checkpoint, _PLAIN, {"no/": "/"}),
    ]


def a_scope_needs_a_slash_on_both_sides(tf):
    with tf.variable_scope("mine"):
        _zeros(tf, "i", [2], dtype=tf.int32)
    return [
        _message(tf.train.init_from_checkpoint, _PLAIN, {"nested/": "mine"}),
        _message(tf.train.init_from_checkpoint, _PLAIN, {"nested": "mine/"}),
    ]


def something_else_than_a_variable_raises(tf):
    raised = error_of(tf.train.init_from_checkpoint, _PLAIN, {"d": 3})
    return Raised(raised.error, says="")


def initializing_from_nothing_raises(tf):
    _zeros(tf, "i", [2])
    return _message(tf.train.init_from_checkpoint, os.path.join(_FOLDER, "nothing"), {"i": "i"})


# Warm starts


def a_warm_start_takes_the_trainable_variables(tf):
    f = _zeros(tf, "f", [2, 3])
    with tf.variable_scope("nested"):
        i = _zeros(tf, "i", [2], dtype=tf.int32, trainable=False)
    tf.train.warm_start(_PLAIN)
    return [f[0], i]


def a_warm_start_of_some(tf):
    with tf.variable_scope("nested"):
        i = _zeros(tf, "i", [2], dtype=tf.int32)
    d = _zeros(tf, "d", [], dtype=tf.float64)
    tf.train.warm_start(_PLAIN, vars_to_warm_start="nes.*")
    return [i, d]


def a_warm_start_of_a_list_of_patterns(tf):
    with tf.variable_scope("nested"):
        i = _zeros(tf, "i", [2], dtype=tf.int32, trainable=False)
    d = _zeros(tf, "d", [], dtype=tf.float64)
    tf.train.warm_start(_PLAIN, vars_to_warm_start=["nes.*"])
    return [i, d]


def a_warm_start_from_other_names(tf):
    mine = _zeros(tf, "mine", [2, 3])
    tf.train.warm_start(_PLAIN, var_name_to_prev_var_name={"mine": "f"})
    return mine[0]


def a_warm_start_of_a_partitioned_variable(tf):
    with tf.variable_scope("a"):
        u = tf.get_variable("u", [4], initializer=tf.zeros_initializer(), partitioner=tf.fixed_size_partitioner(2))
    tf.train.warm_start(_PARTITIONED)
    return tf.convert_to_tensor(u)


def a_warm_start_of_nothing(tf):
    d = _zeros(tf, "d", [], dtype=tf.float64)
    tf.train.warm_start(_PLAIN, vars_to_warm_start=None)
    return d


def a_warm_start_of_what_is_missing_raises(tf):
    _zeros(tf, "no", [2])
    return _message(tf.train.warm_start, _PLAIN)


def a_warm_start_without_using_all_names_raises(tf):
    _zeros(tf, "d", [], dtype=tf.float64)
    return _message(tf.train.warm_start, _PLAIN, var_name_to_prev_var_name={"other": "f"})
