package imageservice.local;

import java.nio.file.Path;

/// Those of a file.
record FileBytes(Path file) implements ObjectBytes {}
