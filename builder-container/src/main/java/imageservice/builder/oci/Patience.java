package imageservice.builder.oci;

import java.time.Duration;

/// How long a registry may take, and how slow it may be.
///
/// @param document until a manifest or a whole list of tags is there, attempts and waits included
/// @param download the same for a blob
/// @param window of time spent waiting for a body, over which at least `floor` bytes must come
/// @param floor in bytes
public record Patience(Duration document, Duration download, Duration window, long floor) {}
