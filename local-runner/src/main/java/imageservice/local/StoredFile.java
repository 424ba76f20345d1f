package imageservice.local;

import imageservice.functions.http.Validators;
import java.nio.file.Path;

/// An object as it lies in the object store's folder.
///
/// @param size in bytes
record StoredFile(Path path, long size, String mediaType, Validators validators) {}
