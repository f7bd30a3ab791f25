"""The folder of this file on the path, so that its tests share the server and the runner."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
