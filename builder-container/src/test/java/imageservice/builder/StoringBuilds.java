package imageservice.builder;

import imageservice.builder.cache.BlobCache;
import imageservice.builder.oci.Descriptor;
import imageservice.builder.oci.ImageSource;
import imageservice.builder.oci.RawManifest;
import imageservice.builder.oci.Tags;
import imageservice.builder.shared.SharedSource;
import imageservice.builder.store.AssetSink;
import imageservice.builder.store.S3Material;
import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extent;
import imageservice.formats.blob.Extents;
import imageservice.ledger.StoredObject;
import imageservice.release.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A program that does at once what a builder does one after the other, with the buffers that the
/// builder has on AWS: two images of disks and an ISO. Of each the layer comes first, the first one
/// from its source, on the way to others too, and the other two from them; then the file that was
/// in it is stored within the image. Prints the three objects, and what memory that took.
///
/// Arguments: a folder to work in, and megabytes of a disk, of a file in it, and of the ISO.
public final class StoringBuilds {
  private static final long MIB = 1 << 20;
  private static final String REPOSITORY = "imager";

  private final BlobCache cache;
  private final SharedSource source;
  private final AssetSink sink;
  private final MemoryWatch watch;

  private StoringBuilds(BlobCache cache, S3Material material, MemoryWatch watch) {
    this.cache = cache;
    this.source = new SharedSource(new Layers(), material, StoringBuilds::fail);
    this.sink = material.sink();
    this.watch = watch;
  }

  public static void main(String[] arguments) throws Exception {
    S3Material material = new BuilderAwsWiring(System.getenv()).material("assets");
    long disk = Long.parseLong(arguments[1]) * MIB;
    long file = Long.parseLong(arguments[2]) * MIB;
    long iso = Long.parseLong(arguments[3]) * MIB;
    MemoryWatch watch = MemoryWatch.begin();
    try (BlobCache cache = new BlobCache(Path.of(arguments[0]), 1L << 40, () -> Instant.EPOCH)) {
      new StoringBuilds(cache, material, watch).run(disk, file, iso);
    }
    MemoryWatch.Peak peak = watch.peak();
    System.out.println(peak.heap() + " " + peak.direct());
  }

  private void run(long disk, long file, long iso) throws Exception {
    fetch(2, file);
    fetch(3, iso);
    List<Future<StoredObject>> stored = new ArrayList<>();
    try (ExecutorService builds = Executors.newVirtualThreadPerTaskExecutor()) {
      stored.add(builds.submit(() -> store(1, file, disk)));
      stored.add(builds.submit(() -> store(2, file, disk)));
      stored.add(builds.submit(() -> store(3, iso, iso + 2 * MIB)));
    }
    for (int i = 0; i < stored.size(); i++) {
      StoredObject object = stored.get(i).get();
      System.out.printf("%d %d %s%n", i + 1, object.size(), object.digest());
    }
  }

  /// @param layer number of the layer, which is the name of the object too
  private StoredObject store(int layer, long file, long size) throws IOException {
    fetch(layer, file);
    Blob content = cache.put(new Noise(-layer, file));
    AssetSink.Target target =
        new AssetSink.Target(Integer.toString(layer), "application/octet-stream", "a");
    return sink.put(target, image(content, size), bytes -> watch.look());
  }

  /// A table, the file at 1 MiB, nothing, and the table again.
  private static Blob image(Blob content, long size) {
    Blob table = Blob.of("table".repeat(1000));
    long end = MIB + content.length();
    return Blob.concatenation(
        table, zeros(MIB - table.length()), content, zeros(size - end - table.length()), table);
  }

  private static Blob zeros(long length) {
    return Extents.of(new Extent.Zero(length));
  }

  private void fetch(int layer, long size) throws IOException {
    try (InputStream in = source.blob(REPOSITORY, descriptor(layer, size))) {
      in.transferTo(OutputStream.nullOutputStream());
    }
  }

  private static Descriptor descriptor(int layer, long size) throws IOException {
    DigestOutputStream hash =
        new DigestOutputStream(OutputStream.nullOutputStream(), Digest.hash());
    new Noise(layer, size).transferTo(hash);
    return new Descriptor(
        Integer.toString(layer), Digest.ofHash(hash.getMessageDigest().digest()), size);
  }

  private static void fail(Digest digest, long size, Exception cause) {
    throw new IllegalStateException("not kept: " + digest, cause);
  }

  /// A source whose descriptors have numbers of layers for media types.
  private static final class Layers implements ImageSource {
    @Override
    public InputStream blob(String repository, Descriptor descriptor) {
      return new Noise(Long.parseLong(descriptor.mediaType()), descriptor.size());
    }

    @Override
    public Tags tags(String repository, Optional<String> validator) {
      throw new AssertionError("nobody asks for tags");
    }

    @Override
    public Optional<String> prefix() {
      return Optional.empty();
    }

    @Override
    public Digest resolve(String repository, String tag) {
      throw new AssertionError("nobody asks for tags");
    }

    @Override
    public RawManifest manifest(String repository, Digest digest) {
      throw new AssertionError("nobody asks for manifests");
    }
  }
}
