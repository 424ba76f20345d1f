package imageservice.demo;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import imageservice.formats.cpio.CpioEntry;
import imageservice.formats.squashfs.SquashfsEntry;
import imageservice.formats.tar.PosixArchive;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Files by their paths, with every folder that they lie in; all belong to root.
record FileTree(SortedMap<String, Node> nodes) {
  /// Of everything in a release, in seconds since 1970.
  static final long TIME = 1_700_000_000;

  static final int PLAIN = 0644;
  static final int PROGRAM = 0755;
  private static final int LINK = 0777;

  sealed interface Node {
    record Folder() implements Node {}

    record File(int mode, Blob content) implements Node {}

    record Link(String target) implements Node {}
  }

  FileTree {
    nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
  }

  static Builder builder() {
    return new Builder();
  }

  /// A layer of a container image, before it is compressed.
  Extents tar() {
    PosixArchive archive = new PosixArchive();
    nodes.forEach((path, node) -> {
      switch (node) {
        case Node.Folder ignored -> archive.folder(path, PROGRAM);
        case Node.File file -> archive.file(path, file.mode(), file.content());
        case Node.Link link -> archive.symlink(path, LINK, link.target());
      }
    });
    return archive.build();
  }

  List<CpioEntry> cpio() {
    List<CpioEntry> entries = new ArrayList<>();
    nodes.forEach((path, node) ->
        entries.add(
            switch (node) {
              case Node.Folder ignored -> new CpioEntry.Directory(path, PROGRAM, TIME);
              case Node.File file -> new CpioEntry.File(path, file.mode(), TIME, file.content());
              case Node.Link link -> new CpioEntry.Symlink(path, TIME, link.target());
            }));
    return entries;
  }

  List<SquashfsEntry> squashfs() {
    SquashfsEntry.Attributes folder = new SquashfsEntry.Attributes(PROGRAM, TIME);
    List<SquashfsEntry> entries = new ArrayList<>();
    entries.add(new SquashfsEntry.Directory("", folder));
    nodes.forEach((path, node) ->
        entries.add(
            switch (node) {
              case Node.Folder ignored -> new SquashfsEntry.Directory(path, folder);
              case Node.File file ->
                  new SquashfsEntry.File(
                      path, new SquashfsEntry.Attributes(file.mode(), TIME), file.content());
              case Node.Link link ->
                  new SquashfsEntry.Symlink(
                      path, new SquashfsEntry.Attributes(LINK, TIME), link.target());
            }));
    return entries;
  }

  /// Collects files; a path that is given again is replaced.
  static final class Builder {
    private final SortedMap<String, Node> nodes = new TreeMap<>();

    private Builder() {}

    Builder folder(String path) {
      return put(path, new Node.Folder());
    }

    Builder link(String path, String target) {
      return put(path, new Node.Link(target));
    }

    Builder file(String path, Blob content) {
      return put(path, new Node.File(PLAIN, content));
    }

    Builder text(String path, String content) {
      return file(path, Blob.of(content));
    }

    Builder program(String path, Blob content) {
      return put(path, new Node.File(PROGRAM, content));
    }

    /// Plain files below a folder.
    Builder files(String folder, Map<String, ? extends Blob> files) {
      files.forEach((path, content) -> file(folder + "/" + path, content));
      return this;
    }

    FileTree build() {
      return new FileTree(nodes);
    }

    private Builder put(String path, Node node) {
      for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
        nodes.putIfAbsent(path.substring(0, slash), new Node.Folder());
      }
      nodes.put(path, node);
      return this;
    }
  }
}
