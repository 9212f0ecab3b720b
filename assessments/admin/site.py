"""The editing area as a whole."""

import allauth.mfa.admin
import allauth.usersessions.admin
from django.contrib import admin
from django.utils.translation import gettext_lazy

admin.site.site_header = gettext_lazy("CareerPath – editing")
admin.site.site_title = gettext_lazy("CareerPath – editing")
admin.site.index_title = gettext_lazy("What would you like to edit?")
admin.site.empty_value_display = "–"
# Rows are deleted one at a time, each after its own page has said what goes with it.
admin.site.disable_action("delete_selected")
# Secrets of second factors and places people sign in from are nobody's to browse.
admin.site.unregister(allauth.mfa.admin.Authenticator)
admin.site.unregister(allauth.usersessions.admin.UserSession)
