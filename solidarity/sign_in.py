"""Settings of sign-in that are the same in every deployment; settings.py takes them all over."""

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"  # So that signing up tells nobody who has an account.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # Nobody makes us write to people who are not here.
ACCOUNT_EMAIL_NOTIFICATIONS = True  # A changed password or second factor is told by mail.
ACCOUNT_CHANGE_EMAIL = True  # One address; a new one counts once it is confirmed.
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # SAFETY V7: to change e-mail, password, second factor.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300  # Seconds for which that counts, as signing in does.
ACCOUNT_SESSION_REMEMBER = True  # SESSION_AGES decide, not the browser.
ACCOUNT_USERNAME_MIN_LENGTH = 3
# What PyPI allows (SAFETY section 2): guesses by name and by address, links by day.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/5m/key,10/5m/ip,50/h/ip",
    "second_factor": "5/5m/key,20/h/key,50/d/key",
    "reset_password": "20/m/ip,5/d/key",
    "confirm_email": "3/6h/key",
    "manage_email": "10/h/user",
    "signup": "20/h/ip",
}
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "signup": "accounts.forms.SignUpForm",
    "add_email": "accounts.forms.AddEmailForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "set_password": "accounts.forms.SetPasswordForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
}
MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # An editor may have no address here at all.
MFA_TOTP_TOLERANCE = 1  # A code of half a minute ago: clocks of telephones are not exact.
MFA_FORMS = {
    "authenticate": "accounts.forms.SecondFactorForm",
    "reauthenticate": "accounts.forms.SecondFactorAgainForm",
    "activate_totp": "accounts.forms.ActivateAppForm",
    "add_webauthn": "accounts.forms.AddPasskeyForm",
    "edit_webauthn": "accounts.forms.NamePasskeyForm",
}

# SAFETY V7, in seconds: how long a sign-in may be idle, and how long it may last.
SESSION_AGES = {
    "staff": (30 * 60, 12 * 60 * 60),
    "public": (12 * 60 * 60, 14 * 24 * 60 * 60),
}
SESSION_COOKIE_AGE = SESSION_AGES["public"][1]
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "solidarity.errors.form_refused"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True  # No script of ours reads it.
