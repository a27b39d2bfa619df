"""Making an account by oneself: for citizens who study open courses and want to keep what they have done."""
