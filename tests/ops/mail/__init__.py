"""Drafts of mails."""
