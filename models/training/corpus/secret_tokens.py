"""Files with secrets go as a whole (detect-secrets, by the forms of known tokens; its guesses by entropy would take every hash table)."""

from __future__ import annotations

import re
from functools import cache

from detect_secrets.core.plugins.util import get_mapping_from_secret_type_to_class
from detect_secrets.core.scan import scan_line
from detect_secrets.settings import transient_settings

PLUGINS = """ArtifactoryDetector AWSKeyDetector AzureStorageKeyDetector BasicAuthDetector CloudantDetector DiscordBotTokenDetector GitHubTokenDetector GitLabTokenDetector
IbmCloudIamDetector JwtTokenDetector MailchimpDetector NpmDetector OpenAIDetector PrivateKeyDetector PypiTokenDetector SendGridDetector SlackDetector SquareOAuthDetector StripeDetector
TelegramBotTokenDetector TwilioKeyDetector""".split()
SETTINGS = {"plugins_used": [{"name": name} for name in PLUGINS]}


def holds_secret(text: str) -> bool:
    # Asking each plugin for each line is 30 times slower than their patterns over the whole text, which few texts match.
    if not any(pattern.search(text) for pattern in _patterns()):
        return False
    with transient_settings(SETTINGS):
        return any(True for line in text.split("\n") for _ in scan_line(line))


@cache
def _patterns() -> list[re.Pattern[str]]:
    """The plugins' own, so that they match in a text wherever they match in one of its lines."""
    classes = {plugin.__name__: plugin for plugin in get_mapping_from_secret_type_to_class().values()}
    return [re.compile(found.pattern, found.flags | re.MULTILINE) for name in PLUGINS for found in classes[name]().denylist]
