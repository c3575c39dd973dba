"""`tf.summary`: names, tags, the collection of summaries, and what they hold."""

from facts.vocabulary import graph_only, kind_of_error, name_of, names_of, steps


def merging_no_summaries_is_none(tf):
    return tf.summary.merge_all()


def summaries_are_counted_and_collected(tf):
    summaries = [tf.summary.scalar("a", tf.constant(1.0)) for _ in range(2)]
    return [
        names_of(summaries),
        names_of(tf.get_collection(tf.GraphKeys.SUMMARIES)),
        tf.summary.merge_all() is not None,
    ]


# What they hold. A summary is a serialized protocol buffer, and these are short enough to be texts.


def _tag(tf, summary):
    """The tag of a scalar's summary, cut out of its bytes: 0a <length> 0a <length> <tag> 15 <number>."""
    return tf.strings.substr(summary, 4, tf.strings.length(summary) - 9)


@steps(2)
def a_scalar_is_tagged_by_its_name(tf):
    return _tag(tf, tf.summary.scalar("loss", 0.5))


@steps(2)
def tags_stand_in_name_scopes_and_are_counted(tf):
    with tf.name_scope("m"):
        first = [tf.summary.scalar("loss", 0.5) for _ in range(2)]
    with tf.name_scope("m"):
        first.append(tf.summary.scalar("loss", 0.5))
    return [_tag(tf, summary) for summary in first]


@steps(2)
def tags_stand_in_variable_scopes(tf):
    found = []
    for reuse in (False, True):
        with tf.variable_scope("net", reuse=reuse):
            w = tf.get_variable("w", [], initializer=tf.ones_initializer())
            found.append(tf.summary.scalar("w", w))
    return [_tag(tf, summary) for summary in found]


def a_family_stands_before_the_tag(tf):
    with tf.name_scope("m"):
        return [_tag(tf, tf.summary.scalar("loss", 0.5, family="train")) for _ in range(2)]


def a_family_without_a_scope(tf):
    return [_tag(tf, tf.summary.scalar("loss", 0.5, family=family)) for family in ("a", "a b", "a")]


def letters_that_a_tag_cannot_have(tf):
    names = ["a b", "a:b", "w/b:0", "/a", "a@b#c", "a.b-c", "a\\b"]
    return [_tag(tf, tf.summary.scalar(name, 0.5)) for name in names]


def an_empty_name_raises(tf):
    tf.summary.scalar("", 0.5)


def no_name_raises(tf):
    tf.summary.scalar(None, 0.5)


def a_name_that_cannot_begin_raises(tf):
    tf.summary.scalar("_a", 0.5)


def a_histogram_needs_no_name(tf):
    return name_of(tf.summary.histogram(None, [0.5]))


def numbers_of_other_kinds(tf):
    values = [1, 2.5, tf.constant(3, tf.int64), tf.constant(0.5, tf.float64), tf.constant(0.5, tf.float16)]
    return [tf.strings.length(tf.summary.scalar("a", value)) for value in values]


def a_variable_may_be_summarized(tf):
    w = tf.get_variable("w", [2, 2], initializer=tf.ones_initializer())
    tf.summary.histogram("w", w)
    tf.summary.histogram(w.name, w)
    tf.summary.histogram(w.op.name, w)
    return [names_of(tf.get_collection(tf.GraphKeys.SUMMARIES)), len(tf.get_collection(tf.GraphKeys.SUMMARIES))]


def each_trainable_variable_and_its_gradient(tf):
    with tf.variable_scope("net"):
        tf.get_variable("w", [2, 2], initializer=tf.ones_initializer())
        tf.get_variable("b", [2], initializer=tf.ones_initializer())
    variables = tf.trainable_variables()
    loss = tf.add_n([tf.reduce_sum(v * v) for v in variables])
    for gradient, variable in zip(tf.gradients(loss, variables), variables):
        tf.summary.histogram(variable.op.name + "/gradient", gradient)
        tf.summary.scalar(variable.op.name + "/norm", tf.norm(gradient))
    merged = tf.summary.merge_all()
    return [names_of(tf.get_collection(tf.GraphKeys.SUMMARIES)), tf.strings.length(merged) > 200]


# Collections, merging


def a_collection_of_ones_own(tf):
    tf.summary.scalar("a", 0.5, collections=["mine"])
    tf.summary.scalar("b", 0.5, collections=["mine", tf.GraphKeys.SUMMARIES])
    tf.summary.scalar("c", 0.5, collections=[])
    return [
        names_of(tf.get_collection("mine")),
        names_of(tf.get_collection(tf.GraphKeys.SUMMARIES)),
        tf.strings.length(tf.summary.merge_all("mine")),
        tf.strings.length(tf.summary.merge_all()),
        tf.summary.merge_all("nothing"),
    ]


def merging_some(tf):
    summaries = [tf.summary.scalar(name, 0.5) for name in "abc"]
    merged = tf.summary.merge(summaries[:2], collections=["merged"], name="together")
    return [tf.strings.length(merged), tf.strings.length(summaries[0]), len(tf.get_collection("merged"))]


def merging_those_of_a_scope(tf):
    with tf.name_scope("train"):
        tf.summary.scalar("a", 0.5)
    with tf.name_scope("test"):
        tf.summary.scalar("a", 0.5)
        tf.summary.scalar("b", 0.5)
    lengths = [tf.strings.length(tf.summary.merge_all(scope=scope)) for scope in ("train", "test", None)]
    return [lengths, tf.summary.merge_all(scope="none")]


def a_collection_by_scope(tf):
    with tf.name_scope("train"):
        tf.summary.scalar("a", 0.5)
    tf.summary.scalar("b", 0.5)
    return [
        names_of(tf.get_collection(tf.GraphKeys.SUMMARIES, "train")),
        names_of(tf.get_collection(tf.GraphKeys.SUMMARIES, scope="b")),
    ]


def merging_nothing_raises(tf):
    tf.summary.merge([])


def merging_merged_ones(tf):
    first = tf.summary.merge([tf.summary.scalar("a", 0.5)])
    return tf.strings.length(tf.summary.merge([first, tf.summary.scalar("b", 0.5)]))


def all_kinds_are_collected_in_order(tf):
    with tf.name_scope("m"):
        tf.summary.scalar("s", 0.5)
        tf.summary.histogram("h", [1.0, 2.0])
        tf.summary.image("i", tf.zeros([1, 2, 2, 3]), max_outputs=1)
        tf.summary.audio("a", tf.zeros([1, 4]), 100.0, max_outputs=1)
        tf.summary.text("t", tf.constant("text"))
        tf.summary.tensor_summary("x", tf.constant([1, 2]))
    return names_of(tf.get_collection(tf.GraphKeys.SUMMARIES))


def text_must_be_text(tf):
    return kind_of_error(tf.summary.text, "t", tf.constant(1))


@steps(2)
def a_summary_beside_a_step(tf):
    w = tf.get_variable("w", [], initializer=tf.ones_initializer())
    loss = w * w
    tf.summary.scalar("loss", loss)
    train = tf.train.GradientDescentOptimizer(0.25).minimize(loss)
    return [_tag(tf, tf.get_collection(tf.GraphKeys.SUMMARIES)[0]), train, w]


def in_a_loss_module(tf):
    tf.losses.mean_squared_error([1.0], [2.0])
    for loss in tf.losses.get_losses():
        tf.summary.scalar("losses/all", loss)
    tf.summary.scalar("total", tf.losses.get_total_loss())
    return len(tf.get_collection(tf.GraphKeys.SUMMARIES))


def a_protocol_buffer_by_hand(tf):
    summary = tf.Summary(value=[tf.Summary.Value(tag="a", simple_value=0.5)])
    summary.value.add(tag="b", simple_value=1.5)
    return [[value.tag, value.simple_value] for value in tf.Summary.FromString(summary.SerializeToString()).value]


@graph_only("names of operations")
def types_of_the_operations(tf):
    summaries = [tf.summary.scalar("s", 0.5), tf.summary.histogram("h", [1.0]), tf.summary.merge_all()]
    return [[summary.op.name, summary.op.type, summary.dtype, summary.shape] for summary in summaries]
