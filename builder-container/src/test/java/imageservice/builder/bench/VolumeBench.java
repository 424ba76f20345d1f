package imageservice.builder.bench;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extent;
import imageservice.formats.blob.Extents;
import imageservice.formats.blob.FileBlob;
import imageservice.formats.medium.SectorSize;
import imageservice.formats.xfs.XfsEntry;
import imageservice.formats.xfs.XfsLayout;
import imageservice.formats.xfs.XfsVolume;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/// What the XFS volume of a disk costs, beside copying its files and beside `mkfs.xfs`, which
/// copies them as well.
record VolumeBench(Effort effort, Report report, OrdinaryTools tools) {
  private static final long LENGTH = 1000L << 20;
  private static final double MEGABYTE = 1 << 20;

  void run() throws IOException, InterruptedException {
    Path volume = tools.folder().resolve("volume");
    Path copied = tools.folder().resolve("copied");
    Blob contents = Blob.concatenation(new FileBlob(tools.kernel()), new FileBlob(tools.base()));
    List<Cost.Series> series =
        Cost.series(
            effort.warmUp(),
            effort.rounds(),
            List.of(
                this::layOut,
                () -> write(layOut(), volume),
                () -> write(Extents.of(new Extent.Slice(contents, 0, contents.length())), copied)));
    Cost mkfs = tools.cost(script());
    report.heading("XFS volume of 1000 MiB, %.1f MB in it".formatted(contents.length() / MEGABYTE));
    report.cost("lay out", series.get(0));
    report.cost("lay out, write to a file with holes", series.get(1));
    report.cost("copy the same files", series.get(2));
    report.atMost(
        "volume / copy, CPU",
        (double) series.get(1).median().cpu() / series.get(2).median().cpu(),
        1.5,
        "x");
    report.cost("mkfs.xfs -p", mkfs);
    report.value("  its CPU / ours", (double) mkfs.cpu() / series.get(1).median().cpu(), "x");
  }

  private Extents layOut() throws IOException {
    XfsVolume volume =
        new XfsVolume("BOOT", new UUID(1, 2), 1_700_000_000, LENGTH, SectorSize.OF_512);
    return XfsLayout.of(
            volume,
            List.of(
                new XfsEntry.Directory("", 0755),
                new XfsEntry.Directory("A", 0755),
                new XfsEntry.File("A/vmlinuz", 0644, new FileBlob(tools.kernel())),
                new XfsEntry.File("A/initramfs.xz", 0644, new FileBlob(tools.base())),
                new XfsEntry.Directory("grub", 0700),
                new XfsEntry.File("grub/grub.cfg", 0600, Blob.of("set timeout=3\n"))))
        .encode();
  }

  private String script() {
    return """
    printf '%%s\\n' / '0 0' 'd--755 0 0' 'A d--755 0 0' 'vmlinuz ---644 0 0 %s' \
      'initramfs.xz ---644 0 0 %s' '$' 'grub d--700 0 0' 'grub.cfg ---600 0 0 script' '$' '$' >proto
    rm -f mkfs; truncate -s %d mkfs
    PATH=$PATH:/usr/sbin:/sbin mkfs.xfs -q -f -L BOOT -p proto mkfs
    """
        .formatted(tools.kernel(), tools.base(), LENGTH);
  }

  private static void write(Extents medium, Path file) throws IOException {
    try (RandomAccessFile target = new RandomAccessFile(file.toFile(), "rw")) {
      FileChannel channel = target.getChannel().truncate(0);
      OutputStream out = Channels.newOutputStream(channel);
      for (Extent extent : medium.extents()) {
        if (extent instanceof Extent.Zero) {
          channel.position(channel.position() + extent.length());
        } else {
          Extents.of(extent).writeTo(out);
        }
      }
      target.setLength(medium.length());
    }
  }
}
