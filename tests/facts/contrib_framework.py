"""`tf.contrib.framework`: variables and finding them again, checkpoints' values, shapes, names, nested structures."""

import numpy as np

from facts.vocabulary import collections_of, error_of, kind_of_error, name_of, names_of

# Making variables


def a_variable_has_a_device(tf):
    framework = tf.contrib.framework
    w = framework.variable("w", [2, 3], initializer=tf.ones_initializer(), device="/cpu:0")
    return [w.name, w, names_of(tf.global_variables()), names_of(tf.model_variables())]


def collections_replace_those_of_a_variable(tf):
    tf.contrib.framework.variable("w", [1], collections=["mine"], regularizer=tf.nn.l2_loss)
    return collections_of(tf)


def collections_add_to_those_of_a_model_variable(tf):
    tf.contrib.framework.model_variable("w", [1], collections=["mine"], trainable=False)
    return collections_of(tf)


def a_variable_asked_for_twice_raises(tf):
    tf.contrib.framework.variable("w", [1])
    tf.contrib.framework.model_variable("w", [1])


def a_variable_is_shared_by_reuse(tf):
    framework = tf.contrib.framework
    w = framework.model_variable("w", [1], regularizer=tf.nn.l2_loss)
    with tf.variable_scope("", reuse=True):
        same = framework.model_variable("w", [1], regularizer=tf.nn.l2_loss) is w
        plain = framework.variable("w", [1]) is w
    return [same, plain, collections_of(tf)]


def local_and_global_variables_are_plain_variables(tf):
    framework = tf.contrib.framework
    variables = [
        framework.local_variable(3.0, name="l"),
        framework.global_variable([1.0, 2.0], name="g"),
        framework.local_variable(1),
    ]
    return [names_of(variables), [v.dtype.base_dtype for v in variables], variables, collections_of(tf)]


def a_model_variable_is_added_once(tf):
    framework = tf.contrib.framework
    w = tf.get_variable("w", [1])
    framework.add_model_variable(w)
    framework.add_model_variable(w)
    return names_of(tf.model_variables())


def a_custom_getter_of_a_variable_is_called_in_place_of_get_variable(tf):
    seen = []

    def getter(*args, **kwargs):
        seen.append([args, sorted(kwargs), kwargs["collections"], kwargs["reuse"]])
        del kwargs["reuse"]
        return tf.get_variable(*args, **kwargs)

    w = tf.contrib.framework.variable("w", [2], custom_getter=getter)
    return [seen, w.name]


def the_scopes_getter_sees_model_variables(tf):
    seen = []

    def getter(getter, name, *args, **kwargs):
        seen.append([name, len(args), kwargs["trainable"], sorted(kwargs["collections"])])
        return getter(name, *args, **kwargs)

    with tf.variable_scope("s", custom_getter=getter):
        tf.contrib.framework.model_variable("w", [2], trainable=False)
    return seen


def an_argument_scope_reaches_variables(tf):
    framework = tf.contrib.framework
    with framework.arg_scope([framework.variable], trainable=False, collections=["mine"]):
        framework.variable("x", [1])
        framework.model_variable("y", [1])
    return collections_of(tf)


def a_constant_decides_the_dtype_of_a_variable_but_not_of_a_model_variable(tf):
    framework = tf.contrib.framework
    w = framework.variable("w", initializer=tf.constant(3))
    return [w.dtype.base_dtype, error_of(framework.model_variable, "m", initializer=tf.constant(3))]


# Finding variables


def _make_variables(tf):
    framework = tf.contrib.framework
    framework.variable("w", [1])
    with tf.variable_scope("a"):
        framework.variable("v", [1])
        framework.model_variable("v2", [1])
        tf.Variable(1.0, name="u", trainable=False)
        with tf.variable_scope("b") as scope:
            framework.variable("biases", [1])
            framework.variable("v", [1])
    with tf.variable_scope("ab"):
        framework.variable("v", [1])
    framework.local_variable(1.0, name="a_local")
    return scope


def variables_are_found_by_scope_and_suffix(tf):
    framework = tf.contrib.framework
    scope = _make_variables(tf)
    return {
        name: [names_of(getattr(framework, name)(*args)) for args in [(), ("a",), ("a/",), (scope,), ("a/", "v"), (None, "v")]]
        for name in ["get_variables", "get_model_variables", "get_local_variables", "get_trainable_variables"]
    }


def variables_are_found_in_a_collection(tf):
    framework = tf.contrib.framework
    _make_variables(tf)
    framework.variable("mine", [1], collections=["c"])
    return [
        names_of(framework.get_variables(collection="c")),
        names_of(framework.get_variables("a/b", collection=tf.GraphKeys.TRAINABLE_VARIABLES)),
    ]


def variables_are_found_by_name_whatever_their_scope(tf):
    framework = tf.contrib.framework
    _make_variables(tf)
    return [
        names_of(framework.get_variables_by_name("v")),
        names_of(framework.get_variables_by_name("w")),
        names_of(framework.get_variables_by_name("v", scope="a/")),
        names_of(framework.get_variables_by_name("b/v")),
        names_of(framework.get_variables_by_suffix("ases")),
        names_of(framework.get_variables_by_suffix("v", "a/")),
    ]


def a_unique_variable_is_found_by_its_full_name(tf):
    framework = tf.contrib.framework
    _make_variables(tf)
    return [
        name_of(framework.get_unique_variable("a/b/v")),
        name_of(framework.get_unique_variable("a/v")),
        error_of(framework.get_unique_variable, "nothing"),
        error_of(framework.get_unique_variable, "a/b"),
    ]


def variables_to_restore_are_included_and_excluded_by_scope(tf):
    restored = tf.contrib.framework.get_variables_to_restore
    _make_variables(tf)
    return [
        names_of(restored()),
        names_of(restored(["a/"])),
        names_of(restored(["w", "a/b"], ["a/b/v"])),
        names_of(restored(exclude=["a"])),
        names_of(restored(["a/b", "a"])),
        error_of(restored, "a"),
        error_of(restored, None, "a"),
    ]


def variables_are_filtered_by_patterns(tf):
    filtered = tf.contrib.framework.filter_variables
    _make_variables(tf)
    variables = tf.global_variables()
    return [
        names_of(filtered(variables)),
        names_of(filtered(variables, ["v"])),
        names_of(filtered(variables, ["v"], ["b"])),
        names_of(filtered(variables, None, ["v"])),
        names_of(filtered(variables, ["b"], reg_search=False)),
        names_of(filtered(variables, ["a/", "w$"])),
        names_of(filtered(variables, [])),
    ]


def the_full_name_of_a_shard_is_that_of_the_whole(tf):
    framework = tf.contrib.framework
    shards = tf.get_variable("w", [4, 2], partitioner=tf.fixed_size_partitioner(2))
    plain = tf.get_variable("u", [1])
    return [[framework.get_variable_full_name(v) for v in shards], framework.get_variable_full_name(plain)]


def parameter_servers_are_chosen_in_turn(tf):
    chooser = tf.contrib.framework.VariableDeviceChooser
    in_turn = chooser(num_tasks=2)
    return [
        [in_turn(None) for _ in range(3)],
        chooser()(None),
        chooser(2, "wk", "GPU", 1, 3)(None),
        chooser(0, "wk", "GPU", 1, 3)(None),
    ]


# The global step


def contribs_global_step_is_that_of_tf_train(tf):
    framework = tf.contrib.framework
    before = [framework.get_global_step(), framework.assert_or_get_global_step()]
    step = framework.create_global_step()
    return [
        before,
        step.name,
        tf.train.get_global_step() is step,
        framework.get_or_create_global_step() is step,
        framework.assert_or_get_global_step() is step,
        framework.assert_or_get_global_step(global_step_tensor=step) is step,
        error_of(framework.create_global_step),
        kind_of_error(framework.assert_or_get_global_step, global_step_tensor=tf.get_variable("w", [1])),
        names_of(tf.get_collection(tf.GraphKeys.GLOBAL_STEP)),
    ]


# Values from elsewhere


def values_are_assigned_by_name(tf):
    w = tf.get_variable("a/w", [2], initializer=tf.zeros_initializer())
    error = error_of(tf.contrib.framework.assign_from_values, {"nothing": 1.0})
    wrong = kind_of_error(tf.contrib.framework.assign_from_values, {"a/w": np.ones([3])})
    return [w, error, wrong]


# Shapes and dtypes


def all_elements_of_all_tensors_are_summed(tf):
    reduce_sum_n = tf.contrib.framework.reduce_sum_n
    total = reduce_sum_n([tf.ones([2, 2]), tf.ones([3])])
    return [name_of(total), total, reduce_sum_n([tf.constant(2.0)]), error_of(reduce_sum_n, [])]


def last_axes_of_length_1_are_dropped(tf):
    squeeze = tf.contrib.framework.remove_squeezable_dimensions
    return [
        [tensor.shape for tensor in squeeze(tf.ones([2, 1]), tf.ones([2]))],
        [tensor.shape for tensor in squeeze(tf.ones([2]), tf.ones([2, 1]))],
        [tensor.shape for tensor in squeeze(tf.ones([2, 1]), tf.ones([2, 1]))],
    ]


def a_known_shape_is_checked_at_once(tf):
    with_shape = tf.contrib.framework.with_shape
    x = tf.ones([2, 3])
    return [
        with_shape([2, 3], x) is x,
        kind_of_error(with_shape, [3, 2], x),
        kind_of_error(with_shape, [2], x),
        kind_of_error(with_shape, [], x),
        kind_of_error(with_shape, [2.0], x),
        kind_of_error(with_shape, [[2]], x),
        with_shape(tf.constant([2, 3]), x),
        tf.contrib.framework.with_same_shape(x, x) is x,
        kind_of_error(tf.contrib.framework.with_same_shape, x, tf.ones([3])),
    ]


def an_unknown_shape_becomes_known_by_the_check(tf):
    x = tf.placeholder_with_default([[1.0, 2.0]], [None, None])
    checked = tf.contrib.framework.with_shape([1, 2], x)
    return [checked.shape, checked]


def an_integer_scalar_is_checked(tf):
    check = tf.contrib.framework.assert_scalar_int
    x = tf.constant(1)
    return [
        check(x) is x,
        kind_of_error(check, tf.constant(1.0)),
        kind_of_error(check, [1, 2]),
        check(3),
        check(tf.constant(1, tf.int8)),
    ]


# Conditions


def a_known_condition_chooses_at_once(tf):
    smart_cond = tf.contrib.framework.smart_cond
    one, two = lambda: 1, lambda: 2
    return [
        smart_cond(True, one, two),
        smart_cond(0, one, two),
        error_of(smart_cond, True, 1, two),
        error_of(smart_cond, True, one),
        error_of(smart_cond, 2, one, two),
        kind_of_error(smart_cond, None, one, two),
    ]


def a_constant_condition_is_known(tf):
    framework = tf.contrib.framework
    return [
        framework.smart_constant_value(tf.constant(True)),
        framework.smart_cond(tf.constant(False), lambda: 1, lambda: 2),
        framework.smart_constant_value(False),
        kind_of_error(framework.smart_constant_value, 5),
    ]


def an_unknown_condition_chooses_when_it_is_computed(tf):
    condition = tf.placeholder_with_default(True, [])
    return tf.contrib.framework.smart_cond(condition, lambda: tf.constant(1.0), lambda: tf.constant(2.0))


def the_first_case_that_holds_decides(tf):
    smart_case = tf.contrib.framework.smart_case
    unknown = tf.placeholder_with_default(False, [])
    numbers = [lambda number=number: tf.constant(number) for number in range(4)]
    return [
        smart_case([(False, numbers[1]), (True, numbers[2])], default=numbers[3]),
        smart_case([(tf.constant(False), numbers[1])], default=numbers[3]),
        smart_case([(unknown, numbers[1]), (True, numbers[2])], default=numbers[3]),
        smart_case([(unknown, numbers[1]), (False, numbers[2])], default=numbers[3]),
        error_of(smart_case, 5),
        error_of(smart_case, [3]),
    ]


# Names


def a_name_scope_has_no_slash_at_its_end(tf):
    get = tf.contrib.framework.get_name_scope
    root = get()
    with tf.name_scope("q"), tf.name_scope("r"):
        return [root, get()]


def scopes_are_put_in_front_of_names_and_taken_off(tf):
    strip, prepend = tf.contrib.framework.strip_name_scope, tf.contrib.framework.prepend_name_scope
    names = ["a/b/c", "^a/b/c", "loc:@a/b/c", "b/c", "aa/b"]
    return [
        [strip(name, "a") for name in names],
        strip("b/c", None),
        [prepend(name, scope) for name in names for scope in ["s", "s/"]],
        prepend("b", None),
    ]


# Nested structures


def structures_beyond_tf_nest(tf):
    nest = tf.contrib.framework.nest
    deep = {"a": [1, {"b": 2}], "c": (3,)}
    return [
        [nest.is_sequence(x) for x in [[1], (1,), {}, "a", 1]],
        nest.flatten_dict_items({(4, 5, (6, 8)): (1, 2, (3, 4)), "x": 1}),
        nest.flatten_up_to([[True], True], [[1], [2, 3]]),
        nest.flatten_with_joined_string_paths(deep),
        nest.flatten_with_tuple_paths(deep),
        list(nest.yield_flat_paths(deep)),
        nest.flatten_with_tuple_paths_up_to({"a": 1, "c": 2}, deep),
        nest.get_traverse_shallow_structure(lambda x: not isinstance(x, tuple), deep),
        nest.map_structure_up_to({"a": 1, "c": 2}, str, deep),
        nest.map_structure_with_paths(lambda path, x: [path, x], deep),
    ]


def shallow_structures_are_checked(tf):
    check = tf.contrib.framework.nest.assert_shallow_structure
    return [
        check([1, 2], [3, [4]]),
        kind_of_error(check, [1, 2], (3, 4)),
        check([1, 2], (3, 4), check_types=False),
        kind_of_error(check, {"a": 1}, {"a": 1, "b": 2}),
        kind_of_error(check, [1], [1, 2]),
        check([1], [1, 2], check_subtrees_length=False),
        check({"a": 1}, {"a": 1, "b": 2}, check_subtrees_length=False),
        kind_of_error(check, [[1]], [1]),
    ]


# Deprecation


def what_is_deprecated_works_as_before(tf):
    framework = tf.contrib.framework

    @framework.deprecated("2018-01-02", "Use y.")
    def old(a):
        """Doc line.

        More.
        """
        return a

    @framework.deprecated_args("2018-01-02", "Do z.", "b", ("c", 5))
    def arguments(a, b=1, c=None):
        """Doc."""
        return [a, b, c]

    @framework.deprecated_arg_values(None, "Do w.", b=7)
    def values(a, b=1):
        """Doc."""
        return [a, b]

    @framework.deprecated(None, "Use y.")
    def undocumented():
        return 1

    return [
        [old(1), old.__doc__, old.__name__],
        [arguments(1, 2, c=3), arguments.__doc__],
        [values(1, 7), values.__doc__],
        undocumented.__doc__,
    ]


def a_notice_needs_a_date_and_instructions(tf):
    framework = tf.contrib.framework
    return [
        error_of(framework.deprecated, "2018", "x"),
        error_of(framework.deprecated, None, ""),
        error_of(framework.deprecated("2018-01-01", "x"), 3),
        error_of(framework.deprecated_args, "2018-01-02", "x"),
        error_of(framework.deprecated_args("2018-01-02", "x", "zz"), lambda a: a),
        error_of(framework.deprecated_args, "2018-01-02", "x", "b", foo=1),
        error_of(framework.deprecated_arg_values, None, "x"),
    ]


# The rest


def a_python_function_takes_keywords_and_gives_a_structure(tf):
    def compute(x, y):
        return {"a": x + y, "b": (x,)}

    result = tf.contrib.framework.py_func(
        compute,
        [tf.constant(1.0)],
        kwargs={"y": tf.constant(2.0)},
        output_types={"a": tf.float32, "b": (tf.float32,)},
        output_shapes={"a": tf.TensorShape([]), "b": (tf.TensorShape([]),)},
    )
    return [result, result["a"].shape]


def a_bounded_spec_has_a_least_and_a_greatest_value(tf):
    spec = tf.contrib.framework.BoundedTensorSpec([1, 2], tf.float32, 0.0, [1.0, 2.0], name="q")
    return [spec.shape, spec.dtype, spec.name, spec.minimum, spec.maximum]
