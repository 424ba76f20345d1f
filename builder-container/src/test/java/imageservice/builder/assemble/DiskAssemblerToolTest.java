package imageservice.builder.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.formats.blob.Blob;
import imageservice.formats.testing.Judge;
import imageservice.plan.BuildPlan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What programs of the field see on disk images.
@Tag("tool")
final class DiskAssemblerToolTest {
  private static final int COPY = 256 << 10; // bytes of one of the two in META

  @TempDir Path folder = Path.of("unset");

  /// First and last sectors as the reference has them.
  @ParameterizedTest
  @CsvSource({
    "v1.7.6, amd64, grub, 512, EFI 2048-206847 BIOS 206848-208895 BOOT 208896-2256895 META 2256896-2258943 STATE 2258944-2463743 EPHEMERAL 2463744-2549759",
    "v1.7.6, arm64, sd-boot, 512, EFI 2048-2256895 META 2256896-2258943 STATE 2258944-2463743 EPHEMERAL 2463744-2549759",
    "v1.9.5, arm64, grub, 512, EFI 2048-206847 BIOS 206848-208895 BOOT 208896-2256895 META 2256896-2258943",
    "v1.10.7, amd64, dual-boot, 512, EFI 2048-2256895 BIOS 2256896-2258943 BOOT 2258944-4306943 META 4306944-4308991",
    "v1.13.2, amd64, grub, 512, EFI 2048-206847 BIOS 206848-208895 BOOT 208896-4304895 META 4304896-4306943",
    "v1.13.2, amd64, dual-boot, 512, EFI 2048-4304895 BIOS 4304896-4306943 BOOT 4306944-8402943 META 8402944-8404991",
    "v1.13.2, arm64, sd-boot, 512, EFI 2048-4304895 META 4304896-4306943",
    "v1.13.2, amd64, dual-boot, 4096, EFI 256-538111 BIOS 538112-538367 BOOT 538368-1050367 META 1050368-1050623",
    "v1.13.2, arm64, sd-boot, 4096, EFI 256-538111 META 538112-538367",
    "v1.13.2, amd64, grub, 4096, EFI 256-25855 BIOS 25856-26111 BOOT 26112-538111 META 538112-538367"
  })
  void programsAcceptTheDisk(
      String version, String architecture, String loader, int sectorSize, String partitions)
      throws IOException {
    DiskJudges disk = disk(version, architecture, loader, sectorSize);
    assertThat(
            disk.partitions().entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(" ")))
        .isEqualTo(partitions);
    boolean isAmd64 = architecture.equals("amd64");
    String name = isAmd64 ? "BOOTX64.efi" : "BOOTAA64.efi";
    boolean fewClusters = loader.equals("grub") && sectorSize == 4096; // which mtools refuses
    if (fewClusters) {
      Judge.named("fsck.fat").run("-n", disk.file("EFI").toString()).accepted();
    } else {
      assertThat(disk.systemPartition())
          .isEqualTo(
              loader.equals("grub")
                  ? "::/EFI/boot/" + name + "\n"
                  : "::/EFI/Linux/Talos-%s.efi\n::/EFI/boot/%s\n::/loader/loader.conf\n"
                      .formatted(version, name));
    }
    if (!loader.equals("sd-boot")) {
      assertBootVolume(disk, version);
    }
    assertBootCode(disk, isAmd64 && !loader.equals("sd-boot"));
  }

  private DiskJudges disk(String version, String architecture, String loader, int sectorSize)
      throws IOException {
    String document =
        "customization: {bootloader: %s, diskImage: {sectorSize: %d}, extraKernelArgs: [a=b]}"
            .formatted(loader, sectorSize);
    BuildPlan.Disk plan = Disks.of(version, "metal-" + architecture + ".raw", document);
    Blob image = Disks.assembled(plan);
    assertThat(image.length()).isEqualTo((long) plan.shape().mib() << 20);
    return DiskJudges.of(image, sectorSize, folder);
  }

  private static void assertBootVolume(DiskJudges disk, String version) throws IOException {
    String image = disk.file("BOOT").toString();
    Judge.named("xfs_repair").run("-n", "-f", image).accepted();
    assertThat(disk.bootText("/grub/grub.cfg"))
        .startsWith("set default=\"A - Talos " + version + "\"\n")
        .contains("  linux /A/vmlinuz talos.platform=metal ", " a=b\n")
        .contains(" a=b talos.experimental.wipe=system:EPHEMERAL,STATE\n");
    assertThat(disk.bootHas("/A/vmlinuz", Disks.KERNEL)).isTrue();
    String menu =
        Judge.named("xfs_db")
            .run("-r", "-f", "-c", "path /grub/grub.cfg", "-c", "print core.mode core.uid", image)
            .accepted()
            .output();
    assertThat(menu).contains("core.mode = 0100600", "core.uid = 0");
  }

  /// GRUB's first sector names that of its core image, which names the next one.
  private static void assertBootCode(DiskJudges disk, boolean there) throws IOException {
    byte[] sector = Blob.slice(disk.disk(), 0, 512).bytes(512);
    assertThat(sector[0x1C2]).as("type of the protective partition").isEqualTo((byte) 0xEE);
    byte[] code = Arrays.copyOf(sector, 440);
    if (!there) {
      assertThat(code).containsOnly(0);
      return;
    }
    long bios = java.util.Objects.requireNonNull(disk.partitions().get("BIOS")).first();
    byte[] boot = Arrays.copyOf(Disks.KIT.file("boot.img").bytes(512), 440);
    ByteBuffer.wrap(boot).order(ByteOrder.LITTLE_ENDIAN).putLong(0x5C, bios);
    boot[0x66] = (byte) 0x90;
    boot[0x67] = (byte) 0x90;
    assertThat(code).isEqualTo(boot);
    byte[] core = Disks.KIT.file("core.img").bytes(1 << 20);
    ByteBuffer.wrap(core).order(ByteOrder.LITTLE_ENDIAN).putLong(0x1F4, bios + 1);
    assertThat(Blob.slice(disk.content("BIOS"), 0, core.length).bytes(1 << 20)).isEqualTo(core);
  }

  @Test
  void metaHasTwoCopiesOfItsValues() throws Exception {
    String document = "customization: {meta: [{key: 10, value: 'a: ü'}, {key: 12, value: ''}]}";
    DiskJudges disk =
        DiskJudges.of(
            Disks.assembled(Disks.of("v1.13.2", "metal-amd64.raw", document)), 512, folder);
    byte[] meta = disk.content("META").bytes(1 << 20);
    byte[] copy = Arrays.copyOf(meta, COPY);
    assertThat(Arrays.copyOfRange(meta, COPY, 2 * COPY)).isEqualTo(copy);
    assertThat(Arrays.copyOfRange(meta, 2 * COPY, meta.length)).containsOnly(0);
    assertThat(values(copy)).isEqualTo(Map.of(10, "a: ü", 12, "", 0x11, "dual-boot"));
  }

  @Test
  void metaWithoutValuesIsEmpty() throws IOException {
    DiskJudges disk = disk("v1.9.5", "amd64", "grub", 512);
    assertThat(disk.content("META").bytes(1 << 20)).containsOnly(0);
  }

  private static Map<Integer, String> values(byte[] copy) throws Exception {
    ByteBuffer fields = ByteBuffer.wrap(copy);
    assertThat(fields.getInt()).isEqualTo(0x5A4B_3C2D);
    assertThat(fields.getInt(COPY - 4)).isEqualTo(0xA5B4_C3D2);
    byte[] digest = Arrays.copyOfRange(copy, COPY - 36, COPY - 4);
    byte[] without = copy.clone();
    Arrays.fill(without, COPY - 36, COPY - 4, (byte) 0);
    assertThat(MessageDigest.getInstance("SHA-256").digest(without)).isEqualTo(digest);
    Map<Integer, String> values = new TreeMap<>();
    for (int tag = fields.getInt(); tag != 0; tag = fields.getInt()) {
      byte[] value = new byte[fields.getInt()];
      fields.get(value);
      values.put(tag, new String(value, StandardCharsets.UTF_8));
    }
    return values;
  }
}
