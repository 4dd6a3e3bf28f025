"""The process as a picture: what is done, waits, is to come and was not taken; laid out here, drawn by a template."""
