"""Type aliases of both packages: spans of characters, and arrays of numbers."""

import numpy as np
from numpy.typing import NDArray

#: The first character, and the one after the last.
Span = tuple[int, int]
#: Numbers of 32 bits, such as vectors.
Floats = NDArray[np.float32]
#: Numbers of 64 bits.
Doubles = NDArray[np.float64]
