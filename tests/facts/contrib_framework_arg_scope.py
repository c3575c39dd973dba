"""`arg_scope`: who gives a function its arguments."""

from facts.vocabulary import entering, error_of, kind_of_error


def _scaled(tf):
    @tf.contrib.framework.add_arg_scope
    def scaled(x, by=1, plus=0, **more):
        return [x, by, plus, more]

    return scaled


def a_scope_gives_an_argument_that_the_call_leaves_out(tf):
    scaled = _scaled(tf)
    with tf.contrib.framework.arg_scope([scaled], by=5):
        inside = [scaled(1), scaled(1, by=7), scaled(1, plus=2)]
    return [inside, scaled(1)]


def inner_scopes_add_to_outer_ones_and_win(tf):
    scaled = _scaled(tf)
    with tf.contrib.framework.arg_scope([scaled], by=5, plus=1):
        with tf.contrib.framework.arg_scope([scaled], by=6):
            inner = scaled(1)
        return [inner, scaled(1)]


def a_scope_that_was_kept_replaces_the_current_one(tf):
    arg_scope = tf.contrib.framework.arg_scope
    scaled = _scaled(tf)
    with arg_scope([scaled], by=5) as kept:
        pass
    with arg_scope([scaled], plus=3):
        with arg_scope(kept):
            again = scaled(1)
        with arg_scope({}):
            nothing = scaled(1)
        with arg_scope([]):
            same = scaled(1)
        return [again, nothing, same, scaled(1)]


def the_scope_is_what_with_gives(tf):
    framework = tf.contrib.framework
    scaled = _scaled(tf)
    outside = framework.current_arg_scope()
    with framework.arg_scope([scaled], by=5) as scope:
        return [outside, list(scope.values()), framework.current_arg_scope() is scope]


def a_kept_scope_is_copied_when_it_is_entered(tf):
    arg_scope = tf.contrib.framework.arg_scope
    scaled = _scaled(tf)
    with arg_scope([scaled], by=5) as kept:
        pass
    with arg_scope(kept) as entered:
        return [entered is kept, entered == kept]


def an_argument_given_by_position_and_by_the_scope_is_given_twice(tf):
    scaled = _scaled(tf)
    with tf.contrib.framework.arg_scope([scaled], by=5):
        return error_of(scaled, 1, 6)


def a_scope_may_give_any_argument(tf):
    scaled = _scaled(tf)
    with tf.contrib.framework.arg_scope([scaled], anything=5):
        return scaled(1)


def a_decorated_method_takes_arguments_by_its_class(tf):
    class Holder(object):
        @tf.contrib.framework.add_arg_scope
        def method(self, a, b=2):
            return [a, b]

    with tf.contrib.framework.arg_scope([Holder.method], b=4):
        by_class = Holder().method(1)
    holder = Holder()
    with tf.contrib.framework.arg_scope([holder.method], b=5):
        by_object = Holder().method(1)
    return [by_class, by_object]


def decorating_twice_keeps_the_key(tf):
    framework = tf.contrib.framework
    scaled = _scaled(tf)
    twice = framework.add_arg_scope(scaled)
    with framework.arg_scope([scaled], by=5):
        return [twice(1), framework.has_arg_scope(twice)]


def a_scope_decorates_a_function(tf):
    scaled = _scaled(tf)

    @tf.contrib.framework.arg_scope([scaled], by=8)
    def model():
        return scaled(1)

    return [model(), model(), scaled(1)]


def an_undecorated_function(tf):
    framework = tf.contrib.framework

    def plain(a, b=1):
        return a

    plain.__module__ = "user"
    return [
        framework.has_arg_scope(plain),
        error_of(entering, framework.arg_scope([plain], b=3)),
        kind_of_error(framework.arg_scoped_arguments, plain),
    ]


def what_isnt_a_list_of_functions_is_refused(tf):
    arg_scope = tf.contrib.framework.arg_scope
    scaled = _scaled(tf)
    return [
        error_of(entering, arg_scope(scaled, by=3)),
        error_of(entering, arg_scope(5)),
        error_of(entering, arg_scope("scaled", by=3)),
        error_of(entering, arg_scope(None)),
        error_of(entering, arg_scope({}, by=3)),
    ]


def a_tuple_of_functions_is_fine(tf):
    scaled = _scaled(tf)
    with tf.contrib.framework.arg_scope((scaled,), by=3):
        return scaled(1)


def an_exception_leaves_the_scope(tf):
    scaled = _scaled(tf)
    try:
        with tf.contrib.framework.arg_scope([scaled], by=5):
            raise KeyError("mine")
    except KeyError:
        pass
    return [scaled(1), tf.contrib.framework.current_arg_scope()]


def the_arguments_that_a_scope_can_give(tf):
    slim = tf.contrib.slim  # of many functions TF1 forgets some, depending on how they were written
    return list(slim.arg_scoped_arguments(slim.conv2d))


def these_functions_of_slim_take_arguments_from_a_scope(tf):
    slim = tf.contrib.slim
    names = (
        "avg_pool2d avg_pool3d batch_norm bias_add conv1d conv2d conv2d_in_plane conv2d_transpose conv3d "
        "conv3d_transpose convolution dense_to_sparse dropout embed_sequence flatten fully_connected group_norm "
        "images_to_sequence instance_norm layer_norm legacy_fully_connected linear max_pool2d max_pool3d maxout "
        "model_variable one_hot_encoding optimize_loss pool relu repeat separable_conv2d sequence_to_images softmax "
        "spatial_softmax stack unit_norm variable get_variables local_variable l2_regularizer"
    )
    return {name: slim.has_arg_scope(getattr(slim, name)) for name in names.split()}


def aliases_share_their_arguments(tf):
    slim = tf.contrib.slim
    key = slim.arg_scope_func_key
    return [
        key(slim.conv2d) == key(slim.convolution2d),
        key(slim.conv2d) == key(tf.contrib.layers.conv2d),
        key(slim.conv2d) == key(slim.convolution),
        key(slim.xavier_initializer) == key(slim.xavier_initializer_conv2d),
    ]
