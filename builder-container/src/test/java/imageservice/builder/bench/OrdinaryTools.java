package imageservice.builder.bench;

import imageservice.plan.Boot;
import imageservice.plan.Extension;
import imageservice.plan.InitramfsContent;
import imageservice.plan.PlannedCommandLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The same done by the programs that are ordinarily used, as child processes.
///
/// @param runs of each script
/// @param folder where they work
/// @param kernel the release's
/// @param base the release's initramfs
record OrdinaryTools(int runs, Path folder, Path kernel, Path base, Path kit) {
  OrdinaryTools once() {
    return new OrdinaryTools(1, folder, kernel, base, kit);
  }

  /// A script's cost, with that of all that it starts.
  Cost cost(String script) throws IOException, InterruptedException {
    List<Cost> costs = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      costs.add(timed(script));
    }
    return Cost.median(costs);
  }

  /// The tree of a GRUB ISO, ready for the programs.
  void layOut(Boot.Grub iso) throws IOException {
    Path grub = Files.createDirectories(folder.resolve("tree/boot/grub"));
    Path boot = folder.resolve("tree/boot");
    Files.copy(kernel, boot.resolve("vmlinuz"));
    Files.copy(base, boot.resolve("initramfs.xz"));
    Files.writeString(
        grub.resolve("grub.cfg"),
        "menuentry \"Talos\" {\n  linux /boot/vmlinuz %s\n  initrd /boot/initramfs.xz\n}\n"
            .formatted(
                iso.commandLine() instanceof PlannedCommandLine.Settled settled
                    ? settled.text()
                    : ""));
  }

  /// The files of the extensions, ready for the programs.
  void layOut(InitramfsContent content) throws IOException {
    for (int i = 0; i < content.extensions().size(); i++) {
      switch (content.extensions().get(i)) {
        case Extension.Packaged packaged ->
            throw new IllegalStateException("not laid out: " + packaged);
        case Extension.Synthetic synthetic -> {
          for (Extension.SyntheticFile file : synthetic.files()) {
            Path target = folder.resolve("extension" + i).resolve(file.path());
            Files.createDirectories(target.getParent());
            Files.writeString(target, file.content());
          }
        }
      }
    }
  }

  /// As the reference calls it.
  String grubMkrescue() {
    return "rm -f iso; grub-mkrescue --compress=xz --output=iso tree";
  }

  /// The ISO alone, with boot code that is there already.
  String xorriso() {
    return """
    rm -rf iso tree2; mkdir tree2
    cp -r tree/boot tree2/; mkdir -p tree2/boot/grub/i386-pc
    cp %1$s/eltorito.img tree2/boot/grub/i386-pc/
    truncate -s 2949120 efi.img; mformat -i efi.img -f 2880 ::
    mmd -i efi.img ::efi ::efi/boot; mcopy -i efi.img %1$s/bootx64.efi %1$s/bootaa64.efi ::efi/boot/
    mkdir -p tree2/.disk; : >tree2/.disk/image-service.uuid; mv efi.img tree2/
    xorriso -as mkisofs -quiet -o iso -iso-level 3 -r -V TALOS \\
      -b boot/grub/i386-pc/eltorito.img -no-emul-boot -boot-load-size 4 -boot-info-table --grub2-boot-info \\
      --grub2-mbr %1$s/boot_hybrid.img --efi-boot efi.img -efi-boot-part --efi-boot-image \\
      --protective-msdos-label tree2
    sha256sum iso
    """
        .formatted(kit);
  }

  /// The base with one more archive behind it.
  String initramfs(InitramfsContent content) {
    String squashfs =
        switch (content.compression()) {
          case XZ -> "-comp xz -Xdict-size 100%";
          case ZSTD -> "-comp zstd -Xcompression-level 18";
        };
    String compress =
        switch (content.compression()) {
          case XZ -> "xz -0 -e --check=crc32";
          case ZSTD -> "zstd -q -18";
        };
    StringBuilder script = new StringBuilder("rm -rf add; mkdir add; : >add/extensions.yaml\n");
    for (int i = 0; i < content.extensions().size(); i++) {
      script.append(
          "mksquashfs extension%1$d add/%1$d.sqsh -all-root -noappend -no-progress %2$s\n"
              .formatted(i, squashfs));
    }
    return script
        .append(
            "(cat %s; (cd add; ls | cpio -o -H newc) | %s) >initramfs\n".formatted(base, compress))
        .append("sha256sum initramfs\n")
        .toString();
  }

  private Cost timed(String script) throws IOException, InterruptedException {
    Path file = folder.resolve("script");
    Files.writeString(file, "set -e\n" + script);
    Ended ended = run("TIMEFORMAT='%R %U %S'; time bash script >log 2>&1 </dev/null");
    if (ended.status() != 0) {
      throw new IOException(
          "failed: "
              + script
              + Files.readString(folder.resolve("log"), StandardCharsets.ISO_8859_1));
    }
    String[] seconds = ended.text().strip().split(" ", -1);
    return new Cost(nanos(seconds[0]), nanos(seconds[1]) + nanos(seconds[2]));
  }

  private record Ended(int status, String text) {}

  private Ended run(String script) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", script)
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    return new Ended(process.waitFor(), text);
  }

  private static long nanos(String seconds) {
    return (long) (Double.parseDouble(seconds) * 1e9);
  }
}
