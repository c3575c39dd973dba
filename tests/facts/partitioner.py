"""Partitioned variables: one name, several parts."""

import numpy as np

from facts.vocabulary import collections_of, entering, error_of, kind_of_error, name_of, names_of


def _shapes(parts):
    return [part.shape for part in parts]


# The partitioned variable


def it_is_an_object_of_its_own_with_the_name_without_a_colon(tf):
    w = tf.get_variable("w", [4, 2], partitioner=tf.fixed_size_partitioner(2))
    return [type(w).__name__, w.name, w.shape, w.get_shape(), w.dtype.base_dtype]


def its_parts_have_names_of_their_own(tf):
    w = tf.get_variable("w", [4, 2], partitioner=tf.fixed_size_partitioner(2))
    return [names_of(list(w)), _shapes(w), len(w)]


def its_parts_are_in_the_collections(tf):
    tf.get_variable("w", [4, 2], partitioner=tf.fixed_size_partitioner(2))
    return collections_of(tf)


def its_value_is_that_of_the_parts_in_a_row(tf):
    w = tf.get_variable("w", initializer=tf.reshape(tf.range(8.0), [4, 2]), partitioner=tf.fixed_size_partitioner(2))
    return [w.as_tensor(), tf.convert_to_tensor(w), list(w)]


def its_value_along_another_axis_is_put_together_along_that_axis(tf):
    w = tf.get_variable(
        "w", initializer=tf.reshape(tf.range(10.0), [2, 5]), partitioner=tf.fixed_size_partitioner(2, axis=1)
    )
    return [tf.convert_to_tensor(w), _shapes(w)]


def it_takes_part_in_operations(tf):
    w = tf.get_variable("w", [4, 2], initializer=tf.ones_initializer(), partitioner=tf.fixed_size_partitioner(2))
    return [tf.reduce_sum(w), tf.matmul(tf.ones([1, 4]), w), tf.nn.embedding_lookup(w, [0, 3])]


def it_takes_no_part_in_arithmetic(tf):
    w = tf.get_variable("w", [4], initializer=tf.ones_initializer(), partitioner=tf.fixed_size_partitioner(2))
    return kind_of_error(lambda: w + 1.0)


def it_can_be_assigned(tf):
    w = tf.get_variable("w", [4], initializer=tf.ones_initializer(), partitioner=tf.fixed_size_partitioner(2))
    assigned = w.assign(tf.constant([1.0, 2.0, 3.0, 4.0]))
    with tf.control_dependencies(assigned):
        return [part.read_value() for part in w]


def a_float_of_another_dtype_is_not_converted(tf):
    w = tf.get_variable("w", [4], partitioner=tf.fixed_size_partitioner(2))
    return kind_of_error(tf.convert_to_tensor, w, dtype=tf.int32)


def its_parts_are_variables_that_get_variable_finds_by_their_names(tf):
    w = tf.get_variable("w", [4], partitioner=tf.fixed_size_partitioner(2))
    with tf.variable_scope(tf.get_variable_scope(), reuse=True):
        return tf.get_variable("w/part_0", [2]) is next(iter(w))


def its_parts_know_where_they_belong(tf):
    w = tf.get_variable("w", [5, 2], partitioner=tf.fixed_size_partitioner(2))
    infos = [part._get_save_slice_info() for part in w]
    return [[info.full_name, info.full_shape, info.var_offset, info.var_shape, info.spec] for info in infos]


def one_part_is_partitioned_all_the_same(tf):
    w = tf.get_variable("w", [4], partitioner=tf.fixed_size_partitioner(1))
    return [type(w).__name__, names_of(tf.global_variables())]


def a_scalar_is_not_partitioned(tf):
    w = tf.get_variable("w", [], partitioner=tf.fixed_size_partitioner(2))
    return [w.name, names_of(tf.global_variables())]


def a_constant_scalar_cannot_be_partitioned(tf):
    tf.get_variable("w", initializer=1.0, partitioner=tf.fixed_size_partitioner(2))


def an_uneven_shape_gives_the_first_parts_one_more(tf):
    w = tf.get_variable("w", [5], partitioner=tf.fixed_size_partitioner(3))
    return _shapes(w)


def more_parts_than_rows_are_as_many_as_rows(tf):
    w = tf.get_variable("w", [2, 3], partitioner=tf.fixed_size_partitioner(5))
    return _shapes(w)


def its_name_takes_the_scope(tf):
    with tf.variable_scope("a"):
        w = tf.get_variable("w", [4], partitioner=tf.fixed_size_partitioner(2))
    return [w.name, names_of(list(w))]


def name_scopes_do_not_count_for_its_parts(tf):
    with tf.name_scope("n"):
        w = tf.get_variable("w", [4], partitioner=tf.fixed_size_partitioner(2))
    return names_of(list(w))


def the_value_is_read_under_its_name(tf):
    with tf.name_scope("n"):
        w = tf.get_variable("w", [4], partitioner=tf.fixed_size_partitioner(2))
        return name_of(tf.convert_to_tensor(w))


# Arguments


def each_part_is_initialized_with_its_own_shape(tf):
    def initializer(shape, dtype=None, partition_info=None):
        text = "%s of %s at %s" % (shape, partition_info.full_shape, partition_info.var_offset)
        return tf.constant(text, shape=shape)

    w = tf.get_variable("w", [3, 1], dtype=tf.string, initializer=initializer, partitioner=tf.fixed_size_partitioner(2))
    return list(w)


def the_partition_info_knows_offset_and_axis(tf):
    def initializer(shape, dtype=None, partition_info=None):
        text = "axis %s at %s" % (partition_info.single_slice_dim(shape), partition_info.single_offset(shape))
        return tf.constant(text, shape=shape)

    with tf.variable_scope("a", dtype=tf.string, initializer=initializer):
        w = tf.get_variable("w", [3, 1], partitioner=tf.fixed_size_partitioner(2))
        v = tf.get_variable("v", [1, 4], partitioner=tf.fixed_size_partitioner(2, axis=1))
    return [list(w), list(v)]


def a_constant_initializer_is_cut_up(tf):
    w = tf.get_variable("w", initializer=tf.constant([1.0, 2.0, 3.0]), partitioner=tf.fixed_size_partitioner(2))
    return list(w)


def a_list_as_initializer_needs_a_shape(tf):
    tf.get_variable("w", initializer=[1.0, 2.0, 3.0], partitioner=tf.fixed_size_partitioner(2))


def a_list_as_initializer_with_a_shape_is_cut_up(tf):
    w = tf.get_variable("w", [3], initializer=[1.0, 2.0, 3.0], partitioner=tf.fixed_size_partitioner(2))
    return list(w)


def a_numpy_array_with_a_shape_is_cut_up(tf):
    w = tf.get_variable(
        "w", [3], initializer=np.array([1.0, 2.0, 3.0], np.float32), partitioner=tf.fixed_size_partitioner(2)
    )
    return list(w)


def a_tensor_and_a_shape_must_agree(tf):
    tf.get_variable("w", [3], initializer=tf.ones([4]), partitioner=tf.fixed_size_partitioner(2))


def the_default_initializer_is_that_of_each_part(tf):
    w = tf.get_variable("w", [4], dtype=tf.int32, partitioner=tf.fixed_size_partitioner(2))
    return list(w)


def no_default_initializer_for_complex_numbers(tf):
    return tf.get_variable("w", [4], tf.complex64, partitioner=tf.fixed_size_partitioner(2))


def trainable_collections_and_constraint_count_for_each_part(tf):
    w = tf.get_variable(
        "w", [4], trainable=False, collections=["mine"], constraint=abs, partitioner=tf.fixed_size_partitioner(2)
    )
    return [collections_of(tf), [part.constraint is abs for part in w]]


def it_is_trainable_by_default(tf):
    w = tf.get_variable("w", [4], partitioner=tf.fixed_size_partitioner(2))
    return [[part.trainable for part in w], names_of(tf.trainable_variables())]


def the_scopes_partitioner_is_inherited_and_overridden(tf):
    with tf.variable_scope("a", partitioner=tf.fixed_size_partitioner(2)):
        with tf.variable_scope("b"):
            tf.get_variable("w", [4])
            tf.get_variable("v", [4], partitioner=tf.fixed_size_partitioner(4))
    return names_of(tf.global_variables())


def the_scopes_partitioner_leaves_scalars_alone(tf):
    with tf.variable_scope("a", partitioner=tf.fixed_size_partitioner(2)):
        tf.get_variable("w", [])
        tf.get_variable("v", [4])
    return names_of(tf.global_variables())


def the_scopes_partitioner_and_a_constant_scalar_is_refused(tf):
    with tf.variable_scope("a", partitioner=tf.fixed_size_partitioner(2)):
        tf.get_variable("w", initializer=1.0)


def local_variables_are_partitioned_too(tf):
    tf.get_local_variable("w", [4], partitioner=tf.fixed_size_partitioner(2))
    return collections_of(tf)


def tf_variable_is_never_partitioned(tf):
    with tf.variable_scope("a", partitioner=tf.fixed_size_partitioner(2)):
        return tf.Variable([1.0, 2.0], name="w").name


# Reuse


def it_is_shared_as_a_whole(tf):
    with tf.variable_scope("a", partitioner=tf.fixed_size_partitioner(2)):
        w = tf.get_variable("w", [4])
    with tf.variable_scope("a", partitioner=tf.fixed_size_partitioner(2), reuse=True):
        return [tf.get_variable("w", [4]) is w, names_of(tf.global_variables())]


def sharing_it_without_a_partitioner_works_under_reuse_true(tf):
    with tf.variable_scope("a"):
        w = tf.get_variable("w", [4], partitioner=tf.fixed_size_partitioner(2))
    with tf.variable_scope("a", reuse=True):
        return tf.get_variable("w", [4]) is w


def sharing_it_without_a_partitioner_is_refused_under_auto_reuse(tf):
    with tf.variable_scope("a", reuse=tf.AUTO_REUSE):
        tf.get_variable("w", [4], partitioner=tf.fixed_size_partitioner(2))
        tf.get_variable("w", [4])


def asking_again_without_a_partitioner_is_refused(tf):
    tf.get_variable("w", [4], partitioner=tf.fixed_size_partitioner(2))
    tf.get_variable("w", [4])


def asking_again_with_a_partitioner_is_refused(tf):
    tf.get_variable("w", [4], partitioner=tf.fixed_size_partitioner(2))
    tf.get_variable("w", [4], partitioner=tf.fixed_size_partitioner(2))


def partitioning_what_exists_unpartitioned_is_refused(tf):
    tf.get_variable("w", [4])
    tf.get_variable("w", [4], partitioner=tf.fixed_size_partitioner(2))


def sharing_what_exists_unpartitioned_is_refused_too(tf):
    with tf.variable_scope("a", reuse=tf.AUTO_REUSE):
        tf.get_variable("w", [4])
        tf.get_variable("w", [4], partitioner=tf.fixed_size_partitioner(2))


def sharing_one_that_does_not_exist_is_refused(tf):
    with tf.variable_scope("a", reuse=True):
        tf.get_variable("w", [4], partitioner=tf.fixed_size_partitioner(2))


def sharing_it_with_another_shape_is_refused(tf):
    with tf.variable_scope("a", reuse=tf.AUTO_REUSE, partitioner=tf.fixed_size_partitioner(2)):
        tf.get_variable("w", [4])
        tf.get_variable("w", [6])


def sharing_it_with_another_dtype_is_refused(tf):
    with tf.variable_scope("a", reuse=tf.AUTO_REUSE, partitioner=tf.fixed_size_partitioner(2)):
        tf.get_variable("w", [4])
        tf.get_variable("w", [4], dtype=tf.int32)


def sharing_it_with_other_parts_is_refused(tf):
    with tf.variable_scope("a", reuse=tf.AUTO_REUSE):
        tf.get_variable("w", [4], partitioner=tf.fixed_size_partitioner(2))
        tf.get_variable("w", [4], partitioner=tf.fixed_size_partitioner(4))


def sharing_it_with_another_dtype_and_other_parts_is_refused(tf):
    tf.get_variable("w", [4], partitioner=tf.fixed_size_partitioner(2))
    with tf.variable_scope("", reuse=True):
        tf.get_variable("w", [4], tf.float64, partitioner=tf.fixed_size_partitioner(4))


def sharing_it_needs_a_shape_with_a_partitioner(tf):
    with tf.variable_scope("a", reuse=tf.AUTO_REUSE, partitioner=tf.fixed_size_partitioner(2)):
        tf.get_variable("w", [4])
        tf.get_variable("w")


def it_is_not_regularized_again_when_shared(tf):
    with tf.variable_scope("a", reuse=tf.AUTO_REUSE, partitioner=tf.fixed_size_partitioner(2)):
        for _ in range(2):
            tf.get_variable("w", [4], regularizer=tf.nn.l2_loss)
    return names_of(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES))


def a_variable_called_part_0_stands_in_the_way(tf):
    with tf.variable_scope("a"):
        tf.get_variable("w/part_0", [2])
        tf.get_variable("w", [4], partitioner=tf.fixed_size_partitioner(2))


# Partitioners


def a_partitioner_gets_shape_and_dtype_by_keyword(tf):
    seen = []

    def partitioner(**kwargs):
        seen.append([sorted(kwargs), type(kwargs["shape"]).__name__, kwargs["shape"], kwargs["dtype"]])
        return [2, 1]

    tf.get_variable("w", [4, 2], partitioner=partitioner)
    return seen


def a_partitioner_must_be_callable(tf):
    tf.get_variable("w", [4], partitioner=3)


def a_partitioner_must_return_a_sequence(tf):
    tf.get_variable("w", [4], partitioner=lambda shape, dtype: 2)


def a_partitioner_must_return_one_number_per_axis(tf):
    tf.get_variable("w", [4, 2], partitioner=lambda shape, dtype: [2])


def a_partitioner_must_not_return_zero(tf):
    tf.get_variable("w", [4, 2], partitioner=lambda shape, dtype: [2, 0])


def a_partitioner_may_cut_one_axis_only(tf):
    tf.get_variable("w", [4, 2], partitioner=lambda shape, dtype: [2, 2])


def a_partitioner_may_return_a_tuple(tf):
    return _shapes(tf.get_variable("w", [4, 2], partitioner=lambda shape, dtype: (2, 1)))


def a_partitioner_needs_a_known_shape(tf):
    tf.get_variable("w", [None, 2], partitioner=tf.fixed_size_partitioner(2))


def a_partitioner_that_raises_leaves_nothing(tf):
    def broken(shape, dtype):
        raise KeyError("mine")

    return [error_of(tf.get_variable, "w", [4], partitioner=broken), collections_of(tf)]


def fixed_size_partitioner_cuts_the_first_axis(tf):
    partitioner = tf.fixed_size_partitioner(3)
    return [list(partitioner(tf.TensorShape([6, 2]))), list(partitioner(tf.TensorShape([2, 6]), dtype=tf.int32))]


def fixed_size_partitioner_cuts_the_axis_it_is_told(tf):
    return list(tf.fixed_size_partitioner(3, axis=1)(tf.TensorShape([6, 6])))


def fixed_size_partitioner_refuses_an_axis_that_is_not_there(tf):
    return kind_of_error(tf.fixed_size_partitioner(3, axis=2), tf.TensorShape([6, 6]))


def variable_axis_size_partitioner_limits_the_bytes_of_a_part(tf):
    partitioner = tf.variable_axis_size_partitioner(64)
    shapes = [[4, 4], [4, 8], [16, 16], [1, 64], [3, 16]]
    return [list(partitioner(tf.TensorShape(shape), dtype=tf.float32)) for shape in shapes]


def variable_axis_size_partitioner_cuts_the_axis_it_is_told(tf):
    return list(tf.variable_axis_size_partitioner(64, axis=1)(tf.TensorShape([4, 16]), dtype=tf.float32))


def variable_axis_size_partitioner_may_limit_the_number_of_parts(tf):
    return list(tf.variable_axis_size_partitioner(64, max_shards=2)(tf.TensorShape([16, 16]), dtype=tf.float32))


def variable_axis_size_partitioner_counts_the_bytes_of_the_dtype(tf):
    partitioner = tf.variable_axis_size_partitioner(64)
    return [list(partitioner(tf.TensorShape([4, 8]), dtype=dtype)) for dtype in (tf.float64, tf.float32, tf.uint8)]


def variable_axis_size_partitioner_counts_text_as_it_is_told(tf):
    partitioner = tf.variable_axis_size_partitioner(64, bytes_per_string_element=8)
    return list(partitioner(tf.TensorShape([4, 8]), dtype=tf.string))


def variable_axis_size_partitioner_refuses_no_bytes(tf):
    tf.variable_axis_size_partitioner(0)


def variable_axis_size_partitioner_refuses_less_than_no_parts(tf):
    tf.variable_axis_size_partitioner(64, max_shards=-1)


def variable_axis_size_partitioner_refuses_no_bytes_of_text(tf):
    tf.variable_axis_size_partitioner(64, bytes_per_string_element=0)


def variable_axis_size_partitioner_refuses_an_unknown_shape(tf):
    tf.variable_axis_size_partitioner(64)(tf.TensorShape([None, 2]), dtype=tf.float32)


def variable_axis_size_partitioner_refuses_what_is_no_shape(tf):
    tf.variable_axis_size_partitioner(64)([4, 4], dtype=tf.float32)


def min_max_variable_partitioner_makes_parts_of_some_size(tf):
    partitioner = tf.min_max_variable_partitioner(max_partitions=4, min_slice_size=64)
    shapes = [[2, 2], [4, 8], [16, 16], [64, 64]]
    return [list(partitioner(tf.TensorShape(shape), dtype=tf.float32)) for shape in shapes]


def min_max_variable_partitioner_cuts_the_axis_it_is_told(tf):
    partitioner = tf.min_max_variable_partitioner(max_partitions=4, axis=1, min_slice_size=16)
    return list(partitioner(tf.TensorShape([4, 16]), dtype=tf.float32))


def min_max_variable_partitioner_never_cuts_finer_than_rows(tf):
    partitioner = tf.min_max_variable_partitioner(max_partitions=100, min_slice_size=4)
    return list(partitioner(tf.TensorShape([3, 100]), dtype=tf.float32))


def min_max_variable_partitioner_leaves_small_ones_whole_by_default(tf):
    partitioner = tf.min_max_variable_partitioner()
    return [list(partitioner(tf.TensorShape(shape), dtype=tf.float32)) for shape in ([100, 100], [1 << 17, 4])]


def min_max_variable_partitioner_counts_an_axis_below_zero_from_the_end(tf):
    partitioner = tf.min_max_variable_partitioner(max_partitions=4, axis=-1, min_slice_size=16)
    return list(partitioner(tf.TensorShape([4, 16]), dtype=tf.float32))


def min_max_variable_partitioner_makes_one_part_at_least(tf):
    partitioner = tf.min_max_variable_partitioner(max_partitions=0)
    return list(partitioner(tf.TensorShape([1 << 17, 4]), dtype=tf.float32))


def min_max_variable_partitioner_refuses_an_axis_that_is_not_there(tf):
    tf.min_max_variable_partitioner(axis=2)(tf.TensorShape([4, 4]), dtype=tf.float32)


def min_max_variable_partitioner_cannot_count_an_unknown_shape(tf):
    return kind_of_error(tf.min_max_variable_partitioner(), tf.TensorShape([None, 2]), dtype=tf.float32)


def the_partitioners_work_on_get_variable(tf):
    tf.get_variable("w", [16, 4], partitioner=tf.variable_axis_size_partitioner(64))
    tf.get_variable("v", [16, 4], partitioner=tf.min_max_variable_partitioner(max_partitions=2, min_slice_size=16))
    return [[variable.name, variable.shape] for variable in tf.global_variables()]


def create_partitioned_variables_makes_parts_by_hand(tf):
    parts = tf.create_partitioned_variables([4, 2], [2, 1], tf.ones_initializer(), name="w")
    return [names_of(parts), parts]


def create_partitioned_variables_refuses_a_custom_getter(tf):
    with tf.variable_scope("a", custom_getter=lambda getter, *args, **kwargs: getter(*args, **kwargs)):
        tf.create_partitioned_variables([4, 2], [2, 1], tf.ones_initializer(), name="w")


def entering_a_scope_with_a_partitioner_that_is_not_callable_is_fine_until_used(tf):
    return error_of(lambda: entering(tf.variable_scope("a", partitioner=3)))


def an_axis_without_elements_is_refused(tf):
    two, few = tf.fixed_size_partitioner(2), tf.min_max_variable_partitioner(2)
    return [
        error_of(tf.get_variable, "a", [0, 3], partitioner=two),
        error_of(tf.get_variable, "b", [3, 0], partitioner=two),
        error_of(tf.get_variable, "c", [0], partitioner=few, initializer=0.5),
        names_of(tf.global_variables()),
    ]
