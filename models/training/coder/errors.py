class TrainingError(Exception):
    """Something outside the program: a file that is damaged or missing, a disk that is full. Its text is for whoever started the run."""
