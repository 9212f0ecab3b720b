"""Where a message waits for the next page."""

from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage
from django.http import HttpRequest


class HostCookieStorage(CookieStorage):
    """Its cookie is bound to the host, as all of ours are: no neighbour can plant one."""

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.cookie_name = settings.MESSAGE_COOKIE_NAME


class NoticeStorage(FallbackStorage):
    storage_classes = (HostCookieStorage, SessionStorage)
