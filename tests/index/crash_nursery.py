"""Forks a writer for each line it is given: twenty can be killed without loading the model twenty times.

Reads lines `home<TAB>folder` and answers each with the writer's process id and then its exit code. Portions and batches
are made small, so that a short sync publishes often.
"""

import os
import sys

from index import Index, publishing, syncing
from index.embedding import Encoder


def main() -> None:
    """Serve until there are no more lines."""
    syncing.BATCH = 1_500
    publishing.PORTION = 4
    encoder = Encoder()
    encoder.load()
    print("ready", flush=True)
    for line in sys.stdin:
        home, folder = line.rstrip("\n").split("\t")
        child = os.fork()
        if child == 0:
            with Index(home, encoder=encoder) as index:
                index.sync([folder])
            os._exit(0)
        print(child, flush=True)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
