package imageservice.builder.layers;

import imageservice.builder.cache.BlobCache;
import imageservice.builder.oci.SourceException;
import imageservice.text.Shown;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/// Reads one layer once, from its first byte to its last, and puts the contents of the wanted files
/// into the cache on the way.
final class LayerReader {
  private static final String WHITEOUT = ".wh.";
  private static final String OPAQUE = ".wh..wh..opq";
  private static final String AUFS = ".wh..wh.";
  private static final String SELINUX = "SCHILY.xattr.security.selinux";
  private static final int HEADER_LIMIT = 1 << 20;
  private static final int MODE_BITS = 0xFFF;

  /// Characters of a name that a message shows.
  private static final int LONGEST_SHOWN = 200;

  private final String subject;
  private final ExpansionLimits limits;
  private final Predicate<String> wanted;
  private final BlobCache cache;
  private final LayerTree below;

  /// @param subject the image that failures name
  /// @param wanted which paths' contents are kept
  /// @param below the layers below: hard links of this layer may lead to files of theirs
  LayerReader(
      String subject,
      ExpansionLimits limits,
      Predicate<String> wanted,
      BlobCache cache,
      LayerTree below) {
    this.subject = subject;
    this.limits = limits;
    this.wanted = wanted;
    this.cache = cache;
    this.below = below;
  }

  /// Does not close `blob`, which is read to its end.
  LayerTree read(InputStream blob) throws IOException {
    LayerTree layer = new LayerTree();
    Tar tar = new Tar(blob);
    try (tar) {
      for (TarArchiveEntry entry = tar.next(); entry != null; entry = tar.next()) {
        String label = entry.getExtraPaxHeader(SELINUX);
        limits.entry(entry.getName(), entry.getLinkName(), label == null ? "" : label);
        add(layer, entry, tar);
      }
      tar.drain();
    }
    blob.transferTo(OutputStream.nullOutputStream());
    return layer;
  }

  private void add(LayerTree layer, TarArchiveEntry entry, Tar tar) throws IOException {
    String path = path(entry.getName());
    String name = LayerPath.name(path);
    if (name.equals(OPAQUE)) {
      layer.makeOpaque(LayerPath.parent(path));
    } else if (path.startsWith(AUFS) || path.contains("/" + AUFS)) {
      return; // bookkeeping of aufs, which other clients pass over as well
    } else if (name.startsWith(WHITEOUT)) {
      layer.whiteOut(hidden(path, name));
    } else if (!path.isEmpty()) {
      layer.put(path, node(layer, path, entry, tar));
    }
  }

  private String hidden(String path, String name) throws SourceException.Malformed {
    String hidden = LayerPath.child(LayerPath.parent(path), name.substring(WHITEOUT.length()));
    if (!LayerPath.isPlain(hidden)) {
      throw malformed("a whiteout of nothing: " + shown(path), null);
    }
    return hidden;
  }

  private LayerTree.Node node(LayerTree layer, String path, TarArchiveEntry entry, Tar tar)
      throws IOException {
    int mode = entry.getMode() & MODE_BITS;
    String selinux = entry.getExtraPaxHeader(SELINUX);
    if (entry.isDirectory()) {
      return new LayerTree.Node.Kept(new TreeEntry.Directory(mode, selinux));
    }
    if (entry.isSymbolicLink()) {
      return new LayerTree.Node.Kept(new TreeEntry.Symlink(mode, selinux, entry.getLinkName()));
    }
    if (entry.isLink()) {
      return link(layer, path(entry.getLinkName()));
    }
    return file(path, entry, mode, selinux, tar);
  }

  /// The node of the file that a hard link names, looked for in this layer and then in those below.
  /// A link to a link leads where that one leads.
  private LayerTree.Node link(LayerTree layer, String target) throws SourceException.Malformed {
    if (target.isEmpty()) {
      throw malformed("a hard link to the root", null);
    }
    LayerTree.Node there = layer.get(target) == null ? below.get(target) : layer.get(target);
    return there instanceof LayerTree.Node.Kept(TreeEntry.File ignored)
            || there instanceof LayerTree.Node.Linked
        ? there
        : new LayerTree.Node.Linked(target);
  }

  private LayerTree.Node file(
      String path, TarArchiveEntry entry, int mode, @Nullable String selinux, Tar tar)
      throws IOException {
    if (entry.isBlockDevice() || entry.isCharacterDevice() || entry.isFIFO()) {
      return new LayerTree.Node.Special(entry.isFIFO() ? "a pipe" : "a device");
    }
    if (!entry.isFile() || entry.isSparse()) {
      throw malformed("an entry of an unknown type: " + shown(path), null);
    }
    return wanted.test(path)
        ? new LayerTree.Node.Kept(new TreeEntry.File(mode, selinux, cache.put(tar.content())))
        : new LayerTree.Node.Skipped();
  }

  private String path(String name) throws SourceException.Malformed {
    return LayerPath.parse(name)
        .orElseThrow(() -> malformed("a path that leads out of the image: " + shown(name), null));
  }

  private static String shown(String name) {
    return Shown.of(name, LONGEST_SHOWN);
  }

  private SourceException.Malformed malformed(String problem, @Nullable Throwable cause) {
    return new SourceException.Malformed(subject, problem, cause);
  }

  /// Commons Compress's tar reader. Its failures become those of a malformed layer, also the
  /// unchecked exceptions that it throws on some headers; those of the source stay as they are.
  private final class Tar implements AutoCloseable {
    private final LayerContent expanded;
    private final TarArchiveInputStream tar;

    Tar(InputStream blob) throws IOException {
      try {
        this.expanded = LayerContent.open(subject, blob, limits);
      } catch (SourceException e) {
        throw e;
      } catch (IOException e) {
        throw malformed("a layer that cannot be expanded", e);
      }
      this.tar = new TarArchiveInputStream(expanded, StandardCharsets.UTF_8.name());
    }

    @Nullable TarArchiveEntry next() throws IOException {
      content().transferTo(OutputStream.nullOutputStream());
      expanded.limitHeader(HEADER_LIMIT);
      try {
        return tar.getNextEntry();
      } catch (SourceException e) {
        throw e;
      } catch (IOException | RuntimeException e) {
        throw malformed("a layer that is not a tar", e);
      } finally {
        expanded.unlimit();
      }
    }

    /// What follows the archive's end within the layer is padding.
    void drain() throws IOException {
      try {
        expanded.transferTo(OutputStream.nullOutputStream());
      } catch (SourceException e) {
        throw e;
      } catch (IOException e) {
        throw malformed("a layer that cannot be expanded", e);
      }
    }

    /// The rest of the current entry's content.
    InputStream content() {
      return new FilterInputStream(tar) {
        @Override
        public int read(byte[] buffer, int from, int count) throws IOException {
          try {
            return tar.getCurrentEntry() == null ? -1 : super.read(buffer, from, count);
          } catch (SourceException e) {
            throw e;
          } catch (IOException | RuntimeException e) {
            throw malformed("a layer that breaks off or cannot be expanded", e);
          }
        }
      };
    }

    @Override
    public void close() throws IOException {
      tar.close();
    }
  }
}
