package imageservice.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.UserDefinedFileAttributeView;

/// An object that is not there yet: a file beside the one that it becomes. The store wrote it
/// empty, with the object's headers in attributes of the file, where they stay.
///
/// @param file named so that what a kill leaves is swept: see [ObjectFolder]
record StagedObject(Path file, Path object) {
  /// The attribute in which the store keeps an entity tag.
  private static final String TAG = "user.content-md5";

  /// Where the file system has no attributes, the store's objects have no tags either.
  void tag(String tag) throws IOException {
    UserDefinedFileAttributeView attributes =
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
    if (attributes != null && hasTag(attributes)) {
      attributes.write(TAG, ByteBuffer.wrap(tag.getBytes(StandardCharsets.US_ASCII)));
    }
  }

  /// Becomes the object, unless one is there; returns whether it did. A link is made by one writer
  /// alone.
  boolean publishFirst() throws IOException {
    try {
      Files.createLink(object, file);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (FileSystemException | UnsupportedOperationException e) {
      return publishWithoutLink();
    }
  }

  /// Becomes the object in place of any other.
  void publish() throws IOException {
    Files.move(file, object, StandardCopyOption.ATOMIC_MOVE);
  }

  void remove() throws IOException {
    Files.deleteIfExists(file);
  }

  /// For file systems that have no links.
  private boolean publishWithoutLink() throws IOException {
    if (Files.exists(object)) {
      return false;
    }
    publish();
    return true;
  }

  private static boolean hasTag(UserDefinedFileAttributeView attributes) {
    try {
      return attributes.list().contains(TAG);
    } catch (IOException e) {
      return false;
    }
  }
}
