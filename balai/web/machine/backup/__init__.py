"""Backups: one encrypted file that holds the database, the keys and the files of a machine.

It is a plain ZIP of three members, so that it opens without Balai too (`age`, `zstd` and `tar` suffice):
``BACA-SAYA.txt``; ``kunci.age``, a fresh age identity sealed with a passphrase or to recipients; and
``isi.tar.zst.age``, everything else, sealed to that identity.
"""
