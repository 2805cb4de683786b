"""Backup, restore and upgrade of an installation: database, attachments, audit heads, keys.

A backup is one file. It can be made while people work, is read back and checked before it gets its
name, and may be encrypted. A restore checks the whole file before it touches anything.
"""
