"""`tf.summary`: names and the collection of summaries."""

from facts.vocabulary import names_of


def merging_no_summaries_is_none(tf):
    return tf.summary.merge_all()


def summaries_are_counted_and_collected(tf):
    summaries = [tf.summary.scalar("a", tf.constant(1.0)) for _ in range(2)]
    return [
        names_of(summaries),
        names_of(tf.get_collection(tf.GraphKeys.SUMMARIES)),
        tf.summary.merge_all() is not None,
    ]
