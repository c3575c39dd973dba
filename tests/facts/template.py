"""`tf.make_template`: a function whose variables are made at its first call and shared by the later ones."""

from facts.vocabulary import collections_of, error_of, kind_of_error, name_of, names_of


def _scaled(tf, **kwargs):
    def scaled(x):
        return x * tf.get_variable("k", [], initializer=tf.ones_initializer(), **kwargs)

    return scaled


def two_calls_share_the_variables(tf):
    template = tf.make_template("t", _scaled(tf))
    template(tf.constant(1.0))
    template(tf.constant(1.0))
    return [names_of(tf.global_variables()), template.variable_scope.name, names_of(template.variables)]


def two_calls_give_two_results(tf):
    template = tf.make_template("t", _scaled(tf))
    return [template(tf.constant(1.0)), template(tf.constant(2.0))]


def each_call_has_operations_of_its_own(tf):
    template = tf.make_template("t", _scaled(tf))
    return [name_of(template(tf.constant(1.0))) for _ in range(3)]


def two_templates_of_one_name_have_variables_of_their_own(tf):
    templates = [tf.make_template("t", _scaled(tf)) for _ in range(2)]
    for template in templates:
        template(1.0)
    return [names_of(tf.global_variables()), [template.variable_scope.name for template in templates]]


def its_scope_is_named_at_the_first_call(tf):
    first, second = (tf.make_template("t", _scaled(tf)) for _ in range(2))
    second(1.0)
    first(1.0)
    return [first.variable_scope.name, second.variable_scope.name]


def create_scope_now_names_its_scope_when_it_is_made(tf):
    first, second = (tf.make_template("t", _scaled(tf), create_scope_now_=True) for _ in range(2))
    second(1.0)
    first(1.0)
    return [first.variable_scope.name, second.variable_scope.name, names_of(tf.global_variables())]


def its_scope_is_inside_the_one_of_the_first_call(tf):
    template = tf.make_template("t", _scaled(tf))
    with tf.variable_scope("a"):
        template(1.0)
    with tf.variable_scope("b"):
        template(1.0)
    return [template.variable_scope.name, names_of(tf.global_variables())]


def create_scope_now_puts_it_where_it_is_made(tf):
    with tf.variable_scope("a"):
        template = tf.make_template("t", _scaled(tf), create_scope_now_=True)
    with tf.variable_scope("b"):
        template(1.0)
    return names_of(tf.global_variables())


def unique_name_is_taken_as_it_is(tf):
    template = tf.make_template("t", _scaled(tf), unique_name_="mine")
    template(1.0)
    return [template.variable_scope.name, names_of(tf.global_variables()), template.name]


def the_same_unique_name_twice_is_refused_for_the_same_variables(tf):
    tf.make_template("t", _scaled(tf), unique_name_="mine")(1.0)
    tf.make_template("t", _scaled(tf), unique_name_="mine")(1.0)


def the_same_unique_name_twice_is_fine_under_reuse(tf):
    tf.make_template("t", _scaled(tf), unique_name_="mine")(1.0)
    with tf.variable_scope(tf.get_variable_scope(), reuse=True):
        tf.make_template("t", _scaled(tf), unique_name_="mine")(1.0)
    return names_of(tf.global_variables())


def a_template_first_called_under_reuse_finds_nothing(tf):
    template = tf.make_template("t", _scaled(tf))
    with tf.variable_scope(tf.get_variable_scope(), reuse=True):
        template(1.0)


def a_template_called_again_under_reuse_is_fine(tf):
    template = tf.make_template("t", _scaled(tf))
    template(1.0)
    with tf.variable_scope("a", reuse=True):
        return [template(3.0), names_of(tf.global_variables())]


def a_custom_getter_is_called_inside(tf):
    seen = []

    def watch(getter, name, *args, **kwargs):
        seen.append([name, kwargs["reuse"]])
        return getter(name, *args, **kwargs)

    template = tf.make_template("t", _scaled(tf), custom_getter_=watch)
    template(1.0)
    template(1.0)
    return seen


def a_custom_getter_outside_is_called_at_the_first_call_scope(tf):
    seen = []

    def watch(getter, name, *args, **kwargs):
        seen.append(name)
        return getter(name, *args, **kwargs)

    template = tf.make_template("t", _scaled(tf))
    with tf.variable_scope("a", custom_getter=watch):
        template(1.0)
    template(1.0)
    return seen


def keywords_are_bound_when_it_is_made(tf):
    template = tf.make_template("t", lambda x, factor: x * factor, factor=3.0)
    return template(tf.constant(2.0))


def keywords_at_the_call_are_passed_too(tf):
    template = tf.make_template("t", lambda x, factor, more: x * factor + more, factor=3.0)
    return template(tf.constant(2.0), more=1.0)


def a_keyword_given_twice_takes_the_calls(tf):
    template = tf.make_template("t", lambda x, factor: x * factor, factor=3.0)
    return template(tf.constant(2.0), factor=5.0)


def a_regularizer_counts_once(tf):
    template = tf.make_template("t", _scaled(tf, regularizer=tf.nn.l2_loss))
    template(1.0)
    template(1.0)
    return names_of(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES))


def the_scopes_regularizer_counts_at_the_first_call(tf):
    template = tf.make_template("t", _scaled(tf))
    with tf.variable_scope("a", regularizer=tf.nn.l2_loss):
        template(1.0)
    template(1.0)
    return names_of(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES))


def a_variable_asked_for_at_a_later_call_only_is_refused(tf):
    calls = []

    def grows(x):
        calls.append(1)
        return x * tf.get_variable("k%d" % len(calls), [])

    template = tf.make_template("t", grows)
    template(1.0)
    template(1.0)


def tf_variable_inside_is_refused_at_the_second_call(tf):
    template = tf.make_template("t", lambda x: x * tf.Variable(1.0))
    template(tf.constant(1.0))
    template(tf.constant(1.0))


def tf_variable_that_is_not_trained_is_not_noticed(tf):
    template = tf.make_template("t", lambda x: x * tf.Variable(1.0, trainable=False))
    template(tf.constant(1.0))
    template(tf.constant(1.0))
    return len(tf.global_variables())


def a_function_without_variables_is_fine(tf):
    template = tf.make_template("t", lambda x: x + 1.0)
    return [template(tf.constant(1.0)), template(tf.constant(2.0)), template.variables]


def a_local_variable_inside_is_shared(tf):
    template = tf.make_template("t", lambda x: x * tf.get_local_variable("k", [], initializer=tf.ones_initializer()))
    template(1.0)
    template(1.0)
    return [collections_of(tf), names_of(template.local_variables)]


def its_lists_of_variables(tf):
    def net(x):
        w = tf.get_variable("w", [])
        n = tf.get_variable("n", [], trainable=False)
        local = tf.get_local_variable("l", [])
        return x * w * n * local

    template = tf.make_template("t", net)
    template(1.0)
    return [
        names_of(template.variables),
        names_of(template.trainable_variables),
        names_of(template.non_trainable_variables),
        names_of(template.global_variables),
        names_of(template.local_variables),
    ]


def its_weights_are_its_variables_by_another_name(tf):
    template = tf.make_template("t", _scaled(tf))
    template(1.0)
    return [
        names_of(template.weights),
        names_of(template.trainable_weights),
        names_of(template.non_trainable_weights),
    ]


def before_the_first_call_it_has_no_variables(tf):
    template = tf.make_template("t", _scaled(tf))
    return template.variables


def before_the_first_call_it_has_no_scope(tf):
    template = tf.make_template("t", _scaled(tf))
    return template.variable_scope


def its_name_is_the_one_given_and_its_scopes_name_ends_in_a_slash(tf):
    with tf.variable_scope("a"):
        template = tf.make_template("t", _scaled(tf), create_scope_now_=True)
    return [template.name, template.variable_scope_name]


def before_the_first_call_its_name_is_the_one_given(tf):
    template = tf.make_template("t", _scaled(tf))
    return [template.name, template.variable_scope_name]


def var_scope_is_the_old_name_of_variable_scope(tf):
    template = tf.make_template("t", _scaled(tf))
    template(1.0)
    return template.var_scope.name


def a_function_that_is_not_callable_is_refused_when_it_is_called(tf):
    return kind_of_error(tf.make_template("t", 3), 1.0)


def a_unique_name_without_text_is_refused(tf):
    return kind_of_error(lambda: tf.make_template(None, _scaled(tf), create_scope_now_=True))


def after_an_error_in_the_first_call_the_variables_are_in_the_way(tf):
    broken = [True]

    def net(x):
        w = tf.get_variable("w", [])
        if broken[0]:
            raise KeyError("mine")
        return x * w

    template = tf.make_template("t", net)
    first = kind_of_error(template, 1.0)
    broken[0] = False
    return [first, error_of(template, 1.0), names_of(tf.global_variables())]


def an_error_inside_tells_where_the_template_was_made(tf):
    def net(x):
        raise ValueError("mine")

    return error_of(tf.make_template("t", net), 1.0)


def templates_may_be_nested(tf):
    inner = tf.make_template("inner", _scaled(tf))
    outer = tf.make_template("outer", lambda x: inner(x) * tf.get_variable("w", [], initializer=tf.ones_initializer()))
    outer(1.0)
    outer(1.0)
    return [names_of(tf.global_variables()), names_of(outer.variables), names_of(inner.variables)]


def a_template_made_inside_a_template_is_made_again_at_each_call(tf):
    def outer(x):
        inner = tf.make_template("inner", _scaled(tf))
        return inner(inner(x))

    template = tf.make_template("outer", outer)
    template(1.0)
    template(1.0)
    return names_of(tf.global_variables())


def two_templates_made_inside_a_template_are_counted(tf):
    def outer(x):
        first = tf.make_template("inner", _scaled(tf))
        second = tf.make_template("inner", _scaled(tf))
        return first(x) * second(x)

    template = tf.make_template("outer", outer)
    template(1.0)
    template(1.0)
    return names_of(tf.global_variables())


def a_scope_inside_it_is_shared_by_name(tf):
    def net(x):
        for i in range(2):
            with tf.variable_scope("layer_%d" % i):
                x = x * tf.get_variable("w", [], initializer=tf.ones_initializer())
        return x

    template = tf.make_template("t", net)
    template(1.0)
    template(1.0)
    return names_of(tf.global_variables())


def a_default_name_inside_it_is_shared_in_order(tf):
    def net(x):
        for _ in range(2):
            with tf.variable_scope(None, "layer"):
                x = x * tf.get_variable("w", [], initializer=tf.ones_initializer())
        return x

    template = tf.make_template("t", net)
    template(1.0)
    template(1.0)
    return names_of(tf.global_variables())


def partitioned_variables_inside_it_are_shared(tf):
    def net(x):
        return x * tf.reduce_sum(tf.get_variable("w", [4], partitioner=tf.fixed_size_partitioner(2)))

    template = tf.make_template("t", net)
    template(1.0)
    template(1.0)
    return names_of(tf.global_variables())


def it_passes_on_what_the_function_returns(tf):
    template = tf.make_template("t", lambda: {"a": (1, None)})
    return template()


def after_an_error_in_the_first_call_it_has_no_variables(tf):
    def broken():
        tf.get_variable("w", [1])
        raise KeyError("mine")

    template = tf.make_template("t", broken)
    error_of(template)
    return [template.variable_scope.name, names_of(template.variables), names_of(tf.global_variables())]
