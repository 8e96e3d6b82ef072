"""What carries envelope and bytes: SMTP, sandbox, memory."""
