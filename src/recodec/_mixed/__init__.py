"""Text in more than one encoding, line by line, and text that was read in a wrong one."""
