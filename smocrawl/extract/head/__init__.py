"""What a page states about itself in its head, and every value it states for the fields of a link card."""
