"""`Layer` and `InputSpec` as base classes: what subclasses can do, and how layers are named, shared and called."""

import copy

import numpy as np

from facts.layer_cases import counted, counting
from facts.vocabulary import collections_of, error_of, graph_only, kind_of_error, name_of, names_of, steps


def _scale_class(tf):
    class Scale(tf.layers.Layer):
        """Multiplies by a weight; what its `call` sees is kept in `seen`."""

        def __init__(self, **kwargs):
            super(Scale, self).__init__(**kwargs)
            self.seen = []

        def build(self, input_shape):
            self.seen.append([type(input_shape).__name__, input_shape.as_list(), self.built, self.dtype])
            self.factor = self.add_weight(
                "factor", input_shape[-1:], initializer=counting(tf), regularizer=tf.nn.l2_loss
            )
            self.built = True

        def call(self, inputs):
            scope = tf.get_variable_scope()
            self.seen.append([scope.name, scope.reuse, scope.original_name_scope, self.built])
            return tf.multiply(inputs, self.factor, name="scaled")

    return Scale


def _x(tf):
    return tf.constant(counted([2, 3], 1.0))


def _losses(tf):
    return tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)


# Building and calling


def a_layer_is_built_at_its_first_call(tf):
    layer = _scale_class(tf)()
    outputs = [layer(_x(tf)), layer(_x(tf))]
    return [layer.seen, names_of(outputs), outputs, collections_of(tf)]


def a_layer_without_weights_computes(tf):
    class Twice(tf.layers.Layer):
        def call(self, inputs):
            return inputs * 2.0

    layer = Twice(name="twice")
    y = layer(_x(tf))
    return [name_of(y), y, layer.built, layer.weights, layer.scope_name, layer.count_params()]


def the_base_class_passes_its_inputs_on(tf):
    layer = tf.layers.Layer(name="foo")
    y = layer(tf.ones([2], tf.float64))
    return [y, layer.name, layer.dtype, layer.scope_name, layer.built, layer.get_config()]


def apply_is_a_call(tf):
    return [name_of(_scale_class(tf)().apply(_x(tf)))]


def build_can_be_called_beforehand(tf):
    layer = _scale_class(tf)()
    layer.build(tf.TensorShape([None, 3]))
    names = names_of(layer.weights)
    return [layer(_x(tf)), names, names_of(layer.weights), layer.scope_name, names_of(_losses(tf))]


def arguments_of_a_call_are_passed_on(tf):
    class Add(tf.layers.Layer):
        def call(self, inputs, other, times=1.0):
            return (inputs + other) * times

    return [Add()(_x(tf), 1.0), Add()(_x(tf), 1.0, times=2.0), Add()(_x(tf), other=tf.ones([3]))]


def inputs_may_be_a_list(tf):
    class Add(tf.layers.Layer):
        def build(self, input_shape):
            self.shapes = [shape.as_list() for shape in input_shape]
            self.w = self.add_weight("w", [], initializer=tf.ones_initializer())
            super(Add, self).build(input_shape)

        def call(self, inputs):
            return inputs[0] * self.w + inputs[1]

    layer = Add()
    return [layer([_x(tf), tf.ones([3])]), layer.shapes, layer.dtype]


def inputs_may_be_a_dictionary(tf):
    class Add(tf.layers.Layer):
        def call(self, inputs):
            return {"sum": inputs["a"] + inputs["b"]}

    return Add()({"a": _x(tf), "b": tf.ones([3])})


def arrays_and_numbers_become_tensors(tf):
    class Kind(tf.layers.Layer):
        def call(self, inputs):
            return tf.add(inputs, 1)

    return [Kind()(np.array([1.0, 2.0], np.float32)), Kind()(3.0), Kind()(3)]


def a_call_that_returns_nothing_raises(tf):
    class Nothing(tf.layers.Layer):
        def call(self, inputs):
            pass

    Nothing()(_x(tf))


@graph_only("under tf.function its own switch decides")
def python_branches_on_tensors_are_converted(tf):
    class Branch(tf.layers.Layer):
        def call(self, inputs):
            if tf.reduce_sum(inputs) > 0:
                return inputs * 3.0
            else:
                return inputs

    return [Branch()(tf.ones([2])), Branch()(-tf.ones([2]))]


def training_is_inherited_by_inner_layers(tf):
    class Inner(tf.layers.Layer):
        def call(self, inputs, training=None):
            return inputs * (2.0 if training else 1.0)

    class Outer(tf.layers.Layer):
        def __init__(self, **kwargs):
            super(Outer, self).__init__(**kwargs)
            self.inner = Inner()

        def call(self, inputs, training=None):
            return [self.inner(inputs), self.inner(inputs, training=False)]

    return [Outer()(tf.ones([]), training=True), Outer()(tf.ones([])), Outer()(tf.ones([]), True)]


def training_is_left_out_where_call_does_not_take_it(tf):
    class Plain(tf.layers.Layer):
        def call(self, inputs):
            return inputs + 1.0

    return Plain()(tf.ones([]), training=True)


def call_may_ask_for_its_scope(tf):
    class Asks(tf.layers.Layer):
        def call(self, inputs, scope=None):
            return [scope.name, scope.reuse]

    layer = Asks(name="asks")
    return [layer(_x(tf)), layer(_x(tf))]


def gradients_flow_through_a_layer(tf):
    x = tf.get_variable("x", initializer=tf.constant(counted([2, 3], 1.0)))
    layer = _scale_class(tf)()
    return tf.gradients(tf.reduce_sum(tf.square(layer(x))), [x, layer.factor])


# Names and scopes


def class_names_become_snake_case(tf):
    found = []
    for name in ["MyLayer", "HTTPLayer", "Layer2D", "Conv2DTranspose", "lower", "_Private", "A"]:
        layer = type(name, (tf.layers.Layer,), {})()
        layer(_x(tf))
        found.append([layer.name, layer.scope_name])
    return found


def objects_are_counted_when_made_and_scopes_when_called(tf):
    Scale = _scale_class(tf)
    first, named, second = Scale(), Scale(name="b"), Scale()
    for layer in [second, named, first]:
        layer(_x(tf))
    return [[layer.name, layer.scope_name, names_of(layer.weights)] for layer in [first, named, second]]


def a_name_given_twice_is_counted_for_objects(tf):
    Scale = _scale_class(tf)
    layers = [Scale(name="b"), Scale(name="b")]
    outputs = [layer(_x(tf)) for layer in layers]
    return [names_of(outputs), [[layer.name, layer.scope_name] for layer in layers]]


def a_scope_object_can_give_the_name(tf):
    with tf.variable_scope("v") as scope:
        pass
    layer = tf.layers.Dense(3, name=scope)
    y = layer(_x(tf))
    return [layer.name, layer.scope_name, name_of(y), names_of(tf.global_variables())]


def a_function_can_open_a_scope_object(tf):
    with tf.variable_scope("v") as scope:
        pass
    with tf.variable_scope("w"):
        y = tf.layers.dense(_x(tf), 3, name=scope)
    return [name_of(y), names_of(tf.global_variables())]


def a_scope_can_be_passed_at_the_first_call(tf):
    layer = tf.layers.Dense(3)
    outputs = [layer(_x(tf), scope="zz"), layer(_x(tf), scope="yy")]
    return [layer.name, layer.scope_name, names_of(outputs), names_of(tf.global_variables())]


def scope_name_is_not_known_before_the_first_call(tf):
    return tf.layers.Dense(3, name="d").scope_name


def a_scope_of_the_constructor_is_opened_there(tf):
    with tf.variable_scope("made"):
        layer = tf.layers.Dense(3, name="n", _scope="s")
    with tf.variable_scope("called"):
        y = layer(_x(tf))
    return [layer.name, layer.scope_name, name_of(y), names_of(layer.weights)]


def a_shared_object_of_the_constructor_finds_its_variables(tf):
    first = tf.layers.Dense(3, name="n", _scope="s")
    second = tf.layers.Dense(3, name="n", _scope="s", _reuse=True)
    outputs = [first(_x(tf)), second(_x(tf))]
    return [outputs[0] - outputs[1], names_of(outputs), names_of(second.weights), names_of(tf.global_variables())]


def name_scopes_do_not_count_for_variables(tf):
    with tf.name_scope("n"):
        y = tf.layers.dense(_x(tf), 3, kernel_regularizer=tf.nn.l2_loss)
        layer = tf.layers.Dense(3, kernel_regularizer=tf.nn.l2_loss, name="q")
        outputs = [y, layer(_x(tf)), layer(_x(tf))]
    outputs.append(layer(_x(tf)))
    return [names_of(outputs), names_of(tf.global_variables()), names_of(_losses(tf)), names_of(layer.losses)]


def an_object_keeps_its_scope_wherever_it_is_called(tf):
    layer = tf.layers.Dense(3)
    with tf.variable_scope("a"):
        outputs = [layer(_x(tf))]
    with tf.variable_scope("b", reuse=True):
        outputs.append(layer(_x(tf)))
    outputs.append(tf.layers.dense(_x(tf), 3))
    with tf.variable_scope("a"):
        outputs.append(tf.layers.dense(_x(tf), 3, name="other"))
    return [names_of(outputs), names_of(tf.global_variables())]


def a_second_call_counts_nothing(tf):
    layer = tf.layers.Dense(3)
    outputs = [layer(_x(tf)), tf.layers.dense(_x(tf), 3), layer(_x(tf)), tf.layers.dense(_x(tf), 3)]
    return [names_of(outputs), names_of(tf.global_variables())]


def layers_in_layers_are_inside_their_scope(tf):
    class Block(tf.layers.Layer):
        def __init__(self, **kwargs):
            super(Block, self).__init__(**kwargs)
            self.dense = tf.layers.Dense(2)

        def call(self, inputs):
            return self.dense(inputs) + tf.layers.dense(inputs, 2)

    block = Block()
    first = block(_x(tf))
    return [
        [block.name, block.dense.name, name_of(first), names_of(block.variables)],
        names_of(tf.global_variables()),
        names_of(block.dense.variables),
    ]


def functional_layers_in_a_shared_layer_are_shared(tf):
    class Block(tf.layers.Layer):
        def call(self, inputs):
            return tf.layers.dense(tf.layers.dense(inputs, 3), 2)

    block = Block()
    outputs = [block(_x(tf)), block(_x(tf))]
    return [outputs[0] - outputs[1], names_of(outputs), names_of(tf.global_variables())]


def get_variable_in_call_is_shared(tf):
    class Raw(tf.layers.Layer):
        def call(self, inputs):
            return inputs * tf.get_variable("w", [3], initializer=counting(tf))

    layer = Raw()
    outputs = [layer(_x(tf)), layer(_x(tf))]
    return [outputs[0] - outputs[1], names_of(tf.global_variables()), layer.weights]


def reusing_before_making_raises(tf):
    return error_of(tf.layers.Dense(3, _reuse=True), _x(tf))


def a_template_owns_the_objects_it_calls(tf):
    layer = tf.layers.Dense(2, name="d")
    template = tf.make_template("t", lambda x: layer(x))
    outputs = [template(_x(tf)), template(_x(tf))]
    return [names_of(tf.global_variables()), outputs[0] - outputs[1]]


def a_layer_in_a_branch_makes_its_variables(tf):
    y = tf.cond(
        tf.less(tf.reduce_sum(_x(tf)), 100.0),
        lambda: tf.layers.dense(_x(tf), 1, kernel_initializer=counting(tf)),
        lambda: tf.zeros([2, 1]),
    )
    return [y, names_of(tf.global_variables())]


def a_layer_in_a_loop_makes_its_variables_once(tf):
    y = tf.while_loop(
        lambda i, x: i < 3,
        lambda i, x: (i + 1, tf.layers.dense(x, 3, kernel_initializer=counting(tf))),
        [tf.constant(0), _x(tf)],
    )
    return [y[1], names_of(tf.global_variables())]


# Weights


def weights_have_many_arguments(tf):
    class Many(tf.layers.Layer):
        def build(self, _):
            self.a = self.add_variable("a", [2], tf.float64, tf.ones_initializer(), None, False)
            self.b = self.add_weight("b", shape=[2], initializer="ones", constraint=tf.nn.relu)
            self.c = self.add_weight("c", [4, 2], partitioner=tf.fixed_size_partitioner(2))
            self.d = self.add_weight("d", [], tf.int32, synchronization=tf.VariableSynchronization.ON_READ)
            self.e = self.add_weight("e", None, trainable=True)
            self.built = True

    layer = Many()
    layer(_x(tf))
    return [
        [names_of(layer.trainable_weights), names_of(layer.non_trainable_weights), names_of(layer.weights)],
        [layer.a.dtype.base_dtype, layer.b.constraint is tf.nn.relu, type(layer.c).__name__, layer.d, layer.e.shape],
        collections_of(tf),
    ]


def weights_of_a_layer_that_is_not_trainable(tf):
    layer = tf.layers.Dense(3, trainable=False)
    layer(_x(tf))
    found = [names_of(layer.trainable_weights), names_of(layer.non_trainable_weights)]
    layer.trainable = True
    found += [names_of(layer.trainable_weights), names_of(layer.non_trainable_weights)]
    return [found, names_of(tf.trainable_variables())]


def freezing_a_layer_afterwards_leaves_the_collections(tf):
    layer = tf.layers.Dense(3)
    layer(_x(tf))
    layer.trainable = False
    return [
        names_of(layer.trainable_variables),
        names_of(layer.non_trainable_variables),
        names_of(layer.variables),
        names_of(tf.trainable_variables()),
    ]


def weights_take_the_layers_dtype(tf):
    layer = _scale_class(tf)(dtype=tf.float64)
    y = layer(tf.constant(counted([2, 3], 1.0), tf.float64))
    return [layer.dtype, y.dtype, layer.factor.dtype.base_dtype, tf.layers.Layer(dtype="float16").dtype]


def the_first_input_gives_the_dtype(tf):
    layer = _scale_class(tf)()
    before = layer.dtype
    layer(tf.ones([1, 2], tf.float16))
    return [before, layer.dtype, layer.factor.dtype.base_dtype]


def contradictions_about_training_raise(tf):
    class Odd(tf.layers.Layer):
        def build(self, _):
            self.add_weight("w", [], trainable=True, synchronization=tf.VariableSynchronization.ON_READ)

    Odd()(_x(tf))


def unknown_arguments_of_weights_raise(tf):
    return kind_of_error(tf.layers.Layer(name="a").add_weight, "w", [], nonsense=1)


def weights_made_in_the_constructor(tf):
    class Early(tf.layers.Layer):
        def __init__(self, **kwargs):
            super(Early, self).__init__(**kwargs)
            self.w = self.add_weight("w", [3], initializer=counting(tf), regularizer=tf.nn.l2_loss)

        def call(self, inputs):
            return inputs * self.w

    layer = Early()
    outputs = [layer(_x(tf)), layer(_x(tf))]
    return [layer.scope_name, names_of(layer.weights), names_of(outputs), outputs[0], names_of(_losses(tf))]


def weights_made_in_call_are_not_found(tf):
    class Late(tf.layers.Layer):
        def call(self, inputs):
            return inputs * self.add_weight("w", [3])

    return kind_of_error(Late(), _x(tf))


def a_custom_getter_sees_plain_arguments(tf):
    seen = []

    def getter(getter, name, *args, **kwargs):
        seen.append([name, list(args), [kwargs[key] for key in ["regularizer", "reuse", "trainable", "shape"]]])
        return getter(name, *args, **kwargs)

    with tf.variable_scope("s", custom_getter=getter):
        layer = tf.layers.Dense(2, kernel_regularizer=tf.nn.l2_loss)
        layer(_x(tf))
        layer(_x(tf))
    return [seen, names_of(_losses(tf))]


def a_custom_getter_can_change_a_weight(tf):
    def doubled(getter, name, *args, **kwargs):
        return getter(name, *args, **kwargs) * 2.0

    found = []
    for reuse in [None, True]:
        with tf.variable_scope("s", custom_getter=doubled, reuse=reuse):
            layer = tf.layers.Dense(2, kernel_initializer=counting(tf), kernel_regularizer=tf.nn.l2_loss)
            found.append(layer(_x(tf)))
            found.append([len(layer.trainable_weights), len(layer.non_trainable_weights)])
    return [found, names_of(tf.trainable_variables()), names_of(_losses(tf)), _losses(tf)]


def a_custom_getter_can_freeze_a_weight(tf):
    def frozen(getter, name, *args, **kwargs):
        kwargs["trainable"] = False
        return getter(name, *args, **kwargs)

    with tf.variable_scope("s", custom_getter=frozen):
        layer = tf.layers.Dense(2)
        layer(_x(tf))
    return [
        names_of(layer.trainable_weights),
        names_of(layer.non_trainable_weights),
        names_of(tf.trainable_variables()),
    ]


def scope_and_layer_both_regularize(tf):
    with tf.variable_scope("s", regularizer=tf.nn.l2_loss):
        tf.layers.dense(_x(tf), 2, kernel_initializer=counting(tf), kernel_regularizer=tf.reduce_sum)
    return [names_of(_losses(tf)), _losses(tf)]


def shards_are_regularized_each(tf):
    with tf.variable_scope("s", partitioner=tf.fixed_size_partitioner(2)):
        layer = tf.layers.Dense(2, kernel_regularizer=tf.nn.l2_loss, kernel_initializer=tf.ones_initializer())
        y = layer(_x(tf))
    return [
        names_of(_losses(tf)),
        _losses(tf),
        y,
        [names_of(layer.trainable_weights), names_of(layer.non_trainable_weights), type(layer.kernel).__name__],
    ]


def a_layer_that_finds_a_variable_does_not_regularize_it(tf):
    with tf.variable_scope("d"):
        tf.get_variable("kernel", [3, 2])
        tf.get_variable("bias", [2])
    layer = tf.layers.Dense(2, kernel_regularizer=tf.nn.l2_loss, _scope="d", _reuse=True)
    layer(_x(tf))
    return [names_of(_losses(tf)), layer.losses]


def a_regularizer_may_give_nothing_or_a_number(tf):
    tf.layers.dense(_x(tf), 2, kernel_regularizer=lambda w: None, bias_regularizer=lambda w: 3.0)
    return _losses(tf)


def no_regularizer_stops_that_of_the_scope(tf):
    with tf.variable_scope("s", regularizer=tf.nn.l2_loss):
        tf.layers.dense(_x(tf), 2, kernel_regularizer=tf.no_regularizer)
    return names_of(_losses(tf))


# Losses and updates


def _busy_class(tf):
    class Busy(tf.layers.Layer):
        """Adds losses and updates of every kind."""

        def build(self, _):
            self.w = self.add_weight("w", [], initializer=tf.ones_initializer(), regularizer=tf.nn.l2_loss)
            self.n = self.add_weight("n", [], initializer=tf.zeros_initializer(), trainable=False)
            self.built = True

        def call(self, inputs):
            self.add_loss(tf.reduce_sum(inputs, name="depends"), inputs=inputs)
            self.add_loss(tf.constant(1.0, name="alone"))
            self.add_loss([tf.constant(2.0, name="two"), None, tf.constant(3.0, name="three")])
            self.add_update(tf.assign_add(self.n, 1.0), inputs=None)
            self.add_update([tf.assign_add(self.n, tf.reduce_sum(inputs))], inputs=inputs)
            return inputs * self.w

    return Busy


def losses_are_collected_at_each_call(tf):
    layer = _busy_class(tf)()
    x, z = _x(tf), tf.ones([1])
    layer(x)
    layer(z)
    return [
        [names_of(_losses(tf)), _losses(tf)],
        [names_of(layer.losses), layer.losses],
        [layer.get_losses_for(x), layer.get_losses_for(z), layer.get_losses_for([x, z]), layer.get_losses_for(None)],
    ]


def updates_are_collected_at_each_call(tf):
    layer = _busy_class(tf)()
    x, z = _x(tf), tf.ones([1])
    layer(x)
    layer(z)
    return [
        len(tf.get_collection(tf.GraphKeys.UPDATE_OPS)),
        [len(layer.updates), len(layer.get_updates_for(x)), len(layer.get_updates_for(None))],
    ]


@steps(3)
def updates_run_once_for_each_call(tf):
    layer = _busy_class(tf)()
    layer(_x(tf))
    with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
        return layer.n.read_value()


def updates_of_a_layer_that_is_not_trainable_are_not_collected(tf):
    layer = _busy_class(tf)(trainable=False)
    layer(_x(tf))
    return [tf.get_collection(tf.GraphKeys.UPDATE_OPS), layer.updates]


def a_loss_may_be_a_function(tf):
    layer = _scale_class(tf)()
    layer(_x(tf))
    layer.add_loss(lambda: tf.constant(5.0, name="five"))
    return [_losses(tf), layer.losses, len(layer.get_losses_for(None))]


def activity_losses_are_divided_by_the_batch_size(tf):
    class Two(tf.layers.Layer):
        def call(self, inputs):
            return [inputs, inputs[:1] * 2.0]

    layer = Two(activity_regularizer=tf.reduce_sum)
    x = tf.ones([4, 3])
    layer(x)
    return [
        names_of(_losses(tf)),
        _losses(tf),
        layer.get_losses_for(x),
        layer.get_losses_for(None),
        layer.activity_regularizer is tf.reduce_sum,
    ]


def an_activity_regularizer_can_be_set_later(tf):
    layer = tf.layers.Dense(2, kernel_initializer=tf.ones_initializer())
    layer.activity_regularizer = tf.reduce_sum
    layer(tf.ones([4, 3]))
    return _losses(tf)


# InputSpec


def a_specification_shows_what_it_checks(tf):
    spec = tf.layers.InputSpec
    return [
        repr(spec(min_ndim=2, axes={-1: 4})),
        repr(spec(dtype=tf.float32, shape=(None, 2))),
        spec(ndim=2).get_config(),
        spec(shape=(1, 2)).get_config(),
        [spec(shape=(1, None)).ndim, spec(axes={"1": 2}).axes, spec(max_ndim=3).max_ndim],
    ]


def _checked(tf, spec, x):
    layer = type("L", (tf.layers.Layer,), {})(name="l")
    layer.input_spec = spec
    return error_of(layer, x)


def inputs_are_checked_against_the_specification(tf):
    spec, x = tf.layers.InputSpec, tf.ones([2, 3])
    return [
        _checked(tf, spec(ndim=3), x),
        _checked(tf, spec(max_ndim=1), x),
        _checked(tf, spec(min_ndim=3), x),
        _checked(tf, spec(axes={-1: 2}), x),
        _checked(tf, spec(axes={0: 2, 1: None}), x),
        _checked(tf, spec(dtype="int32"), x),
        _checked(tf, spec(shape=(2, 2)), x),
        _checked(tf, spec(shape=(None, 3)), x),
        _checked(tf, [spec(ndim=2), spec(ndim=3)], [x, x]),
        _checked(tf, [spec(ndim=2), None], [x, x]),
        _checked(tf, None, x),
    ]


def the_number_of_inputs_is_checked(tf):
    spec, x = tf.layers.InputSpec, tf.ones([2, 3])
    return [kind_of_error(_call_with, tf, [spec(), spec()], x), kind_of_error(_call_with, tf, spec(ndim=2), [x, x])]


def _call_with(tf, spec, x):
    layer = tf.layers.Layer(name="l")
    layer.input_spec = spec
    layer(x)


@graph_only("unknown shapes")
def unknown_shapes_are_checked_against_the_specification(tf):
    spec, x, y = tf.layers.InputSpec, tf.placeholder(tf.float32), tf.placeholder(tf.float32, [None, 3])
    return [
        _checked(tf, spec(ndim=2), x),
        _checked(tf, spec(axes={-1: 2}), x),
        _checked(tf, spec(dtype="float32"), x),
        _checked(tf, spec(axes={0: 2}), y),
        _checked(tf, spec(shape=(2, 3)), y),
    ]


def specifications_have_their_errors(tf):
    spec = tf.layers.InputSpec
    return [
        error_of(spec, axes={"a": 1}),
        error_of(spec, axes={3: 1}, ndim=2),
        error_of(spec, axes={3: 1}, max_ndim=2),
        error_of(setattr, tf.layers.Layer(name="l"), "input_spec", 3),
    ]


# The rest


def unknown_arguments_raise(tf):
    return [error_of(tf.layers.Dense, 2, nonsense=1), error_of(tf.layers.Layer, nonsense=1)]


def configurations_must_know_all_arguments(tf):
    class Own(tf.layers.Layer):
        def __init__(self, size):
            super(Own, self).__init__()

    class Plain(tf.layers.Layer):
        pass

    return [error_of(Own(2).get_config), Plain(name="p", trainable=False).get_config()]


def parameters_are_counted_when_there_are_any(tf):
    layer = tf.layers.Dense(2, name="d")
    found = [error_of(layer.count_params)]
    layer(_x(tf))
    return found + [layer.count_params()]


def a_layer_that_is_in_no_model_has_no_input_and_output(tf):
    layer = tf.layers.Dense(2, name="d")
    layer(_x(tf))
    found = [error_of(getattr, layer, name) for name in ["input", "output", "input_mask", "output_mask"]]
    found += [error_of(getattr, layer, name) for name in ["input_shape", "output_shape"]]
    found += [error_of(layer.get_input_at, 0), error_of(layer.get_output_shape_at, 0)]
    return found + [layer.inbound_nodes, layer.outbound_nodes, layer.metrics, layer.dynamic, layer.stateful]


def layers_can_be_copied_before_they_are_called(tf):
    layer = tf.layers.Dense(2, kernel_initializer=tf.ones_initializer())
    again = copy.deepcopy(layer)
    outputs = [layer(_x(tf)), again(_x(tf))]
    return [layer.name, again.name, names_of(outputs), layer.kernel is again.kernel, names_of(tf.global_variables())]


def layers_cannot_be_copied_when_they_have_weights(tf):
    layer = tf.layers.Dense(2)
    layer(_x(tf))
    return kind_of_error(copy.deepcopy, layer)


def masks_need_support(tf):
    layer = tf.layers.Layer(name="l")
    dense = tf.layers.Dense(2, name="d")
    return [
        layer.compute_mask(_x(tf)),
        kind_of_error(layer.compute_mask, _x(tf), tf.ones([2])),
        dense.supports_masking,
        dense.compute_mask(_x(tf), "mask"),
    ]


def shapes_can_be_computed_without_a_call(tf):
    return [
        tf.layers.Dense(4).compute_output_shape(tf.TensorShape([None, 3])).as_list(),
        kind_of_error(tf.layers.Dense(4).compute_output_shape, tf.TensorShape([2, None])),
        tf.layers.Flatten().compute_output_shape(tf.TensorShape([None, 3, 4])).as_list(),
        tf.layers.Conv2D(4, 3, 2).compute_output_shape(tf.TensorShape([None, 9, None, 3])).as_list(),
        tf.layers.Conv2D(4, 3, padding="same", data_format="channels_first")
        .compute_output_shape(tf.TensorShape([None, 3, 9, 8]))
        .as_list(),
        tf.layers.Conv2DTranspose(4, 3, 2).compute_output_shape(tf.TensorShape([None, 9, 8, 3])).as_list(),
    ]


def subclasses_of_layers_can_override(tf):
    class Normalized(tf.layers.Dense):
        def call(self, inputs):
            return tf.nn.l2_normalize(super(Normalized, self).call(inputs), axis=-1)

    class Extra(tf.layers.Dense):
        def build(self, input_shape):
            self.gain = self.add_weight("gain", [self.units], initializer=tf.ones_initializer())
            super(Extra, self).build(input_shape)

        def call(self, inputs):
            return super(Extra, self).call(inputs) * self.gain

    layers = [Normalized(2, kernel_initializer=counting(tf)), Extra(2, kernel_initializer=counting(tf))]
    return [[layer(_x(tf)), layer.scope_name, names_of(layer.weights)] for layer in layers]


def weights_made_after_the_layer_is_built_are_not_found(tf):
    class Extra(tf.layers.Dense):
        def build(self, input_shape):
            super(Extra, self).build(input_shape)
            self.gain = self.add_weight("gain", [self.units], initializer=tf.ones_initializer())

    Extra(2)(_x(tf))


def layers_are_known_by_their_classes(tf):
    layer = tf.layers.Dense(2)
    return [
        isinstance(layer, tf.layers.Layer),
        isinstance(layer, tf.Module),
        issubclass(tf.layers.Conv2D, tf.layers.Layer),
        isinstance(tf.layers.SeparableConv2D(1, 1), tf.layers.Conv2D),
        isinstance(tf.layers.Conv2DTranspose(1, 1), tf.layers.Conv2D),
        isinstance(tf.layers.MaxPooling2D(1, 1), tf.layers.Layer),
    ]


def attributes_of_a_layer_can_be_anything(tf):
    class Holds(tf.layers.Layer):
        def __init__(self, **kwargs):
            super(Holds, self).__init__(**kwargs)
            self.parts, self.table = [1, [2]], {"a": [3]}

        def call(self, inputs):
            self.parts.append(len(self.parts))
            return inputs

    layer = Holds()
    layer(_x(tf))
    layer.later = (1, 2)
    del layer.table
    return [type(layer.parts) is list, layer.parts, layer.later, hasattr(layer, "table")]
