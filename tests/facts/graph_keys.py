"""`tf.GraphKeys`: the names of the well-known collections."""


def the_keys_are_these(tf):
    names = [name for name in dir(tf.GraphKeys) if name.isupper() and not name.startswith("_")]
    return {name: getattr(tf.GraphKeys, name) for name in names if isinstance(getattr(tf.GraphKeys, name), str)}


def the_old_name_variables_means_the_global_ones(tf):
    return tf.GraphKeys.VARIABLES


def a_key_is_plain_text(tf):
    tf.add_to_collection("losses", 1)
    return tf.get_collection(tf.GraphKeys.LOSSES)


def an_unknown_key_is_no_attribute(tf):
    return getattr(tf.GraphKeys, "NOT_A_KEY", "missing")
