"""Files with secrets go as a whole (detect-secrets, by the forms of known tokens; its guesses by entropy would take every hash table)."""

from __future__ import annotations

from detect_secrets.core.scan import scan_line
from detect_secrets.settings import transient_settings

PLUGINS = """ArtifactoryDetector AWSKeyDetector AzureStorageKeyDetector BasicAuthDetector CloudantDetector DiscordBotTokenDetector GitHubTokenDetector GitLabTokenDetector
IbmCloudIamDetector JwtTokenDetector MailchimpDetector NpmDetector OpenAIDetector PrivateKeyDetector PypiTokenDetector SendGridDetector SlackDetector SquareOAuthDetector StripeDetector
TelegramBotTokenDetector TwilioKeyDetector""".split()
SETTINGS = {"plugins_used": [{"name": name} for name in PLUGINS]}


def holds_secret(text: str) -> bool:
    with transient_settings(SETTINGS):
        return any(True for line in text.split("\n") for _ in scan_line(line))
