"""`tf.get_variable`: names, shapes, dtypes, initial values, and each argument's effect."""

import numpy as np

from facts.vocabulary import collections_of, error_of, graph_only, kind_of_error, name_of, names_of

# Names


def a_variable_has_its_scope_in_its_name_and_a_colon_zero(tf):
    with tf.variable_scope("a"):
        return tf.get_variable("w", [1]).name


def variables_are_listed_in_the_order_of_their_creation(tf):
    for name in ["z", "a", "m"]:
        tf.get_variable(name, [])
    return [names_of(tf.global_variables()), names_of(tf.trainable_variables())]


def an_empty_name_is_refused(tf):
    tf.get_variable("", [1])


def an_empty_name_in_a_scope_names_it_after_the_scope(tf):
    with tf.variable_scope("a"):
        return tf.get_variable("", [1]).name


def a_name_with_a_space_is_refused(tf):
    tf.get_variable("a b", [1])


def a_name_that_begins_with_a_dash_is_refused(tf):
    tf.get_variable("-w", [1])


def a_name_that_begins_with_an_underscore_is_refused_at_the_root(tf):
    tf.get_variable("_w", [1])


def a_name_that_begins_with_an_underscore_is_fine_in_a_scope(tf):
    with tf.variable_scope("a"):
        return tf.get_variable("_w", [1]).name


def a_name_may_have_dots_dashes_and_digits(tf):
    return [tf.get_variable(name, [1]).name for name in ["w.1", "w-2", "3", ".x"]]


def a_name_with_a_colon_is_refused(tf):
    tf.get_variable("w:0", [1])


def a_trailing_slash_is_part_of_the_key_but_not_of_the_name(tf):
    with tf.variable_scope("a", reuse=tf.AUTO_REUSE):
        variable = tf.get_variable("w/", [1])
        return [variable.name, tf.get_variable("w/", [1]) is variable]


def a_name_of_none_is_the_name_variable(tf):
    return tf.get_variable(None, [1]).name


def a_name_of_none_in_a_scope_is_refused(tf):
    with tf.variable_scope("a"):
        tf.get_variable(None, [1])


def a_number_as_name_is_refused(tf):
    tf.get_variable(3, [1])


def a_number_as_name_in_a_scope_is_refused(tf):
    with tf.variable_scope("a"):
        tf.get_variable(3, [1])


def a_slash_in_the_name_is_the_same_as_a_scope(tf):
    with tf.variable_scope("s"):
        variable = tf.get_variable("a/b", [1])
    with tf.variable_scope("s/a", reuse=True):
        return [variable.name, tf.get_variable("b", [1]) is variable]


def names_are_distinguished_by_case_in_the_store_but_not_in_the_graph(tf):
    return names_of([tf.get_variable("V", []), tf.get_variable("v", [])])


def an_op_of_the_same_name_gets_the_variable_another_name_but_not_another_key(tf):
    tf.constant(1.0, name="w")
    variable = tf.get_variable("w", [1])
    with tf.variable_scope(tf.get_variable_scope(), reuse=True):
        again = tf.get_variable("w", [1])
    return [variable.name, again is variable]


def an_op_of_the_same_name_made_later_gets_another_name(tf):
    variable = tf.get_variable("w", [1])
    return [variable.name, name_of(tf.constant(1.0, name="w"))]


def a_name_scope_of_the_same_name_gets_the_variable_another_name(tf):
    with tf.name_scope("w"):
        pass
    return tf.get_variable("w", [1]).name


def a_name_scope_made_later_makes_way_for_the_variable(tf):
    tf.get_variable("w", [1])
    with tf.name_scope("w") as scope:
        return scope


def a_variable_scope_of_the_same_name_gets_the_variable_another_name(tf):
    with tf.variable_scope("w"):
        inner = tf.get_variable("x", [1])
    outer = tf.get_variable("w", [1])
    return [inner.name, outer.name]


def a_variable_may_lie_under_the_name_of_another(tf):
    outer = tf.get_variable("w", [1])
    with tf.variable_scope("w"):
        inner = tf.get_variable("x", [1])
    return [outer.name, inner.name]


def name_scopes_do_not_count_for_variables(tf):
    with tf.name_scope("n"):
        with tf.variable_scope("a"):
            with tf.name_scope("m"):
                return tf.get_variable("w", [1]).name


def the_op_of_a_variable_has_its_name(tf):
    with tf.variable_scope("a"):
        return tf.get_variable("w", [1]).op.name


def two_scopes_that_give_the_same_full_name_mean_the_same_variable(tf):
    with tf.variable_scope("a"):
        tf.get_variable("b/w", [1])
    with tf.variable_scope("a/b"):
        tf.get_variable("w", [1])


# Shape


def the_shape_may_be_a_number(tf):
    return [tf.get_variable("w", 3).name, tf.get_variable("v", 3).shape]


def the_shape_may_be_a_tuple_a_list_or_a_tensor_shape(tf):
    shapes = [(2, 3), [2, 3], tf.TensorShape([2, 3])]
    return [tf.get_variable("w%d" % i, shape).shape for i, shape in enumerate(shapes)]


def the_shape_may_hold_numpy_numbers(tf):
    return tf.get_variable("w", [np.int64(2), np.int32(3)]).shape


def the_shape_may_be_a_numpy_array(tf):
    return tf.get_variable("w", np.array([2, 3])).shape


def the_shape_may_hold_a_dimension_of_a_tensor(tf):
    return tf.get_variable("w", [tf.ones([2, 5]).shape[1], 3]).shape


def the_shape_may_hold_a_zero(tf):
    variable = tf.get_variable("w", [0, 3])
    return [variable.shape, tf.size(variable)]


def an_empty_shape_is_a_scalar(tf):
    return [tf.get_variable("w", []).shape, tf.get_variable("v", ()).shape]


def a_shape_with_none_in_it_is_refused(tf):
    tf.get_variable("w", [None, 2])


def a_shape_with_none_in_it_is_refused_with_an_initializer_too(tf):
    tf.get_variable("w", [None, 2], initializer=tf.zeros_initializer())


def a_negative_shape_is_refused(tf):
    tf.get_variable("w", [-2])


def a_shape_of_text_is_refused(tf):
    return kind_of_error(tf.get_variable, "w", "ab")


def a_shape_of_fractions_is_refused(tf):
    tf.get_variable("w", [1.5])


def the_shape_may_hold_floating_numbers_that_are_whole(tf):
    shapes = [[4 / 2], (4 / 2, 3), 2.0, [np.float32(2.0), 1], np.array([2.0, 3.0])]
    variables = [tf.get_variable("w%d" % i, shape) for i, shape in enumerate(shapes)]
    with tf.variable_scope(tf.get_variable_scope(), reuse=True):
        again = tf.get_variable("w0", [2.0])
    return [[v.shape for v in variables], again is variables[0], error_of(tf.get_variable, "w0", [2.0])]


def a_partitioned_shape_may_hold_floating_numbers_that_are_whole(tf):
    tf.get_variable("w", [8 / 2, 2], partitioner=tf.fixed_size_partitioner(2))
    return [[v.name, v.shape] for v in tf.global_variables()]


def a_getter_sees_the_shape_as_it_was_given(tf):
    seen = []

    def getter(getter, name, shape=None, *args, **kwargs):
        seen.append(repr(shape))
        return getter(name, shape, *args, **kwargs)

    with tf.variable_scope("a", custom_getter=getter):
        shape = tf.get_variable("w", [4 / 2]).shape
    return [seen, shape]


def no_shape_and_no_initializer_is_refused(tf):
    tf.get_variable("w")


def an_initializer_object_without_shape_is_refused(tf):
    tf.get_variable("w", initializer=tf.zeros_initializer())


def get_shape_and_shape_are_the_same(tf):
    variable = tf.get_variable("w", [2, 3])
    return [variable.get_shape(), variable.shape]


# Dtype


def the_default_dtype_is_float32(tf):
    return tf.get_variable("w", [1]).dtype.base_dtype


def the_dtype_may_be_text(tf):
    return tf.get_variable("w", [1], dtype="float64").dtype.base_dtype


def the_dtype_may_be_a_numpy_type(tf):
    return tf.get_variable("w", [1], dtype=np.int32).dtype.base_dtype


def the_dtype_may_be_a_number_of_the_enum(tf):
    return tf.get_variable("w", [1], dtype=3).dtype.base_dtype


def an_unknown_dtype_is_refused(tf):
    return kind_of_error(tf.get_variable, "w", [1], dtype="floaty")


def a_dtype_given_as_python_float_is_float32(tf):
    return tf.get_variable("w", [1], dtype=float).dtype.base_dtype


def a_dtype_given_as_reference_is_stripped(tf):
    return tf.get_variable("w", [1], dtype=tf.float64._as_ref).dtype.base_dtype


def half_precision_is_fine(tf):
    variable = tf.get_variable("w", [2], dtype=tf.float16, initializer=tf.ones_initializer())
    return [variable.dtype.base_dtype, variable]


def bfloat16_is_fine(tf):
    variable = tf.get_variable("w", [2], dtype=tf.bfloat16, initializer=tf.ones_initializer())
    return [variable.dtype.base_dtype, tf.cast(variable, tf.float32)]


def the_default_initial_value_of_integers_and_booleans_is_zero(tf):
    dtypes = [tf.int32, tf.int64, tf.uint8, tf.bool]
    return [tf.get_variable(dtype.name, [2], dtype=dtype) for dtype in dtypes]


def the_default_initial_value_of_floating_types_is_random(tf):
    return [
        tf.reduce_all(tf.equal(tf.get_variable(dtype.name, [2], dtype=dtype), 0))
        for dtype in [tf.float32, tf.float64, tf.float16]
    ]


def the_default_initial_value_is_glorot_uniform(tf):
    variable = tf.get_variable("w", [40, 60])
    limit = (6.0 / 100.0) ** 0.5
    largest = tf.reduce_max(tf.abs(variable))
    return [largest <= limit, largest > 0.98 * limit, tf.abs(tf.reduce_mean(variable)) < 0.02]


def the_default_initial_value_of_text_is_empty(tf):
    return tf.get_variable("w", [2], dtype=tf.string)


def complex_variables_need_an_initializer(tf):
    tf.get_variable("c", [2], dtype=tf.complex64)


def complex_variables_with_an_initializer_are_fine(tf):
    variable = tf.get_variable("c", [2], dtype=tf.complex64, initializer=tf.zeros_initializer())
    return [variable.dtype.base_dtype, tf.real(variable)]


# Initializers


def an_initializer_may_be_a_class(tf):
    return tf.get_variable("w", [2], initializer=tf.zeros_initializer)


def an_initializer_class_is_instantiated_without_arguments(tf):
    return tf.get_variable("w", [2, 2], initializer=tf.ones_initializer, dtype=tf.int32)


def an_initializer_function_gets_shape_dtype_and_partition_info(tf):
    def initializer(shape, dtype=None, partition_info=None):
        return tf.constant("%s %r %s %s" % (type(shape).__name__, shape, dtype.name, partition_info), shape=shape)

    return tf.get_variable("w", [1, 2], dtype=tf.string, initializer=initializer)


def an_initializer_function_gets_a_list_even_for_a_number(tf):
    def initializer(shape, dtype=None, partition_info=None):
        return tf.constant(repr(shape), shape=shape)

    return tf.get_variable("w", 2, dtype=tf.string, initializer=initializer)


def an_initializer_function_runs_once(tf):
    seen = []

    def initializer(shape, dtype=None, partition_info=None):
        seen.append(1)
        return tf.ones(shape, dtype)

    with tf.variable_scope("a", reuse=tf.AUTO_REUSE):
        for _ in range(3):
            tf.get_variable("w", [1], initializer=initializer)
    return len(seen) <= 1


def an_initializer_function_may_take_any_keywords(tf):
    def initializer(*args, **kwargs):
        return tf.constant("%d %s" % (len(args), sorted(kwargs)), shape=args[0])

    return tf.get_variable("w", [1], dtype=tf.string, initializer=initializer)


def an_initializer_function_without_arguments_cannot_take_a_shape(tf):
    tf.get_variable("w", [2, 2], initializer=lambda: tf.ones([2, 2]))


def an_initializer_function_without_arguments_gives_the_shape(tf):
    return tf.get_variable("w", initializer=lambda: tf.ones([2, 2]))


def an_initializer_function_without_arguments_gives_the_dtype(tf):
    return tf.get_variable("w", initializer=lambda: tf.ones([2], tf.float64)).dtype.base_dtype


def an_initializer_function_with_defaults_only_needs_no_shape(tf):
    return tf.get_variable("w", initializer=lambda size=3: tf.ones([size]))


def an_initializer_function_that_needs_a_shape_and_gets_none_is_refused(tf):
    tf.get_variable("w", initializer=lambda shape, dtype=None, partition_info=None: tf.ones(shape))


def an_initializer_function_may_give_numpy(tf):
    return tf.get_variable(
        "w", [2], initializer=lambda shape, dtype=None, partition_info=None: np.ones([2], np.float32)
    )


def an_initializer_function_may_give_a_list(tf):
    return tf.get_variable("w", [2], initializer=lambda shape, dtype=None, partition_info=None: [3.0, 4.0])


def an_initializer_function_of_another_shape_decides_the_shape(tf):
    variable = tf.get_variable("w", [2], initializer=lambda shape, dtype=None, partition_info=None: tf.ones([3]))
    return variable.shape


def an_initializer_function_of_another_dtype_is_refused(tf):
    def initializer(shape, dtype=None, partition_info=None):
        return tf.ones([2], tf.int32)

    return kind_of_error(tf.get_variable, "w", [2], initializer=initializer)


def an_initializer_function_that_raises_leaves_no_variable(tf):
    def initializer(shape, dtype=None, partition_info=None):
        raise KeyError("mine")

    error = error_of(tf.get_variable, "w", [1], initializer=initializer)
    return [error, names_of(tf.global_variables()), tf.get_variable("w", [1]).name]


def an_initializer_may_be_a_number(tf):
    variable = tf.get_variable("w", initializer=3)
    return [variable.dtype.base_dtype, variable.shape, variable]


def an_initializer_may_be_a_fraction(tf):
    variable = tf.get_variable("w", initializer=0.5)
    return [variable.dtype.base_dtype, variable]


def an_initializer_may_be_a_boolean(tf):
    variable = tf.get_variable("w", initializer=True)
    return [variable.dtype.base_dtype, variable]


def an_initializer_may_be_text(tf):
    variable = tf.get_variable("w", initializer="hello")
    return [variable.dtype.base_dtype, variable]


def an_initializer_may_be_a_list(tf):
    variable = tf.get_variable("w", initializer=[1.0, 2.0])
    return [variable.dtype.base_dtype, variable]


def an_initializer_may_be_a_tensor(tf):
    variable = tf.get_variable("w", initializer=tf.ones([2, 2]))
    return [variable.dtype.base_dtype, variable]


def an_initializer_may_be_a_numpy_array_and_keeps_its_dtype(tf):
    variable = tf.get_variable("w", initializer=np.zeros([2]))
    return [variable.dtype.base_dtype, variable]


def an_initializer_may_be_another_variables_initial_value(tf):
    first = tf.get_variable("first", initializer=3.0)
    return tf.get_variable("second", initializer=first.initialized_value() * 2.0)


def a_constant_initializer_and_a_shape_is_refused(tf):
    tf.get_variable("w", shape=[2], initializer=[1.0, 2.0])


def a_tensor_initializer_and_a_shape_is_refused(tf):
    tf.get_variable("w", [3], initializer=tf.ones([3]))


def a_number_as_initializer_and_an_empty_shape_is_refused(tf):
    tf.get_variable("w", [], initializer=1.0)


def a_constant_initializer_of_another_dtype_is_refused(tf):
    tf.get_variable("w", initializer=3, dtype=tf.float32)


def a_float64_array_and_float32_is_refused(tf):
    tf.get_variable("w", initializer=np.zeros([2]), dtype=tf.float32)


def a_float32_tensor_and_float64_is_refused(tf):
    tf.get_variable("w", initializer=tf.ones([2]), dtype=tf.float64)


def a_constant_initializer_of_the_same_dtype_is_fine(tf):
    return tf.get_variable("w", initializer=3, dtype=tf.int32)


def a_dtype_as_text_is_compared_with_the_initializers(tf):
    variable = tf.get_variable("w", initializer=3, dtype="int32")
    return [variable, error_of(tf.get_variable, "v", initializer=3, dtype="float32")]


def a_constant_initializer_is_not_checked_against_the_scopes_dtype(tf):
    with tf.variable_scope("a", dtype=tf.float64):
        return tf.get_variable("w", initializer=3).dtype.base_dtype


def constant_initializer_fills_the_shape(tf):
    return tf.get_variable("w", [2, 2], initializer=tf.constant_initializer(7.0))


def constant_initializer_takes_a_list_in_row_order(tf):
    return tf.get_variable("w", [2, 2], initializer=tf.constant_initializer([1.0, 2.0, 3.0, 4.0]))


def constant_initializer_repeats_its_last_value(tf):
    return tf.get_variable("w", [2, 2], initializer=tf.constant_initializer([1.0, 2.0]))


def constant_initializer_takes_the_variables_dtype(tf):
    return tf.get_variable("w", [2], dtype=tf.int32, initializer=tf.constant_initializer(7)).dtype.base_dtype


def the_scopes_initializer_is_used(tf):
    with tf.variable_scope("a", initializer=tf.constant_initializer(7.0)):
        return tf.get_variable("w", [2])


def the_scopes_initializer_is_inherited(tf):
    with tf.variable_scope("a", initializer=tf.constant_initializer(7.0)):
        with tf.variable_scope("b"):
            return tf.get_variable("w", [2])


def an_initializer_of_its_own_goes_before_the_scopes(tf):
    with tf.variable_scope("a", initializer=tf.constant_initializer(7.0)):
        return tf.get_variable("w", [2], initializer=tf.zeros_initializer())


def the_scopes_initializer_may_be_a_constant(tf):
    with tf.variable_scope("a", initializer=3.0):
        variable = tf.get_variable("w")
    return [variable.shape, variable]


def the_scopes_constant_and_a_shape_is_refused(tf):
    with tf.variable_scope("a", initializer=3.0):
        tf.get_variable("w", [2])


def the_scopes_constant_decides_the_dtype(tf):
    with tf.variable_scope("a", initializer=3):
        return tf.get_variable("w", dtype=tf.float32).dtype.base_dtype


def the_scopes_initializer_is_used_for_integers_too(tf):
    with tf.variable_scope("a", initializer=tf.constant_initializer(7)):
        return tf.get_variable("w", [2], dtype=tf.int32)


def the_scopes_random_initializer_of_floats_does_not_make_integers(tf):
    with tf.variable_scope("a", initializer=tf.truncated_normal_initializer()):
        return kind_of_error(tf.get_variable, "w", [2], dtype=tf.int32)


def the_scopes_dtype_is_used_inherited_and_overridden(tf):
    with tf.variable_scope("a", dtype=tf.float64):
        own = tf.get_variable("w", [2])
        with tf.variable_scope("b"):
            inherited = tf.get_variable("w", [2])
            overridden = tf.get_variable("x", [2], dtype=tf.float32)
    return [variable.dtype.base_dtype for variable in (own, inherited, overridden)]


# What a variable can do


def a_variable_has_an_initializer_and_an_initialized_value(tf):
    variable = tf.get_variable("w", [2], initializer=tf.ones_initializer())
    return [hasattr(variable, "initializer"), variable.initialized_value()]


def a_variable_is_read_by_value_read_value_and_conversion(tf):
    variable = tf.get_variable("w", [2], initializer=tf.ones_initializer())
    return [variable.value(), variable.read_value(), tf.identity(variable), tf.convert_to_tensor(variable)]


def a_variable_is_a_tf_variable(tf):
    return isinstance(tf.get_variable("w", [2]), tf.Variable)


def a_variable_takes_part_in_arithmetic(tf):
    variable = tf.get_variable("w", [2], initializer=tf.constant_initializer(3.0))
    return [variable + 1.0, 1.0 - variable, variable * variable, -variable, variable[0], variable > 2.0]


def the_type_is_that_of_the_kind_of_variable(tf):
    return type(tf.get_variable("w", [2])).__name__


# Arguments


def the_arguments_have_this_order(tf):
    variable = tf.get_variable("w", [2], tf.float64, tf.ones_initializer(), tf.nn.l2_loss, False, ["mine"])
    return [variable.dtype.base_dtype, variable, collections_of(tf)["mine"]]


def trainable_false_keeps_it_out_of_the_trainable_variables(tf):
    variable = tf.get_variable("w", [1], trainable=False)
    return [variable.trainable, collections_of(tf)]


def trainable_is_true_by_default(tf):
    return tf.get_variable("w", [1]).trainable


def trainable_none_is_true(tf):
    variable = tf.get_variable("w", [1], trainable=None)
    return [variable.trainable, names_of(tf.trainable_variables())]


def integers_are_trainable_too(tf):
    variable = tf.get_variable("w", [1], dtype=tf.int32)
    return [variable.trainable, names_of(tf.trainable_variables())]


def collections_replace_the_global_variables(tf):
    tf.get_variable("w", [1], collections=["foo", "bar"])
    return collections_of(tf)


def collections_without_trainable_are_the_only_ones(tf):
    tf.get_variable("w", [1], collections=["foo"], trainable=False)
    return collections_of(tf)


def an_empty_list_of_collections_leaves_the_trainable_variables(tf):
    tf.get_variable("w", [1], collections=[])
    return collections_of(tf)


def no_collections_and_not_trainable_is_in_no_collection(tf):
    variable = tf.get_variable("w", [1], collections=[], trainable=False)
    return [variable.name, collections_of(tf)]


def collections_of_none_are_the_global_variables(tf):
    tf.get_variable("w", [1], collections=None)
    return collections_of(tf)


def a_collection_that_is_the_trainable_variables_is_not_doubled(tf):
    tf.get_variable("w", [1], collections=[tf.GraphKeys.GLOBAL_VARIABLES, tf.GraphKeys.TRAINABLE_VARIABLES])
    return collections_of(tf)


def not_trainable_but_in_the_trainable_collection(tf):
    variable = tf.get_variable("w", [1], collections=[tf.GraphKeys.TRAINABLE_VARIABLES], trainable=False)
    return [variable.trainable, collections_of(tf)]


def collections_may_be_a_tuple_or_a_set(tf):
    tf.get_variable("w", [1], collections=("foo",))
    tf.get_variable("v", [1], collections={"foo"})
    return collections_of(tf)


def collections_as_text_are_refused(tf):
    tf.get_variable("w", [1], collections="foo")


def the_list_of_collections_is_not_changed(tf):
    mine = ["foo"]
    tf.get_variable("w", [1], collections=mine)
    return mine


def the_same_collection_twice_holds_it_once(tf):
    tf.get_variable("w", [1], collections=["foo", "foo"])
    return names_of(tf.get_collection("foo"))


def on_read_synchronization_makes_it_not_trainable(tf):
    variable = tf.get_variable("w", [1], synchronization=tf.VariableSynchronization.ON_READ)
    return [variable.trainable, collections_of(tf)]


def on_read_synchronization_goes_before_trainable(tf):
    variable = tf.get_variable("w", [1], synchronization=tf.VariableSynchronization.ON_READ, trainable=True)
    return [variable.trainable, collections_of(tf)]


def on_write_synchronization_stays_trainable(tf):
    return tf.get_variable("w", [1], synchronization=tf.VariableSynchronization.ON_WRITE).trainable


def an_invalid_synchronization_is_refused(tf):
    tf.get_variable("w", [1], synchronization="sometimes")


def an_invalid_aggregation_is_refused(tf):
    tf.get_variable("w", [1], aggregation="product")


def synchronization_and_aggregation_are_kept(tf):
    variable = tf.get_variable(
        "w",
        [1],
        synchronization=tf.VariableSynchronization.ON_WRITE,
        aggregation=tf.VariableAggregation.SUM,
    )
    return [variable.synchronization, variable.aggregation.name]


def the_constraint_is_kept(tf):
    variable = tf.get_variable("w", [1], constraint=abs)
    return [variable.constraint is abs, tf.get_variable("v", [1]).constraint]


def a_constraint_that_is_not_callable_is_refused(tf):
    tf.get_variable("w", [1], constraint=3)


def the_scopes_constraint_is_used_but_not_inherited(tf):
    def scopes(value):
        return value * 0

    with tf.variable_scope("a", constraint=scopes):
        used = tf.get_variable("w", [1])
        own = tf.get_variable("x", [1], constraint=abs)
        with tf.variable_scope("b"):
            inner = tf.get_variable("w", [1])
    return [used.constraint is scopes, own.constraint is abs, inner.constraint is None]


@graph_only("a caching device is a placement of read operations in a graph")
def the_caching_device_is_kept(tf):
    return tf.get_variable("w", [1], caching_device="/cpu:0")._caching_device


def a_caching_device_does_not_change_the_value(tf):
    variable = tf.get_variable("w", [1], caching_device="/cpu:0", initializer=tf.ones_initializer())
    return [variable.name, variable]


def use_resource_true_is_a_resource_variable(tf):
    return type(tf.get_variable("w", [1], use_resource=True)).__name__


def use_resource_false_works(tf):
    return tf.get_variable("w", [1], use_resource=False).name


def validate_shape_false_leaves_the_shape_open(tf):
    return tf.get_variable("w", initializer=tf.ones([2]), validate_shape=False).shape


def there_is_no_reuse_argument(tf):
    tf.get_variable("w", [1], reuse=True)


def an_unknown_argument_is_refused(tf):
    tf.get_variable("w", [1], shap=3)


def no_name_is_refused(tf):
    tf.get_variable()


def a_regularizer_that_is_false_is_no_regularizer(tf):
    tf.get_variable("w", [1], regularizer=False)
    tf.get_variable("v", [1], regularizer=0)
    return collections_of(tf)


def several_arguments_at_once_do_not_disturb_each_other(tf):
    with tf.variable_scope("a", dtype=tf.float64, initializer=tf.ones_initializer(), regularizer=tf.nn.l2_loss):
        tf.get_variable("w", [2, 3], trainable=False, collections=["mine", tf.GraphKeys.GLOBAL_VARIABLES])
    return [collections_of(tf), tf.losses.get_regularization_loss()]


def an_empty_name_in_a_scope_with_a_slash_keeps_one(tf):
    with tf.variable_scope("a/"):
        return tf.get_variable("", [1]).name
