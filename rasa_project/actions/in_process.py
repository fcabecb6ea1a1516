"""Runs the actions in Rasa's own process instead of over HTTP."""

from typing import Any, Optional

from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor


class InProcessActions(EndpointConfig):
    """Stands where Rasa expects the address of an action server."""

    def __init__(self, package: str) -> None:
        """Find every action in a package."""
        super().__init__(url="in-process")
        self._executor = ActionExecutor()
        self._executor.register_package(package)

    async def request(
        self,
        method: str = "post",
        subpath: Optional[str] = None,
        content_type: Optional[str] = "application/json",
        compress: bool = False,
        return_type: str = "json",
        **kwargs: Any,
    ) -> Optional[Any]:
        """Run the action that Rasa asks for and return its events and responses."""
        return await self._executor.run(kwargs["json"])
