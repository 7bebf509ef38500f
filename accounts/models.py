from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """Somebody who can sign in: an editor, a curator, an operator."""
