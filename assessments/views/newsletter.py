"""Subscribing with two steps, unsubscribing with one. What a link shows, a GET never does."""

from time import monotonic

from allauth.core.internal import ratelimit
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from assessments.actions import mail_links
from assessments.actions import newsletter as actions
from assessments.forms.newsletter import SubscribeForm
from assessments.pacing import wait_since

# By address of the visitor; how often one mailbox is asked, the action limits by itself.
LIMITS = {"subscribe": "10/h/ip"}


@require_http_methods(["GET", "HEAD", "POST"])
def newsletter(request: HttpRequest) -> HttpResponse:
    began = monotonic()
    form = SubscribeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, app="newsletter", action="subscribe", config=LIMITS):
            return ratelimit.respond_429(request)
        actions.subscribe(email=form.cleaned_data["email"])
        wait_since(began)
        return redirect("newsletter_asked")
    return render(request, "assessments/newsletter.html", {"form": form})


@require_safe
def newsletter_asked(request: HttpRequest) -> HttpResponse:
    return render(request, "assessments/newsletter_asked.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def newsletter_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Mail scanners open links: only the button on the page counts."""
    try:
        key = mail_links.read_confirm(token)
    except mail_links.SignatureExpired:
        return link_is_dead(request)
    except mail_links.BadSignature:
        raise Http404 from None
    done = False
    if request.method == "POST":
        done = actions.confirm(key=key)
        if not done:
            return link_is_dead(request)
    return render(request, "assessments/newsletter_confirm.html", {"done": done})


def link_is_dead(request: HttpRequest) -> HttpResponse:
    return render(request, "assessments/newsletter_link_dead.html", status=410)


# Exempt, as RFC 8058 wants it: mail programs send this POST themselves, without a cookie or a page
# of ours before it. The signature in the address is what allows it, and all it does is to end.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def newsletter_unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    try:
        key = mail_links.read_unsubscribe(token)
    except mail_links.BadSignature:
        raise Http404 from None
    done = request.method == "POST"
    if done:
        actions.unsubscribe(key=key)
    return render(request, "assessments/newsletter_unsubscribe.html", {"done": done})
