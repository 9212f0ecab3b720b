from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.urls import include, path
from django.views.generic import TemplateView

from assessments.admin import changes

# One way in: the admin's own sign-in page would ask for no second factor.
admin.autodiscover()
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

# Pages over all kinds of rows, which no single model's admin has a place for.
editing_pages = changes.pages()
admin_pages, admin_name, admin_namespace = admin.site.urls

account_home = login_required(TemplateView.as_view(template_name="account/home.html"))

urlpatterns = [
    path("", include("assessments.urls")),
    path("accounts/", account_home, name="account_home"),
    path("accounts/", include("allauth.urls")),
    path("admin/", ([*editing_pages, *admin_pages], admin_name, admin_namespace)),
]

handler400 = "careerpath.errors.bad_request"
handler500 = "careerpath.errors.server_error"
