"""Rasa warns while it is imported, and none of it is ours."""

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import rasa.api
    import rasa.core.agent
    import rasa.core.run
    import rasa.core.tracker_store
    import rasa.engine.recipes.default_recipe
    import rasa_sdk.executor

__all__ = ["rasa", "rasa_sdk"]
