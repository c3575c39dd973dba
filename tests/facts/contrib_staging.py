"""`tf.contrib.staging`: what is put in comes out, in that order."""

from facts.vocabulary import error_of, name_of


def elements_come_out_in_order(tf):
    area = tf.contrib.staging.StagingArea([tf.float32, tf.int32], shapes=[[2], []])
    values = [[tf.constant([1.0 + i, 2.0]), tf.constant(3 + i)] for i in range(2)]
    return [
        area.put(values[0]),
        area.put(values[1]),
        area.size(),
        tf.stack([tf.cast(tf.reduce_sum(each), tf.float32) for each in area.peek(1)]),
        tf.concat([tf.cast(tf.reshape(each, [-1]), tf.float32) for each in area.get()], 0),
        area.size(),
        area.clear(),
        area.size(),
    ]


def elements_of_one_and_dictionaries(tf):
    single = tf.contrib.staging.StagingArea([tf.float32])
    named = tf.contrib.staging.StagingArea([tf.float32, tf.int32], names=["b", "a"], capacity=3, memory_limit=100)
    puts = [single.put(tf.constant(5.0)), named.put({"a": tf.constant(1), "b": tf.constant(2.0)})]
    [one], several = single.get(), named.get()
    return [puts, one, sorted(several), several["a"] + tf.cast(several["b"], tf.int32)]


def what_an_area_says_of_itself(tf):
    area = tf.contrib.staging.StagingArea([tf.float32], [[None, 2]], ["x"], "shared", 3, 100)
    plain = tf.contrib.staging.StagingArea([tf.int64])
    return [
        [area.name, area.dtypes, area.shapes, area.names, area.capacity, area.memory_limit],
        [plain.name, plain.dtypes, plain.shapes, plain.names, plain.capacity, plain.memory_limit],
        [name_of(area.put({"x": tf.ones([1, 2])})), name_of(area.size()), name_of(plain.clear(name="mine"))],
        name_of(area.clear()),  # others of this name would find it full
    ]


def what_an_area_refuses(tf):
    area = tf.contrib.staging.StagingArea
    single, named = area([tf.float32]), area([tf.float32, tf.int32], names=["a", "b"])
    return [
        error_of(area, [tf.float32], [[], []]),
        error_of(area, [tf.float32], [[]], ["a", "b"]),
        error_of(single.put, [tf.constant("x")]),
        error_of(single.put, [tf.constant(1.0)] * 2),
        error_of(single.put, {"a": tf.constant(1.0)}),
        error_of(named.put, [tf.constant(1.0), tf.constant(2)]),
        error_of(named.put, {"a": tf.constant(1.0), "c": tf.constant(3)}),
    ]
