package imageservice.builder.bench;

import imageservice.builder.AwsMaterial;
import imageservice.builder.assemble.Product;
import imageservice.builder.store.AssetSink;
import imageservice.builder.store.MeteredS3;
import imageservice.formats.blob.Blob;
import imageservice.formats.blob.FileBlob;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What an installer image costs that was never built: beside copying and hashing its layers, and
/// what a second configuration of the same release sends.
///
/// @param images an installer image of one architecture, whose arguments differ by the number
record InstallerBench(Effort effort, Report report, Path work, Maker images) {
  /// Makes what is built.
  @FunctionalInterface
  interface Maker {
    Subject of(String version, int number) throws IOException;
  }

  private static final String BUCKET = "assets";
  private static final String MINI = "v1.9.5";
  private static final String LARGE = "v1.9.7";
  private static final double MEGABYTE = 1 << 20;
  private static final double MOST_SECONDS = 0.2;
  private static final double MOST_COPIES = 1.3;

  /// Fast enough that nobody waits.
  private static final MeteredS3.Speed SPEED = new MeteredS3.Speed(1L << 40, 1L << 40);

  void run() throws IOException, InterruptedException {
    Path folder = Files.createDirectories(work.resolve("installer"));
    Cost mini = row("the mini release", MINI, folder);
    report.atMost("its CPU", mini.cpu() / 1e9, MOST_SECONDS, "s");
    row("a release as large as real ones", LARGE, folder);
    second(folder);
  }

  private Cost row(String release, String version, Path folder)
      throws IOException, InterruptedException {
    Subject image = images.of(version, 0);
    List<Path> built = files(image, folder, "built");
    List<Path> copied = names(folder, "copied", built.size());
    List<Blob> same = new ArrayList<>();
    for (Path file : built) {
      same.add(new FileBlob(file));
    }
    List<Cost.Series> series =
        Cost.series(
            effort.warmUp(),
            effort.rounds(),
            List.of(
                () -> write(contents(image), copied), () -> write(same, copied), image::assemble));
    double bytes = same.stream().mapToLong(Blob::length).sum() / MEGABYTE;
    report.heading("Installer image of %s, one architecture, %.1f MB".formatted(release, bytes));
    report.cost("plan, assemble, hash, write to files", series.get(0));
    report.cost("copy the same files, hash on the way", series.get(1));
    report.cost("plan and assemble alone, which tells the digests", series.get(2));
    Cost ours = series.get(0).median();
    report.atMost(
        "into files / copy, CPU",
        (double) ours.cpu() / series.get(1).median().cpu(),
        MOST_COPIES,
        "x");
    for (Path file : files(folder)) {
      Files.delete(file);
    }
    return ours;
  }

  /// Bytes that two configurations send, one after the other.
  private void second(Path folder) throws IOException {
    try (MeteredS3 s3 = new MeteredS3(folder, SPEED)) {
      AssetSink sink = AwsMaterial.of(s3.endpoint(), BUCKET).sink();
      store(images.of(LARGE, 0).product(), sink);
      MeteredS3.Sent first = s3.sent();
      s3.forget();
      Product product = images.of(LARGE, 1).product();
      long shared = 0;
      for (Product.Content content : product.contents()) {
        shared += s3.find(key(content)).isPresent() ? content.blob().length() : 0;
      }
      store(product, sink);
      report.value("the first configuration sends", first.bytes() / MEGABYTE, "MB");
      report.value("the next one shares with it", shared / MEGABYTE, "MB");
      report.atMost(
          "and sends beside what is its own",
          (double) (s3.sent().bytes() - own(product, shared)),
          0,
          "B");
      report.value("  of its own", own(product, shared) / MEGABYTE, "MB");
    }
  }

  private static long own(Product product, long shared) {
    return product.contents().stream().mapToLong(each -> each.blob().length()).sum() - shared;
  }

  private static void store(Product product, AssetSink sink) throws IOException {
    for (Product.Content content : product.contents()) {
      sink.put(
          new AssetSink.Target(key(content), content.mediaType(), "content"),
          content.blob(),
          bytes -> {});
    }
  }

  private static String key(Product.Content content) {
    return "content/" + content.digest().hex();
  }

  private static List<Blob> contents(Subject image) throws IOException {
    return image.product().contents().stream().map(Product.Content::blob).toList();
  }

  private static List<Path> files(Subject image, Path folder, String name) throws IOException {
    List<Blob> contents = contents(image);
    List<Path> files = names(folder, name, contents.size());
    write(contents, files);
    return files;
  }

  private static List<Path> names(Path folder, String name, int count) {
    List<Path> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(folder.resolve(name + i));
    }
    return names;
  }

  private static void write(List<Blob> contents, List<Path> files) throws IOException {
    for (int i = 0; i < contents.size(); i++) {
      try (OutputStream out = Files.newOutputStream(files.get(i))) {
        Subject.pour(contents.get(i), out);
      }
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var all = Files.list(folder)) {
      return all.toList();
    }
  }
}
