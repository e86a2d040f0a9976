"""What `recodec.files` and the command line do with files: text files, safe replacing, trees."""
