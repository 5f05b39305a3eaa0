"""Generation: an answer in the words of a language model, each sentence checked before it is shown."""
