"""From files to what a coder is trained on: holes in files, laid out as the extension sends them, in batches with draft blocks behind."""
