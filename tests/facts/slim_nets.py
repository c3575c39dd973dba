"""`tf.contrib.slim.nets`: names and shapes of variables, end points and collections, and what comes out.

The networks are too deep for outputs that agree to the last digit, so these facts hold the numbers themselves, and say
whether they come out within 1e-4.
"""

import hashlib
import importlib
import zlib

import numpy as np

from facts.vocabulary import error_of, graph_only, name_of, names_of, steps


def _nets(tf):
    return importlib.import_module(tf.__name__ + ".contrib.slim.nets")


def _digest(lines):
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


def _with_weights(tf):
    """A custom getter that leaves nothing to chance: all weights are sines, with a phase that follows from the name."""

    def get(getter, name, *args, **kwargs):
        phase, kind = zlib.crc32(name.encode()) % 997, name.split("/")[-1]

        def initializer(shape, dtype=None, partition_info=None):
            shape = [int(size) for size in shape]
            count = int(np.prod(shape))
            scale = (4.0 / np.prod(shape[:-1])) ** 0.5 if kind.endswith("weights") else 0.1
            offset = 1.0 if kind in ("gamma", "moving_variance") else 0.0
            wave = scale * np.sin(1.7 * np.arange(min(count, 4099)) + phase) + offset
            repeated = tf.tile(tf.constant(wave.astype(np.float32)), [-(-count // len(wave))])
            return tf.reshape(repeated[:count], shape)

        kwargs["initializer"] = initializer
        return getter(name, *args, **kwargs)

    return get


def _images(batch, size):
    return np.cos(0.37 * np.arange(batch * size * size * 3)).reshape([batch, size, size, 3]).astype(np.float32)


def _are_close(tf, pairs):
    """Whether the first numbers of each tensor are those expected; one answer each, computed in one go."""
    answers = []
    for tensor, expected in pairs:
        expected = np.float32(expected)
        first = tf.reshape(tensor, [-1])[: len(expected)]
        answers.append(tf.reduce_all(tf.abs(first - expected) < 1e-4 * (1.0 + np.abs(expected))))
    return tf.stack(answers)


def _variables(tf):
    lines = ["%s %s" % (v.name, v.shape.as_list()) for v in tf.global_variables()]
    return [len(lines), _digest(lines), lines[0], lines[-1]]


def _collections(tf):
    keys = tf.GraphKeys
    losses = names_of(tf.get_collection(keys.REGULARIZATION_LOSSES))
    return [
        len(tf.model_variables()),
        len(tf.trainable_variables()),
        len(tf.get_collection(keys.UPDATE_OPS)),
        len(tf.get_collection("moving_vars")),
        len(losses),
        losses[:1] + losses[-1:],
    ]


def _end_points(end_points):
    """Their names and shapes; the names of the tensors are the layers' business."""
    lines = ["%s %s" % (key, end_points[key].shape.as_list()) for key in end_points]
    return [len(lines), _digest(lines), lines[0], lines[-1]]


def _shown(tf, network, arg_scope, size, **options):
    """Everything but numbers."""
    with tf.contrib.slim.arg_scope(arg_scope()):
        net, end_points = network(tf.zeros([1, size, size, 3]), **options)
    return [name_of(net), net.shape, _end_points(end_points), _variables(tf), _collections(tf)]


# --------------------------------------------------------------- the three that most programs use


def vgg_16_is_tf1s(tf):
    vgg = _nets(tf).vgg
    with tf.variable_scope("", custom_getter=_with_weights(tf)), tf.contrib.slim.arg_scope(vgg.vgg_arg_scope()):
        logits, end_points = vgg.vgg_16(tf.constant(_images(1, 224)), num_classes=10, is_training=False)
    losses = tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)
    pairs = [
        (end_points["vgg_16/conv2/conv2_2"], [0.0, 0.02443, 0.09156, 0.0, 0.0, 0.06843]),
        (end_points["vgg_16/pool5"], [0.09872, 0.01367, 0.0, 0.01481, 0.09899, 0.0]),
        (logits, [0.04681, 0.0649, -0.06382, -0.04872, 0.07625, 0.02907]),
        (tf.stack([losses[0], losses[-1]]), [0.032, 0.005]),
    ]
    shown = [name_of(logits), _end_points(end_points), _variables(tf), _collections(tf)]
    return [shown, _are_close(tf, pairs)]


def resnet_v1_50_is_tf1s_in_training_and_with_its_variables_reused_afterwards(tf):
    resnet_v1 = _nets(tf).resnet_v1
    images = tf.constant(_images(2, 64))
    with tf.variable_scope("", custom_getter=_with_weights(tf)):
        # A decay of 1 leaves the moving averages where they are: when updates run differs from mode to mode.
        with tf.contrib.slim.arg_scope(resnet_v1.resnet_arg_scope(batch_norm_decay=1.0)):
            logits, end_points = resnet_v1.resnet_v1_50(images, 10)
            shown = [name_of(logits), _end_points(end_points), _variables(tf), _collections(tf)]
            again, _ = resnet_v1.resnet_v1_50(images, 10, is_training=False, reuse=True)
    losses = tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)
    pairs = [
        (end_points["resnet_v1_50/block1"], [0.0, 0.0, 3.17821, 1.3178, 0.0, 0.39799]),
        (again, [0.13869, -0.06356, -0.12231, 0.09508, 0.09781, -0.12028]),
        (tf.stack([losses[0], losses[-1], tf.add_n(losses)]), [0.0064, 0.001, 2.65702]),
    ]
    shown_again = [name_of(again), _variables(tf)[:2], _collections(tf)]
    return [shown, shown_again, _are_close(tf, pairs)]


def inception_v3_is_tf1s(tf):
    inception = _nets(tf).inception
    with tf.variable_scope("", custom_getter=_with_weights(tf)):
        with tf.contrib.slim.arg_scope(inception.inception_v3_arg_scope()):
            logits, end_points = inception.inception_v3(tf.constant(_images(1, 107)), 10, is_training=False)
    losses = tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)
    pairs = [
        (end_points["Mixed_5b"], [0.0, 0.0, 0.10094, 0.1466, 0.0, 0.0]),
        (end_points["AuxLogits"], [0.09597, -0.09909, -0.07044, 0.11724, 0.04023, -0.12761]),
        (logits, [0.04001, -0.1063, -0.01262, 0.10955, -0.01561, -0.10553]),
        (end_points["Predictions"], [0.1048, 0.09054, 0.09943, 0.11235, 0.09913, 0.09061]),
        (tf.stack([losses[0], losses[-1], tf.add_n(losses)]), [0.00128, 0.0004, 0.72528]),
    ]
    shown = [name_of(logits), _end_points(end_points), _variables(tf), _collections(tf)]
    return [shown, _are_close(tf, pairs)]


# ------------------------------------------------------------------------------ all, by their names

_named = graph_only("only names and shapes are shown, and it would take long to run so many networks")


@_named
def alexnet_and_overfeat_are_tf1s(tf):
    nets = _nets(tf)
    return [
        _shown(tf, nets.alexnet.alexnet_v2, nets.alexnet.alexnet_v2_arg_scope, 224),
        _shown(tf, nets.overfeat.overfeat, nets.overfeat.overfeat_arg_scope, 231),
        _shown(
            tf, nets.alexnet.alexnet_v2, nets.alexnet.alexnet_v2_arg_scope, 300, num_classes=7, is_training=False,
            spatial_squeeze=False, scope="large",
        ),
    ]  # fmt: skip


@_named
def vgg_is_tf1s_with_any_number_of_layers(tf):
    vgg = _nets(tf).vgg
    return [
        _shown(tf, vgg.vgg_a, vgg.vgg_arg_scope, 224),
        _shown(tf, vgg.vgg_16, vgg.vgg_arg_scope, 256, spatial_squeeze=False, num_classes=3),
        _shown(tf, vgg.vgg_19, vgg.vgg_arg_scope, 224, is_training=False),
        [vgg.vgg_d is vgg.vgg_16, vgg.vgg_e is vgg.vgg_19],
    ]


@_named
def inception_is_tf1s_in_all_versions(tf):
    inception = _nets(tf).inception
    return [
        _shown(tf, inception.inception_v1, inception.inception_v1_arg_scope, 224),
        _shown(tf, inception.inception_v2, inception.inception_v2_arg_scope, 224),
        _shown(tf, inception.inception_v3, inception.inception_v3_arg_scope, 299, dropout_keep_prob=1.0),
    ]


@_named
def inception_is_tf1s_without_normalization(tf):
    inception = _nets(tf).inception

    def arg_scope():
        return inception.inception_v1_arg_scope(use_batch_norm=False)

    options = {"is_training": False, "num_classes": 5, "spatial_squeeze": False}
    return [
        _shown(tf, inception.inception_v1, arg_scope, 256, **options),
        _shown(tf, inception.inception_v2, dict, 256, **options),
        _shown(tf, inception.inception_v3, dict, 333, **options),
    ]


@_named
def inception_is_tf1s_when_made_narrower(tf):
    inception = _nets(tf).inception
    options = {"depth_multiplier": 0.3, "min_depth": 10, "dropout_keep_prob": 1.0}
    return [
        _shown(tf, inception.inception_v2, inception.inception_v2_arg_scope, 192, **options),
        _shown(tf, inception.inception_v3, inception.inception_v3_arg_scope, 192, **options),
    ]


@_named
def the_deep_residual_networks_are_tf1s(tf):
    nets = _nets(tf)
    v1, v2, arg_scope = nets.resnet_v1, nets.resnet_v2, nets.resnet_utils.resnet_arg_scope
    return [
        _shown(tf, v1.resnet_v1_101, arg_scope, 65, is_training=False),
        _shown(tf, v2.resnet_v2_50, arg_scope, 65, num_classes=10, scope="named"),
        _shown(tf, v2.resnet_v2_200, arg_scope, 65, global_pool=False, output_stride=8),
    ]


@_named
def end_points_of_two_calls(tf):
    nets, slim = _nets(tf), tf.contrib.slim
    shown = []
    for network, arg_scope, size in [
        (nets.overfeat.overfeat, nets.overfeat.overfeat_arg_scope, 231),
        (nets.alexnet.alexnet_v2, nets.alexnet.alexnet_v2_arg_scope, 224),
        (nets.vgg.vgg_a, nets.vgg.vgg_arg_scope, 224),
    ]:
        with slim.arg_scope(arg_scope()):
            with tf.variable_scope("v"), tf.name_scope("n"):
                _, first = network(tf.zeros([1, size, size, 3]))
            with tf.variable_scope("v", reuse=True):
                _, second = network(tf.zeros([1, size, size, 3]))
        shown += [list(first), list(second)]
    return shown


# ----------------------------------------------------------------------------- residual networks


def _small_blocks(module, version):
    block = getattr(module, "resnet_%s_block" % version)
    return [block("block1", 1, 2, 2), block("block2", 2, 2, 2), block("block3", 2, 1, 1)]


def _small(tf, version, **options):
    """A residual network of five units on two images; with numbers, for it is shallow."""
    nets = _nets(tf)
    module = getattr(nets, "resnet_" + version)
    network = getattr(module, "resnet_" + version)
    with tf.variable_scope("", custom_getter=_with_weights(tf)):
        with tf.contrib.slim.arg_scope(nets.resnet_utils.resnet_arg_scope(weight_decay=0.01)):
            net, end_points = network(tf.constant(_images(2, 33)), _small_blocks(module, version), **options)
    return net, end_points


def a_small_residual_network(tf):
    net, end_points = _small(tf, "v1", num_classes=3, scope="r")
    losses = tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)
    close = _are_close(tf, [(net, [-2.42967, 0.91112, 2.19489, -0.27691, 0.26769, 0.20793])])
    return [name_of(net), close, _end_points(end_points), _variables(tf), _collections(tf), losses]


def a_small_residual_network_that_activates_first(tf):
    net, end_points = _small(tf, "v2", num_classes=3, scope="r", is_training=False)
    losses = tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)
    return [name_of(net), net, _end_points(end_points), _variables(tf), _collections(tf), losses]


def dense_features_of_a_residual_network(tf):
    shown = []
    for version, stride in [("v1", 4), ("v2", 8)]:
        with tf.variable_scope("stride%d" % stride):
            net, end_points = _small(tf, version, output_stride=stride, global_pool=False, is_training=False)
        shown += [name_of(net), net.shape, tf.reduce_mean(net), list(end_points)[-1]]
    return shown


def a_residual_network_without_its_root(tf):
    net, end_points = _small(tf, "v1", include_root_block=False, output_stride=2, global_pool=False, is_training=False)
    return [name_of(net), net.shape, tf.reduce_mean(net), _end_points(end_points), _variables(tf)]


@steps(2)
def training_a_residual_network_moves_its_averages(tf):
    _small(tf, "v2", num_classes=3, scope="r")
    averages = [v for v in tf.global_variables() if "block1/unit_1/bottleneck_v2/preact/moving" in v.name]
    with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
        return tf.concat([v.read_value() for v in averages], 0)


def an_output_stride_must_be_reached(tf):
    nets = _nets(tf)
    blocks = _small_blocks(nets.resnet_v1, "v1")
    images = tf.zeros([1, 33, 33, 4])
    return [
        error_of(nets.resnet_v1.resnet_v1, images, blocks, output_stride=stride, scope="a%d" % stride)
        for stride in [2, 6, 32]
    ] + [error_of(nets.resnet_utils.stack_blocks_dense, images, blocks, output_stride=stride) for stride in [8]]


def a_block_is_a_record(tf):
    block = _nets(tf).resnet_v2.resnet_v2_block("b", 4, 3, 2)
    return [block.scope, block.unit_fn is _nets(tf).resnet_v2.bottleneck, block.args, list(block._fields), len(block)]


def blocks_collect_what_comes_out(tf):
    nets, slim = _nets(tf), tf.contrib.slim
    blocks = _small_blocks(nets.resnet_v1, "v1")
    with tf.variable_scope("", custom_getter=_with_weights(tf)), slim.arg_scope([slim.conv2d], activation_fn=None):
        net = nets.resnet_utils.stack_blocks_dense(tf.ones([1, 8, 8, 4]), blocks, outputs_collections="blocks")
        unit = nets.resnet_v1.bottleneck(net, 8, 2, 2, outputs_collections="units")
    found = [slim.utils.convert_collection_to_dict(key) for key in ["blocks", "units"]]
    return [name_of(net), net, name_of(unit), unit] + [list(each) for each in found]


def padding_that_does_not_depend_on_the_size(tf):
    nets = _nets(tf)
    outputs = []
    with tf.variable_scope("", custom_getter=_with_weights(tf)):
        for size in [8, 9]:
            for kernel, stride, rate in [(3, 1, 1), (3, 2, 1), (4, 2, 1), (5, 3, 1), (3, 1, 2), (1, 2, 1)]:
                scope = "c%d_%d_%d_%d" % (size, kernel, stride, rate)
                images = tf.constant(_images(1, size))
                outputs.append(nets.resnet_utils.conv2d_same(images, 2, kernel, stride, rate, scope=scope))
    return [
        names_of(outputs),
        [x.shape for x in outputs],
        [tf.reduce_sum(x) for x in outputs],
        names_of(tf.global_variables()),
    ]


def subsampling(tf):
    subsample = _nets(tf).resnet_utils.subsample
    x = tf.reshape(tf.range(25.0), [1, 5, 5, 1])
    return [subsample(x, 1) is x, subsample(x, 2), subsample(x, 3, "named")]


# ------------------------------------------------------------------------------------- Inception


def inception_up_to_an_end_point(tf):
    inception = _nets(tf).inception
    shown = []
    with tf.variable_scope("", custom_getter=_with_weights(tf)):
        for base, last in [
            (inception.inception_v1_base, "Conv2d_2c_3x3"),
            (inception.inception_v2_base, "Conv2d_2b_1x1"),
            (inception.inception_v3_base, "MaxPool_3a_3x3"),
        ]:
            net, end_points = base(tf.constant(_images(1, 32)), final_endpoint=last)
            shown += [name_of(net), net.shape, tf.reduce_sum(net), list(end_points)]
    return shown + [names_of(tf.global_variables())]


def a_narrow_inception_on_small_images(tf):
    inception = _nets(tf).inception
    with tf.variable_scope("", custom_getter=_with_weights(tf)):
        with tf.contrib.slim.arg_scope(inception.inception_v2_arg_scope(batch_norm_var_collection="averages")):
            logits, end_points = inception.inception_v2(
                tf.constant(_images(2, 40)), 3, depth_multiplier=0.05, min_depth=4, is_training=False
            )
    pairs = [(logits, [0.03435, -0.13784, 0.00116, 0.03524, -0.13919, 0.00062])]
    averages = tf.get_collection("averages")
    return [
        [name_of(logits), _end_points(end_points), _variables(tf), _collections(tf)],
        [len(averages), averages[0].name, averages[-1].name],
        _are_close(tf, pairs),
    ]


def what_inception_refuses(tf):
    inception = _nets(tf).inception
    images = tf.zeros([1, 32, 32, 3])
    return [
        error_of(inception.inception_v1_base, images, final_endpoint="Mixed_9z"),
        error_of(inception.inception_v2_base, images, depth_multiplier=0),
        error_of(inception.inception_v3_base, images, depth_multiplier=-1),
        error_of(inception.inception_v3, images, depth_multiplier=0),
    ]


def predictions_by_a_function_of_ones_own(tf):
    inception = _nets(tf).inception

    def largest(logits, scope):
        return tf.argmax(logits, 1, name=scope)

    logits, end_points = inception.inception_v2(
        tf.zeros([2, 32, 32, 3]), 3, is_training=False, depth_multiplier=0.05, min_depth=4, prediction_fn=largest
    )
    return [name_of(end_points["Predictions"]), end_points["Predictions"].shape, end_points["Logits"] is logits]


# -------------------------------------------------------------------------------- argument scopes


def argument_scopes_of_networks_decide_about_weights(tf):
    nets, slim = _nets(tf), tf.contrib.slim
    shown = []
    for number, scope in enumerate(
        [
            nets.alexnet.alexnet_v2_arg_scope(0.1),
            nets.overfeat.overfeat_arg_scope(0.2),
            nets.vgg.vgg_arg_scope(0.3),
            nets.inception.inception_v1_arg_scope(0.4),
            nets.inception.inception_v1_arg_scope(0.5, use_batch_norm=False),
            nets.inception.inception_v2_arg_scope(0.6, batch_norm_var_collection="mine"),
            nets.inception.inception_v3_arg_scope(
                0.7, batch_norm_decay=0.5, batch_norm_epsilon=0.25, updates_collections=None, use_fused_batchnorm=False
            ),
            nets.resnet_utils.resnet_arg_scope(0.8, 0.5, 0.25, False),
        ]
    ):
        with slim.arg_scope(scope), tf.variable_scope("s%d" % number, custom_getter=_with_weights(tf)):
            x = slim.conv2d(tf.constant(_images(1, 9)), 2, [3, 3])
            x = slim.max_pool2d(x, [2, 2])
            shown += [x.shape, x, slim.fully_connected(slim.flatten(x), 2)]
    losses = tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)
    return shown + [
        names_of(tf.global_variables()),
        names_of(losses),
        losses,
        len(tf.get_collection(tf.GraphKeys.UPDATE_OPS)),
        names_of(tf.get_collection("mine") + tf.get_collection("moving_vars")),
    ]
