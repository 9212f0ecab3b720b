from django import forms
from django.contrib.auth.forms import BaseUserCreationForm

from assessments.models import User


class NewUserForm(BaseUserCreationForm):
    class Meta:
        model = User
        fields = ["email"]


class UserForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["is_active", "is_staff", "groups", "is_superuser"]
        widgets = {"groups": forms.CheckboxSelectMultiple}
