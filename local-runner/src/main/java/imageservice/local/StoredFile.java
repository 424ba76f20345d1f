package imageservice.local;

import imageservice.functions.http.Validators;
import java.util.Map;

/// An object as it lies in the store.
///
/// @param size in bytes
/// @param headers that it was stored with, by name in lower case
record StoredFile(
    ObjectBytes bytes, long size, Map<String, String> headers, Validators validators) {
  StoredFile {
    headers = Map.copyOf(headers);
  }
}
