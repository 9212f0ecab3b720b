from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class CompressPagesMiddleware(GZipMiddleware):
    """Pages go compressed; files that people download stay as they are, byte for byte.

    Django adds up to 100 random bytes to each, so that what somebody slips into a page does not
    tell by its length what else is in it (BREACH). Our secrets in forms are masked anew each time.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
            return response
        return super().process_response(request, response)
