package imageservice.builder.bench;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.FileBlob;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What disk images cost in each container: beside copying and hashing their own bytes, and beside
/// the ordinary program on the same disk, which is there already. Programs run only where they are
/// judged, as they take minutes.
///
/// @param framed files that lie on each disk as they are: its kernel, GRUB for UEFI
/// @param subject of a file name, such as `metal-amd64.raw.xz`
record DiskBench(Effort effort, Report report, Path work, List<Path> framed, Maker subject) {
  /// Makes what is built.
  @FunctionalInterface
  interface Maker {
    Subject of(String asset) throws IOException;
  }

  /// A container.
  ///
  /// @param copies the most that it may cost beside copying its own bytes, CPU
  /// @param program what makes the file `made` out of the disk `raw`
  /// @param ratio how much more CPU the program takes at least
  /// @param firstRatio the same for the first image, where what it compresses is kept
  /// @param isStored whether files are framed as they are, as content that is compressed
  private record Row(
      String asset,
      double copies,
      String program,
      double ratio,
      double firstRatio,
      boolean isStored) {
    Row(String asset, double copies, String program, double ratio) {
      this(asset, copies, program, ratio, 0, true);
    }
  }

  private static final String RAW = "metal-amd64.raw";
  private static final double MEGABYTE = 1 << 20;

  private static final List<Row> ROWS =
      List.of(
          new Row(
              "metal-amd64.qcow2",
              1.3,
              "qemu-img convert -O qcow2 -o cluster_size=8k raw made",
              0,
              0,
              false),
          new Row(RAW + ".zst", 1.3, "zstd -q -f -T0 -18 raw -o made", 120),
          new Row(RAW + ".gz", 1.3, "pigz -6 -n -c raw >made", 30),
          new Row(
              RAW + ".tar.gz",
              1.3,
              "tar -c --sparse --owner=0 --group=0 --numeric-owner raw | pigz -6 -n >made",
              10),
          new Row(RAW + ".xz", 1.3, "xz -0 -T0 -c raw >made", 100),
          new Row(
              "metal-amd64.ova",
              1.6,
              "qemu-img convert -O vmdk -o subformat=streamOptimized raw made",
              30,
              7,
              false));

  void run() throws IOException, InterruptedException {
    Path folder = Files.createDirectories(work.resolve("disk-tools"));
    subject.of(RAW).hashInto(folder.resolve("raw"));
    for (Row row : ROWS) {
      row(row, folder);
    }
    firstByte();
    growth();
    for (String file : List.of("raw", "made", "built", "copied")) {
      Files.deleteIfExists(folder.resolve(file));
    }
  }

  private void row(Row row, Path folder) throws IOException, InterruptedException {
    Subject disk = subject.of(row.asset());
    Path built = folder.resolve("built");
    Path copied = folder.resolve("copied");
    Cost first = Cost.of(() -> disk.hashInto(built));
    Blob same = new FileBlob(built);
    List<Cost.Series> series =
        Cost.series(
            effort.warmUp(),
            effort.rounds(),
            List.of(() -> disk.hashInto(copied), () -> copy(same, copied)));
    report.heading("%s, %.1f MB".formatted(row.asset(), same.length() / MEGABYTE));
    report.cost("the first, nothing kept", first);
    report.cost("plan, assemble, hash, write to a file", series.get(0));
    report.cost("copy the same file, hash on the way", series.get(1));
    report.atMost(
        "into a file / copy, CPU",
        (double) series.get(0).median().cpu() / series.get(1).median().cpu(),
        row.copies(),
        "x");
    if (effort.judges()) {
      program(row, folder, first, series.getFirst(), same.length());
    }
  }

  private void program(Row row, Path folder, Cost first, Cost.Series ours, long size)
      throws IOException, InterruptedException {
    OrdinaryTools tools = new OrdinaryTools(1, folder, folder, folder, folder);
    Cost cost = tools.cost("rm -f made; " + row.program());
    report.cost(row.program().split(" ", 2)[0], cost);
    ratio("  its CPU / ours, the first", cost, first, row.firstRatio());
    ratio("  its CPU / ours", cost, ours.median(), row.ratio());
    long made = Files.size(folder.resolve("made"));
    if (row.isStored()) {
      report.value("  our size / its", (double) size / made, "x");
      long gained = gained(row, folder, tools);
      report.value("  it gains on kernel and GRUB", (double) gained / MEGABYTE, "MB");
      report.atMost(
          "  our size / its with them as they are", (double) size / (made + gained), 1.003, "x");
    } else {
      report.atMost("  our size / its", (double) size / made, 1.003, "x");
    }
  }

  private void ratio(String what, Cost its, Cost ours, double target) {
    double ratio = (double) its.cpu() / ours.cpu();
    if (target > 0) {
      report.atLeast(what, ratio, target, "x");
    } else {
      report.value(what, ratio, "x");
    }
  }

  /// Bytes by which the program shortens the framed files alone.
  private long gained(Row row, Path folder, OrdinaryTools tools)
      throws IOException, InterruptedException {
    Path raw = folder.resolve("raw");
    Path disk = Files.move(raw, folder.resolve("disk"));
    long gained = 0;
    for (Path file : framed) {
      Files.copy(file, raw);
      tools.cost("rm -f made; " + row.program());
      Files.delete(raw);
      gained += Files.size(file) - Files.size(folder.resolve("made"));
    }
    Files.move(disk, raw);
    return gained;
  }

  private void firstByte() throws IOException, InterruptedException {
    Cost.Series series =
        Cost.series(effort.warmUp(), effort.rounds(), List.of(subject.of(RAW + ".zst")::firstByte))
            .getFirst();
    report.heading("First byte of a disk");
    report.atMost("plan to first byte", series.median().wall() / 1e6, 20, "ms");
  }

  /// A disk of 8 GiB beside one of 1.2 GiB with the same in it, compressed.
  private void growth() throws IOException, InterruptedException {
    Subject small = subject.of(RAW + ".zst");
    Subject large = subject.of("aws-amd64.raw.zst");
    List<Cost.Series> series =
        Cost.series(effort.warmUp(), effort.rounds(), List.of(small::hash, large::hash));
    report.heading("Growth with the disk");
    report.atMost(
        "8192 MiB / 1246 MiB, CPU",
        (double) series.get(1).median().cpu() / series.get(0).median().cpu(),
        1.2,
        "x");
  }

  private static void copy(Blob from, Path to) throws IOException {
    try (OutputStream out = Files.newOutputStream(to)) {
      Subject.pour(from, out);
    }
  }
}
