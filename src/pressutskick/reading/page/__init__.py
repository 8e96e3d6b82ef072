"""The page as a person sees it: lines, labels, sections, letters, language."""
