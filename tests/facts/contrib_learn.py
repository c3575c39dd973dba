"""What TF 1.15's contrib.learn does without its estimators: data sets, vocabularies, modes."""

import os
import tempfile


def _vocabulary(tf, words, **options):
    vocabulary = tf.contrib.learn.preprocessing.CategoricalVocabulary(**options)
    for word in words:
        vocabulary.add(word)
    return vocabulary


def _contents(vocabulary):
    numbers = vocabulary._mapping
    return [len(vocabulary), sorted(numbers, key=numbers.get), sorted(vocabulary._freq.items())]


def _written(text):
    path = os.path.join(tempfile.mkdtemp(), "table.csv")
    with open(path, "w") as file:
        file.write(text)
    return path


def irises_and_their_species(tf):
    iris = tf.contrib.learn.datasets.load_iris()
    again = tf.contrib.learn.datasets.load_dataset("iris")
    return [
        list(iris._fields), list(iris.data.shape), str(iris.data.dtype), str(iris.target.dtype), iris.data[[0, 70, 149]],
        iris.data.sum(axis=0), iris.target.tolist(), bool((iris.data == again.data).all()),
    ]  # fmt: skip


def an_unknown_data_set_raises(tf):
    tf.contrib.learn.datasets.load_dataset("nonsense")


def tables_are_split_into_features_and_target(tf):
    base = tf.contrib.learn.datasets.base
    with_header = base.load_csv_with_header(_written("2,3,a,b\n1.5,2,3,1\n4,5,6,0\n"), "int64", "float32")
    without = base.load_csv_without_header(_written("7,1.5,2\n8,3,4\n"), "int32", "float64", target_column=0)
    return [[table.data, table.target, str(table.data.dtype), str(table.target.dtype)] for table in (with_header, without)]


def a_file_that_is_there_is_not_fetched(tf):
    path = _written("1,2\n")
    found = tf.contrib.learn.datasets.base.maybe_download("table.csv", os.path.dirname(path), "http://localhost:1/x")
    return found == path


def made_up_digits(tf):
    digits = tf.contrib.learn.datasets.mnist.read_data_sets("nowhere", fake_data=True, one_hot=True)
    images, labels = digits.train.next_batch(2, fake_data=True)
    return [len(images), len(images[0]), labels, digits.test.num_examples, list(digits._fields)]


def modes_of_learn(tf):
    keys = tf.contrib.learn.ModeKeys
    return [keys.TRAIN, keys.EVAL, keys.INFER]


def words_are_numbered_as_they_come(tf):
    vocabulary = _vocabulary(tf, "b a b c".split())
    return [_contents(vocabulary), vocabulary.get("c"), vocabulary.get("new"), _contents(vocabulary), vocabulary.reverse(2)]


def a_frozen_vocabulary_takes_no_words(tf):
    vocabulary = _vocabulary(tf, ["a"], unknown_token="?")
    vocabulary.freeze()
    vocabulary.add("b")
    first = [vocabulary.get("c"), _contents(vocabulary)]
    vocabulary.freeze(False)
    return [first, vocabulary.get("c"), vocabulary.reverse(0)]


def trimming_a_vocabulary_keeps_frequent_words(tf):
    words = "z b b b a a c c d q e e e e".split()
    results = []
    for least in (0, 1, 2, 9):
        vocabulary = _vocabulary(tf, words)
        vocabulary.trim(least)
        results.append(_contents(vocabulary))
    return results


def trimming_a_vocabulary_keeps_other_counts(tf):
    vocabulary = _vocabulary(tf, "z b b b a a c c d q e e e e".split())
    vocabulary.trim(0, 3)
    return _contents(vocabulary)


def a_vocabulary_without_reverse_raises(tf):
    _vocabulary(tf, ["a"], support_reverse=False).reverse(1)


def tokens_are_words(tf):
    texts = ["I like it, don't I?", "a-b HTTPServer camelCase ABCd x_1", "", u"\u00c9t\u00e9 \u4e2d\u6587!"]
    return list(tf.contrib.learn.preprocessing.tokenizer(texts))


def texts_become_rows_of_numbers(tf):
    processor = tf.contrib.learn.preprocessing.VocabularyProcessor(4)
    rows = list(processor.fit_transform(["to be or not to be", "be it", ""]))
    more = list(processor.transform(["not seen before to"]))
    return [rows, more, str(rows[0].dtype), _contents(processor.vocabulary_), list(processor.reverse(rows))]


def rare_words_are_unknown(tf):
    processor = tf.contrib.learn.preprocessing.VocabularyProcessor(3, min_frequency=1)
    return [list(processor.fit_transform(["a b a c", "b a d"])), _contents(processor.vocabulary_), processor.min_frequency]


def a_given_vocabulary_grows_until_it_is_frozen(tf):
    vocabulary = _vocabulary(tf, ["x"])
    processor = tf.contrib.learn.preprocessing.VocabularyProcessor(2, vocabulary=vocabulary)
    first = list(processor.transform(["x a b", "c"]))
    processor.fit(["d"], [0])
    return [first, list(processor.transform(["d e", "a b"])), _contents(vocabulary)]


def own_tokenizers(tf):
    processor = tf.contrib.learn.preprocessing.VocabularyProcessor(
        2, tokenizer_fn=lambda texts: (text.split("/") for text in texts))
    return [list(processor.fit_transform(["a/b c", "b c/d"])), _contents(processor.vocabulary_)]


def a_saved_processor_is_restored(tf):
    preprocessing = tf.contrib.learn.preprocessing
    path = os.path.join(tempfile.mkdtemp(), "vocab")
    preprocessing.VocabularyProcessor(3, 1).fit(["a b a b c"]).save(path)
    restored = preprocessing.VocabularyProcessor.restore(path)
    return [list(restored.transform(["c b a", "a"])), restored.max_document_length, _contents(restored.vocabulary_)]


def bytes_of_texts(tf):
    processor = tf.contrib.learn.preprocessing.ByteProcessor(5)
    rows = list(processor.transform(["ab", u"h\u00e9llo", b"\xff\xfe"]))
    return [rows, str(rows[0].dtype), list(processor.reverse(rows[:1])), list(processor.fit_transform(["abcdefg"]))]
