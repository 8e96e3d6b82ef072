"""PDF pages: characters with their places -> lines, blocks, their order, and what the eye sees."""
