"""A mail that waits to be sent: its text from a template, and the message with one partner's documents in it.

Nothing here sends anything. The message is a file that a mail program opens as a draft.
"""
