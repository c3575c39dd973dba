"""`tf.contrib.eager.metrics`: what TF 1.15 gave in a graph, where a call is run once and results are read after it."""

from facts.vocabulary import error_of, kind_of_error, names_of


def a_mean(tf):
    mean = tf.contrib.eager.metrics.Mean()
    given = mean(tf.constant([1.0, 2.0, 5.0]))
    with tf.control_dependencies([given]):
        return [given, mean.result(), mean.name, names_of(mean.variables), [v.dtype for v in mean.variables]]


def a_mean_with_weights(tf):
    mean = tf.contrib.eager.metrics.Mean("mine", dtype=tf.float32)
    given = mean(tf.constant([4.0, 2.0]), weights=tf.constant([1.0, 0.5]))
    with tf.control_dependencies(list(given)):
        return [given, mean.result(), mean.value(), names_of(mean.variables)]


def a_mean_of_integers_by_one_weight(tf):
    mean = tf.contrib.eager.metrics.Mean()
    given = mean(tf.constant([[4], [2]]), 0.5)
    with tf.control_dependencies([given[0]]):
        return [tf.stack([mean.numer.read_value(), mean.denom.read_value(), mean.result(write_summary=False)])]


def means_begin_anew(tf):
    mean = tf.contrib.eager.metrics.Mean()
    given = mean(tf.constant([1.0, 2.0, 6.0]))
    first = mean.init_variables()
    return [given, first, mean.numer, mean.denom]


def variables_of_a_metric(tf):
    metrics = tf.contrib.eager.metrics
    with tf.variable_scope("vs"), tf.name_scope("ns"):
        mean = metrics.Mean("a b.c:d")
        empty = list(mean.variables)
        mean(tf.constant(1.0))
    other = metrics.Mean("other", use_global_variables=True)
    other(tf.constant(1.0))
    keys = (tf.GraphKeys.LOCAL_VARIABLES, tf.GraphKeys.METRIC_VARIABLES, tf.GraphKeys.GLOBAL_VARIABLES)
    shown = [names_of(tf.get_collection(key)) for key in keys + (tf.GraphKeys.TRAINABLE_VARIABLES,)]
    return [empty, names_of(mean.variables), mean.name, shown]


def accuracies(tf):
    metrics = tf.contrib.eager.metrics
    labels, one_hot = tf.constant([1, 0, 1]), tf.constant([[0, 1], [1, 0], [0, 1]])
    likely = tf.constant([[0.1, 0.9], [0.2, 0.8], [0.3, 0.7]])
    plain, binary = metrics.Accuracy(), metrics.BinaryAccuracy(threshold=0.3)
    categorical, sparse = metrics.CategoricalAccuracy("c"), metrics.SparseAccuracy()
    given = [
        plain(labels, tf.constant([1, 1, 1])),
        binary(labels, tf.constant([0.4, 0.1, 0.2]), weights=tf.constant([1.0, 2.0, 4.0])),
        categorical(one_hot, likely),
        sparse(labels, likely),
    ]
    with tf.control_dependencies([each[0] for each in given]):
        return [[each.result() for each in (plain, binary, categorical, sparse)], given]


def what_an_accuracy_refuses(tf):
    metrics = tf.contrib.eager.metrics
    return [
        kind_of_error(metrics.Accuracy("a"), tf.constant([1, 2]), tf.constant([1, 2, 3])),
        kind_of_error(metrics.CategoricalAccuracy("b"), tf.constant([1, 2]), tf.constant([[1.0, 2.0]])),
        kind_of_error(metrics.BinaryAccuracy),
    ]


def a_metric_of_ones_own(tf):
    class Largest(tf.contrib.eager.metrics.Metric):
        def build(self, values):
            self.largest = self.add_variable("largest", (), tf.float32, tf.zeros_initializer)

        def call(self, values):
            return tf.assign(self.largest, tf.maximum(self.largest, tf.reduce_max(values)))

        def result(self):
            return self.largest * 2.0

    metric = Largest()
    given = metric(tf.constant([1.0, 7.0]))
    with tf.control_dependencies([given]):
        return [given, metric.result(), names_of(metric.variables), metric.name]


def what_is_missing_in_a_metric_of_ones_own(tf):
    class Nothing(tf.contrib.eager.metrics.Metric):
        pass

    class OnlyBuilt(tf.contrib.eager.metrics.Metric):
        def build(self):
            pass

    metric = OnlyBuilt()
    return [
        error_of(Nothing()),
        error_of(Nothing(), 1),
        error_of(Nothing().result),
        kind_of_error(metric),
        error_of(metric.result),
        kind_of_error(metric.add_variable, "n", (), tf.float32),
    ]
