"""`tf.py_func` and `tf.numpy_function`, and what else returns something else in today's eager mode."""

from facts.vocabulary import error_of, graph_only, kind_of_error


def _plus_one(x):
    return x + 1


def a_dtype_gives_a_tensor_and_a_list_of_one_a_list_of_one(tf):
    x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
    found = []
    for function in [tf.py_func, tf.numpy_function]:
        one, listed = function(_plus_one, [x], tf.float32), function(_plus_one, [x], [tf.float32])
        tupled = function(_plus_one, [x], (tf.float32,))
        found.append([one, isinstance(listed, list), listed[0], isinstance(tupled, list), tupled[0]])
    return found


def several_results_are_a_list(tf):
    results = tf.py_func(lambda x: (x, 2 * x), [tf.constant([1.0])], [tf.float32, tf.float32])
    return [isinstance(results, list), results]


def a_list_returned_for_one_dtype_is_unpacked(tf):
    return tf.py_func(lambda x: [x], [tf.constant([1.0])], tf.float32)


def a_python_float_is_float64_and_an_int_int64(tf):
    results = [tf.py_func(lambda: 1.5, [], tf.float64), tf.py_func(lambda: 3, [], tf.int64)]
    return [[result.dtype, result] for result in results]


def text_bools_and_bytes_come_through(tf):
    return [
        tf.py_func(lambda x: x, [tf.constant(["a", "b"])], tf.string),
        tf.py_func(lambda: "a", [], tf.string),
        tf.py_func(lambda: b"a", [], tf.string),
        tf.py_func(lambda x: x > 1, [tf.constant([1.0, 2.0])], tf.bool),
    ]


def the_function_gets_arrays_scalars_and_bytes(tf):
    def describe(*arguments):
        return " ".join(type(argument).__name__ for argument in arguments)

    given = [tf.constant(1.0), tf.constant([1, 2]), tf.constant("a"), tf.constant(["a"]), tf.constant(2, tf.int64)]
    return tf.py_func(describe, given, tf.string)


def what_cannot_be_called_is_refused(tf):
    return error_of(tf.py_func, 3, [1.0], tf.float32)


# tf.cond and tf.case


def a_branch_may_return_numbers(tf):
    true = tf.constant(True)
    results = [
        tf.cond(true, lambda: 1.5, lambda: 2.0),
        tf.cond(true, lambda: [1.5, 2], lambda: [2.0, 3])[1],
        tf.case([(true, lambda: 1.5)], default=lambda: 2.0),
    ]
    return [[tf.is_tensor(result), result.dtype, result + result] for result in results]


def a_list_of_one_is_taken_out_unless_strict(tf):
    true = tf.constant(True)
    loose, strict = (
        tf.cond(true, lambda: [1.5], lambda: [2.0]),
        tf.cond(true, lambda: [1.5], lambda: [2.0], strict=True),
    )
    return [isinstance(loose, list), loose, isinstance(strict, list), strict[0]]


def a_branch_may_return_a_variable(tf):
    v = tf.get_variable("v", [], initializer=tf.ones_initializer())
    result = tf.cond(tf.constant(True), lambda: v, lambda: v + 1.0)
    return [tf.is_tensor(result), result]


def the_old_names_of_the_branches_are_known(tf):
    return [
        tf.cond(tf.constant(False), fn1=lambda: tf.constant(1), fn2=lambda: tf.constant(2)),
        kind_of_error(tf.cond, tf.constant(True), lambda: 1, lambda: 2, fn1=lambda: 1),
        kind_of_error(tf.cond, tf.constant(True)),
    ]


@graph_only("an eager dictionary can't have tensors as keys")
def case_takes_a_dictionary(tf):
    pairs = {tf.constant(False): lambda: tf.constant(1.0), tf.constant(True): lambda: tf.constant(2.0)}
    return tf.case(pairs, default=lambda: tf.constant(3.0), exclusive=True)
