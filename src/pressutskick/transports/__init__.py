"""What carries envelope and bytes: SMTP, sandbox, file, memory."""
