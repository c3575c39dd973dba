"""`tf.contrib`: what counted programs use of it and no other topic shows."""

import tempfile

from facts.vocabulary import error_of, graph_only, kind_of_error, name_of, names_of


def outputs_are_collected_under_a_name(tf):
    utils = tf.contrib.slim.utils
    x = tf.ones([2], name="x")
    same = utils.collect_named_outputs("outputs", "a/b", x)
    utils.collect_named_outputs("outputs", "c", x * 2.0)
    points = utils.convert_collection_to_dict("outputs")
    aliases = [getattr(each, "aliases", None) for each in tf.get_collection("outputs")]
    return [same is x, list(points), list(points.values()), aliases]


def outputs_without_a_collection_are_passed_on(tf):
    utils = tf.contrib.slim.utils
    x = tf.ones([2], name="x")
    return [utils.collect_named_outputs(None, "a", x), tf.get_collection("outputs")]


def the_last_dimension(tf):
    utils = tf.contrib.slim.utils
    x = tf.ones([2, 3])
    return [
        utils.last_dimension(x.shape),
        utils.last_dimension(x.shape, min_rank=2),
        error_of(utils.last_dimension, x.shape, min_rank=3),
        error_of(utils.last_dimension, tf.TensorShape(None)),
        error_of(utils.last_dimension, tf.TensorShape([2, None])),
    ]


def collections_of_one_variable(tf):
    find = tf.contrib.slim.utils.get_variable_collections
    return [find({"weights": ["a"], "biases": ["b"]}, "weights"), find({"weights": ["a"]}, "biases"), find(["c"], "w")]


def model_variables_of_a_scope(tf):
    slim = tf.contrib.slim
    slim.model_variable("a/w", [1])
    slim.model_variable("b/w", [1])
    slim.variable("b/v", [1])
    return [
        names_of(slim.get_model_variables()),
        names_of(slim.get_model_variables("b")),
        names_of(slim.get_model_variables(suffix="w")),
        names_of(slim.get_model_variables("a", "v")),
    ]


def a_constant_value(tf):
    value = tf.contrib.util.constant_value
    return [value(tf.constant([1, 2])), value(tf.shape(tf.ones([2, 3]))), value(tf.fill([2], 3.0))]


def the_bytes_of_a_variable(tf):
    size = tf.contrib.training.byte_size_load_fn
    with tf.Graph().as_default():
        v = tf.placeholder(tf.float32, [3, 4])
        return [size(v.op), error_of(size, tf.placeholder(tf.float32, [None, 4]).op)]


# ------------------------------------------------------------------------------------------ data


def _all_of(tf, dataset):
    return dataset.reduce(tf.zeros([0], tf.int64), lambda seen, new: tf.concat([seen, tf.reshape(new, [-1])], 0))


def examples_are_mapped_and_batched(tf):
    data = tf.data.Dataset.range(7)

    def double(x):
        return x * 2

    batched = data.apply(tf.contrib.data.map_and_batch(double, 3))
    dropped = data.apply(tf.contrib.data.map_and_batch(double, 3, drop_remainder=True, num_parallel_calls=2))
    return [_all_of(tf, batched), _all_of(tf, dropped), tf.data.get_output_shapes(dropped)]


def examples_of_several_data_sets_take_turns(tf):
    data = tf.data.Dataset.range(3)

    def repeated(x):
        return tf.data.Dataset.from_tensors(x * 10).repeat(2)

    interleaved = data.apply(tf.contrib.data.parallel_interleave(repeated, cycle_length=2, sloppy=False))
    blocks = data.apply(tf.contrib.data.parallel_interleave(repeated, cycle_length=2, block_length=2))
    return [_all_of(tf, interleaved), _all_of(tf, blocks)]


# ----------------------------------------------------------------------------------- checkpoints


def variables_of_a_checkpoint(tf):
    prefix = tempfile.mkdtemp() + "/model.ckpt"
    w = tf.get_variable("a/w", [2], initializer=tf.constant_initializer([1.0, 2.0]))

    def seen():
        reader = tf.contrib.framework.load_checkpoint(prefix)
        listed = tf.contrib.framework.list_variables(prefix)
        loaded = tf.contrib.framework.load_variable(prefix, "a/w").tolist()
        shapes = sorted(reader.get_variable_to_shape_map().items())
        return repr([listed, shapes, reader.has_tensor("a/w"), reader.has_tensor("w"), loaded]).encode()

    saved = tf.raw_ops.SaveV2(
        prefix=prefix, tensor_names=["a/w", "step"], shape_and_slices=["", ""], tensors=[w, tf.constant(3, tf.int64)]
    )
    with tf.control_dependencies([saved] if saved is not None else []):
        return tf.py_func(seen, [], tf.string)


# ------------------------------------------------------------------------------------- summaries


def _written(tf, folder):
    def read():
        import os

        import numpy as np

        found = []
        for file in sorted(os.listdir(folder)):
            for event in tf.train.summary_iterator(os.path.join(folder, file)):
                for value in event.summary.value:
                    shown = value.simple_value
                    if value.HasField("tensor") and value.tensor.dtype == 1:
                        shown = np.frombuffer(value.tensor.tensor_content, np.float32).tolist() or list(
                            value.tensor.float_val
                        )
                    found.append([event.step, value.tag, shown if shown else value.WhichOneof("value")])
        return repr(found).encode()

    return tf.py_func(read, [], tf.string)


@graph_only("initializes the writer as a session does")
def summaries_are_written_to_the_default_writer(tf):
    summary = tf.contrib.summary
    folder = tempfile.mkdtemp()
    step = tf.train.get_or_create_global_step()
    writer = summary.create_file_writer(folder, flush_millis=10000)
    with writer.as_default(), summary.always_record_summaries():
        summary.scalar("loss", 3.0)
        summary.scalar("other", tf.constant(2.0), step=7)
        with tf.name_scope("scope"):
            summary.scalar("inner", 1.5)
        written = summary.all_summary_ops()
        flushed = summary.flush()
    return [summary.summary_writer_initializer_op(), step, written, flushed, _written(tf, folder)]


@graph_only("initializes the writer as a session does")
def only_some_steps_are_recorded(tf):
    summary = tf.contrib.summary
    folder = tempfile.mkdtemp()
    tf.train.get_or_create_global_step()
    writer = summary.create_file_writer(folder)
    with writer.as_default():
        with summary.record_summaries_every_n_global_steps(2):
            summary.scalar("at_zero", 3.0)
        with summary.never_record_summaries():
            summary.scalar("never", 2.0)
        summary.scalar("by_default", 2.0)
        written = summary.all_summary_ops()
        flushed = summary.flush()
    return [summary.summary_writer_initializer_op(), written, flushed, _written(tf, folder)]


# ------------------------------------------------------------------------------------------- TPUs


def an_optimizer_for_shards_gives_its_gradients(tf):
    optimizer = tf.contrib.tpu.CrossShardOptimizer(tf.train.MomentumOptimizer(0.5, 0.9))
    w = tf.get_variable("w", [2], initializer=tf.constant_initializer([1.0, -2.0]))
    gradients = optimizer.compute_gradients(tf.reduce_sum(tf.square(w)), [w])
    return [gradients[0][0], optimizer.get_slot_names(), optimizer.get_name()]


def what_an_optimizer_for_shards_refuses(tf):
    optimizer = tf.contrib.tpu.CrossShardOptimizer
    sgd = tf.train.GradientDescentOptimizer(0.5)
    return [
        kind_of_error(optimizer, sgd, reduction="none"),
        kind_of_error(optimizer, sgd, reduction=tf.losses.Reduction.NONE),
    ]


def the_address_of_a_tpu(tf):
    resolver = tf.contrib.cluster_resolver.TPUClusterResolver(tpu="grpc://10.0.0.1:8470")
    return [resolver.master(), resolver.get_master(), resolver.task_type, resolver.task_id, resolver.environment]


@graph_only("there is nothing to run it")
def a_sum_over_replicas_keeps_the_shape(tf):
    summed = tf.contrib.tpu.cross_replica_sum(tf.ones([2, 3]), [[0, 1]])
    return [summed.shape, summed.dtype, summed.op.type, name_of(summed)]


def a_function_is_compiled(tf):
    return tf.contrib.compiler.xla.compile(lambda x, y: [x * y, x + y], [tf.constant(2.0), tf.constant([3.0, 4.0])])


# ---------------------------------------------------------------------------------- distributions


def a_normal_distribution(tf):
    normal = tf.contrib.distributions.Normal(loc=[0.0, 1.0], scale=[1.0, 2.0])
    other = tf.contrib.distributions.Normal(0.5, 1.0)
    x = tf.constant([0.3, -0.2])
    return [
        normal.log_prob(x),
        normal.prob(x),
        normal.cdf(x),
        normal.mean(),
        normal.stddev(),
        normal.variance(),
        normal.entropy(),
        normal.mode(),
        tf.contrib.distributions.kl_divergence(normal, other),
        normal.sample(3, seed=1).shape,
        normal.batch_shape,
        normal.event_shape,
    ]


def a_sample_of_a_normal_distribution_has_gradients(tf):
    loc = tf.constant([0.0, 1.0])
    with tf.GradientTape() as tape:
        tape.watch(loc)
        total = tf.reduce_sum(tf.contrib.distributions.Normal(loc, 1.0).sample([4], seed=3))
    return tape.gradient(total, loc)
