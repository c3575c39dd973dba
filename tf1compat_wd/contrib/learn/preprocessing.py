"""``tf.contrib.learn.preprocessing``: texts as rows of numbers."""

from __future__ import annotations

import collections
import io
import pickle
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
import tensorflow as tf

from tf1compat_wd import _namespace
from tf1compat_wd._core import tensorflow_hooks as hooks

__all__ = ["ByteProcessor", "CategoricalVocabulary", "VocabularyProcessor", "tokenizer"]

#: Words; capitals together, and the parts of a word in CamelCase.
TOKENIZER_RE = re.compile(r"[A-Z]{2,}(?![a-z])|[A-Z][a-z]+(?=[A-Z])|[\'\w\-]+", re.UNICODE)


def tokenizer(iterator: Iterable[str]) -> Iterator[list[str]]:
    """Yield the words of each text.

    >>> list(tokenizer(["I like it, don't I?"]))
    [['I', 'like', 'it', "don't", 'I']]
    """
    for text in iterator:
        yield TOKENIZER_RE.findall(text)


class CategoricalVocabulary:
    """Numbers for words, in the order in which they come; 0 is the unknown word.

    Args:
        unknown_token: what 0 is called.
        support_reverse: whether `reverse` works.
    """

    def __init__(self, unknown_token: str = "<UNK>", support_reverse: bool = True) -> None:
        # Names that programs use: vocabulary_._mapping is the only way to the words.
        self._unknown_token = unknown_token
        self._mapping: dict[Any, int] = {unknown_token: 0}
        self._support_reverse = support_reverse
        if support_reverse:
            self._reverse_mapping: list[Any] = [unknown_token]
        self._freq: dict[Any, int] = collections.defaultdict(int)
        self._freeze = False

    def __len__(self) -> int:
        return len(self._mapping)

    def freeze(self, freeze: bool = True) -> None:
        """Take no new words; with False take them again."""
        self._freeze = freeze

    def get(self, category: Any) -> int:
        """The number of a word; a new one, or 0 if the vocabulary is frozen, for one that isn't there."""
        if category not in self._mapping:
            if self._freeze:
                return 0
            self._mapping[category] = len(self._mapping)
            if self._support_reverse:
                self._reverse_mapping.append(category)
        return self._mapping[category]

    def add(self, category: Any, count: int = 1) -> None:
        """Count a word, if it isn't unknown (see `get`)."""
        if self.get(category) > 0:
            self._freq[category] += count

    def trim(self, min_frequency: int, max_frequency: int = -1) -> None:
        """Keep words that were counted more than `min_frequency` times and, if that is positive, less than
        `max_frequency` times. They are numbered anew: the most frequent first, equal ones by the alphabet."""
        # NaN, which isn't equal to itself, last: it has no place in an alphabet.
        by_frequency = sorted(self._freq.items(), key=lambda item: (-item[1], item[0] != item[0], item[0]))
        kept = [
            word
            for word, count in by_frequency
            if count > min_frequency and (max_frequency <= 0 or count < max_frequency)
        ]
        self._mapping = {word: number for number, word in enumerate([self._unknown_token, *kept])}
        if self._support_reverse:
            self._reverse_mapping = [self._unknown_token, *kept]
        # TF1: as many as are kept, but the most frequent of all (fact: trimming_a_vocabulary_keeps_other_counts).
        self._freq = dict(by_frequency[: len(kept)])

    def reverse(self, class_id: int) -> Any:
        """The word of a number.

        Raises:
            ValueError: made with `support_reverse` False.
        """
        if not self._support_reverse:
            raise ValueError("This vocabulary wasn't initialized with support_reverse to support reverse() function.")
        return self._reverse_mapping[class_id]


class VocabularyProcessor:
    """Makes rows of word numbers of texts.

    Args:
        max_document_length: length of a row: longer texts are cut, shorter ones filled with 0.
        min_frequency: words that `fit` counts no more than so many times become unknown; with 0 all stay.
        vocabulary: a `CategoricalVocabulary` to begin with.
        tokenizer_fn: function of an iterable of texts that yields the words of each; default `tokenizer`.

    >>> processor = VocabularyProcessor(4)
    >>> [row.tolist() for row in processor.fit_transform(["to be or not to be", "be"])]
    [[1, 2, 3, 4], [2, 0, 0, 0]]
    """

    def __init__(
        self,
        max_document_length: int,
        min_frequency: int = 0,
        vocabulary: CategoricalVocabulary | None = None,
        tokenizer_fn: Callable[[Iterable[str]], Iterable[Iterable[str]]] | None = None,
    ) -> None:
        self.max_document_length = max_document_length
        self.min_frequency = min_frequency
        self.vocabulary_ = vocabulary or CategoricalVocabulary()
        self._tokenizer = tokenizer_fn or tokenizer

    def fit(self, raw_documents: Iterable[str], unused_y: Any = None) -> VocabularyProcessor:
        """Learn the words of the texts, and no others from now on; return this."""
        for words in self._tokenizer(raw_documents):
            for word in words:
                self.vocabulary_.add(word)
        if self.min_frequency > 0:
            self.vocabulary_.trim(self.min_frequency)
        self.vocabulary_.freeze()
        return self

    def fit_transform(self, raw_documents: Iterable[str], unused_y: Any = None) -> Iterator[Any]:
        """`fit` and `transform`."""
        self.fit(raw_documents)
        return self.transform(raw_documents)

    def transform(self, raw_documents: Iterable[str]) -> Iterator[Any]:
        """Yield an int64 row for each text."""
        for words in self._tokenizer(raw_documents):
            row = np.zeros(self.max_document_length, np.int64)
            # No further than the row goes: words behind it get no number.
            for place, word in zip(range(self.max_document_length), words, strict=False):
                row[place] = self.vocabulary_.get(word)
            yield row

    def reverse(self, documents: Iterable[Iterable[int]]) -> Iterator[str]:
        """Yield the words of each row, with blanks between them."""
        for row in documents:
            yield " ".join(self.vocabulary_.reverse(number) for number in row)

    def save(self, filename: str) -> None:
        """Write this to a file, as a pickle."""
        with tf.io.gfile.GFile(filename, "wb") as file:
            file.write(pickle.dumps(self))

    @classmethod
    def restore(cls, filename: str) -> Any:
        """Read what `save` wrote, here or in TF 1.15. A pickle runs code: don't read a stranger's."""
        with tf.io.gfile.GFile(filename, "rb") as file:
            return _Unpickler(io.BytesIO(file.read()), encoding="latin1").load()


def ByteProcessor(max_document_length: int) -> _ByteProcessor:
    """Make something that makes rows of bytes of texts: `transform`, `fit_transform` and `reverse`.

    Args:
        max_document_length: length of a row: longer texts are cut, shorter ones filled with 0.

    >>> [row.tolist() for row in ByteProcessor(3).transform(["ab"])]
    [[97, 98, 0]]
    """
    return _ByteProcessor(max_document_length)


class _ByteProcessor:
    """What `ByteProcessor` makes."""

    def __init__(self, max_document_length: int) -> None:
        self.max_document_length = max_document_length

    def fit(self, x: Any) -> None:
        """Do nothing: there is nothing to learn."""

    def fit_transform(self, x: Iterable[str | bytes]) -> Iterator[Any]:
        """`transform`."""
        return self.transform(x)

    def transform(self, x: Iterable[str | bytes]) -> Iterator[Any]:
        """Yield a uint8 row for each text, in UTF-8."""
        for text in x:
            content = (text.encode() if isinstance(text, str) else text)[: self.max_document_length]
            yield np.frombuffer(content.ljust(self.max_document_length, b"\0"), np.uint8).copy()

    def reverse(self, x: Iterable[Any]) -> Iterator[str]:
        """Yield the text of each row, as far as it is UTF-8."""
        for row in x:
            yield bytes(bytearray(row)).rstrip(b"\0").decode(errors="ignore")


class _Unpickler(pickle.Unpickler):
    """Finds our classes where a pickle names TF 1.15's."""

    def find_class(self, module: str, name: str) -> Any:
        if module.startswith("tensorflow.contrib.learn.python.learn.preprocessing"):
            return globals()[name]
        return super().find_class(module, name)


__getattr__, __dir__ = _namespace.names_of(__name__)

hooks.keep_from_autograph(__name__)
