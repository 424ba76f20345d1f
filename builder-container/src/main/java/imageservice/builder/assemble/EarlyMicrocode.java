package imageservice.builder.assemble;

import imageservice.formats.blob.Blob;
import imageservice.formats.cpio.CpioArchive;
import imageservice.formats.cpio.CpioEntry;
import imageservice.plan.Epoch;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The archive in front of an initramfs in which x86 kernels look for CPU microcode before they
/// unpack the rest: uncompressed, with one file for each vendor (Linux, arch/x86/microcode, "Early
/// load microcode").
final class EarlyMicrocode {
  private static final String FOLDER = "kernel/x86/microcode";
  private static final int FILE_MODE = 0644;
  private static final int FOLDER_MODE = 0755;

  private EarlyMicrocode() {}

  /// The archive; empty where no extension brings microcode.
  static Blob of(List<StackedLayer> layers) {
    List<CpioEntry> files = new ArrayList<>();
    add(files, "AuthenticAMD.bin", layers.stream().flatMap(l -> l.parts().amdMicrocode().stream()));
    add(
        files,
        "GenuineIntel.bin",
        layers.stream().flatMap(l -> l.parts().intelMicrocode().stream()));
    if (files.isEmpty()) {
      return Blob.of("");
    }
    List<CpioEntry> entries = new ArrayList<>(files);
    for (String folder : List.of("kernel", "kernel/x86", FOLDER)) {
      entries.add(new CpioEntry.Directory(folder, FOLDER_MODE, Epoch.SECONDS));
    }
    return CpioArchive.of(entries);
  }

  private static void add(List<CpioEntry> files, String name, Stream<Blob> microcode) {
    Blob[] all = microcode.toArray(Blob[]::new);
    if (all.length > 0) {
      files.add(
          new CpioEntry.File(
              FOLDER + "/" + name, FILE_MODE, Epoch.SECONDS, Blob.concatenation(all)));
    }
  }
}
