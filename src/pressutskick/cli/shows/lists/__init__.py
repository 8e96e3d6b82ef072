"""Media lists on the screen: what is the matter with them, and what is changed in them."""
