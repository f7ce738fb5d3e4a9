"""The archive of a backup: a zip file of plain files, written, read and verified without a database."""
