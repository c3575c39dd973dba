"""``tf.contrib.tensorboard.plugins.projector``: what the package tensorboard, which came with TensorFlow, has of it."""

from tensorboard.plugins.projector import EmbeddingInfo, ProjectorConfig, SpriteMetadata, visualize_embeddings

__all__ = ["EmbeddingInfo", "ProjectorConfig", "SpriteMetadata", "visualize_embeddings"]
