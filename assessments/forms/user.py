from typing import Any

from django import forms
from django.contrib.auth.forms import BaseUserCreationForm

from assessments.models import User

from .characters import plain_address


class NewUserForm(BaseUserCreationForm):
    class Meta:
        model = User
        fields = ["email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["email"]
        field.validators = [*field.validators, plain_address]


class UserForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["is_active", "is_staff", "groups", "is_superuser"]
        widgets = {"groups": forms.CheckboxSelectMultiple}
