"""Why a compound cannot be written to, or made from, a file. Nothing has been changed, and nothing is left behind."""

from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError


class FileRefused(DomainError):
    """The file is no export of ours, or is not what was written."""

    code = "file_refused"
    status = 422
    title = _("This file cannot be opened as a compound")
    message = _("It was not written by this program, or not as it is now.")


class NotAnExport(FileRefused):
    """No zip, cut off, or without our manifest."""

    code = "not_an_export"
    message = _("It is not an export of a compound, or it was cut off on its way.")
    hint = _("Export the compound anew, and compare the size of both files after copying.")


class FileDamaged(FileRefused):
    """A member is missing, too many, or not what the manifest says."""

    code = "file_damaged"
    message = _("Its part “%(member)s” is damaged or missing.")
    hint = _("Export the compound anew, and compare the size of both files after copying.")


class OtherFormat(FileRefused):
    """Written by a release that writes differently."""

    code = "other_format"
    message = _("It has format %(found)s; this release reads format %(wanted)s.")
    hint = _("Bring both installations to the same release and export the compound anew.")


class OtherMigrations(FileRefused):
    """The tables of the file and those of this installation are not of the same release."""

    code = "other_migrations"
    message = _("Its tables are of another release. Only in the file: %(only_there)s. Only here: %(only_here)s.")
    hint = _("Bring both installations to the same release and export the compound anew.")


class OtherTables(FileRefused):
    """Same migrations, other tables or columns: somebody changed a schema by hand."""

    code = "other_tables"
    message = _("Its table “%(table)s” has other columns than here, or is not in both.")
    hint = _("Somebody changed these tables by hand: compare that table in both installations.")


class CompoundBehind(DomainError):
    """The compound that is to be exported is not migrated to this release, or is ahead of it."""

    code = "compound_behind"
    title = _("This compound cannot be exported")
    message = _("Its tables are not those of this release.")
    hint = _("Bring the compound up to date, with manage.py migrate_schemas, and export it again.")


class CannotBeMoved(DomainError):
    """It is still being opened."""

    code = "cannot_be_moved"
    title = _("This compound cannot be exported")
    message = _("There is no compound at “%(slug)s”, or it is still being opened.")
    hint = _("See with manage.py compounds status which compounds there are.")


class FileInTheWay(DomainError):
    """A file is where one is to be written."""

    code = "file_in_the_way"
    title = _("There is a file already")
    message = _("“%(path)s” is there, and is left as it is.")
    hint = _("Move that file away, or give another name.")
