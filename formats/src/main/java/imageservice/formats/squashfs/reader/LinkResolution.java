package imageservice.formats.squashfs.reader;

import imageservice.formats.squashfs.reader.SquashfsMember.Directory;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// Follows one path through links, with the file system's root as `/`.
final class LinkResolution {
  /// As many links as Linux follows.
  private static final int MAX_LINKS = 40;

  private final SquashfsReader reader;
  private final Deque<String> names = new ArrayDeque<>();
  private final Deque<Directory> directories = new ArrayDeque<>();
  private int links;

  LinkResolution(SquashfsReader reader) {
    this.reader = reader;
  }

  Optional<SquashfsMember> resolve(String path) throws IOException {
    directories.push(reader.root());
    prepend(path);
    while (!names.isEmpty()) {
      String name = names.pop();
      if (name.equals("..")) {
        up();
      } else {
        Optional<SquashfsMember> found = reader.child(directories.element(), name);
        if (found.isEmpty()) {
          return found;
        }
        if (!enter(found.get())) {
          return names.isEmpty() ? found : Optional.empty();
        }
      }
    }
    return Optional.of(directories.element());
  }

  /// Whether the walk goes on from this member: not from what is neither directory nor link.
  private boolean enter(SquashfsMember member) throws IOException {
    return switch (member) {
      case Directory directory -> {
        directories.push(directory);
        yield true;
      }
      case SquashfsMember.Symlink link -> {
        follow(link);
        yield true;
      }
      case SquashfsMember.File ignored -> false;
      case SquashfsMember.Special ignored -> false;
    };
  }

  private void follow(SquashfsMember.Symlink link) throws IOException {
    links++;
    ImageBytes.require(
        links <= MAX_LINKS,
        "symlink",
        link.attributes().inode(),
        "more than " + MAX_LINKS + " links to follow, last " + link.path());
    if (link.target().startsWith("/")) {
      while (directories.size() > 1) {
        directories.pop();
      }
    }
    prepend(link.target());
  }

  private void up() {
    if (directories.size() > 1) {
      directories.pop();
    }
  }

  private void prepend(String path) {
    for (String name : java.util.Arrays.asList(path.split("/", -1)).reversed()) {
      if (!name.isEmpty() && !name.equals(".")) {
        names.push(name);
      }
    }
  }
}
