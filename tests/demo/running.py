"""Running the demo's commands as a person would."""

from io import StringIO

from django.core.management import call_command
from django.test import Client, override_settings
from django.utils import timezone

from compounds.accounts.models import User
from compounds.organisation.models import Post
from compounds.registry.context import compound_context
from demo.plans import PLANS

SLUGS = [plan.slug for plan in PLANS]


def run(command, *arguments):
    """What the command prints."""
    out = StringIO()
    with override_settings(DEMO=True):
        call_command(command, *arguments, stdout=out)
    return out.getvalue()


def client_of(compound_slug, kind):
    """Somebody of that compound who holds such a post, signed in."""
    with compound_context(f"c_{compound_slug}"):
        post = Post.objects.serving(timezone.localdate()).filter(kind=kind).select_related("person").first()
    client = Client()
    client.force_login(User.objects.get(pk=post.person.user_id))
    return client
