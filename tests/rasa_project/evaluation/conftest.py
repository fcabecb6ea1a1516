"""Rasa and jieba warn while they are imported, and none of it is ours."""

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import jieba
    import rasa.engine.recipes.default_recipe
    import rasa.engine.storage.local_model_storage
    import rasa.nlu.classifiers.classifier

__all__ = ["jieba", "rasa"]
